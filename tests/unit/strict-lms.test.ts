import type Scorm12Type from 'scorm-again/scorm12';
import * as scorm12 from 'scorm-again/scorm12';
import type Scorm2004Type from 'scorm-again/scorm2004';
import * as scorm2004 from 'scorm-again/scorm2004';
import { describe, expect, it } from 'vitest';
import { type Edition, StrictLms } from '../fixtures/strict-lms.ts';

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
  it('are no violations', () => {
    const lms = running('2004', {}, { refuses: ['Commit', 'cmi.location'], lacks: ['cmi.score'] });
    expect(call(lms, 'Commit', '')).toBe('false');
    expect(error(lms)).toBe('391');
    expect(call(lms, 'SetValue', 'cmi.location', 'x')).toBe('false');
    expect(call(lms, 'SetValue', 'cmi.score.raw', '1')).toBe('false');
    expect(error(lms)).toBe('401');
    expect(lms.violations).toEqual([]);
  });

  it('results may be said otherwise, and calls may throw', () => {
    const lms = running('1.2', {}, { says: (ok) => (ok ? 1 : 0) });
    expect(call(lms, 'Commit', '')).toBe(1);
    lms.faults = { says: () => 'false' };
    expect([call(lms, 'Commit', ''), error(lms)]).toEqual(['false', '0']);
    lms.faults = { throws: ['Commit'] };
    expect(() => call(lms, 'Commit', '')).toThrow('LMSCommit of this LMS throws');
  });

  it('a commit may say that it kept what it lost', () => {
    const lms = running('1.2', {}, { loses: true });
    call(lms, 'SetValue', 'cmi.suspend_data', 'x');
    expect(call(lms, 'Commit', '')).toBe('true');
    expect(lms.relaunch().values).not.toHaveProperty('cmi.suspend_data');
  });
});
