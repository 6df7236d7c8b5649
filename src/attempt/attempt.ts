/**
 * What a learner has done, and the events that change it. Pure: time and chance come in with the events.
 *
 * An attempt may go on in several places at once: two tabs, two devices, an LMS and the journal on a device. So
 * whatever can be overwritten says when it was, by a clock that follows the device's own and, where that one has
 * been put back, still goes forward with every change (a hybrid logical clock): the later change wins a merge.
 */
import { type ItemScore, judgedAtOnce } from '../items/item.ts';
import { type Item, type ItemResponse, readResponse, scoreItem } from '../items/items.ts';
import { type Course, findItem, isCheck } from '../model/course.ts';
import { askedItems } from './draw.ts';
import { mergeAttempts } from './merge-attempts.ts';
import { lastMoment, tenThousandth, tenthOfSecond, thousandth, wholeSecond } from './quantities.ts';
import { questionIn } from './question.ts';

/** A learner's answer to one question; of the quiz, in the try that is under way or was submitted last. */
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
  /** How often it has been judged at once, by itself. */
  readonly tries: number;
  /** Whether it has been judged at once as it stands; not if it has been changed since. */
  readonly judged: boolean;
}

/** Answers by item id. */
export type Answers = Readonly<Record<string, Answer>>;

/** State of the quiz. */
export interface QuizAttempt {
  /** `submitted` only after a try. */
  readonly phase: 'answering' | 'submitted';
  /** How often the quiz has been submitted. */
  readonly tries: number;
  readonly answers: Answers;
  /** Best scaled score of all tries, 0 to 1; null before the first. */
  readonly best: number | null;
  /** Scaled score of the last try, 0 to 1; null before the first. */
  readonly last: number | null;
  /** When the last try was submitted, in milliseconds since 1970, whole seconds; 0 before the first. */
  readonly submittedAt: number;
  /**
   * Scaled score of the questions of each takeaway, 0 to 1 in ten-thousandths, by id of the takeaway: the best of all
   * tries or that of the last one, as the course counts. Empty before the first.
   */
  readonly takeaways: Readonly<Record<string, number>>;
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
  /** Answers to the questions inside lessons. */
  readonly checks: Answers;
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
  /** The learner wants to know how good the answer to a question is that is judged at once. */
  | { readonly type: 'item-checked'; readonly item: string }
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
  quiz: {
    phase: 'answering',
    tries: 0,
    answers: {},
    best: null,
    last: null,
    submittedAt: 0,
    takeaways: {},
  },
  checks: {},
};

/** The response to a question; undefined where there is none, or it was taken back. */
export function responseOf(answers: Answers, item: string): ItemResponse | undefined {
  return answers[item]?.response ?? undefined;
}

/** Ids of the questions of this try that have no answer, or a part of one only, in their order. */
export function unansweredItems(course: Course, attempt: Attempt): string[] {
  const { answers } = attempt.quiz;
  const isOpen = (item: Item) => scoreItem(item, responseOf(answers, item.id)).state === 'unanswered';
  return askedItems(course, attempt)
    .filter(isOpen)
    .map(({ id }) => id);
}

/** Whether another try of the quiz is allowed after those submitted. */
export function mayTryAgain(course: Course, attempt: Attempt): boolean {
  const { attempts } = course.rules.passing;
  return attempts === null || attempt.quiz.tries < attempts;
}

/** The weighted mean of the scores of `items`, 0 to 1. Unanswered questions earn nothing, unscored ones do not count. */
export function scaledScore(items: readonly Item[], answers: Answers): number {
  let earned = 0;
  let possible = 0;
  for (const item of items) {
    const score = scoreItem(item, responseOf(answers, item.id));
    if (score.state === 'unscored') continue;
    earned += score.state === 'scored' ? score.scaled * item.weight : 0;
    possible += item.weight;
  }
  return possible === 0 ? 0 : earned / possible;
}

/** The scores of the takeaways after one more try of the questions `asked`. */
function takeawayScores(course: Course, quiz: QuizAttempt, asked: readonly Item[]): QuizAttempt['takeaways'] {
  const ids = course.takeaways.map(({ id }) => id);
  const now = ids.flatMap((id): [string, number][] => {
    const items = asked.filter((item) => item.takeaway === id);
    if (items.length === 0) return [];
    const score = tenThousandth(scaledScore(items, quiz.answers));
    const before = course.rules.passing.counts === 'best' ? quiz.takeaways[id] : undefined;
    return [[id, Math.max(score, before ?? 0)]];
  });
  return course.rules.passing.counts === 'best'
    ? { ...quiz.takeaways, ...Object.fromEntries(now) }
    : Object.fromEntries(now);
}

/** The time of a change: `at`, but at least `step` milliseconds after the change before it. */
const changedAt = (at: number, before: number, step = 1000): number =>
  Math.min(lastMoment, Math.max(wholeSecond(at), before + step));

/** The answer after it was given, changed or taken back; the same object where nothing changes. */
function reduceAnswer(
  item: Item,
  before: Answer | undefined,
  event: AttemptEvent & { readonly type: 'item-answered' },
): Answer | undefined {
  const response = event.response === null ? null : readResponse(item, event.response);
  // A response is JSON, its parts in one order: the same text is the same answer.
  const same = JSON.stringify(response) === JSON.stringify(before?.response ?? null);
  if (response === undefined || same) return before;
  return {
    response,
    at: before ? changedAt(event.at, before.at) : wholeSecond(event.at),
    latency: before?.latency ?? tenthOfSecond(event.latency),
    tries: before?.tries ?? 0,
    judged: false,
  };
}

/** What has become of one question. */
function reduceItem(
  course: Course,
  attempt: Attempt,
  event: AttemptEvent & { readonly type: 'item-answered' | 'item-checked' },
): Attempt {
  const item = findItem(course, event.item);
  if (!item) return attempt;
  const { open, score } = questionIn(course, attempt, item);
  const inLesson = isCheck(course, item);
  const answers = inLesson ? attempt.checks : attempt.quiz.answers;
  const before = answers[item.id];
  if (!open || (event.type === 'item-checked' && !(judgedAtOnce(item) && canBeJudged(score)))) return attempt;
  const after =
    event.type === 'item-answered'
      ? reduceAnswer(item, before, event)
      : before && !before.judged && { ...before, tries: before.tries + 1, judged: true };
  if (!after || after === before) return attempt;
  const changed = { ...answers, [item.id]: after };
  return inLesson
    ? { ...attempt, checks: changed }
    : { ...attempt, quiz: { ...attempt.quiz, answers: changed } };
}

const canBeJudged = ({ state }: ItemScore): boolean => state === 'scored' || state === 'unscored';

function reduceQuiz(course: Course, attempt: Attempt, event: AttemptEvent): QuizAttempt {
  const { quiz } = attempt;
  switch (event.type) {
    case 'quiz-submitted': {
      if (quiz.phase === 'submitted' || course.items.length === 0) return quiz;
      // A try that has been begun may be submitted, also where the course allows fewer by now.
      if (unansweredItems(course, attempt).length > 0) return quiz;
      const asked = askedItems(course, attempt);
      const last = scaledScore(asked, quiz.answers);
      const best = Math.max(last, quiz.best ?? 0);
      const submittedAt = changedAt(event.at, quiz.submittedAt);
      const takeaways = takeawayScores(course, quiz, asked);
      return { ...quiz, phase: 'submitted', tries: quiz.tries + 1, best, last, submittedAt, takeaways };
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
    case 'item-answered':
    case 'item-checked':
      return reduceItem(course, attempt, event);
    default: {
      const quiz = reduceQuiz(course, attempt, event);
      return quiz === attempt.quiz ? attempt : { ...attempt, quiz };
    }
  }
}
