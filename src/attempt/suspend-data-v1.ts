/**
 * Suspend data of version 1, as release 0.1.0 wrote them: JSON, with the ids of pages and questions. Read only.
 *
 * `p` position · `s` pages viewed · `t` tries · `d` 1 while submitted · `b`, `l` best and last score ·
 * `a` answers: item id to response, time (seconds since 1970), latency (seconds). The page that was open was
 * not in them: the LMS kept it as the location.
 */
import { readResponse } from '../items/items.ts';
import type { Course } from '../model/course.ts';
import { type Answer, type Attempt, newAttempt } from './attempt.ts';
import { lastMoment, tenthOfSecond, thousandth, wholeSecond } from './quantities.ts';
import { savedQuiz } from './saved-quiz.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Milliseconds of a number of seconds that a calendar has. */
const milliseconds = (value: unknown): number | null =>
  typeof value === 'number' && value >= 0 && value * 1000 <= lastMoment ? value * 1000 : null;

/** The version that a parsed text says it has; 0 where it says none. */
export function versionOf(saved: unknown): number {
  const version = isRecord(saved) ? saved['v'] : undefined;
  return typeof version === 'number' ? version : 0;
}

/**
 * Reads an attempt for the course as it is now. Whatever does not fit is left out. Never throws.
 *
 * @param saved the parsed text; anything
 * @param location the bookmark that the LMS hands back
 */
export function decodeV1(course: Course, saved: unknown, location: string): Attempt {
  const {
    s: viewed,
    a: answers,
    p: position,
    t: tries,
    d: submitted,
    b: best,
    l: last,
  } = isRecord(saved) ? saved : {};
  const known = course.items.flatMap((item): [string, Answer][] => {
    const answer: unknown = isRecord(answers) ? answers[item.id] : undefined;
    if (!Array.isArray(answer)) return [];
    const response = readResponse(item, answer[0]);
    const at = milliseconds(answer[1]);
    const latency = milliseconds(answer[2]);
    if (response === undefined || at === null || latency === null) return [];
    return [
      [item.id, { response, at: wholeSecond(at), latency: tenthOfSecond(latency), tries: 0, judged: false }],
    ];
  });
  const opened = course.pages.some(({ id }) => id === location);
  return {
    ...newAttempt,
    location: opened ? location : null,
    position: opened && typeof position === 'number' ? thousandth(position) : 0,
    viewed: course.pages.map(({ id }) => id).filter((id) => Array.isArray(viewed) && viewed.includes(id)),
    quiz: {
      ...savedQuiz({ tries, submitted: submitted === 1, best, last, submittedAt: 0 }),
      answers: Object.fromEntries(known),
    },
  };
}
