/** How large the saved state of a course can become, for the build's report. Build time only: nothing here ships. */
import { longestFillIn } from '../items/fill-in.ts';
import { type ItemOption, judgedAtOnce } from '../items/item.ts';
import type { Item, ItemKind, ItemResponse } from '../items/items.ts';
import type { Course } from '../model/course.ts';
import { type Answer, type Attempt, newAttempt } from './attempt.ts';
import { encodeAttempt } from './suspend-data.ts';

/** The option whose number takes the most room. */
const last = <O extends ItemOption>(options: readonly O[]): O | undefined =>
  options.toSorted((a, b) => a.number - b.number).at(-1);

/** Of each kind the response that takes the most room. */
const longest = {
  choice: ({ options, multiple }) => {
    const ids = options.toSorted((a, b) => a.number - b.number).map(({ id }) => id);
    return multiple ? ids : ids.slice(-1);
  },
  'true-false': () => true,
  matching: ({ pairs, targets }) => pairs.map(({ id }) => [id, last(targets)?.id ?? ''] as const),
  sequencing: ({ options }) => options.toSorted((a, b) => b.number - a.number).map(({ id }) => id),
  'fill-in': () => '\uffee'.repeat(longestFillIn),
  numeric: () => -999_999_999.9999,
  likert: ({ options }) => last(options)?.id ?? '',
} satisfies { [K in ItemKind]: (item: Item & { kind: K }) => ItemResponse };

const longestResponse = (item: Item): ItemResponse =>
  (longest[item.kind] as (item: Item) => ItemResponse)(item);

const second = 1000;
const hour = 3600 * second;
const year = 365 * 24 * hour;
/** Well after every launch: of a time as of any number a later one is never shorter. */
const late = Date.UTC(2100, 0, 1);

/** Everything viewed, every question answered with its longest response after up to an hour, to and fro over a year. */
function largestAttempt(course: Course): Attempt {
  const answers = (items: readonly Item[]) =>
    items
      .toSorted((a, b) => a.number - b.number)
      .map((item, index): [string, Answer] => {
        const response = longestResponse(item);
        const tries = judgedAtOnce(item) ? (item.rules.attempts ?? 1000) : 0;
        return [
          item.id,
          { response, at: late + (index % 2) * year, latency: hour, tries, judged: tries > 0 },
        ];
      });
  const lastPage = course.pages.toSorted((a, b) => a.number - b.number).at(-1);
  return {
    ...newAttempt,
    id: '______',
    location: lastPage?.id ?? null,
    position: 1,
    movedAt: late,
    viewed: course.pages.map(({ id }) => id),
    quiz: {
      phase: 'submitted',
      tries: course.rules.passing.attempts ?? 1000,
      // Of all questions, though a try may ask a part of them: which part is the largest differs with the answers.
      answers: Object.fromEntries(answers(course.items)),
      best: 2 / 3,
      last: 1 / 3,
      submittedAt: late,
      takeaways: Object.fromEntries(course.takeaways.map(({ id }) => [id, 1])),
    },
    checks: Object.fromEntries(answers(course.checks)),
  };
}

/** Characters of the largest state that a learner can reach in `course`. */
export function stateSize(course: Course): number {
  return encodeAttempt(course, largestAttempt(course)).length;
}
