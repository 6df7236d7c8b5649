/**
 * The closed map of the kinds of question. A new kind is one pure file, one element, and one line in each map
 * here; one that is forgotten does not compile.
 */
import { type ChoiceItem, type ChoiceResponse, choice } from './choice.ts';
import { type FillInItem, type FillInResponse, fillIn } from './fill-in.ts';
import type { InteractionContent, ItemScore, KindOfItem } from './item.ts';
import { type LikertItem, type LikertResponse, likert } from './likert.ts';
import { type MatchingItem, type MatchingResponse, matching } from './matching.ts';
import { type NumericItem, type NumericResponse, numeric } from './numeric.ts';
import { type SequencingItem, type SequencingResponse, sequencing } from './sequencing.ts';
import { type TrueFalseItem, type TrueFalseResponse, trueFalse } from './true-false.ts';

interface Kinds {
  choice: { item: ChoiceItem; response: ChoiceResponse };
  'true-false': { item: TrueFalseItem; response: TrueFalseResponse };
  matching: { item: MatchingItem; response: MatchingResponse };
  sequencing: { item: SequencingItem; response: SequencingResponse };
  'fill-in': { item: FillInItem; response: FillInResponse };
  numeric: { item: NumericItem; response: NumericResponse };
  likert: { item: LikertItem; response: LikertResponse };
}

/** Name of a kind of question, in SCORM's words. */
export type ItemKind = keyof Kinds;

/** A question of any kind. */
export type Item = Kinds[ItemKind]['item'];

/** A learner's answer to a question of any kind; always JSON. */
export type ItemResponse = Kinds[ItemKind]['response'];

const kinds = {
  choice,
  'true-false': trueFalse,
  matching,
  sequencing,
  'fill-in': fillIn,
  numeric,
  likert,
} satisfies {
  [K in ItemKind]: KindOfItem<Kinds[K]['item'], Kinds[K]['response']>;
};

// Methods of KindOfItem are compared bivariantly, so the kind's own functions serve any item of that kind.
const kindOf = (item: Item): KindOfItem<Item, ItemResponse> => kinds[item.kind];

/** Returns the response that `value` (from saved state, say) holds for `item`, or undefined. Never throws. */
export function readResponse(item: Item, value: unknown): ItemResponse | undefined {
  return kindOf(item).readResponse(item, value);
}

/** Scores an answer; `undefined` is unanswered. Never throws. */
export function scoreItem(item: Item, response: ItemResponse | undefined): ItemScore {
  return kindOf(item).score(item, response);
}

/** Describes an answer for a report to an LMS. */
export function describeResponse(item: Item, response: ItemResponse): InteractionContent {
  return kindOf(item).describe(item, response);
}

/** An answer as numbers, for the saved state: that of its kind, and those of the response (at least one). */
export interface NumberedResponse {
  readonly kind: number;
  readonly numbers: readonly number[];
}

/** Puts an answer into numbers. */
export function toNumbers(item: Item, response: ItemResponse): NumberedResponse {
  const kind = kindOf(item);
  return { kind: kind.number, numbers: kind.toNumbers(item, response) };
}

/** Returns the response that the numbers stand for, or undefined where they fit `item` no longer. Never throws. */
export function fromNumbers(item: Item, { kind, numbers }: NumberedResponse): ItemResponse | undefined {
  const itsKind = kindOf(item);
  return kind === itsKind.number ? itsKind.readResponse(item, itsKind.fromNumbers(item, numbers)) : undefined;
}
