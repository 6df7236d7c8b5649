/** What all live regions of the course have in common. */

/** How long a live region has to stand empty before screen readers listen to it, in milliseconds. */
export const settling = 200;
