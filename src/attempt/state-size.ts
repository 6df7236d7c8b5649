/** How large the saved state of a course can become, for the build's report. Build time only: nothing here ships. */
import type { Item, ItemResponse } from '../items/items.ts';
import type { Course } from '../model/course.ts';
import { type Answer, type Attempt, newAttempt } from './attempt.ts';
import { encodeAttempt } from './suspend-data.ts';

function longestResponse(item: Item): ItemResponse {
  switch (item.kind) {
    case 'choice': {
      const ids = item.options.toSorted((a, b) => a.number - b.number).map(({ id }) => id);
      return item.multiple ? ids : ids.slice(-1);
    }
    case 'true-false':
      return true;
  }
}

const second = 1000;
const hour = 3600 * second;
const year = 365 * 24 * hour;
/** Well after every launch: of a time as of any number a later one is never shorter. */
const late = Date.UTC(2100, 0, 1);

/** Everything viewed, every question answered with its longest response after up to an hour, to and fro over a year. */
function largestAttempt(course: Course): Attempt {
  const answers = course.items
    .toSorted((a, b) => a.number - b.number)
    .map((item, index): [string, Answer] => {
      const response = longestResponse(item);
      return [item.id, { response, at: late + (index % 2) * year, latency: hour }];
    });
  const last = course.pages.toSorted((a, b) => a.number - b.number).at(-1);
  return {
    ...newAttempt,
    id: '______',
    location: last?.id ?? null,
    position: 1,
    movedAt: late,
    viewed: course.pages.map(({ id }) => id),
    quiz: {
      phase: 'submitted',
      tries: course.rules.passing.attempts ?? 1000,
      answers: Object.fromEntries(answers),
      best: 2 / 3,
      last: 1 / 3,
      submittedAt: late,
    },
  };
}

/** Characters of the largest state that a learner can reach in `course`. */
export function stateSize(course: Course): number {
  return encodeAttempt(course, largestAttempt(course)).length;
}
