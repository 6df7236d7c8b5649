/**
 * What every kind of question shares. The core types of the house: this file imports nothing.
 *
 * Kinds are named with SCORM's words for interaction types (SCORM 2004 4th Ed. RTE 4.2.9.1).
 */

/** What an item of any kind has. */
export interface ItemBase {
  /** Stable id, `[a-z0-9][a-z0-9-]*`, at most 60 characters; reported to the LMS as the interaction id. */
  readonly id: string;
  /** Number under which an LMS keeps the answer; given once and never to another question. */
  readonly number: number;
  /** Id of the takeaway (learning objective) that the item serves. */
  readonly takeaway: string;
  /** The question, as plain text. */
  readonly prompt: string;
  /** Points for a right answer; 1 unless the author says otherwise, 0 where nothing is scored. */
  readonly weight: number;
  readonly rules: ItemRules;
}

/** How a question is asked and judged. */
export interface ItemRules {
  /** What an answer earns that is right in part: nothing, or its share. */
  readonly credit: 'all' | 'partial';
  /** When the right answer and the reasons are shown. With `at-once` each question is judged by itself, when asked to. */
  readonly solution: 'at-once' | 'after-submit' | 'after-passing' | 'never';
  /** How often a question that is judged at once may be; null is without limit. */
  readonly attempts: number | null;
  /** Whether its options come in an order of their own in each try. */
  readonly shuffle: boolean;
  /** What to read again: the address of a section without `#/`; null where there is none. */
  readonly section: string | null;
}

/** An option, or what is to be matched with one. Its text stands in the document. */
export interface ItemOption {
  readonly id: string;
  /** Number under which an LMS keeps the option; given once and never to another of its question. */
  readonly number: number;
}

/** Whether the question is judged by itself, when the learner asks for it, and not with the whole quiz. */
export const judgedAtOnce = ({ rules }: ItemBase): boolean => rules.solution === 'at-once';

/** What became of an answer. "Unanswered" and "invalid" are not 0 points: nothing was judged. */
export type ItemScore =
  /** Nothing, or a part of what is asked for. */
  | { readonly state: 'unanswered' }
  | { readonly state: 'invalid'; readonly reason: string }
  /** An answer to a question that has no right one. */
  | { readonly state: 'unscored' }
  /** `scaled` is 0 (wrong) to 1 (right). */
  | { readonly state: 'scored'; readonly scaled: number };

/** What an answer earns that is right to `share`, 0 to 1, under the rules of its question. */
export function credited({ rules }: ItemBase, share: number): ItemScore {
  return { state: 'scored', scaled: rules.credit === 'partial' || share === 1 ? share : 0 };
}

/** Pairs of a source and its target, by their ids. */
export type Pairs = readonly (readonly [source: string, target: string])[];

/**
 * An answer as the standards want it described, before any edition's own format is applied. Ids of all options come
 * in the author's order, so that an edition can number or letter them.
 */
export type InteractionContent =
  | {
      readonly type: 'choice';
      readonly options: readonly string[];
      readonly response: readonly string[];
      readonly correct: readonly string[];
    }
  | { readonly type: 'true-false'; readonly response: boolean; readonly correct: boolean }
  | {
      readonly type: 'matching';
      readonly sources: readonly string[];
      readonly targets: readonly string[];
      readonly response: Pairs;
      readonly correct: Pairs;
    }
  | {
      readonly type: 'sequencing';
      readonly options: readonly string[];
      readonly response: readonly string[];
      readonly correct: readonly string[];
    }
  /** `correct`: every answer that is accepted, the best first. */
  | { readonly type: 'fill-in'; readonly response: string; readonly correct: readonly string[] }
  | {
      readonly type: 'numeric';
      readonly response: number;
      readonly correct: { readonly answer: number; readonly min: number; readonly max: number };
    }
  | { readonly type: 'likert'; readonly options: readonly string[]; readonly response: string };

/**
 * A kind of question: pure functions over its item `I` and response `R`.
 *
 * Responses arrive from outside (saved state), hence `unknown` until `readResponse` has looked at them.
 */
export interface KindOfItem<I extends ItemBase, R> {
  /** Number under which an LMS keeps the kind: a question that changes its kind keeps no answer. Never reused. */
  readonly number: number;
  /** Returns the response if `value` is one that fits `item`, else undefined. Never throws. */
  readResponse(item: I, value: unknown): R | undefined;
  /** Scores `response`; `undefined` is unanswered. Never throws. */
  score(item: I, response: R | undefined): ItemScore;
  /** Describes `response` for a report. */
  describe(item: I, response: R): InteractionContent;
  /**
   * `response` as at least one whole number from 0, for the saved state: small ones, for each bit counts. They
   * stand for the same when the course has changed: numbers from the ledger, never indexes.
   */
  toNumbers(item: I, response: R): readonly number[];
  /** What `toNumbers` was given; for any other numbers anything that `readResponse` refuses. Never throws. */
  fromNumbers(item: I, numbers: readonly number[]): unknown;
}
