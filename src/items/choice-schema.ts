/** How an author writes a `choice` question. Build time only. */
import * as v from 'valibot';
import { list, optionId, outcomeFeedback, refuseTwice, shuffledFields, text } from './fields.ts';

/** How an author writes a choice question. */
export const choiceSchema = v.pipe(
  v.strictObject({
    ...shuffledFields,
    kind: v.literal('choice'),
    multiple: v.optional(v.boolean(), false),
    options: list(
      v.strictObject({ id: optionId, text, correct: v.optional(v.boolean(), false), feedback: text }),
    ),
    feedback: v.optional(outcomeFeedback),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { options, multiple } = dataset.value;
    const right = options.filter((option) => option.correct).length;
    if (!multiple && right !== 1) {
      addIssue({
        message: 'a question with one answer needs exactly one option with "correct: true"',
        expected: '1 correct option',
        received: String(right),
      });
    }
    if (multiple && right < 1) {
      addIssue({
        message: 'a question with several answers needs at least one option with "correct: true"',
        expected: '1 or more correct options',
        received: '0',
      });
    }
    if (multiple && options.length > 1 && right === options.length) {
      addIssue({
        message: 'every option is right',
        expected: 'at least one option that is not',
        received: `${right} of ${options.length}`,
      });
    }
    refuseTwice(
      options.map(({ id }) => id),
      addIssue,
    );
  }),
);
