/** Numbers as both SCORM editions take them: plain decimals, no exponent, no more digits than needed. */

/**
 * Formats `value` with at most `digits` decimals, cut and not rounded: rounding would lift a score of 79.996
 * to 80 and a learner over a pass mark that was not reached.
 *
 * @param value a finite number of ordinary size
 * @param digits 0 to 6
 */
export function decimal(value: number, digits: number): string {
  const factor = 10 ** digits;
  // The small addition undoes binary representation only: 0.57 * 100 is 56.99999999999999.
  const cut = Math.trunc(value * factor + Math.sign(value) * 1e-7) / factor;
  return String(cut === 0 ? 0 : cut);
}

/** Reads a number that an LMS hands back; null where there is none. */
export function readNumber(text: string): number | null {
  const value = Number.parseFloat(text);
  return Number.isFinite(value) ? value : null;
}

/**
 * Reads the passing score that an LMS sets, on the scale 0 to `full`, as one on 0 to 1; null where it sets none.
 * 0 is none: LMSs say it where nobody has set one, and a quiz that everybody passes says nothing.
 */
export function readPassingScore(text: string, full: number): number | null {
  return readScaled(text, full) || null;
}

/** Reads a score on the scale 0 to `full` as one on 0 to 1; null where there is none on that scale. */
export function readScaled(text: string, full: number): number | null {
  const value = readNumber(text);
  return value === null || value < 0 || value > full ? null : value / full;
}
