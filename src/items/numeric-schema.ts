/** How an author writes a `numeric` question. Build time only. */
import * as v from 'valibot';
import { scoredFields, text } from './fields.ts';
import { parseNumber } from './numeric.ts';

const number = v.pipe(
  v.number(),
  // LMSs take no more than five digits before the point; see tracking/scorm2004/scorm2004-format.ts.
  v.check(
    (value) => Math.abs(value) <= 99_999 && parseNumber(String(value)) === value,
    'a number from -99999 to 99999 with at most 4 decimals; take a larger unit for more',
  ),
);

/** How an author writes a numeric question. Without a range the answer alone is right. */
export const numericSchema = v.pipe(
  v.strictObject({
    ...scoredFields,
    kind: v.literal('numeric'),
    answer: number,
    range: v.optional(v.tuple([number, number])),
    /** Words behind the field. */
    unit: v.optional(text),
    feedback: v.strictObject({ right: text, low: text, high: text }),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { answer, range } = dataset.value;
    if (!range || (range[0] <= answer && answer <= range[1])) return;
    if (range[1] <= answer && answer <= range[0]) {
      addIssue({
        message: 'the ends of the range have changed places',
        expected: `[${range[1]}, ${range[0]}]`,
        received: `[${range.join(', ')}]`,
      });
      return;
    }
    addIssue({
      message: 'the range does not hold the answer',
      expected: `a range [from, to] around ${answer}`,
      received: `[${range.join(', ')}]`,
    });
  }),
);
