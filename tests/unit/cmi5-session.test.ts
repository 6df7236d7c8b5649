/** Sessions by cmi5 with the strict LMS: one life each, and what each turn of it leaves behind. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AttemptEvent } from '../../src/attempt/attempt.ts';
import { encodeAttempt } from '../../src/attempt/suspend-data.ts';
import type { ItemResponse } from '../../src/items/items.ts';
import { storage } from '../fixtures/device-storage.ts';
import { opened, viewed } from '../fixtures/events.ts';
import { smallCourse } from '../fixtures/small-course.ts';
import { type Fault, type LaunchWishes, type Part, StrictLrs } from '../fixtures/strict-lrs.ts';
import { type CoursePage, newTab, openPage, type PageOptions } from '../fixtures/strict-lrs-launch.ts';
import { isMap, type JsonMap, member } from '../fixtures/strict-lrs-rules.ts';

let clock = Date.UTC(2026, 10, 23, 9);
beforeEach(() => {
  clock = Date.UTC(2026, 10, 23, 9);
  vi.spyOn(Date, 'now').mockImplementation(() => clock);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const answered = (item: string, response: ItemResponse): AttemptEvent => ({
  type: 'item-answered',
  item,
  response,
  at: clock,
  latency: 4321,
});

/** A try of the small course's quiz: all right, half, or none. */
const quiz = (right: 0 | 1 | 2): AttemptEvent[] => [
  { type: 'quiz-restarted' },
  answered('how-much', right > 0 ? ['more'] : ['less']),
  answered('is-it', right > 1),
  { type: 'quiz-submitted', at: clock },
];
const reading = [viewed('start'), viewed('more')];

async function begin(wishes: LaunchWishes = {}, options: PageOptions = {}, lrs = new StrictLrs()) {
  const launched = lrs.launch(wishes);
  const page = await openPage(lrs, launched, options);
  await page.rests();
  return { lrs, launched, page };
}

/** Launches again on the same device, or another one. */
async function goOn(lrs: StrictLrs, tab = newTab(), wishes: LaunchWishes = {}) {
  const { launched, page } = await begin(wishes, { tab }, lrs);
  return { launched, page };
}

const does = async (page: CoursePage, ...events: readonly AttemptEvent[]) => {
  clock += 1000;
  page.does(...events);
  await page.rests();
};

const stateOf = (lrs: StrictLrs): JsonMap => {
  const document = lrs.documents()['course-attempt'];
  return isMap(document) ? document : {};
};

/** Faults of a part of the LMS. */
const failing = (fault: Fault, ...parts: readonly Part[]) => ({
  fault: (part: Part) => (parts.length === 0 || parts.includes(part) ? fault : undefined),
});

describe('A session by cmi5', () => {
  it('goes from initialized to terminated, with all between', async () => {
    const { lrs, launched, page } = await begin({ masteryScore: 0.8, returnURL: 'https://lms.example/back' });
    expect(page.session.launch).toMatchObject({
      recording: true,
      passingScore: 0.8,
      returnTo: 'https://lms.example/back',
      completion: 'unknown',
      success: 'unknown',
      muted: false,
    });
    await does(page, ...reading);
    await does(page, ...quiz(2));
    await page.leaves();
    expect(lrs.verbs()).toEqual([
      'initialized',
      'progressed',
      'completed',
      'passed',
      'answered',
      'answered',
      'terminated',
    ]);
    expect(lrs.violations).toEqual([]);
    lrs.expectEnded(launched);
    expect(lrs.violations).toEqual([]);
    expect(stateOf(lrs)).toEqual({
      suspendData: encodeAttempt(page.course, page.store.getState()),
      location: '',
      scaled: 1,
      completed: true,
      passed: true,
      failed: null,
      spent: 90_000,
    });
  });

  it('says what it says exactly so', async () => {
    const { lrs, page } = await begin({ masteryScore: 0.8 });
    await does(page, ...reading, ...quiz(2));
    await page.leaves();
    const said = Object.fromEntries(
      lrs.statements.map(({ statement }) => [
        String(member(statement, 'verb', 'id'))
          .split('/')
          .at(-1),
        statement,
      ]),
    );
    const time = (seconds: number) => `2026-11-23T09:00:0${seconds}.000Z`;
    expect(said['initialized']).not.toHaveProperty('result');
    expect(said['initialized']?.['timestamp']).toBe(time(0));
    expect(said['completed']?.['result']).toEqual({ completion: true, duration: 'PT90S' });
    expect(said['passed']?.['result']).toEqual({
      success: true,
      score: { scaled: 1, raw: 100, min: 0, max: 100 },
      duration: 'PT90S',
    });
    expect(said['terminated']?.['result']).toEqual({ duration: 'PT90S' });
    expect(said['answered']).toMatchObject({
      timestamp: time(0),
      result: { response: 'true', success: true, score: { scaled: 1 }, duration: 'PT4.3S' },
      object: {
        id: 'https://example.org/courses/small#question/is-it',
        definition: { interactionType: 'true-false', description: { en: 'Less is more.' } },
      },
      context: {
        contextActivities: {
          parent: [
            { id: 'http://lms.example/activities/course?au=1' },
            { id: 'https://example.org/courses/small#less' },
          ],
          grouping: [{ id: 'https://publisher.example/au' }],
        },
      },
    });
    expect(member(said['answered'], 'context', 'contextActivities', 'category')).toBeUndefined();
  });

  it.each(['Review', 'Browse'] as const)(
    'in the mode %s says that it began and ended, and no more',
    async (launchMode) => {
      const { lrs, page } = await begin();
      await does(page, ...reading);
      await page.leaves();
      const { page: again } = await goOn(lrs, newTab(), { launchMode });
      expect(again.session.launch).toMatchObject({ recording: false });
      expect(again.store.getState().viewed).toEqual(['start', 'more']);
      const before = lrs.documents();
      await does(again, ...quiz(2));
      await again.leaves();
      expect(lrs.verbs(lrs.launches[1])).toEqual(['initialized', 'terminated']);
      expect(lrs.documents()).toEqual(before);
      expect(lrs.violations).toEqual([]);
    },
  );

  it('keeps to the mastery score of the LMS, above and below that of the course', async () => {
    for (const [masteryScore, verb] of [
      [0.5, 'passed'],
      [0.5001, 'failed'],
      [0, 'passed'],
      [1, 'failed'],
    ] as const) {
      const { lrs, page } = await begin({ masteryScore });
      await does(page, ...reading, ...quiz(1));
      await page.leaves();
      expect([masteryScore, ...lrs.verbs().filter((other) => /passed|failed/.test(other))]).toEqual([
        masteryScore,
        verb,
      ]);
      expect(lrs.violations).toEqual([]);
    }
  });

  it('says passed, and failed not at all, where the learner fails first', async () => {
    const { lrs, page } = await begin({ masteryScore: 0.8 });
    await does(page, ...reading, ...quiz(0));
    expect(lrs.verbs()).not.toContain('failed');
    await does(page, ...quiz(1));
    await does(page, ...quiz(2));
    await page.leaves();
    expect(lrs.verbs().filter((verb) => /passed|failed/.test(verb))).toEqual(['passed']);
    expect(lrs.verbs().filter((verb) => verb === 'answered')).toHaveLength(6);
    expect(lrs.violations).toEqual([]);
  });

  it('says failed once in each session with a try that failed, at its end', async () => {
    const { lrs, page } = await begin();
    const saysFailed = async (...events: AttemptEvent[]) => {
      const { launched, page: next } = await goOn(lrs);
      await does(next, ...events);
      await next.leaves();
      lrs.expectEnded(launched);
      return lrs.verbs(launched).includes('failed');
    };
    await does(page, ...quiz(0), ...quiz(0));
    await page.leaves();
    expect(lrs.verbs().slice(-2)).toEqual(['failed', 'terminated']);
    expect(await saysFailed()).toBe(false);
    // A check inside a lesson is no try.
    expect(await saysFailed(opened('more', clock), viewed('more'))).toBe(false);
    // No better than before, better, and again worse than the best.
    for (const right of [0, 1, 0] as const) expect(await saysFailed(...quiz(right))).toBe(true);
    expect(await saysFailed(...quiz(2))).toBe(false);
    expect(await saysFailed(...quiz(0))).toBe(false);
    expect(lrs.violations).toEqual([]);
  });

  it('says failed again where it did not arrive, and ends well where the LMS does not say whether it did', async () => {
    for (const lost of [true, false]) {
      const { lrs, page } = await begin();
      await does(page, ...quiz(0));
      if (lost) lrs.faults = failing('down', 'statements');
      await page.leaves();
      lrs.faults = {};
      // Left before the LMS has answered anything.
      const soon = lrs.launch();
      const hasty = await openPage(lrs, soon);
      void hasty.tracker.end();
      hasty.kill();
      await hasty.settles();
      expect(lrs.verbs(soon)).toEqual(['initialized', 'terminated']);
      const { launched, page: next } = await goOn(lrs);
      await next.leaves();
      expect(lrs.verbs(launched)).toEqual(['initialized', ...(lost ? ['failed'] : []), 'terminated']);
      for (const status of [400, 401, 403, 500]) {
        lrs.faults = { fault: (part, method) => (part + method === 'statementsGET' ? status : undefined) };
        const { launched: blind, page: again } = await goOn(lrs);
        await again.leaves();
        expect(lrs.verbs(blind)).toEqual(['initialized', 'terminated']);
      }
      expect(lrs.violations).toEqual([]);
    }
  });

  it('says in the next session what was reached and not heard when the page was killed', async () => {
    const { lrs, page } = await begin();
    lrs.faults = failing('down', 'statements');
    await does(page, ...reading, ...quiz(2));
    page.kill();
    lrs.faults = {};
    const { page: again } = await goOn(lrs, { ...page.tab, memory: storage() });
    await again.leaves();
    expect(lrs.verbs(lrs.launches[0])).toEqual(['initialized']);
    expect(lrs.verbs(lrs.launches[1])).toEqual([
      'initialized',
      'completed',
      'passed',
      'answered',
      'answered',
      'terminated',
    ]);
    expect(lrs.violations).toEqual([]);
  });

  it('adds the time of earlier sessions to what was reached, not to the session', async () => {
    const { lrs, page } = await begin();
    await does(page, ...reading);
    await page.leaves();
    const { page: again } = await goOn(lrs);
    await does(again, ...quiz(2));
    await again.leaves();
    const durations = lrs.statements
      .filter((kept) => kept.launch === lrs.launches[1])
      .flatMap(({ statement }) => member(statement, 'result', 'duration') ?? [])
      .filter((duration) => duration !== 'PT4.3S');
    expect(durations).toEqual(['PT180S', 'PT180S', 'PT90S']);
  });

  it('has all timestamps between the first and the last, whatever the clock of the device does', async () => {
    const { lrs, page } = await begin();
    clock -= 3_600_000;
    await does(page, ...quiz(1));
    clock += 7_200_000;
    await does(page, ...quiz(2));
    clock -= 7_200_000;
    await page.leaves();
    expect(lrs.verbs().at(-1)).toBe('terminated');
    expect(lrs.violations).toEqual([]);
  });
});

describe('The launch', () => {
  it('without parameters is none: progress stays on the device', async () => {
    const lrs = new StrictLrs();
    const { session } = await openPage(lrs, lrs.launch(), { search: '?endpoint=x' });
    expect(session.keeper).toBe('device');
    expect(lrs.requests).toEqual([]);
  });

  it('has the token, and asks for the preferences before it begins', async () => {
    const { lrs } = await begin();
    const parts = lrs.requests.map(({ part }) => part);
    expect(parts[0]).toBe('fetch');
    expect(parts.slice(1, 4).toSorted()).toEqual(['launchData', 'profile', 'state']);
    expect(parts[4]).toBe('statements');
    expect(lrs.requests.filter(({ part }) => part === 'fetch')).toHaveLength(1);
  });

  it('turns the sound off for whoever wants none', async () => {
    const preferences = { languagePreference: 'en', audioPreference: 'off' };
    const { page } = await begin({}, {}, new StrictLrs(undefined, preferences));
    expect(page.session.launch.muted).toBe(true);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'https://', 7])(
    'does not follow %j back',
    async (returnURL) => {
      const { page } = await begin({ returnURL: returnURL as string });
      expect(page.session.launch.returnTo).toBeNull();
    },
  );

  it.each([
    ['down', 'the network is not there'],
    [503, 'the LMS is being mended'],
    ['login', 'a login page comes'],
  ] as const)('waits while it is %s (%s), and tells the learner so', async (fault, _why) => {
    for (const part of ['fetch', 'launchData', 'state', 'profile'] as const) {
      const lrs = new StrictLrs();
      let times = 3;
      lrs.faults = { fault: (asked) => (asked === part && times-- > 0 ? fault : undefined) };
      const { page } = await begin({}, {}, lrs);
      await does(page, ...reading);
      expect(lrs.verbs()).toContain('progressed');
      expect(page.lastSave()?.state).toBe('saved');
      expect(page.waited()).toBe(1);
      expect(lrs.violations).toEqual([]);
    }
  });

  it.each([
    ['fetch', 'down'],
    ['fetch', 404],
    ['fetch', 'lost'],
    ['fetch', 'garbage'],
    ['launchData', 401],
    ['launchData', 404],
    ['launchData', 'garbage'],
    ['state', 'down'],
  ] as const)(
    'in vain (%s: %s): what the learner does is kept, and told in the next one',
    async (part, fault) => {
      const lrs = new StrictLrs();
      lrs.faults = failing(fault, part);
      const { page } = await begin({}, {}, lrs);
      await does(page, ...reading, ...quiz(2));
      expect(page.lastSave()).toEqual({ state: 'unsaved', outstanding: 'device' });
      await page.leaves();
      expect(lrs.verbs()).toEqual([]);
      lrs.faults = {};
      const { page: again } = await goOn(lrs, newTab(page.tab.device));
      expect(again.lastSave()?.state).toBe('saved');
      expect(lrs.verbs().filter((verb) => verb !== 'progressed')).toEqual([
        'initialized',
        'completed',
        'passed',
        'answered',
        'answered',
      ]);
      expect(lrs.violations).toEqual([]);
    },
  );

  it('takes preferences that cannot be had for none', async () => {
    for (const fault of [403, 500, 'down'] as const) {
      const lrs = new StrictLrs();
      const { page } = await begin({}, {}, lrs).then(async (first) => {
        await first.page.leaves();
        lrs.faults = {
          fault: (part) => (part === 'profile' ? fault : undefined),
        };
        return goOn(lrs);
      });
      expect(page.session.launch.recording).toBe(true);
    }
  });

  it('keeps enrolments apart: the next one begins anew', async () => {
    const { lrs, page } = await begin();
    lrs.faults = failing('down');
    await does(page, ...reading);
    await page.leaves();
    lrs.faults = {};
    const { page: again } = await goOn(lrs, newTab(page.tab.device), { registration: crypto.randomUUID() });
    expect(again.store.getState().viewed).toEqual([]);
  });
});

describe('A page that is loaded anew', () => {
  /** Loads the page of a launch again, in the same tab. */
  async function reload(lrs: StrictLrs, page: CoursePage, options: PageOptions = {}) {
    const launched = lrs.launches.at(-1);
    if (!launched) throw new Error('nothing was launched');
    const again = await openPage(lrs, launched, { tab: page.tab, ...options });
    await again.rests();
    return again;
  }

  it.each([
    ['F5', { key: 'F5' }],
    ['Ctrl+R', { key: 'r', ctrlKey: true }],
    ['Cmd+R', { key: 'R', metaKey: true }],
  ])('by %s goes on in the same session', async (_keys, event) => {
    const { lrs, page } = await begin();
    await does(page, ...reading);
    page.presses(event);
    await page.leaves();
    expect(lrs.verbs()).not.toContain('terminated');
    const again = await reload(lrs, page);
    expect(again.store.getState().viewed).toEqual(['start', 'more']);
    await does(again, ...quiz(2));
    await again.leaves();
    expect(lrs.verbs().filter((verb) => verb === 'initialized')).toHaveLength(1);
    expect(lrs.verbs().at(-1)).toBe('terminated');
    expect(lrs.requests.filter(({ part }) => part === 'fetch')).toHaveLength(1);
    expect(lrs.statements.at(-1)?.statement).toMatchObject({ result: { duration: 'PT180S' } });
    expect(lrs.violations).toEqual([]);
  });

  it('after it was killed goes on with the statements that were waiting, as they were', async () => {
    const { lrs, page } = await begin();
    // They have arrived, but nobody heard of it; those of the next time must be the very same.
    lrs.faults = failing('lost', 'statements');
    await does(page, ...reading, ...quiz(2));
    expect(lrs.verbs()).toContain('passed');
    page.kill();
    lrs.faults = {};
    clock += 60_000;
    const again = await reload(lrs, page);
    await again.leaves();
    expect(lrs.requests.filter(({ status }) => status === 409)).toEqual([]);
    expect(lrs.verbs().toSorted()).toEqual([
      'answered',
      'answered',
      'completed',
      'initialized',
      'passed',
      'terminated',
    ]);
    expect(lrs.violations).toEqual([]);
  });

  it('while the LMS is away shows what it has, and tells it later', async () => {
    const { lrs, page } = await begin({ masteryScore: 0.5 });
    await does(page, ...reading, opened('more', clock));
    page.kill();
    lrs.faults = failing('down');
    const again = await reload(lrs, page);
    expect(again.session.launch.passingScore).toBe(0.5);
    expect(again.store.getState()).toMatchObject({ viewed: ['start', 'more'], location: 'more' });
    await does(again, ...quiz(1));
    expect(again.lastSave()).toEqual({ state: 'unsaved', outstanding: 'device' });
    again.kill();
    lrs.faults = {};
    const third = await reload(lrs, page);
    await third.leaves();
    expect(lrs.verbs()).toContain('passed');
    expect(lrs.violations).toEqual([]);
  });

  it('after the session has ended says nothing more in it; what is done is told in the next', async () => {
    const { lrs, page } = await begin();
    await does(page, ...reading);
    await page.leaves();
    const again = await reload(lrs, page);
    expect(again.store.getState().viewed).toEqual(['start', 'more']);
    const before = lrs.requests.length;
    await does(again, ...quiz(2));
    await again.leaves();
    expect(again.lastSave()).toEqual({ state: 'ended', outstanding: 'device' });
    expect(lrs.requests.length).toBe(before);
    const { page: next } = await goOn(lrs, page.tab);
    expect(next.store.getState().quiz.tries).toBe(1);
    await next.leaves();
    expect(lrs.verbs(lrs.launches[1])).toContain('passed');
    expect(lrs.violations).toEqual([]);
  });

  it('keeps no name in the tab, and nothing of a session that has ended once another one begins', async () => {
    const { lrs, page } = await begin();
    lrs.faults = failing('down', 'statements');
    await does(page, ...reading, ...quiz(2));
    const memory = page.tab.memory as Storage;
    const texts = () =>
      Array.from({ length: memory.length }, (_, index) => memory.getItem(memory.key(index) ?? ''));
    expect(texts()).toHaveLength(1);
    expect(texts().join()).not.toContain('learner-1');
    lrs.faults = {};
    await page.leaves();
    await goOn(lrs, page.tab);
    expect(texts()).toHaveLength(1);
  });

  it('more than once has its time counted once', async () => {
    const { lrs, page } = await begin();
    await does(page, viewed('start'));
    for (let loads = 0; loads < 3; loads++) {
      page.presses({ key: 'F5' });
      await page.leaves();
      const again = await reload(lrs, page);
      await does(again, opened(loads % 2 === 0 ? 'more' : 'start', clock));
      again.presses({ key: 'F5' });
      await again.leaves();
    }
    const last = await reload(lrs, page);
    await does(last, viewed('more'), ...quiz(2));
    await last.leaves();
    const ofVerb = (verb: string) =>
      lrs.statements
        .filter(({ statement }) => String(member(statement, 'verb', 'id')).endsWith(verb))
        .map(({ statement }) => member(statement, 'result', 'duration'));
    expect(['completed', 'passed', 'terminated'].flatMap(ofVerb)).toEqual(Array(3).fill(ofVerb('passed')[0]));
    expect(stateOf(lrs)['spent']).toBe(90_000 * 5);
  });

  it.each(['launchData', 'state', 'profile'] as const)(
    'while the LMS does not say its %s goes on in the session once it does',
    async (part) => {
      const lrs = new StrictLrs(undefined, { audioPreference: 'off' });
      const { launched, page } = await begin({ masteryScore: 0.5 }, {}, lrs);
      await does(page, viewed('start'));
      page.kill();
      lrs.faults = failing('down', part);
      const again = await reload(lrs, page);
      expect(again.session.launch).toMatchObject({ recording: true, passingScore: 0.5, muted: true });
      lrs.faults = {};
      await does(again, viewed('more'), ...quiz(2));
      expect(again.lastSave()?.state).toBe('saved');
      await again.leaves();
      lrs.expectEnded(launched);
      expect(lrs.verbs()).toEqual(expect.arrayContaining(['completed', 'passed']));
      expect(lrs.violations).toEqual([]);
    },
  );

  it('in a browser without storage has forgotten the token, and says that nothing is saved', async () => {
    const { lrs, page } = await begin({}, { tab: { memory: undefined, device: undefined } });
    await does(page, ...reading);
    expect(page.lastSave()?.state).toBe('saved');
    const again = await reload(lrs, page);
    await does(again, ...quiz(2));
    expect(again.lastSave()).toEqual({ state: 'unsaved', outstanding: 'memory' });
    expect(lrs.violations).toEqual([]);
  });
});

describe('Another session', () => {
  const device = () => newTab();

  it('that has written in between is merged with, and neither loses anything', async () => {
    const lrs = new StrictLrs();
    const launched = lrs.launch();
    const page = await openPage(lrs, launched);
    await page.rests();
    await does(page, opened('start', clock));
    const other = await openPage(new StrictLrs(), lrs.launch({ registration: crypto.randomUUID() }));
    other.does(viewed('more'), ...quiz(1));
    launched.state = 'open';
    lrs.launches.splice(1);
    const theirs = {
      suspendData: encodeAttempt(smallCourse, other.store.getState()),
      location: 'more',
      scaled: 0.5,
      completed: false,
      passed: false,
      failed: { scaled: 0.5, id: crypto.randomUUID() },
      spent: 5_000_000,
    };
    lrs.overwrite('course-attempt', JSON.stringify(theirs));
    await does(page, viewed('start'));
    expect(lrs.requests.map(({ status }) => status)).toContain(412);
    expect(page.store.getState().viewed).toEqual(['start', 'more']);
    expect(page.store.getState().quiz.best).toBe(0.5);
    expect(stateOf(lrs)).toMatchObject({
      suspendData: encodeAttempt(smallCourse, page.store.getState()),
      scaled: 0.5,
      failed: theirs.failed,
    });
    expect(page.lastSave()?.state).toBe('saved');
    expect(page.saves()).not.toContain('unsaved');
    expect(lrs.violations).toEqual([]);
  });

  it('that began with nothing at the same time becomes one with this one', async () => {
    const lrs = new StrictLrs();
    const page = await openPage(lrs, lrs.launch());
    lrs.overwrite('course-attempt', JSON.stringify({ suspendData: '', location: 'more', completed: true }));
    await does(page, viewed('start'));
    expect(stateOf(lrs)).toMatchObject({ completed: true, location: 'more' });
    await does(page, ...reading, ...quiz(2));
    expect(lrs.verbs()).not.toContain('completed');
    expect(lrs.violations).toEqual([]);
  });

  it('of a later version of the course is not written over', async () => {
    const { lrs, page } = await begin({}, { tab: device() });
    await does(page, viewed('start'));
    const later = JSON.stringify({ suspendData: '9.abcdef.unreadable' });
    lrs.overwrite('course-attempt', later);
    await does(page, viewed('more'));
    expect(JSON.stringify(stateOf(lrs))).toBe(later);
    expect(page.lastSave()).toEqual({ state: 'unsaved', outstanding: 'device' });
  });

  it.each([{ hidesEtags: true }, { weakensEtags: true }])(
    'is noticed where versions are not shown (%j)',
    async (faults) => {
      const lrs = new StrictLrs();
      lrs.faults = faults;
      const { page } = await begin({}, {}, lrs);
      await does(page, viewed('start'));
      expect(page.lastSave()?.state).toBe('saved');
      lrs.overwrite('course-attempt', JSON.stringify({ ...stateOf(lrs), completed: true }));
      await does(page, viewed('more'));
      expect(page.lastSave()?.state).toBe('saved');
      expect(stateOf(lrs)).toMatchObject({ completed: true });
      expect(page.saves()).not.toContain('unsaved');
    },
  );

  it('that has removed the document does not stop this one', async () => {
    const { lrs, page } = await begin();
    await does(page, viewed('start'));
    lrs.forget('course-attempt');
    await does(page, viewed('more'));
    expect(stateOf(lrs)).toMatchObject({ suspendData: encodeAttempt(smallCourse, page.store.getState()) });
    expect(page.lastSave()?.state).toBe('saved');
  });
});

describe('An LRS', () => {
  it.each(['down', 500, 429, 'login', 'garbage', 'lost', 401, 403] as const)(
    'that answers with %s for a while gets all in order, and each once',
    async (fault) => {
      const { lrs, page } = await begin();
      lrs.faults = failing(fault, 'statements', 'state');
      await does(page, ...reading);
      await does(page, ...quiz(1));
      expect(page.lastSave()).toEqual({ state: 'unsaved', outstanding: 'device' });
      lrs.faults = {};
      await does(page, ...quiz(2));
      expect(page.lastSave()).toEqual({ state: 'saved', outstanding: 'none' });
      await page.leaves();
      const verbs = lrs.verbs().filter((verb) => verb !== 'answered');
      expect(verbs).toEqual(['initialized', 'progressed', 'completed', 'passed', 'terminated']);
      expect(lrs.verbs().filter((verb) => verb === 'answered')).toHaveLength(4);
      expect(lrs.violations).toEqual([]);
    },
  );

  it('whose token has expired is told the rest in the next session', async () => {
    const { lrs, launched, page } = await begin();
    launched.state = 'expired';
    await does(page, ...reading, ...quiz(2));
    expect(page.lastSave()).toEqual({ state: 'unsaved', outstanding: 'device' });
    await page.leaves();
    const { page: again } = await goOn(lrs, newTab(page.tab.device));
    expect(again.lastSave()?.state).toBe('saved');
    expect(lrs.verbs(lrs.launches[1])).toEqual([
      'initialized',
      'completed',
      'passed',
      'answered',
      'answered',
    ]);
    expect(lrs.violations).toEqual([]);
  });

  it('that has taken a result which nobody heard of, has it once after the next session has told it', async () => {
    for (const faults of [{}, { looksAtVerbsFirst: true }]) {
      const { lrs, page } = await begin();
      lrs.faults = failing('lost', 'statements');
      await does(page, ...reading, ...quiz(2));
      page.kill();
      lrs.faults = faults;
      const { page: again } = await goOn(lrs, newTab(page.tab.device));
      expect(again.lastSave()?.state).toBe('saved');
      await again.leaves();
      expect(lrs.verbs().toSorted()).toEqual([
        'answered',
        'answered',
        'completed',
        'initialized',
        'initialized',
        'passed',
        'terminated',
      ]);
      expect(stateOf(lrs)).toMatchObject({ completed: true, passed: true });
      expect(lrs.violations).toEqual([]);
    }
  });

  it('that finds an answer malformed has the rest; one that refuses a result is told again', async () => {
    const { lrs, page } = await begin();
    const refusing = (verb: string) => {
      const { handle } = StrictLrs.prototype;
      lrs.handle = (request) =>
        request.method === 'POST' && request.body.includes(`verbs/${verb}"`)
          ? { status: 400, headers: {}, body: '' }
          : handle.call(lrs, request);
    };
    refusing('answered');
    await does(page, ...reading, ...quiz(1));
    expect(page.lastSave()?.state).toBe('saved');
    expect(lrs.verbs()).toContain('progressed');
    refusing('passed');
    await does(page, ...quiz(2));
    expect(page.lastSave()?.state).toBe('unsaved');
    expect(lrs.verbs().at(-1)).toBe('completed');
    lrs.handle = StrictLrs.prototype.handle;
    await page.rests();
    expect(page.lastSave()?.state).toBe('saved');
    expect(lrs.verbs()).toContain('passed');
  });

  it('that says falsely that it has a statement is not believed, unless it may not be asked', async () => {
    for (const hidesStatements of [false, true]) {
      const { lrs, page } = await begin();
      let times = 3;
      lrs.faults = {
        hidesStatements,
        fault: (part, method) =>
          part === 'statements' && method === 'POST' && times-- > 0 ? 409 : undefined,
      };
      await does(page, ...reading, ...quiz(2));
      expect(page.lastSave()?.state).toBe('saved');
      expect(lrs.verbs().includes('completed')).toBe(!hidesStatements);
    }
  });

  it('that has a result from elsewhere, by another id, has all the rest', async () => {
    const { lrs, page } = await begin();
    await does(page, ...reading, ...quiz(2));
    await page.leaves();
    lrs.forget('course-attempt');
    for (const [index, kept] of lrs.statements.entries())
      lrs.statements[index] = { ...kept, statement: { ...kept.statement, id: crypto.randomUUID() } };
    const { launched, page: again } = await goOn(lrs);
    await does(again, ...reading, ...quiz(2));
    expect(again.lastSave()?.state).toBe('saved');
    await again.leaves();
    expect(lrs.verbs(launched)).toEqual(['initialized', 'answered', 'answered', 'terminated']);
    expect(stateOf(lrs)).toMatchObject({ completed: true, passed: true });
  });

  it('that calls its JSON a page, and a missing document no content, is understood', async () => {
    const lrs = new StrictLrs();
    const { handle } = StrictLrs.prototype;
    lrs.handle = (request) => {
      const response = handle.call(lrs, request);
      if (response?.status === 404 && request.url.includes('stateId')) return { ...response, status: 204 };
      return response && { ...response, headers: { ...response.headers, 'content-type': 'text/html' } };
    };
    const { launched, page } = await begin({}, {}, lrs);
    expect(lrs.requests.filter(({ part }) => part === 'launchData')).toHaveLength(1);
    await does(page, ...reading, ...quiz(2));
    expect(page.lastSave()?.state).toBe('saved');
    await page.leaves();
    lrs.expectEnded(launched);
    expect(lrs.violations).toEqual([]);
  });

  it('that is away at the launch is waited for, longer where nothing else keeps what the learner does', async () => {
    for (const tab of [newTab(), { memory: undefined, device: undefined }]) {
      const lrs = new StrictLrs();
      let times = 20;
      lrs.faults = { fault: () => (times-- > 0 ? 503 : undefined) };
      const { page } = await begin({}, { tab }, lrs);
      await does(page, ...reading);
      expect(page.lastSave()).toEqual(
        tab.device ? { state: 'unsaved', outstanding: 'device' } : { state: 'saved', outstanding: 'none' },
      );
    }
  });

  it('that lets every request hang is not waited for longer than a minute or two', async () => {
    const lrs = new StrictLrs();
    lrs.faults = failing('down');
    let time = 0;
    await begin({}, { elapsed: () => (time += 30_000) }, lrs);
    expect(lrs.requests).toHaveLength(2);
  });

  it.each(['Browse', 'Review'] as const)(
    'that does not take `initialized` at once has it in the mode %s, too',
    async (launchMode) => {
      const lrs = new StrictLrs();
      let times = 3;
      lrs.faults = { fault: (part) => (part === 'statements' && times-- > 0 ? 503 : undefined) };
      const { page } = await begin({ launchMode }, {}, lrs);
      expect(lrs.verbs()).toEqual(['initialized']);
      await page.leaves();
      expect(lrs.verbs()).toEqual(['initialized', 'terminated']);
    },
  );

  it('that does not take `initialized` is told nothing else', async () => {
    const lrs = new StrictLrs();
    lrs.faults = failing(403, 'statements');
    const { page } = await begin({}, {}, lrs);
    await does(page, ...quiz(2));
    lrs.faults = {};
    await page.rests();
    await page.leaves();
    expect(lrs.verbs()[0]).toBe('initialized');
    expect(lrs.violations).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5])(
    'that takes `initialized` only at request %d has it first, if the page goes',
    async (taken) => {
      for (let turns = 0; turns < 8; turns++) {
        const lrs = new StrictLrs();
        const launched = lrs.launch();
        let request = 0;
        lrs.faults = { fault: (part) => (part === 'statements' && ++request < taken ? 'down' : undefined) };
        const page = await openPage(lrs, launched);
        for (let turn = 0; turn < turns; turn++) await page.settles();
        await page.leaves();
        expect(lrs.verbs(launched)).toEqual(['initialized', 'terminated']);
        expect(lrs.violations).toEqual([]);
      }
    },
  );

  it('that garbles what it has at the launch loses none of it', async () => {
    const { lrs, page } = await begin();
    await does(page, viewed('start'), ...quiz(1));
    await page.leaves();
    lrs.faults = { fault: (part, method) => (part === 'state' && method === 'GET' ? 'garbage' : undefined) };
    const again = await openPage(lrs, lrs.launch());
    lrs.faults = {};
    await does(again, viewed('more'));
    expect(again.store.getState()).toMatchObject({ viewed: ['start', 'more'], quiz: { best: 0.5 } });
    expect(stateOf(lrs)).toMatchObject({ suspendData: encodeAttempt(smallCourse, again.store.getState()) });
    expect(again.lastSave()?.state).toBe('saved');
  });

  it('that is away when the learner leaves is told of the end when it is back', async () => {
    const { lrs, page } = await begin();
    await does(page, ...reading);
    let times = 4;
    lrs.faults = { fault: () => (times-- > 0 ? 'down' : undefined) };
    await page.leaves();
    expect(lrs.verbs().at(-1)).toBe('terminated');
  });

  it('gets what has room in the last request, results before answers', async () => {
    const { lrs, page } = await begin();
    lrs.faults = failing('down', 'statements');
    for (let tries = 0; tries < 20; tries++) await does(page, ...quiz(1));
    await does(page, ...reading, ...quiz(2));
    lrs.faults = {};
    const before = lrs.requests.length;
    void page.tracker.end();
    await page.settles();
    const last = lrs.requests.slice(before).filter(({ part }) => part === 'statements');
    expect(last.every(({ body }) => body.length < 60_000)).toBe(true);
    expect(lrs.verbs()).toEqual(expect.arrayContaining(['passed', 'terminated']));
    const { page: again } = await goOn(lrs, newTab(page.tab.device));
    await again.leaves();
    expect(lrs.verbs().filter((verb) => verb === 'answered')).toHaveLength(42);
    expect(lrs.violations).toEqual([]);
  });
});
