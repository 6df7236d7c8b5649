/** When a course is completed and passed. The one place that decides it; wires and elements only repeat it. */
import type { Course } from '../model/course.ts';
import type { Attempt } from './attempt.ts';
import { tenThousandth } from './quantities.ts';

/** Completion status, in SCORM 2004's words (RTE 4.2.4). */
export type CompletionStatus = 'incomplete' | 'completed';

/** Success status, in SCORM 2004's words (RTE 4.2.22). */
export type SuccessStatus = 'unknown' | 'passed' | 'failed';

/** What has been reached of a takeaway: an objective, in SCORM's words (SCORM 2004 4th Ed. RTE 4.2.17). */
export interface ObjectiveProgress {
  readonly id: string;
  /** Scaled score of its questions, 0 to 1. */
  readonly scaled: number;
  readonly completion: CompletionStatus;
  readonly success: Exclude<SuccessStatus, 'unknown'>;
}

/** What an attempt amounts to under the rules of its course. */
export interface Progress {
  readonly completion: CompletionStatus;
  readonly success: SuccessStatus;
  /** Scaled score that counts, 0 to 1; null before the first submission. */
  readonly scaled: number | null;
  /** The takeaways whose questions have been submitted, in the order of the course. */
  readonly objectives: readonly ObjectiveProgress[];
  /** Share of what completion asks for that is done, 0 to 1; 1 only when completed. */
  readonly measure: number;
  /** Ids of the lesson pages not viewed yet, in the order of the course. */
  readonly lessonsLeft: readonly string[];
  /** Whether the page's part is done, by page id: lessons viewed, the quiz as far as completion asks. */
  readonly done: ReadonlySet<string>;
}

/**
 * Whether a scaled score passes. One that falls short by binary representation only does: weights of 0.3 and 0.1
 * make 0.3 of 0.4 points 0.7499999999999999, and the learner has reached 75 %.
 */
export function passes(course: Course, scaled: number): boolean {
  return scaled + 1e-9 >= course.rules.passing.scaled;
}

/** Judges an attempt. */
export function progressOf(course: Course, attempt: Attempt): Progress {
  const { completion, passing } = course.rules;
  const { quiz } = attempt;
  const scaled = passing.counts === 'best' ? quiz.best : quiz.last;
  // Passed once is passed: a later try can lower a score that counts the last one, never the status.
  const success: SuccessStatus =
    quiz.best === null ? 'unknown' : passes(course, quiz.best) ? 'passed' : 'failed';

  const lessons = course.pages.filter(({ kind }) => kind === 'lesson').map(({ id }) => id);
  const viewed = new Set(attempt.viewed);
  const lessonsLeft = lessons.filter((id) => !viewed.has(id));
  const quizDone = completion.quiz === 'submitted' ? quiz.tries > 0 : success === 'passed';

  const required = [
    ...(completion.pages === 'all' ? lessons.map((id) => viewed.has(id)) : []),
    ...(completion.quiz === 'none' ? [] : [quizDone]),
  ];
  const achieved = required.filter(Boolean).length;

  const done = new Set(
    course.pages.filter(({ id, kind }) => (kind === 'quiz' ? quizDone : viewed.has(id))).map(({ id }) => id),
  );
  return {
    completion: achieved === required.length ? 'completed' : 'incomplete',
    success,
    scaled,
    objectives: course.takeaways.flatMap(({ id }) => {
      const score = quiz.takeaways[id];
      if (score === undefined) return [];
      return [
        {
          id,
          scaled: score,
          completion: 'completed',
          // The score is cut to ten-thousandths, so the mark is too.
          success: score >= tenThousandth(passing.scaled) ? 'passed' : 'failed',
        },
      ];
    }),
    measure: required.length === 0 ? 1 : achieved / required.length,
    lessonsLeft,
    done,
  };
}
