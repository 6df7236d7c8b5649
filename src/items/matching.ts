/** `matching`: to each of several things one of several targets. Targets may be left over, or serve twice. */
import { credited, type ItemBase, type ItemOption, type KindOfItem, type Pairs } from './item.ts';

/** Things to be matched with targets. */
export interface MatchingItem extends ItemBase {
  readonly kind: 'matching';
  /** In the author's order; at most 36, the limit of both standards. `target` is the id of the right one. */
  readonly pairs: readonly (ItemOption & { readonly target: string })[];
  /** In the author's order, at most 36. Their numbers are of the same list as those of the pairs. */
  readonly targets: readonly ItemOption[];
}

/** The pairs that have been made, in the author's order of sources. Never empty; not all need be there. */
export type MatchingResponse = Pairs;

const isPair = (value: unknown): value is readonly [unknown, unknown] =>
  Array.isArray(value) && value.length === 2;

const idOf = (options: readonly ItemOption[], number: number | undefined): string =>
  options.find((option) => option.number === number)?.id ?? '';

const numberOf = (options: readonly ItemOption[], id: string): number =>
  options.find((option) => option.id === id)?.number ?? 0;

export const matching: KindOfItem<MatchingItem, MatchingResponse> = {
  number: 2,

  readResponse({ pairs, targets }, value) {
    if (!Array.isArray(value) || !value.every(isPair)) return undefined;
    const known = pairs.flatMap(({ id }) =>
      value.flatMap(([source, target]) => {
        const chosen = source === id && targets.find((candidate) => candidate.id === target);
        return chosen ? [[id, chosen.id] as const] : [];
      }),
    );
    const twice = new Set(known.map(([source]) => source)).size < known.length;
    return known.length === 0 || known.length !== value.length || twice ? undefined : known;
  },

  score(item, response) {
    if (response === undefined) return { state: 'unanswered' };
    const known = matching.readResponse(item, response);
    if (known === undefined) return { state: 'invalid', reason: 'not pairs of this question' };
    if (known.length < item.pairs.length) return { state: 'unanswered' };
    const chosen = new Map(known);
    const right = item.pairs.filter(({ id, target }) => chosen.get(id) === target).length;
    return credited(item, right / item.pairs.length);
  },

  describe(item, response) {
    return {
      type: 'matching',
      sources: item.pairs.map(({ id }) => id),
      targets: item.targets.map(({ id }) => id),
      response,
      correct: item.pairs.map(({ id, target }) => [id, target] as const),
    };
  },

  toNumbers({ pairs, targets }, response) {
    return response.flatMap(([source, target]) => [numberOf(pairs, source), numberOf(targets, target)]);
  },

  fromNumbers({ pairs, targets }, numbers) {
    return Array.from({ length: Math.ceil(numbers.length / 2) }, (_, index) => [
      idOf(pairs, numbers[2 * index]),
      idOf(targets, numbers[2 * index + 1]),
    ]);
  },
};
