/** Scrolling in the window of the course alone: `scrollIntoView` would scroll the page of an LMS around the frame too. */

/** Brings the upper edge of `element` to the upper edge of the text, below the header. */
export function scrollToElement(element: Element): void {
  const { scrollPaddingBlockStart } = getComputedStyle(document.documentElement);
  const covered = Number.parseFloat(scrollPaddingBlockStart) || 0;
  window.scrollTo(0, window.scrollY + element.getBoundingClientRect().top - covered);
}
