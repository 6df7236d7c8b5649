/** How an author writes a `matching` question. Build time only. */
import * as v from 'valibot';
import { list, optionId, outcomeFeedback, refuseTwice, shuffledFields, text } from './fields.ts';

/** How an author writes a matching question. */
export const matchingSchema = v.pipe(
  v.strictObject({
    ...shuffledFields,
    kind: v.literal('matching'),
    pairs: list(v.strictObject({ id: optionId, text, target: optionId, feedback: text })),
    targets: list(v.strictObject({ id: optionId, text, feedback: v.optional(text) })),
    feedback: v.optional(outcomeFeedback),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { pairs, targets } = dataset.value;
    const ids = targets.map(({ id }) => id);
    refuseTwice([...pairs.map(({ id }) => id), ...ids], addIssue);
    for (const { id, target } of pairs) {
      if (ids.includes(target)) continue;
      addIssue({
        message: `the pair "${id}" names a target that the question does not have`,
        expected: `one of ${ids.join(', ')}`,
        received: `"${target}"`,
      });
    }
    const served = pairs.map(({ target }) => target);
    for (const { id, feedback } of targets) {
      if (feedback !== undefined || served.includes(id)) continue;
      addIssue({
        message: `the spare target "${id}" has no feedback`,
        expected: '"feedback" that says why it fits none of the pairs',
        received: 'none',
      });
    }
  }),
);
