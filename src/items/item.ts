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
  /** Points for a right answer, greater than 0; 1 unless the author says otherwise. */
  readonly weight: number;
}

/** What became of an answer. "Unanswered" and "invalid" are not 0 points: nothing was judged. */
export type ItemScore =
  | { readonly state: 'unanswered' }
  | { readonly state: 'invalid'; readonly reason: string }
  /** `scaled` is 0 (wrong) to 1 (right). */
  | { readonly state: 'scored'; readonly scaled: number };

/** An answer as the standards want it described, before any edition's own format is applied. */
export type InteractionContent =
  | {
      readonly type: 'choice';
      /** Ids of all options in the author's order, so that an edition can number or letter them. */
      readonly options: readonly string[];
      readonly response: readonly string[];
      readonly correct: readonly string[];
    }
  | { readonly type: 'true-false'; readonly response: boolean; readonly correct: boolean };

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
