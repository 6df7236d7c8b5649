import fc from 'fast-check';
import type Scorm12Type from 'scorm-again/scorm12';
import * as scormAgain12 from 'scorm-again/scorm12';
import type Scorm2004Type from 'scorm-again/scorm2004';
import * as scormAgain2004 from 'scorm-again/scorm2004';
import { describe, expect, it } from 'vitest';
import { type Answer, newAttempt } from '../../src/attempt/attempt.ts';
import type { InteractionContent, Pairs } from '../../src/items/item.ts';
import type { Item, ItemResponse } from '../../src/items/items.ts';
import { decimal, readNumber, readScaled } from '../../src/tracking/numbers.ts';
import type { Writes } from '../../src/tracking/scorm-session.ts';
import { scorm12 } from '../../src/tracking/scorm12/scorm12-edition.ts';
import {
  correctPatterns as patterns12,
  studentResponse,
  timeOfDay,
  timespan,
} from '../../src/tracking/scorm12/scorm12-format.ts';
import { scorm2004 } from '../../src/tracking/scorm2004/scorm2004-edition.ts';
import {
  description,
  learnerResponse,
  correctPatterns as patterns2004,
  timeInterval,
  timestamp,
} from '../../src/tracking/scorm2004/scorm2004-format.ts';
import type { Interaction, Objective } from '../../src/tracking/session.ts';
import { interactionsOf } from '../../src/tracking/tracker.ts';
import { answeredItem, anyItem, anyOfKind } from '../fixtures/arbitrary-course.ts';
import { plainRules, smallCourse } from '../fixtures/small-course.ts';
import { type Edition, StrictLms } from '../fixtures/strict-lms.ts';

// scorm-again 3.4.3 declares default exports for its sub-paths and ships named ones.
const { Scorm12API } = scormAgain12 as unknown as { readonly Scorm12API: typeof Scorm12Type };
const { Scorm2004API } = scormAgain2004 as unknown as { readonly Scorm2004API: typeof Scorm2004Type };

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

describe('Durations', () => {
  it.each([
    [0, '0000:00:00.00', 'PT0H0M0S'],
    [9, '0000:00:00.00', 'PT0H0M0S'],
    [10, '0000:00:00.01', 'PT0H0M0.01S'],
    [99.99, '0000:00:00.09', 'PT0H0M0.09S'],
    [5 * second, '0000:00:05.00', 'PT0H0M5S'],
    [30_500, '0000:00:30.50', 'PT0H0M30.5S'],
    [minute - 1, '0000:00:59.99', 'PT0H0M59.99S'],
    [minute, '0000:01:00.00', 'PT0H1M0S'],
    [hour - 1, '0000:59:59.99', 'PT0H59M59.99S'],
    [hour + 5 * minute + 30_290, '0001:05:30.29', 'PT1H5M30.29S'],
    [1234 * hour, '1234:00:00.00', 'PT1234H0M0S'],
    [20_000 * hour, '9999:00:00.00', 'PT9999H0M0S'],
    [-5, '0000:00:00.00', 'PT0H0M0S'],
  ])('%d ms is %s in SCORM 1.2 and %s in SCORM 2004', (milliseconds, in12, in2004) => {
    expect(timespan(milliseconds)).toBe(in12);
    expect(timeInterval(milliseconds)).toBe(in2004);
  });

  const finite = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.nat(100 * hour));

  it('whatever their length, they are what both standards take', () => {
    fc.assert(
      fc.property(finite, (milliseconds) => {
        expect(timespan(milliseconds)).toMatch(/^\d{2,4}:[0-5]\d:[0-5]\d\.\d{2}$/);
        expect(timeInterval(milliseconds)).toMatch(/^PT\d{1,4}H[0-5]?\dM[0-5]?\d(\.\d{1,2})?S$/);
      }),
    );
  });

  it('both editions tell the same duration, to the hundredth of a second', () => {
    const parse = (text: string) => (text.match(/\d+(\.\d+)?/g) ?? []).map(Number);
    fc.assert(
      fc.property(fc.nat(1000 * hour), (milliseconds) => {
        expect(parse(timeInterval(milliseconds))).toEqual(parse(timespan(milliseconds)));
        const [hours = 0, minutes = 0, seconds = 0] = parse(timespan(milliseconds));
        const told = Math.round((hours * 3600 + minutes * 60 + seconds) * 100);
        expect(told).toBe(Math.floor(milliseconds / 10));
      }),
    );
  });
});

describe('Moments', () => {
  it('are a time of day on the learner’s own clock in SCORM 1.2', () => {
    expect(timeOfDay(new Date(2026, 0, 2, 3, 4, 5, 678).getTime())).toBe('03:04:05');
    expect(timeOfDay(new Date(2026, 6, 31, 23, 59, 59, 999).getTime())).toBe('23:59:59');
  });

  it('are a date and time in UTC without fraction and zone in SCORM 2004', () => {
    expect(timestamp(Date.UTC(2026, 0, 2, 3, 4, 5, 678))).toBe('2026-01-02T03:04:05');
    expect(timestamp(0)).toBe('1970-01-01T00:00:00');
  });

  it('at any time until 2038, they are what the standards take', () => {
    fc.assert(
      fc.property(fc.nat(Date.UTC(2038, 11, 31)), (at) => {
        expect(timeOfDay(at)).toMatch(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/);
        expect(timestamp(at)).toMatch(
          /^(19[7-9]\d|20[0-2]\d|203[0-8])-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/,
        );
        expect(Date.parse(`${timestamp(at)}Z`)).toBe(Math.floor(at / 1000) * 1000);
      }),
    );
  });
});

describe('Numbers', () => {
  it.each([
    [0, 2, '0'],
    [-0, 2, '0'],
    [1, 4, '1'],
    [100, 2, '100'],
    [79.996, 2, '79.99'],
    [0.57 * 100, 2, '57'],
    [(0.3 / 0.4) * 100, 2, '75'],
    [(2 / 3) * 100, 2, '66.66'],
    [2 / 3, 4, '0.6666'],
    [6 / 7, 4, '0.8571'],
    [0.000_000_4, 4, '0'],
    [-0.5, 2, '-0.5'],
    [-0.999_999, 4, '-0.9999'],
    [1.5, 0, '1'],
  ])('%d with %i decimals is %s: cut, not rounded', (value, digits, expected) => {
    expect(decimal(value, digits)).toBe(expected);
  });

  it('of ordinary size are plain decimals, never more than the value and hardly less', () => {
    const ordinary = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(ordinary, fc.integer({ min: 0, max: 6 }), (value, digits) => {
        const text = decimal(value, digits);
        expect(text).toMatch(/^\d+(\.\d{1,6})?$/);
        expect(text.split('.')[1]?.length ?? 0).toBeLessThanOrEqual(digits);
        expect(Number(text)).toBeLessThanOrEqual(value + 1e-6);
        expect(Number(text)).toBeGreaterThan(value - 10 ** -digits - 1e-6);
      }),
    );
  });

  it.each([
    ['85.71', 85.71],
    ['0', 0],
    ['', null],
    ['null', null],
    ['unknown', null],
    ['NaN', null],
    ['Infinity', null],
  ])('an LMS that says "%s" means %s', (text, expected) => {
    expect(readNumber(text)).toBe(expected);
  });

  it.each([
    ['85.71', 100, 0.8571],
    ['0.8', 1, 0.8],
    ['0', 100, 0],
    ['', 100, null],
    ['150', 100, null],
    ['-0.5', 1, null],
  ])('a score "%s" of %i is %s', (text, full, expected) => {
    expect(readScaled(text, full)).toBe(expected);
  });
});

/** When the questions were answered: the same reading of the clock wherever the test runs. */
const at: Readonly<Record<Edition, number>> = {
  '1.2': new Date(2026, 0, 2, 3, 4, 5).getTime(),
  '2004': Date.UTC(2026, 0, 2, 3, 4, 5),
};

/** The interaction of an answer in a quiz that holds this question alone. */
function interactionOf(edition: Edition, item: Item, response: ItemResponse): Interaction {
  const answer: Answer = { response, at: at[edition], latency: 12_340, tries: 0, judged: false };
  const quiz = { ...newAttempt.quiz, phase: 'submitted', tries: 1, answers: { [item.id]: answer } } as const;
  const [interaction] = interactionsOf({ ...smallCourse, items: [item] }, { ...newAttempt, quiz });
  if (!interaction) throw new Error('nothing to report');
  return interaction;
}

/** What the strict LMS, and a real run-time, have against writes that are made in this order. */
function complaints(edition: Edition, writes: Writes): string[] {
  const prefix = edition === '1.2' ? 'LMS' : '';
  const strict = new StrictLms(edition);
  const real = edition === '1.2' ? new Scorm12API() : new Scorm2004API();
  const ask = (api: object, name: string, ...args: string[]): unknown =>
    Reflect.apply(Reflect.get(api, prefix + name), api, args);
  for (const api of [strict.api, real]) ask(api, 'Initialize', '');
  const refused = writes.filter(([element, value]) => {
    ask(strict.api, 'SetValue', element, value);
    return ask(real, 'SetValue', element, value) !== 'true' || real.lastErrorCode !== '0';
  });
  return [...strict.violations, ...refused.map((write) => `scorm-again: ${write.join(' = ')}`)];
}

const below = (place: string, writes: Writes): Writes =>
  writes.map(([element, value]) => [`${place}.${element}`, value] as const);

/** What both editions set for an answer, below its interaction, as far as it depends on the question. */
interface Told {
  readonly type: string;
  readonly weighting?: string;
  readonly patterns: readonly string[];
  readonly response: string;
  readonly result: string;
}

const allOf = (patterns: readonly string[]): Writes =>
  patterns.map((pattern, index) => [`correct_responses.${index}.pattern`, pattern] as const);
const editions = {
  '1.2': {
    edition: scorm12,
    writes: ({ type, patterns, weighting = '1', response, result }: Told): Writes => [
      ['id', 'q-1'],
      ['type', type],
      ['objectives.0.id', 'less'],
      ['time', '03:04:05'],
      ...allOf(patterns),
      ['weighting', weighting],
      ['student_response', response],
      ['result', result],
      ['latency', '0000:00:12.34'],
    ],
  },
  '2004': {
    edition: scorm2004,
    writes: ({ type, patterns, weighting = '1', response, result }: Told): Writes => [
      ['id', 'q-1'],
      ['type', type],
      ['objectives.0.id', 'less'],
      ['timestamp', '2026-01-02T03:04:05'],
      ...allOf(patterns),
      ['weighting', weighting],
      ['learner_response', response],
      ['result', result],
      ['latency', 'PT0H0M12.34S'],
      ['description', 'What is it?'],
    ],
  },
} as const;

const base = {
  id: 'q-1',
  number: 1,
  takeaway: 'less',
  prompt: 'What is it?',
  weight: 1,
  rules: plainRules,
};
const partly = { ...base, rules: { ...plainRules, credit: 'partial' } } as const;
const numbered = (ids: readonly string[]) => ids.map((id, number) => ({ id, number }));
const choice = (multiple: boolean, ids: readonly string[], correct: readonly string[]): Item => ({
  ...partly,
  kind: 'choice',
  multiple,
  options: numbered(ids).map((option) => ({ ...option, correct: correct.includes(option.id) })),
});
const judged = (answer: boolean): Item => ({ ...base, weight: 2.5, kind: 'true-false', answer });
const matching = (pairs: Pairs, targets: readonly string[]): Item => ({
  ...partly,
  kind: 'matching',
  pairs: pairs.map(([id, target], number) => ({ id, number, target })),
  targets: numbered(targets),
});
const sequencing = (...ids: readonly string[]): Item => ({
  ...partly,
  kind: 'sequencing',
  options: numbered(ids),
});
const fillIn = (...accepted: readonly string[]): Item => ({ ...base, kind: 'fill-in', accepted });
const numeric = (answer: number, min = answer, max = answer): Item => ({
  ...base,
  kind: 'numeric',
  answer,
  min,
  max,
});
const likert = (...ids: readonly string[]): Item => ({
  ...base,
  weight: 0,
  kind: 'likert',
  options: numbered(ids),
});

const many = (name: string, count: number) => Array.from({ length: count }, (_, index) => `${name}_${index}`);
const thirtySix = many('option', 36);
const amounts = ['more', 'less', 'same'];
/** One target serves twice, one is left over. */
const states = matching(
  [
    ['cold', 'ice'],
    ['frozen', 'ice'],
    ['hot', 'fire'],
  ],
  ['fire', 'ice', 'air'],
);
const elevenPairs = many('source', 11).map((source): [string, string] => [source, 'all']);
const thirtySixPairs = thirtySix.map((source): [string, string] => [source, 'all']);

type Row = readonly [
  name: string,
  item: Item,
  response: ItemResponse,
  in12: Omit<Told, 'type' | 'weighting'>,
  in2004: Omit<Told, 'type' | 'weighting'>,
];

const rows: readonly Row[] = [
  [
    'choice of one, right',
    choice(false, amounts, ['more']),
    ['more'],
    { patterns: ['a'], response: 'a', result: 'correct' },
    { patterns: ['more'], response: 'more', result: 'correct' },
  ],
  [
    'choice of one, wrong',
    choice(false, amounts, ['more']),
    ['same'],
    { patterns: ['a'], response: 'c', result: 'wrong' },
    { patterns: ['more'], response: 'same', result: 'incorrect' },
  ],
  [
    'choice of several, right',
    choice(true, amounts, ['more', 'same']),
    ['more', 'same'],
    { patterns: ['a,c'], response: 'a,c', result: 'correct' },
    { patterns: ['more[,]same'], response: 'more[,]same', result: 'correct' },
  ],
  [
    'choice of several, right in part',
    choice(true, amounts, amounts),
    ['more', 'less'],
    { patterns: ['a,b,c'], response: 'a,b', result: '0.6666' },
    { patterns: ['more[,]less[,]same'], response: 'more[,]less', result: '0.6666' },
  ],
  [
    'choice of all of 36, lettered a to z and 0 to 9',
    choice(true, thirtySix, thirtySix),
    thirtySix,
    {
      patterns: [[...'abcdefghijklmnopqrstuvwxyz0123456789'].join(',')],
      response: [...'abcdefghijklmnopqrstuvwxyz0123456789'].join(','),
      result: 'correct',
    },
    { patterns: [thirtySix.join('[,]')], response: thirtySix.join('[,]'), result: 'correct' },
  ],
  [
    'true-false, right',
    judged(true),
    true,
    { patterns: ['t'], response: 't', result: 'correct' },
    { patterns: ['true'], response: 'true', result: 'correct' },
  ],
  [
    'true-false, wrong',
    judged(false),
    true,
    { patterns: ['f'], response: 't', result: 'wrong' },
    { patterns: ['false'], response: 'true', result: 'incorrect' },
  ],
  [
    'matching with a spare target and one that serves twice, right',
    states,
    [
      ['cold', 'ice'],
      ['frozen', 'ice'],
      ['hot', 'fire'],
    ],
    { patterns: ['1.b,2.b,3.a'], response: '1.b,2.b,3.a', result: 'correct' },
    {
      patterns: ['cold[.]ice[,]frozen[.]ice[,]hot[.]fire'],
      response: 'cold[.]ice[,]frozen[.]ice[,]hot[.]fire',
      result: 'correct',
    },
  ],
  [
    'matching, right in part',
    states,
    [
      ['cold', 'air'],
      ['frozen', 'air'],
      ['hot', 'fire'],
    ],
    { patterns: ['1.b,2.b,3.a'], response: '1.c,2.c,3.a', result: '0.3333' },
    {
      patterns: ['cold[.]ice[,]frozen[.]ice[,]hot[.]fire'],
      response: 'cold[.]air[,]frozen[.]air[,]hot[.]fire',
      result: '0.3333',
    },
  ],
  [
    'matching of eleven, numbered 1 to 9, then 0 and a',
    matching(elevenPairs, ['none', 'all']),
    elevenPairs,
    {
      patterns: ['1.b,2.b,3.b,4.b,5.b,6.b,7.b,8.b,9.b,0.b,a.b'],
      response: '1.b,2.b,3.b,4.b,5.b,6.b,7.b,8.b,9.b,0.b,a.b',
      result: 'correct',
    },
    {
      patterns: [elevenPairs.map((pair) => pair.join('[.]')).join('[,]')],
      response: elevenPairs.map((pair) => pair.join('[.]')).join('[,]'),
      result: 'correct',
    },
  ],
  [
    'matching of 36',
    matching(thirtySixPairs, ['none', 'all']),
    thirtySixPairs,
    {
      patterns: [[...'1234567890abcdefghijklmnopqrstuvwxyz'].map((one) => `${one}.b`).join(',')],
      response: [...'1234567890abcdefghijklmnopqrstuvwxyz'].map((one) => `${one}.b`).join(','),
      result: 'correct',
    },
    {
      patterns: [thirtySixPairs.map((pair) => pair.join('[.]')).join('[,]')],
      response: thirtySixPairs.map((pair) => pair.join('[.]')).join('[,]'),
      result: 'correct',
    },
  ],
  [
    'sequencing, right',
    sequencing('first', 'then', 'last'),
    ['first', 'then', 'last'],
    { patterns: ['a,b,c'], response: 'a,b,c', result: 'correct' },
    { patterns: ['first[,]then[,]last'], response: 'first[,]then[,]last', result: 'correct' },
  ],
  [
    'sequencing, right in part',
    sequencing('first', 'then', 'last'),
    ['first', 'last', 'then'],
    { patterns: ['a,b,c'], response: 'a,c,b', result: '0.3333' },
    { patterns: ['first[,]then[,]last'], response: 'first[,]last[,]then', result: '0.3333' },
  ],
  [
    'sequencing, the other way round',
    sequencing('first', 'then', 'last'),
    ['last', 'then', 'first'],
    { patterns: ['a,b,c'], response: 'c,b,a', result: 'wrong' },
    { patterns: ['first[,]then[,]last'], response: 'last[,]then[,]first', result: 'incorrect' },
  ],
  [
    'fill-in with alternatives',
    fillIn('Tea', 'Chai'),
    'chai!',
    { patterns: ['Tea', 'Chai'], response: 'chai!', result: 'correct' },
    { patterns: ['Tea', 'Chai'], response: 'chai!', result: 'correct' },
  ],
  [
    'fill-in, wrong',
    fillIn('Tea'),
    'Coffee, I’d say – or “milk”',
    { patterns: ['Tea'], response: 'Coffee, I\'d say - or "milk"', result: 'wrong' },
    { patterns: ['Tea'], response: 'Coffee, I’d say – or “milk”', result: 'incorrect' },
  ],
  [
    'fill-in with commas, at which a real run-time divides patterns',
    fillIn('Washington, D.C.', ','),
    'Washington, D.C.',
    { patterns: ['Washington, D.C.', ','], response: 'Washington, D.C.', result: 'correct' },
    { patterns: ['Washington; D.C.', ';'], response: 'Washington, D.C.', result: 'correct' },
  ],
  [
    'fill-in with more commas than a real run-time takes, and a brace behind one',
    fillIn('a'),
    'a,{b,c, d,e,f,g,h,i,j,k,l',
    { patterns: ['a'], response: 'a,{b,c, d,e,f,g,h,i,j,k,l', result: 'wrong' },
    { patterns: ['a'], response: 'a,(b,c, d,e,f,g,h,i,j;k;l', result: 'incorrect' },
  ],
  [
    'fill-in with more alternatives than an LMS has to keep',
    fillIn('one', 'two', 'three', 'four', 'five', 'six'),
    'six',
    { patterns: ['one', 'two', 'three', 'four', 'five'], response: 'six', result: 'correct' },
    { patterns: ['one', 'two', 'three', 'four', 'five'], response: 'six', result: 'correct' },
  ],
  [
    'fill-in of any script: SCORM 1.2 is ASCII',
    fillIn('São Tomé', 'चाय'),
    'Ångström 茶😀',
    {
      patterns: ['Sao Tome', '\\u091a\\u093e\\u092f'],
      response: 'Angstrom \\u8336\\ud83d\\ude00',
      result: 'wrong',
    },
    { patterns: ['São Tomé', 'चाय'], response: 'Ångström 茶😀', result: 'incorrect' },
  ],
  [
    'fill-in with what begins another text, or a language, in SCORM 2004',
    fillIn('{lang=en}a[,]b'),
    '{case_matters=true}a[,][,]b',
    { patterns: ['{lang=en}a[,]b'], response: '{case_matters=true}a[,][,]b', result: 'wrong' },
    { patterns: ['(lang=en}a[;]b'], response: '(case_matters=true}a[, ][, ]b', result: 'incorrect' },
  ],
  [
    'fill-in of half a character, and a line break that is no control character',
    fillIn('Tee'),
    `T\ud83d e\u2028a`,
    { patterns: ['Tee'], response: 'T\\ud83d e\\u2028a', result: 'wrong' },
    { patterns: ['Tee'], response: 'T\ufffd e a', result: 'incorrect' },
  ],
  [
    'numeric, exactly',
    numeric(7),
    7,
    { patterns: ['7'], response: '7', result: 'correct' },
    { patterns: ['7[:]7'], response: '7', result: 'correct' },
  ],
  [
    'numeric within a range, with decimals',
    numeric(0.7, 0.0001, 0.7),
    0.5751,
    { patterns: ['0.7'], response: '0.5751', result: 'correct' },
    { patterns: ['0.0001[:]0.7'], response: '0.5751', result: 'correct' },
  ],
  [
    'numeric below zero, at the end of the range',
    numeric(-2.5, -3.75, 0),
    -3.75,
    { patterns: ['-2.5'], response: '-3.75', result: 'correct' },
    { patterns: ['-3.75[:]0'], response: '-3.75', result: 'correct' },
  ],
  [
    'numeric, the largest number that may be given',
    numeric(99_999, -99_999, 99_999),
    1_000_000_000,
    { patterns: ['99999'], response: '1000000000', result: 'wrong' },
    { patterns: ['-99999[:]99999'], response: '99999', result: 'incorrect' },
  ],
  [
    'numeric, the smallest number that may be given',
    numeric(1e9, 123_456.7891, 1e9),
    -999_999_999.9999,
    { patterns: ['1000000000'], response: '-999999999.9999', result: 'wrong' },
    { patterns: ['99999[:]99999'], response: '-99999', result: 'incorrect' },
  ],
  [
    'likert: neither right nor wrong',
    likert('little', 'some', 'very'),
    'very',
    { patterns: [], response: 'c', result: 'neutral' },
    { patterns: [], response: 'very', result: 'neutral' },
  ],
  [
    'likert on a scale of 36',
    likert(...thirtySix),
    'option_35',
    { patterns: [], response: '9', result: 'neutral' },
    { patterns: [], response: 'option_35', result: 'neutral' },
  ],
];

describe.each<Edition>(['1.2', '2004'])('The interaction of an answer in SCORM %s', (edition) => {
  const { edition: its, writes } = editions[edition];
  const told = ([, item, , in12, in2004]: Row): Writes => {
    const weighting = { 'true-false': '2.5', likert: '0' }[item.kind as string] ?? '1';
    return writes({ type: item.kind, weighting, ...(edition === '1.2' ? in12 : in2004) });
  };

  it.each(rows.map((row) => [row[0], row] as const))('%s', (_, row) => {
    const interaction = interactionOf(edition, row[1], row[2]);
    expect(its.interaction(interaction)).toEqual(told(row));
    expect(complaints(edition, below('cmi.interactions.0', told(row)))).toEqual([]);
  });

  it('looks at every kind', () => {
    expect(new Set(rows.map(([, { kind }]) => kind))).toEqual(new Set(Object.keys(anyOfKind)));
  });

  it('serves as many objectives as it names', () => {
    const interaction = interactionOf(edition, judged(true), true);
    const objectives = its
      .interaction({ ...interaction, objectives: ['less', 'more'] })
      .filter(([element]) => element.startsWith('objectives'));
    expect(objectives).toEqual([
      ['objectives.0.id', 'less'],
      ['objectives.1.id', 'more'],
    ]);
  });

  it('of any question and any response is what a strict LMS takes, and a real run-time', {
    timeout: 30_000,
  }, () => {
    const weights = fc.double({ min: 0.01, max: 100, noNaN: true });
    fc.assert(
      fc.property(answeredItem(anyItem), weights, ({ item, response }, weight) => {
        const weighed = { ...item, weight: item.kind === 'likert' ? 0 : weight };
        const interaction = interactionOf(edition, weighed, response);
        const writes = below('cmi.interactions.0', its.interaction(interaction));
        expect(complaints(edition, writes)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('of any text that might have been written is what a strict LMS takes, and a real run-time', {
    timeout: 30_000,
  }, () => {
    const sign = fc.constantFrom(
      'a',
      ' ',
      ',',
      ';',
      '[',
      ']',
      '{',
      '}',
      '=',
      '.',
      ':',
      '\\',
      'ä',
      '😀',
      '\ud83d',
    );
    const text = fc
      .oneof(fc.string({ unit: sign, maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 300 }))
      .filter((any) => any.trim() !== '');
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 7 }), (response, correct) => {
        const content: InteractionContent = { type: 'fill-in', response, correct };
        const interaction = { ...interactionOf(edition, fillIn('a'), 'a'), content };
        const writes = below('cmi.interactions.0', its.interaction(interaction));
        expect(complaints(edition, writes)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('A text that is longer than an LMS takes', () => {
  const x = (length: number) => 'x'.repeat(length);
  const written = (response: string): InteractionContent => ({
    type: 'fill-in',
    response,
    correct: [response],
  });

  it.each([
    ['250 characters stay', x(250), x(250)],
    ['more are cut', x(251), x(250)],
    ['not in the middle of a character', `${x(249)}😀`, x(249)],
    ['but behind one', `${x(248)}😀y`, `${x(248)}😀`],
    ['without a space at the cut', `${x(249)} y`, x(249)],
  ])('in SCORM 2004: %s', (_, text, expected) => {
    expect(learnerResponse(written(text))).toBe(expected);
    expect(patterns2004(written(text))).toEqual([expected]);
  });

  it('is cut once it has grown by what tells [,] from the beginning of another text', () => {
    expect(learnerResponse(written(`[,]${x(247)}`))).toBe(`[, ]${x(246)}`);
  });

  it.each([
    ['255 characters stay', x(255), x(255)],
    ['more are cut', x(256), x(255)],
    ['not in the middle of what stands for a character', `${x(250)}茶`, x(250)],
    ['but behind it', `${x(249)}茶y`, `${x(249)}\\u8336`],
    ['nor of one that takes two', `${x(249)}😀`, x(249)],
  ])('in SCORM 1.2: %s', (_, text, expected) => {
    expect(studentResponse(written(text))).toBe(expected);
    expect(patterns12(written(text))).toEqual([expected]);
  });
});

describe('Letters for options in SCORM 1.2', () => {
  it('tell up to 36 apart, however many are chosen', () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[a-z0-9_]{1,40}$/), { minLength: 2, maxLength: 36 });
    const chosen = ids.chain((all) => fc.subarray(all, { minLength: 1 }).map((some) => ({ all, some })));
    fc.assert(
      fc.property(chosen, ({ all, some }) => {
        const content: InteractionContent = { type: 'choice', options: all, response: some, correct: all };
        const letters = studentResponse(content);
        expect(letters).toMatch(/^[0-9a-z](,[0-9a-z])*$/);
        expect(new Set(letters.split(',')).size).toBe(some.length);
        expect(patterns12(content)[0]?.length).toBeLessThanOrEqual(255);
        expect(learnerResponse(content).split('[,]')).toEqual(some);
      }),
    );
  });
});

describe.each<Edition>(['1.2', '2004'])('What has been reached of a takeaway, in SCORM %s', (edition) => {
  const objective: Objective = {
    id: 'less-is-more',
    description: 'Less\nis more.',
    scaled: 2 / 3,
    completion: 'completed',
    success: 'failed',
  };

  it.each<[string, Partial<Objective>, Writes, Writes]>([
    [
      'submitted and not passed',
      {},
      [
        ['id', 'less-is-more'],
        ['score.raw', '66.66'],
        ['status', 'failed'],
      ],
      [
        ['id', 'less-is-more'],
        ['description', 'Less is more.'],
        ['score.raw', '66.66'],
        ['score.scaled', '0.6666'],
        ['completion_status', 'completed'],
        ['success_status', 'failed'],
      ],
    ],
    [
      'passed, with a text that is too long and begins with a brace',
      { scaled: 1, success: 'passed', description: `{${'x'.repeat(300)}` },
      [
        ['id', 'less-is-more'],
        ['score.raw', '100'],
        ['status', 'passed'],
      ],
      [
        ['id', 'less-is-more'],
        ['description', `(${'x'.repeat(248)}…`],
        ['score.raw', '100'],
        ['score.scaled', '1'],
        ['completion_status', 'completed'],
        ['success_status', 'passed'],
      ],
    ],
  ])('%s', (_, change, in12, in2004) => {
    const writes = editions[edition].edition.objective({ ...objective, ...change });
    expect(writes).toEqual(edition === '1.2' ? in12 : in2004);
    expect(complaints(edition, below('cmi.objectives.0', writes))).toEqual([]);
  });

  it('is what a strict LMS takes, and a real run-time, whatever the score and the text', {
    timeout: 30_000,
  }, () => {
    const any = fc.record({
      id: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,59}$/),
      description: fc.string({ unit: 'binary', maxLength: 400 }),
      scaled: fc.double({ min: 0, max: 1, noNaN: true }),
      completion: fc.constantFrom('incomplete', 'completed'),
      success: fc.constantFrom('passed', 'failed'),
    });
    fc.assert(
      fc.property(any, (one) => {
        const { edition: its } = editions[edition];
        const writes = [...(its.objectiveBefore?.(one) ?? []), ...its.objective(one)];
        const [id, ...rest] = writes.toSorted(([a], [b]) => Number(b === 'id') - Number(a === 'id'));
        expect(complaints(edition, below('cmi.objectives.0', id ? [id, ...rest] : []))).toEqual([]);
      }),
    );
  });
});

describe('The description of a question in SCORM 2004', () => {
  it.each([
    ['a short one as it is', 'How much is less?', 'How much is less?'],
    ['without line breaks and double spaces', ' How much\r\nis  less?\n', 'How much is less?'],
    ['250 characters as they are', 'x'.repeat(250), 'x'.repeat(250)],
    ['a longer one cut, and shown as cut', 'x'.repeat(251), `${'x'.repeat(249)}…`],
    ['no half of a character at the cut', `${'x'.repeat(248)}😀😀`, `${'x'.repeat(248)}…`],
    ['no half of a character anywhere', 'How\ud83d much?', 'How\ufffd much?'],
    ['no brace at the beginning', '{a, b} is a set.', '(a, b} is a set.'],
  ])('%s', (_, text, expected) => {
    expect(description(text)).toBe(expected);
  });

  it('any text becomes one line of at most 250 characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(description(text)).toMatch(/^[^\r\n]{0,250}$/);
        expect(description(text)).not.toMatch(/\p{Cs}/u);
      }),
    );
  });
});
