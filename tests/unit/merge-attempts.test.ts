import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type Attempt, type AttemptEvent, newAttempt, reduceAttempt } from '../../src/attempt/attempt.ts';
import { mergeAttempts } from '../../src/attempt/merge-attempts.ts';
import { decodeAttempt } from '../../src/attempt/suspend-data.ts';
import type { ItemResponse } from '../../src/items/items.ts';
import type { Course } from '../../src/model/course.ts';
import { anySavedText } from '../fixtures/altered-text.ts';
import { anyAttempt, anyCourse, anyEvents } from '../fixtures/arbitrary-course.ts';
import { attemptAfter, checked, opened, scrolled, viewed } from '../fixtures/events.ts';
import { kindsCourse } from '../fixtures/kinds-course.ts';
import { smallCourse } from '../fixtures/small-course.ts';
import { expectValid } from '../fixtures/valid-attempt.ts';

// The property tests make some thousand attempts.
vi.setConfig({ testTimeout: 60_000 });

const answer = (item: string, response: ItemResponse | null, at: number): AttemptEvent => ({
  type: 'item-answered',
  item,
  response,
  at,
  latency: 500,
});
const submitted = (at: number): AttemptEvent => ({ type: 'quiz-submitted', at });
const restarted: AttemptEvent = { type: 'quiz-restarted' };
const having = (...events: AttemptEvent[]): Attempt => attemptAfter(smallCourse, events);
const merge = (a: Attempt, b: Attempt): Attempt => mergeAttempts(smallCourse, a, b);

/** Attempts as learners come to have them, and as they are read from text that has been altered. */
const attemptsOf = (course: Course): fc.Arbitrary<Attempt> =>
  fc.oneof(
    anyAttempt(course),
    anySavedText(course).map((text) => decodeAttempt(course, text, '').attempt),
  );
const courseAndThree = anyCourse.chain((course) =>
  fc.tuple(fc.constant(course), attemptsOf(course), attemptsOf(course), attemptsOf(course)),
);

describe('Merging, whatever is merged', () => {
  const holds = (law: (course: Course, a: Attempt, b: Attempt, c: Attempt) => void) =>
    fc.assert(
      fc.property(courseAndThree, ([course, a, b, c]) => law(course, a, b, c)),
      { numRuns: 500 },
    );

  it('does not depend on the order of two', () => {
    holds((course, a, b) => {
      expect(mergeAttempts(course, a, b)).toEqual(mergeAttempts(course, b, a));
    });
  });

  it('does not depend on which are merged first', () => {
    holds((course, a, b, c) => {
      expect(mergeAttempts(course, mergeAttempts(course, a, b), c)).toEqual(
        mergeAttempts(course, a, mergeAttempts(course, b, c)),
      );
    });
  });

  it('changes nothing where both are the same', () => {
    holds((course, a) => {
      expect(mergeAttempts(course, a, a)).toEqual(a);
    });
  });

  it('gives an attempt that the course can go on with', () => {
    holds((course, a, b) => {
      expectValid(course, mergeAttempts(course, a, b));
    });
  });

  it('loses nothing: neither page nor score nor try', () => {
    holds((course, a, b) => {
      const { viewed, quiz, checks } = mergeAttempts(course, a, b);
      expect(viewed).toEqual(expect.arrayContaining([...a.viewed, ...b.viewed]));
      expect(quiz.best ?? -1).toBe(Math.max(a.quiz.best ?? -1, b.quiz.best ?? -1));
      expect(quiz.tries).toBe(Math.max(a.quiz.tries, b.quiz.tries));
      expect(Object.keys(checks).toSorted()).toEqual(
        [...new Set([...Object.keys(a.checks), ...Object.keys(b.checks)])].toSorted(),
      );
      if (course.rules.passing.counts === 'last') return;
      for (const { id } of course.takeaways) {
        const [ofA = -1, ofB = -1] = [a.quiz.takeaways[id], b.quiz.takeaways[id]];
        expect(quiz.takeaways[id] ?? -1).toBe(Math.max(ofA, ofB));
      }
    });
  });
});

describe('Merging with an earlier state of the same attempt', () => {
  const begunAndEvents = anyCourse.chain((course) =>
    attemptsOf(course).chain((attempt) =>
      fc.tuple(fc.constant(course), fc.constant(attempt), anyEvents(course, attempt)),
    ),
  );

  it('changes nothing, whatever has happened since and whatever the clock did', () => {
    fc.assert(
      fc.property(begunAndEvents, ([course, before, events]) => {
        const now = attemptAfter(course, events, before);
        // Where the last second of the year 9999 has been read there is no later one.
        const times = [
          before.movedAt,
          before.quiz.submittedAt,
          ...Object.values({ ...before.quiz.answers, ...before.checks }).map(({ at }) => at),
        ];
        fc.pre(Math.max(...times) < Date.UTC(9000, 0, 1));
        expect(mergeAttempts(course, before, now)).toEqual(now);
      }),
      { numRuns: 1000 },
    );
  });

  it.each<[string, AttemptEvent[], AttemptEvent[]]>([
    ['a page opened', [opened('more', 9000)], [opened('start', 9000)]],
    [
      'scrolling back within a second',
      [opened('start', 9000), scrolled('start', 0.5, 9300)],
      [scrolled('start', 0.1, 9600)],
    ],
    ['another answer', [answer('is-it', true, 9000)], [answer('is-it', false, 1000)]],
    ['an answer taken back', [answer('is-it', true, 9000)], [answer('is-it', null, 1000)]],
    [
      'a new try',
      [answer('is-it', true, 9000), answer('how-much', ['more'], 9000), submitted(9000)],
      [restarted, answer('is-it', false, 1000)],
    ],
    [
      'a second submission',
      [answer('is-it', true, 9000), answer('how-much', ['more'], 9000), submitted(9000)],
      [restarted, answer('is-it', false, 1000), answer('how-much', ['less'], 1000), submitted(1000)],
    ],
  ])('keeps %s, even after the clock was put back', (_, earlier, since) => {
    const before = having(...earlier);
    const now = attemptAfter(smallCourse, since, before);
    expect(now).not.toEqual(before);
    expect(merge(before, now)).toEqual(now);
  });
});

describe('Two tabs', () => {
  it('what was viewed in either is viewed, in the order of the course', () => {
    expect(merge(having(viewed('result')), having(viewed('start'))).viewed).toEqual(['start', 'result']);
  });

  it('the learner is where the last page was opened', () => {
    const merged = merge(
      having(opened('start', 5000)),
      having(opened('more', 3000), scrolled('more', 0.4, 4000)),
    );
    expect(merged).toMatchObject({ location: 'start', position: 0, movedAt: 5000 });
  });

  it('each question has the answer that was given last; one that was taken back has none', () => {
    const one = having(answer('how-much', ['less'], 3000), answer('is-it', true, 1000));
    const two = having(
      answer('how-much', ['more'], 1000),
      answer('is-it', false, 2000),
      answer('is-it', null, 4000),
    );
    expect(merge(one, two).quiz.answers).toEqual({
      'how-much': { response: ['less'], at: 3000, latency: 500, tries: 0, judged: false },
      'is-it': { response: null, at: 4000, latency: 500, tries: 0, judged: false },
    });
  });

  it.each<[string, ItemResponse | null, ItemResponse | null]>([
    ['two answers', true, false],
    ['an answer and none', true, null],
  ])('%s given in the same second: the same one is kept in both', (_, ofOne, ofTwo) => {
    // Taken back after another answer, so that the times are equal.
    const given = (response: ItemResponse | null) =>
      having(answer('is-it', response !== true, 1000), answer('is-it', response, 9000));
    const [one, two] = [given(ofOne), given(ofTwo)];
    expect(merge(one, two)).toEqual(merge(two, one));
    expect([one, two]).toContainEqual(merge(one, two));
  });

  it('a submitted try stays submitted, whatever is still being answered beside it', () => {
    const done = having(answer('how-much', ['more'], 1000), answer('is-it', true, 1000), submitted(2000));
    const slow = having(answer('how-much', ['less'], 9000));
    expect(merge(done, slow).quiz).toEqual(done.quiz);
  });

  it('a try that was begun anew is not filled with the answers of the last', () => {
    const done = having(answer('how-much', ['more'], 1000), answer('is-it', true, 1000), submitted(2000));
    const anew = attemptAfter(smallCourse, [restarted], done);
    expect(merge(done, anew).quiz).toMatchObject({ phase: 'answering', tries: 1, best: 1, answers: {} });
  });

  it('of two submissions of the same try the later one counts, and the better score is kept', () => {
    const good = having(answer('how-much', ['more'], 1000), answer('is-it', true, 1000), submitted(2000));
    const later = having(answer('how-much', ['less'], 1000), answer('is-it', true, 1000), submitted(3000));
    expect(merge(good, later).quiz).toEqual({ ...later.quiz, best: 1, takeaways: { less: 1 } });
  });

  describe('with questions that are judged at once', () => {
    const wrong = [answer('check-it', ['no'], 1000), checked('check-it')];
    const of = (...events: AttemptEvent[]) => attemptAfter(kindsCourse, events);
    const both = (a: Attempt, b: Attempt) => {
      const merged = mergeAttempts(kindsCourse, a, b);
      expect(mergeAttempts(kindsCourse, b, a)).toEqual(merged);
      return merged.checks['check-it'];
    };

    it('what has been judged is judged, though it stands the same in the other', () => {
      expect(both(of(...wrong), of(answer('check-it', ['no'], 1000)))).toMatchObject({
        tries: 1,
        judged: true,
      });
    });

    it('what has been changed since is not judged, and how often it was stays', () => {
      const before = of(...wrong);
      const after = attemptAfter(kindsCourse, [answer('check-it', ['yes'], 500)], before);
      expect(both(before, after)).toEqual(after.checks['check-it']);
      expect(both(before, after)).toMatchObject({ response: ['yes'], tries: 1, judged: false });
    });

    it('a later answer of another device does not give back the tries that were used here', () => {
      const elsewhere = of(answer('check-it', ['yes'], 9000));
      expect(both(of(...wrong), elsewhere)).toMatchObject({ response: ['yes'], tries: 1, judged: false });
    });

    it('of two judged in the same second the one that was judged more often is kept', () => {
      const again = of(...wrong, answer('check-it', ['perhaps'], 2000), checked('check-it'));
      const once = of(answer('check-it', ['perhaps'], 2000), checked('check-it'));
      expect(both(again, once)).toEqual(again.checks['check-it']);
    });

    it('those of lessons are merged whatever the tries of the quiz', () => {
      const submittedOnce = { ...newAttempt.quiz, phase: 'submitted', tries: 1, best: 1, last: 1 } as const;
      const merged = mergeAttempts(kindsCourse, { ...newAttempt, quiz: submittedOnce }, of(...wrong));
      expect(merged).toMatchObject({ quiz: submittedOnce, checks: of(...wrong).checks });
    });
  });

  it.each<['best' | 'last', object]>([
    ['best', { less: 1, words: 0.75 }],
    ['last', { words: 0.75 }],
  ])('the scores of takeaways are merged as the course counts: %s', (counts, expected) => {
    const { rules } = kindsCourse;
    const course: Course = { ...kindsCourse, rules: { ...rules, passing: { ...rules.passing, counts } } };
    const tried = (tries: number, takeaways: Attempt['quiz']['takeaways']): Attempt => ({
      ...newAttempt,
      quiz: { ...newAttempt.quiz, tries, best: 1, last: 0.5, submittedAt: tries * 1000, takeaways },
    });
    const [first, second] = [tried(1, { less: 1, words: 0.5 }), tried(2, { words: 0.75 })];
    expect(mergeAttempts(course, first, second).quiz.takeaways).toEqual(expected);
    expect(mergeAttempts(course, second, first).quiz.takeaways).toEqual(expected);
  });

  it('a name is kept where only one has it', () => {
    expect(merge({ ...newAttempt, id: 'abcdef' }, newAttempt).id).toBe('abcdef');
  });
});

describe('What another tab has, as an event', () => {
  const here = { ...having(opened('start', 1000), viewed('start')), id: 'here__' };
  const there = {
    ...having(opened('more', 9000), scrolled('more', 0.5, 9000), viewed('more'), answer('is-it', true, 1000)),
    id: 'there_',
  };

  it('comes in, and the reader stays where this window is', () => {
    expect(reduceAttempt(smallCourse, here, { type: 'attempt-merged', attempt: there })).toEqual({
      ...here,
      // Of two names both tabs take the same.
      id: 'there_',
      viewed: ['start', 'more'],
      quiz: there.quiz,
    });
  });

  it('changes nothing where it brings nothing, and the very same attempt comes back', () => {
    const twice = having(answer('is-it', true, 1000), answer('how-much', ['more'], 2000));
    const event: AttemptEvent = {
      type: 'attempt-merged',
      attempt: { ...newAttempt, location: 'more', movedAt: 9000 },
    };
    expect(reduceAttempt(smallCourse, twice, event)).toBe(twice);
    expect(reduceAttempt(smallCourse, here, event)).toBe(here);
  });
});
