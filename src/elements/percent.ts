/** Scores as learners read them. */

/** `0.8` as `80%`; cut, not rounded, so that 79.99 never reads as the pass mark. */
export function percent(scaled: number): string {
  return `${Math.floor(scaled * 100 + 1e-7)}%`;
}
