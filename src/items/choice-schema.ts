/** How an author writes a `choice` question. Build time only. */
import * as v from 'valibot';
import { itemFields, optionId, text } from './fields.ts';

/** How an author writes a choice question in `quiz.yaml`. */
export const choiceSchema = v.pipe(
  v.strictObject({
    ...itemFields,
    kind: v.literal('choice'),
    multiple: v.optional(v.boolean(), false),
    options: v.pipe(
      v.array(
        v.strictObject({ id: optionId, text, correct: v.optional(v.boolean(), false), feedback: text }),
      ),
      v.minLength(2, 'at least 2 options'),
      v.maxLength(36, 'at most 36 options (the limit of SCORM)'),
    ),
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
    const twice = options.find((option, index) => options.findIndex(({ id }) => id === option.id) !== index);
    if (twice) {
      addIssue({
        message: 'two options of a question have the same id',
        expected: 'ids that differ',
        received: `"${twice.id}" twice`,
      });
    }
  }),
);
