/** Schemas that the kinds of question share when an author's YAML is read. Build time only: nothing here ships. */
import * as v from 'valibot';

/** Text that is not blank and has no line break (SCORM 2004 readers refuse one in a description). */
export const text = v.pipe(
  v.string(),
  v.trim(),
  v.nonEmpty('text that is not empty'),
  v.check((value) => !/[\r\n]/.test(value), 'text on one line'),
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

/** The fields of every item. */
export const itemFields = {
  id,
  takeaway: id,
  // SCORM 2004 4th Ed. RTE 4.2.9.1: a description of at most 250 characters.
  prompt: v.pipe(text, v.maxLength(250, 'at most 250 characters')),
  // Reported with two decimals.
  weight: v.optional(
    v.pipe(
      v.number(),
      v.minValue(0.01, 'a number from 0.01 to 100'),
      v.maxValue(100, 'a number from 0.01 to 100'),
    ),
    1,
  ),
};
