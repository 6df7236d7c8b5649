/** `likert`: a place on a scale. A survey: no answer is right, and none is scored. */
import type { ItemBase, ItemOption, KindOfItem } from './item.ts';

/** A statement or question with a scale. */
export interface LikertItem extends ItemBase {
  readonly kind: 'likert';
  /** The scale, from one end to the other; at most 36. */
  readonly options: readonly ItemOption[];
}

/** Id of the place on the scale. */
export type LikertResponse = string;

export const likert: KindOfItem<LikertItem, LikertResponse> = {
  number: 6,

  readResponse({ options }, value) {
    return options.find(({ id }) => id === value)?.id;
  },

  score(item, response) {
    if (response === undefined) return { state: 'unanswered' };
    return likert.readResponse(item, response) === undefined
      ? { state: 'invalid', reason: 'not on the scale of this question' }
      : { state: 'unscored' };
  },

  describe({ options }, response) {
    return { type: 'likert', options: options.map(({ id }) => id), response };
  },

  toNumbers({ options }, response) {
    return [options.find(({ id }) => id === response)?.number ?? 0];
  },

  fromNumbers({ options }, numbers) {
    return options.find(({ number }) => number === numbers[0])?.id;
  },
};
