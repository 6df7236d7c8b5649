/** Schemas of the rules that a course has and a program may change. Build time only. */
import * as v from 'valibot';
import { attempts } from '../items/fields.ts';
import type { Rules } from './course.ts';

/** When a course is completed. */
export const completionFields = {
  pages: v.picklist(['all', 'none']),
  quiz: v.picklist(['passed', 'submitted', 'none']),
};

/** When its quiz is passed. */
export const passingFields = {
  score: v.pipe(v.number(), v.minValue(0, 'per cent, 0 to 100'), v.maxValue(100, 'per cent, 0 to 100')),
  counts: v.picklist(['best', 'last']),
  attempts,
};

const wholeNumber = v.pipe(
  v.number(),
  v.check((value) => Number.isInteger(value) && value >= 1, 'a whole number from 1'),
);

/** How many questions of each takeaway a try asks. */
export const draw = v.union([v.literal('all'), wholeNumber, v.record(v.string(), wholeNumber)]);

/** How often the quiz may be submitted, as the player takes it; null is without limit. */
export const toAttempts = (written: v.InferOutput<typeof attempts>): number | null =>
  written === 'unlimited' ? null : written;

/** How many questions of each takeaway a try asks, as the player takes it; null is all. */
export function toDraw(
  drawn: v.InferOutput<typeof draw>,
  items: readonly { readonly takeaway: string }[],
): Rules['quiz']['draw'] {
  if (drawn === 'all') return null;
  if (typeof drawn === 'object') return drawn;
  return Object.fromEntries(items.map(({ takeaway }) => [takeaway, drawn]));
}
