/** `true-false`: a statement that is true or false. */
import { credited, type ItemBase, type KindOfItem } from './item.ts';

/** A statement to judge. */
export interface TrueFalseItem extends ItemBase {
  readonly kind: 'true-false';
  /** Whether the statement is true. */
  readonly answer: boolean;
}

/** What the learner says the statement is. */
export type TrueFalseResponse = boolean;

export const trueFalse: KindOfItem<TrueFalseItem, TrueFalseResponse> = {
  number: 1,

  readResponse(_item, value) {
    return typeof value === 'boolean' ? value : undefined;
  },

  score(item, response) {
    if (response === undefined) return { state: 'unanswered' };
    if (typeof response !== 'boolean') return { state: 'invalid', reason: 'neither true nor false' };
    return credited(item, response === item.answer ? 1 : 0);
  },

  describe(item, response) {
    return { type: 'true-false', response, correct: item.answer };
  },

  toNumbers(_item, response) {
    return [response ? 1 : 0];
  },

  fromNumbers(_item, numbers) {
    return [false, true][numbers[0] ?? 2];
  },
};
