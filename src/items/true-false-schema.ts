/** How an author writes a `true-false` question. Build time only. */
import * as v from 'valibot';
import { itemFields, text } from './fields.ts';

/** How an author writes a true-false question in `quiz.yaml`. */
export const trueFalseSchema = v.strictObject({
  ...itemFields,
  kind: v.literal('true-false'),
  answer: v.boolean(),
  feedback: v.strictObject({ true: text, false: text }),
});
