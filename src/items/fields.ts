/** Schemas that the kinds of question share when an author's YAML is read. Build time only: nothing here ships. */
import * as v from 'valibot';
import { readAddress } from './address.ts';

/** Text that is not blank and has no line break (SCORM 2004 readers refuse one in a description). */
export const text = v.pipe(
  v.string(),
  v.trim(),
  v.nonEmpty('text that is not empty'),
  v.check((value) => !/[\r\n]/.test(value), 'text on one line'),
  // Word processors leave some behind; XML, which manifests are, can hold none of them (XML 1.0 2.2).
  v.check((value) => !/[^\P{Cc}\t\r\n]|[\uFFFE\uFFFF]/u.test(value), 'text without control characters'),
);

/** Id of an option. No dash: Moodle takes only word characters and dots in a choice response. */
export const optionId = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9_]{1,40}$/, 'an id of a–z, 0–9 and _, at most 40 characters'),
);

/** Id of a page, question, takeaway, source or glossary term. */
export const id = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'an id of a–z, 0–9 and -, at most 60 characters'),
  // What is found by its id is kept in objects, and every object has a constructor.
  v.notValue('constructor', 'an id other than "constructor"'),
);

/** The most options that a question can have: SCORM 1.2 names each by one character (RTE 3.4.4, CMIFeedback). */
const mostOptions = 36;

/** A list of options, pairs or targets. `one` is what one of them has. */
export const list = <S extends v.GenericSchema>(one: S, least = 2) =>
  v.pipe(
    v.array(one),
    v.minLength(least, `at least ${least} of them`),
    v.maxLength(mostOptions, `at most ${mostOptions} (the limit of SCORM)`),
  );

/** Complains where two of a question's options have the same id. */
export function refuseTwice(
  ids: readonly string[],
  addIssue: (issue: { message: string; expected: string; received: string }) => void,
): void {
  const again = ids.find((id, index) => ids.indexOf(id) !== index);
  if (again === undefined) return;
  addIssue({
    message: 'two options of a question have the same id',
    expected: 'ids that differ',
    received: `"${again}" twice`,
  });
}

/** What is said about an answer as a whole, beside what is said about its parts. */
export const outcomeFeedback = v.strictObject({
  right: v.optional(text),
  partly: v.optional(text),
  wrong: v.optional(text),
});

/** Rules that hold for a question, or for all of a quiz that do not say otherwise. */
export const ruleFields = {
  credit: v.picklist(['all', 'partial']),
  solution: v.picklist(['at-once', 'after-submit', 'after-passing', 'never']),
};

/** How often something may be tried. */
export const attempts = v.union([
  v.literal('unlimited'),
  v.pipe(
    v.number(),
    v.check((value) => Number.isInteger(value) && value >= 1, '"unlimited" or a whole number from 1'),
  ),
]);

/** The fields of every item. */
export const itemFields = {
  id,
  takeaway: id,
  // SCORM 2004 4th Ed. RTE 4.2.9.1: a description of at most 250 characters.
  prompt: v.pipe(text, v.maxLength(250, 'at most 250 characters')),
};

/** The fields of every item that is judged. */
export const scoredFields = {
  ...itemFields,
  // Reported with two decimals.
  weight: v.optional(
    v.pipe(
      v.number(),
      v.minValue(0.01, 'a number from 0.01 to 100'),
      v.maxValue(100, 'a number from 0.01 to 100'),
    ),
  ),
  credit: v.optional(ruleFields.credit),
  solution: v.optional(ruleFields.solution),
  attempts: v.optional(attempts),
  /** What to read again: `page-id/section-id`. */
  section: v.optional(v.pipe(text, v.transform(readAddress))),
};

/** The fields of every item with options that may come in any order. */
export const shuffledFields = {
  ...scoredFields,
  shuffle: v.optional(v.boolean()),
};
