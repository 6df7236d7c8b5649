/** How a question stands: what may still be done with it, and what the learner is told. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, type Attempt, type AttemptEvent, newAttempt } from '../../src/attempt/attempt.ts';
import { answerTo, questionIn } from '../../src/attempt/question.ts';
import { type ItemRules, judgedAtOnce } from '../../src/items/item.ts';
import type { Item, ItemResponse } from '../../src/items/items.ts';
import type { Course } from '../../src/model/course.ts';
import { courseAndAttempt } from '../fixtures/arbitrary-course.ts';
import { attemptAfter, checked } from '../fixtures/events.ts';
import { kindsCourse } from '../fixtures/kinds-course.ts';
import { plainRules, smallCourse } from '../fixtures/small-course.ts';

const [choice, statement] = smallCourse.items;
const given = (response: ItemResponse | null, judgement: Partial<Answer> = {}): Answer => ({
  response,
  at: 1000,
  latency: 0,
  tries: 0,
  judged: false,
  ...judgement,
});

/** `right`: everything is right. `other`: the statement is, the choice not. */
const answering = { phase: 'answering', tries: 0, best: null } as const;
const again = (best: number) => ({ phase: 'answering', tries: 1, best, last: best }) as const;
const over = (best: number, last = best) => ({ phase: 'submitted', tries: 2, best, last }) as const;

/** The statement under `rules`, answered with `answer`, in a quiz with a mark of 80 %. */
function standing(rules: Partial<ItemRules>, quiz: Partial<Attempt['quiz']>, answer?: Answer) {
  const item: Item = { ...statement, rules: { ...plainRules, ...rules } };
  const course: Course = { ...smallCourse, items: [choice, item] };
  const answers = answer ? { [item.id]: answer } : {};
  const { open, judged, solved } = questionIn(
    course,
    { ...newAttempt, quiz: { ...newAttempt.quiz, ...quiz, answers } },
    item,
  );
  return [open ? 'open' : '', judged ? 'judged' : '', solved ? 'solved' : ''].filter(Boolean).join(' ');
}

describe('A question that is judged with the quiz', () => {
  const answer = given(false);

  it.each<[ItemRules['solution'], string, string, string, string, string]>([
    // when                under way  passed before  failed           passed           passed before, failed now
    ['after-submit', 'open', 'open', 'judged solved', 'judged solved', 'judged solved'],
    ['after-passing', 'open', 'open', 'judged', 'judged solved', 'judged solved'],
    ['never', 'open', 'open', 'judged', 'judged', 'judged'],
  ])('and whose solution is shown %s', (solution, underWay, passedBefore, failed, passed, failedNow) => {
    const stands = (quiz: Partial<Attempt['quiz']>) => standing({ solution }, quiz, answer);
    expect(stands(answering)).toBe(underWay);
    expect(stands(again(0.9))).toBe(passedBefore);
    expect(stands(over(0.5))).toBe(failed);
    expect(stands(over(0.9))).toBe(passed);
    expect(stands(over(0.9, 0.1))).toBe(failedNow);
  });

  it.each<ItemRules['solution']>(['after-submit', 'after-passing', 'never'])(
    'and was not asked in the try is told nothing of, where its solution is shown %s',
    (solution) => {
      expect(standing({ solution }, answering)).toBe('open');
      expect(standing({ solution }, over(0.9))).toBe('');
    },
  );

  it.each<ItemRules['solution']>(['after-submit', 'after-passing', 'never'])(
    'does not stand otherwise for having been judged at once under an earlier rule: %s',
    (solution) => {
      const judged = given(false, { tries: 1, judged: true });
      expect(standing({ solution, attempts: 1 }, answering, judged)).toBe('open');
    },
  );
});

describe('A question that is judged at once', () => {
  const wrong = (tries: number, judged = true) => given(false, { tries, judged });

  it.each<[string, number | null, Answer | undefined, string]>([
    ['is open without an answer', 2, undefined, 'open'],
    ['is open, and untold, before it is judged', 2, given(true), 'open'],
    ['is told of when it was wrong, and may be tried again', 2, wrong(1), 'open judged'],
    ['is open, and untold, when it was changed since', 2, wrong(1, false), 'open'],
    ['is over when it was wrong for the last time', 2, wrong(2), 'judged solved'],
    ['is over when it was wrong for more than the last time', 2, wrong(3), 'judged solved'],
    ['is over at once where one try is all', 1, wrong(1), 'judged solved'],
    ['is never over for being wrong where there is no limit', null, wrong(99), 'open judged'],
    ['is over when it was right', 2, given(true, { tries: 1, judged: true }), 'judged solved'],
    [
      'is over when it was right, without limit',
      null,
      given(true, { tries: 7, judged: true }),
      'judged solved',
    ],
    ['is open after the answer was taken back', 2, given(null, { tries: 1 }), 'open'],
  ])('%s (%s attempts)', (_, attempts, answer, expected) => {
    const rules = { solution: 'at-once', attempts } as const;
    expect(standing(rules, answering, answer)).toBe(expected);
    // An earlier try of the quiz, passed or not, has nothing to do with it.
    expect(standing(rules, again(0.9), answer)).toBe(expected);
    // With the quiz all is over, and of what was not asked nothing is told.
    expect(standing(rules, over(0.5), answer)).toBe(answer ? 'judged solved' : '');
  });

  it('that is right in part may be tried again', () => {
    const item = kindsCourse.items.find(({ kind }) => kind === 'matching');
    if (!item) throw new Error('no matching');
    const attempt = attemptAfter(kindsCourse, [
      {
        type: 'item-answered',
        item: item.id,
        response: [
          ['cold', 'ice'],
          ['hot', 'air'],
        ],
        at: 1000,
        latency: 0,
      },
      checked(item.id),
    ]);
    expect(questionIn(kindsCourse, attempt, item)).toMatchObject({
      score: { state: 'scored', scaled: 0.5 },
      open: true,
      judged: true,
      solved: false,
      attemptsLeft: 1,
    });
  });

  it.each([
    [2, 0, 2],
    [2, 1, 1],
    [2, 3, 0],
    [null, 5, null],
  ])('of %s attempts, after %i, has %s left', (attempts, tries, left) => {
    const item: Item = { ...statement, rules: { ...plainRules, solution: 'at-once', attempts } };
    const course: Course = { ...smallCourse, items: [choice, item] };
    const answers = { [item.id]: given(false, { tries, judged: tries > 0 }) };
    const attempt: Attempt = { ...newAttempt, quiz: { ...newAttempt.quiz, answers } };
    expect(questionIn(course, attempt, item).attemptsLeft).toBe(left);
  });
});

describe('A question in a lesson', () => {
  const [check, survey] = kindsCourse.checks;
  const answer = (item: string, response: ItemResponse): AttemptEvent => ({
    type: 'item-answered',
    item,
    response,
    at: 1000,
    latency: 0,
  });
  const submitted = (attempt: Attempt): Attempt => ({
    ...attempt,
    quiz: { ...attempt.quiz, phase: 'submitted', tries: 1, best: 1, last: 1 },
  });

  it('does not care for the quiz', () => {
    for (const attempt of [newAttempt, submitted(newAttempt)]) {
      const stands = (...events: AttemptEvent[]) =>
        questionIn(kindsCourse, attemptAfter(kindsCourse, events, attempt), check);
      expect(stands()).toMatchObject({ open: true, judged: false, solved: false, attemptsLeft: 2 });
      expect(stands(answer(check.id, ['no']))).toMatchObject({ open: true, judged: false, solved: false });
      expect(stands(answer(check.id, ['no']), checked(check.id))).toMatchObject({
        open: true,
        judged: true,
        solved: false,
        attemptsLeft: 1,
      });
      expect(stands(answer(check.id, ['yes']), checked(check.id))).toMatchObject({
        open: false,
        judged: true,
        solved: true,
      });
    }
  });

  it('that has no right answer is told of, and stays open', () => {
    const attempt = attemptAfter(kindsCourse, [answer(survey.id, 'very'), checked(survey.id)]);
    expect(questionIn(kindsCourse, attempt, survey)).toMatchObject({
      score: { state: 'unscored' },
      open: true,
      judged: true,
      solved: false,
    });
  });

  it('has its own order of options, which no try of the quiz changes', () => {
    const tried = submitted(newAttempt);
    const seed = (attempt: Attempt, item: Item) => questionIn(kindsCourse, attempt, item).seed;
    expect(seed(tried, check)).toBe(seed(newAttempt, check));
    expect(seed({ ...newAttempt, id: 'abcdef' }, check)).not.toBe(seed(newAttempt, check));
    const anew = { ...tried, quiz: { ...tried.quiz, phase: 'answering' } } as const;
    expect(seed(anew, check)).toBe(seed(newAttempt, check));
    expect(seed(anew, kindsCourse.items[0])).not.toBe(seed(newAttempt, kindsCourse.items[0]));
  });
});

describe('Whatever has happened', () => {
  it('what is solved is told of and cannot be changed, and nothing of a quiz is told before its time', () => {
    fc.assert(
      fc.property(courseAndAttempt, ([course, attempt]) => {
        for (const item of [...course.items, ...course.checks]) {
          const { response, score, open, judged, solved } = questionIn(course, attempt, item);
          expect(response ?? null).toEqual(answerTo(attempt, item)?.response ?? null);
          if (solved) expect([open, judged]).toEqual([false, true]);
          if (solved || judged) expect(score.state).not.toBe('invalid');
          if (!course.items.includes(item)) continue;
          if (attempt.quiz.phase === 'submitted') expect(open).toBe(false);
          else if (!judgedAtOnce(item)) expect([open, judged, solved]).toEqual([true, false, false]);
        }
      }),
    );
  });
});
