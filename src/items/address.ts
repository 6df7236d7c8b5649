/** Addresses inside the course, `page-id` or `page-id/section-id`. Sections are named in the script of their headings. */

/**
 * Reads an address that somebody wrote or a browser gives: browsers spell letters beyond ASCII by their bytes, as `%C3%A9`, and
 * keyboards put marks together in several ways. What cannot be such a spelling stays as it is.
 */
export function readAddress(written: string): string {
  try {
    return decodeURIComponent(written).normalize();
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return written.normalize();
  }
}
