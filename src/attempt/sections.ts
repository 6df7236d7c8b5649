/**
 * What the sections of the suspend data hold (version 2; see suspend-data.ts). Each can be read by itself, whatever
 * the others say and whatever the course has become since.
 */
import { fromNumbers, type Item, toNumbers } from '../items/items.ts';
import type { Course, Page } from '../model/course.ts';
import type { Answer, Answers, Attempt } from './attempt.ts';
import { type BitReader, BitWriter } from './bits.ts';
import { tenThousandth, tenthOfSecond, thousandth, wholeSecond } from './quantities.ts';
import { savedQuiz } from './saved-quiz.ts';

const pagesInSection = 480;
const answersInSection = 64;

/** Bits of a time in seconds since 1970, up to the year 9999. */
const timeBits = 38;
const positionBits = 10;

/** More than a section holds of anything whose number is read: a learner's responses to its questions, takeaways. */
const mostNumbers = 0xffff;

/** Whole numbers from 0 for those from any; the small ones stay small. */
const unsigned = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);
const signed = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2);

/** The difference of each value from the one before it, the first from `start`. */
const differences = (values: readonly number[], start: number): number[] =>
  values.map((value, index) => value - (values[index - 1] ?? start));

/** The values that {@link differences} was given. */
function sums(steps: readonly number[], start: number): number[] {
  let sum = start;
  return steps.map((step) => {
    sum += step;
    return sum;
  });
}

/** A list in pieces of `size`, the last one shorter. */
const pieces = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );

const byNumber = (a: { readonly number: number }, b: { readonly number: number }) => a.number - b.number;

/** An answer with its question. */
export interface Entry {
  readonly item: Item;
  readonly answer: Answer;
}

const entriesOf = (items: readonly Item[], answers: Answers): Entry[] =>
  items
    .flatMap((item) => {
      const answer = answers[item.id];
      return answer ? [{ item, answer }] : [];
    })
    .sort((a, b) => byNumber(a.item, b.item));

/** Answers to the questions of the quiz, then to those of lessons, each by number. */
export const answersByNumber = (course: Course, { quiz, checks }: Attempt): Entry[] => [
  ...entriesOf(course.items, quiz.answers),
  ...entriesOf(course.checks, checks),
];

/** `attempt` with `answers` added, each where its question belongs. */
export function withAnswers(course: Course, attempt: Attempt, answers: readonly Entry[]): Attempt {
  const checks = new Set(course.checks);
  const belonging = (inLesson: boolean) =>
    answers
      .filter(({ item }) => checks.has(item) === inLesson)
      .map(({ item, answer }) => [item.id, answer] as const);
  const { quiz } = attempt;
  return {
    ...attempt,
    quiz: { ...quiz, answers: { ...quiz.answers, ...Object.fromEntries(belonging(false)) } },
    checks: { ...attempt.checks, ...Object.fromEntries(belonging(true)) },
  };
}

/** Viewed pages of `course`, by number. */
export function pagesByNumber(course: Course, attempt: Attempt): Page[] {
  const viewed = new Set(attempt.viewed);
  return course.pages.filter(({ id }) => viewed.has(id)).sort(byNumber);
}

function writeScore(writer: BitWriter, { tries, phase, submittedAt, best, last }: Attempt['quiz']): void {
  writer.expGolomb(tries - 1, 1);
  writer.bits(phase === 'submitted' ? 1 : 0, 1);
  writer.bits(submittedAt / 1000, timeBits);
  writer.bits(best === last ? 1 : 0, 1);
  writer.float64(last ?? 0);
  if (best !== last) writer.float64(best ?? 0);
}

function readScore(reader: BitReader, attempt: Attempt): Attempt {
  const tries = reader.expGolomb(1) + 1;
  const submitted = reader.bits(1) === 1;
  const submittedAt = wholeSecond(reader.bits(timeBits) * 1000);
  const same = reader.bits(1) === 1;
  const last = reader.float64();
  const best = same ? last : reader.float64();
  const { answers, takeaways } = attempt.quiz;
  const quiz = { ...savedQuiz({ tries, submitted, submittedAt, best, last }), answers, takeaways };
  return { ...attempt, quiz };
}

function writeTakeaways(
  writer: BitWriter,
  scores: readonly (readonly [number: number, score: number])[],
): void {
  writer.expGolomb(scores.length - 1, 2);
  writer.column(scores.map(([number]) => number));
  writer.column(scores.map(([, score]) => Math.round(score * 1e4)));
}

function readTakeaways(reader: BitReader, attempt: Attempt, course: Course): Attempt {
  const count = Math.min(reader.expGolomb(2) + 1, mostNumbers);
  const numbers = reader.column(count);
  const scores = reader.column(count);
  const read = course.takeaways.flatMap(({ id, number }): [string, number][] => {
    const score = scores[numbers.indexOf(number)];
    return score === undefined ? [] : [[id, tenThousandth(score / 1e4)]];
  });
  return { ...attempt, quiz: { ...attempt.quiz, takeaways: Object.fromEntries(read) } };
}

/** @param numbers of pages, ascending, all of the section that begins with `start` */
function writeViewed(writer: BitWriter, start: number, numbers: readonly number[]): void {
  const viewed = new Set(numbers);
  const last = numbers.at(-1) ?? start;
  writer.expGolomb(start / pagesInSection, 2);
  for (let number = start; number <= last; number += 1) writer.bits(viewed.has(number) ? 1 : 0, 1);
}

function readViewed(reader: BitReader, attempt: Attempt, course: Course): Attempt {
  const start = reader.expGolomb(2) * pagesInSection;
  const numbers = new Set<number>();
  for (let number = start; reader.left > 0; number += 1) if (reader.bits(1) === 1) numbers.add(number);
  const viewed = new Set(attempt.viewed);
  const pages = course.pages.filter(({ id, number }) => viewed.has(id) || numbers.has(number));
  return { ...attempt, viewed: pages.map(({ id }) => id) };
}

function writeBookmark(writer: BitWriter, page: number, { movedAt, position }: Attempt): void {
  writer.expGolomb(page, 5);
  writer.bits(movedAt / 1000, timeBits);
  writer.bits(position > 0 ? 1 : 0, 1);
  if (position > 0) writer.bits(Math.round(position * 1000), positionBits);
}

function readBookmark(reader: BitReader, attempt: Attempt, course: Course): Attempt {
  const number = reader.expGolomb(5);
  const movedAt = wholeSecond(reader.bits(timeBits) * 1000);
  const position = reader.bits(1) === 1 ? thousandth(reader.bits(positionBits) / 1000) : 0;
  const page = course.pages.find((candidate) => candidate.number === number);
  return page ? { ...attempt, location: page.id, position, movedAt } : attempt;
}

/**
 * Column by column, for values of one sort take the fewest bits together: mostly the next number, the same kind,
 * one number for the response, some seconds after the answer before.
 */
function writeAnswers(writer: BitWriter, entries: readonly Entry[], judged: boolean): void {
  const first = entries[0]?.item.number ?? 0;
  // From where the number would be if none were missing: mostly the same all along.
  const distances = entries.map(({ item }, index) => item.number - index);
  const times = entries.map(({ answer }) => answer.at / 1000);
  const responses = entries.map(({ item, answer }) =>
    answer.response === null ? { kind: 0, numbers: [] } : toNumbers(item, answer.response),
  );
  writer.bits(entries.length - 1, 6);
  writer.expGolomb(first, 5);
  writer.bits(times[0] ?? 0, timeBits);
  writer.column(differences(distances, first));
  writer.column(responses.map(({ kind }) => kind));
  // One number is the rule.
  writer.column(responses.map(({ numbers }) => unsigned(numbers.length - 1)));
  writer.column(responses.flatMap(({ numbers }) => numbers));
  writer.column(differences(times, times[0] ?? 0).map(unsigned));
  writer.column(entries.map(({ answer }) => answer.latency / 100));
  if (judged) writer.column(entries.map(({ answer }) => 2 * answer.tries + (answer.judged ? 1 : 0)));
}

function readAnswers(reader: BitReader, attempt: Attempt, course: Course, judged: boolean): Attempt {
  const items = new Map([...course.items, ...course.checks].map((item) => [item.number, item]));
  const count = reader.bits(6) + 1;
  const first = reader.expGolomb(5);
  const start = reader.bits(timeBits);
  const numbers = sums(reader.column(count), first).map((distance, index) => distance + index);
  const kinds = reader.column(count);
  const lengths = reader.column(count).map((length) => signed(length) + 1);
  const ends = sums(lengths, 0);
  const responses = reader.column(Math.min(ends.at(-1) ?? 0, mostNumbers));
  const times = sums(reader.column(count).map(signed), start);
  const latencies = reader.column(count);
  const judgements = judged ? reader.column(count) : [];
  const answers = numbers.flatMap((number, index): Entry[] => {
    const item = items.get(number);
    const end = ends[index] ?? 0;
    const length = lengths[index] ?? 0;
    const kind = kinds[index] ?? 0;
    if (!item) return [];
    const response =
      length > 0 ? fromNumbers(item, { kind, numbers: responses.slice(end - length, end) }) : null;
    if (response === undefined) return [];
    const judgement = judgements[index] ?? 0;
    const tries = Math.min(Math.floor(judgement / 2), 0xffff_ffff);
    const answer: Answer = {
      response,
      at: wholeSecond((times[index] ?? 0) * 1000),
      latency: tenthOfSecond((latencies[index] ?? 0) * 100),
      tries,
      judged: judgement % 2 === 1 && tries > 0 && response !== null,
    };
    return [{ item, answer }];
  });
  return withAnswers(course, attempt, answers);
}

/** What reads a section, by its letter. What the section says is added to the attempt; never throws. */
export const readers: Readonly<
  Record<string, (reader: BitReader, attempt: Attempt, course: Course) => Attempt>
> = {
  s: readScore,
  t: readTakeaways,
  v: readViewed,
  b: readBookmark,
  a: (reader, attempt, course) => readAnswers(reader, attempt, course, false),
  j: (reader, attempt, course) => readAnswers(reader, attempt, course, true),
};

/** The sections of an attempt, the most important first: the letter, and what is behind it. */
export function sectionsOf(course: Course, attempt: Attempt): string[] {
  const section = (letter: string, fill: (writer: BitWriter) => void): string => {
    const writer = new BitWriter();
    fill(writer);
    return letter + writer.text();
  };
  const { location, quiz } = attempt;
  const scores = course.takeaways.flatMap(({ id, number }) => {
    const score = quiz.takeaways[id];
    return score === undefined ? [] : [[number, score] as const];
  });
  const bookmark = course.pages.filter(({ id }) => id === location);
  const viewed = pagesByNumber(course, attempt).map(({ number }) => number);
  const startOf = (number: number) => number - (number % pagesInSection);
  const within = (start: number) => viewed.filter((number) => startOf(number) === start);
  return [
    ...(quiz.tries > 0 ? [section('s', (writer) => writeScore(writer, quiz))] : []),
    ...(scores.length > 0 ? [section('t', (writer) => writeTakeaways(writer, scores))] : []),
    ...[...new Set(viewed.map(startOf))].map((start) =>
      section('v', (writer) => writeViewed(writer, start, within(start))),
    ),
    ...bookmark.map(({ number }) => section('b', (writer) => writeBookmark(writer, number, attempt))),
    ...[entriesOf(course.items, quiz.answers), entriesOf(course.checks, attempt.checks)]
      .flatMap((entries) => pieces(entries, answersInSection))
      .map((piece) => {
        const judged = piece.some(({ answer }) => answer.tries > 0);
        return section(judged ? 'j' : 'a', (writer) => writeAnswers(writer, piece, judged));
      }),
  ];
}
