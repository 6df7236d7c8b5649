/** `numeric`: a number, right within a range. */
import { credited, type ItemBase, type KindOfItem } from './item.ts';

/** A number to be given. */
export interface NumericItem extends ItemBase {
  readonly kind: 'numeric';
  /** The right number. */
  readonly answer: number;
  /** What is accepted, both ends included; `min` ≤ `answer` ≤ `max`. */
  readonly min: number;
  readonly max: number;
}

/** A number from −10⁹ to 10⁹ with at most four decimals: written out in full it is short, as both standards want it. */
export type NumericResponse = number;

const largest = 1e9;

/** What a number that is written out consists of; each stands for its index in the saved state. */
const symbols = '0123456789.-';

/** `value` as a response, rounded to four decimals; undefined where it is none. */
function asResponse(value: number): NumericResponse | undefined {
  // The addition makes 0 of −0.
  return Math.abs(value) <= largest ? Math.round(value * 1e4) / 1e4 + 0 : undefined;
}

/**
 * Reads a number as people write them: `1,500`, `1 500`, `3.5` and `3,5`. A comma before three last digits separates
 * thousands, any other single one is a decimal comma.
 *
 * @returns undefined where the text is no number, or is out of bounds
 */
export function parseNumber(text: string): NumericResponse | undefined {
  const bare = text
    .normalize('NFKC')
    .replace(/[\s'’]|^\+/g, '')
    .replace(/^[−–]/, '-');
  const plain = /^-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(bare)
    ? bare.replaceAll(',', '')
    : bare.replace(/^(-?\d*),(\d+)$/, '$1.$2');
  return /^-?(\d+\.?\d*|\.\d+)$/.test(plain) ? asResponse(Number(plain)) : undefined;
}

export const numeric: KindOfItem<NumericItem, NumericResponse> = {
  number: 5,

  readResponse(_item, value) {
    return typeof value === 'number' && asResponse(value) === value ? asResponse(value) : undefined;
  },

  score(item, response) {
    if (response === undefined) return { state: 'unanswered' };
    const value = numeric.readResponse(item, response);
    if (value === undefined) return { state: 'invalid', reason: 'not a number that can be written out' };
    return credited(item, value >= item.min && value <= item.max ? 1 : 0);
  },

  describe({ answer, min, max }, response) {
    return { type: 'numeric', response, correct: { answer, min, max } };
  },

  toNumbers(_item, response) {
    return [...String(response)].map((symbol) => symbols.indexOf(symbol));
  },

  fromNumbers(_item, numbers) {
    return parseNumber(numbers.map((number) => symbols.charAt(number)).join(''));
  },
};
