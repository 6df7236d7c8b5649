/** Puts elements that stand side by side in another order. */

/**
 * Moves `elements` so that they stand in the order given, where the first of them stood; nothing moves that is in its
 * place already, and focus stays where it is.
 */
export function reorder(elements: readonly Element[]): void {
  const present = new Set(elements);
  const parent = elements[0]?.parentElement;
  if (!parent) return;
  const standing = [...parent.children].filter((child) => present.has(child));
  if (standing.every((element, index) => element === elements[index])) return;
  const focused = document.activeElement;
  const place = document.createComment('');
  standing[0]?.before(place);
  place.before(...elements);
  place.remove();
  if (focused instanceof HTMLElement && parent.contains(focused)) focused.focus({ preventScroll: true });
}
