/** How an author writes a `true-false` question. Build time only. */
import * as v from 'valibot';
import { scoredFields, text } from './fields.ts';

/** How an author writes a true-false question. */
export const trueFalseSchema = v.strictObject({
  ...scoredFields,
  kind: v.literal('true-false'),
  answer: v.boolean(),
  feedback: v.strictObject({ true: text, false: text }),
});
