/** What becomes of questions: judged at once, inside lessons, submitted with the quiz, counted for a takeaway. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Attempt,
  type AttemptEvent,
  newAttempt,
  reduceAttempt,
  scaledScore,
  unansweredItems,
} from '../../src/attempt/attempt.ts';
import { askedItems } from '../../src/attempt/draw.ts';
import { progressOf } from '../../src/attempt/progress.ts';
import { type ItemRules, judgedAtOnce } from '../../src/items/item.ts';
import { type Item, type ItemResponse, scoreItem } from '../../src/items/items.ts';
import type { Course } from '../../src/model/course.ts';
import { anyCourse, anyEvents, courseAndEvents, rightResponse } from '../fixtures/arbitrary-course.ts';
import { attemptAfter, checked } from '../fixtures/events.ts';
import { kindsCourse } from '../fixtures/kinds-course.ts';
import { plainRules, smallCourse } from '../fixtures/small-course.ts';

const answer = (item: string, response: ItemResponse | null, at = 1000): AttemptEvent => ({
  type: 'item-answered',
  item,
  response,
  at,
  latency: 500,
});
const submitted: AttemptEvent = { type: 'quiz-submitted', at: 60_000 };
const restarted: AttemptEvent = { type: 'quiz-restarted' };
const having = (...events: AttemptEvent[]): Attempt => attemptAfter(kindsCourse, events);

const halfPairs = [['cold', 'ice']] as const;
const wrongPairs = [...halfPairs, ['hot', 'air']] as const;
const rightPairs = [...halfPairs, ['hot', 'fire']] as const;
const answers = (items: readonly Item[]) => items.map((item) => answer(item.id, rightResponse(item)));
const rightTry = [...answers(kindsCourse.items), submitted];

describe('A question that is judged at once', () => {
  it('counts how often, and remembers that it stands as it was judged', () => {
    const attempt = having(answer('pairs', wrongPairs), checked('pairs'));
    expect(attempt.quiz.answers).toEqual({
      pairs: { response: wrongPairs, at: 1000, latency: 500, tries: 1, judged: true },
    });
  });

  it('is unjudged when its answer is changed or taken back, and keeps the count', () => {
    const judged = [answer('pairs', wrongPairs), checked('pairs')];
    expect(having(...judged, answer('pairs', rightPairs)).quiz.answers['pairs']).toEqual({
      response: rightPairs,
      at: 2000,
      latency: 500,
      tries: 1,
      judged: false,
    });
    expect(having(...judged, answer('pairs', null)).quiz.answers['pairs']).toMatchObject({
      response: null,
      tries: 1,
      judged: false,
    });
  });

  it('is locked when it was right', () => {
    const right = having(answer('word', 'tea'), checked('word'));
    expect(right.quiz.answers['word']).toMatchObject({ tries: 1, judged: true });
    for (const event of [answer('word', 'coffee'), answer('word', null), checked('word')]) {
      expect(reduceAttempt(kindsCourse, right, event)).toBe(right);
    }
  });

  it('is locked when it was wrong as often as it may be, and not before', () => {
    const once = having(answer('pairs', wrongPairs), checked('pairs'));
    const twice = attemptAfter(
      kindsCourse,
      [answer('pairs', rightPairs), answer('pairs', wrongPairs), checked('pairs')],
      once,
    );
    expect(twice.quiz.answers['pairs']).toMatchObject({ response: wrongPairs, tries: 2, judged: true });
    for (const event of [answer('pairs', rightPairs), answer('pairs', null), checked('pairs')]) {
      expect(reduceAttempt(kindsCourse, twice, event)).toBe(twice);
    }
  });

  it('that may be tried without limit is open as long as it is wrong', () => {
    const events = Array.from({ length: 20 }, (_, index) => [
      answer('word', `word ${index}`),
      checked('word'),
    ]);
    const attempt = having(...events.flat());
    expect(attempt.quiz.answers['word']).toMatchObject({ tries: 20, judged: true });
    expect(reduceAttempt(kindsCourse, attempt, answer('word', 'tea'))).not.toBe(attempt);
  });

  it.each<[string, string, AttemptEvent[]]>([
    ['without an answer', 'pairs', []],
    ['after the answer was taken back', 'pairs', [answer('pairs', wrongPairs), answer('pairs', null)]],
    ['with a part of an answer', 'pairs', [answer('pairs', halfPairs)]],
    ['twice as it stands', 'pairs', [answer('pairs', wrongPairs), checked('pairs')]],
    ['where it is judged with the quiz', 'is-it', [answer('is-it', true)]],
    ['where it is not there', 'no-such-item', []],
    ['after submission', 'word', rightTry],
  ])('is not judged %s: the very same attempt comes back', (_, item, events) => {
    const attempt = having(...events);
    expect(reduceAttempt(kindsCourse, attempt, checked(item))).toBe(attempt);
  });

  it('need not be judged for the quiz to be submitted, and counts as it stands', () => {
    const events = rightTry.map((event) =>
      event.type === 'item-answered' && event.item === 'pairs' ? answer('pairs', wrongPairs) : event,
    );
    expect(having(...events).quiz).toMatchObject({ phase: 'submitted', last: 7.5 / 8 });
    // Judged wrong, it still earns its part.
    expect(having(...events.slice(0, -1), checked('pairs'), submitted).quiz.last).toBe(7.5 / 8);
  });

  it('begins anew with another try', () => {
    const attempt = having(answer('pairs', wrongPairs), checked('pairs'), ...rightTry, restarted);
    expect(attempt.quiz.answers).toEqual({});
    expect(
      attemptAfter(kindsCourse, [answer('pairs', wrongPairs), checked('pairs')], attempt).quiz.answers,
    ).toMatchObject({ pairs: { tries: 1, judged: true } });
  });
});

describe('A question in a lesson', () => {
  const done = [answer('check-it', ['no']), checked('check-it'), answer('how-sure', 'very')];

  it('is kept beside the quiz and never in it', () => {
    const attempt = having(...done);
    expect(attempt.quiz).toBe(newAttempt.quiz);
    expect(attempt.checks).toEqual({
      'check-it': { response: ['no'], at: 1000, latency: 500, tries: 1, judged: true },
      'how-sure': { response: 'very', at: 1000, latency: 500, tries: 0, judged: false },
    });
    expect(unansweredItems(kindsCourse, attempt)).toEqual(kindsCourse.items.map(({ id }) => id));
  });

  it('changes neither score nor progress', () => {
    const plain = having(...rightTry);
    const attempt = having(...done, ...rightTry);
    expect(attempt.quiz).toEqual(plain.quiz);
    expect(progressOf(kindsCourse, attempt)).toEqual(progressOf(kindsCourse, plain));
  });

  it('stays as it is when the quiz is submitted and restarted', () => {
    const before = having(...done);
    const after = attemptAfter(kindsCourse, [...rightTry, restarted], before);
    expect(after.checks).toBe(before.checks);
  });

  it('may be answered and judged after the quiz was submitted', () => {
    const attempt = having(...rightTry, ...done);
    expect(attempt.checks).toEqual(having(...done).checks);
    expect(attempt.quiz).toEqual(having(...rightTry).quiz);
  });

  it('that has no right answer may be told of as often as it is changed', () => {
    const attempt = having(
      ...['very', 'little', 'very', 'little'].flatMap((place) => [
        answer('how-sure', place),
        checked('how-sure'),
      ]),
    );
    expect(attempt.checks['how-sure']).toMatchObject({ response: 'little', tries: 4, judged: true });
  });
});

describe('The quiz can be submitted', () => {
  it('only with every question answered, and that in full', () => {
    const most = answers(kindsCourse.items).filter(
      (event) => event.type !== 'item-answered' || event.item !== 'pairs',
    );
    expect(unansweredItems(kindsCourse, having(...most))).toEqual(['pairs']);
    expect(having(...most, submitted).quiz.phase).toBe('answering');
    expect(unansweredItems(kindsCourse, having(...most, answer('pairs', halfPairs)))).toEqual(['pairs']);
    expect(having(...most, answer('pairs', halfPairs), submitted).quiz.phase).toBe('answering');
    expect(having(...most, answer('pairs', wrongPairs), submitted).quiz.phase).toBe('submitted');
  });

  it('with the questions that its try asks and no other', () => {
    fc.assert(
      fc.property(anyCourse, fc.stringMatching(/^[A-Za-z0-9_-]{6}$/), (course, id) => {
        fc.pre(course.items.length > 0);
        const begun = { ...newAttempt, id };
        const asked = askedItems(course, begun);
        let attempt = begun;
        for (const item of asked) {
          expect(reduceAttempt(course, attempt, submitted)).toBe(attempt);
          attempt = attemptAfter(course, answers([item]), attempt);
        }
        attempt = reduceAttempt(course, attempt, submitted);
        expect(attempt.quiz.phase).toBe('submitted');
        expect(Object.keys(attempt.quiz.answers).toSorted()).toEqual(asked.map(({ id }) => id).toSorted());
        // Whatever was not asked does not count.
        const any = asked.some(({ weight }) => weight > 0);
        expect(attempt.quiz.last).toBe(any ? 1 : 0);
      }),
    );
  });

  it('and after that no answer is changed, judged, added or taken back, whatever happens', () => {
    fc.assert(
      fc.property(courseAndEvents, ([course, events]) => {
        let attempt = newAttempt;
        for (const event of events) {
          const next = reduceAttempt(course, attempt, event);
          const ofItem = event.type === 'item-answered' || event.type === 'item-checked';
          if (attempt.quiz.phase === 'submitted' && ofItem) expect(next.quiz).toBe(attempt.quiz);
          attempt = next;
        }
      }),
    );
  });

  it('nothing is added to it that was not asked, not even to a question that is judged at once', () => {
    const course: Course = {
      ...kindsCourse,
      rules: { ...kindsCourse.rules, quiz: { draw: { less: 1, words: 1 }, shuffle: true } },
    };
    const asked = askedItems(course, newAttempt);
    const attempt = attemptAfter(course, [...answers(asked), submitted]);
    const others = course.items.filter((item) => !asked.includes(item));
    expect(others.some(judgedAtOnce)).toBe(true);
    for (const event of answers(others)) expect(reduceAttempt(course, attempt, event)).toBe(attempt);
  });
});

describe('Whatever happens', () => {
  it('no question is judged more often than it may be, nor without an answer', () => {
    fc.assert(
      fc.property(courseAndEvents, ([course, events]) => {
        const { quiz, checks } = attemptAfter(course, events);
        for (const item of [...course.items, ...course.checks]) {
          const { tries, judged, response } = quiz.answers[item.id] ??
            checks[item.id] ?? { tries: 0, judged: false, response: null };
          expect(tries).toBeLessThanOrEqual(item.rules.attempts ?? Number.POSITIVE_INFINITY);
          if (!judgedAtOnce(item)) expect([tries, judged]).toEqual([0, false]);
          if (judged) {
            expect(tries).toBeGreaterThan(0);
            expect(['scored', 'unscored']).toContain(scoreItem(item, response ?? undefined).state);
          }
        }
      }),
    );
  });

  it('what is done in lessons changes nothing of the quiz, and the other way round', () => {
    fc.assert(
      fc.property(courseAndEvents, ([course, events]) => {
        const inLesson = (event: AttemptEvent) =>
          (event.type === 'item-answered' || event.type === 'item-checked') &&
          course.checks.some(({ id }) => id === event.item);
        const own = events.filter((event) => event.type !== 'attempt-merged');
        const all = attemptAfter(course, own);
        expect(all.checks).toEqual(attemptAfter(course, own.filter(inLesson)).checks);
        expect(all.quiz).toEqual(
          attemptAfter(
            course,
            own.filter((event) => !inLesson(event)),
          ).quiz,
        );
      }),
    );
  });
});

describe('The score', () => {
  const statement = (id: string, weight: number, rules: Partial<ItemRules> = {}): Item => ({
    ...smallCourse.items[1],
    id,
    weight,
    rules: { ...plainRules, ...rules },
  });
  const survey: Item = { ...kindsCourse.checks[1], id: 'survey', weight: 5 };
  const given = (id: string, response: ItemResponse) => ({
    [id]: { response, at: 0, latency: 0, tries: 0, judged: false },
  });

  it('is the mean of what was asked, each as it weighs', () => {
    const items = [statement('a', 1), statement('b', 3)];
    expect(scaledScore(items, { ...given('a', true), ...given('b', false) })).toBe(0.25);
    expect(scaledScore(items, given('b', true))).toBe(0.75);
    expect(scaledScore(items.slice(1), { ...given('a', true), ...given('b', true) })).toBe(1);
  });

  it('does not count what has no right answer, whatever it weighs', () => {
    const items = [statement('a', 1), survey];
    expect(scaledScore(items, { ...given('a', true), ...given('survey', 'very') })).toBe(1);
    expect(scaledScore(items, { ...given('a', false), ...given('survey', 'very') })).toBe(0);
    expect(scaledScore([survey], given('survey', 'very'))).toBe(0);
    expect(scaledScore([], {})).toBe(0);
  });

  it('counts what is right in part where the question says so', () => {
    const answersTo = (rules: Partial<ItemRules>) => {
      const items = kindsCourse.items
        .filter(({ id }) => id === 'which-of')
        .map((item): Item => ({ ...item, rules: { ...plainRules, ...rules } }));
      return scaledScore(items, given('which-of', ['few']));
    };
    expect(answersTo({ credit: 'partial' })).toBe(0.5);
    expect(answersTo({ credit: 'all' })).toBe(0);
  });
});

describe('The scores of the takeaways', () => {
  const counting = (counts: 'best' | 'last'): Course => ({
    ...kindsCourse,
    rules: { ...kindsCourse.rules, passing: { ...kindsCourse.rules.passing, counts } },
  });
  /** A try with other answers to some questions. */
  const tryWith = (others: Readonly<Record<string, ItemResponse>>): AttemptEvent[] => [
    restarted,
    ...kindsCourse.items.map((item) => answer(item.id, others[item.id] ?? rightResponse(item))),
    submitted,
  ];
  // Of `less` 1 + 1 + 2 points, of `words` four questions of one.
  const lessWrong = tryWith({ 'is-it': false, 'which-of': ['few'] });
  const wordsWrong = tryWith({ word: 'Coffee', pairs: wrongPairs });

  it('are those of their questions, as they weigh, in ten-thousandths', () => {
    expect(attemptAfter(kindsCourse, lessWrong).quiz.takeaways).toEqual({ less: 0.5, words: 1 });
    expect(attemptAfter(kindsCourse, wordsWrong).quiz.takeaways).toEqual({ less: 1, words: 0.625 });
    const third = tryWith({ steps: ['then', 'first', 'last'] });
    expect(attemptAfter(kindsCourse, third).quiz.takeaways).toEqual({ less: 1, words: 0.8333 });
  });

  it('are none before the first submission, and none of a takeaway without questions', () => {
    expect(having(...rightTry.slice(0, -1)).quiz.takeaways).toEqual({});
    expect(Object.keys(having(...rightTry).quiz.takeaways)).toEqual(['less', 'words']);
  });

  it('are each the best of all tries where the best counts', () => {
    const course = counting('best');
    expect(attemptAfter(course, [...lessWrong, ...wordsWrong]).quiz.takeaways).toEqual({ less: 1, words: 1 });
    expect(attemptAfter(course, [...wordsWrong, ...lessWrong]).quiz.takeaways).toEqual({ less: 1, words: 1 });
  });

  it('are those of the last try where the last counts', () => {
    const course = counting('last');
    expect(attemptAfter(course, [...lessWrong, ...wordsWrong]).quiz.takeaways).toEqual({
      less: 1,
      words: 0.625,
    });
    expect(attemptAfter(course, [...wordsWrong, ...lessWrong]).quiz.takeaways).toEqual({
      less: 0.5,
      words: 1,
    });
  });

  it('are those of what was asked where questions are drawn', () => {
    const course: Course = {
      ...counting('last'),
      rules: { ...counting('last').rules, quiz: { draw: { less: 1, words: 2 }, shuffle: true } },
    };
    const begun = { ...newAttempt, id: 'Kd3-_9' };
    const asked = askedItems(course, begun);
    const [wrong] = asked.filter(({ takeaway, kind }) => takeaway === 'words' && kind !== 'matching');
    if (!wrong) throw new Error('another name is needed');
    const bad: ItemResponse =
      wrong.kind === 'numeric' ? 0 : wrong.kind === 'fill-in' ? 'Coffee' : ['last', 'then', 'first'];
    const attempt = attemptAfter(course, [...answers(asked), answer(wrong.id, bad), submitted], begun);
    expect(attempt.quiz.takeaways).toEqual({ less: 1, words: 0.5 });
  });

  it.each([
    ['best', { less: 1, words: 1, untold: 0.25 }],
    ['last', { less: 1, words: 1 }],
  ] as const)(
    'of a takeaway that is no longer asked stay only where the best counts: %s',
    (counts, expected) => {
      const before = { ...newAttempt, quiz: { ...newAttempt.quiz, takeaways: { untold: 0.25, words: 0.5 } } };
      expect(attemptAfter(counting(counts), rightTry, before).quiz.takeaways).toEqual(expected);
    },
  );

  it('stay while another try is under way', () => {
    const attempt = having(...rightTry, restarted, answer('is-it', false));
    expect(attempt.quiz.takeaways).toEqual({ less: 1, words: 1 });
  });

  it('are what an LMS is told of each objective: completed, and passed at the same mark as the quiz', () => {
    expect(progressOf(kindsCourse, attemptAfter(kindsCourse, lessWrong)).objectives).toEqual([
      { id: 'less', scaled: 0.5, completion: 'completed', success: 'failed' },
      { id: 'words', scaled: 1, completion: 'completed', success: 'passed' },
    ]);
    expect(progressOf(kindsCourse, having(...rightTry.slice(0, -1))).objectives).toEqual([]);
  });

  it('never fall where the best counts, whatever happens, and the greatest is no less than the best score', () => {
    const countingBest = anyCourse.chain((any) => {
      const passing = { ...any.rules.passing, counts: 'best' as const };
      const course = { ...any, rules: { ...any.rules, passing } };
      return fc.tuple(fc.constant(course), anyEvents(course));
    });
    fc.assert(
      fc.property(countingBest, ([course, events]) => {
        let attempt = newAttempt;
        for (const event of events) {
          const next = reduceAttempt(course, attempt, event);
          for (const [id, score] of Object.entries(attempt.quiz.takeaways)) {
            expect(next.quiz.takeaways[id]).toBeGreaterThanOrEqual(score);
          }
          attempt = next;
        }
        const scores = Object.values(attempt.quiz.takeaways);
        if (scores.length > 0) {
          // Cut to ten-thousandths, they may be that much less.
          expect(Math.max(...scores) + 1e-4).toBeGreaterThanOrEqual(attempt.quiz.best ?? 0);
        }
      }),
    );
  });
});
