/**
 * What a learner has done, and the events that change it. Pure: time and chance come in with the events.
 *
 * An attempt may go on in several places at once: two tabs, two devices, an LMS and the journal on a device. So
 * whatever can be overwritten says when it was, by a clock that follows the device's own and, where that one has
 * been put back, still goes forward with every change (a hybrid logical clock): the later change wins a merge.
 */
import { type ItemResponse, readResponse, scoreItem } from '../items/items.ts';
import type { Course } from '../model/course.ts';
import { mergeAttempts } from './merge-attempts.ts';
import { lastMoment, tenthOfSecond, thousandth, wholeSecond } from './quantities.ts';

/** A learner's answer to one question, in the try that is under way or was submitted last. */
export interface Answer {
  /** Null where the answer has been taken back. */
  readonly response: ItemResponse | null;
  /** When it was last changed, in milliseconds since 1970, whole seconds. */
  readonly at: number;
  /**
   * Time from seeing the question to the first response, in milliseconds, whole tenths of a second (SCORM 2004
   * RTE 4.2.9.1, latency).
   */
  readonly latency: number;
}

/** State of the quiz. */
export interface QuizAttempt {
  /** `submitted` only after a try. */
  readonly phase: 'answering' | 'submitted';
  /** How often the quiz has been submitted. */
  readonly tries: number;
  /** Answers by item id. */
  readonly answers: Readonly<Record<string, Answer>>;
  /** Best scaled score of all tries, 0 to 1; null before the first. */
  readonly best: number | null;
  /** Scaled score of the last try, 0 to 1; null before the first. */
  readonly last: number | null;
  /** When the last try was submitted, in milliseconds since 1970, whole seconds; 0 before the first. */
  readonly submittedAt: number;
}

/** An attempt on a course; it may span several sessions. */
export interface Attempt {
  /** Names the attempt, for the LMS and the journal: six of `A–Z a–z 0–9 _ -`; empty where it has no name yet. */
  readonly id: string;
  /** Id of the page that is open; null before the first. */
  readonly location: string | null;
  /** How far it has been scrolled: the share of its height above the window's upper edge, 0 to 1, in thousandths. */
  readonly position: number;
  /** When location or position was last changed, in milliseconds since 1970, whole seconds; 0 before that. */
  readonly movedAt: number;
  /** Ids of the pages whose end has been reached, in the order of the course. */
  readonly viewed: readonly string[];
  readonly quiz: QuizAttempt;
}

/** What can happen. Names are in the past tense: they are facts. `at` is a time in milliseconds since 1970. */
export type AttemptEvent =
  | { readonly type: 'page-opened'; readonly page: string; readonly at: number }
  | {
      readonly type: 'page-scrolled';
      readonly page: string;
      readonly position: number;
      readonly at: number;
    }
  | { readonly type: 'page-viewed'; readonly page: string }
  /** `response: null` takes the answer back. */
  | {
      readonly type: 'item-answered';
      readonly item: string;
      readonly response: ItemResponse | null;
      readonly at: number;
      readonly latency: number;
    }
  | { readonly type: 'quiz-submitted'; readonly at: number }
  | { readonly type: 'quiz-restarted' }
  /** What another record of the same attempt has. The reader stays where this one has them. */
  | { readonly type: 'attempt-merged'; readonly attempt: Attempt };

/** The attempt of somebody who has not begun. */
export const newAttempt: Attempt = {
  id: '',
  location: null,
  position: 0,
  movedAt: 0,
  viewed: [],
  quiz: { phase: 'answering', tries: 0, answers: {}, best: null, last: null, submittedAt: 0 },
};

/** The response to a question; undefined where there is none, or it was taken back. */
export function responseOf(answers: QuizAttempt['answers'], item: string): ItemResponse | undefined {
  return answers[item]?.response ?? undefined;
}

/** Ids of the questions without an answer, in the order of the course. */
export function unansweredItems(course: Course, attempt: Attempt): string[] {
  const { answers } = attempt.quiz;
  return course.items.map(({ id }) => id).filter((id) => responseOf(answers, id) === undefined);
}

/** Whether another try of the quiz is allowed after those submitted. */
export function mayTryAgain(course: Course, attempt: Attempt): boolean {
  const { attempts } = course.rules.passing;
  return attempts === null || attempt.quiz.tries < attempts;
}

/** The weighted mean of the scores of all questions, 0 to 1. Unanswered questions earn nothing. */
export function scaledScore(course: Course, answers: QuizAttempt['answers']): number {
  let earned = 0;
  let possible = 0;
  for (const item of course.items) {
    const score = scoreItem(item, responseOf(answers, item.id));
    earned += score.state === 'scored' ? score.scaled * item.weight : 0;
    possible += item.weight;
  }
  return possible === 0 ? 0 : earned / possible;
}

/** The time of a change: `at`, but at least `step` milliseconds after the change before it. */
const changedAt = (at: number, before: number, step = 1000): number =>
  Math.min(lastMoment, Math.max(wholeSecond(at), before + step));

function reduceQuiz(course: Course, attempt: Attempt, event: AttemptEvent): QuizAttempt {
  const { quiz } = attempt;
  switch (event.type) {
    case 'item-answered': {
      const item = course.items.find(({ id }) => id === event.item);
      if (!item || quiz.phase === 'submitted') return quiz;
      const before = quiz.answers[item.id];
      const response = event.response === null ? null : readResponse(item, event.response);
      // A response is JSON, its parts in one order: the same text is the same answer.
      const same = JSON.stringify(response) === JSON.stringify(before?.response ?? null);
      if (response === undefined || same) return quiz;
      const answer: Answer = {
        response,
        at: before ? changedAt(event.at, before.at) : wholeSecond(event.at),
        latency: before?.latency ?? tenthOfSecond(event.latency),
      };
      return { ...quiz, answers: { ...quiz.answers, [item.id]: answer } };
    }
    case 'quiz-submitted': {
      if (quiz.phase === 'submitted' || course.items.length === 0) return quiz;
      if (unansweredItems(course, attempt).length > 0 || !mayTryAgain(course, attempt)) return quiz;
      const last = scaledScore(course, quiz.answers);
      const best = Math.max(last, quiz.best ?? 0);
      const submittedAt = changedAt(event.at, quiz.submittedAt);
      return { ...quiz, phase: 'submitted', tries: quiz.tries + 1, best, last, submittedAt };
    }
    case 'quiz-restarted':
      if (quiz.phase === 'answering' || !mayTryAgain(course, attempt)) return quiz;
      return { ...quiz, phase: 'answering', answers: {} };
    default:
      return quiz;
  }
}

/** Whether two attempts that {@link mergeAttempts} has put in order are the same. All of it is JSON. */
const same = (a: Attempt, b: Attempt): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Applies an event. Returns the same object where nothing changes: unknown pages and questions, answers after
 * submission and submissions that the rules do not allow change nothing.
 */
export function reduceAttempt(course: Course, attempt: Attempt, event: AttemptEvent): Attempt {
  switch (event.type) {
    case 'page-opened': {
      if (attempt.location === event.page || !course.pages.some(({ id }) => id === event.page))
        return attempt;
      const movedAt = changedAt(event.at, attempt.movedAt);
      return { ...attempt, location: event.page, position: 0, movedAt };
    }
    case 'page-scrolled': {
      const position = thousandth(event.position);
      if (attempt.location !== event.page || attempt.position === position) return attempt;
      // Of two positions at the same time the further one wins, so only the way back needs a later time.
      const movedAt = changedAt(event.at, attempt.movedAt, position < attempt.position ? 1000 : 0);
      return { ...attempt, position, movedAt };
    }
    case 'page-viewed': {
      const before = new Set(attempt.viewed);
      const viewed = course.pages.map(({ id }) => id).filter((id) => id === event.page || before.has(id));
      return viewed.length === attempt.viewed.length ? attempt : { ...attempt, viewed };
    }
    case 'attempt-merged': {
      const { location, position, movedAt } = attempt;
      const other = { ...event.attempt, location, position, movedAt };
      const merged = mergeAttempts(course, attempt, other);
      return same(merged, mergeAttempts(course, attempt, attempt)) ? attempt : merged;
    }
    default: {
      const quiz = reduceQuiz(course, attempt, event);
      return quiz === attempt.quiz ? attempt : { ...attempt, quiz };
    }
  }
}
