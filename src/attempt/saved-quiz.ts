/** The score as any version of the suspend data brings it, put right: nothing that no quiz can be in gets further. */
import { newAttempt, type QuizAttempt } from './attempt.ts';

/** A scaled score; `+ 0` makes 0 of −0, which is no JSON. */
const score = (value: unknown): number | null =>
  typeof value === 'number' && value >= 0 && value <= 1 ? value + 0 : null;

/**
 * State of the quiz, without answers and takeaways. Where no try or no score can be read there was none.
 *
 * @param saved as read; `submittedAt` checked, in milliseconds since 1970, whole seconds
 */
export function savedQuiz(saved: {
  readonly tries: unknown;
  readonly submitted: boolean;
  readonly best: unknown;
  readonly last: unknown;
  readonly submittedAt: number;
}): QuizAttempt {
  const { tries, submitted, submittedAt } = saved;
  const last = score(saved.last) ?? score(saved.best);
  if (typeof tries !== 'number' || !Number.isInteger(tries) || tries < 1 || last === null)
    return newAttempt.quiz;
  return {
    phase: submitted ? 'submitted' : 'answering',
    tries: Math.min(tries, 0xffff_ffff),
    answers: {},
    best: Math.max(last, score(saved.best) ?? 0),
    last,
    submittedAt,
    takeaways: {},
  };
}
