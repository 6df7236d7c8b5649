/**
 * What a learner has done, and the events that change it. Pure: time and chance come in with the events.
 */
import { type ItemResponse, readResponse, scoreItem } from '../items/items.ts';
import type { Course } from '../model/course.ts';

/** A learner's answer to one question, in the try that is under way or was submitted last. */
export interface Answer {
  readonly response: ItemResponse;
  /** When it was last changed, in milliseconds since 1970. */
  readonly at: number;
  /** Time from seeing the question to the first response, in milliseconds (SCORM 2004 RTE 4.2.9.1, latency). */
  readonly latency: number;
}

/** State of the quiz. */
export interface QuizAttempt {
  readonly phase: 'answering' | 'submitted';
  /** How often the quiz has been submitted. */
  readonly tries: number;
  /** Answers by item id. */
  readonly answers: Readonly<Record<string, Answer>>;
  /** Best scaled score of all tries, 0 to 1; null before the first. */
  readonly best: number | null;
  /** Scaled score of the last try, 0 to 1; null before the first. */
  readonly last: number | null;
}

/** An attempt on a course; it may span several sessions. */
export interface Attempt {
  /** Id of the page that is open; null before the first. */
  readonly location: string | null;
  /** How far the open page has been scrolled: the share of its height above the window's upper edge, 0 to 1. */
  readonly position: number;
  /** Ids of the pages whose end has been reached, in the order of the course. */
  readonly viewed: readonly string[];
  readonly quiz: QuizAttempt;
}

/** What can happen. Names are in the past tense: they are facts. */
export type AttemptEvent =
  | { readonly type: 'page-opened'; readonly page: string }
  | { readonly type: 'page-scrolled'; readonly page: string; readonly position: number }
  | { readonly type: 'page-viewed'; readonly page: string }
  /** `response: null` takes the answer back. */
  | {
      readonly type: 'item-answered';
      readonly item: string;
      readonly response: ItemResponse | null;
      readonly at: number;
      readonly latency: number;
    }
  | { readonly type: 'quiz-submitted' }
  | { readonly type: 'quiz-restarted' };

/** The attempt of somebody who has not begun. */
export const newAttempt: Attempt = {
  location: null,
  position: 0,
  viewed: [],
  quiz: { phase: 'answering', tries: 0, answers: {}, best: null, last: null },
};

/** Ids of the questions without an answer, in the order of the course. */
export function unansweredItems(course: Course, attempt: Attempt): string[] {
  return course.items.map(({ id }) => id).filter((id) => attempt.quiz.answers[id] === undefined);
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
    const score = scoreItem(item, answers[item.id]?.response);
    earned += score.state === 'scored' ? score.scaled * item.weight : 0;
    possible += item.weight;
  }
  return possible === 0 ? 0 : earned / possible;
}

/** NaN (the share of nothing) counts as 0. */
const clamp = (value: number): number => (value > 0 ? Math.min(1, value) : 0);

function reduceQuiz(course: Course, attempt: Attempt, event: AttemptEvent): QuizAttempt {
  const { quiz } = attempt;
  switch (event.type) {
    case 'item-answered': {
      const item = course.items.find(({ id }) => id === event.item);
      if (!item || quiz.phase === 'submitted') return quiz;
      const { [item.id]: before, ...others } = quiz.answers;
      if (event.response === null) return before ? { ...quiz, answers: others } : quiz;
      const response = readResponse(item, event.response);
      // A response is JSON, its parts in one order: the same text is the same answer.
      if (response === undefined || JSON.stringify(response) === JSON.stringify(before?.response))
        return quiz;
      const answer = { response, at: event.at, latency: before?.latency ?? Math.max(0, event.latency) };
      return { ...quiz, answers: { ...quiz.answers, [item.id]: answer } };
    }
    case 'quiz-submitted': {
      if (quiz.phase === 'submitted' || course.items.length === 0) return quiz;
      if (unansweredItems(course, attempt).length > 0 || !mayTryAgain(course, attempt)) return quiz;
      const last = scaledScore(course, quiz.answers);
      const best = Math.max(last, quiz.best ?? 0);
      return { ...quiz, phase: 'submitted', tries: quiz.tries + 1, best, last };
    }
    case 'quiz-restarted':
      if (quiz.phase === 'answering' || !mayTryAgain(course, attempt)) return quiz;
      return { ...quiz, phase: 'answering', answers: {} };
    default:
      return quiz;
  }
}

/**
 * Applies an event. Returns the same object where nothing changes: unknown pages and questions, answers after
 * submission and submissions that the rules do not allow change nothing.
 */
export function reduceAttempt(course: Course, attempt: Attempt, event: AttemptEvent): Attempt {
  switch (event.type) {
    case 'page-opened':
      if (attempt.location === event.page || !course.pages.some(({ id }) => id === event.page))
        return attempt;
      return { ...attempt, location: event.page, position: 0 };
    case 'page-scrolled': {
      const position = clamp(event.position);
      if (attempt.location !== event.page || attempt.position === position) return attempt;
      return { ...attempt, position };
    }
    case 'page-viewed': {
      const before = new Set(attempt.viewed);
      const viewed = course.pages.map(({ id }) => id).filter((id) => id === event.page || before.has(id));
      return viewed.length === attempt.viewed.length ? attempt : { ...attempt, viewed };
    }
    default: {
      const quiz = reduceQuiz(course, attempt, event);
      return quiz === attempt.quiz ? attempt : { ...attempt, quiz };
    }
  }
}
