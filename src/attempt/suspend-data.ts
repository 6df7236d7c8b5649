/**
 * An attempt as the text that an LMS keeps, version 2.
 *
 * The text is `2.<attempt id>.<section>.<section>….<checksum>`, of `A–Z a–z 0–9 - _ .` only, which no URL-encoding
 * changes. A section is a letter, its content in characters of six bits (see bits.ts) and a checksum over the heading
 * and itself: a text that has been cut or altered loses the sections that it happened to and no more. The last
 * checksum is over all before it: by that one damage is noticed. After it there may be a `~` with one digit or two, which
 * means nothing: by that the same text can be spelled anew for an LMS that sends only what has changed.
 *
 *     s  score: tries, phase, time of the last submission, best and last score; where there was a try
 *     t  scores of the takeaways, by their numbers
 *     v  pages viewed: a bit for each number; one section for every 480 numbers
 *     b  bookmark: page, time, position
 *     a  answers: numbers of questions, kinds of question, responses, times, latencies; 64 in a section
 *     j  answers of which some have been judged at once: the same, and how often each
 *
 * Takeaways, pages, questions and options go by their number in the ledger, so that they may be renamed and moved. Where the
 * LMS has less room than the attempt needs, this is left out, in this order, until it fits:
 *
 *   1. latencies
 *   2. times of answers: all get the latest
 *   3. position on the page, then the bookmark
 *   4. answers, one by one, first those to questions inside lessons, those of the highest numbers first
 *   5. pages viewed, one by one, those of the highest numbers first
 *   6. scores of the takeaways
 *
 * Score and tries are never left out.
 */
import type { Course } from '../model/course.ts';
import { type Attempt, newAttempt } from './attempt.ts';
import { BitReader } from './bits.ts';
import { checksum, checksumLength } from './checksum.ts';
import { answersByNumber, pagesByNumber, readers, sectionsOf, withAnswers } from './sections.ts';
import { decodeV1, versionOf } from './suspend-data-v1.ts';

const version = 2;

/** The attempt as text, all of it. */
function write(course: Course, attempt: Attempt): string {
  const heading = `${version}.${attempt.id}`;
  const sections = sectionsOf(course, attempt).map((content) => content + checksum(heading + content));
  const body = [heading, ...sections].join('.');
  return `${body}.${checksum(body)}`;
}

/** The attempt with the first `losses` of all that can be left out left out; see the top of this file. */
function without(course: Course, attempt: Attempt, losses: number): Attempt {
  const entries = answersByNumber(course, attempt);
  const latest = entries.reduce((time, { answer }) => Math.max(time, answer.at), 0);
  const answersLost = Math.max(0, losses - 4);
  const pagesLost = Math.max(0, answersLost - entries.length);
  const kept = entries.slice(0, Math.max(0, entries.length - answersLost)).map(({ item, answer }) => ({
    item,
    answer: { ...answer, at: losses < 2 ? answer.at : latest, latency: 0 },
  }));
  const { location, position, movedAt } = losses < 4 ? attempt : newAttempt;
  const pages = pagesByNumber(course, attempt);
  const bare: Attempt = {
    ...attempt,
    location,
    position: losses < 3 ? position : 0,
    movedAt,
    viewed: pages.slice(0, Math.max(0, pages.length - pagesLost)).map(({ id }) => id),
    quiz: {
      ...attempt.quiz,
      answers: {},
      takeaways: pagesLost > pages.length ? {} : attempt.quiz.takeaways,
    },
    checks: {},
  };
  return withAnswers(course, bare, kept);
}

/**
 * Writes an attempt.
 *
 * @param limit how many characters there is room for; where that is at least 64 the text is never longer
 */
export function encodeAttempt(course: Course, attempt: Attempt, limit = Number.POSITIVE_INFINITY): string {
  const whole = write(course, attempt);
  if (whole.length <= limit) return whole;
  // The fewest losses that make it fit: found by doubling, then by halving, for no loss makes the text longer.
  const lossy = (losses: number) => write(course, without(course, attempt, losses));
  const all = 5 + course.items.length + course.checks.length + course.pages.length;
  let [tooFew, enough] = [0, 1];
  while (enough < all && lossy(enough).length > limit) [tooFew, enough] = [enough, 2 * enough];
  while (enough - tooFew > 1) {
    const middle = (tooFew + enough) >> 1;
    if (lossy(middle).length > limit) tooFew = middle;
    else enough = middle;
  }
  return lossy(enough);
}

/** How an attempt has come back: not at all, as it was written, in part, or from a later version of the course. */
export type SavedState = 'empty' | 'sound' | 'damaged' | 'newer';

/** An attempt as far as it could be read. */
export interface DecodedAttempt {
  readonly attempt: Attempt;
  readonly state: SavedState;
}

/** Undoes what LMSs do to a text: spaces and quotes around it, URL-encoding once or twice. */
function unwrap(text: string): string {
  let bare = text;
  for (let layer = 0; layer < 3; layer += 1) {
    bare = bare.trim();
    if (/^(["']).*\1$/s.test(bare)) bare = bare.slice(1, -1).replaceAll('\\', '');
    try {
      bare = decodeURIComponent(bare);
    } catch {
      return bare;
    }
  }
  return bare;
}

/** What JSON says; undefined where the text is none. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Reads a text of this version: every section that is as it was written. */
function decodeSections(course: Course, spelled: string): DecodedAttempt {
  const text = spelled.replace(/~\d\d?$/, '');
  const [first, id = '', ...sections] = text.split('.');
  let attempt: Attempt = { ...newAttempt, id: /^[\w-]{6}$/.test(id) ? id : '' };
  for (const section of sections) {
    const content = section.slice(0, -checksumLength);
    if (content + checksum(`${first}.${id}${content}`) !== section) continue;
    const reader = new BitReader(content.slice(1));
    const read = readers[content.charAt(0)]?.(reader, attempt, course);
    if (read && !reader.ended) attempt = read;
  }
  const body = text.slice(0, text.lastIndexOf('.'));
  return { attempt, state: `${body}.${checksum(body)}` === text ? 'sound' : 'damaged' };
}

/** Reads the text alone. */
function decodeText(course: Course, text: string, location: string): DecodedAttempt {
  const bare = unwrap(text);
  if (/^(null|undefined)?$/.test(bare)) return { attempt: newAttempt, state: 'empty' };
  const [, heading, id = ''] = /^([1-9]\d{0,3})\.(?:([\w-]{6})(?:\.|$))?/.exec(bare) ?? [];
  if (Number(heading) === version) return decodeSections(course, bare);
  const saved = parse(bare);
  const says = heading === undefined ? versionOf(saved) : Number(heading);
  if (says > version) return { attempt: { ...newAttempt, id }, state: 'newer' };
  return heading === undefined && says === 1
    ? { attempt: decodeV1(course, saved, location), state: 'sound' }
    : { attempt: newAttempt, state: 'damaged' };
}

/**
 * Reads what {@link encodeAttempt} wrote, in this version of the course or an earlier one, for the course as it is
 * now: pages, questions and options that no longer exist are left out, and so is whatever has been damaged. Where
 * no bookmark could be read, the one that the LMS keeps besides is followed. Never throws.
 *
 * @param text the suspend data that the LMS hands back; anything
 * @param location the bookmark that the LMS hands back; anything
 */
export function decodeAttempt(course: Course, text: string, location: string): DecodedAttempt {
  const { attempt, state } = decodeText(course, text, location);
  const bookmarked = attempt.location === null && course.pages.some(({ id }) => id === location);
  return { attempt: bookmarked ? { ...attempt, location } : attempt, state };
}
