import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InteractionContent } from '../../src/items/item.ts';
import { decimal, readNumber, readScaled } from '../../src/tracking/numbers.ts';
import { feedback, optionLetter, timeOfDay, timespan } from '../../src/tracking/scorm12/scorm12-format.ts';
import {
  description,
  response,
  timeInterval,
  timestamp,
} from '../../src/tracking/scorm2004/scorm2004-format.ts';

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

describe('Responses and the pattern of the right one', () => {
  const options = ['more', 'less', 'same'];
  const choice = (given: string[], correct: string[]): InteractionContent => ({
    type: 'choice',
    options,
    response: given,
    correct,
  });
  const judged = (given: boolean, correct: boolean): InteractionContent => ({
    type: 'true-false',
    response: given,
    correct,
  });

  it.each<[InteractionContent, readonly [string, string], readonly [string, string]]>([
    [choice(['less'], ['more']), ['b', 'a'], ['less', 'more']],
    [choice(['more', 'same'], ['less', 'same']), ['a,c', 'b,c'], ['more[,]same', 'less[,]same']],
    [judged(true, false), ['t', 'f'], ['true', 'false']],
    [judged(false, true), ['f', 't'], ['false', 'true']],
  ])('%j', (content, in12, in2004) => {
    expect([feedback(content, 'response'), feedback(content, 'correct')]).toEqual(in12);
    expect([response(content, 'response'), response(content, 'correct')]).toEqual(in2004);
  });

  it('SCORM 1.2 letters the options a to z, then 0 to 9', () => {
    const many = Array.from({ length: 36 }, (_, index) => `option_${index}`);
    expect(many.map((id) => optionLetter(many, id)).join('')).toBe('abcdefghijklmnopqrstuvwxyz0123456789');
  });

  it('up to 36 options are told apart and fit, however many are chosen', () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[a-z0-9_]{1,40}$/), { minLength: 2, maxLength: 36 });
    const chosen = ids.chain((all) => fc.subarray(all, { minLength: 1 }).map((some) => ({ all, some })));
    fc.assert(
      fc.property(chosen, ({ all, some }) => {
        const content: InteractionContent = { type: 'choice', options: all, response: some, correct: all };
        const letters = feedback(content, 'response');
        expect(letters).toMatch(/^[0-9a-z](,[0-9a-z])*$/);
        expect(new Set(letters.split(',')).size).toBe(some.length);
        expect(feedback(content, 'correct').length).toBeLessThanOrEqual(255);
        expect(response(content, 'response').split('[,]')).toEqual(some);
        expect(response(content, 'response')).toMatch(/^[\w.]+(\[,\][\w.]+)*$/);
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
  ])('%s', (_, text, expected) => {
    expect(description(text)).toBe(expected);
  });

  it('any text becomes one line of at most 250 characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        expect(description(text)).toMatch(/^[^\r\n]{0,250}$/);
        expect(description(text)).not.toMatch(/\p{Cs}/u);
      }),
    );
  });
});
