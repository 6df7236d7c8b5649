import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Attempt, AttemptEvent } from '../../src/attempt/attempt.ts';
import { decodeAttempt, encodeAttempt } from '../../src/attempt/suspend-data.ts';
import type { Course } from '../../src/model/course.ts';
import { openLocal } from '../../src/tracking/local/local-session.ts';
import { courseAndEvents } from '../fixtures/arbitrary-course.ts';
import { launch } from '../fixtures/course-launch.ts';
import { denied, storage } from '../fixtures/device-storage.ts';
import { opened, scrolled, viewed } from '../fixtures/events.ts';
import { smallCourse } from '../fixtures/small-course.ts';
import { type Edition, StrictLms } from '../fixtures/strict-lms.ts';

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
  { type: 'quiz-submitted', at: 1_767_323_045_000 },
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
  it('what the session begins with is committed, and after that nothing before the learner acts', async () => {
    const lms = new StrictLms('2004');
    const course = launch(lms);
    await course.waits();
    expect(elements(course.news())).toEqual(['cmi.suspend_data', 'Commit']);
    expect(lms.kept).toMatchObject({ 'cmi.exit': 'suspend', 'cmi.completion_status': 'incomplete' });
    await course.waits();
    await course.tracker.save();
    expect(course.news()).toEqual([]);
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
    expect(course.delays()).toHaveLength(1);
    expect(course.news()).toEqual([]);
    await course.doesAndWaits(answered('is-it', true));
    expect(elements(course.news())).toEqual([
      'cmi.location',
      'cmi.suspend_data',
      'cmi.progress_measure',
      'Commit',
    ]);
  });

  it.each<Edition>(['1.2', '2004'])(
    'a score that the LMS has is not told again (SCORM %s)',
    async (edition) => {
      const course: Course = {
        ...smallCourse,
        items: smallCourse.items.map((item) => ({ ...item, weight: item.id === 'is-it' ? 2 : 1 })),
      };
      const lms = new StrictLms(edition);
      const first = launch(lms, { course });
      await first.doesAndWaits(...tryWith('less', true));
      first.tracker.end();
      const again = launch(lms.relaunch(), { course });
      await again.doesAndWaits(opened('more'));
      expect(about('score', again.news())).toEqual([]);
      expect(about('status', again.news())).toEqual([]);
    },
  );

  it('a resumed attempt that goes no further is not told again', async () => {
    const lms = new StrictLms('2004');
    const first = launch(lms);
    first.does(opened('quiz'), answered('is-it', true), answered('how-much', ['more']));
    first.tracker.end();
    const again = launch(lms.relaunch());
    await again.tracker.save();
    await again.tracker.save();
    again.tracker.end();
    expect(elements(again.news())).toEqual(['Commit', 'Terminate']);
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
    expect(course.delays()).toEqual([]);
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
    const device = storage();
    const course = launch(new StrictLms('1.2'), { session: openLocal(device, 'course:small') });
    course.does(opened('start'), scrolled('start', 0.5));
    const { suspendData, location } = openLocal(device, 'course:small').launch;
    expect(decodeAttempt(smallCourse, suspendData, location).attempt).toMatchObject({ position: 0.5 });
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
    expect(second.lastSave()).toEqual({ state: 'saved', outstanding: 'none' });
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
          const { doesAndWaits, tracker, store, saves } = launch(lms, { course });
          await doesAndWaits(...part);
          tracker.end();
          expect(lms.violations).toEqual([]);
          expect(saves()).not.toContain('unsaved');
          lms = lms.relaunch();
          attempts.push(store.getState());
        }
        const restored = launch(lms, { course }).store.getState();
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
    expect(lms.values['cmi.core.lesson_status']).toBe('passed');
    expect(Number(lms.values['cmi.core.score.raw'])).toBe(90);
  });

  it('where the last try counts, its score is told', async () => {
    const lms = new StrictLms('2004');
    const course = launch(lms, { course: countingLast });
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
    await course.waits();
    course.news();
    await course.doesAndWaits(opened('start'), viewed('start'), viewed('more'), ...rightTry);
    const first = about('.id ', course.news());
    lms.faults = { refuses: ['Commit'] };
    await course.doesAndWaits(restarted, ...rightTry);
    expect(course.lastSave()).toEqual({ state: 'unsaved', outstanding: 'device' });
    const failed = course.news();

    lms.faults = {};
    await course.waits();
    expect(elements(course.news())).toEqual([
      ...(edition === '1.2' ? ['cmi.core.lesson_location'] : ['cmi.location']),
      'cmi.suspend_data',
      ...(edition === '1.2'
        ? ['cmi.core.score.min', 'cmi.core.score.max', 'cmi.core.score.raw', 'cmi.core.lesson_status']
        : [
            'cmi.score.min',
            'cmi.score.max',
            'cmi.score.raw',
            'cmi.score.scaled',
            'cmi.completion_status',
            'cmi.success_status',
            'cmi.progress_measure',
          ]),
      edition === '1.2' ? 'LMSCommit' : 'Commit',
      ...Array(edition === '1.2' ? 18 : 20).fill(expect.stringContaining('cmi.interactions.')),
      edition === '1.2' ? 'LMSCommit' : 'Commit',
    ]);
    expect(first).toHaveLength(4);
    // The status is safe before the first interaction is told.
    expect(about('.interactions.', failed)).toEqual([]);
    expect(course.lastSave()).toEqual({ state: 'saved', outstanding: 'none' });
    expect(lms.violations).toEqual([]);
    expect(lms.kept).toEqual(lms.values);
  });

  it('when the interactions were sent records them in the same places again', async () => {
    const lms = new StrictLms('2004');
    let confirmed = false;
    const course = launch(lms, { confirm: () => confirmed });
    await course.doesAndWaits(...rightTry);
    const first = about('.interactions.', course.news());
    confirmed = true;
    await course.waits();
    expect(first).not.toEqual([]);
    expect(about('.interactions.', course.news())).toEqual(first);
    await course.doesAndWaits(restarted, ...rightTry);
    expect(about('.interactions.', course.news())[0]).toBe('cmi.interactions.2.id how-much');
  });

  it('because one value was refused is a commit that fails', async () => {
    const lms = new StrictLms('2004', {}, { refuses: ['cmi.suspend_data'] });
    const course = launch(lms);
    await course.doesAndWaits(opened('start'));
    expect(course.lastSave()?.state).toBe('unsaved');
  });

  it('is tried again more and more patiently, and at once when the page is hidden', async () => {
    const lms = new StrictLms('1.2', {}, { throws: ['Commit'] });
    const course = launch(lms);
    course.does(opened('start'));
    const delays: number[] = [];
    for (let time = 0; time < 9; time++) {
      await course.waits();
      delays.push(...course.delays());
    }
    expect(delays).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    lms.faults = {};
    await course.tracker.save();
    expect(lms.kept['cmi.core.lesson_location']).toBe('start');
    expect(course.lastSave()?.state).toBe('saved');
  });

  it('is not made worse by asking at every page turn an LMS that does not answer', async () => {
    const lms = new StrictLms('1.2', {}, { refuses: ['Commit'] });
    const course = launch(lms);
    await course.doesAndWaits(opened('start'));
    const before = lms.calls.length;
    course.does(opened('more'), viewed('more'), answered('is-it', true));
    expect(course.delays()).toEqual([1000]);
    expect(lms.calls).toHaveLength(before);
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

  it('does not cost the status where the LMS chokes on interactions', async () => {
    const lms = new StrictLms('2004');
    const course = launch(lms);
    await course.waits();
    const api = lms.api as Record<string, (...args: unknown[]) => unknown>;
    const commit = api['Commit'];
    api['Commit'] = (...args) => {
      if (lms.values['cmi.interactions.0.id'] !== undefined) lms.faults = { refuses: ['Commit'] };
      return commit?.(...args);
    };
    await course.doesAndWaits(...everything);
    expect(lms.kept).toMatchObject({ 'cmi.success_status': 'passed', 'cmi.score.raw': '100' });
    expect(course.lastSave()?.state).toBe('unsaved');
  });
});

describe('A commit that is said to have worked', () => {
  it('is not believed where the package does not answer as it should', async () => {
    let answers = false;
    const course = launch(new StrictLms('1.2'), { confirm: () => answers });
    await course.doesAndWaits(opened('start'));
    expect(course.lastSave()).toEqual({ state: 'unsaved', outstanding: 'device' });
    answers = true;
    await course.waits();
    expect(course.lastSave()).toEqual({ state: 'saved', outstanding: 'none' });
  });

  it('is not asked about as long as there is nothing to lose', async () => {
    const course = launch(new StrictLms('1.2'));
    await course.waits();
    expect(course.confirmations()).toBe(0);
    await course.doesAndWaits(opened('start'));
    expect(course.confirmations()).toBe(1);
  });

  it('does not hide what was done while it was being confirmed', async () => {
    const lms = new StrictLms('2004');
    let release = () => {};
    const course = launch(lms, { confirm: () => new Promise((resolve) => (release = () => resolve(true))) });
    await course.waits();
    await course.doesAndWaits(opened('start'));
    course.does(viewed('start'), viewed('more'), ...rightTry);
    release();
    await course.settles();
    expect(course.lastSave()?.state).toBe('saving');
    await course.waits();
    release();
    await course.settles();
    expect(course.lastSave()?.state).toBe('saved');
    expect(lms.kept).toMatchObject({ 'cmi.success_status': 'passed' });
  });

  it('is not waited for when the page is hidden meanwhile', async () => {
    const lms = new StrictLms('2004');
    const course = launch(lms, { confirm: () => new Promise(() => undefined) });
    await course.waits();
    await course.doesAndWaits(opened('start'));
    course.does(opened('more'));
    void course.tracker.save();
    expect(lms.kept['cmi.location']).toBe('more');
  });

  it('is told again only once the server answers: interactions are not added at every try', async () => {
    const lms = new StrictLms('1.2');
    let answers = false;
    const course = launch(lms, { confirm: () => answers });
    await course.doesAndWaits(...rightTry);
    for (let time = 0; time < 5; time++) await course.waits();
    answers = true;
    await course.waits();
    expect(course.lastSave()?.state).toBe('saved');
    expect(Number(lms.kept['cmi.core.score.raw'])).toBe(100);
    const ids = Object.keys(lms.kept).filter((name) => /^cmi\.interactions\.\d+\.id$/.test(name));
    expect(ids.length).toBeLessThanOrEqual(4);
  });

  it('is doubted as soon as the device goes offline', async () => {
    const lms = new StrictLms('2004');
    const course = launch(lms);
    await course.doesAndWaits(opened('start'));
    course.news();
    course.tracker.doubt();
    expect(course.lastSave()).toEqual({ state: 'unsaved', outstanding: 'device' });
    await course.waits();
    expect(elements(course.news())).toContain('cmi.location');
    expect(course.lastSave()?.state).toBe('saved');
  });
});

describe('The right moment', () => {
  it('of a page that was viewed is later than that of a page turn: mostly one follows', async () => {
    const course = launch(new StrictLms('1.2'));
    await course.waits();
    course.does(viewed('start'));
    const [viewedDelay = 0] = course.delays();
    course.does(opened('more'));
    const [turnDelay = 0, ...others] = course.delays();
    expect(viewedDelay).toBeGreaterThan(1000);
    expect(turnDelay).toBeLessThan(1000);
    expect(others).toEqual([]);
  });

  it('of the view that completes the course is not put off', async () => {
    const course = launch(new StrictLms('1.2'));
    await course.doesAndWaits(viewed('start'), ...rightTry);
    course.does(viewed('more'));
    expect(course.delays()[0]).toBeLessThan(1000);
  });

  it('never comes while another commit is under way', async () => {
    const lms = new StrictLms('2004');
    const course = launch(lms);
    await course.waits();
    course.does(opened('start'));
    const first = course.tracker.save();
    course.does(opened('more'));
    const second = course.tracker.save();
    const commits = () => lms.log().filter((line) => line === 'Commit').length;
    expect(commits()).toBe(2);
    await Promise.all([first, second]);
    expect(commits()).toBe(3);
    expect(lms.kept['cmi.location']).toBe('more');
  });
});

describe('The journal', () => {
  it('has every change at once, and is gone when the LMS has it', async () => {
    const kept: Record<string, string> = {};
    const course = launch(new StrictLms('1.2'), { device: storage(kept) });
    await course.waits();
    expect(kept).toEqual({});
    course.does(opened('start'));
    expect(Object.keys(kept)).toHaveLength(1);
    await course.waits();
    expect(kept).toEqual({});
  });

  it('brings back what the LMS never took, and the LMS gets it, interactions and all', async () => {
    const device = storage();
    const lms = new StrictLms('2004');
    const lost = launch(lms, { device });
    await lost.doesAndWaits(opened('start'));
    lms.faults = { refuses: ['Commit'] };
    await lost.doesAndWaits(...everything, opened('result'));
    // The tab is killed.
    const next = lms.relaunch();
    const course = launch(next, { device });
    expect(course.store.getState()).toMatchObject({ location: 'result', viewed: ['start', 'more'] });
    await course.waits();
    expect(next.kept).toMatchObject({
      'cmi.location': 'result',
      'cmi.completion_status': 'completed',
      'cmi.success_status': 'passed',
      'cmi.score.raw': '100',
      'cmi.interactions.1.id': 'is-it',
    });
    expect(next.violations).toEqual([]);
    expect(device.length).toBe(0);
  });

  it('has the tries whose answers are no longer in the attempt', async () => {
    const device = storage();
    const lms = new StrictLms('1.2');
    const lost = launch(lms, { device });
    await lost.waits();
    lms.faults = { refuses: ['Commit'] };
    await lost.doesAndWaits(...wrongTry, restarted, ...rightTry, restarted);
    const next = lms.relaunch();
    await launch(next, { device }).waits();
    const results = [0, 1, 2, 3].map((index) => next.kept[`cmi.interactions.${index}.result`]);
    expect(results).toEqual(['wrong', 'wrong', 'correct', 'correct']);
  });

  it('does not resurrect an attempt that the administrator has reset', async () => {
    const device = storage();
    const lms = new StrictLms('1.2');
    const first = launch(lms, { device });
    await first.doesAndWaits(opened('start'), viewed('start'));
    lms.faults = { refuses: ['Commit'] };
    await first.doesAndWaits(...rightTry);
    const afresh = launch(new StrictLms('1.2'), { device });
    expect(afresh.store.getState()).toMatchObject({ location: null, viewed: [], quiz: { tries: 0 } });
    // And where the LMS has the attempt after all, nothing of it has gone.
    expect(launch(lms.relaunch(), { device }).store.getState().quiz.best).toBe(1);
  });

  it('is not taken for one of a reset attempt where the LMS has lied from the beginning', async () => {
    const device = storage();
    const course = launch(new StrictLms('1.2', {}, { loses: true }), { device, confirm: () => false });
    await course.waits();
    await course.doesAndWaits(opened('start'), viewed('start'));
    expect(launch(new StrictLms('1.2'), { device }).store.getState().viewed).toEqual(['start']);
  });

  it('goes into an attempt that another device has begun, if no LMS ever took it', async () => {
    const device = storage();
    const lms = new StrictLms('1.2');
    const elsewhere = launch(new StrictLms('1.2', {}, { refuses: ['Commit'] }), { device });
    await elsewhere.doesAndWaits(opened('more'), viewed('more'));
    const here = launch(lms);
    await here.doesAndWaits(opened('start'), viewed('start'));
    const { attempt, recorded } = launch(lms.relaunch(), { device }).resumption;
    expect(attempt.viewed).toEqual(['start', 'more']);
    expect(attempt.id).toBe(recorded.id);
  });

  it.each(['', 'null', '<html>Log in</html>', '2.'])(
    'makes good for an LMS that hands back %j in place of the state',
    async (text) => {
      const device = storage();
      const lms = new StrictLms('2004');
      const lost = launch(lms, { device });
      await lost.doesAndWaits(opened('start'), viewed('start'));
      lms.faults = { refuses: ['Commit'] };
      await lost.doesAndWaits(...rightTry);
      const next = lms.relaunch({ 'cmi.suspend_data': text, 'cmi.completion_status': 'completed' });
      const course = launch(next, { device });
      expect(course.store.getState()).toMatchObject({ viewed: ['start'], quiz: { best: 1 } });
      await course.waits();
      expect(device.length).toBe(0);
      expect(launch(next.relaunch()).store.getState()).toMatchObject({
        viewed: ['start'],
        quiz: { best: 1 },
      });
    },
  );

  it('stays away where an LMS begins a new attempt as incomplete, with a score of 0', async () => {
    const device = storage();
    const lms = new StrictLms('1.2');
    const first = launch(lms, { device });
    await first.doesAndWaits(viewed('start'));
    lms.faults = { refuses: ['Commit'] };
    await first.doesAndWaits(...rightTry);
    const begun = { 'cmi.core.lesson_status': 'incomplete', 'cmi.core.score.raw': '0' };
    expect(launch(new StrictLms('1.2', begun), { device }).store.getState().viewed).toEqual([]);
  });

  it('does not grow with every launch while the LMS fails', async () => {
    const device = storage();
    const lms = new StrictLms('2004', {}, { refuses: ['Commit'] });
    await launch(lms, { device }).doesAndWaits(...rightTry);
    for (let time = 0; time < 4; time++) {
      await launch(new StrictLms('2004', {}, { refuses: ['Commit'] }), { device }).waits();
    }
    expect(device.length).toBe(1);
    const last = new StrictLms('2004');
    await launch(last, { device }).waits();
    expect(Object.keys(last.kept).filter((name) => /^cmi\.interactions\.\d+\.id$/.test(name))).toHaveLength(
      2,
    );
  });

  it('of an unknown learner counts only for the very attempt', async () => {
    const device = storage();
    const unknown = { 'cmi.core.student_id': '' };
    const lms = new StrictLms('1.2', unknown);
    const other = launch(new StrictLms('1.2', unknown, { refuses: ['Commit'] }), { device });
    await other.doesAndWaits(viewed('start'));
    expect(launch(lms, { device }).store.getState().viewed).toEqual([]);
  });

  it('is not written by scrolling alone: a shared computer keeps nothing that the LMS has', async () => {
    const kept: Record<string, string> = {};
    const course = launch(new StrictLms('1.2'), { device: storage(kept) });
    await course.doesAndWaits(opened('start'));
    course.does(scrolled('start', 0.5));
    expect(kept).toEqual({});
  });

  it('that cannot be written is said to be in memory only', async () => {
    for (const device of [undefined, { ...storage(), setItem: denied }]) {
      const course = launch(new StrictLms('1.2', {}, { refuses: ['Commit'] }), { device });
      await course.doesAndWaits(opened('start'));
      expect(course.lastSave()).toEqual({ state: 'unsaved', outstanding: 'memory' });
    }
  });

  it('stays until the LMS has what was done while it was being told', async () => {
    const kept: Record<string, string> = {};
    const course = launch(new StrictLms('1.2'), { device: storage(kept) });
    await course.waits();
    course.does(opened('start'));
    const saving = course.tracker.save();
    course.does(viewed('start'));
    await saving;
    expect(Object.keys(kept)).toHaveLength(1);
  });
});

describe('Suspend data that cannot be read', () => {
  const newer = '3.abc123.whatever-comes';

  it('of a later version are never written over, and what is done stays on the device', async () => {
    const device = storage();
    const lms = new StrictLms('2004', { 'cmi.suspend_data': newer });
    const course = launch(lms, { device });
    await course.doesAndWaits(...everything);
    course.tracker.end();
    expect(lms.kept['cmi.suspend_data']).toBe(newer);
    // The results are told all the same.
    expect(lms.kept).toMatchObject({ 'cmi.success_status': 'passed', 'cmi.score.raw': '100' });
    expect(course.lastSave()).toEqual({ state: 'ended', outstanding: 'device' });
    expect(launch(lms.relaunch(), { device }).store.getState().viewed).toEqual(['start', 'more']);
  });

  it('are left as they are until the learner does something', async () => {
    const lms = new StrictLms('1.2', { 'cmi.suspend_data': '<html>Log in</html>' });
    const course = launch(lms);
    await course.waits();
    expect(lms.kept['cmi.suspend_data']).toBe('<html>Log in</html>');
    await course.doesAndWaits(viewed('start'));
    expect(launch(lms.relaunch()).store.getState().viewed).toEqual(['start']);
  });
});

describe('Another tab', () => {
  it('tells what it has, this one tells the LMS all, and the reader stays where they are', async () => {
    const lms = new StrictLms('1.2');
    const course = launch(lms);
    await course.doesAndWaits(opened('start'), viewed('start'));
    const other = launch(lms.relaunch());
    other.does(opened('more'), viewed('more'));
    const text = encodeAttempt(smallCourse, other.store.getState());
    const { attempt } = decodeAttempt(smallCourse, text, '');
    await course.doesAndWaits({ type: 'attempt-merged', attempt });
    expect(course.store.getState()).toMatchObject({ location: 'start', viewed: ['start', 'more'] });
    expect(launch(lms.relaunch()).store.getState().viewed).toEqual(['start', 'more']);
  });

  it('reports its own tries', async () => {
    const lms = new StrictLms('1.2');
    const course = launch(lms);
    await course.waits();
    const other = launch(new StrictLms('1.2'));
    other.does(...rightTry);
    await course.doesAndWaits({ type: 'attempt-merged', attempt: other.store.getState() });
    expect(lms.kept['cmi.core.score.raw']).toBe('100');
    expect(lms.kept['cmi.interactions.0.id']).toBeUndefined();
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
    expect(course.lastSave()).toEqual({ state: 'ended', outstanding: 'device' });
  });

  it('after everything has been saved leaves nothing outstanding', async () => {
    const course = launch(new StrictLms('2004'));
    await course.doesAndWaits(...everything);
    course.does(scrolled('start', 0.5));
    course.tracker.end();
    expect(course.lastSave()).toEqual({ state: 'ended', outstanding: 'none' });
  });

  it('comes once, and nothing comes after it', async () => {
    const lms = new StrictLms('1.2');
    const course = launch(lms);
    course.does(opened('start'));
    course.tracker.end();
    course.tracker.end();
    course.tracker.doubt();
    await course.doesAndWaits(opened('more'), ...rightTry);
    await course.tracker.save();
    expect(elements(course.news()).filter((name) => name === 'LMSFinish')).toHaveLength(1);
    expect(lms.values['cmi.core.lesson_location']).toBe('start');
    expect(lms.violations).toEqual([]);
    expect(course.saves().at(-1)).toBe('ended');
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
    expect(second.saves()).toEqual(['off', 'ended']);
    expect(second.news()).toEqual([edition === '1.2' ? 'LMSFinish' : 'Terminate']);
    expect(review.values).toEqual(values);
    expect(review.violations).toEqual([]);
  });
});
