import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Attempt,
  type AttemptEvent,
  mayTryAgain,
  newAttempt,
  reduceAttempt,
  scaledScore,
  unansweredItems,
} from '../../src/attempt/attempt.ts';
import { type CompletionStatus, passes, progressOf, type SuccessStatus } from '../../src/attempt/progress.ts';
import { lastMoment } from '../../src/attempt/quantities.ts';
import { createStore } from '../../src/attempt/store.ts';
import type { Course, Rules } from '../../src/model/course.ts';
import { courseAndEvents } from '../fixtures/arbitrary-course.ts';
import { attemptAfter, opened, scrolled, viewed } from '../fixtures/events.ts';
import { smallCourse } from '../fixtures/small-course.ts';

const answer = (item: string, response: readonly string[] | boolean | null, at = 1000, latency = 500) =>
  ({ type: 'item-answered', item, response, at, latency }) satisfies AttemptEvent;
const submitted: AttemptEvent = { type: 'quiz-submitted', at: 60_000 };
const restarted: AttemptEvent = { type: 'quiz-restarted' };
const rightTry = [answer('how-much', ['more']), answer('is-it', true), submitted];
const halfTry = [answer('how-much', ['more']), answer('is-it', false), submitted];
const wrongTry = [answer('how-much', ['less']), answer('is-it', false), submitted];

const withRules = (completion: Rules['completion'], passing: Partial<Rules['passing']> = {}): Course => ({
  ...smallCourse,
  rules: { ...smallCourse.rules, completion, passing: { ...smallCourse.rules.passing, ...passing } },
});

describe('What a learner does is remembered', () => {
  it('an opened page is where the learner is, read from its top', () => {
    const attempt = attemptAfter(smallCourse, [opened('start'), scrolled('start', 0.7), opened('more')]);
    expect(attempt).toMatchObject({ location: 'more', position: 0 });
  });

  it('a page remembers how far it has been scrolled, within its height', () => {
    const at = (position: number) =>
      attemptAfter(smallCourse, [opened('start'), scrolled('start', 0.3), scrolled('start', position)])
        .position;
    expect([at(0.42), at(1.5), at(-0.1), at(Number.NaN), at(0.12345)]).toEqual([0.42, 1, 0, 0, 0.123]);
  });

  it('viewed pages stand in the order of the course, whatever the order of reading', () => {
    expect(attemptAfter(smallCourse, [viewed('result'), viewed('start'), viewed('more')]).viewed).toEqual([
      'start',
      'more',
      'result',
    ]);
  });

  it('an answer keeps its time, and the latency of the first response', () => {
    const { quiz } = attemptAfter(smallCourse, [
      answer('how-much', ['less'], 1000, 400),
      answer('how-much', ['more'], 9000, 8400),
    ]);
    expect(quiz.answers).toEqual({
      'how-much': { response: ['more'], at: 9000, latency: 400, tries: 0, judged: false },
    });
  });

  it('an answer that is taken back is no answer', () => {
    const attempt = attemptAfter(smallCourse, [answer('how-much', ['less']), answer('how-much', null)]);
    expect(unansweredItems(smallCourse, attempt)).toEqual(['how-much', 'is-it']);
    expect(scaledScore(smallCourse.items, attempt.quiz.answers)).toBe(0);
    expect(reduceAttempt(smallCourse, attempt, submitted)).toBe(attempt);
  });

  it('that it was taken back is remembered, so that no other record brings it back', () => {
    const { quiz } = attemptAfter(smallCourse, [
      answer('how-much', ['less'], 1000, 400),
      answer('how-much', null, 5000, 4400),
    ]);
    expect(quiz.answers).toEqual({
      'how-much': { response: null, at: 5000, latency: 400, tries: 0, judged: false },
    });
  });

  it('a submitted try is scored and counted; another one begins empty and keeps the best score', () => {
    const first = attemptAfter(smallCourse, rightTry);
    expect(first.quiz).toMatchObject({ phase: 'submitted', tries: 1, best: 1, last: 1 });
    const second = attemptAfter(smallCourse, [restarted, ...halfTry], first);
    expect(second.quiz).toMatchObject({ tries: 2, best: 1, last: 0.5 });
    const third = attemptAfter(smallCourse, [restarted], second);
    expect(third.quiz).toMatchObject({ phase: 'answering', answers: {}, best: 1, last: 0.5 });
  });

  it('questions weigh as their author says', () => {
    const [first, second] = smallCourse.items;
    const course: Course = { ...smallCourse, items: [{ ...first, weight: 3 }, second] };
    expect(attemptAfter(course, halfTry).quiz.last).toBe(0.75);
  });
});

describe('The clock of an attempt', () => {
  const times = (events: readonly AttemptEvent[]) => {
    const { movedAt, quiz } = attemptAfter(smallCourse, events);
    return [movedAt, quiz.answers['is-it']?.at ?? 0, quiz.submittedAt];
  };

  it('shows whole seconds, and latencies whole tenths of one', () => {
    const { movedAt, quiz } = attemptAfter(smallCourse, [
      opened('start', 12_345),
      answer('is-it', true, 67_890, 1239),
      answer('how-much', ['more']),
      { type: 'quiz-submitted', at: 98_765 },
    ]);
    expect([movedAt, quiz.answers['is-it'], quiz.submittedAt]).toEqual([
      12_000,
      { response: true, at: 67_000, latency: 1200, tries: 0, judged: false },
      98_000,
    ]);
  });

  it('goes forward with every change, also where that of the device has been put back', () => {
    const late = [opened('start', 90_000), answer('is-it', true, 90_000), answer('how-much', ['more'], 1000)];
    expect(times([...late, opened('more', 5000), answer('is-it', false, 5000)])).toEqual([91_000, 91_000, 0]);
    const twice = [submitted, restarted, ...halfTry.slice(0, -1), { type: 'quiz-submitted', at: 0 } as const];
    expect(times([...late, ...twice])).toEqual([90_000, 1000, 61_000]);
  });

  it('follows scrolling, and goes forward by itself only on the way back', () => {
    const at = (...positions: number[]) =>
      times([opened('start', 90_000), ...positions.map((position) => scrolled('start', position, 5000))])[0];
    expect([at(0.1), at(0.1, 0.4), at(0.4, 0.1)]).toEqual([90_000, 90_000, 91_000]);
    expect(times([opened('start', 1000), scrolled('start', 0.1, 7000)])[0]).toBe(7000);
  });

  it.each([
    [Number.NaN, 0],
    [-5000, 0],
    [Number.POSITIVE_INFINITY, Date.UTC(9999, 11, 31, 23, 59, 59)],
  ])('stays within the years that a report can name: %d', (at, expected) => {
    expect(times([answer('is-it', true, at)])[1]).toBe(expected);
    expect(times([answer('is-it', false, at), answer('is-it', true, at)])[1]).toBe(
      Math.min(expected + 1000, lastMoment),
    );
  });
});

describe('What cannot happen changes nothing: the very same attempt comes back', () => {
  const underway = attemptAfter(smallCourse, [
    opened('start'),
    viewed('start'),
    answer('how-much', ['less']),
  ]);
  const over = attemptAfter(smallCourse, wrongTry);
  const once = withRules({ pages: 'all', quiz: 'passed' }, { attempts: 1 });

  it.each<[string, AttemptEvent, Attempt, Course?]>([
    ['opening a page that the course does not have', opened('gone'), underway],
    ['opening the page that is open', opened('start'), underway],
    ['viewing a page that the course does not have', viewed('gone'), underway],
    ['viewing a page a second time', viewed('start'), underway],
    ['scrolling to where the page already is', scrolled('start', 0), underway],
    ['scrolling a page that is not open', scrolled('more', 0.5), underway],
    ['answering a question that the course does not have', answer('gone', true), underway],
    ['answering with what does not fit', answer('how-much', true), underway],
    ['giving the same answer later', answer('how-much', ['less'], 5000), underway],
    ['taking back an answer that was not given', answer('is-it', null), underway],
    ['submitting with a question unanswered', submitted, underway],
    ['restarting a quiz that is under way', restarted, underway],
    ['answering after submission', answer('how-much', ['more']), over],
    ['taking back an answer after submission', answer('how-much', null), over],
    ['submitting twice', submitted, over],
    ['restarting when no try is left', restarted, over, once],
    ['submitting where there is no quiz', submitted, newAttempt, { ...smallCourse, items: [] }],
  ])('%s', (_, event, attempt, course = smallCourse) => {
    expect(reduceAttempt(course, attempt, event)).toBe(attempt);
  });

  it('whatever happens: an attempt that reads the same is the same object', () => {
    fc.assert(
      fc.property(courseAndEvents, ([course, events]) => {
        let attempt = newAttempt;
        for (const event of events) {
          const next = reduceAttempt(course, attempt, event);
          if (JSON.stringify(next) === JSON.stringify(attempt)) expect(next).toBe(attempt);
          expect(reduceAttempt(course, next, event)).toBe(next);
          attempt = next;
        }
      }),
    );
  });
});

describe('The number of tries', () => {
  it.each([
    [null, 5, true],
    [3, 2, true],
    [3, 3, false],
    [1, 1, false],
  ])('of %s allowed, after %i submitted, leaves another: %s', (attempts, tries, expected) => {
    const course = withRules({ pages: 'none', quiz: 'passed' }, { attempts });
    const attempt = { ...newAttempt, quiz: { ...newAttempt.quiz, tries } };
    expect(mayTryAgain(course, attempt)).toBe(expected);
  });

  it('is never exceeded, whatever happens', () => {
    fc.assert(
      fc.property(courseAndEvents, ([course, events]) => {
        const { tries } = attemptAfter(course, events).quiz;
        expect(tries).toBeLessThanOrEqual(course.rules.passing.attempts ?? Number.POSITIVE_INFINITY);
      }),
    );
  });
});

describe('Whatever happens', () => {
  it('what has been viewed stays viewed, and the best score never falls', () => {
    fc.assert(
      fc.property(courseAndEvents, ([course, events]) => {
        let attempt = newAttempt;
        for (const event of events) {
          const next = reduceAttempt(course, attempt, event);
          expect(next.viewed).toEqual(expect.arrayContaining([...attempt.viewed]));
          expect(next.quiz.best ?? -1).toBeGreaterThanOrEqual(attempt.quiz.best ?? -1);
          expect(next.quiz.best ?? -1).toBeGreaterThanOrEqual(next.quiz.last ?? -1);
          attempt = next;
        }
      }),
    );
  });

  it('whoever has passed, or completed, stays so where the best try counts', () => {
    fc.assert(
      fc.property(courseAndEvents, ([any, events]) => {
        const passing = { ...any.rules.passing, counts: 'best' as const };
        const course = { ...any, rules: { ...any.rules, passing } };
        let attempt = newAttempt;
        for (const event of events) {
          const next = reduceAttempt(course, attempt, event);
          const [was, is] = [progressOf(course, attempt), progressOf(course, next)];
          if (was.success === 'passed') expect(is.success).toBe('passed');
          if (was.completion === 'completed') expect(is.completion).toBe('completed');
          expect(is.measure).toBeGreaterThanOrEqual(was.measure);
          attempt = next;
        }
      }),
    );
  });

  it('the measure of progress is within 0 and 1, and 1 exactly when the course is completed', () => {
    fc.assert(
      fc.property(courseAndEvents, ([course, events]) => {
        const { measure, completion } = progressOf(course, attemptAfter(course, events));
        expect(measure).toBeGreaterThanOrEqual(0);
        expect(measure).toBeLessThanOrEqual(1);
        expect(measure === 1).toBe(completion === 'completed');
      }),
    );
  });

  it('scores are within 0 and 1', () => {
    fc.assert(
      fc.property(courseAndEvents, ([course, events]) => {
        const score = scaledScore(course.items, attemptAfter(course, events).quiz.answers);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('When the course is completed and passed', () => {
  const read = [viewed('start'), viewed('more')];
  const states = {
    'nothing done': [],
    'half the pages': [viewed('start')],
    'all pages': read,
    'quiz failed': halfTry,
    'quiz passed': rightTry,
    'pages and failed': [...read, ...halfTry],
    'pages and passed': [...read, ...rightTry],
  } satisfies Record<string, readonly AttemptEvent[]>;
  type State = keyof typeof states;

  // Two lesson pages and the quiz: what is asked for, and how much of it is done in each state.
  it.each<[Rules['completion'], Record<State, number>]>([
    [
      { pages: 'all', quiz: 'passed' },
      {
        'nothing done': 0,
        'half the pages': 1 / 3,
        'all pages': 2 / 3,
        'quiz failed': 0,
        'quiz passed': 1 / 3,
        'pages and failed': 2 / 3,
        'pages and passed': 1,
      },
    ],
    [
      { pages: 'all', quiz: 'submitted' },
      {
        'nothing done': 0,
        'half the pages': 1 / 3,
        'all pages': 2 / 3,
        'quiz failed': 1 / 3,
        'quiz passed': 1 / 3,
        'pages and failed': 1,
        'pages and passed': 1,
      },
    ],
    [
      { pages: 'all', quiz: 'none' },
      {
        'nothing done': 0,
        'half the pages': 1 / 2,
        'all pages': 1,
        'quiz failed': 0,
        'quiz passed': 0,
        'pages and failed': 1,
        'pages and passed': 1,
      },
    ],
    [
      { pages: 'none', quiz: 'passed' },
      {
        'nothing done': 0,
        'half the pages': 0,
        'all pages': 0,
        'quiz failed': 0,
        'quiz passed': 1,
        'pages and failed': 0,
        'pages and passed': 1,
      },
    ],
    [
      { pages: 'none', quiz: 'submitted' },
      {
        'nothing done': 0,
        'half the pages': 0,
        'all pages': 0,
        'quiz failed': 1,
        'quiz passed': 1,
        'pages and failed': 1,
        'pages and passed': 1,
      },
    ],
  ])('%j', (completion, expected) => {
    const course = withRules(completion);
    const found = Object.entries(states).map(([name, events]) => {
      const progress = progressOf(course, attemptAfter(course, events));
      expect(progress.completion).toBe<CompletionStatus>(progress.measure === 1 ? 'completed' : 'incomplete');
      return [name, progress.measure];
    });
    expect(Object.fromEntries(found)).toEqual(expected);
  });

  it('a course that asks for nothing is completed at once', () => {
    expect(progressOf(withRules({ pages: 'none', quiz: 'none' }), newAttempt)).toMatchObject({
      completion: 'completed',
      measure: 1,
      success: 'unknown',
    });
  });

  it.each<['best' | 'last', number]>([
    ['best', 1],
    ['last', 0.5],
  ])('after a passed and a failed try the %s score counts, and the quiz stays passed', (counts, scaled) => {
    const course = withRules({ pages: 'none', quiz: 'passed' }, { counts });
    const attempt = attemptAfter(course, [...rightTry, restarted, ...halfTry]);
    expect(progressOf(course, attempt)).toMatchObject({ success: 'passed', completion: 'completed', scaled });
  });

  it('nobody has passed or failed before the first submission', () => {
    const attempt = attemptAfter(smallCourse, [answer('how-much', ['less'])]);
    expect(progressOf(smallCourse, attempt)).toMatchObject({ success: 'unknown', scaled: null });
  });

  it('the list of pages shows what is done: a failed quiz is not, where passing is asked for', () => {
    const attempt = attemptAfter(smallCourse, [
      viewed('start'),
      viewed('quiz'),
      viewed('result'),
      ...halfTry,
    ]);
    const { done, lessonsLeft } = progressOf(smallCourse, attempt);
    expect([...done]).toEqual(['start', 'result']);
    expect(lessonsLeft).toEqual(['more']);
    const lenient = withRules({ pages: 'all', quiz: 'submitted' });
    expect([...progressOf(lenient, attempt).done]).toEqual(['start', 'quiz', 'result']);
  });
});

describe('The pass mark', () => {
  it.each([
    [0.8, 0.8, true],
    [0.7999, 0.8, false],
    [1, 1, true],
    [0, 0, true],
  ])('a score of %d against a mark of %d passes: %s', (score, scaled, expected) => {
    expect(passes(withRules({ pages: 'none', quiz: 'passed' }, { scaled }), score)).toBe(expected);
  });

  it('is reached by whoever reaches it in points, also where weights are fractions', () => {
    // In tenths, where the computer makes no error: 0.3 of 0.4 points is 75 %, but 0.3 / 0.4 is less than 0.75.
    const tenths = fc.array(fc.record({ weight: fc.integer({ min: 1, max: 30 }), right: fc.boolean() }), {
      minLength: 1,
      maxLength: 8,
    });
    const percent = fc.integer({ min: 0, max: 100 });
    const check = (quiz: readonly { weight: number; right: boolean }[], mark: number) => {
      const statement = smallCourse.items[1];
      const course: Course = {
        ...withRules({ pages: 'none', quiz: 'passed' }, { scaled: mark / 100 }),
        items: quiz.map(({ weight }, index) => ({ ...statement, id: `q${index}`, weight: weight / 10 })),
      };
      const attempt = attemptAfter(course, [
        ...quiz.map(({ right }, index) => answer(`q${index}`, right === statement.answer)),
        submitted,
      ]);
      const possible = quiz.reduce((sum, { weight }) => sum + weight, 0);
      const earned = quiz.reduce((sum, { weight, right }) => sum + (right ? weight : 0), 0);
      const { success } = progressOf(course, attempt);
      expect(success).toBe<SuccessStatus>(earned * 100 >= mark * possible ? 'passed' : 'failed');
    };
    fc.assert(fc.property(tenths, percent, check), {
      examples: [
        [
          [
            { weight: 1, right: false },
            { weight: 3, right: true },
          ],
          75,
        ],
      ],
    });
  });
});

describe('The store', () => {
  const counter = () => createStore<number, number>((state, event) => state + event, 0);

  it('tells every listener the state and the one before it', () => {
    const store = counter();
    const heard: string[] = [];
    store.subscribe((state, before) => heard.push(`a ${before}→${state}`));
    store.subscribe((state, before) => heard.push(`b ${before}→${state}`));
    store.dispatch(2);
    expect(heard).toEqual(['a 0→2', 'b 0→2']);
    expect(store.getState()).toBe(2);
  });

  it('tells nobody where nothing changed', () => {
    const store = counter();
    const heard: number[] = [];
    store.subscribe((state) => heard.push(state));
    store.dispatch(0);
    expect(heard).toEqual([]);
  });

  it('stops telling a listener that has unsubscribed, and only that one', () => {
    const store = counter();
    const heard: string[] = [];
    const stop = store.subscribe(() => heard.push('a'));
    store.subscribe(() => heard.push('b'));
    stop();
    stop();
    store.dispatch(1);
    expect(heard).toEqual(['b']);
  });

  it('a listener that unsubscribes while it is told disturbs nobody', () => {
    const store = counter();
    const heard: string[] = [];
    const stop = store.subscribe(() => {
      heard.push('a');
      stop();
    });
    store.subscribe(() => heard.push('b'));
    store.dispatch(1);
    store.dispatch(1);
    expect(heard).toEqual(['a', 'b', 'b']);
  });

  it('an event that a listener dispatches comes after all have heard of the change before it', () => {
    const store = counter();
    const heard: string[] = [];
    store.subscribe((state, before) => {
      heard.push(`a ${before}→${state}`);
      if (state === 1) store.dispatch(10);
      // Not yet: what this listener was told of is still the state.
      if (state === 1) expect(store.getState()).toBe(1);
    });
    store.subscribe((state, before) => heard.push(`b ${before}→${state}`));
    store.dispatch(1);
    expect(heard).toEqual(['a 0→1', 'b 0→1', 'a 1→11', 'b 1→11']);
  });

  it('goes on after a listener has thrown', () => {
    const store = counter();
    const stop = store.subscribe(() => {
      throw new Error('a listener that fails');
    });
    expect(() => store.dispatch(1)).toThrow('a listener that fails');
    stop();
    const heard: number[] = [];
    store.subscribe((state) => heard.push(state));
    store.dispatch(1);
    expect(heard).toEqual([2]);
  });
});
