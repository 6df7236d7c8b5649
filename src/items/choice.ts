/** `choice`: one option of several, or several of several. */
import { credited, type ItemBase, type ItemOption, type KindOfItem } from './item.ts';

/** A question with options to choose from. */
export interface ChoiceItem extends ItemBase {
  readonly kind: 'choice';
  /** Whether several options may be chosen. */
  readonly multiple: boolean;
  /** In the author's order; at most 36, the limit of both standards. */
  readonly options: readonly (ItemOption & { readonly correct: boolean })[];
}

/** Ids of the chosen options, in the author's order, without duplicates. Never empty: that is unanswered. */
export type ChoiceResponse = readonly string[];

const correctIds = (item: ChoiceItem): string[] =>
  item.options.filter((option) => option.correct).map((option) => option.id);

export const choice: KindOfItem<ChoiceItem, ChoiceResponse> = {
  number: 0,

  readResponse(item, value) {
    if (!Array.isArray(value)) return undefined;
    const chosen = item.options.map((option) => option.id).filter((id) => value.includes(id));
    if (chosen.length === 0 || chosen.length !== value.length) return undefined;
    return item.multiple || chosen.length === 1 ? chosen : undefined;
  },

  score(item, response) {
    if (response === undefined) return { state: 'unanswered' };
    const known = choice.readResponse(item, response);
    if (known === undefined) return { state: 'invalid', reason: 'not options of this question' };
    // The share of the right ones less that of the wrong ones: choosing everything earns nothing.
    const correct = correctIds(item);
    const right = known.filter((id) => correct.includes(id)).length;
    const incorrect = item.options.length - correct.length;
    const wrong = incorrect === 0 ? 0 : (known.length - right) / incorrect;
    return credited(item, Math.max(0, right / correct.length - wrong));
  },

  describe(item, response) {
    return {
      type: 'choice',
      options: item.options.map((option) => option.id),
      response,
      correct: correctIds(item),
    };
  },

  toNumbers(item, response) {
    return item.options.filter(({ id }) => response.includes(id)).map(({ number }) => number);
  },

  fromNumbers(item, numbers) {
    return numbers.map((number) => item.options.find((option) => option.number === number)?.id);
  },
};
