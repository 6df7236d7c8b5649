import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Attempt, type AttemptEvent, newAttempt, reduceAttempt } from '../../src/attempt/attempt.ts';
import { createStore } from '../../src/attempt/store.ts';
import { decodeAttempt, resumeAttempt } from '../../src/attempt/suspend-data.ts';
import type { Course } from '../../src/model/course.ts';
import { openLocal } from '../../src/tracking/local/local-session.ts';
import { type SaveState, startTracker } from '../../src/tracking/tracker.ts';
import { courseAndEvents } from '../fixtures/arbitrary-course.ts';
import { opened, scrolled, viewed } from '../fixtures/events.ts';
import { open } from '../fixtures/scorm-session.ts';
import { smallCourse } from '../fixtures/small-course.ts';
import { type Edition, StrictLms } from '../fixtures/strict-lms.ts';

/** A launch of the course as main.ts composes it, with the clock and the waiting in the test's hands. */
function launch(lms: StrictLms, course: Course = smallCourse) {
  const session = open(lms);
  const { suspendData, location } = session.launch;
  const store = createStore<Attempt, AttemptEvent>(
    (attempt, event) => reduceAttempt(course, attempt, event),
    resumeAttempt(course, suspendData, location),
  );
  const saves: SaveState[] = [];
  const waiting: (() => void)[] = [];
  const tracker = startTracker({
    course,
    attempts: store,
    session,
    now: () => 1_767_323_045_000,
    soon: (task) => waiting.push(task),
    onSave: (state) => saves.push(state),
  });
  let heard = lms.calls.length;
  return {
    store,
    tracker,
    waiting,
    /** What the learner does, without any waiting. */
    does(...events: readonly AttemptEvent[]) {
      for (const event of events) store.dispatch(event);
    },
    /** What the learner does, and the moment after it. */
    async doesAndWaits(...events: readonly AttemptEvent[]) {
      for (const event of events) store.dispatch(event);
      for (const task of waiting.splice(0)) task();
      await nextTurn();
    },
    /** What the LMS has heard since this was asked last, without the names of the functions that set. */
    news(): string[] {
      const lines = lms.log(heard).map((line) => line.replace(/^(LMS)?SetValue /, ''));
      heard = lms.calls.length;
      return lines.filter((line) => !line.includes('GetLastError') && !line.includes('session_time'));
    },
    saves: () => saves.map(({ state }) => state),
  };
}

const answered = (item: string, response: readonly string[] | boolean): AttemptEvent => ({
  type: 'item-answered',
  item,
  response,
  at: 1_767_323_045_000,
  latency: 2000,
});
const restarted: AttemptEvent = { type: 'quiz-restarted' };
const tryWith = (amount: 'more' | 'less', truth: boolean): AttemptEvent[] => [
  answered('how-much', [amount]),
  answered('is-it', truth),
  { type: 'quiz-submitted' },
];
const rightTry = tryWith('more', true);
const halfTry = tryWith('more', false);
const wrongTry = tryWith('less', false);
const everything = [viewed('start'), viewed('more'), ...rightTry];

const countingLast: Course = {
  ...smallCourse,
  rules: { ...smallCourse.rules, passing: { ...smallCourse.rules.passing, counts: 'last' } },
};

const elements = (lines: readonly string[]): string[] => lines.map((line) => line.split(' ')[0] ?? '');
const about = (what: string, lines: readonly string[]): string[] =>
  lines.filter((line) => line.includes(what));

describe('Only what has changed is told', () => {
  it('nothing before the learner acts', async () => {
    const lms = new StrictLms('2004');
    const course = launch(lms);
    await course.doesAndWaits();
    expect(course.news()).toEqual([]);
    expect(course.saves()).toEqual(['ready']);
  });

  it('a page turn is a bookmark, and the state', async () => {
    const course = launch(new StrictLms('2004'));
    await course.doesAndWaits(opened('start'));
    expect(elements(course.news())).toEqual(['cmi.location', 'cmi.suspend_data', 'Commit']);
    await course.doesAndWaits(viewed('start'));
    expect(elements(course.news())).toEqual(['cmi.suspend_data', 'cmi.progress_measure', 'Commit']);
  });

  it('an answer before submission is in the state only', async () => {
    const course = launch(new StrictLms('1.2'));
    await course.doesAndWaits(answered('how-much', ['less']));
    expect(elements(course.news())).toEqual(['cmi.suspend_data', 'LMSCommit']);
  });

  it('what changes nothing is not told', async () => {
    const course = launch(new StrictLms('1.2'));
    await course.doesAndWaits(opened('start'), viewed('start'));
    course.news();
    await course.doesAndWaits(opened('start'), viewed('start'), viewed('gone'));
    await course.tracker.save();
    expect(course.news()).toEqual([]);
  });

  it('a page turn and an answer that come together are one commit', async () => {
    const course = launch(new StrictLms('2004'));
    course.does(viewed('start'), opened('quiz'), answered('how-much', ['less']));
    expect(course.waiting).toHaveLength(1);
    expect(course.news()).toEqual([]);
    await course.doesAndWaits(answered('is-it', true));
    expect(elements(course.news())).toEqual([
      'cmi.location',
      'cmi.suspend_data',
      'cmi.progress_measure',
      'Commit',
    ]);
  });

  it('a resumed attempt that goes no further is not told again', async () => {
    const lms = new StrictLms('2004');
    const first = launch(lms);
    first.does(opened('quiz'), answered('is-it', true), answered('how-much', ['more']));
    first.tracker.end();
    const again = launch(lms.relaunch());
    await again.tracker.save();
    again.tracker.end();
    expect(elements(again.news())).toEqual(['cmi.exit', 'Terminate']);
  });
});

describe('Scrolling', () => {
  const scrollsOnly = async (edition: Edition) => {
    const lms = new StrictLms(edition);
    const course = launch(lms);
    await course.doesAndWaits(opened('start'));
    course.news();
    await course.doesAndWaits(scrolled('start', 0.25), scrolled('start', 0.5));
    return { lms, course };
  };

  it('alone is no reason to bother the LMS', async () => {
    const { course } = await scrollsOnly('1.2');
    expect(course.waiting).toEqual([]);
    expect(course.news()).toEqual([]);
  });

  it('is told when the page is hidden', async () => {
    const { course } = await scrollsOnly('1.2');
    await course.tracker.save();
    expect(elements(course.news())).toEqual(['cmi.suspend_data', 'LMSCommit']);
  });

  it('is told at the end, so that the learner comes back to the same line', async () => {
    const { lms, course } = await scrollsOnly('2004');
    course.tracker.end();
    expect(launch(lms.relaunch()).store.getState()).toMatchObject({ location: 'start', position: 0.5 });
  });

  it('is kept at once on a device, which may not be asked again before the page has gone', () => {
    const kept = new Map<string, string>();
    const device = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    } as unknown as Storage;
    const store = createStore<Attempt, AttemptEvent>(
      (attempt, event) => reduceAttempt(smallCourse, attempt, event),
      newAttempt,
    );
    startTracker({
      course: smallCourse,
      attempts: store,
      session: openLocal(device, 'course:small'),
      now: () => 0,
      soon: (task) => task(),
      onSave: () => undefined,
    });
    store.dispatch(opened('start'));
    store.dispatch(scrolled('start', 0.5));
    const { suspendData, location } = openLocal(device, 'course:small').launch;
    expect(decodeAttempt(smallCourse, suspendData, location)).toMatchObject({ position: 0.5 });
  });
});

describe.each<Edition>(['1.2', '2004'])('A whole course in SCORM %s', (edition) => {
  const statusName = edition === '1.2' ? 'cmi.core.lesson_status' : 'cmi.completion_status';
  const rawName = edition === '1.2' ? 'cmi.core.score.raw' : 'cmi.score.raw';

  it('is recorded, over two sessions, without breaking a rule', async () => {
    const lms = new StrictLms(edition);
    const first = launch(lms);
    await first.doesAndWaits(opened('start'), viewed('start'), opened('quiz'), ...halfTry);
    expect(lms.values).toMatchObject({ [statusName]: 'incomplete', [rawName]: '50' });
    first.tracker.end();
    const next = lms.relaunch();
    const second = launch(next);
    await second.doesAndWaits(restarted, ...rightTry, opened('more'), viewed('more'));
    expect(next.values).toMatchObject(
      edition === '1.2'
        ? { [statusName]: 'passed', [rawName]: '100' }
        : {
            [statusName]: 'completed',
            'cmi.success_status': 'passed',
            [rawName]: '100',
            'cmi.score.scaled': '1',
            'cmi.progress_measure': '1',
          },
    );
    expect([...lms.violations, ...next.violations]).toEqual([]);
    expect(second.saves()).toEqual(['ready', 'saving', 'saved']);
  });

  it('tells the score before the status, which an LMS may act on', async () => {
    const course = launch(new StrictLms(edition));
    await course.doesAndWaits(...everything);
    const told = elements(course.news());
    expect(told).toContain(rawName);
    expect(told.indexOf(rawName)).toBeLessThan(told.indexOf(statusName));
    expect(told.at(-1)).toMatch(/Commit$/);
  });

  it('never breaks a rule, whatever happens and whenever it is saved', async () => {
    const launches = fc.tuple(courseAndEvents, fc.nat(20));
    await fc.assert(
      fc.asyncProperty(launches, async ([[course, events], cut]) => {
        let lms = new StrictLms(edition);
        const attempts: (Attempt | undefined)[] = [];
        for (const part of [events.slice(0, cut), events.slice(cut)]) {
          const { doesAndWaits, tracker, store, saves } = launch(lms, course);
          await doesAndWaits(...part);
          tracker.end();
          expect(lms.violations).toEqual([]);
          expect(saves()).not.toContain('failed');
          lms = lms.relaunch();
          attempts.push(store.getState());
        }
        const restored = launch(lms, course).store.getState();
        expect(restored).toMatchObject({
          location: attempts[1]?.location,
          viewed: attempts[1]?.viewed,
          quiz: { tries: attempts[1]?.quiz.tries, best: attempts[1]?.quiz.best },
        });
      }),
    );
  });
});

describe('Interactions', () => {
  const ids = (lms: StrictLms) =>
    Object.entries(lms.values)
      .filter(([name]) => /^cmi\.interactions\.\d+\.id$/.test(name))
      .map(([name, id]) => `${name.split('.')[2]} ${id}`);

  it('are recorded once for every try, with the answers of that try', async () => {
    const lms = new StrictLms('2004');
    const course = launch(lms);
    await course.doesAndWaits(...wrongTry);
    await course.doesAndWaits(opened('start'));
    await course.doesAndWaits(restarted);
    await course.doesAndWaits(...rightTry);
    expect(ids(lms)).toEqual(['0 how-much', '1 is-it', '2 how-much', '3 is-it']);
    const results = [0, 1, 2, 3].map((index) => lms.values[`cmi.interactions.${index}.result`]);
    expect(results).toEqual(['incorrect', 'incorrect', 'correct', 'correct']);
    expect(about('cmi.interactions.0.id', course.news())).toHaveLength(1);
  });

  it('of two tries before one commit are both recorded', async () => {
    const lms = new StrictLms('1.2');
    await launch(lms).doesAndWaits(...wrongTry, restarted, ...rightTry);
    expect(ids(lms)).toHaveLength(4);
    expect(lms.values['cmi.interactions.0.result']).toBe('wrong');
    expect(lms.values['cmi.interactions.2.result']).toBe('correct');
  });

  it('of a later session come after those of an earlier one', async () => {
    const lms = new StrictLms('1.2');
    const first = launch(lms);
    first.does(...wrongTry);
    first.tracker.end();
    const next = lms.relaunch();
    const second = launch(next);
    await second.doesAndWaits(opened('start'));
    expect(ids(next)).toEqual(['0 how-much', '1 is-it']);
    await second.doesAndWaits(restarted, ...rightTry);
    expect(ids(next)).toEqual(['0 how-much', '1 is-it', '2 how-much', '3 is-it']);
    expect(next.violations).toEqual([]);
  });

  it('are not recorded before the quiz is submitted', async () => {
    const lms = new StrictLms('2004');
    await launch(lms).doesAndWaits(answered('how-much', ['more']), answered('is-it', true));
    expect(ids(lms)).toEqual([]);
  });
});

describe('What the record already has is never lowered', () => {
  it('passed stays passed, completed completed, and the score the highest: SCORM 2004', async () => {
    // The state is lost, the results are not.
    const lms = new StrictLms('2004', {
      'cmi.completion_status': 'completed',
      'cmi.success_status': 'passed',
      'cmi.score.scaled': '0.9',
      'cmi.score.raw': '90',
      'cmi.suspend_data': 'null',
    });
    const course = launch(lms);
    await course.doesAndWaits(opened('start'), viewed('start'), ...halfTry);
    course.tracker.end();
    expect(lms.values).toMatchObject({
      'cmi.completion_status': 'completed',
      'cmi.success_status': 'passed',
      'cmi.score.scaled': '0.9',
      'cmi.score.raw': '90',
    });
  });

  it('passed stays passed, and the score the highest: SCORM 1.2', async () => {
    const lms = new StrictLms('1.2', {
      'cmi.core.lesson_status': 'passed',
      'cmi.core.score.raw': '90',
    });
    const course = launch(lms);
    await course.doesAndWaits(opened('start'), ...halfTry);
    expect(lms.values).toMatchObject({ 'cmi.core.lesson_status': 'passed', 'cmi.core.score.raw': '90' });
    await course.doesAndWaits(restarted, ...rightTry);
    expect(lms.values).toMatchObject({ 'cmi.core.lesson_status': 'passed', 'cmi.core.score.raw': '100' });
  });

  it('not after a failed commit either, when everything is told again', async () => {
    const lms = new StrictLms('1.2', { 'cmi.core.lesson_status': 'passed', 'cmi.core.score.raw': '90' });
    const course = launch(lms);
    lms.faults = { refuses: ['Commit'] };
    await course.doesAndWaits(...halfTry);
    lms.faults = {};
    await course.doesAndWaits(opened('start'));
    expect(lms.values).toMatchObject({ 'cmi.core.lesson_status': 'passed', 'cmi.core.score.raw': '90' });
  });

  it('where the last try counts, its score is told', async () => {
    const lms = new StrictLms('2004');
    const course = launch(lms, countingLast);
    await course.doesAndWaits(...halfTry, restarted, ...wrongTry);
    expect(lms.values['cmi.score.raw']).toBe('0');
  });

  it('no score is told before the first try', async () => {
    for (const values of [{}, { 'cmi.score.scaled': '-0.5' }, { 'cmi.score.scaled': '0.4' }]) {
      const course = launch(new StrictLms('2004', values));
      await course.doesAndWaits(opened('start'), viewed('start'));
      expect(about('score', course.news())).toEqual([]);
    }
  });
});

describe('A commit that fails', () => {
  it.each<Edition>(['1.2', '2004'])('is shown, and everything is told again (SCORM %s)', async (edition) => {
    const lms = new StrictLms(edition);
    const course = launch(lms);
    lms.faults = { refuses: ['Commit'] };
    await course.doesAndWaits(opened('start'), viewed('start'), viewed('more'), ...rightTry);
    expect(course.saves()).toEqual(['ready', 'saving', 'failed']);
    const first = course.news();

    lms.faults = {};
    await course.doesAndWaits(opened('more'));
    const second = course.news();
    expect(elements(second)).toEqual(elements(first));
    // The same places: nothing is recorded twice.
    expect(about('.id ', second)).toEqual(about('.id ', first));
    expect(about('.id ', second).length).toBeGreaterThan(0);
    expect(course.saves()).toEqual(['ready', 'saving', 'failed', 'saving', 'saved']);
    expect(lms.violations).toEqual([]);
    expect(lms.kept).toEqual(lms.values);
  });

  it('because one value was refused is a commit that fails', async () => {
    const lms = new StrictLms('2004', {}, { refuses: ['cmi.suspend_data'] });
    const course = launch(lms);
    await course.doesAndWaits(opened('start'));
    expect(course.saves().at(-1)).toBe('failed');
  });

  it('is tried again when the page is hidden, though nothing else has happened', async () => {
    const lms = new StrictLms('1.2', {}, { throws: ['Commit'] });
    const course = launch(lms);
    await course.doesAndWaits(opened('start'));
    lms.faults = {};
    await course.tracker.save();
    expect(lms.kept['cmi.core.lesson_location']).toBe('start');
    expect(course.saves().at(-1)).toBe('saved');
  });

  it('is made good by the end of the session', async () => {
    const lms = new StrictLms('1.2', {}, { refuses: ['Commit'] });
    const course = launch(lms);
    await course.doesAndWaits(opened('start'), ...rightTry);
    // As Moodle does: what was set before the failed commit counts as sent, and only what is set again goes out.
    lms.faults = {};
    course.news();
    course.tracker.end();
    expect(elements(course.news())).toEqual(
      expect.arrayContaining([
        'cmi.core.lesson_location',
        'cmi.suspend_data',
        'cmi.interactions.0.id',
        'cmi.core.score.raw',
        'cmi.core.lesson_status',
      ]),
    );
  });

  it('is told with the time when it works', async () => {
    const states: SaveState[] = [];
    const store = createStore<Attempt, AttemptEvent>(
      (attempt, event) => reduceAttempt(smallCourse, attempt, event),
      newAttempt,
    );
    const tracker = startTracker({
      course: smallCourse,
      attempts: store,
      session: open(new StrictLms('2004')),
      now: () => 42,
      soon: () => undefined,
      onSave: (state) => states.push(state),
    });
    store.dispatch(opened('start'));
    await tracker.save();
    expect(states).toEqual([{ state: 'ready' }, { state: 'saving' }, { state: 'saved', at: 42 }]);
  });
});

describe('The end', () => {
  it('tells what is outstanding, at once, and says that the session has ended', () => {
    const lms = new StrictLms('2004');
    const course = launch(lms);
    course.does(opened('start'), viewed('start'), viewed('more'), ...rightTry);
    course.tracker.end();
    expect(lms.terminated).toBe(true);
    expect(lms.kept).toMatchObject({
      'cmi.location': 'start',
      'cmi.completion_status': 'completed',
      'cmi.success_status': 'passed',
      'cmi.interactions.1.id': 'is-it',
      'cmi.exit': 'suspend',
    });
    expect(course.saves()).toEqual(['ready', 'ended']);
  });

  it('comes once, and nothing comes after it', async () => {
    const lms = new StrictLms('1.2');
    const course = launch(lms);
    course.does(opened('start'));
    course.tracker.end();
    course.tracker.end();
    await course.doesAndWaits(opened('more'), ...rightTry);
    await course.tracker.save();
    expect(elements(course.news()).filter((name) => name === 'LMSFinish')).toHaveLength(1);
    expect(lms.values['cmi.core.lesson_location']).toBe('start');
    expect(lms.violations).toEqual([]);
    expect(course.saves()).toEqual(['ready', 'ended']);
  });

  it('during a commit is the last word', async () => {
    const course = launch(new StrictLms('2004'));
    course.does(opened('start'));
    const saving = course.tracker.save();
    course.tracker.end();
    await saving;
    expect(course.saves()).toEqual(['ready', 'saving', 'ended']);
  });
});

describe('Review', () => {
  it.each<[Edition, Record<string, string>]>([
    ['1.2', { 'cmi.core.lesson_mode': 'review', 'cmi.core.credit': 'no-credit' }],
    ['2004', { 'cmi.mode': 'review', 'cmi.credit': 'no-credit' }],
  ])('writes nothing, and shows what was reached (SCORM %s)', async (edition, mode) => {
    const lms = new StrictLms(edition);
    const first = launch(lms);
    first.does(opened('result'), ...everything);
    first.tracker.end();

    const review = lms.relaunch(mode);
    const { values } = review;
    const second = launch(review);
    expect(second.store.getState()).toMatchObject({ location: 'result', quiz: { best: 1 } });
    await second.doesAndWaits(opened('start'), restarted, ...wrongTry);
    await second.tracker.save();
    second.tracker.end();
    second.tracker.end();
    expect(second.saves()).toEqual(['off']);
    expect(second.news()).toEqual([edition === '1.2' ? 'LMSFinish' : 'Terminate']);
    expect(review.values).toEqual(values);
    expect(review.violations).toEqual([]);
  });
});
