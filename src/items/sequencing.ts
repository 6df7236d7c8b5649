/** `sequencing`: steps to be put in order. */
import { credited, type ItemBase, type ItemOption, type KindOfItem } from './item.ts';

/** Steps to be put in order. */
export interface SequencingItem extends ItemBase {
  readonly kind: 'sequencing';
  /** In the right order; 2 to 36, the limit of both standards. */
  readonly options: readonly ItemOption[];
}

/** Ids of all steps, in the order of the learner. */
export type SequencingResponse = readonly string[];

/**
 * How near an order is to the right one, 0 to 1: of all pairs of steps, those in the right order less those in the
 * wrong one (Kendall's rank correlation), so that chance earns nothing and each step that is put right earns more.
 */
function nearness(places: readonly number[]): number {
  const pairs = (places.length * (places.length - 1)) / 2;
  const right = places.flatMap((place, index) => places.slice(index + 1).filter((later) => later > place));
  return Math.max(0, (2 * right.length) / pairs - 1);
}

export const sequencing: KindOfItem<SequencingItem, SequencingResponse> = {
  number: 3,

  readResponse({ options }, value) {
    if (!Array.isArray(value) || value.length !== options.length) return undefined;
    const known = options.every(({ id }) => value.includes(id));
    return known ? value : undefined;
  },

  score(item, response) {
    if (response === undefined) return { state: 'unanswered' };
    const known = sequencing.readResponse(item, response);
    if (known === undefined) return { state: 'invalid', reason: 'not all steps of this question' };
    return credited(item, nearness(known.map((id) => item.options.findIndex((option) => option.id === id))));
  },

  describe({ options }, response) {
    const ids = options.map(({ id }) => id);
    return { type: 'sequencing', options: ids, response, correct: ids };
  },

  toNumbers({ options }, response) {
    return response.map((id) => options.find((option) => option.id === id)?.number ?? 0);
  },

  fromNumbers({ options }, numbers) {
    return numbers.map((number) => options.find((option) => option.number === number)?.id);
  },
};
