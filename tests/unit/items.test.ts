/** The kinds of question: which answers fit, what they earn, and how they are told to others. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toItem } from '../../src/items/authored-item.ts';
import type { ChoiceItem } from '../../src/items/choice.ts';
import { type FillInItem, fold, longestFillIn } from '../../src/items/fill-in.ts';
import type { ItemRules, ItemScore, Pairs } from '../../src/items/item.ts';
import {
  describeResponse,
  fromNumbers,
  type Item,
  type ItemResponse,
  readResponse,
  scoreItem,
  toNumbers,
} from '../../src/items/items.ts';
import type { LikertItem } from '../../src/items/likert.ts';
import type { MatchingItem } from '../../src/items/matching.ts';
import { type NumericItem, parseNumber } from '../../src/items/numeric.ts';
import type { SequencingItem } from '../../src/items/sequencing.ts';
import type { TrueFalseItem } from '../../src/items/true-false.ts';
import {
  answeredItem,
  anyChoice,
  anyItem,
  anyLikert,
  anyMatching,
  anyOfKind,
  anyScoredItem,
  anySequencing,
  begunResponseTo,
  responseTo,
  rightResponse,
} from '../fixtures/arbitrary-course.ts';
import { plainRules } from '../fixtures/small-course.ts';

const base = { takeaway: 't1', prompt: 'Which?', weight: 2, rules: plainRules };
const option = (id: string) => ({ id, number: 1 + 'abcdefg'.indexOf(id) });
const single: ChoiceItem = {
  ...base,
  id: 'one-of',
  number: 1,
  kind: 'choice',
  multiple: false,
  options: ['a', 'b', 'c'].map((id) => ({ ...option(id), correct: id === 'b' })),
};
const several: ChoiceItem = {
  ...base,
  id: 'some-of',
  number: 2,
  kind: 'choice',
  multiple: true,
  options: ['a', 'b', 'c'].map((id) => ({ ...option(id), correct: id !== 'b' })),
};
const statement: TrueFalseItem = { ...base, id: 'is-it', number: 3, kind: 'true-false', answer: false };
/** `a` and `b` go with the same target, `e` is left over. */
const pairing: MatchingItem = {
  ...base,
  id: 'which-with-which',
  number: 4,
  kind: 'matching',
  pairs: [
    { ...option('a'), target: 'f' },
    { ...option('b'), target: 'f' },
    { ...option('c'), target: 'd' },
  ],
  targets: ['d', 'e', 'f'].map(option),
};
const steps: SequencingItem = {
  ...base,
  id: 'in-which-order',
  number: 5,
  kind: 'sequencing',
  options: ['a', 'b', 'c'].map(option),
};
const word: FillInItem = {
  ...base,
  id: 'what-word',
  number: 6,
  kind: 'fill-in',
  accepted: ['Tech-Diplomacy', 'सूत्र'],
};
const number: NumericItem = {
  ...base,
  id: 'how-many',
  number: 7,
  kind: 'numeric',
  answer: 10,
  min: 9.5,
  max: 12,
};
const scale: LikertItem = {
  ...base,
  id: 'how-sure',
  number: 8,
  weight: 0,
  kind: 'likert',
  options: ['a', 'b', 'c'].map(option),
};

const withRules = <I extends Item>(item: I, rules: Partial<ItemRules>): I => ({
  ...item,
  rules: { ...item.rules, ...rules },
});
const partial = <I extends Item>(item: I): I => withRules(item, { credit: 'partial' });
const isPartial = ({ rules }: Item): boolean => rules.credit === 'partial';

const right = { state: 'scored', scaled: 1 };
const wrong = { state: 'scored', scaled: 0 };
const unanswered = { state: 'unanswered' };
const invalid = { state: 'invalid' };

/** What an answer earns; fails where it was not scored. */
function earned(item: Item, response: ItemResponse): number {
  const score: ItemScore = scoreItem(item, response);
  if (score.state !== 'scored') throw new Error(`${score.state}: ${JSON.stringify(response)}`);
  return score.scaled;
}

const pairs = (text: string): Pairs => text.split(' ').map((pair) => [pair.charAt(0), pair.charAt(1)]);

describe('An answer is right, wrong, missing or none at all, and these are four things', () => {
  it.each<[string, Item, ItemResponse | undefined, object]>([
    ['the right one of several options', single, ['b'], right],
    ['a wrong one of several options', single, ['a'], wrong],
    ['no option', single, undefined, unanswered],
    ['an option that is not there', single, ['z'], invalid],
    ['two options where one may be chosen', single, ['a', 'b'], invalid],
    ['an empty list, which is no answer a learner can give', single, [], invalid],
    ['all right options', several, ['a', 'c'], right],
    ['one right option of two: all or nothing', several, ['a'], wrong],
    ['all right options and a wrong one', several, ['a', 'b', 'c'], wrong],
    ['the same option twice', several, ['a', 'a'], invalid],
    ['none of several', several, undefined, unanswered],
    ['a truth value for a choice', several, true, invalid],
    ['the truth', statement, false, right],
    ['the opposite of the truth', statement, true, wrong],
    ['no judgement', statement, undefined, unanswered],
    ['a list for a statement', statement, ['true'], invalid],
    ['all pairs, of which two share a target', pairing, pairs('af bf cd'), right],
    ['a pair with the wrong target', pairing, pairs('af be cd'), wrong],
    ['some pairs: the answer is not finished', pairing, pairs('af cd'), unanswered],
    ['no pair', pairing, undefined, unanswered],
    ['an empty list of pairs', pairing, [], invalid],
    ['a pair with a target that is not there', pairing, pairs('af bf cz'), invalid],
    ['a source with two targets', pairing, pairs('af bf cd cd'), invalid],
    ['a source as a target', pairing, pairs('af bf ca'), invalid],
    ['the steps in their order', steps, ['a', 'b', 'c'], right],
    ['the steps in another order', steps, ['a', 'c', 'b'], wrong],
    ['a step that is missing', steps, ['a', 'b'], invalid],
    ['a step twice', steps, ['a', 'a', 'b'], invalid],
    ['no order', steps, undefined, unanswered],
    ['the word', word, 'Tech-Diplomacy', right],
    ['the word as somebody writes it', word, 'tèch diplomacy!', right],
    ['the word in another script', word, 'सूत्र', right],
    ['another word in that script, with the same consonants', word, 'सत्र', wrong],
    ['another word', word, 'Diplomacy', wrong],
    ['nothing but punctuation', word, '?', wrong],
    ['an empty text, which is no answer a learner can give', word, '', invalid],
    ['a text that is too long', word, 'x'.repeat(longestFillIn + 1), invalid],
    ['no word', word, undefined, unanswered],
    ['the number', number, 10, right],
    ['the least that is accepted', number, 9.5, right],
    ['the most that is accepted', number, 12, right],
    ['a little less', number, 9.4999, wrong],
    ['a little more', number, 12.0001, wrong],
    ['a number with too many decimals', number, 10.00001, invalid],
    ['a number that nobody can write out', number, Number.POSITIVE_INFINITY, invalid],
    ['no number at all', number, Number.NaN, invalid],
    ['nothing', number, undefined, unanswered],
    ['a place on the scale', scale, 'c', { state: 'unscored' }],
    ['a place that is not on the scale', scale, 'z', invalid],
    ['no place', scale, undefined, unanswered],
  ])('%s', (_, item, response, expected) => {
    expect(scoreItem(item, response)).toMatchObject(expected);
  });
});

describe('An answer that is right in part', () => {
  const four: ChoiceItem = {
    ...several,
    options: ['a', 'b', 'c', 'd'].map((id) => ({ ...option(id), correct: 'abc'.includes(id) })),
  };
  const even: ChoiceItem = {
    ...several,
    options: ['a', 'b', 'c', 'd'].map((id) => ({ ...option(id), correct: 'ab'.includes(id) })),
  };
  const five: SequencingItem = { ...steps, options: ['a', 'b', 'c', 'd', 'e'].map(option) };

  it.each<[string, Item, ItemResponse, number]>([
    ['one right option of three', four, ['a'], 1 / 3],
    ['two right options of three', four, ['a', 'b'], 2 / 3],
    ['a wrong option takes away its share of the wrong ones', even, ['a', 'b', 'c'], 1 / 2],
    ['everything chosen', several, ['a', 'b', 'c'], 0],
    ['everything chosen, though most of it is right', four, ['a', 'b', 'c', 'd'], 0],
    ['only a wrong option: never less than nothing', several, ['b'], 0],
    ['the wrong one of one', single, ['a'], 0],
    ['two pairs of three', pairing, pairs('af be cd'), 2 / 3],
    ['no pair of three', pairing, pairs('ad bd cf'), 0],
    ['one step of five in the wrong place', five, ['b', 'a', 'c', 'd', 'e'], 0.8],
    ['the first step last', five, ['b', 'c', 'd', 'e', 'a'], 0.2],
    ['all steps the wrong way round', five, ['e', 'd', 'c', 'b', 'a'], 0],
  ])('%s', (_, item, response, expected) => {
    expect(earned(partial(item), response)).toBeCloseTo(expected, 12);
    expect(earned(item, response)).toBe(0);
  });

  it('of several options: a right one more, or a wrong one less, never lowers the score', () => {
    const cases = answeredItem(anyChoice.map((item) => partial({ ...item, multiple: true })));
    fc.assert(
      fc.property(cases, ({ item, response }) => {
        if (item.kind !== 'choice' || !Array.isArray(response)) return;
        const before = earned(item, response);
        for (const { id, correct } of item.options) {
          const changed = response.includes(id)
            ? response.filter((chosen) => chosen !== id)
            : [...response, id];
          if (changed.length === 0) continue;
          const better = correct !== response.includes(id);
          const after = earned(item, changed);
          expect(better ? after - before : before - after).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('of pairs: each that is put right raises the score', () => {
    const cases = answeredItem(anyMatching.map(partial));
    fc.assert(
      fc.property(cases, ({ item, response }) => {
        if (item.kind !== 'matching') return;
        const made = new Map(response as Pairs);
        for (const { id, target } of item.pairs) {
          const mended: Pairs = [...new Map([...made, [id, target]])];
          const gain = earned(item, mended) - earned(item, response);
          if (made.get(id) === target) expect(gain).toBe(0);
          else expect(gain).toBeCloseTo(1 / item.pairs.length, 12);
        }
      }),
    );
  });

  it('of steps: two neighbours put right never lower the score, and raise it once it is more than chance', () => {
    const cases = answeredItem(anySequencing.map(partial));
    fc.assert(
      fc.property(cases, ({ item, response }) => {
        if (item.kind !== 'sequencing' || !Array.isArray(response)) return;
        const place = (id: unknown) => item.options.findIndex((option) => option.id === id);
        const before = earned(item, response);
        for (let index = 1; index < response.length; index += 1) {
          const [first, second] = [response[index - 1], response[index]];
          if (place(first) < place(second)) continue;
          const after = earned(item, response.toSpliced(index - 1, 2, second, first));
          expect(after).toBeGreaterThanOrEqual(before);
          if (before > 0) expect(after).toBeGreaterThan(before);
        }
      }),
    );
  });

  it('of steps: any order and the opposite one earn something once only', () => {
    const cases = answeredItem(anySequencing.map(partial));
    fc.assert(
      fc.property(cases, ({ item, response }) => {
        if (!Array.isArray(response)) return;
        expect(Math.min(earned(item, response), earned(item, response.toReversed()))).toBe(0);
      }),
    );
  });
});

describe('A saved answer is taken back only where it fits the question', () => {
  it.each<[string, Item, unknown, ItemResponse | undefined]>([
    ['an option', single, ['b'], ['b']],
    ['options, put into the author’s order', several, ['c', 'a'], ['a', 'c']],
    ['an option that has gone from the course', several, ['a', 'gone'], undefined],
    ['options where the question now takes one', single, ['a', 'b'], undefined],
    ['an option written as text', single, 'b', undefined],
    ['an option inside another list', single, [['b']], undefined],
    ['a statement judged false', statement, false, false],
    ['a statement judged by a word', statement, 'false', undefined],
    ['a statement judged by a number', statement, 0, undefined],
    ['pairs, put into the author’s order', pairing, pairs('cd af'), pairs('af cd')],
    ['a pair whose source has gone from the course', pairing, pairs('af zd'), undefined],
    ['a pair that is a text', pairing, ['af'], undefined],
    ['a pair of three', pairing, [['a', 'f', 'd']], undefined],
    ['steps, in the learner’s order', steps, ['c', 'a', 'b'], ['c', 'a', 'b']],
    ['steps without one that is new in the course', steps, ['a', 'b'], undefined],
    ['steps with one that has gone from the course', steps, ['a', 'b', 'c', 'gone'], undefined],
    ['a text as it was written', word, 'x  Ä ', undefined],
    ['a text with its spaces inside', word, 'x  Ä', 'x  Ä'],
    ['a text of two lines', word, 'x\ny', undefined],
    ['half a character', word, 'x\ud800', undefined],
    ['a number for a text', word, 7, undefined],
    ['a number', number, -0.5, -0.5],
    ['zero below zero', number, -0, 0],
    ['a number as text', number, '10', undefined],
    ['a number with more decimals than are kept', number, 1 / 3, undefined],
    ['the largest number', number, 1e9, 1e9],
    ['a larger number', number, 1e9 + 1, undefined],
    ['a place on the scale', scale, 'a', 'a'],
    ['a place in a list', scale, ['a'], undefined],
  ])('%s', (_, item, value, expected) => {
    expect(readResponse(item, value)).toStrictEqual(expected);
  });

  it('whatever JSON the saved state holds, reading and scoring it never throw', () => {
    fc.assert(
      fc.property(anyItem, fc.jsonValue(), (item, value) => {
        const read = readResponse(item, value);
        // Not read before: what is no answer is told from a wrong one.
        const { state } = scoreItem(item, value as ItemResponse);
        expect(state).toBe(read === undefined ? 'invalid' : scoreItem(item, read).state);
      }),
    );
  });

  it('values that are nearly answers are taken or refused, and never make it throw', () => {
    const nearly = anyItem.chain((item) => {
      const ids = fc.constantFrom('a', ...('options' in item ? item.options.map(({ id }) => id) : []));
      const both = item.kind === 'matching' ? [...item.pairs, ...item.targets].map(({ id }) => id) : ['a'];
      const value: fc.Arbitrary<unknown> = fc.oneof(
        fc.array(fc.oneof(ids, fc.constant(null))),
        fc.array(fc.oneof(fc.array(fc.constantFrom(...both), { maxLength: 3 }), fc.constant(null))),
        fc.double(),
        fc.string({ unit: 'binary' }),
        ids,
      );
      return fc.tuple(fc.constant(item), value);
    });
    fc.assert(
      fc.property(nearly, ([item, value]) => {
        const read = readResponse(item, value);
        if (read !== undefined) expect(scoreItem(item, read).state).not.toBe('invalid');
        else expect(scoreItem(item, value as ItemResponse).state).toBe('invalid');
      }),
      { numRuns: 1000 },
    );
  });

  it('every answer that a learner can give, also half of one, survives being saved', () => {
    fc.assert(
      fc.property(answeredItem(anyItem, begunResponseTo), ({ item, response }) => {
        const read = readResponse(item, JSON.parse(JSON.stringify(response)));
        expect(read).toBeDefined();
        expect(scoreItem(item, read)).toEqual(scoreItem(item, response));
      }),
    );
  });

  it('reading again what has been read changes nothing', () => {
    fc.assert(
      fc.property(answeredItem(anyItem, begunResponseTo), ({ item, response }) => {
        const read = readResponse(item, response);
        expect(readResponse(item, read)).toStrictEqual(read);
      }),
    );
  });
});

const { likert: _, ...scoredKinds } = anyOfKind;

describe.each(Object.entries(scoredKinds))('Scores of any %s question', (_, its) => {
  const items: fc.Arbitrary<Item> = its;

  it('are within 0 and 1, and where all counts one of the two', () => {
    fc.assert(
      fc.property(answeredItem(items), ({ item, response }) => {
        const scaled = earned(item, response);
        expect(scaled).toBeGreaterThanOrEqual(0);
        expect(scaled).toBeLessThanOrEqual(1);
        if (!isPartial(item)) expect([0, 1]).toContain(scaled);
      }),
    );
  });

  it('are full for the right answer, whatever counts, and none without one', () => {
    fc.assert(
      fc.property(items, (item) => {
        expect(scoreItem(item, rightResponse(item))).toEqual(right);
        expect(scoreItem(item, undefined)).toEqual(unanswered);
      }),
    );
  });
});

describe('Scores of any question', () => {
  it('are none where it has no right answer, whatever its rules say', () => {
    fc.assert(
      fc.property(answeredItem(anyLikert), ({ item, response }) => {
        expect(scoreItem(item, response)).toEqual({ state: 'unscored' });
        expect(scoreItem(item, undefined)).toEqual(unanswered);
      }),
    );
  });

  it('are full for no other answer than the right one, where there is one', () => {
    // A text may be written, and a number be near, in more ways than one.
    const exact = anyScoredItem.filter(({ kind }) => kind !== 'fill-in' && kind !== 'numeric');
    fc.assert(
      fc.property(answeredItem(exact), ({ item, response }) => {
        const same = JSON.stringify(readResponse(item, response)) === JSON.stringify(rightResponse(item));
        if (same) expect(earned(item, response)).toBe(1);
        else expect(earned(item, response)).toBeLessThan(1);
      }),
    );
  });

  it('of a number are full exactly within its range, ends included', () => {
    fc.assert(
      fc.property(answeredItem(anyOfKind.numeric), ({ item, response }) => {
        if (item.kind !== 'numeric' || typeof response !== 'number') return;
        expect(earned(item, response)).toBe(response < item.min || response > item.max ? 0 : 1);
      }),
    );
  });

  it('of a text are full for every accepted one, however it is capitalised and spaced', () => {
    fc.assert(
      fc.property(anyOfKind['fill-in'], fc.nat(), fc.nat(), (item, which, where) => {
        const text = item.accepted[which % item.accepted.length] ?? '';
        // The capitals of ancient Greek write an iota beside the letter that small ones write below it.
        fc.pre(!/[\u0345\u1f80-\u1fff]/.test(text));
        const at = where % (text.length + 1);
        for (const written of [
          text.toUpperCase(),
          text.toLowerCase(),
          `(${text})`,
          text.normalize('NFD'),
          // Not between the halves of a character.
          [...text].toSpliced(at, 0, ' . ').join(''),
        ]) {
          const response = written.trim();
          if (response.length <= longestFillIn) expect(scoreItem(item, response)).toEqual(right);
        }
      }),
    );
  });

  it('do not depend on the order in which options were chosen or pairs made', () => {
    const unordered = fc.oneof(
      anyChoice.map((item): Item => ({ ...item, multiple: true })),
      anyMatching,
    );
    const shuffled = answeredItem(unordered, begunResponseTo).chain(({ item, response }) => {
      const parts = response as readonly string[] | Pairs;
      return fc
        .shuffledSubarray<string | Pairs[number]>([...parts], { minLength: parts.length })
        .map((other) => ({ item, response, other: other as readonly string[] | Pairs }));
    });
    fc.assert(
      fc.property(shuffled, ({ item, response, other }) => {
        expect(scoreItem(item, other)).toEqual(scoreItem(item, response));
        expect(readResponse(item, other)).toEqual(readResponse(item, response));
      }),
    );
  });

  it('of pairs are none while one is missing', () => {
    fc.assert(
      fc.property(answeredItem(anyMatching, begunResponseTo), ({ item, response }) => {
        if (item.kind !== 'matching') return;
        const whole = (response as Pairs).length === item.pairs.length;
        expect(scoreItem(item, response).state).toBe(whole ? 'scored' : 'unanswered');
      }),
    );
  });
});

describe('What counts of a written answer', () => {
  it.each([
    ['case', 'Techdiplomacy', 'TECHDIPLOMACY'],
    ['a sharp s', 'Straße', 'STRASSE'],
    ['a capital sharp s', 'STRAẞE', 'Strasse'],
    ['a ligature', 'ﬁnance', 'finance'],
    ['accents', 'Čaputová, Zuzana', 'Caputova Zuzana'],
    ['accents, composed or not', 'é', 'e\u0301'],
    ['a dot above', 'İstanbul', 'istanbul'],
    ['Vietnamese tones', 'Việt Nam', 'Viet nam'],
    ['hyphens and dashes', 'state–led', 'state-led'],
    ['no hyphen', 'state-led', 'state led'],
    ['no space', 'state led', 'stateled'],
    ['kinds of spaces', 'a\u00a0b', 'a b'],
    ['quotation marks', '“techplomacy”', 'techplomacy'],
    ['apostrophes', 'Xi’an', "Xi'an"],
    ['full-width letters and digits', 'ＡＩ２０２４', 'AI 2024'],
    ['Greek accents, and the last sigma of a word', 'ΟΔΟΣ ΑΒ', 'οδός αβ'],
    ['a sigma before what does not count', 'ΑΣ Α', 'ασα'],
    ['half-width katakana', 'ﾃｯｸ', 'テック'],
    ['strokes and ligatures', 'Đà Nẵng, Tromsø, Łódź, Ægir', 'da nang tromso lodz aegir'],
    ['composed Hangul', '외교', '외교'.normalize('NFD')],
  ])('%s does not: %s is %s', (_, a, b) => {
    expect(fold(a)).toBe(fold(b));
  });

  it.each([
    ['a letter', 'diplomacy', 'diplomacie'],
    ['a digit', '5G', '6G'],
    ['the order of words', 'foreign policy', 'policy foreign'],
    ['a vowel sign of Devanagari', 'कि', 'की'],
    ['a vowel sign at all', 'कि', 'क'],
    ['a virama of Bengali', 'ক্ষ', 'কষ'],
    ['a tone mark of Thai', 'ใหม่', 'ใหม'],
    ['a voicing mark of kana', 'か', 'が'],
    ['a Chinese character', '外交', '外文'],
    ['a Hangul vowel', '외교', '왜교'],
  ])('%s does: %s is not %s', (_, a, b) => {
    expect(fold(a)).not.toBe(fold(b));
  });

  it('is letters, marks and digits, and is the same when it is folded again', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (text) => {
        expect(fold(text)).toMatch(/^[\p{L}\p{M}\p{N}]*$/u);
        expect(fold(fold(text))).toBe(fold(text));
        expect(fold(` ${text}! `)).toBe(fold(text));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('A number as people write it', () => {
  it.each([
    ['1500', 1500],
    ['1,500', 1500],
    ['1 500', 1500],
    ['1\u202f500', 1500],
    ['1’500', 1500],
    ['1,234,567.5', 1_234_567.5],
    ['3.5', 3.5],
    ['3,5', 3.5],
    ['12,34', 12.34],
    ['0,500', 0.5],
    ['.5', 0.5],
    [',5', 0.5],
    ['5.', 5],
    ['-4', -4],
    ['−4', -4],
    ['–4', -4],
    ['−1,500', -1500],
    [' 7 ', 7],
    ['007', 7],
    ['-0', 0],
    ['0.00004', 0],
    ['0.12345', 0.1235],
    ['1000000000', 1e9],
  ])('%j is %d', (text, expected) => {
    expect(parseNumber(text)).toBe(expected);
  });

  it.each([
    '',
    ' ',
    'abc',
    '1e5',
    '0x10',
    '1,5,0',
    '1,500,00',
    '12,3456,789',
    '1.5.0',
    '--4',
    '4-',
    '-',
    '.',
    ',',
    '5 %',
    '1000000000.1',
    'Infinity',
    'NaN',
  ])('%j is none', (text) => {
    expect(parseNumber(text)).toBeUndefined();
  });

  it('is read whatever the text, and what is read fits the question and is read again from its digits', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[-−]?[0-9,. ]{0,12}$/));
    fc.assert(
      fc.property(text, (any) => {
        const read = parseNumber(any);
        if (read === undefined) return;
        expect(readResponse(number, read)).toBe(read);
        expect(parseNumber(String(read))).toBe(read);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('A report describes an answer', () => {
  it.each<[string, Item, ItemResponse, object]>([
    [
      'with all options, the chosen and the right ones for a choice',
      several,
      ['b'],
      { type: 'choice', options: ['a', 'b', 'c'], response: ['b'], correct: ['a', 'c'] },
    ],
    [
      'with what was said and what is so for a statement',
      statement,
      true,
      { type: 'true-false', response: true, correct: false },
    ],
    [
      'with sources, targets and pairs for a matching',
      pairing,
      pairs('ae bf cd'),
      {
        type: 'matching',
        sources: ['a', 'b', 'c'],
        targets: ['d', 'e', 'f'],
        response: pairs('ae bf cd'),
        correct: pairs('af bf cd'),
      },
    ],
    [
      'with the order that was given and the right one for steps',
      steps,
      ['c', 'a', 'b'],
      {
        type: 'sequencing',
        options: ['a', 'b', 'c'],
        response: ['c', 'a', 'b'],
        correct: ['a', 'b', 'c'],
      },
    ],
    [
      'with the text as it was written and all that are accepted',
      word,
      'Tech',
      { type: 'fill-in', response: 'Tech', correct: ['Tech-Diplomacy', 'सूत्र'] },
    ],
    [
      'with the number and the range',
      number,
      11,
      { type: 'numeric', response: 11, correct: { answer: 10, min: 9.5, max: 12 } },
    ],
    [
      'with the scale, and nothing right, for a survey',
      scale,
      'b',
      { type: 'likert', options: ['a', 'b', 'c'], response: 'b' },
    ],
  ])('%s', (_, item, response, expected) => {
    expect(describeResponse(item, response)).toEqual(expected);
  });

  it('any answer can be described, and so that its score follows from the description', () => {
    fc.assert(
      fc.property(answeredItem(anyScoredItem), ({ item, response }) => {
        const read = readResponse(item, response) ?? response;
        const { type, ...described } = describeResponse(item, read);
        expect(type).toBe(item.kind);
        expect(described.response).toEqual(read);
        if (type === 'fill-in' || type === 'numeric' || !('correct' in described)) return;
        const same = JSON.stringify(described.response) === JSON.stringify(described.correct);
        expect(earned(item, response) === 1).toBe(same);
      }),
    );
  });
});

describe('An answer as numbers', () => {
  it.each(Object.entries(anyOfKind))('to a %s question comes back', (_, its) => {
    fc.assert(
      fc.property(answeredItem(its as fc.Arbitrary<Item>, begunResponseTo), ({ item, response }) => {
        const read = readResponse(item, response) ?? response;
        const { kind, numbers } = toNumbers(item, read);
        expect(numbers.length).toBeGreaterThan(0);
        expect(numbers.every((one) => Number.isInteger(one) && one >= 0 && one < 2 ** 16)).toBe(true);
        expect(fromNumbers(item, { kind, numbers })).toStrictEqual(read);
      }),
    );
  });

  it('has the kind that it always had', () => {
    const items = [single, statement, pairing, steps, word, number, scale];
    expect(items.map((item) => [item.kind, toNumbers(item, rightResponse(item)).kind])).toEqual([
      ['choice', 0],
      ['true-false', 1],
      ['matching', 2],
      ['sequencing', 3],
      ['fill-in', 4],
      ['numeric', 5],
      ['likert', 6],
    ]);
  });

  it('goes by the numbers of options, whatever their order has become', () => {
    const moved: ChoiceItem = { ...several, options: several.options.toReversed() };
    expect(toNumbers(several, ['a', 'c']).numbers).toEqual([1, 3]);
    expect(fromNumbers(moved, { kind: 0, numbers: [1, 3] })).toEqual(['c', 'a']);
    const anew: SequencingItem = { ...steps, options: steps.options.toReversed() };
    expect(fromNumbers(anew, toNumbers(steps, ['b', 'a', 'c']))).toEqual(['b', 'a', 'c']);
    const turned: MatchingItem = { ...pairing, pairs: pairing.pairs.toReversed() };
    expect(fromNumbers(turned, toNumbers(pairing, pairs('af bd')))).toEqual(pairs('bd af'));
  });

  it.each<[string, Item, number, number[]]>([
    ['an option that is gone', several, 0, [1, 9]],
    ['two options where one may be chosen', single, 0, [1, 2]],
    ['no number', single, 0, []],
    ['a question that was of another kind', single, 1, [1]],
    ['a truth value that is none', statement, 1, [2]],
    ['no truth value', statement, 1, []],
    ['half a pair', pairing, 2, [1, 6, 2]],
    ['a pair of two sources', pairing, 2, [1, 2]],
    ['a pair whose target is gone', pairing, 2, [1, 9]],
    ['a step that is gone', steps, 3, [1, 2, 9]],
    ['a step too few', steps, 3, [1, 2]],
    ['a text too long', word, 4, Array.from({ length: 100_000 }, () => 65)],
    ['a text of a control character', word, 4, [7]],
    ['a number of points only', number, 5, [10, 10]],
    ['no digits', number, 5, []],
    ['a place that is gone', scale, 6, [9]],
  ])('%s is no answer', (_, item, kind, numbers) => {
    expect(fromNumbers(item, { kind, numbers })).toBeUndefined();
  });

  it('whatever the numbers, it never throws, and what comes back fits the question', () => {
    const list = fc.oneof(
      fc.array(fc.nat(50)),
      fc.array(fc.nat(12)),
      fc.array(fc.integer({ min: 0, max: 2 ** 52 })),
    );
    fc.assert(
      fc.property(anyItem, fc.nat(7), list, (item, kind, numbers) => {
        for (const its of [kind, toNumbers(item, rightResponse(item)).kind]) {
          const response = fromNumbers(item, { kind: its, numbers });
          if (response === undefined) continue;
          expect(readResponse(item, response)).toStrictEqual(response);
          expect(scoreItem(item, response).state).not.toBe('invalid');
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('survives a question that has another option more', () => {
    const cases = answeredItem(fc.oneof(anyChoice, anyLikert), responseTo);
    fc.assert(
      fc.property(cases, ({ item, response }) => {
        if (item.kind !== 'choice' && item.kind !== 'likert') return;
        const added = { id: 'added__', number: 9999, correct: false };
        const now = { ...item, options: [added, ...item.options] } as Item;
        expect(fromNumbers(now, toNumbers(item, response))).toEqual(readResponse(item, response));
      }),
    );
  });
});

it('a survey has no weight and no limit of attempts, whatever holds for the questions beside it', () => {
  const rules = { ...plainRules, solution: 'at-once', attempts: 2, shuffle: true } as const;
  const options = ['a', 'b', 'c'].map((id) => ({ id, text: id }));
  const authored = { ...scale, kind: 'likert', options, feedback: 'Thank you.' } as const;
  expect(toItem(authored, { number: 8, option: (id) => option(id).number, rules, weight: 1 })).toStrictEqual({
    ...scale,
    rules: { ...rules, attempts: null, shuffle: false },
  });
});
