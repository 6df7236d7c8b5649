import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Attempt, type AttemptEvent, newAttempt } from '../../src/attempt/attempt.ts';
import { askedItems } from '../../src/attempt/draw.ts';
import { decodeAttempt, encodeAttempt } from '../../src/attempt/suspend-data.ts';
import type { Item, ItemResponse } from '../../src/items/items.ts';
import type { Course } from '../../src/model/course.ts';
import { openLocal } from '../../src/tracking/local/local-session.ts';
import { courseAndEvents, rightResponse } from '../fixtures/arbitrary-course.ts';
import { launch } from '../fixtures/course-launch.ts';
import { denied, storage } from '../fixtures/device-storage.ts';
import { checked, opened, scrolled, viewed } from '../fixtures/events.ts';
import { kindsCourse } from '../fixtures/kinds-course.ts';
import { smallCourse } from '../fixtures/small-course.ts';
import { type Edition, type Faults, StrictLms, type Values } from '../fixtures/strict-lms.ts';

const answered = (item: string, response: ItemResponse): AttemptEvent => ({
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

/** Answers to the questions of {@link kindsCourse} that earn nothing. */
const wrongResponses: Readonly<Record<string, ItemResponse>> = {
  'how-much': ['less'],
  'is-it': false,
  'which-of': ['many'],
  pairs: [
    ['cold', 'fire'],
    ['hot', 'ice'],
  ],
  steps: ['last', 'then', 'first'],
  word: 'coffee',
  amount: 9,
};
const servesLess = ({ takeaway }: Item) => takeaway === 'less';
/** A try of the quiz of {@link kindsCourse} in which those questions are right. */
const kindsTry = (isRight: (item: Item) => boolean, course: Course = kindsCourse): AttemptEvent[] => [
  ...course.items.map((item) =>
    answered(item.id, isRight(item) ? rightResponse(item) : (wrongResponses[item.id] ?? '')),
  ),
  { type: 'quiz-submitted', at: 1_767_323_045_000 },
];
const allRight = kindsTry(() => true);

/** The interactions that an LMS has: each a question, the result and how much it counts. */
const interactionsIn = (values: Values): string[] => {
  const of = (index: number, field: string) => values[`cmi.interactions.${index}.${field}`];
  const count = Object.keys(values).filter((name) => /^cmi\.interactions\.\d+\.id$/.test(name)).length;
  return [...Array(count).keys()].map((index) =>
    [of(index, 'id'), of(index, 'result'), of(index, 'weighting')].join(' '),
  );
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

describe('A question that is judged at once', () => {
  const mixed = answered('pairs', [
    ['cold', 'ice'],
    ['hot', 'ice'],
  ]);

  it.each<[Edition, string]>([
    ['1.2', 'wrong'],
    ['2004', 'incorrect'],
  ])('is one interaction, and each further judging a new one (SCORM %s)', async (edition, wrong) => {
    const lms = new StrictLms(edition);
    const course = launch(lms, { course: kindsCourse });
    await course.doesAndWaits(opened('start'), answered('check-it', ['no']));
    expect(interactionsIn(lms.values)).toEqual([]);
    await course.doesAndWaits(checked('check-it'));
    expect(interactionsIn(lms.kept)).toEqual([`check-it ${wrong} 0`]);
    await course.doesAndWaits(mixed, checked('pairs'));
    await course.doesAndWaits(answered('check-it', ['yes']), checked('check-it'));
    await course.doesAndWaits(answered('how-sure', 'very'), checked('how-sure'));
    expect(interactionsIn(lms.kept)).toEqual([
      `check-it ${wrong} 0`,
      'pairs 0.5 1',
      'check-it correct 0',
      'how-sure neutral 0',
    ]);
    expect(lms.violations).toEqual([]);
    expect(course.lastSave()?.state).toBe('saved');
  });

  it('and judged twice before one commit is two interactions, each with its own answer', async () => {
    const lms = new StrictLms('2004');
    const course = launch(lms, { course: kindsCourse });
    await course.doesAndWaits(
      answered('word', 'coffee'),
      checked('word'),
      answered('word', 'tea'),
      checked('word'),
    );
    expect(interactionsIn(lms.kept)).toEqual(['word incorrect 1', 'word correct 1']);
    expect(lms.kept['cmi.interactions.0.learner_response']).toBe('coffee');
  });

  it('is none where there is nothing to judge, or nothing new', async () => {
    const lms = new StrictLms('2004');
    const course = launch(lms, { course: kindsCourse });
    const half = answered('pairs', [['cold', 'ice']]);
    const [first] = allRight;
    await course.doesAndWaits(checked('check-it'), checked('no-such-item'), half, checked('pairs'));
    if (first) await course.doesAndWaits(first, checked('how-much'));
    expect(interactionsIn(lms.kept)).toEqual([]);
    await course.doesAndWaits(answered('check-it', ['no']), checked('check-it'), checked('check-it'));
    expect(interactionsIn(lms.kept)).toHaveLength(1);
  });

  it('is not reported once more with the quiz, unless the answer has been changed', async () => {
    const lms = new StrictLms('2004');
    const course = launch(lms, { course: kindsCourse });
    await course.doesAndWaits(mixed, checked('pairs'), answered('word', 'coffee'), checked('word'));
    await course.doesAndWaits(...allRight.filter((event) => !('item' in event && event.item === 'pairs')));
    expect(interactionsIn(lms.kept)).toEqual([
      'pairs 0.5 1',
      'word incorrect 1',
      'how-much correct 1',
      'is-it correct 1',
      'which-of correct 2',
      'steps correct 1',
      'word correct 1',
      'amount correct 1',
    ]);
    expect(lms.violations).toEqual([]);
  });

  it('leaves nothing for the quiz to report where all of it was judged', async () => {
    const lms = new StrictLms('2004');
    const course: Course = {
      ...kindsCourse,
      items: kindsCourse.items.filter(({ rules }) => rules.solution === 'at-once'),
    };
    const learner = launch(lms, { course });
    const [pairs, word, submitted] = kindsTry(() => true, course);
    if (!pairs || !word || !submitted) throw new Error('not the quiz that was meant');
    await learner.doesAndWaits(pairs, checked('pairs'), word, checked('word'), submitted);
    expect(learner.store.getState().quiz.phase).toBe('submitted');
    expect(interactionsIn(lms.kept)).toEqual(['pairs correct 1', 'word correct 1']);
  });

  it('that was judged and not committed arrives with the next launch', async () => {
    const device = storage();
    const lms = new StrictLms('2004');
    const lost = launch(lms, { course: kindsCourse, device });
    await lost.waits();
    // The tab is killed before anything is told.
    lost.does(answered('check-it', ['no']), checked('check-it'), mixed, checked('pairs'));
    lost.does(answered('check-it', ['yes']), checked('check-it'));
    const next = lms.relaunch();
    const course = launch(next, { course: kindsCourse, device });
    expect(course.store.getState().checks['check-it']).toMatchObject({ tries: 2, judged: true });
    await course.waits();
    expect(interactionsIn(next.kept).toSorted()).toEqual([
      'check-it correct 0',
      'check-it incorrect 0',
      'pairs 0.5 1',
    ]);
    expect(next.violations).toEqual([]);
    expect(device.length).toBe(0);
    // And no second time.
    await launch(next.relaunch(), { course: kindsCourse, device }).waits();
    expect(interactionsIn(next.kept)).toHaveLength(3);
  });

  it('is told again in its place where the commit was not believed', async () => {
    const lms = new StrictLms('2004');
    let confirmed = false;
    const course = launch(lms, { course: kindsCourse, confirm: () => confirmed });
    await course.doesAndWaits(mixed, checked('pairs'));
    course.news();
    confirmed = true;
    await course.waits();
    expect(about('.interactions.0.id', course.news())).toHaveLength(1);
    expect(interactionsIn(lms.kept)).toEqual(['pairs 0.5 1']);
  });
});

describe('A submission of the quiz', () => {
  const shuffling: Course = {
    ...kindsCourse,
    rules: { ...kindsCourse.rules, quiz: { draw: { less: 2, words: 2 }, shuffle: true } },
  };

  it('reports what it has asked, in the order in which it has', async () => {
    const orders = new Set<string>();
    for (let time = 0; time < 8; time++) {
      const lms = new StrictLms('2004');
      const learner = launch(lms, { course: shuffling });
      const asked = askedItems(shuffling, learner.store.getState()).map(({ id }) => id);
      expect(asked).toHaveLength(4);
      const answers = allRight.filter((event) => !('item' in event) || asked.includes(event.item));
      // The first of them is judged at once, where it can be.
      const judged = asked.filter((id) => ['pairs', 'word'].includes(id)).slice(0, 1);
      await learner.doesAndWaits(...answers.slice(0, -1), ...judged.map(checked), ...answers.slice(-1));
      expect(learner.store.getState().quiz.phase).toBe('submitted');
      expect(interactionsIn(lms.kept).map((line) => line.split(' ')[0])).toEqual([
        ...judged,
        ...asked.filter((id) => !judged.includes(id)),
      ]);
      orders.add(asked.join());
    }
    expect(orders.size).toBeGreaterThan(1);
  });

  it('is reported in that order too where it comes from the journal', async () => {
    const device = storage();
    const lms = new StrictLms('2004');
    const lost = launch(lms, { course: shuffling, device });
    await lost.waits();
    const asked = askedItems(shuffling, lost.store.getState()).map(({ id }) => id);
    lost.does(...allRight.filter((event) => !('item' in event) || asked.includes(event.item)));
    // The next try has an order of its own.
    lost.does(restarted);
    const next = lms.relaunch();
    await launch(next, { course: shuffling, device }).waits();
    expect(interactionsIn(next.kept).map((line) => line.split(' ')[0])).toEqual(asked);
  });
});

describe.each<Edition>(['1.2', '2004'])('Objectives in SCORM %s', (edition) => {
  const commit = edition === '1.2' ? 'LMSCommit' : 'Commit';
  const status = edition === '1.2' ? 'status' : 'success_status';
  const both = { 'cmi.objectives.0.id': 'less', 'cmi.objectives.1.id': 'words' };
  /** Which objectives have been told of, by their indexes. */
  const toldOf = (lines: readonly string[]): string[] => [
    ...new Set(about('cmi.objectives.', lines).map((line) => line.split('.')[2] ?? '')),
  ];

  it('are told once the quiz is submitted and the status is safe', async () => {
    const lms = new StrictLms(edition);
    const course = launch(lms, { course: kindsCourse });
    await course.doesAndWaits(...allRight.slice(0, -1), viewed('start'), viewed('more'));
    expect(about('objectives.', course.news())).toEqual([]);
    await course.doesAndWaits(...allRight.slice(-1));
    const told = course.news();
    const place = (what: string) => told.findIndex((line) => line.startsWith(what));
    expect(place('cmi.suspend_data')).toBeLessThan(place(commit));
    expect(about('_status', told.slice(0, place(commit)))).not.toEqual([]);
    expect(place(commit)).toBeLessThan(place('cmi.objectives.'));
    expect(told.at(-1)).toBe(commit);
    expect(lms.kept).toMatchObject({
      ...both,
      [`cmi.objectives.0.${status}`]: 'passed',
      'cmi.objectives.1.score.raw': '100',
    });
    // The third takeaway has no question.
    expect(toldOf(told)).toEqual(['0', '1']);
    expect(lms.violations).toEqual([]);
  });

  it('are told only where they have changed', async () => {
    const lms = new StrictLms(edition);
    const course = launch(lms, { course: kindsCourse });
    await course.doesAndWaits(...kindsTry(() => false));
    expect(toldOf(course.news())).toEqual(['0', '1']);
    await course.doesAndWaits(opened('more'), viewed('more'));
    expect(toldOf(course.news())).toEqual([]);
    await course.doesAndWaits(restarted, ...kindsTry(servesLess));
    expect(about('cmi.objectives.', course.news())).toEqual([
      'cmi.objectives.0.score.raw 100',
      ...(edition === '2004' ? ['cmi.objectives.0.score.scaled 1'] : []),
      `cmi.objectives.0.${status} passed`,
    ]);
    expect(lms.kept).toMatchObject({ ...both, [`cmi.objectives.1.${status}`]: 'failed' });
  });

  it('are not told again by a session that goes no further, and found again by one that does', async () => {
    const lms = new StrictLms(edition);
    const first = launch(lms, { course: kindsCourse });
    await first.doesAndWaits(...kindsTry(servesLess));
    first.tracker.end();
    const next = lms.relaunch();
    const second = launch(next, { course: kindsCourse });
    await second.doesAndWaits(opened('more'), viewed('more'));
    expect(toldOf(second.news())).toEqual([]);
    await second.doesAndWaits(restarted, ...allRight);
    expect(toldOf(second.news())).toEqual(['1']);
    expect(next.kept).toMatchObject({ ...both, [`cmi.objectives.1.${status}`]: 'passed' });
    expect(next.violations).toEqual([]);
  });

  it('are never lowered where the best try counts', async () => {
    const lms = new StrictLms(edition);
    const course = launch(lms, { course: kindsCourse });
    await course.doesAndWaits(...allRight);
    course.news();
    await course.doesAndWaits(restarted, ...kindsTry(() => false));
    expect(toldOf(course.news())).toEqual([]);
    course.tracker.doubt();
    await course.waits();
    course.tracker.end();
    for (const index of [0, 1]) {
      expect(lms.kept[`cmi.objectives.${index}.${status}`]).toBe('passed');
      expect(Number(lms.kept[`cmi.objectives.${index}.score.raw`])).toBe(100);
    }
  });

  it('are those of the last try where that one counts', async () => {
    const { passing } = kindsCourse.rules;
    const course: Course = {
      ...kindsCourse,
      rules: { ...kindsCourse.rules, passing: { ...passing, counts: 'last' } },
    };
    const lms = new StrictLms(edition);
    const learner = launch(lms, { course });
    await learner.doesAndWaits(...allRight, restarted, ...kindsTry(servesLess));
    expect(lms.kept).toMatchObject({
      [`cmi.objectives.0.${status}`]: 'passed',
      [`cmi.objectives.1.${status}`]: 'failed',
      'cmi.objectives.1.score.raw': '0',
    });
  });

  it.each<[string, Faults, () => boolean]>([
    ['was refused', { refusesFirst: { Commit: 2 } }, () => true],
    ['was not believed', {}, () => false],
  ])('are told again after a commit that %s', async (_, faults, believed) => {
    let confirm = () => true;
    const lms = new StrictLms(edition);
    const course = launch(lms, { course: kindsCourse, confirm: () => confirm() });
    await course.waits();
    lms.faults = faults;
    confirm = believed;
    await course.doesAndWaits(...allRight);
    expect(course.lastSave()?.state).toBe('unsaved');
    course.news();
    lms.faults = {};
    confirm = () => true;
    await course.waits();
    expect(toldOf(course.news())).toEqual(['0', '1']);
    expect(lms.kept).toMatchObject({ ...both, [`cmi.objectives.1.${status}`]: 'passed' });
    expect(course.lastSave()?.state).toBe('saved');
    expect(lms.violations).toEqual([]);
  });

  it('arrive with the next launch where the tab was killed after the status was safe', async () => {
    const device = storage();
    const lms = new StrictLms(edition);
    const lost = launch(lms, { course: kindsCourse, device });
    await lost.waits();
    lms.faults = { throwsFrom: { Commit: 2 } };
    await lost.doesAndWaits(...allRight);
    expect(lms.kept['cmi.objectives.0.id']).toBeUndefined();
    const next = lms.relaunch();
    const course = launch(next, { course: kindsCourse, device });
    expect(course.resumption.recorded.quiz.best).toBe(1);
    await course.waits();
    expect(next.kept).toMatchObject({ ...both, [`cmi.objectives.1.${status}`]: 'passed' });
    expect(interactionsIn(next.kept)).toHaveLength(7);
    expect(next.violations).toEqual([]);
  });

  it('are told at the end, where there was no time before', () => {
    const lms = new StrictLms(edition);
    const course = launch(lms, { course: kindsCourse });
    course.does(...allRight);
    course.tracker.end();
    expect(lms.kept).toMatchObject(both);
    expect(lms.violations).toEqual([]);
  });

  it('do not cost the status where the LMS chokes on them', async () => {
    const lms = new StrictLms(edition);
    const course = launch(lms, { course: kindsCourse });
    await course.waits();
    lms.faults = { throwsFrom: { Commit: 2 } };
    await course.doesAndWaits(viewed('start'), viewed('more'), ...allRight);
    expect(Object.values(lms.kept)).toContain('passed');
    expect(course.lastSave()?.state).toBe('unsaved');
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
    const first = about('cmi.interactions.', about('.id ', course.news()));
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
      ...Array(edition === '1.2' ? 3 : 6).fill(expect.stringContaining('cmi.objectives.0.')),
      ...Array(edition === '1.2' ? 18 : 20).fill(expect.stringContaining('cmi.interactions.')),
      edition === '1.2' ? 'LMSCommit' : 'Commit',
      // After a doubt a lesser status comes before the one that is meant.
      ...(edition === '1.2' ? ['cmi.objectives.0.status', 'LMSCommit'] : []),
    ]);
    expect(first).toHaveLength(4);
    // The status is safe before the first interaction is told.
    expect(about('.interactions.', failed)).toEqual([]);
    expect(about('.objectives.', failed)).toEqual([]);
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

  it.each([
    ['answers', true],
    ['is still being asked for', new Promise<boolean>(() => undefined)],
  ])(
    'never comes while a commit holds up the page, though Firefox lets events in: the package %s',
    async (_, answer) => {
      let lets: (() => void) | undefined;
      const keep = () => {
        lets?.();
        return true;
      };
      const lms = new StrictLms('2004', {}, {}, { keep });
      const course = launch(lms, { confirm: () => answer });
      await course.doesAndWaits(opened('start'));
      lets = () => {
        lets = undefined;
        course.does(opened('quiz'));
        void course.tracker.save();
      };
      course.does(opened('more'));
      void course.tracker.save();
      await course.settles();
      void course.tracker.save();
      await course.settles();
      expect(lms.violations).toEqual([]);
      expect(lms.kept['cmi.location']).toBe('quiz');
    },
  );
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

  it('of release 0.1.0 is read, which called the reports submissions', async () => {
    const kept: Record<string, string> = {};
    const device = storage(kept);
    const lms = new StrictLms('2004');
    const lost = launch(lms, { device });
    await lost.waits();
    lms.faults = { refuses: ['Commit'] };
    await lost.doesAndWaits(...wrongTry, restarted, ...rightTry);
    for (const [key, text] of Object.entries(kept)) {
      expect(text).toContain('"reports":');
      kept[key] = text.replace('"reports":', '"submissions":');
    }
    const next = lms.relaunch();
    await launch(next, { device }).waits();
    expect(interactionsIn(next.kept)).toEqual([
      'how-much incorrect 1',
      'is-it incorrect 1',
      'how-much correct 1',
      'is-it correct 1',
    ]);
    expect(kept).toEqual({});
  });

  it('of an attempt that another tab has renamed goes into the one that the LMS has', async () => {
    const device = storage();
    const lms = new StrictLms('1.2');
    const course = launch(lms, { device });
    await course.doesAndWaits(opened('start'), viewed('start'));
    lms.faults = { refuses: ['Commit'] };
    // Of two that have begun with nothing the greater name stays.
    await course.doesAndWaits({ type: 'attempt-merged', attempt: { ...newAttempt, id: 'zzzzzz' } });
    await course.doesAndWaits(viewed('more'));
    expect(course.store.getState().id).toBe('zzzzzz');
    const { attempt, recorded } = launch(lms.relaunch(), { device }).resumption;
    expect(recorded.id).not.toBe('zzzzzz');
    expect(attempt.viewed).toEqual(['start', 'more']);
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

  it('reports its own tries, and what was judged there', async () => {
    const lms = new StrictLms('1.2');
    const course = launch(lms, { course: kindsCourse });
    await course.waits();
    const other = launch(new StrictLms('1.2'), { course: kindsCourse });
    other.does(answered('check-it', ['no']), checked('check-it'), ...allRight);
    await course.doesAndWaits({ type: 'attempt-merged', attempt: other.store.getState() });
    expect(course.store.getState().checks['check-it']?.judged).toBe(true);
    expect(lms.kept['cmi.core.score.raw']).toBe('100');
    expect(lms.kept['cmi.objectives.1.status']).toBe('passed');
    expect(interactionsIn(lms.kept)).toEqual([]);
    // What is judged here is reported here.
    await course.doesAndWaits(answered('check-it', ['yes']), checked('check-it'));
    expect(interactionsIn(lms.kept)).toEqual(['check-it correct 0']);
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
