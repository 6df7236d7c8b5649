/** Numbers as manifests write them. */

const decimal = /^[+-]?(\d+(\.\d*)?|\.\d+)$/;

/**
 * Whether a text is a plain decimal (xs:decimal, no exponent) within bounds.
 *
 * @param text - as written, without the space around it
 * @param low - the smallest number allowed
 * @param high - the largest number allowed
 */
export function isDecimal(text: string, low: number, high: number): boolean {
  const value = decimal.test(text) ? Number(text) : Number.NaN;
  return value >= low && value <= high;
}

/** Whether a text has more characters than a limit. Characters are code points, as in XML Schema's maxLength. */
export function isLonger(text: string, limit: number): boolean {
  return text.length > limit && (text.length > 2 * limit || [...text].length > limit);
}
