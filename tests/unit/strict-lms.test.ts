import type Scorm12Type from 'scorm-again/scorm12';
import * as scorm12 from 'scorm-again/scorm12';
import type Scorm2004Type from 'scorm-again/scorm2004';
import * as scorm2004 from 'scorm-again/scorm2004';
import { describe, expect, it } from 'vitest';
import { type Edition, type Misreading, type Saying, StrictLms } from '../fixtures/strict-lms.ts';

// scorm-again 3.4.3 declares default exports for its sub-paths and ships named ones.
const { Scorm12API } = scorm12 as unknown as { readonly Scorm12API: typeof Scorm12Type };
const { Scorm2004API } = scorm2004 as unknown as { readonly Scorm2004API: typeof Scorm2004Type };

const prefix = (edition: Edition) => (edition === '1.2' ? 'LMS' : '');
const call = (lms: StrictLms, name: string, ...args: string[]): unknown => {
  const end = name === 'Terminate' && lms.edition === '1.2' ? 'Finish' : name;
  return lms.api[`${prefix(lms.edition)}${end}`]?.(...args);
};
const running = (
  edition: Edition,
  ...rest: ConstructorParameters<typeof StrictLms> extends [Edition, ...infer R] ? R : never
) => {
  const lms = new StrictLms(edition, ...rest);
  call(lms, 'Initialize', '');
  return lms;
};
const error = (lms: StrictLms) => call(lms, 'GetLastError');

type Setting = readonly [element: string, value: string];

/** An interaction begun as it has to be. */
const begun = (type: string): Setting[] => [
  ['cmi.interactions.0.id', 'q1'],
  ['cmi.interactions.0.type', type],
];

const x = (length: number) => 'x'.repeat(length);

describe('The strict LMS takes what both the standard and a real run-time take', () => {
  const taken: readonly [Edition, ...Setting[]][] = [
    ['1.2', ['cmi.core.lesson_status', 'incomplete']],
    ['1.2', ['cmi.core.exit', 'suspend']],
    ['1.2', ['cmi.core.exit', '']],
    ['1.2', ['cmi.core.score.raw', '79.99']],
    ['1.2', ['cmi.core.session_time', '0001:05:30.29']],
    ['1.2', ['cmi.suspend_data', x(4096)]],
    ['1.2', ['cmi.core.lesson_location', x(255)]],
    ['1.2', ...begun('choice'), ['cmi.interactions.0.student_response', 'a,c']],
    ['1.2', ...begun('true-false'), ['cmi.interactions.0.correct_responses.0.pattern', 't']],
    ['1.2', ...begun('choice'), ['cmi.interactions.0.result', 'wrong']],
    ['1.2', ...begun('choice'), ['cmi.interactions.0.time', '23:59:59']],
    ['1.2', ['cmi.objectives.0.id', 'o1'], ['cmi.objectives.0.status', 'passed']],
    ['2004', ['cmi.completion_status', 'incomplete']],
    ['2004', ['cmi.exit', 'normal']],
    ['2004', ['cmi.score.scaled', '-0.5']],
    ['2004', ['cmi.progress_measure', '0.3333']],
    ['2004', ['cmi.session_time', 'PT1H5M30.29S']],
    ['2004', ['cmi.session_time', 'P1DT0S']],
    ['2004', ['cmi.suspend_data', x(64_000)]],
    ['2004', ...begun('choice'), ['cmi.interactions.0.learner_response', 'more[,]less']],
    ['2004', ...begun('matching'), ['cmi.interactions.0.learner_response', 'a[.]b[,]c[.]d']],
    ['2004', ...begun('numeric'), ['cmi.interactions.0.correct_responses.0.pattern', '1[:]2.5']],
    ['2004', ...begun('choice'), ['cmi.interactions.0.timestamp', '2026-01-02T03:04:05']],
    ['2004', ...begun('choice'), ['cmi.interactions.0.timestamp', '2026-01-02T03:04:05.12Z']],
    ['2004', ...begun('choice'), ['cmi.interactions.0.description', x(250)]],
    ['2004', ...begun('choice'), ['cmi.interactions.0.objectives.0.id', 'o1']],
    ['2004', ['cmi.comments_from_learner.0.comment', 'Good.']],
  ];

  it.each(taken)('%s: %j %j', (edition, ...settings) => {
    const lms = running(edition);
    const real = edition === '1.2' ? new Scorm12API() : new Scorm2004API();
    const begin = edition === '1.2' ? 'LMSInitialize' : 'Initialize';
    const set = edition === '1.2' ? 'LMSSetValue' : 'SetValue';
    const ask = (name: string, ...args: string[]): unknown =>
      Reflect.apply(Reflect.get(real, name), real, args);
    ask(begin, '');
    for (const [element, value] of settings) {
      expect([element, call(lms, 'SetValue', element, value)]).toEqual([element, 'true']);
      expect([element, String(ask(set, element, value))]).toEqual([element, 'true']);
    }
    expect(lms.violations).toEqual([]);
  });
});

describe('The strict LMS refuses, and remembers that it did', () => {
  // The last setting of each row is the one that is refused.
  const refused: readonly [code: number, Edition, ...Setting[]][] = [
    [405, '1.2', ['cmi.core.lesson_status', 'not attempted']],
    [405, '1.2', ['cmi.core.exit', 'normal']],
    [405, '1.2', ['cmi.core.score.raw', '']],
    [405, '1.2', ['cmi.core.score.raw', '100.01']],
    [405, '1.2', ['cmi.core.score.raw', '1e1']],
    [405, '1.2', ['cmi.core.session_time', '1:05:30']],
    [405, '1.2', ['cmi.core.session_time', '00:00:30.123']],
    [405, '1.2', ['cmi.suspend_data', x(4097)]],
    [405, '1.2', ['cmi.suspend_data', 'é']],
    [405, '1.2', ['cmi.core.lesson_location', x(256)]],
    [403, '1.2', ['cmi.core.entry', 'resume']],
    [402, '1.2', ['cmi.interactions._count', '1']],
    [401, '1.2', ['cmi.progress_measure', '1']],
    [201, '1.2', ['cmi.interactions.1.id', 'q1']],
    [201, '1.2', ['cmi.interactions.0.type', 'choice']],
    [201, '1.2', ['cmi.interactions.0.id', 'q1'], ['cmi.interactions.0.result', 'correct']],
    [405, '1.2', ['cmi.interactions.0.id', 'a question']],
    [405, '1.2', ...begun('choice'), ['cmi.interactions.0.result', 'incorrect']],
    [405, '1.2', ...begun('choice'), ['cmi.interactions.0.student_response', 'more']],
    [405, '1.2', ...begun('choice'), ['cmi.interactions.0.student_response', 'a,a']],
    [405, '1.2', ...begun('true-false'), ['cmi.interactions.0.student_response', 'true']],
    [405, '1.2', ...begun('choice'), ['cmi.interactions.0.time', '24:00:00']],
    [406, '2004', ['cmi.exit', 'leave']],
    [406, '2004', ['cmi.score.scaled', '1.1']],
    [406, '2004', ['cmi.score.raw', '.5']],
    [406, '2004', ['cmi.score.raw', '1e-7']],
    [406, '2004', ['cmi.score.raw', '']],
    [406, '2004', ['cmi.progress_measure', '1.01']],
    [406, '2004', ['cmi.session_time', 'PT1.234S']],
    [406, '2004', ['cmi.session_time', 'PT']],
    [406, '2004', ['cmi.suspend_data', x(64_001)]],
    [406, '2004', ['cmi.completion_status', 'passed']],
    [404, '2004', ['cmi.mode', 'normal']],
    [404, '2004', ['cmi.interactions._count', '1']],
    [401, '2004', ['cmi.core.lesson_status', 'passed']],
    [351, '2004', ['cmi.interactions.1.id', 'q1']],
    [351, '2004', ['cmi.interactions.0.id', 'q1'], ['cmi.interactions.0.id', 'q2']],
    [408, '2004', ['cmi.interactions.0.type', 'choice']],
    [408, '2004', ['cmi.interactions.0.id', 'q1'], ['cmi.interactions.0.learner_response', 'a']],
    [408, '2004', ['cmi.interactions.0.id', 'q1'], ['cmi.interactions.0.description', 'Which?']],
    [406, '2004', ...begun('choice'), ['cmi.interactions.0.learner_response', 'a-b']],
    [406, '2004', ...begun('choice'), ['cmi.interactions.0.learner_response', 'a[,]a']],
    [406, '2004', ...begun('true-false'), ['cmi.interactions.0.learner_response', 't']],
    [406, '2004', ...begun('choice'), ['cmi.interactions.0.result', 'wrong']],
    [406, '2004', ...begun('choice'), ['cmi.interactions.0.timestamp', '2026-01-02T03:04:05.123Z']],
    [406, '2004', ...begun('choice'), ['cmi.interactions.0.timestamp', '2026-01-02T03:04:05Z']],
    [406, '2004', ...begun('choice'), ['cmi.interactions.0.description', 'two\nlines']],
    [406, '2004', ...begun('choice'), ['cmi.interactions.0.description', x(251)]],
    [
      351,
      '2004',
      ...begun('choice'),
      ['cmi.interactions.0.objectives.0.id', 'o1'],
      ['cmi.interactions.0.objectives.1.id', 'o1'],
    ],
    [351, '2004', ['cmi.objectives.0.id', 'o1'], ['cmi.objectives.1.id', 'o1']],
    [408, '2004', ['cmi.objectives.0.score.raw', '1']],
  ];

  it.each(refused)('with %i in SCORM %s: %j %j', (code, edition, ...settings) => {
    const lms = running(edition);
    const last = settings.at(-1) ?? ['', ''];
    for (const [element, value] of settings.slice(0, -1)) call(lms, 'SetValue', element, value);
    expect(lms.violations).toEqual([]);
    const { values } = lms;
    expect(call(lms, 'SetValue', ...last)).toBe('false');
    expect(error(lms)).toBe(String(code));
    expect(lms.violations).toEqual([expect.stringContaining(last[0])]);
    expect(lms.values).toEqual(values);
  });

  it.each<[Edition, string, number]>([
    ['1.2', 'cmi.core.exit', 404],
    ['1.2', 'cmi.interactions.0.id', 404],
    ['1.2', 'cmi.location', 401],
    ['2004', 'cmi.exit', 405],
    ['2004', 'cmi.session_time', 405],
    ['2004', 'cmi.core.lesson_location', 401],
  ])('in SCORM %s to read %s', (edition, element, code) => {
    const lms = running(edition);
    expect(call(lms, 'GetValue', element)).toBe('');
    expect(error(lms)).toBe(String(code));
    expect(lms.violations).toHaveLength(1);
  });

  it.each<[Edition, string, string, string]>([
    ['1.2', '301', '101', '301'],
    ['2004', '132', '103', '133'],
  ])('in SCORM %s calls at the wrong moment', (edition, before, twice, after) => {
    const lms = new StrictLms(edition);
    call(lms, 'SetValue', 'cmi.suspend_data', 'x');
    expect(error(lms)).toBe(before);
    call(lms, 'Initialize', '');
    call(lms, 'Initialize', '');
    expect(error(lms)).toBe(twice);
    call(lms, 'Terminate', '');
    call(lms, 'SetValue', 'cmi.suspend_data', 'x');
    expect(error(lms)).toBe(after);
    expect(lms.violations).toHaveLength(3);
    expect(lms.values).not.toHaveProperty('cmi.suspend_data');
  });

  it('functions without the empty string that the standards want', () => {
    const lms = running('1.2');
    expect(call(lms, 'Commit')).toBe('false');
    expect(lms.violations).toHaveLength(1);
  });
});

describe('Reading what nobody has set', () => {
  it('is an empty string without an error in SCORM 1.2', () => {
    const lms = running('1.2');
    expect([call(lms, 'GetValue', 'cmi.suspend_data'), error(lms)]).toEqual(['', '0']);
    expect(lms.violations).toEqual([]);
  });

  it('is an empty string with 403 in SCORM 2004, which is no fault of the course', () => {
    const lms = running('2004');
    expect([call(lms, 'GetValue', 'cmi.suspend_data'), error(lms)]).toEqual(['', '403']);
    expect(lms.violations).toEqual([]);
  });

  it('counts what there is', () => {
    const lms = running('2004');
    const count = () => call(lms, 'GetValue', 'cmi.interactions._count');
    expect(count()).toBe('0');
    for (const [element, value] of begun('choice')) call(lms, 'SetValue', element, value);
    expect(count()).toBe('1');
    expect(call(lms, 'GetValue', 'cmi.score._children')).toBe('scaled,raw,min,max');
  });
});

describe('The next launch', () => {
  it.each<Edition>(['1.2', '2004'])(
    'of a suspended attempt has its data and its time (SCORM %s)',
    (edition) => {
      const core = edition === '1.2' ? 'cmi.core' : 'cmi';
      const [spent, total] =
        edition === '1.2' ? ['0000:01:00.50', '0000:02:01.00'] : ['PT1M0.5S', 'PT0H2M1S'];
      let lms = running(edition);
      for (let launch = 0; launch < 2; launch++) {
        call(lms, 'SetValue', `${core}.exit`, 'suspend');
        call(lms, 'SetValue', `${core}.session_time`, spent);
        call(lms, 'SetValue', 'cmi.suspend_data', `launch ${launch}`);
        call(lms, 'Terminate', '');
        lms = lms.relaunch();
        call(lms, 'Initialize', '');
      }
      expect(call(lms, 'GetValue', `${core}.entry`)).toBe('resume');
      expect(call(lms, 'GetValue', `${core}.total_time`)).toBe(total);
      expect(call(lms, 'GetValue', 'cmi.suspend_data')).toBe('launch 1');
      expect(lms.violations).toEqual([]);
    },
  );

  it('of an attempt that was not suspended is a new attempt in SCORM 2004', () => {
    const lms = running('2004');
    call(lms, 'SetValue', 'cmi.exit', 'normal');
    call(lms, 'SetValue', 'cmi.suspend_data', 'old');
    call(lms, 'Terminate', '');
    expect(lms.relaunch().values).toMatchObject({ 'cmi.entry': 'ab-initio' });
    expect(lms.relaunch().values).not.toHaveProperty('cmi.suspend_data');
  });

  it('has nothing of what was never committed', () => {
    const lms = running('1.2');
    call(lms, 'SetValue', 'cmi.suspend_data', 'kept');
    call(lms, 'Commit', '');
    call(lms, 'SetValue', 'cmi.suspend_data', 'lost');
    expect(lms.relaunch().values['cmi.suspend_data']).toBe('kept');
  });
});

describe('Faults on demand', () => {
  /** Names of both editions for what the faults below are shown with. */
  const status = { '1.2': 'cmi.core.lesson_status', '2004': 'cmi.completion_status' } as const;
  const editions: readonly Edition[] = ['1.2', '2004'];
  const set = (lms: StrictLms, element: string, value: string) => call(lms, 'SetValue', element, value);

  it('are no violations', () => {
    const lms = running('2004', {}, { refuses: ['Commit', 'cmi.location'], lacks: ['cmi.score'] });
    expect(call(lms, 'Commit', '')).toBe('false');
    expect(error(lms)).toBe('391');
    expect(set(lms, 'cmi.location', 'x')).toBe('false');
    expect(set(lms, 'cmi.score.raw', '1')).toBe('false');
    expect(error(lms)).toBe('401');
    expect(lms.violations).toEqual([]);
  });

  it.each<[Saying, unknown, unknown]>([
    ['strings', 'true', 'false'],
    ['booleans', true, false],
    ['numbers', 1, 0],
    ['number strings', '1', '0'],
    ['capitals', 'True', 'False'],
    ['null', null, null],
    ['nothing', undefined, undefined],
    ['empty string', '', ''],
    ['always true', 'true', 'true'],
    ['always false', 'false', 'false'],
  ])('say yes and no as %s', (says, yes, no) => {
    const lms = running('1.2', {}, { says });
    expect(call(lms, 'Commit', '')).toBe(yes);
    lms.faults = { says, refuses: ['Commit'] };
    expect(call(lms, 'Commit', '')).toBe(no);
    expect(set(lms, 'cmi.suspend_data', 'x')).toBe(yes);
    expect(call(lms, 'GetValue', 'cmi.suspend_data')).toBe('x');
  });

  it('say it as a function does', () => {
    const lms = running('1.2', {}, { says: (ok) => (ok ? 'yes' : 'no') });
    expect(call(lms, 'Commit', '')).toBe('yes');
  });

  it.each(editions)('refuse the first calls of a function (SCORM %s)', (edition) => {
    const lms = new StrictLms(edition, {}, { refusesFirst: { Initialize: 2 } });
    const answers = [1, 2, 3].map(() => call(lms, 'Initialize', ''));
    expect(answers).toEqual(['false', 'false', 'true']);
    expect(call(lms, 'GetValue', status[edition])).not.toBe('');
    expect(lms.violations).toEqual([]);
  });

  it.each(editions)('deny what was done all the same (SCORM %s)', (edition) => {
    const lms = new StrictLms(edition, {}, { deniesDoing: ['Initialize', 'SetValue', 'Commit'] });
    expect([call(lms, 'Initialize', ''), error(lms)]).toEqual(['false', edition === '1.2' ? '101' : '102']);
    lms.faults = { ...lms.faults, refusesWith: 0 };
    expect([set(lms, 'cmi.suspend_data', 'x'), error(lms)]).toEqual(['false', '0']);
    expect([call(lms, 'Commit', ''), error(lms)]).toEqual(['false', '0']);
    expect(lms.kept['cmi.suspend_data']).toBe('x');
    // Trying once more is nothing that the course could know to be wrong.
    call(lms, 'Initialize', '');
    expect(lms.violations).toEqual([]);
  });

  it.each(editions)('of Initialize may be probed by reading, and by nothing else (SCORM %s)', (edition) => {
    const lms = new StrictLms(edition, {}, { refuses: ['Initialize'] });
    call(lms, 'Initialize', '');
    expect(call(lms, 'GetValue', status[edition])).toBe('');
    expect(lms.violations).toEqual([]);
    set(lms, 'cmi.suspend_data', 'x');
    expect(lms.violations).toHaveLength(1);
  });

  it('throw, at once or from a call on', () => {
    const lms = running('1.2', {}, { throws: ['GetValue'], throwsFrom: { Commit: 2 } });
    expect(() => call(lms, 'GetValue', 'cmi.suspend_data')).toThrow('LMSGetValue of this LMS throws');
    expect(call(lms, 'Commit', '')).toBe('true');
    expect(() => call(lms, 'Commit', '')).toThrow('LMSCommit of this LMS throws');
    expect(() => call(lms, 'Commit', '')).toThrow();
    expect(lms.calls.at(-1)).toMatchObject({ name: 'LMSCommit', result: undefined });
  });

  it('throw everywhere once the code behind the API is gone', () => {
    const lms = running('2004');
    lms.faults = { freed: true };
    expect(() => call(lms, 'Commit', '')).toThrow();
    expect(() => call(lms, 'GetLastError')).toThrow();
  });

  it.each(editions)('forget the session, at once or from a call on (SCORM %s)', (edition) => {
    const lms = running(edition);
    lms.faults = { expired: 3 };
    expect([set(lms, 'cmi.suspend_data', 'x'), call(lms, 'Commit', '')]).toEqual(['true', 'true']);
    expect([set(lms, 'cmi.suspend_data', 'y'), error(lms)]).toEqual(['false', '101']);
    expect([call(lms, 'GetValue', 'cmi.suspend_data'), error(lms)]).toEqual(['', '101']);
    expect([call(lms, 'Terminate', ''), error(lms)]).toEqual(['false', '101']);
    expect(lms.kept['cmi.suspend_data']).toBe('x');
    lms.faults = { expired: true };
    expect(call(lms, 'Commit', '')).toBe('false');
    expect(lms.violations).toEqual([]);
  });

  it.each(editions)('take less than the standard wants (SCORM %s)', (edition) => {
    const limits = { 'cmi.suspend_data': 10, 'cmi.interactions': 1, 'cmi.interactions.n.type': 0 };
    const lms = running(edition, {}, { limits });
    expect(set(lms, 'cmi.suspend_data', x(10))).toBe('true');
    expect(set(lms, 'cmi.suspend_data', x(11))).toBe('false');
    expect(set(lms, 'cmi.interactions.0.id', 'q1')).toBe('true');
    expect(set(lms, 'cmi.interactions.0.type', 'choice')).toBe('false');
    expect(set(lms, 'cmi.interactions.1.id', 'q2')).toBe('false');
    expect(lms.violations).toEqual([]);
  });

  it('say that a value is set, and leave it as it was', () => {
    const lms = running('1.2', {}, { ignores: ['cmi.suspend_data'] });
    expect(set(lms, 'cmi.suspend_data', 'x')).toBe('true');
    expect(call(lms, 'GetValue', 'cmi.suspend_data')).toBe('');
    lms.faults = { ignores: ['SetValue'] };
    for (const [element, value] of begun('choice')) expect(set(lms, element, value)).toBe('true');
    expect(lms.values).not.toHaveProperty('cmi.interactions.0.id');
    // The course has done everything in order, and cannot know.
    expect(lms.violations).toEqual([]);
  });

  it.each<[Misreading, unknown]>([
    [{ says: 'null' }, 'null'],
    [{ says: null }, null],
    [{ cutTo: 3 }, 'ä {'],
    [{ encoded: 'url' }, '%C3%A4%20%7B%7D'],
    [{ encoded: 'url twice' }, '%25C3%25A4%2520%257B%257D'],
    [{ encoded: 'latin-1' }, 'Ã¤ {}'],
    [{ encoded: 'html' }, expect.stringContaining('Log in')],
  ])('hand a value back as %j', (misreading, given) => {
    const lms = running(
      '2004',
      { 'cmi.suspend_data': 'ä {}' },
      { misreads: { 'cmi.suspend_data': misreading } },
    );
    expect(call(lms, 'GetValue', 'cmi.suspend_data')).toEqual(given);
    expect(lms.values['cmi.suspend_data']).toBe('ä {}');
  });

  it('lose what a commit says it has kept, always or so many times', () => {
    const lms = running('1.2', {}, { loses: true });
    set(lms, 'cmi.suspend_data', 'x');
    expect(call(lms, 'Commit', '')).toBe('true');
    expect(lms.relaunch().values).not.toHaveProperty('cmi.suspend_data');
    lms.faults = { loses: 2 };
    for (const kept of [undefined, undefined, 'x']) {
      expect(call(lms, 'Commit', '')).toBe('true');
      expect(lms.kept['cmi.suspend_data']).toBe(kept);
    }
  });

  it('keep the beginning of a value only', () => {
    const lms = running('1.2', {}, { keepsOnly: { 'cmi.suspend_data': 2 } });
    set(lms, 'cmi.suspend_data', 'abc');
    call(lms, 'Commit', '');
    expect(call(lms, 'GetValue', 'cmi.suspend_data')).toBe('abc');
    expect(lms.relaunch().values['cmi.suspend_data']).toBe('ab');
  });

  it.each<['until set' | 'until changed', string | undefined]>([
    ['until set', 'x'],
    ['until changed', undefined],
  ])('take values for sent that a failed commit did not bring, %s', (marksClean, afterSameAgain) => {
    let reached = true;
    const lms = running('1.2', {}, { marksClean }, { keep: () => reached });
    reached = false;
    set(lms, 'cmi.suspend_data', 'x');
    expect([call(lms, 'Commit', ''), error(lms)]).toEqual(['false', '101']);
    reached = true;
    call(lms, 'Commit', '');
    expect(lms.kept).not.toHaveProperty('cmi.suspend_data');
    set(lms, 'cmi.suspend_data', 'x');
    call(lms, 'Commit', '');
    expect(lms.kept['cmi.suspend_data']).toBe(afterSameAgain);
    set(lms, 'cmi.suspend_data', 'y');
    call(lms, 'Commit', '');
    expect(lms.kept['cmi.suspend_data']).toBe('y');
  });

  it('refuse, lie or throw where what keeps the data cannot be reached', () => {
    const keep = () => {
      throw new Error('no network');
    };
    const lms = running('2004', {}, {}, { keep });
    set(lms, 'cmi.location', 'x');
    expect([call(lms, 'Commit', ''), error(lms)]).toEqual(['false', '391']);
    lms.faults = { unreachable: 'says true' };
    expect(call(lms, 'Commit', '')).toBe('true');
    lms.faults = { unreachable: 'throws' };
    expect(() => call(lms, 'Commit', '')).toThrow();
    expect(lms.kept).not.toHaveProperty('cmi.location');
    lms.faults = {};
    expect([call(lms, 'Terminate', ''), lms.terminated]).toEqual(['false', true]);
  });

  it('keep everything waiting', () => {
    const waited: number[] = [];
    const lms = running('1.2', {}, { slow: { Commit: 300 } }, { wait: (time) => waited.push(time) });
    call(lms, 'Commit', '');
    expect(waited).toEqual([0, 300]);
    const busy = running('1.2', {}, { slow: { Commit: 20 } });
    const before = performance.now();
    call(busy, 'Commit', '');
    expect(performance.now() - before).toBeGreaterThanOrEqual(20);
  });

  it.each<[Edition, Readonly<Record<string, string>>, Setting[], Readonly<Record<string, string>>]>([
    [
      '1.2',
      { 'cmi.student_data.mastery_score': '90' },
      [
        ['cmi.core.lesson_status', 'passed'],
        ['cmi.core.score.raw', '85'],
      ],
      { 'cmi.core.lesson_status': 'failed' },
    ],
    [
      '1.2',
      { 'cmi.student_data.mastery_score': '80' },
      [
        ['cmi.core.lesson_status', 'incomplete'],
        ['cmi.core.score.raw', '85'],
      ],
      { 'cmi.core.lesson_status': 'passed' },
    ],
    ['1.2', {}, [], { 'cmi.core.lesson_status': 'completed' }],
    ['1.2', {}, [['cmi.core.lesson_status', 'incomplete']], { 'cmi.core.lesson_status': 'incomplete' }],
    [
      '2004',
      { 'cmi.completion_threshold': '0.5' },
      [
        ['cmi.completion_status', 'incomplete'],
        ['cmi.progress_measure', '0.6'],
      ],
      { 'cmi.completion_status': 'completed' },
    ],
    ['2004', {}, [['cmi.completion_status', 'incomplete']], { 'cmi.completion_status': 'incomplete' }],
  ])('override the status at the end (SCORM %s, %j)', (edition, values, settings, kept) => {
    const lms = running(edition, values, { overrides: true });
    for (const [element, value] of settings) set(lms, element, value);
    call(lms, 'Terminate', '');
    expect(lms.kept).toMatchObject(kept);
  });
});

describe('The record of calls', () => {
  it('has the time, and what the learner was doing', () => {
    let [clock, activity]: [number, string | undefined] = [5, undefined];
    const heard: string[] = [];
    const lms = new StrictLms(
      '1.2',
      {},
      {},
      {
        now: () => clock,
        activity: () => activity,
        onCall: ({ name }) => heard.push(name),
      },
    );
    call(lms, 'Initialize', '');
    [clock, activity] = [7, 'scrolling'];
    call(lms, 'Commit', '');
    expect(lms.calls.map(({ at, during }) => [at, during])).toEqual([
      [5, undefined],
      [7, 'scrolling'],
    ]);
    expect(heard).toEqual(['LMSInitialize', 'LMSCommit']);
  });

  it('names a commit that came while another one was under way', () => {
    const heard: string[] = [];
    const lms: StrictLms = running(
      '2004',
      {},
      {},
      {
        keep: () => {
          if (lms.calls.length < 3) call(lms, 'Commit', '');
          return true;
        },
        onViolation: (violation) => heard.push(violation),
      },
    );
    call(lms, 'GetLastError');
    call(lms, 'Commit', '');
    expect(lms.violations).toContain('Commit while another commit is under way');
    expect(heard).toEqual(lms.violations);
  });
});
