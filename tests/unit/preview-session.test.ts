import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PackageRecord } from '../../src/preview/attempt-record.ts';
import { toneOf } from '../../src/preview/client/call-log.ts';
import { Recording } from '../../src/preview/client/recording.ts';
import { describeScore, readResults } from '../../src/preview/client/results.ts';
import { commitStore } from '../../src/preview/client/store-commit.ts';
import type { Commit, Edition, Launch } from '../../src/preview/messages.ts';
import { beginSession, nextLaunch, storeCommit } from '../../src/preview/next-launch.ts';
import type { ShelvedPackage } from '../../src/preview/package-shelf.ts';

/** A package and an LMS that keeps its record: the server's side without a server. */
class Desk {
  readonly edition: Edition;
  readonly shelved: ShelvedPackage;
  record: PackageRecord | undefined;
  commits: Commit[] = [];
  working = true;
  #sessions = 0;

  constructor(edition: Edition) {
    this.edition = edition;
    this.shelved = {
      key: 'default/course',
      file: 'dist/default/course.zip',
      entries: new Map(),
      manifest: {
        title: 'A course',
        edition,
        editionLabel: edition,
        suspendDataLimit: 4096,
        href: 'index.html',
        settings: {
          launchData: 'from the manifest',
          masteryScore: '80',
          scaledPassingScore: '0.8',
          completionThreshold: '',
        },
      },
    };
  }

  /** Opens the next session, as the player page does. */
  open(newAttempt = false): Course {
    this.#sessions += 1;
    const begun = beginSession(this.shelved, this.record, {
      newAttempt,
      session: `s${this.#sessions}`,
      now: '2026-01-02T03:04:05.000Z',
      contentUrl: '/content/default/course/index.html',
    });
    this.record = begun.record;
    const { launch } = begun;
    return new Course(
      this.edition,
      new Recording(launch, (commit) => {
        if (!this.working) return false;
        this.commits.push(commit);
        const stored = storeCommit(this.record, launch.attempt, commit, '2026-01-02T03:05:00.000Z');
        this.record = stored ?? this.record;
        return stored !== undefined;
      }),
    );
  }
}

/** What content does: it knows the eight functions and nothing else. */
class Course {
  readonly recording: Recording;
  readonly #prefix: '' | 'LMS';
  readonly #end: 'Finish' | 'Terminate';

  constructor(edition: Edition, recording: Recording) {
    this.recording = recording;
    this.#prefix = edition === '1.2' ? 'LMS' : '';
    this.#end = edition === '1.2' ? 'Finish' : 'Terminate';
  }

  call(name: string, ...args: unknown[]): unknown {
    return this.recording.api[`${this.#prefix}${name}`]?.(...args);
  }

  begin(): this {
    expect(this.call('Initialize', '')).toBe('true');
    return this;
  }

  set(values: Record<string, string>): this {
    for (const [element, value] of Object.entries(values)) {
      expect([element, this.call('SetValue', element, value)]).toEqual([element, 'true']);
    }
    return this;
  }

  get(element: string): unknown {
    return this.call('GetValue', element);
  }

  end(): unknown {
    return this.call(this.#end, '');
  }
}

const FIRST_SESSION = {
  '1.2': {
    'cmi.core.exit': 'suspend',
    'cmi.core.lesson_status': 'failed',
    'cmi.core.lesson_location': 'page-3',
    'cmi.core.score.raw': '50',
    'cmi.core.score.max': '100',
    'cmi.suspend_data': 'state',
    'cmi.core.session_time': '0000:10:00',
    'cmi.interactions.0.id': 'q1',
    'cmi.interactions.0.type': 'choice',
    'cmi.interactions.0.student_response': 'a',
    'cmi.interactions.0.correct_responses.0.pattern': 'b',
    'cmi.interactions.0.result': 'wrong',
    'cmi.interactions.1.id': 'q2',
    'cmi.interactions.1.type': 'true-false',
    'cmi.interactions.1.student_response': 't',
    'cmi.interactions.1.result': 'correct',
  },
  '2004': {
    'cmi.exit': 'suspend',
    'cmi.completion_status': 'incomplete',
    'cmi.success_status': 'failed',
    'cmi.location': 'page-3',
    'cmi.progress_measure': '0.5',
    'cmi.score.raw': '50',
    'cmi.score.max': '100',
    'cmi.score.scaled': '0.5',
    'cmi.suspend_data': 'state',
    'cmi.session_time': 'PT10M',
    'cmi.interactions.0.id': 'q1',
    'cmi.interactions.0.type': 'choice',
    'cmi.interactions.0.learner_response': 'a[,]b',
    'cmi.interactions.0.correct_responses.0.pattern': 'a[,]c',
    'cmi.interactions.0.result': 'incorrect',
    'cmi.interactions.1.id': 'q2',
    'cmi.interactions.1.type': 'true-false',
    'cmi.interactions.1.learner_response': 'true',
    'cmi.interactions.1.result': 'correct',
    'cmi.objectives.0.id': 'T1',
    'cmi.objectives.0.score.scaled': '0.5',
  },
} as const satisfies Record<Edition, Record<string, string>>;

const NAMES = {
  '1.2': { core: 'cmi.core', session: '0000:02:30', totals: ['00:10:00', '00:12:30'] },
  '2004': { core: 'cmi', session: 'PT2M30S', totals: ['PT10M', 'PT12M30S'] },
} as const;

describe.each(['1.2', '2004'] as const)('a session in SCORM %s', (edition) => {
  const { core, session, totals } = NAMES[edition];

  it('begins with what the LMS knows', () => {
    const course = new Desk(edition).open().begin();
    expect(course.get(`${core}.entry`)).toBe('ab-initio');
    expect(course.get(`${core}.credit`)).toBe('credit');
    expect(course.get('cmi.launch_data')).toBe('from the manifest');
    expect(course.get(edition === '1.2' ? 'cmi.core.lesson_mode' : 'cmi.mode')).toBe('normal');
    expect(course.get(edition === '1.2' ? 'cmi.core.student_name' : 'cmi.learner_name')).toBe(
      'Sample, Learner',
    );
    expect(
      course.get(edition === '1.2' ? 'cmi.student_data.mastery_score' : 'cmi.scaled_passing_score'),
    ).toBe(edition === '1.2' ? '80' : '0.8');
  });

  it('stores at commit and at the end, and is resumed with time counted once', () => {
    const desk = new Desk(edition);
    const first = desk.open().begin().set(FIRST_SESSION[edition]);
    expect(first.recording.snapshot()).toMatchObject({ state: 'running', unsaved: true, lastCommit: null });
    expect(first.call('Commit', '')).toBe('true');
    expect(first.recording.snapshot()).toMatchObject({ unsaved: false, lastCommit: { stored: true } });
    expect(first.end()).toBe('true');
    expect(first.recording.snapshot().state).toBe('ended');
    expect(desk.commits.map(({ ends }) => ends)).toEqual([false, true]);
    expect(desk.commits[1]?.values).toMatchObject({ [`${core}.total_time`]: totals[0] });
    expect(nextLaunch(edition, desk.record)).toBe('resume');

    const second = desk.open().begin();
    expect(second.recording.launch).toMatchObject({ attempt: 1, entry: 'resume' });
    expect(second.recording.snapshot().notRestored).toEqual([]);
    expect(second.get(`${core}.entry`)).toBe('resume');
    expect(second.get(`${core}.total_time`)).toBe(totals[0]);
    expect(second.get('cmi.suspend_data')).toBe('state');
    expect(second.get(`${core}.score.raw`)).toBe('50');
    expect(second.get('cmi.interactions._count')).toBe('2');
    second.set({ 'cmi.interactions.2.id': 'q3', [`${core}.session_time`]: session });
    expect(second.call('Commit', '')).toBe('true');
    expect(second.end()).toBe('true');

    const stored = desk.record?.attempts[0]?.values ?? {};
    expect(stored[`${core}.total_time`]).toBe(totals[1]);
    expect(readResults(edition, stored).interactions.map(({ id }) => id)).toEqual(['q1', 'q2', 'q3']);
    expect(stored).not.toHaveProperty([`${core}.exit`]);
  });

  it('counts the time of a session that never ended, up to its last commit', () => {
    const desk = new Desk(edition);
    desk.open().begin().set(FIRST_SESSION[edition]).call('Commit', '');
    expect(desk.record?.attempts[0]?.sessions[0]?.ended).toBe(false);
    const next = desk.open().begin();
    expect(next.get(`${core}.total_time`)).toBe(totals[0]);
  });

  it('says false when a commit was not stored, and true when it is tried again', () => {
    const desk = new Desk(edition);
    const course = desk.open().begin().set(FIRST_SESSION[edition]);
    desk.working = false;
    expect(course.call('Commit', '')).toBe('false');
    expect(course.call('GetLastError')).toBe(edition === '1.2' ? '101' : '391');
    expect(course.end()).toBe('false');
    expect(course.recording.snapshot()).toMatchObject({
      state: 'running',
      unsaved: true,
      lastCommit: { stored: false },
    });
    desk.working = true;
    expect(course.end()).toBe('true');
    expect(desk.record?.attempts[0]).toMatchObject({ sessions: [{ ended: true }] });
  });

  it('logs each call with its outcome, and does not disturb the error it tells of', () => {
    const course = new Desk(edition).open().begin();
    course.call('SetValue', 'cmi.no_such_element', 1);
    const asked = course.call('GetLastError');
    course.call('GetErrorString', asked);
    course.call('GetDiagnostic', '');
    expect(asked).toBe('401');
    const [initialize, refused, ...rest] = course.recording.snapshot().calls;
    expect(initialize).toMatchObject({ number: 1, args: [''], result: 'true', error: '0', errorText: '' });
    expect(refused).toMatchObject({
      number: 2,
      method: edition === '1.2' ? 'LMSSetValue' : 'SetValue',
      args: ['cmi.no_such_element', '1'],
      result: 'false',
      error: '401',
    });
    expect(refused?.latency).toBeGreaterThanOrEqual(0);
    expect(refused?.errorText).not.toBe('');
    expect(rest.map(({ error }) => error)).toEqual(['0', '0', '0']);
  });

  it('offers exactly the eight functions', () => {
    const { api } = new Desk(edition).open().recording;
    expect(Object.keys(api)).toHaveLength(8);
    expect(Object.isFrozen(api)).toBe(true);
  });
});

describe('the next launch', () => {
  it('hands SCORM 2004 data back only after the exit "suspend"', () => {
    const desk = new Desk('2004');
    desk
      .open()
      .begin()
      .set({ ...FIRST_SESSION['2004'], 'cmi.exit': 'normal' })
      .end();
    expect(nextLaunch('2004', desk.record)).toBe('start-again');
    const next = desk.open().begin();
    expect(next.recording.launch).toMatchObject({ attempt: 2, entry: 'ab-initio' });
    expect(next.get('cmi.location')).toBe('');
    expect(desk.record?.attempts[0]?.values).toMatchObject({ 'cmi.location': 'page-3' });
  });

  it('hands SCORM 1.2 data back after any exit, with an empty entry', () => {
    const desk = new Desk('1.2');
    desk
      .open()
      .begin()
      .set({ ...FIRST_SESSION['1.2'], 'cmi.core.exit': '' })
      .end();
    const next = desk.open().begin();
    expect(next.recording.launch).toMatchObject({ attempt: 1, entry: '' });
    expect(next.get('cmi.core.entry')).toBe('');
    expect(next.get('cmi.core.lesson_location')).toBe('page-3');
  });

  it('leaves the status to the course: the mastery score does not override it', () => {
    const desk = new Desk('1.2');
    desk.open().begin().set({ 'cmi.core.score.raw': '90', 'cmi.core.lesson_status': 'incomplete' }).end();
    expect(desk.record?.attempts[0]?.values['cmi.core.lesson_status']).toBe('incomplete');
  });
});

it('shows reading an unset element of SCORM 2004 quietly, and every other error loudly', () => {
  const course = new Desk('2004').open().begin();
  expect(course.get('cmi.location')).toBe('');
  course.get('cmi.exit');
  expect(course.recording.snapshot().calls.map(toneOf)).toEqual(['plain', 'quiet', 'loud']);
});

it('reads results under one set of names', () => {
  const results12 = readResults('1.2', FIRST_SESSION['1.2']);
  expect(results12.statuses).toEqual([{ label: 'Lesson status', value: 'failed', tone: 'bad' }]);
  expect(describeScore(results12)).toBe('50 of 100');
  expect(results12.interactions[0]).toMatchObject({ response: 'a', correct: 'b', result: 'wrong' });
  const results2004 = readResults('2004', FIRST_SESSION['2004']);
  expect(results2004).toMatchObject({ location: 'page-3', progressMeasure: '0.5', exit: 'suspend' });
  expect(describeScore(results2004)).toBe('50 of 100 · 0.5 scaled');
  expect(describeScore(readResults('2004', {}))).toBe('');
});

describe('storing a commit from the page', () => {
  const launch = new Desk('2004').open().recording.launch satisfies Launch;
  const commit: Commit = { session: launch.session, ends: false, values: { 'cmi.exit': 'suspend' } };
  const sendBeacon = vi.fn(() => true);

  function serverAnswers(answer: { status: number; text: string } | 'nothing'): void {
    class Request {
      status = 0;
      responseText = '';
      open = vi.fn();
      setRequestHeader = vi.fn();
      send(): void {
        if (answer === 'nothing') throw new DOMException('refused', 'NetworkError');
        this.status = answer.status;
        this.responseText = answer.text;
      }
    }
    vi.stubGlobal('XMLHttpRequest', Request);
    vi.stubGlobal('navigator', { sendBeacon });
  }

  afterEach(() => {
    vi.unstubAllGlobals();
    sendBeacon.mockClear();
  });

  it.each([
    ['stored', { status: 200, text: '{"stored":true}' }, true],
    ['not stored', { status: 409, text: '{"stored":false}' }, false],
    ['a log-in page', { status: 200, text: '<!doctype html>' }, false],
    ['an error', { status: 500, text: '' }, false],
    ['no answer', 'nothing', false],
  ] as const)('tells the course the truth about %s, without a beacon', (_name, answer, stored) => {
    serverAnswers(answer);
    expect(commitStore(launch, () => false)(commit)).toBe(stored);
    expect(sendBeacon).not.toHaveBeenCalled();
  });

  it('sends a beacon when the page is leaving and cannot wait', () => {
    serverAnswers('nothing');
    expect(commitStore(launch, () => true)(commit)).toBe(true);
    expect(sendBeacon).toHaveBeenCalledWith('/api/packages/default/course/attempts/1', expect.any(Blob));
    sendBeacon.mockReturnValueOnce(false);
    expect(commitStore(launch, () => true)(commit)).toBe(false);
  });
});
