/** How an author writes a `sequencing` question. Build time only. */
import * as v from 'valibot';
import { list, optionId, outcomeFeedback, refuseTwice, scoredFields, text } from './fields.ts';

/** How an author writes a sequencing question: the options stand in the right order. Each try has an order of its own. */
export const sequencingSchema = v.pipe(
  v.strictObject({
    ...scoredFields,
    kind: v.literal('sequencing'),
    options: list(v.strictObject({ id: optionId, text, feedback: text })),
    feedback: v.optional(outcomeFeedback),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    refuseTwice(
      dataset.value.options.map(({ id }) => id),
      addIssue,
    );
  }),
);
