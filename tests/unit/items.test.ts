import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChoiceItem } from '../../src/items/choice.ts';
import {
  describeResponse,
  fromNumbers,
  type ItemResponse,
  readResponse,
  scoreItem,
  toNumbers,
} from '../../src/items/items.ts';
import type { TrueFalseItem } from '../../src/items/true-false.ts';
import { anyChoice, anyItem, responseTo, rightResponse } from '../fixtures/arbitrary-course.ts';

const base = { takeaway: 't1', prompt: 'Which?', weight: 2 };
const option = (id: string, correct = false) => ({ id, number: 1 + 'abc'.indexOf(id), text: id, correct });
const single: ChoiceItem = {
  ...base,
  id: 'one-of',
  number: 1,
  kind: 'choice',
  multiple: false,
  options: [option('a'), option('b', true), option('c')],
};
const several: ChoiceItem = {
  ...base,
  id: 'some-of',
  number: 2,
  kind: 'choice',
  multiple: true,
  options: [option('a', true), option('b'), option('c', true)],
};
const statement: TrueFalseItem = { ...base, id: 'is-it', number: 3, kind: 'true-false', answer: false };

const right = { state: 'scored', scaled: 1 };
const wrong = { state: 'scored', scaled: 0 };

describe('An answer is right, wrong, missing or none at all, and these are four things', () => {
  it.each<[string, ChoiceItem | TrueFalseItem, ItemResponse | undefined, object]>([
    ['the right one of several options', single, ['b'], right],
    ['a wrong one of several options', single, ['a'], wrong],
    ['no option', single, undefined, { state: 'unanswered' }],
    ['an option that is not there', single, ['z'], { state: 'invalid' }],
    ['two options where one may be chosen', single, ['a', 'b'], { state: 'invalid' }],
    ['an empty list, which is no answer a learner can give', single, [], { state: 'invalid' }],
    ['all right options', several, ['a', 'c'], right],
    ['one right option of two: all or nothing', several, ['a'], wrong],
    ['all right options and a wrong one', several, ['a', 'b', 'c'], wrong],
    ['the same option twice', several, ['a', 'a'], { state: 'invalid' }],
    ['none of several', several, undefined, { state: 'unanswered' }],
    ['a truth value for a choice', several, true, { state: 'invalid' }],
    ['the truth', statement, false, right],
    ['the opposite of the truth', statement, true, wrong],
    ['no judgement', statement, undefined, { state: 'unanswered' }],
    ['a list for a statement', statement, ['true'], { state: 'invalid' }],
  ])('%s', (_, item, response, expected) => {
    expect(scoreItem(item, response)).toMatchObject(expected);
  });
});

describe('A saved answer is taken back only where it fits the question', () => {
  it.each<[string, ChoiceItem | TrueFalseItem, unknown, ItemResponse | undefined]>([
    ['an option', single, ['b'], ['b']],
    ['options, put into the author’s order', several, ['c', 'a'], ['a', 'c']],
    ['an option that has gone from the course', several, ['a', 'gone'], undefined],
    ['options where the question now takes one', single, ['a', 'b'], undefined],
    ['an option written as text', single, 'b', undefined],
    ['an option inside another list', single, [['b']], undefined],
    ['a statement judged false', statement, false, false],
    ['a statement judged by a word', statement, 'false', undefined],
    ['a statement judged by a number', statement, 0, undefined],
  ])('%s', (_, item, value, expected) => {
    expect(readResponse(item, value)).toEqual(expected);
  });

  it('whatever JSON the saved state holds, reading and scoring it never throw', () => {
    fc.assert(
      fc.property(anyItem, fc.jsonValue(), (item, value) => {
        const response = readResponse(item, value);
        if (response !== undefined) expect(scoreItem(item, response).state).toBe('scored');
      }),
    );
  });

  it('every answer that a learner can give survives being saved', () => {
    const answered = anyItem.chain((item) => responseTo(item).map((response) => ({ item, response })));
    fc.assert(
      fc.property(answered, ({ item, response }) => {
        const read = readResponse(item, JSON.parse(JSON.stringify(response)));
        expect(read).toBeDefined();
        expect(scoreItem(item, read)).toEqual(scoreItem(item, response));
      }),
    );
  });
});

describe('Scores of any question', () => {
  const answered = anyItem.chain((item) => responseTo(item).map((response) => ({ item, response })));

  it('are between 0 and 1', () => {
    fc.assert(
      fc.property(answered, ({ item, response }) => {
        const score = scoreItem(item, response);
        expect(score.state).toBe('scored');
        if (score.state !== 'scored') return;
        expect(score.scaled).toBeGreaterThanOrEqual(0);
        expect(score.scaled).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('are full for the right answer and for no other', () => {
    fc.assert(
      fc.property(answered, ({ item, response }) => {
        expect(scoreItem(item, rightResponse(item))).toEqual(right);
        const same = JSON.stringify(readResponse(item, response)) === JSON.stringify(rightResponse(item));
        expect(scoreItem(item, response)).toEqual(same ? right : wrong);
      }),
    );
  });

  it('do not depend on the order in which options were chosen', () => {
    const chosen = anyChoice.chain((item) =>
      fc
        .shuffledSubarray(
          item.options.map((option) => option.id),
          { minLength: 1 },
        )
        .map((ids) => ({ item: { ...item, multiple: true }, ids })),
    );
    fc.assert(
      fc.property(chosen, ({ item, ids }) => {
        const other = ids.toSorted();
        expect(scoreItem(item, other)).toEqual(scoreItem(item, ids));
        expect(readResponse(item, other)).toEqual(readResponse(item, ids));
      }),
    );
  });
});

describe('A report describes an answer', () => {
  it('with all options, the chosen and the right ones for a choice', () => {
    expect(describeResponse(several, ['b'])).toEqual({
      type: 'choice',
      options: ['a', 'b', 'c'],
      response: ['b'],
      correct: ['a', 'c'],
    });
  });

  it('with what was said and what is so for a statement', () => {
    expect(describeResponse(statement, true)).toEqual({
      type: 'true-false',
      response: true,
      correct: false,
    });
  });
});

describe('An answer as numbers', () => {
  it('comes back', () => {
    const answered = anyItem.chain((item) => responseTo(item).map((response) => ({ item, response })));
    fc.assert(
      fc.property(answered, ({ item, response }) => {
        const numbered = toNumbers(item, response);
        expect(numbered.numbers.length).toBeGreaterThan(0);
        expect(fromNumbers(item, numbered)).toEqual(readResponse(item, response));
      }),
    );
  });

  it('goes by the numbers of options, whatever their order has become', () => {
    const moved: ChoiceItem = { ...several, options: several.options.toReversed() };
    expect(toNumbers(several, ['a', 'c']).numbers).toEqual([1, 3]);
    expect(fromNumbers(moved, { kind: 0, numbers: [1, 3] })).toEqual(['c', 'a']);
  });

  it.each<[string, ChoiceItem | TrueFalseItem, number, number[]]>([
    ['an option that is gone', several, 0, [1, 9]],
    ['two options where one may be chosen', single, 0, [1, 2]],
    ['no number', single, 0, []],
    ['a question that was of another kind', single, 1, [1]],
    ['a truth value that is none', statement, 1, [2]],
    ['no truth value', statement, 1, []],
  ])('%s is no answer', (_, item, kind, numbers) => {
    expect(fromNumbers(item, { kind, numbers })).toBeUndefined();
  });

  it('whatever the numbers, what comes back fits the question', () => {
    fc.assert(
      fc.property(anyItem, fc.nat(2), fc.array(fc.nat(50)), (item, kind, numbers) => {
        const response = fromNumbers(item, { kind, numbers });
        if (response !== undefined) expect(scoreItem(item, response).state).toBe('scored');
      }),
    );
  });
});
