/**
 * Which questions a try of the quiz asks, and in which order its questions and their options come. All of it follows
 * from a seed that is part of the attempt: the same on every device and after every break, another one with each try.
 *
 * Nothing is dealt from a pack: each question and option has a rank that its number and the seed give it. So a question
 * that is added or removed while a learner is at it leaves all others where they are.
 */
import type { ItemOption } from '../items/item.ts';
import type { Item } from '../items/items.ts';
import type { Course } from '../model/course.ts';
import type { Attempt } from './attempt.ts';
import { fnv1a } from './checksum.ts';

/** The seed of the try that is under way or was submitted last, 32 bits: from the attempt's name and the number of the try. */
export function seedOf({ id, quiz }: Attempt): number {
  const tries = quiz.phase === 'submitted' ? quiz.tries - 1 : quiz.tries;
  return fnv1a(`${id}:${tries}`);
}

/** A number that looks random, of 32 bits, for `numbers` and `seed` (the finalizer of MurmurHash3 after each). */
function rank(seed: number, ...numbers: readonly number[]): number {
  return numbers.reduce((hash, number) => {
    let mixed = Math.imul(hash ^ (number + 0x9e3779b9), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  }, seed);
}

/** What one rank is for, so that the order of the questions says nothing of how they were drawn. */
const purposes = { draw: 1, order: 2, options: 3 };

const sortedBy = <T>(list: readonly T[], key: (entry: T) => number): T[] =>
  list
    .map((entry) => [key(entry), entry] as const)
    .sort(([a], [b]) => a - b)
    .map(([, entry]) => entry);

/**
 * The questions of the try that is under way or was submitted last, in their order.
 *
 * A question that has been answered in it is asked, also where the course has changed since.
 */
export function askedItems(course: Course, attempt: Attempt): readonly Item[] {
  const { draw, shuffle } = course.rules.quiz;
  const { answers, phase } = attempt.quiz;
  const seed = seedOf(attempt);
  const isAnswered = ({ id }: Item) => answers[id] !== undefined;
  const answered = course.items.filter(isAnswered);

  const drawn = (takeaway: string): readonly Item[] => {
    const pool = course.items.filter((item) => item.takeaway === takeaway);
    const ranked = sortedBy(pool, (item) => rank(seed, purposes.draw, item.number));
    const open = ranked.filter((item) => !isAnswered(item));
    const fixed = ranked.filter(isAnswered);
    return [...fixed, ...open.slice(0, Math.max(0, (draw?.[takeaway] ?? 0) - fixed.length))];
  };
  const asked =
    phase === 'submitted' && answered.length > 0
      ? answered
      : draw === null
        ? course.items
        : [...new Set(course.items.map(({ takeaway }) => takeaway))].flatMap(drawn);
  const places = new Map(course.items.map(({ id }, index) => [id, index]));
  return sortedBy(asked, (item) =>
    shuffle ? rank(seed, purposes.order, item.number) : (places.get(item.id) ?? 0),
  );
}

/** Options in the order of their try. */
export function shuffledOptions<O extends ItemOption>(item: Item, options: readonly O[], seed: number): O[] {
  return sortedBy(options, ({ number }) => rank(seed, purposes.options, item.number, number));
}

/** Steps in an order to begin with: never the right one. */
export function scrambledSteps<O extends ItemOption>(item: Item, steps: readonly O[], seed: number): O[] {
  const shuffled = shuffledOptions(item, steps, seed);
  const right = shuffled.every((step, index) => step === steps[index]);
  return right ? [...shuffled.slice(1), ...shuffled.slice(0, 1)] : shuffled;
}
