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

/** SetValue of scorm-again, the run-time of many a real LMS. */
const realSetter = (edition: Edition) => {
  const real = edition === '1.2' ? new Scorm12API() : new Scorm2004API();
  const ask = (name: string, ...args: string[]): unknown =>
    Reflect.apply(Reflect.get(real, `${prefix(edition)}${name}`), real, args);
  ask('Initialize', '');
  return (element: string, value: string) => String(ask('SetValue', element, value));
};

/** Both the strict LMS and a real run-time take all of it. */
function expectTaken(edition: Edition, ...settings: Setting[]): StrictLms {
  const lms = running(edition);
  const setReal = realSetter(edition);
  for (const [element, value] of settings) {
    const strict = call(lms, 'SetValue', element, value);
    expect({ element, value, strict }).toEqual({ element, value, strict: 'true' });
    const real = setReal(element, value);
    expect({ element, value, real }).toEqual({ element, value, real: 'true' });
  }
  expect(lms.violations).toEqual([]);
  return lms;
}

/** The strict LMS refuses the last setting, remembers that it did, and has what it had. */
function expectRefused(code: number, edition: Edition, ...settings: Setting[]): void {
  const lms = running(edition);
  const last = settings.at(-1) ?? ['', ''];
  for (const [element, value] of settings.slice(0, -1)) call(lms, 'SetValue', element, value);
  expect(lms.violations).toEqual([]);
  const { values } = lms;
  const answer = call(lms, 'SetValue', ...last);
  expect([...last, answer, error(lms)]).toEqual([...last, 'false', String(code)]);
  expect(lms.violations).toEqual([expect.stringContaining(last[0])]);
  expect(lms.values).toEqual(values);
}

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
    expectTaken(edition, ...settings);
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
    expectRefused(code, edition, ...settings);
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

/** `count` entries, made from their numbers. */
const many = (count: number, entry: (number: number) => string, separator: string) =>
  Array.from({ length: count }, (_, number) => entry(number)).join(separator);
const ids = (count: number) => many(count, (number) => `a${number}`, '[,]');
const pairs = (count: number) => many(count, (number) => `a${number}[.]b`, '[,]');
const texts = (count: number) => many(count, (number) => `text ${number}`, '[,]');
const letters = [...'0123456789abcdefghijklmnopqrstuvwxyz'];

describe('A value of an interaction', () => {
  const rows: readonly [Edition, type: string, field: string, fits: string[], refused: string[]][] = [
    ['1.2', 'true-false', 'student_response', ['0', '1', 't', 'f'], ['', 'true', 'T']],
    ['1.2', 'true-false', 'correct_responses.0.pattern', ['0', '1', 't', 'f'], ['', 'true', 'T']],
    ['1.2', 'choice', 'student_response', ['a', letters.join(',')], ['', 'A', 'ab', 'a,', 'a, b', 'a,a']],
    ['1.2', 'choice', 'correct_responses.0.pattern', ['a', 'a,0'], ['', 'A', 'ab', 'a,', 'a[,]b', 'a,a']],
    [
      '1.2',
      'matching',
      'student_response',
      ['1.a', '1.a,2.b', many(64, () => '1.a', ',')],
      ['', '1', '1.', '1a', '1.A', '1.a,', '10.a', '1.a.b', many(65, () => '1.a', ',')],
    ],
    ['1.2', 'matching', 'correct_responses.0.pattern', ['1.a,2.b'], ['', '1', '1a', '1.a,', '1[.]a']],
    [
      '1.2',
      'sequencing',
      'student_response',
      ['a', 'c,a,b', many(128, () => 'a', ',')],
      ['', 'A', 'ab', 'a,', many(129, () => 'a', ',')],
    ],
    ['1.2', 'sequencing', 'correct_responses.0.pattern', ['a,b,c'], ['', 'A', 'ab', 'a,', 'a[,]b']],
    ['1.2', 'fill-in', 'student_response', ['', 'two words', x(255)], [x(256), 'é', 'two\nlines']],
    ['1.2', 'fill-in', 'correct_responses.0.pattern', ['two words', x(255)], [x(256), 'é', 'two\nlines']],
    ['1.2', 'numeric', 'student_response', ['0', '-12.5', '1000000000'], ['', '.5', '1e5', '1,5', '1:2']],
    ['1.2', 'numeric', 'correct_responses.0.pattern', ['-12.5'], ['', '.5', '1e5', '1,5', '1[:]2']],
    ['1.2', 'likert', 'student_response', ['', '0', 'z'], ['A', 'ab', 'a,b']],
    ['1.2', 'likert', 'correct_responses.0.pattern', ['', 'a'], ['A', 'ab', 'a,b']],
    [
      '1.2',
      'choice',
      'result',
      ['correct', 'wrong', 'unanticipated', 'neutral', '0.5', '999'],
      ['', 'incorrect', 'passed', '.5', '-1', '1000'],
    ],
    ['1.2', 'choice', 'weighting', ['1', '0.5', '-100', '100'], ['', 'one', '.5', '1e1', '101', '-101']],
    ['1.2', 'choice', 'objectives.0.id', [x(255)], ['', 'an objective', x(256)]],

    ['2004', 'true-false', 'learner_response', ['true', 'false'], ['', 't', '1', 'True']],
    ['2004', 'true-false', 'correct_responses.0.pattern', ['true', 'false'], ['', 't', '1', 'True']],
    [
      '2004',
      'choice',
      'learner_response',
      ['a', 'a.1_b', x(250), ids(36)],
      ['', 'a-b', 'a b', '.', 'a,b', 'a[,]', 'a[,]a', x(251), ids(37)],
    ],
    [
      '2004',
      'choice',
      'correct_responses.0.pattern',
      ['a', 'a.1_b', x(250), ids(36)],
      ['', 'a-b', 'a b', '.', 'a,b', 'a[,]', 'a[,]a', x(251), ids(37)],
    ],
    [
      '2004',
      'matching',
      'learner_response',
      ['a[.]b', 'a[.]b[,]a[.]c', pairs(36)],
      ['', 'a', 'a[.]', 'a.b', 'a[.]b[.]c', 'a[.]b[,]', 'a-b[.]c', `a[.]${x(251)}`, pairs(37)],
    ],
    [
      '2004',
      'matching',
      'correct_responses.0.pattern',
      ['a[.]b', 'a[.]b[,]a[.]c', pairs(36)],
      ['', 'a', 'a[.]', 'a.b', 'a[.]b[.]c', 'a[.]b[,]', 'a-b[.]c', 'a[.]b[,]a[.]b', pairs(37)],
    ],
    ['2004', 'sequencing', 'learner_response', ['b[,]a[,]b', ids(36)], ['', 'a-b', 'a[,]', x(251), ids(37)]],
    [
      '2004',
      'sequencing',
      'correct_responses.0.pattern',
      ['b[,]a', ids(36)],
      ['', 'a-b', 'a[,]', 'b[,]a[,]b', x(251), ids(37)],
    ],
    [
      '2004',
      'fill-in',
      'learner_response',
      ['', 'two words', 'a[,]a', `{lang=de-CH}${x(250)}`, texts(10)],
      [x(251), texts(11), 'two\nlines', '\ud83d', '{a', '{lang=}a', '{case_matters=true}a'],
    ],
    [
      '2004',
      'fill-in',
      'correct_responses.0.pattern',
      [
        'two words',
        `{lang=de-CH}${x(250)}`,
        '{case_matters=true}{order_matters=false}{lang=en}one[,]{lang=en}two',
        '{order_matters=true}{case_matters=false}one',
        texts(10),
      ],
      [
        x(251),
        texts(11),
        'two\nlines',
        ' one',
        'one[,]one',
        '{lang=}one',
        '{case_matters=yes}one',
        '{case_matters=true}{case_matters=true}one',
      ],
    ],
    [
      '2004',
      'long-fill-in',
      'learner_response',
      ['', 'one, two', `{lang=en}${x(4000)}`],
      [x(4001), 'two\nlines', '{a'],
    ],
    [
      '2004',
      'long-fill-in',
      'correct_responses.0.pattern',
      ['one two', `{lang=en}${x(4000)}`],
      [x(4001), 'two\nlines', 'one, two', 'one ', '{case_matters=true}one'],
    ],
    [
      '2004',
      'numeric',
      'learner_response',
      ['0', '-12.5', '99999.1234567'],
      ['', '.5', '1e-7', '1,5', '1[:]2', '100000', '1.12345678'],
    ],
    [
      '2004',
      'numeric',
      'correct_responses.0.pattern',
      ['-1[:]2.5', '5[:]5', '5[:]', '[:]5', '[:]'],
      ['', '5', '6[:]5', '.5[:]1', '1[:]2[:]3', '1:2'],
    ],
    ['2004', 'likert', 'learner_response', ['agree.1', x(250)], ['', 'a-b', 'a[,]b', x(251)]],
    ['2004', 'likert', 'correct_responses.0.pattern', ['agree.1', x(250)], ['', 'a-b', 'a[,]b', x(251)]],
    [
      '2004',
      'choice',
      'result',
      ['correct', 'incorrect', 'unanticipated', 'neutral', '-0.5', '9999'],
      ['', 'wrong', 'passed', '.5', '10000'],
    ],
    ['2004', 'choice', 'weighting', ['1', '-0.5'], ['', 'one', '.5', '1e1']],
    ['2004', 'choice', 'description', [`{lang=en}${x(250)}`], [x(251), 'two\nlines', '{a']],
    ['2004', 'choice', 'objectives.0.id', [x(4000)], ['', 'an objective', x(4001)]],
  ];

  it.each(rows)('has the form that SCORM %s wants: %s, %s', (edition, type, field, fits, refused) => {
    const element = `cmi.interactions.0.${field}`;
    for (const value of fits) expectTaken(edition, ...begun(type), [element, value]);
    for (const value of refused)
      expectRefused(edition === '1.2' ? 405 : 406, edition, ...begun(type), [element, value]);
  });

  it('has one of the types of its edition', () => {
    const type = 'cmi.interactions.0.type';
    for (const late of ['long-fill-in', 'other']) {
      expectTaken('2004', ...begun(late));
      expectRefused(405, '1.2', ['cmi.interactions.0.id', 'q1'], [type, late]);
    }
    expectTaken('1.2', ...begun('performance'));
    expectRefused(406, '2004', ['cmi.interactions.0.id', 'q1'], [type, 'multiple-choice']);
  });
});

describe('Entries of a collection', () => {
  const pattern = (index: number, value: string): Setting => [
    `cmi.interactions.0.correct_responses.${index}.pattern`,
    value,
  ];
  const served = (index: number, id: string): Setting => [`cmi.interactions.0.objectives.${index}.id`, id];
  const objective = (index: number, id = `o${index}`): Setting => [`cmi.objectives.${index}.id`, id];
  const response = { '1.2': 'student_response', '2004': 'learner_response' } as const;
  const setFails = { '1.2': 201, '2004': 351 } as const;
  const outOfOrder = { '1.2': 201, '2004': 408 } as const;
  const editions: readonly Edition[] = ['1.2', '2004'];

  const most: readonly [Edition, type: string, most: number, entry: (number: number) => string][] = [
    ['1.2', 'true-false', 1, () => 't'],
    ['1.2', 'choice', 10, (number) => letters[number] ?? ''],
    ['1.2', 'fill-in', 5, (number) => `text ${number}`],
    ['1.2', 'matching', 5, (number) => `1.${number}`],
    ['1.2', 'sequencing', 5, (number) => letters[number] ?? ''],
    ['1.2', 'likert', 1, () => 'a'],
    ['1.2', 'numeric', 1, String],
    ['1.2', 'performance', 5, (number) => `step ${number}`],
    ['2004', 'true-false', 1, () => 'true'],
    ['2004', 'choice', 10, (number) => `a${number}`],
    ['2004', 'fill-in', 5, (number) => `text ${number}`],
    ['2004', 'long-fill-in', 5, (number) => `text ${number}`],
    ['2004', 'matching', 5, (number) => `a[.]b${number}`],
    ['2004', 'sequencing', 5, (number) => `a${number}`],
    ['2004', 'likert', 1, () => 'a'],
    ['2004', 'numeric', 1, (number) => `${number}[:]`],
    ['2004', 'performance', 5, (number) => `step[.]a${number}`],
    ['2004', 'other', 1, () => 'anything'],
  ];

  it.each(most)('SCORM %s, %s: at most %i patterns', (edition, type, count, entry) => {
    const patterns = Array.from({ length: count + 1 }, (_, index) => pattern(index, entry(index)));
    expectTaken(edition, ...begun(type), ...patterns.slice(0, -1));
    expectRefused(setFails[edition], edition, ...begun(type), ...patterns);
  });

  it.each(editions)('SCORM %s: patterns of a choice and of a sequence differ', (edition) => {
    const list = (...entries: string[]) => entries.join(edition === '1.2' ? ',' : '[,]');
    const refuse = (...settings: Setting[]) => expectRefused(setFails[edition], edition, ...settings);
    const [ab, ba, ac] = [list('a', 'b'), list('b', 'a'), list('a', 'c')];
    expectTaken(edition, ...begun('choice'), pattern(0, ab), pattern(1, ac), pattern(0, ab));
    refuse(...begun('choice'), pattern(0, ab), pattern(1, ab));
    refuse(...begun('choice'), pattern(0, ab), pattern(1, ba));
    expectTaken(edition, ...begun('sequencing'), pattern(0, ab), pattern(1, ba), pattern(0, ab));
    refuse(...begun('sequencing'), pattern(0, ab), pattern(1, ab));
    expectTaken(edition, ...begun('fill-in'), pattern(0, 'a'), pattern(1, 'a'));
  });

  it.each(editions)('SCORM %s: an interaction serves at most ten objectives, and each once', (edition) => {
    const ten = Array.from({ length: 10 }, (_, index) => served(index, `o${index}`));
    expectTaken(edition, ...begun('choice'), ...ten, served(0, 'o0'));
    expectRefused(setFails[edition], edition, ...begun('choice'), ...ten, served(10, 'o10'));
    expectRefused(setFails[edition], edition, ...begun('choice'), served(0, 'o1'), served(1, 'o1'));
  });

  it.each(editions)('SCORM %s: no index is left out', (edition) => {
    const refuse = (...settings: Setting[]) => expectRefused(setFails[edition], edition, ...settings);
    refuse(['cmi.interactions.1.id', 'q1']);
    refuse(...begun('choice'), pattern(1, 'a'));
    refuse(...begun('choice'), pattern(0, 'a'), pattern(2, 'b'));
    refuse(...begun('choice'), served(1, 'o1'));
    refuse(objective(1));
    refuse(objective(0), objective(2));
    refuse(['cmi.objectives.00.id', 'o1']);
    expectTaken(edition, objective(0), objective(1), objective(2));
  });

  it.each(editions)('SCORM %s: the id comes first, then the type of an interaction', (edition) => {
    const refuse = (...settings: Setting[]) => expectRefused(outOfOrder[edition], edition, ...settings);
    const field = (name: string, value: string): Setting => [`cmi.interactions.0.${name}`, value];
    const id = field('id', 'q1');
    refuse(field('type', 'choice'));
    refuse(field(response[edition], 'a'));
    refuse(pattern(0, 'a'));
    refuse(served(0, 'o1'));
    refuse(id, field(response[edition], 'a'));
    refuse(id, pattern(0, 'a'));
    refuse(['cmi.objectives.0.score.raw', '1']);
    refuse([`cmi.objectives.0.${edition === '1.2' ? 'status' : 'success_status'}`, 'passed']);
    expectTaken(edition, id, field('type', 'choice'), field(response[edition], 'a'), pattern(0, 'a'));
    expectTaken(edition, objective(0), ['cmi.objectives.0.score.raw', '1']);
  });

  it.each(editions)('SCORM %s: ids of objectives differ, and stay what they are', (edition) => {
    expectTaken(edition, objective(0), objective(1), objective(0));
    expectRefused(setFails[edition], edition, objective(0), objective(1, 'o0'));
    expectRefused(setFails[edition], edition, objective(0), objective(0, 'other'));
  });

  it('SCORM 2004: there are at most a hundred objectives', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => objective(index));
    expectTaken('2004', ...hundred);
    expectRefused(351, '2004', ...hundred, objective(100));
  });
});

describe('A value of an objective', () => {
  const statuses = ['passed', 'completed', 'failed', 'incomplete', 'browsed'];
  const rows: readonly [Edition, field: string, fits: string[], refused: string[]][] = [
    ['1.2', 'score.raw', ['0', '79.99', '100'], ['', '-1', '100.01', '.5', '1e1']],
    ['1.2', 'score.min', ['0', '100'], ['', '-1', '100.01', '.5', '1e1']],
    ['1.2', 'score.max', ['0', '100'], ['', '-1', '100.01', '.5', '1e1']],
    ['1.2', 'status', statuses, ['', 'not attempted', 'unknown']],
    ['2004', 'score.scaled', ['-1', '0.5', '1'], ['', '-1.01', '1.01', '.5', '1e-1']],
    ['2004', 'score.raw', ['-5', '123.45'], ['', '.5', '1e1']],
    ['2004', 'score.min', ['-5', '123.45'], ['', '.5', '1e1']],
    ['2004', 'score.max', ['-5', '123.45'], ['', '.5', '1e1']],
    ['2004', 'success_status', ['passed', 'failed', 'unknown'], ['', 'completed']],
    [
      '2004',
      'completion_status',
      ['completed', 'incomplete', 'not attempted', 'unknown'],
      ['', 'passed', 'browsed'],
    ],
    ['2004', 'progress_measure', ['0', '0.3333', '1'], ['', '-0.1', '1.01', '.5']],
    ['2004', 'description', [x(250), 'Würde wahren'], [x(251), 'two\nlines', '{a']],
  ];

  it.each(rows)('has the form that SCORM %s wants: %s', (edition, field, fits, refused) => {
    const id: Setting = ['cmi.objectives.0.id', 'o1'];
    const element = `cmi.objectives.0.${field}`;
    for (const value of fits) expectTaken(edition, id, [element, value]);
    for (const value of refused) expectRefused(edition === '1.2' ? 405 : 406, edition, id, [element, value]);
  });

  it.each<[Edition, code: number, longest: number]>([
    ['1.2', 405, 255],
    ['2004', 406, 4000],
  ])('SCORM %s: its id has no space and is not too long', (edition, code, longest) => {
    expectTaken(edition, ['cmi.objectives.0.id', x(longest)]);
    for (const id of ['', ' ', 'an objective', 'Würde', x(longest + 1)])
      expectRefused(code, edition, ['cmi.objectives.0.id', id]);
  });
});

describe('Objectives', () => {
  const read = (lms: StrictLms, element: string) => [call(lms, 'GetValue', element), error(lms)];
  const told: Readonly<Record<Edition, Setting[]>> = {
    '1.2': [
      ['cmi.objectives.0.id', 'o1'],
      ['cmi.objectives.0.score.raw', '80'],
      ['cmi.objectives.0.status', 'passed'],
      ['cmi.objectives.1.id', 'o2'],
    ],
    '2004': [
      ['cmi.objectives.0.id', 'o1'],
      ['cmi.objectives.0.score.scaled', '0.8'],
      ['cmi.objectives.0.success_status', 'passed'],
      ['cmi.objectives.0.completion_status', 'completed'],
      ['cmi.objectives.0.progress_measure', '1'],
      ['cmi.objectives.0.description', 'First'],
      ['cmi.objectives.1.id', 'o2'],
    ],
  };

  it.each<Edition>(['1.2', '2004'])('can be looked up in the next launch (SCORM %s)', (edition) => {
    const first = expectTaken(edition, ...told[edition]);
    call(first, 'SetValue', edition === '1.2' ? 'cmi.core.exit' : 'cmi.exit', 'suspend');
    call(first, 'Terminate', '');
    const lms = first.relaunch();
    call(lms, 'Initialize', '');
    expect(read(lms, 'cmi.objectives._count')).toEqual(['2', '0']);
    for (const [element, value] of told[edition]) expect(read(lms, element)).toEqual([value, '0']);
    call(lms, 'SetValue', 'cmi.objectives.2.id', 'o3');
    expect(read(lms, 'cmi.objectives._count')).toEqual(['3', '0']);
    expect(lms.violations).toEqual([]);
    call(lms, 'SetValue', 'cmi.objectives.3.id', 'o1');
    expect(lms.violations).toHaveLength(1);
  });

  it('of which nobody has said anything are unknown in SCORM 2004, and empty in 1.2', () => {
    const lms = expectTaken('2004', ['cmi.objectives.0.id', 'o1']);
    expect(read(lms, 'cmi.objectives.0.success_status')).toEqual(['unknown', '0']);
    expect(read(lms, 'cmi.objectives.0.completion_status')).toEqual(['unknown', '0']);
    expect(read(lms, 'cmi.objectives.0.score.scaled')).toEqual(['', '403']);
    const older = expectTaken('1.2', ['cmi.objectives.0.id', 'o1']);
    expect(read(older, 'cmi.objectives.0.status')).toEqual(['', '0']);
    expect([...lms.violations, ...older.violations]).toEqual([]);
  });

  it.each<[Edition, string]>([
    ['1.2', '201'],
    ['2004', '301'],
  ])('are not read beyond their count (SCORM %s)', (edition, code) => {
    const lms = expectTaken(edition, ['cmi.objectives.0.id', 'o1']);
    expect(read(lms, 'cmi.objectives.1.id')).toEqual(['', code]);
    expect(lms.violations).toHaveLength(1);
    expect(read(lms, 'cmi.interactions.0.objectives._count')).toEqual(['', code]);
    expect(lms.violations).toHaveLength(2);
    // Unless the course was told another count.
    lms.faults = { misreads: { 'cmi.objectives._count': { says: '2' } } };
    expect(read(lms, 'cmi.objectives.1.id')).toEqual(['', code]);
    expect(lms.violations).toHaveLength(2);
  });

  it('may be there before the course in SCORM 2004: that of the manifest comes first', () => {
    const lms = running('2004', {}, { bringsObjective: 'primary' });
    expect(read(lms, 'cmi.objectives._count')).toEqual(['1', '0']);
    expect(read(lms, 'cmi.objectives.0.id')).toEqual(['primary', '0']);
    expect(read(lms, 'cmi.objectives.0.success_status')).toEqual(['unknown', '0']);
    call(lms, 'SetValue', 'cmi.objectives.1.id', 'o1');
    call(lms, 'SetValue', 'cmi.objectives.0.success_status', 'passed');
    call(lms, 'SetValue', 'cmi.exit', 'suspend');
    expect(lms.violations).toEqual([]);
    call(lms, 'SetValue', 'cmi.objectives.0.id', 'o1');
    expect(error(lms)).toBe('351');
    expect(lms.violations).toHaveLength(1);
    call(lms, 'Terminate', '');
    const objectives = { 'cmi.objectives.0.id': 'primary', 'cmi.objectives.1.id': 'o1' };
    expect(lms.relaunch().values).toMatchObject(objectives);
    expect(lms.relaunch({}, lms.faults).values).toMatchObject(objectives);
  });

  it('of the manifest are not there where the attempt has others, nor in SCORM 1.2', () => {
    const faults = { bringsObjective: 'primary' };
    const lms = running('2004', { 'cmi.objectives.0.id': 'o1' }, faults);
    expect(read(lms, 'cmi.objectives.0.id')).toEqual(['o1', '0']);
    expect(read(running('1.2', {}, faults), 'cmi.objectives._count')).toEqual(['0', '0']);
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
