/** How an author writes a `likert` question. Build time only. */
import * as v from 'valibot';
import { itemFields, list, optionId, refuseTwice, text } from './fields.ts';

/** How an author writes a likert question: nothing about it is right, so nothing about it is scored. */
export const likertSchema = v.pipe(
  v.strictObject({
    ...itemFields,
    kind: v.literal('likert'),
    options: list(v.strictObject({ id: optionId, text })),
    /** What is said to whoever has answered. */
    feedback: text,
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    refuseTwice(
      dataset.value.options.map(({ id }) => id),
      addIssue,
    );
  }),
);
