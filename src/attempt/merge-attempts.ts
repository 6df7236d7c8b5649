/**
 * Two records of one attempt as one: of two tabs, two devices, of the journal and the LMS.
 *
 * The order and the number of merges never matter (the function is commutative, associative and idempotent), and
 * what has happened to a record is never undone by merging an earlier state of it: every part of an attempt is
 * either a set that grows or the greatest by an order that every event goes up in.
 */
import type { Item } from '../items/items.ts';
import type { Course } from '../model/course.ts';
import type { Answer, Answers, Attempt, QuizAttempt } from './attempt.ts';

/** The keys by which the greater of two is found, the weightiest first; null is less than anything. */
type Rank = readonly (string | number | null)[];

/** Less than 0, 0 or more than 0: as `a` is less than `b`, the same or greater. */
function compare(a: Rank, b: Rank): number {
  for (const [index, ofA] of a.entries()) {
    const ofB = b[index] ?? null;
    if (ofA !== ofB) return ofB === null || (ofA !== null && ofA > ofB) ? 1 : -1;
  }
  return 0;
}

/** Of two the one that ranks higher. The rank holds all that the caller takes of it, so a tie is no choice. */
const greater = <T>(a: T, b: T, rank: (value: T) => Rank): T => (compare(rank(a), rank(b)) < 0 ? b : a);

const rankOfAnswer = ({ at, response, latency, judged }: Answer): Rank => [
  at,
  judged ? 1 : 0,
  JSON.stringify(response),
  latency,
];

/** The later answer; tries that were used anywhere are used. */
const mergeAnswer = (a: Answer, b: Answer): Answer => ({
  ...greater(a, b, rankOfAnswer),
  tries: Math.max(a.tries, b.tries),
});

/** The answers to `items` of both, each as it was changed last. */
function mergeAnswers(items: readonly Item[], a: Answers, b: Answers): Answers {
  const merged = items.flatMap(({ id }): [string, Answer][] => {
    const [ofA, ofB] = [a[id], b[id]];
    const answer = ofA && ofB ? mergeAnswer(ofA, ofB) : (ofA ?? ofB);
    return answer ? [[id, answer]] : [];
  });
  return Object.fromEntries(merged);
}

/** How often the quiz has been begun and submitted, counted together; the answers belong to it. */
const stage = ({ tries, phase }: QuizAttempt): number => 2 * tries - (phase === 'submitted' ? 1 : 0);

/** The answers of the later stage; of the same one, those of both. */
function mergeTries(course: Course, a: QuizAttempt, b: QuizAttempt): Answers {
  const rank = (quiz: QuizAttempt): Rank => [stage(quiz), quiz.phase === 'submitted' ? quiz.submittedAt : 0];
  const order = compare(rank(a), rank(b));
  return mergeAnswers(course.items, order < 0 ? {} : a.answers, order > 0 ? {} : b.answers);
}

/** The last try of both, with all that was reached in it. */
function lastTry(course: Course, a: QuizAttempt, b: QuizAttempt) {
  const ids = course.takeaways.map(({ id }) => id);
  const scores = ({ takeaways }: QuizAttempt) => ids.map((id) => takeaways[id] ?? null);
  return greater(a, b, (quiz) => [quiz.tries, quiz.submittedAt, quiz.last, ...scores(quiz)]);
}

/** The scores of the takeaways as the course counts them: the best of both, or those of the last try. */
function mergeTakeaways(course: Course, a: QuizAttempt, b: QuizAttempt): QuizAttempt['takeaways'] {
  const counted = (id: string): number | undefined => {
    if (course.rules.passing.counts === 'last') return lastTry(course, a, b).takeaways[id];
    return greater(a.takeaways[id] ?? null, b.takeaways[id] ?? null, (score) => [score]) ?? undefined;
  };
  const merged = course.takeaways.flatMap(({ id }): [string, number][] => {
    const score = counted(id);
    return score === undefined ? [] : [[id, score]];
  });
  return Object.fromEntries(merged);
}

/** Merges two records of the same attempt on `course`. */
export function mergeAttempts(course: Course, a: Attempt, b: Attempt): Attempt {
  const moved = greater(a, b, ({ movedAt, location, position }) => [movedAt, location, position]);
  const viewed = new Set([...a.viewed, ...b.viewed]);
  const { last, submittedAt } = lastTry(course, a.quiz, b.quiz);
  const { tries, phase } = greater(a.quiz, b.quiz, (quiz) => [stage(quiz)]);
  return {
    id: a.id > b.id ? a.id : b.id,
    location: moved.location,
    position: moved.position,
    movedAt: moved.movedAt,
    viewed: course.pages.map(({ id }) => id).filter((id) => viewed.has(id)),
    quiz: {
      phase,
      tries,
      answers: mergeTries(course, a.quiz, b.quiz),
      best: greater(a.quiz.best, b.quiz.best, (best) => [best]),
      last,
      submittedAt,
      takeaways: mergeTakeaways(course, a.quiz, b.quiz),
    },
    checks: mergeAnswers(course.checks, a.checks, b.checks),
  };
}
