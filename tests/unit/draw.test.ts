/** Which questions a try asks, and in which order: by chance, and yet the same wherever it is looked at. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Attempt, type AttemptEvent, newAttempt } from '../../src/attempt/attempt.ts';
import { askedItems, scrambledSteps, seedOf, shuffledOptions } from '../../src/attempt/draw.ts';
import type { Item } from '../../src/items/items.ts';
import type { Course, Rules } from '../../src/model/course.ts';
import {
  anyAttempt,
  anyCourse,
  anySequencing,
  courseAndAttempt,
  rightResponse,
} from '../fixtures/arbitrary-course.ts';
import { attemptAfter } from '../fixtures/events.ts';
import { pseudoRandom } from '../fixtures/large-course.ts';
import { smallCourse } from '../fixtures/small-course.ts';

const [, statement] = smallCourse.items;

/** A course whose quiz has so many questions of each takeaway, numbered in their order. */
function poolOf(counts: Readonly<Record<string, number>>, quiz: Rules['quiz']): Course {
  const items = Object.entries(counts).flatMap(([takeaway, count]) =>
    Array.from(
      { length: count },
      (_, index): Item => ({
        ...statement,
        id: `${takeaway}-${index}`,
        takeaway,
      }),
    ),
  );
  return {
    ...smallCourse,
    takeaways: Object.keys(counts).map((id, number) => ({ id, number, text: id, main: true })),
    rules: { ...smallCourse.rules, quiz },
    items: items.map((item, number) => ({ ...item, number })),
  };
}

const named = (id: string, tries = 0): Attempt => ({
  ...newAttempt,
  id,
  quiz: { ...newAttempt.quiz, tries },
});
const ids = (items: readonly { readonly id: string }[]): string[] => items.map(({ id }) => id);
const asked = (course: Course, attempt: Attempt): string[] => ids(askedItems(course, attempt));
const answer = (item: Item): AttemptEvent => ({
  type: 'item-answered',
  item: item.id,
  response: rightResponse(item),
  at: 1000,
  latency: 100,
});

/** Names as attempts have them, the same in every run. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
function names(count: number): string[] {
  const random = pseudoRandom(7);
  const letter = () => alphabet.charAt(Math.floor(random() * 64));
  return Array.from({ length: count }, () => Array.from({ length: 6 }, letter).join(''));
}

/** A course and an attempt in which nothing has been answered yet. */
const name = fc.stringMatching(/^[A-Za-z0-9_-]{6}$/);
const courseAndBegun = fc.tuple(
  anyCourse,
  fc.tuple(name, fc.nat(5)).map(([id, tries]) => named(id, tries)),
);

describe('A try asks', () => {
  it('as many questions of each takeaway as the draw says, or all there are, and none twice', () => {
    fc.assert(
      fc.property(courseAndBegun, ([course, attempt]) => {
        const items = askedItems(course, attempt);
        const { draw } = course.rules.quiz;
        expect(new Set(items).size).toBe(items.length);
        expect(course.items).toEqual(expect.arrayContaining([...items]));
        for (const { id } of course.takeaways) {
          const [pool, drawn] = [course.items, items].map(
            (list) => list.filter(({ takeaway }) => takeaway === id).length,
          );
          expect(drawn).toBe(Math.min(pool ?? 0, draw?.[id] ?? Number.POSITIVE_INFINITY));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('the same questions in the same order, wherever and however often it is looked at', () => {
    fc.assert(
      fc.property(courseAndAttempt, ([course, attempt]) => {
        const copy = JSON.parse(JSON.stringify(attempt)) as Attempt;
        expect(asked(course, copy)).toEqual(asked(course, attempt));
        expect(seedOf(copy)).toBe(seedOf(attempt));
      }),
    );
  });

  it('all questions in the order of the author, where nothing is drawn or shuffled', () => {
    const course = poolOf({ a: 5, b: 4 }, { draw: null, shuffle: false });
    for (const id of names(20)) expect(asked(course, named(id))).toEqual(ids(course.items));
  });

  it('what was drawn in the order of the author, where nothing is shuffled', () => {
    const course = poolOf({ a: 9, b: 9 }, { draw: { a: 4, b: 2 }, shuffle: false });
    for (const id of names(50)) {
      const drawn = asked(course, named(id));
      expect(drawn).toHaveLength(6);
      expect(drawn).toEqual(ids(course.items).filter((item) => drawn.includes(item)));
    }
  });

  it('none of a takeaway that the draw does not name', () => {
    const course = poolOf({ a: 3, b: 3 }, { draw: { a: 2 }, shuffle: true });
    expect(askedItems(course, named('abcdef')).map(({ takeaway }) => takeaway)).toEqual(['a', 'a']);
  });
});

describe('Chance', () => {
  const course = poolOf({ a: 12 }, { draw: { a: 4 }, shuffle: true });

  /** How far counts are from even: Pearson's chi square. */
  const chiSquare = (counts: readonly number[]): number => {
    const even = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    return counts.reduce((sum, count) => sum + (count - even) ** 2 / even, 0);
  };

  it.each<[string, (index: number, name: string) => Attempt]>([
    ['attempts', (_, name) => named(name)],
    ['attempts whose names follow each other', (index) => named(`a${String(index).padStart(5, '0')}`)],
    ['tries of one attempt', (index) => named('Kd3-_9', index)],
  ])('over many %s every question is drawn about equally often, at every place', (_, attemptOf) => {
    const drawn = names(3000).map((name, index) => asked(course, attemptOf(index, name)));
    const counts = course.items.map(({ id }) => drawn.filter((each) => each.includes(id)).length);
    // 1000 of each are expected. Beyond 31.3 lies one draw by pure chance in a thousand (11 degrees of freedom).
    expect(chiSquare(counts)).toBeLessThan(31.3);
    for (const place of [0, 1, 2, 3]) {
      const there = course.items.map(({ id }) => drawn.filter((each) => each[place] === id).length);
      expect(chiSquare(there)).toBeLessThan(31.3);
    }
  });

  it('each question stands before each other one about as often as behind it', () => {
    const all = poolOf({ a: 6 }, { draw: null, shuffle: true });
    const orders = names(2000).map((name) => asked(all, named(name)));
    for (const a of ids(all.items)) {
      for (const b of ids(all.items).filter((other) => other > a)) {
        const before = orders.filter((order) => order.indexOf(a) < order.indexOf(b)).length;
        expect(before).toBeGreaterThan(850);
        expect(before).toBeLessThan(1150);
      }
    }
  });

  it('gives another draw to almost every other attempt, and to almost every other try', () => {
    const differing = (pairs: readonly (readonly [Attempt, Attempt])[]) =>
      pairs.filter(([a, b]) => asked(course, a).join() !== asked(course, b).join()).length;
    const list = names(401);
    expect(differing(list.slice(1).map((name, index) => [named(name), named(list[index] ?? '')]))).toBe(400);
    expect(differing(list.map((name) => [named(name, 0), named(name, 1)]))).toBe(401);
    const alone = poolOf({ a: 2 }, { draw: null, shuffle: true });
    expect(new Set(list.map((name) => asked(alone, named(name)).join())).size).toBe(2);
  });

  it('of being drawn says nothing of the place: the first of those drawn stands anywhere', () => {
    const one = poolOf({ a: 12 }, { draw: { a: 1 }, shuffle: true });
    const places = [0, 0, 0, 0];
    for (const name of names(2000)) {
      const [first = ''] = asked(one, named(name));
      const place = asked(course, named(name)).indexOf(first);
      places[place] = (places[place] ?? 0) + 1;
    }
    // 3 degrees of freedom: 16.3 for one in a thousand.
    expect(chiSquare(places)).toBeLessThan(16.3);
  });
});

describe('While a try is under way', () => {
  const drawing = { draw: { a: 3, b: 2 }, shuffle: true };
  const course = poolOf({ a: 8, b: 6 }, drawing);

  it('no answer changes what is asked or its order, nor does the submission', () => {
    fc.assert(
      fc.property(courseAndBegun, ([any, attempt]) => {
        const before = askedItems(any, attempt);
        let now = attempt;
        for (const item of before.toReversed()) {
          now = attemptAfter(any, [answer(item), { type: 'item-checked', item: item.id }], now);
          expect(askedItems(any, now)).toEqual(before);
        }
        now = attemptAfter(any, [{ type: 'quiz-submitted', at: 1000 }], now);
        expect(askedItems(any, now)).toEqual(before);
      }),
    );
  });

  it('a new try draws anew', () => {
    const first = named('Kd3-_9');
    const done = attemptAfter(
      course,
      [...askedItems(course, first).map(answer), { type: 'quiz-submitted', at: 1000 }],
      first,
    );
    const second = attemptAfter(course, [{ type: 'quiz-restarted' }], done);
    expect(done.quiz.phase).toBe('submitted');
    expect(asked(course, done)).toEqual(asked(course, first));
    expect(asked(course, second)).not.toEqual(asked(course, first));
    expect(second.quiz.answers).toEqual({});
  });

  it('a question that is added or taken out leaves all others where they are, but one of its takeaway', () => {
    const edits = fc.tuple(fc.nat(13), name, fc.nat(3));
    fc.assert(
      fc.property(edits, ([which, id, tries]) => {
        const attempt = named(id, tries);
        const less: Course = { ...course, items: course.items.toSpliced(which, 1) };
        const gone = course.items[which]?.id ?? '';
        const [more, fewer] = [asked(course, attempt), asked(less, attempt)];
        // Adding is taking out, read backwards.
        const kept = more.filter((item) => fewer.includes(item));
        expect(kept).toEqual(fewer.filter((item) => more.includes(item)));
        expect(kept).toHaveLength(more.includes(gone) ? 4 : 5);
        const replaced = fewer.filter((item) => !more.includes(item));
        expect(replaced.every((item) => item.startsWith(gone.charAt(0)))).toBe(true);
      }),
    );
  });

  it('what has been answered stays asked whatever the course becomes, and is not more than drawn', () => {
    const changed = fc
      .tuple(name, fc.subarray([...course.items], { minLength: 1 }), fc.nat(5))
      .map(([id, items, count]) => ({ attempt: named(id), items, count }));
    fc.assert(
      fc.property(changed, ({ attempt, items, count }) => {
        const events = askedItems(course, attempt).slice(0, count).map(answer);
        const begun = attemptAfter(course, events, attempt);
        const answered = Object.keys(begun.quiz.answers).filter((id) => ids(items).includes(id));
        for (const draw of [drawing.draw, { a: 1, b: 1 }, null]) {
          const now: Course = { ...course, items, rules: { ...course.rules, quiz: { draw, shuffle: true } } };
          const then = asked(now, begun);
          expect(then).toEqual(expect.arrayContaining(answered));
          if (draw !== drawing.draw) continue;
          expect(then.filter((id) => id.startsWith('a')).length).toBeLessThanOrEqual(draw.a);
          expect(then.filter((id) => id.startsWith('b')).length).toBeLessThanOrEqual(draw.b);
        }
      }),
    );
  });

  it('an answer that was taken back is asked for again', () => {
    const attempt = named('abcdef');
    const [first] = askedItems(course, attempt);
    if (!first) throw new Error('nothing is asked');
    const back = attemptAfter(
      course,
      [answer(first), { type: 'item-answered', item: first.id, response: null, at: 2000, latency: 0 }],
      attempt,
    );
    expect(asked(course, back)).toEqual(asked(course, attempt));
  });
});

describe('After submission', () => {
  it('exactly what was answered has been asked, whatever the course has become', () => {
    const submitted = anyCourse.chain((course) =>
      fc.record({
        course: fc.constant(course),
        attempt: anyAttempt(course),
        items: fc.subarray([...course.items]),
        quiz: fc.record({
          draw: fc.constantFrom(null, { t1: 1, t2: 1, t3: 1 }, {}),
          shuffle: fc.boolean(),
        }),
      }),
    );
    fc.assert(
      fc.property(submitted, ({ course, attempt, items, quiz }) => {
        fc.pre(attempt.quiz.phase === 'submitted');
        for (const now of [course, { ...course, items, rules: { ...course.rules, quiz } }]) {
          const answered = ids(now.items).filter((id) => attempt.quiz.answers[id]);
          if (answered.length > 0) expect(asked(now, attempt).toSorted()).toEqual(answered.toSorted());
        }
      }),
    );
  });

  it('where the answers have been lost, what the try drew', () => {
    const course = poolOf({ a: 8 }, { draw: { a: 3 }, shuffle: true });
    const during = named('abcdef', 2);
    const after: Attempt = { ...during, quiz: { ...during.quiz, phase: 'submitted', tries: 3 } };
    expect(asked(course, after)).toEqual(asked(course, during));
  });
});

describe('Options', () => {
  const seed = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

  it('are the same ones in another order', () => {
    fc.assert(
      fc.property(anySequencing, seed, (item, its) => {
        const order = shuffledOptions(item, item.options, its);
        expect(ids(order).toSorted()).toEqual(ids(item.options).toSorted());
        expect(shuffledOptions(item, item.options.toReversed(), its)).toEqual(order);
      }),
    );
  });

  it('stay where they are when another one is added', () => {
    fc.assert(
      fc.property(anySequencing, seed, fc.nat(), (item, its, which) => {
        const gone = item.options[which % item.options.length];
        const less = item.options.filter((option) => option !== gone);
        expect(shuffledOptions(item, item.options, its).filter((option) => option !== gone)).toEqual(
          shuffledOptions(item, less, its),
        );
      }),
    );
  });

  it('that are steps never begin in the right order', () => {
    fc.assert(
      fc.property(anySequencing, seed, (item, its) => {
        const order = scrambledSteps(item, item.options, its);
        expect(ids(order).toSorted()).toEqual(ids(item.options).toSorted());
        expect(order).not.toEqual(item.options);
      }),
      { numRuns: 500 },
    );
  });

  it('come in every order about equally often, and in another one for another question', () => {
    const item = { ...statement, number: 1 };
    const other = { ...statement, number: 2 };
    const options = [0, 1, 2].map((number) => ({ id: `o${number}`, number }));
    const orders = new Map<string, number>();
    let same = 0;
    for (const name of names(3000)) {
      const its = seedOf(named(name));
      const order = ids(shuffledOptions(item, options, its)).join();
      orders.set(order, (orders.get(order) ?? 0) + 1);
      if (ids(shuffledOptions(other, options, its)).join() === order) same += 1;
    }
    // 500 of each are expected, and of the same order too: 5 standard deviations.
    expect(orders.size).toBe(6);
    for (const count of [...orders.values(), same]) {
      expect(count).toBeGreaterThan(400);
      expect(count).toBeLessThan(600);
    }
  });
});
