/** `fill-in`: a word or a few, written by the learner. */
import { credited, type ItemBase, type KindOfItem } from './item.ts';

/** Words to be written. */
export interface FillInItem extends ItemBase {
  readonly kind: 'fill-in';
  /** Every answer that is right, the best first; how they are compared: {@link fold}. */
  readonly accepted: readonly string[];
}

/** What the learner wrote: 1 to {@link longestFillIn} characters, without space around it. */
export type FillInResponse = string;

/**
 * Code units that an answer may have. Both standards allow more (250 and 255), but an LMS may have room for 4,096 of
 * all answers together.
 */
export const longestFillIn = 80;

/** Letters that are no plain one with an accent for Unicode, and are for whoever has no key for them. */
const plainLetters: Readonly<Record<string, string>> = {
  đ: 'd',
  ð: 'd',
  ø: 'o',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  æ: 'ae',
  œ: 'oe',
};

/**
 * What counts of a written answer: letters and digits. Not case, accents, strokes (đ, ø, ł), punctuation and spaces. Marks of scripts in
 * which they are letters count: only the combining accents of Latin, Greek and Cyrillic go (U+0300 to U+036F).
 */
export function fold(text: string): string {
  return (
    text
      .normalize('NFKD')
      .replace(/[\u0300-\u036f]/g, '')
      .replace(/[^\p{L}\p{M}\p{N}]/gu, '')
      // By way of capitals, for ß and ẞ are SS; and last, for what stands behind a sigma gives it its form.
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      .replace(/[đðøłħıæœ]/g, (letter) => plainLetters[letter] ?? letter)
      // Marks that stand together now have an order of their own.
      .normalize('NFKD')
  );
}

/** Line breaks and other controls, halves of characters, and what no XML may hold: LMSs refuse them. */
const noText = /[\p{Cc}\p{Cs}\ufffe\uffff]/u;

export const fillIn: KindOfItem<FillInItem, FillInResponse> = {
  number: 4,

  readResponse(_item, value) {
    if (typeof value !== 'string' || value.length > longestFillIn) return undefined;
    return value.trim() === value && value !== '' && !noText.test(value) ? value : undefined;
  },

  score(item, response) {
    if (response === undefined) return { state: 'unanswered' };
    if (fillIn.readResponse(item, response) === undefined)
      return { state: 'invalid', reason: 'not one line' };
    const written = fold(response);
    return credited(item, item.accepted.some((accepted) => fold(accepted) === written) ? 1 : 0);
  },

  describe({ accepted }, response) {
    return { type: 'fill-in', response, correct: accepted };
  },

  toNumbers(_item, response) {
    return Array.from({ length: response.length }, (_, index) => response.charCodeAt(index));
  },

  fromNumbers(_item, numbers) {
    return String.fromCharCode(...numbers.slice(0, longestFillIn + 1));
  },
};
