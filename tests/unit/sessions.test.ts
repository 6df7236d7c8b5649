import { beforeEach, describe, expect, it } from 'vitest';
import type { Course } from '../../src/model/course.ts';
import { openLocal, openOnDevice } from '../../src/tracking/local/local-session.ts';
import { openScorm } from '../../src/tracking/open-scorm.ts';
import { scorm12 } from '../../src/tracking/scorm12/scorm12-edition.ts';
import { scorm2004 } from '../../src/tracking/scorm2004/scorm2004-edition.ts';
import type { Interaction, Objective, OpenSession, TrackingSession } from '../../src/tracking/session.ts';
import { denied, storage } from '../fixtures/device-storage.ts';
import { open, tryToOpen } from '../fixtures/scorm-session.ts';
import { smallCourse } from '../fixtures/small-course.ts';
import { type Edition, type Faults, StrictLms, type Values } from '../fixtures/strict-lms.ts';

const editions: readonly Edition[] = ['1.2', '2004'];

const chosen: Interaction = {
  id: 'how-much',
  objectives: ['less', 'more'],
  at: new Date(2026, 0, 2, 3, 4, 5).getTime(),
  weighting: 1.5,
  result: 'correct',
  latency: 12_340,
  description: 'How much\nis less?',
  content: { type: 'choice', options: ['more', 'less'], response: ['more'], correct: ['more'] },
};
const judged: Interaction = {
  id: 'is-it',
  objectives: ['less'],
  at: new Date(2026, 0, 2, 3, 4, 30).getTime(),
  weighting: 1,
  result: 'incorrect',
  latency: 4000,
  description: 'Less is more.',
  content: { type: 'true-false', response: false, correct: true },
};

const less: Objective = {
  id: 'less',
  description: 'Less\nis more.',
  scaled: 2 / 3,
  completion: 'completed',
  success: 'failed',
};
const words: Objective = { ...less, id: 'words', scaled: 1, success: 'passed' };

/** Everything that a course can set, once. */
function setEverything(session: TrackingSession): void {
  session.setLocation('quiz');
  session.setSuspendData('{"v":1}');
  session.recordInteraction(chosen, 0);
  session.recordInteraction(judged, 1);
  session.setScore({ scaled: 6 / 7 });
  session.setStatus('completed', 'passed');
  session.setProgressMeasure(2 / 3);
  session.recordObjective(less);
  session.recordObjective(words);
}

/** How the elements of the editions are called that mean the same. */
const names = {
  '1.2': {
    exit: 'cmi.core.exit',
    mode: 'cmi.core.lesson_mode',
    credit: 'cmi.core.credit',
    location: 'cmi.core.lesson_location',
    raw: 'cmi.core.score.raw',
    session: 'cmi.core.session_time',
    completion: 'cmi.core.lesson_status',
    passing: 'cmi.student_data.mastery_score',
    set: 'LMSSetValue',
    terminate: 'LMSFinish',
  },
  '2004': {
    exit: 'cmi.exit',
    mode: 'cmi.mode',
    credit: 'cmi.credit',
    location: 'cmi.location',
    raw: 'cmi.score.raw',
    session: 'cmi.session_time',
    completion: 'cmi.completion_status',
    passing: 'cmi.scaled_passing_score',
    set: 'SetValue',
    terminate: 'Terminate',
  },
} as const satisfies Record<Edition, object>;

const written = (lms: StrictLms): string[] =>
  lms.log().filter((line) => line.startsWith(names[lms.edition].set));

describe.each(editions)('A session in SCORM %s', (edition) => {
  const name = names[edition];

  it('keeps every rule of the standard, whatever is set', async () => {
    const lms = new StrictLms(edition);
    let clock = 1000;
    const session = open(lms, () => clock);
    setEverything(session);
    clock += 65_432;
    expect(await session.commit()).toBe(true);
    setEverything(session);
    session.setStatus('incomplete', 'failed');
    session.setStatus('completed', 'unknown');
    session.setScore({ scaled: 0 });
    session.setLocation('x'.repeat(5000));
    session.terminate('normal');
    expect(lms.violations).toEqual([]);
    expect(lms.terminated).toBe(true);
  });

  it('is asked for no more than 15 things before the learner acts', () => {
    const lms = new StrictLms(edition);
    open(lms);
    expect(lms.calls.length).toBeLessThanOrEqual(15);
  });

  it('can be resumed after it was cut off, for it says so from the start', async () => {
    const lms = new StrictLms(edition);
    const session = open(lms);
    session.setSuspendData('half-way');
    session.setLocation('more');
    await session.commit();
    const { launch } = open(lms.relaunch());
    expect(launch).toMatchObject({ suspendData: 'half-way', location: 'more', completion: 'incomplete' });
  });

  it('that was left has all of its data at the next launch', () => {
    const lms = new StrictLms(edition);
    const session = open(lms);
    expect(session.launch).toEqual({
      recording: true,
      learner: 'learner-1',
      passingScore: null,
      returnTo: null,
      location: '',
      suspendData: '',
      completion: 'unknown',
      success: 'unknown',
      scaled: null,
    });
    setEverything(session);
    session.terminate('suspend');
    const next = lms.relaunch();
    const resumed = open(next);
    expect(resumed.launch).toEqual({
      recording: true,
      learner: 'learner-1',
      passingScore: null,
      returnTo: null,
      location: 'quiz',
      suspendData: '{"v":1}',
      completion: 'completed',
      success: 'passed',
      scaled: 0.8571,
    });
    // Neither the status nor the score of before is touched by opening.
    expect(written(next)).toEqual([`${name.set} ${name.exit} suspend`]);
  });

  it('appends interactions to those of earlier sessions', () => {
    const lms = new StrictLms(edition);
    setEverything(open(lms));
    lms.api[edition === '1.2' ? 'LMSCommit' : 'Commit']?.('');
    const next = lms.relaunch();
    open(next).recordInteraction(judged, 0);
    expect(next.values).toMatchObject({
      'cmi.interactions.1.id': 'is-it',
      'cmi.interactions.2.id': 'is-it',
    });
    expect(next.violations).toEqual([]);
  });

  it('tells the time of the session every minute, with a status, and at the end', async () => {
    const lms = new StrictLms(edition);
    let elapsed = 0;
    const session = open(lms, () => elapsed);
    const told: string[] = [];
    const commitAt = async (seconds: number) => {
      elapsed = seconds * 1000;
      const before = lms.calls.length;
      await session.commit();
      const time = lms.log(before).find((line) => line.includes(name.session));
      told.push(time?.split(' ')[2] ?? '');
    };
    await commitAt(1);
    await commitAt(59.5);
    await commitAt(61);
    session.setStatus('completed', 'unknown');
    await commitAt(62);
    expect(told).toEqual(
      edition === '1.2' ? ['', '', '0000:01:01.00', '0000:01:02.00'] : ['', '', 'PT0H1M1S', 'PT0H1M2S'],
    );
    elapsed += 500;
    session.terminate('suspend');
    expect(lms.values[name.session]).toBe(edition === '1.2' ? '0000:01:02.50' : 'PT0H1M2.5S');
  });

  it('that ends as finished is not to be resumed', () => {
    const lms = new StrictLms(edition);
    open(lms).terminate('normal');
    expect(lms.values[name.exit]).toBe(edition === '1.2' ? '' : 'normal');
  });

  it('ignores everything after its end, and ends once', async () => {
    const lms = new StrictLms(edition);
    const session = open(lms);
    session.terminate('suspend');
    const calls = lms.calls.length;
    setEverything(session);
    session.terminate('suspend');
    expect(await session.commit()).toBe(false);
    expect(lms.calls).toHaveLength(calls);
  });

  it.each<[string, Values, boolean]>([
    ['normal mode for credit', {}, true],
    ['review', { [name.mode]: 'review' }, false],
    ['browsing', { [name.mode]: 'browse' }, false],
    ['without credit', { [name.credit]: 'no-credit' }, false],
    ['a mode that no standard knows', { [name.mode]: 'null' }, true],
    ['no word about mode and credit', { [name.mode]: '', [name.credit]: '' }, true],
  ])('in %s', (_, values, recording) => {
    const lms = new StrictLms(edition, values);
    const session = open(lms);
    session.terminate('suspend');
    expect(session.launch.recording).toBe(recording);
    expect(written(lms).length > 0).toBe(recording);
    expect(lms.terminated).toBe(true);
    expect(lms.violations).toEqual([]);
  });

  it('is not opened where the LMS refuses to initialise', () => {
    expect(tryToOpen(new StrictLms(edition, {}, { refuses: ['Initialize'] }))).toBeUndefined();
    expect(tryToOpen(new StrictLms(edition, {}, { throws: ['Initialize'] }))).toBeUndefined();
  });

  it.each<[string, Faults]>([
    ['booleans', { says: (ok) => ok }],
    ['numbers', { says: Number }],
    ['false, with error 0', { says: () => 'false' }],
  ])('works with an LMS that says %s', async (_, faults) => {
    const lms = new StrictLms(edition, {}, faults);
    const session = open(lms);
    setEverything(session);
    expect(await session.commit()).toBe(true);
    expect(lms.kept).toMatchObject({ 'cmi.suspend_data': '{"v":1}' });
  });

  it.each<[string, Faults]>([
    ['refuses the commit', { refuses: ['Commit'] }],
    ['throws at the commit', { throws: ['Commit'] }],
    ['refuses, and says so with a boolean', { refuses: ['Commit'], says: (ok) => ok }],
    ['refuses, and says so with a number', { refuses: ['Commit'], says: Number }],
    ['refuses, and says null', { refuses: ['Commit'], says: (ok) => ok || null }],
    ['refuses the score', { refuses: [name.raw] }],
    ['refuses the status', { refuses: [name.completion] }],
    ['has no suspend data', { lacks: ['cmi.suspend_data'] }],
    ['throws at everything that is set', { throws: ['SetValue'] }],
  ])('says that nothing is kept where the LMS %s, and that all is well afterwards', async (_, faults) => {
    const lms = new StrictLms(edition);
    const session = open(lms);
    lms.faults = faults;
    setEverything(session);
    expect(await session.commit()).toBe(false);
    lms.faults = {};
    setEverything(session);
    expect(await session.commit()).toBe(true);
    expect(lms.violations).toEqual([]);
  });

  it('that is said to be refused is used all the same where it can be read', async () => {
    const lms = new StrictLms(edition);
    const initialize = edition === '1.2' ? 'LMSInitialize' : 'Initialize';
    const error = edition === '1.2' ? 'LMSGetLastError' : 'GetLastError';
    let asked = false;
    const api = {
      ...lms.api,
      [initialize]: (...args: unknown[]) => {
        lms.api[initialize]?.(...args);
        asked = true;
        return 'false';
      },
      [error]: () => (asked ? '101' : '0'),
    };
    expect(tryToOpen({ edition, api } as unknown as StrictLms)?.keeper).toBe('lms');
  });

  it.each<[string, Values, number | null]>([
    ['none', {}, null],
    ['an empty one', { [name.passing]: '' }, null],
    ['0, which is none', { [name.passing]: '0' }, null],
    ['90 %', { [name.passing]: edition === '1.2' ? '90' : '0.9' }, 0.9],
    ['nonsense', { [name.passing]: 'null' }, null],
  ])('reads the passing score that the LMS sets: %s', (_, values, expected) => {
    expect(open(new StrictLms(edition, values)).launch.passingScore).toBe(expected);
  });

  it('verifies by reading back, and looks twice: some LMSs answer from a copy', async () => {
    const lms = new StrictLms(edition);
    const session = open(lms);
    session.setSuspendData('{"v":1}');
    const get = edition === '1.2' ? 'LMSGetValue' : 'GetValue';
    const reads = ['stale', '{"v":1}', 'stale', 'stale'];
    const api = lms.api as Record<string, (...args: unknown[]) => unknown>;
    api[get] = () => reads.shift() ?? '';
    expect(await session.verify()).toBe(true);
    expect(await session.verify()).toBe(false);
  });

  it('believes a commit without a plain yes only if what was set can be read back', async () => {
    const lms = new StrictLms(edition, {}, { says: () => null });
    const session = open(lms);
    session.setSuspendData('{"v":1}');
    expect(await session.commit()).toBe(true);
    const get = edition === '1.2' ? 'LMSGetValue' : 'GetValue';
    (lms.api as Record<string, (...args: unknown[]) => unknown>)[get] = () => '';
    expect(await session.commit()).toBe(false);
  });

  it('sets its exit again after a commit that failed: some LMSs forget what they could not send', async () => {
    const lms = new StrictLms(edition, {}, { refuses: ['Commit'] });
    const session = open(lms);
    await session.commit();
    session.conclude(false);
    lms.faults = {};
    const before = lms.calls.length;
    await session.commit();
    expect(lms.log(before)).toContain(`${name.set} ${name.exit} suspend`);
    const after = lms.calls.length;
    await session.commit();
    expect(lms.log(after)).not.toContain(`${name.set} ${name.exit} suspend`);
  });

  it('does without interactions where the LMS has none', async () => {
    const lms = new StrictLms(edition, {}, { lacks: ['cmi.interactions'] });
    const session = open(lms);
    setEverything(session);
    expect(await session.commit()).toBe(true);
  });

  it('does without a bookmark where the LMS takes none: the suspend data have it too', async () => {
    const lms = new StrictLms(edition, {}, { refuses: [name.location] });
    const session = open(lms);
    setEverything(session);
    expect(await session.commit()).toBe(true);
  });

  it('refuses suspend data that the LMS would cut or lose', async () => {
    const lms = new StrictLms(edition);
    const session = open(lms);
    session.setSuspendData('x'.repeat(session.limits.suspendData));
    expect(await session.commit()).toBe(true);
    session.setSuspendData('x'.repeat(session.limits.suspendData + 1));
    expect(await session.commit()).toBe(false);
    expect(lms.values['cmi.suspend_data']).toHaveLength(session.limits.suspendData);
    expect(lms.violations).toEqual([]);
  });

  it('ends quietly with an LMS that throws at the end', () => {
    const lms = new StrictLms(edition, {}, { throws: ['Terminate'] });
    expect(() => open(lms).terminate('suspend')).not.toThrow();
  });

  it.each([
    ['150', null],
    ['-3', null],
    ['null', null],
    ['', null],
  ])('takes a recorded score of "%s" for none', (raw, scaled) => {
    const lms = new StrictLms(edition, { [edition === '1.2' ? name.raw : 'cmi.score.scaled']: raw });
    expect(open(lms).launch.scaled).toBe(scaled);
  });
});

describe('The status of SCORM 1.2 stands for two of SCORM 2004', () => {
  it.each<[TrackingSession['launch']['completion'], TrackingSession['launch']['success'], string]>([
    ['incomplete', 'unknown', 'incomplete'],
    ['incomplete', 'failed', 'incomplete'],
    ['incomplete', 'passed', 'incomplete'],
    ['completed', 'unknown', 'completed'],
    ['completed', 'failed', 'completed'],
    ['completed', 'passed', 'passed'],
  ])('%s and %s is %s', (completion, success, status) => {
    const lms = new StrictLms('1.2');
    if (completion !== 'unknown') open(lms).setStatus(completion, success);
    expect(lms.values['cmi.core.lesson_status']).toBe(status);
  });

  it.each([
    ['passed', 'completed', 'passed', 'passed'],
    ['completed', 'completed', 'unknown', 'completed'],
    ['failed', 'incomplete', 'failed', 'failed'],
    ['incomplete', 'incomplete', 'unknown', 'incomplete'],
    ['browsed', 'unknown', 'unknown', 'incomplete'],
    ['not attempted', 'unknown', 'unknown', 'incomplete'],
    ['', 'unknown', 'unknown', 'incomplete'],
  ])(
    'an attempt that is "%s" at launch is %s and %s, and "%s" is recorded',
    (before, completion, success, after) => {
      const lms = new StrictLms('1.2', { 'cmi.core.lesson_status': before });
      expect(open(lms).launch).toMatchObject({ completion, success });
      expect(lms.values['cmi.core.lesson_status']).toBe(after);
    },
  );
});

describe('The LMS hears exactly this', () => {
  it('in SCORM 1.2', async () => {
    const lms = new StrictLms('1.2');
    const session = open(lms);
    setEverything(session);
    await session.commit();
    session.terminate('suspend');
    expect(lms.log().join('\n')).toMatchInlineSnapshot(`
      "LMSInitialize
      LMSGetValue cmi.core.lesson_mode
      LMSGetValue cmi.core.credit
      LMSGetValue cmi.core.student_id
      LMSGetValue cmi.core.lesson_location
      LMSGetValue cmi.suspend_data
      LMSGetValue cmi.core.lesson_status
      LMSGetValue cmi.core.score.raw
      LMSGetValue cmi.student_data.mastery_score
      LMSSetValue cmi.core.exit suspend
      LMSSetValue cmi.core.lesson_status incomplete
      LMSSetValue cmi.core.lesson_location quiz
      LMSSetValue cmi.suspend_data {"v":1}
      LMSGetValue cmi.interactions._count
      LMSSetValue cmi.interactions.0.id how-much
      LMSSetValue cmi.interactions.0.type choice
      LMSSetValue cmi.interactions.0.objectives.0.id less
      LMSSetValue cmi.interactions.0.objectives.1.id more
      LMSSetValue cmi.interactions.0.time 03:04:05
      LMSSetValue cmi.interactions.0.correct_responses.0.pattern a
      LMSSetValue cmi.interactions.0.weighting 1.5
      LMSSetValue cmi.interactions.0.student_response a
      LMSSetValue cmi.interactions.0.result correct
      LMSSetValue cmi.interactions.0.latency 0000:00:12.34
      LMSSetValue cmi.interactions.1.id is-it
      LMSSetValue cmi.interactions.1.type true-false
      LMSSetValue cmi.interactions.1.objectives.0.id less
      LMSSetValue cmi.interactions.1.time 03:04:30
      LMSSetValue cmi.interactions.1.correct_responses.0.pattern t
      LMSSetValue cmi.interactions.1.weighting 1
      LMSSetValue cmi.interactions.1.student_response f
      LMSSetValue cmi.interactions.1.result wrong
      LMSSetValue cmi.interactions.1.latency 0000:00:04.00
      LMSSetValue cmi.core.score.min 0
      LMSSetValue cmi.core.score.max 100
      LMSSetValue cmi.core.score.raw 85.71
      LMSSetValue cmi.core.lesson_status passed
      LMSGetValue cmi.objectives._count
      LMSSetValue cmi.objectives.0.id less
      LMSSetValue cmi.objectives.0.score.raw 66.66
      LMSSetValue cmi.objectives.0.status failed
      LMSSetValue cmi.objectives.1.id words
      LMSSetValue cmi.objectives.1.score.raw 100
      LMSSetValue cmi.objectives.1.status passed
      LMSSetValue cmi.core.session_time 0000:00:00.00
      LMSCommit
      LMSFinish"
    `);
  });

  it('in SCORM 2004', async () => {
    const lms = new StrictLms('2004');
    const session = open(lms);
    // The moment is given in UTC: it reads the same wherever the test runs.
    const at = Date.UTC(2026, 0, 2, 3, 4, 5);
    session.setLocation('quiz');
    session.setSuspendData('{"v":1}');
    session.recordInteraction({ ...chosen, at }, 0);
    session.recordInteraction({ ...judged, at }, 1);
    session.setScore({ scaled: 6 / 7 });
    session.setStatus('completed', 'passed');
    session.setProgressMeasure(2 / 3);
    session.recordObjective(less);
    session.recordObjective(words);
    await session.commit();
    session.terminate('suspend');
    expect(lms.log().join('\n')).toMatchInlineSnapshot(`
      "Initialize
      GetValue cmi.mode
      GetValue cmi.credit
      GetValue cmi.learner_id
      GetValue cmi.location
      GetValue cmi.suspend_data
      GetValue cmi.completion_status
      GetValue cmi.success_status
      GetValue cmi.score.scaled
      GetValue cmi.scaled_passing_score
      SetValue cmi.exit suspend
      SetValue cmi.completion_status incomplete
      SetValue cmi.location quiz
      SetValue cmi.suspend_data {"v":1}
      GetValue cmi.interactions._count
      SetValue cmi.interactions.0.id how-much
      SetValue cmi.interactions.0.type choice
      SetValue cmi.interactions.0.objectives.0.id less
      SetValue cmi.interactions.0.objectives.1.id more
      SetValue cmi.interactions.0.timestamp 2026-01-02T03:04:05
      SetValue cmi.interactions.0.correct_responses.0.pattern more
      SetValue cmi.interactions.0.weighting 1.5
      SetValue cmi.interactions.0.learner_response more
      SetValue cmi.interactions.0.result correct
      SetValue cmi.interactions.0.latency PT0H0M12.34S
      SetValue cmi.interactions.0.description How much is less?
      SetValue cmi.interactions.1.id is-it
      SetValue cmi.interactions.1.type true-false
      SetValue cmi.interactions.1.objectives.0.id less
      SetValue cmi.interactions.1.timestamp 2026-01-02T03:04:05
      SetValue cmi.interactions.1.correct_responses.0.pattern true
      SetValue cmi.interactions.1.weighting 1
      SetValue cmi.interactions.1.learner_response false
      SetValue cmi.interactions.1.result incorrect
      SetValue cmi.interactions.1.latency PT0H0M4S
      SetValue cmi.interactions.1.description Less is more.
      SetValue cmi.score.min 0
      SetValue cmi.score.max 100
      SetValue cmi.score.raw 85.71
      SetValue cmi.score.scaled 0.8571
      SetValue cmi.completion_status completed
      SetValue cmi.success_status passed
      SetValue cmi.progress_measure 0.6666
      GetValue cmi.objectives._count
      SetValue cmi.objectives.0.id less
      SetValue cmi.objectives.0.description Less is more.
      SetValue cmi.objectives.0.score.raw 66.66
      SetValue cmi.objectives.0.score.scaled 0.6666
      SetValue cmi.objectives.0.completion_status completed
      SetValue cmi.objectives.0.success_status failed
      SetValue cmi.objectives.1.id words
      SetValue cmi.objectives.1.description Less is more.
      SetValue cmi.objectives.1.score.raw 100
      SetValue cmi.objectives.1.score.scaled 1
      SetValue cmi.objectives.1.completion_status completed
      SetValue cmi.objectives.1.success_status passed
      SetValue cmi.session_time PT0H0M0S
      Commit
      Terminate"
    `);
  });
});

/** The objectives that the LMS has, in their order: their ids, scores and statuses. */
const objectivesIn = ({ values, edition }: StrictLms): (readonly (string | undefined)[])[] => {
  const fields = ['id', 'score.raw', edition === '1.2' ? 'status' : 'success_status'];
  const has = (index: number) => values[`cmi.objectives.${index}.id`] !== undefined;
  const count = [...Array(1000).keys()].findIndex((index) => !has(index));
  return [...Array(count).keys()].map((index) =>
    fields.map((field) => values[`cmi.objectives.${index}.${field}`]),
  );
};
/** What has been set of objectives since the call of that number: elements without `cmi.objectives.`, and values. */
const objectiveWrites = (lms: StrictLms, since = 0): string[] =>
  lms.log(since).flatMap((line) => line.split('SetValue cmi.objectives.')[1] ?? []);

describe.each(editions)('Objectives in SCORM %s', (edition) => {
  const name = names[edition];
  const status = edition === '1.2' ? 'status' : 'success_status';
  const bothIn = [
    ['less', '66.66', 'failed'],
    ['words', '100', 'passed'],
  ];
  /** A session with an LMS that has both objectives. */
  const withBoth = () => {
    const lms = new StrictLms(edition);
    const session = open(lms);
    session.recordObjective(less);
    session.recordObjective(words);
    return { lms, session };
  };

  it('stand each in a place of its own, without gaps, the id first', () => {
    const { lms } = withBoth();
    expect(objectivesIn(lms)).toEqual(bothIn);
    expect(objectiveWrites(lms)[0]).toBe('0.id less');
    expect(lms.violations).toEqual([]);
  });

  it('keep their places, and only what has changed is set', () => {
    const { lms, session } = withBoth();
    const before = lms.calls.length;
    session.recordObjective(words);
    session.recordObjective({ ...less, success: 'passed' });
    expect(lms.log(before)).toEqual([`${name.set} cmi.objectives.0.${status} passed`]);
  });

  it('are found again in the next session by their ids, which are not set again', async () => {
    const { lms, session } = withBoth();
    await session.commit();
    const next = lms.relaunch();
    const resumed = open(next);
    resumed.recordObjective({ ...words, success: 'failed' });
    resumed.recordObjective({ ...less, id: 'third' });
    expect(objectivesIn(next)).toEqual([
      ['less', '66.66', 'failed'],
      ['words', '100', 'failed'],
      ['third', '66.66', 'failed'],
    ]);
    expect(objectiveWrites(next).filter((write) => write.includes('.id '))).toEqual(['2.id third']);
    expect(next.violations).toEqual([]);
  });

  it('are not looked for before there is one to record', () => {
    const lms = new StrictLms(edition);
    open(lms);
    expect(lms.log().join()).not.toContain('objectives');
  });

  it('are left out where the LMS has none, and all else is kept', async () => {
    const lms = new StrictLms(edition, {}, { lacks: ['cmi.objectives'] });
    const session = open(lms);
    setEverything(session);
    expect(await session.commit()).toBe(true);
    expect(lms.kept['cmi.suspend_data']).toBe('{"v":1}');
  });

  it('whose id is refused are left out, whole, and the next one takes the place', async () => {
    const lms = new StrictLms(edition, {}, { refuses: ['cmi.objectives.0.id'] });
    const session = open(lms);
    session.recordObjective(less);
    expect(objectiveWrites(lms)).toEqual(['0.id less']);
    lms.faults = {};
    session.recordObjective(words);
    expect(objectivesIn(lms)).toEqual([['words', '100', 'passed']]);
    expect(await session.commit()).toBe(true);
    expect(lms.violations).toEqual([]);
  });

  it('whose id the LMS has taken and said not to is found again', () => {
    const lms = new StrictLms(edition);
    const session = open(lms);
    session.recordObjective(less);
    lms.faults = { deniesDoing: ['SetValue'] };
    session.recordObjective(words);
    lms.faults = {};
    session.recordObjective({ ...less, id: 'third' });
    session.recordObjective(words);
    expect(objectivesIn(lms).map(([id]) => id)).toEqual(['less', 'words', 'third']);
    expect(objectivesIn(lms)[1]).toEqual(['words', '100', 'passed']);
    expect(lms.violations).toEqual([]);
  });

  it('go as far as the LMS has room, and that is no reason to doubt a commit', async () => {
    const lms = new StrictLms(edition, {}, { limits: { 'cmi.objectives': 2 } });
    const session = open(lms);
    for (const id of ['one', 'two', 'three', 'four']) session.recordObjective({ ...less, id });
    expect(objectivesIn(lms).map(([id]) => id)).toEqual(['one', 'two']);
    expect(await session.commit()).toBe(true);
    expect(lms.violations).toEqual([]);
  });

  it('are all set again after a doubt, in their places', async () => {
    const { lms, session } = withBoth();
    await session.commit();
    session.conclude(false);
    const before = lms.calls.length;
    session.recordObjective(words);
    await session.commit();
    expect(objectivesIn(lms)).toEqual(
      bothIn.map(([id, raw, ...rest]) => [id, edition === '1.2' && id === 'words' ? '100.0' : raw, ...rest]),
    );
    const told = objectiveWrites(lms, before);
    expect(told).toContain('1.id words');
    expect(told).toContain(`1.${status} passed`);
    expect(lms.violations).toEqual([]);
  });

  it.each([
    ['all that is below the id', ['score.raw', 'score.scaled', 'description', 'completion_status', status]],
    ['the status', [status]],
  ])('of which the LMS refuses %s are no reason to doubt a commit', async (_, fields) => {
    const refuses = [0, 1].flatMap((index) => fields.map((field) => `cmi.objectives.${index}.${field}`));
    const lms = new StrictLms(edition, {}, { refuses });
    const session = open(lms);
    for (const believed of [true, false, true]) {
      session.recordObjective(less);
      session.recordObjective(words);
      expect(await session.commit()).toBe(true);
      session.conclude(believed);
    }
    expect(lms.violations).toEqual([]);
  });

  it('are not recorded after the end, nor in review', () => {
    const { lms, session } = withBoth();
    session.terminate('suspend');
    const calls = lms.calls.length;
    session.recordObjective({ ...less, id: 'third' });
    expect(lms.calls).toHaveLength(calls);
    const review = lms.relaunch({ [name.mode]: 'review' });
    open(review).recordObjective(less);
    expect(objectiveWrites(review)).toEqual([]);
  });
});

describe('Objectives that an LMS has from the manifest (SCORM 2004)', () => {
  it('stay where they are, and others come after them', () => {
    const lms = new StrictLms('2004', {}, { bringsObjective: 'primary' });
    const session = open(lms);
    session.recordObjective(less);
    session.recordObjective(words);
    expect(objectivesIn(lms).map(([id]) => id)).toEqual(['primary', 'less', 'words']);
    expect(lms.violations).toEqual([]);
  });

  it('are used where they have the id of a takeaway', () => {
    const lms = new StrictLms('2004', {}, { bringsObjective: 'words' });
    const session = open(lms);
    session.recordObjective(less);
    session.recordObjective(words);
    expect(objectivesIn(lms)).toEqual([
      ['words', '100', 'passed'],
      ['less', '66.66', 'failed'],
    ]);
    expect(objectiveWrites(lms)).not.toContain('0.id words');
    expect(lms.violations).toEqual([]);
  });
});

describe('More objectives than there is room for', () => {
  it.each<[Edition, number, string[]]>([
    ['1.2', 110, []],
    ['2004', 100, []],
    ['2004', 100, ['primary']],
  ])('in SCORM %s: %i of 110 are recorded', async (edition, most, [brought]) => {
    const lms = new StrictLms(edition, {}, brought === undefined ? {} : { bringsObjective: brought });
    const session = open(lms);
    for (let index = 0; index < 110; index++) session.recordObjective({ ...less, id: `takeaway-${index}` });
    expect(objectivesIn(lms)).toHaveLength(most);
    // Those that have a place are still told.
    session.recordObjective({ ...words, id: 'takeaway-9' });
    expect(objectivesIn(lms)).toContainEqual(['takeaway-9', '100', 'passed']);
    expect(await session.commit()).toBe(true);
    expect(lms.violations).toEqual([]);
  });
});

describe('An LMS of SCORM 1.2 that sends only what is new, and has taken for sent what it could not send', () => {
  it.each(['until set', 'until changed'] as const)(
    '(%s) gets objectives all the same',
    async (marksClean) => {
      const lms = new StrictLms('1.2');
      const session = open(lms);
      await session.commit();
      lms.faults = { marksClean, loses: 1 };
      session.recordObjective(less);
      session.recordObjective(words);
      expect(await session.commit()).toBe(true);
      expect(lms.kept['cmi.objectives.0.status']).toBeUndefined();
      session.conclude(false);
      const before = lms.calls.length;
      session.recordObjective(less);
      session.recordObjective(words);
      // A number that is spelled in another way, and a lesser status that is committed first.
      expect(objectiveWrites(lms, before)).toEqual([
        '0.id less',
        '0.status incomplete',
        '0.score.raw 66.660',
        '1.id words',
        '1.status incomplete',
        '1.score.raw 100.0',
      ]);
      expect(await session.commit()).toBe(true);
      expect(lms.log(before).filter((line) => /LMSCommit|objectives.*status/.test(line))).toEqual([
        'LMSSetValue cmi.objectives.0.status incomplete',
        'LMSSetValue cmi.objectives.1.status incomplete',
        'LMSCommit',
        'LMSSetValue cmi.objectives.0.status failed',
        'LMSSetValue cmi.objectives.1.status passed',
        'LMSCommit',
      ]);
      expect(lms.kept).toMatchObject({
        'cmi.objectives.0.status': 'failed',
        'cmi.objectives.1.status': 'passed',
        'cmi.objectives.1.score.raw': '100.0',
      });
      expect(lms.violations).toEqual([]);
    },
  );

  it('gets the status of an objective with the end of the session at the latest', () => {
    const lms = new StrictLms('1.2');
    const session = open(lms);
    session.conclude(false);
    session.recordObjective(words);
    session.terminate('suspend');
    expect(lms.kept['cmi.objectives.0.status']).toBe('passed');
  });
});

describe('Answers that do not count', () => {
  const unscored: Interaction = {
    ...judged,
    weighting: 0,
    result: 'neutral',
    content: { type: 'likert', options: ['little', 'very'], response: 'very' },
  };
  const countIn = ({ values }: StrictLms) =>
    Object.keys(values).filter((element) => /^cmi\.interactions\.\d+\.id$/.test(element)).length;
  const record = (session: TrackingSession, interaction: Interaction, from: number, to: number) => {
    for (let ordinal = from; ordinal < to; ordinal++) session.recordInteraction(interaction, ordinal);
  };

  it('leave room for those of the quiz: 100 of 250 in SCORM 2004', async () => {
    const lms = new StrictLms('2004');
    const session = open(lms);
    record(session, unscored, 0, 105);
    expect(countIn(lms)).toBe(100);
    record(session, judged, 105, 106);
    // One that has a place keeps it.
    record(session, { ...unscored, latency: 5000 }, 99, 100);
    expect(lms.values['cmi.interactions.99.latency']).toBe('PT0H0M5S');
    record(session, unscored, 106, 107);
    expect(lms.values).toMatchObject({
      'cmi.interactions.99.weighting': '0',
      'cmi.interactions.100.weighting': '1',
    });
    expect(countIn(lms)).toBe(101);
    expect(await session.commit()).toBe(true);
    // In the next session too.
    const next = lms.relaunch();
    record(open(next), unscored, 0, 1);
    expect(countIn(next)).toBe(101);
    expect([...lms.violations, ...next.violations]).toEqual([]);
  });

  it('and those of the quiz end at 250 in SCORM 2004', { timeout: 20_000 }, async () => {
    const lms = new StrictLms('2004');
    const session = open(lms);
    record(session, judged, 0, 255);
    expect(countIn(lms)).toBe(250);
    expect(await session.commit()).toBe(true);
    expect(lms.violations).toEqual([]);
  });

  it('are all recorded in SCORM 1.2, which names no limit', { timeout: 20_000 }, () => {
    const lms = new StrictLms('1.2');
    record(open(lms), unscored, 0, 110);
    expect(countIn(lms)).toBe(110);
    expect(lms.violations).toEqual([]);
  });
});

describe.each(editions)('An interaction of which the LMS refuses a part, in SCORM %s', (edition) => {
  const written: Interaction = {
    ...judged,
    objectives: ['less', 'more'],
    content: { type: 'fill-in', response: 'tea', correct: ['tea', 'chai', 'cha'] },
  };
  const below = (lms: StrictLms, part: string) =>
    Object.keys(lms.values).filter((element) => element.startsWith(`cmi.interactions.0.${part}`));

  it.each(['objectives.0.id', 'correct_responses.0.pattern', 'correct_responses.1.pattern'])(
    'has no gap behind %s, and all else',
    async (part) => {
      const lms = new StrictLms(edition, {}, { refuses: [`cmi.interactions.0.${part}`] });
      const session = open(lms);
      session.recordInteraction(written, 0);
      expect(lms.violations).toEqual([]);
      expect(below(lms, 'result')).toHaveLength(1);
      expect(below(lms, 'objectives')).toHaveLength(part.startsWith('objectives') ? 0 : 2);
      const patterns = { 'correct_responses.0.pattern': 0, 'correct_responses.1.pattern': 1 }[part] ?? 3;
      expect(below(lms, 'correct_responses')).toHaveLength(patterns);
      expect(await session.commit()).toBe(true);
    },
  );

  it.each(['id', 'type'])('ends with its %s', async (part) => {
    const lms = new StrictLms(edition, {}, { refuses: [`cmi.interactions.0.${part}`] });
    const session = open(lms);
    session.recordInteraction(written, 0);
    expect(lms.log().at(-1)).toContain(`GetLastError`);
    expect(below(lms, 'objectives')).toEqual([]);
    expect(lms.violations).toEqual([]);
    expect(await session.commit()).toBe(true);
  });
});

describe('Without an LMS, on the device', () => {
  const key = 'course:small';

  it('progress is there at the next launch', async () => {
    const device = storage();
    const session = openLocal(device, key);
    expect([session.keeper, session.launch.suspendData, session.launch.recording]).toEqual([
      'device',
      '',
      true,
    ]);
    setEverything(session);
    expect(await session.commit()).toBe(true);
    expect(openLocal(device, key).launch).toEqual({
      recording: true,
      learner: '',
      passingScore: null,
      returnTo: null,
      location: 'quiz',
      suspendData: '{"v":1}',
      completion: 'completed',
      success: 'passed',
      scaled: 6 / 7,
    });
  });

  it('it is written at every change, for the end of a page may come unannounced', () => {
    const device = storage();
    openLocal(device, key).setLocation('more');
    expect(openLocal(device, key).launch.location).toBe('more');
  });

  it('courses do not disturb one another', () => {
    const device = storage();
    openLocal(device, key).setLocation('more');
    expect(openLocal(device, 'course:other').launch.location).toBe('');
  });

  it('nothing is written after the end', async () => {
    const device = storage();
    const session = openLocal(device, key);
    session.setLocation('more');
    session.terminate('suspend');
    setEverything(session);
    expect(await session.commit()).toBe(false);
    expect(openLocal(device, key).launch).toMatchObject({ location: 'more', suspendData: '' });
  });

  it.each<[string, Storage | undefined]>([
    ['is denied', undefined],
    ['throws at everything', { ...storage(), getItem: denied, setItem: denied }],
    ['is full', { ...storage(), setItem: denied }],
  ])('the course works where storage %s, and says that nothing is kept', async (_, device) => {
    const session = openLocal(device, key);
    expect(session.launch).toMatchObject({ recording: true, suspendData: '' });
    expect(() => setEverything(session)).not.toThrow();
    expect(session.keeper).toBe('memory');
    expect(await session.commit()).toBe(false);
  });

  it('a device that was full for a moment keeps everything afterwards', async () => {
    const device = storage();
    let full = true;
    const session = openLocal(
      { ...device, setItem: (name, value) => (full ? denied() : device.setItem(name, value)) },
      key,
    );
    session.setLocation('more');
    expect([session.keeper, await session.commit()]).toEqual(['memory', false]);
    full = false;
    session.setSuspendData('{"v":1}');
    expect([session.keeper, await session.commit()]).toEqual(['device', true]);
    expect(openLocal(device, key).launch).toMatchObject({ location: 'more', suspendData: '{"v":1}' });
  });

  it.each([
    '',
    'null',
    '[]',
    '7',
    '{"location":',
    '{"location":7,"suspendData":null,"completion":"done","success":true,"scaled":"1"}',
    '{"scaled":7}',
  ])('a record that reads %j is as good as none', (text) => {
    expect(openLocal(storage({ [key]: text }), key).launch).toEqual({
      recording: true,
      learner: '',
      passingScore: null,
      returnTo: null,
      location: '',
      suspendData: '',
      completion: 'unknown',
      success: 'unknown',
      scaled: null,
    });
  });
});

describe('Which record is kept', () => {
  /** As much of a window as opening a session looks at. */
  const windowWith = (...found: readonly StrictLms[]): Window => {
    const window = {
      fetch: () => Promise.reject(new Error('nobody answers')),
      ...Object.fromEntries(found.map((lms) => [lms.apiName, lms.api])),
    };
    return Object.assign(window, { parent: window, top: window, opener: null }) as unknown as Window;
  };
  const wires = {
    scorm12: openScorm(scorm12),
    scorm2004: openScorm(scorm2004),
    local: openOnDevice,
  } as const satisfies Record<string, OpenSession>;
  /** Opens it without waiting; `waits` is how often it would have, and `late` comes after so many of them. */
  const opening = (
    window: Window,
    wire: keyof typeof wires,
    {
      late,
      course = smallCourse,
    }: {
      readonly late?: { readonly after: number; readonly lms: StrictLms };
      readonly course?: Course;
    } = {},
  ) => {
    const waits: number[] = [];
    let waiting = 0;
    const session = wires[wire]({
      window,
      storage: device,
      course,
      elapsed: () => 0,
      onWaiting: () => waiting++,
      onElsewhere: () => undefined,
      wait: async (milliseconds) => {
        waits.push(milliseconds);
        if (waits.length === late?.after) Object.assign(window, { [late.lms.apiName]: late.lms.api });
      },
    });
    return { session, waits, waiting: () => waiting };
  };
  let device: Storage | undefined;
  beforeEach(() => {
    device = storage();
  });

  it.each([
    ['scorm12', '1.2'],
    ['scorm2004', '2004'],
  ] as const)(
    'the API that the package %s was built for, where an LMS offers both',
    async (wire, expected) => {
      const both = editions.map((edition) => new StrictLms(edition));
      const session = await opening(windowWith(...both), wire).session;
      expect(session.keeper).toBe('lms');
      expect(both.filter(({ calls }) => calls.length > 0).map(({ edition }) => edition)).toEqual([expected]);
    },
  );

  it('an LMS whose API comes late, and it is said that one is waited for', async () => {
    const lms = new StrictLms('1.2');
    const { session, waits, waiting } = opening(windowWith(), 'scorm12', { late: { after: 36, lms } });
    expect((await session).keeper).toBe('lms');
    expect(waits.reduce((sum, one) => sum + one, 0)).toBe(9000);
    expect(waiting()).toBe(1);
  });

  it.each([
    ['scorm12', 'speaks another edition', new StrictLms('2004')],
    ['scorm2004', 'speaks another edition', new StrictLms('1.2')],
    ['scorm12', 'refuses', new StrictLms('1.2', {}, { refuses: ['Initialize'] })],
  ] as const)('the device, where %s is waited for 10 s in an LMS that %s', async (wire, _why, lms) => {
    const { session, waits } = opening(windowWith(lms), wire);
    expect((await session).keeper).toBe('device');
    expect(waits.reduce((sum, one) => sum + one, 0)).toBe(10_000);
  });

  it('the device, without any waiting and any LMS, where the package was built for none', async () => {
    const lms = new StrictLms('1.2');
    const { session, waits, waiting } = opening(windowWith(lms), 'local');
    (await session).setLocation('more');
    expect((await opening(windowWith(), 'local').session).launch.location).toBe('more');
    expect([waits, waiting(), lms.calls]).toEqual([[], 0, []]);
  });

  it('one for each program of a course', async () => {
    const of = async (program: string) =>
      await opening(windowWith(), 'local', { course: { ...smallCourse, program } }).session;
    (await of('default')).setLocation('more');
    expect((await of('short')).launch.location).toBe('');
    expect((await of('default')).launch.location).toBe('more');
  });

  it('nothing, where there is neither an LMS nor storage', async () => {
    device = undefined;
    expect((await opening(windowWith(), 'local').session).keeper).toBe('memory');
  });
});
