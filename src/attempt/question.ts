/** How a question stands for the learner: what may still be done with it, and what is shown of how it was answered. */
import { type ItemScore, judgedAtOnce } from '../items/item.ts';
import { type Item, type ItemResponse, scoreItem } from '../items/items.ts';
import { type Course, isCheck } from '../model/course.ts';
import type { Answer, Attempt } from './attempt.ts';
import { fnv1a } from './checksum.ts';
import { seedOf } from './draw.ts';
import { passes } from './progress.ts';

/** A question as it stands. */
export interface Question {
  readonly response: ItemResponse | undefined;
  readonly score: ItemScore;
  /** Whether the answer may be given or changed. */
  readonly open: boolean;
  /** Whether the learner is told how good the answer is. */
  readonly judged: boolean;
  /** Whether the right answer and the reasons are shown. */
  readonly solved: boolean;
  /** How often it may still be judged at once; null is without limit, or does not apply. */
  readonly attemptsLeft: number | null;
  /** The seed of the order of its options: that of the try, and in a lesson one for the whole attempt. */
  readonly seed: number;
}

/** The answer to a question of the quiz or of a lesson. */
export function answerTo({ quiz, checks }: Attempt, { id }: Item): Answer | undefined {
  return quiz.answers[id] ?? checks[id];
}

/** Whether a question that is judged at once is done with: right, or tried as often as it may be. */
function isSettled({ rules: { attempts } }: Item, { judged, tries }: Answer, score: ItemScore): boolean {
  const right = score.state === 'scored' && score.scaled === 1;
  return (judged && right) || (attempts !== null && tries >= attempts);
}

/** Tells how `item` stands in `attempt`. */
export function questionIn(course: Course, attempt: Attempt, item: Item): Question {
  const { quiz } = attempt;
  const answer = answerTo(attempt, item);
  const response = answer?.response ?? undefined;
  const score = scoreItem(item, response);
  const inLesson = isCheck(course, item);
  const seed = inLesson ? fnv1a(attempt.id) : seedOf(attempt);
  const over = quiz.phase === 'submitted' && quiz.answers[item.id] !== undefined;
  if (judgedAtOnce(item)) {
    const settled = answer !== undefined && isSettled(item, answer, score);
    const { attempts } = item.rules;
    return {
      response,
      score,
      open: !settled && (quiz.phase === 'answering' || inLesson),
      judged: over || settled || answer?.judged === true,
      solved: over || settled,
      attemptsLeft: attempts === null ? null : Math.max(0, attempts - (answer?.tries ?? 0)),
      seed,
    };
  }
  const { solution } = item.rules;
  const passed = quiz.best !== null && passes(course, quiz.best);
  return {
    response,
    score,
    open: quiz.phase === 'answering',
    judged: over,
    solved: over && (solution === 'after-submit' || (solution === 'after-passing' && passed)),
    attemptsLeft: null,
    seed,
  };
}
