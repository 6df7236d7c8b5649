/**
 * An attempt as the text that an LMS keeps. JSON in printable ASCII, with a version, so that every later version
 * of the course can read what this one wrote.
 */
import { readResponse } from '../items/items.ts';
import type { Course } from '../model/course.ts';
import { type Answer, type Attempt, newAttempt, reduceAttempt } from './attempt.ts';

const version = 1;

/** An attempt in version 1; short names because SCORM 1.2 allows 4,096 characters. */
interface Saved {
  readonly v: typeof version;
  /** Position on the page. */
  readonly p: number;
  /** Ids of viewed pages. */
  readonly s: readonly string[];
  /** Number of tries. */
  readonly t: number;
  /** Whether the quiz is submitted and not restarted. */
  readonly d: 0 | 1;
  readonly b: number | null;
  readonly l: number | null;
  /** Answers: item id to response, time (seconds since 1970), latency (seconds). */
  readonly a: Readonly<Record<string, readonly [Answer['response'], number, number]>>;
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Writes an attempt. The page that is open is not in it: an LMS keeps that as the location. */
export function encodeAttempt(attempt: Attempt): string {
  const { quiz } = attempt;
  const answers = Object.entries(quiz.answers).map(([id, { response, at, latency }]) => [
    id,
    [response, Math.round(at / 1000), round(latency / 1000, 1)],
  ]);
  const saved = {
    v: version,
    p: round(attempt.position, 3),
    s: attempt.viewed,
    t: quiz.tries,
    d: quiz.phase === 'submitted' ? 1 : 0,
    b: quiz.best,
    l: quiz.last,
    a: Object.fromEntries(answers),
  } satisfies Saved;
  return JSON.stringify(saved);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Last moment of the year 9999, in seconds since 1970: no date of a report has more than four digits for its year. */
const lastSecond = 253_402_300_799;

const seconds = (value: unknown): number | null =>
  typeof value === 'number' && value >= 0 && value <= lastSecond ? value : null;

const share = (value: unknown): number | null =>
  typeof value === 'number' && value >= 0 && value <= 1 ? value : null;

/**
 * Reads what {@link encodeAttempt} wrote, for the course as it is now: pages and questions that no longer exist,
 * and answers that no longer fit, are left out.
 *
 * @param text what the LMS hands back; anything
 * @param location the bookmark that the LMS hands back
 * @returns the attempt, or undefined where `text` is not one that this version can read. Never throws.
 */
export function decodeAttempt(course: Course, text: string, location: string): Attempt | undefined {
  let saved: unknown;
  try {
    saved = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(saved) || saved['v'] !== version) return undefined;

  const pages = course.pages.map(({ id }) => id);
  const viewed: unknown = saved['s'];
  const tries = saved['t'];
  const best = share(saved['b']);
  const answers = isRecord(saved['a']) ? saved['a'] : {};
  // In the order in which they were saved: an attempt that has only been resumed is written as it was read.
  const known = Object.entries(answers).flatMap(([id, answer]): [string, Answer][] => {
    const item = course.items.find((candidate) => candidate.id === id);
    if (!item || !Array.isArray(answer)) return [];
    const response = readResponse(item, answer[0]);
    const at = seconds(answer[1]);
    const latency = seconds(answer[2]);
    if (response === undefined || at === null || latency === null) return [];
    return [[id, { response, at: at * 1000, latency: latency * 1000 }]];
  });
  return {
    location: pages.includes(location) ? location : newAttempt.location,
    position: share(saved['p']) ?? 0,
    viewed: Array.isArray(viewed) ? pages.filter((id) => viewed.includes(id)) : [],
    quiz: {
      phase: saved['d'] === 1 ? 'submitted' : 'answering',
      tries: typeof tries === 'number' && Number.isInteger(tries) && tries > 0 ? tries : 0,
      answers: Object.fromEntries(known),
      best,
      last: share(saved['l']),
    },
  };
}

/**
 * The attempt to go on with. Where the suspend data are empty or cannot be read, the bookmark alone is followed.
 *
 * @param text what the LMS hands back; anything
 * @param location the bookmark that the LMS hands back; anything
 */
export function resumeAttempt(course: Course, text: string, location: string): Attempt {
  return (
    decodeAttempt(course, text, location) ??
    reduceAttempt(course, newAttempt, { type: 'page-opened', page: location })
  );
}
