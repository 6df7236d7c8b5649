/** How an author writes a `fill-in` question. Build time only. */
import * as v from 'valibot';
import { scoredFields, text } from './fields.ts';
import { fold, longestFillIn } from './fill-in.ts';

const accepted = v.pipe(
  text,
  v.maxLength(longestFillIn, `at most ${longestFillIn} characters`),
  v.check((value) => fold(value) !== '', 'an answer with letters or digits'),
);

/** How an author writes a fill-in question. The first of the accepted answers is the one that is shown as right. */
export const fillInSchema = v.strictObject({
  ...scoredFields,
  kind: v.literal('fill-in'),
  accepted: v.pipe(v.array(accepted), v.minLength(1, 'at least 1 accepted answer')),
  feedback: v.strictObject({ right: text, wrong: text }),
});
