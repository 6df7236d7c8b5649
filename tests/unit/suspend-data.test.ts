import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, type Attempt, newAttempt } from '../../src/attempt/attempt.ts';
import { decodeAttempt, encodeAttempt, resumeAttempt } from '../../src/attempt/suspend-data.ts';
import { readCourse } from '../../src/content/read-course.ts';
import type { Course } from '../../src/model/course.ts';
import { interactionsOf } from '../../src/tracking/tracker.ts';
import { courseAndEvents } from '../fixtures/arbitrary-course.ts';
import { attemptAfter } from '../fixtures/events.ts';
import { smallCourse } from '../fixtures/small-course.ts';

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** What saving keeps of an attempt: times to the second, latencies to a tenth of it, positions to a thousandth. */
const rounded = (attempt: Attempt): Attempt => ({
  ...attempt,
  position: round(attempt.position, 3),
  quiz: {
    ...attempt.quiz,
    answers: Object.fromEntries(
      Object.entries(attempt.quiz.answers).map(([id, { response, at, latency }]): [string, Answer] => [
        id,
        { response, at: Math.round(at / 1000) * 1000, latency: round(latency / 1000, 1) * 1000 },
      ]),
    ),
  },
});

const v1 = readFileSync(new URL('../fixtures/suspend-data/v1.json', import.meta.url), 'utf8');
const v1Attempt: Attempt = {
  location: 'quiz',
  position: 0.125,
  viewed: ['start', 'quiz'],
  quiz: {
    phase: 'answering',
    tries: 2,
    best: 0.5,
    last: 0,
    answers: {
      'how-much': { response: ['more'], at: 1_767_323_045_000, latency: 12_300 },
      'is-it': { response: false, at: 1_767_323_050_000, latency: 4000 },
    },
  },
};

describe('What has been saved comes back', () => {
  it('any attempt on any course is restored, up to the rounding', () => {
    fc.assert(
      fc.property(courseAndEvents, ([course, events]) => {
        const attempt = attemptAfter(course, events);
        expect(decodeAttempt(course, encodeAttempt(attempt), attempt.location ?? '')).toEqual(
          rounded(attempt),
        );
      }),
    );
  });

  it('resuming is no change: what is restored is written as it was read', () => {
    fc.assert(
      fc.property(courseAndEvents, ([course, events]) => {
        const text = encodeAttempt(attemptAfter(course, events));
        const restored = decodeAttempt(course, text, '');
        expect(restored && encodeAttempt(restored)).toBe(text);
      }),
    );
  });

  it('it is printable ASCII, which no LMS garbles', () => {
    fc.assert(
      fc.property(courseAndEvents, ([course, events]) => {
        expect(encodeAttempt(attemptAfter(course, events))).toMatch(/^[ -~]*$/);
      }),
    );
  });

  it('what version 1 wrote is read, exactly, by this and every later version', () => {
    expect(decodeAttempt(smallCourse, v1, 'quiz')).toEqual(v1Attempt);
  });

  it('version 1 is still written as the sample shows', () => {
    expect(encodeAttempt(v1Attempt)).toBe(JSON.stringify(JSON.parse(v1)));
  });
});

describe('The course has changed since', () => {
  it('pages, questions and options that are gone are left out; the score stays', () => {
    const [choice, statement] = smallCourse.items;
    const course: Course = {
      ...smallCourse,
      pages: smallCourse.pages.filter(({ id }) => id !== 'quiz'),
      items: [{ ...choice, options: choice.options.filter(({ id }) => id !== 'more') }, statement],
    };
    expect(decodeAttempt(course, v1, 'quiz')).toMatchObject({
      location: null,
      viewed: ['start'],
      quiz: { tries: 2, best: 0.5, last: 0, answers: { 'is-it': { response: false } } },
    });
    expect(decodeAttempt(course, v1, 'quiz')?.quiz.answers).not.toHaveProperty('how-much');
  });

  it('pages in another order are viewed in that order', () => {
    const course: Course = { ...smallCourse, pages: smallCourse.pages.toReversed() };
    expect(decodeAttempt(course, v1, 'start')?.viewed).toEqual(['quiz', 'start']);
  });
});

describe('What no attempt of this version can be read from is undefined', () => {
  it.each([
    ['nothing', ''],
    ['null', 'null'],
    ['null, quoted', '"null"'],
    ['undefined', 'undefined'],
    ['a list', '[]'],
    ['a number', '1'],
    ['the sample, cut off', v1.slice(0, -9)],
    ['the sample, URL-encoded', encodeURIComponent(v1)],
    ['a login page', '<!doctype html><title>Log in</title>'],
    ['another course’s data', '{"lesson":3}'],
    ['a later version', v1.replace('"v": 1', '"v": 2')],
  ])('%s', (_, text) => {
    expect(decodeAttempt(smallCourse, text, 'start')).toBeUndefined();
  });
});

describe('Data that has been tampered with', () => {
  const saved = (fields: object): string => JSON.stringify({ v: 1, ...fields });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.string(), (text, location) => {
        decodeAttempt(smallCourse, text, location);
      }),
    );
  });

  it('any fields of a right version give an attempt that the course can go on with', () => {
    const anyAnswer = fc.oneof(
      fc.jsonValue(),
      fc.tuple(fc.constantFrom(true, ['more']), fc.jsonValue(), fc.jsonValue()),
    );
    const fields = fc.record(
      {
        p: fc.jsonValue(),
        s: fc.oneof(fc.jsonValue(), fc.array(fc.constantFrom('start', 'gone'))),
        t: fc.jsonValue(),
        d: fc.jsonValue(),
        b: fc.jsonValue(),
        l: fc.jsonValue(),
        a: fc.oneof(fc.jsonValue(), fc.record({ 'how-much': anyAnswer, 'is-it': anyAnswer })),
      },
      { requiredKeys: [] },
    );
    fc.assert(fc.property(fields, goesOn));
  });

  it('a saved text with changed characters is read or refused, and the course goes on', () => {
    const changes = fc.array(fc.tuple(fc.nat(v1.length - 1), fc.constantFrom(...'0159,:"[]{}-e.a ')), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(changes, (list) => {
        const characters = [...v1];
        for (const [index, character] of list) characters[index] = character;
        const attempt = decodeAttempt(smallCourse, characters.join(''), 'quiz');
        if (attempt) expectUsable(attempt);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['a time that no calendar has', ['more'], 1e300, 1],
    ['a time before 1970', ['more'], -1, 1],
    ['no time', ['more'], null, 1],
    ['a latency below nothing', ['more'], 1, -1],
    ['no latency', ['more'], 1, null],
    ['a response of another kind', true, 1, 1],
  ])('an answer with %s is left out', (_, response, at, latency) => {
    const text = saved({ a: { 'how-much': [response, at, latency], 'is-it': [true, 1, 1] } });
    expect(Object.keys(decodeAttempt(smallCourse, text, '')?.quiz.answers ?? {})).toEqual(['is-it']);
  });

  it.each([{ b: 7 }, { b: -1 }, { b: '1' }])('a score that is none is none: %j', (fields) => {
    expect(decodeAttempt(smallCourse, saved(fields), '')?.quiz.best).toBeNull();
  });

  function goesOn(fields: object): void {
    const attempt = decodeAttempt(smallCourse, saved(fields), 'quiz');
    expect(attempt).toBeDefined();
    if (attempt) expectUsable(attempt);
  }

  /** It can be saved again, and its answers can be reported. */
  function expectUsable(attempt: Attempt): void {
    const { quiz, position, viewed } = attempt;
    const again = decodeAttempt(smallCourse, encodeAttempt(attempt), attempt.location ?? '');
    expect(JSON.stringify(again)).toBe(JSON.stringify(rounded(attempt)));
    expect([position, quiz.best ?? 0, quiz.last ?? 0].every((share) => share >= 0 && share <= 1)).toBe(true);
    expect(Number.isInteger(quiz.tries)).toBe(true);
    expect(smallCourse.pages.map(({ id }) => id)).toEqual(expect.arrayContaining([...viewed]));
    for (const { at, latency } of interactionsOf(smallCourse, attempt)) {
      expect(new Date(at).toISOString()).toMatch(/^\d{4}-/);
      expect(latency).toBeGreaterThanOrEqual(0);
    }
  }
});

describe('The course itself', () => {
  it('fits the suspend data of SCORM 1.2 with everything viewed and every option of every question chosen', async () => {
    const read = await readCourse('course');
    if (!read.ok) throw new Error('the course has problems');
    const { course } = read.source;
    const attempt: Attempt = {
      location: course.pages.at(-1)?.id ?? null,
      position: 0.333,
      viewed: course.pages.map(({ id }) => id),
      quiz: {
        phase: 'submitted',
        tries: 100,
        best: 6 / 7,
        last: 5 / 7,
        answers: Object.fromEntries(
          course.items.map((item) => {
            const longest = item.kind === 'choice' ? item.options.map((option) => option.id) : false;
            return [item.id, { response: longest, at: 4_000_000_000_000, latency: 99_999_900 }];
          }),
        ),
      },
    };
    const { length } = encodeAttempt(attempt);
    expect(course.items.length).toBeGreaterThan(0);
    expect(length).toBeGreaterThan(100);
    expect(length).toBeLessThan(4096);
  });
});

describe('An attempt to go on with', () => {
  it('is the saved one', () => {
    const attempt = attemptAfter(smallCourse, [
      { type: 'page-opened', page: smallCourse.pages[1]?.id ?? '' },
    ]);
    expect(resumeAttempt(smallCourse, encodeAttempt(attempt), attempt.location ?? '')).toEqual(attempt);
  });

  it('begins at the bookmark where the saved one cannot be read', () => {
    const location = smallCourse.pages[1]?.id ?? '';
    expect(resumeAttempt(smallCourse, '{"v":1,"p":0.5,"s":["wel', location)).toEqual({
      ...newAttempt,
      location,
    });
  });

  it('begins at the beginning where nothing can be read', () => {
    expect(resumeAttempt(smallCourse, 'null', 'no-such-page')).toEqual(newAttempt);
  });
});
