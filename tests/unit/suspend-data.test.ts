import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  type Answer,
  type Attempt,
  type AttemptEvent,
  newAttempt,
  reduceAttempt,
} from '../../src/attempt/attempt.ts';
import { BitWriter } from '../../src/attempt/bits.ts';
import { progressOf } from '../../src/attempt/progress.ts';
import { stateSize } from '../../src/attempt/state-size.ts';
import { decodeAttempt, encodeAttempt } from '../../src/attempt/suspend-data.ts';
import { readCourse } from '../../src/content/read-course.ts';
import { judgedAtOnce } from '../../src/items/item.ts';
import { type Item, readResponse } from '../../src/items/items.ts';
import type { Course } from '../../src/model/course.ts';
import { altered, likeSaved, sealed } from '../fixtures/altered-text.ts';
import {
  anyAttempt,
  anyCourse,
  anyEvents,
  begunResponseTo,
  courseAndAttempt,
} from '../fixtures/arbitrary-course.ts';
import { attemptAfter, opened, viewed } from '../fixtures/events.ts';
import { kindsCourse } from '../fixtures/kinds-course.ts';
import { largeCourse, wholeAttempt } from '../fixtures/large-course.ts';
import { smallCourse } from '../fixtures/small-course.ts';
import { expectValid } from '../fixtures/valid-attempt.ts';

// The property tests make some thousand attempts.
vi.setConfig({ testTimeout: 60_000 });

const sample = (name: string): string =>
  readFileSync(new URL(`../fixtures/suspend-data/${name}`, import.meta.url), 'utf8');
/** On one line, as it was written. */
const v1 = JSON.stringify(JSON.parse(sample('v1.json')));
const v2 = sample('v2.txt');
const v2Kinds = sample('v2-kinds.txt');

const unjudged = { tries: 0, judged: false };

/** What v2.txt was written from; never changed, so that every later version reads what this one wrote. */
const v2Attempt: Attempt = {
  id: 'Kd3-_9',
  location: 'quiz',
  position: 0.125,
  movedAt: Date.UTC(2026, 10, 23, 9, 3, 10),
  viewed: ['start', 'quiz'],
  quiz: {
    phase: 'answering',
    tries: 1,
    best: 0.5,
    last: 0.5,
    submittedAt: Date.UTC(2026, 10, 23, 9, 1, 30),
    answers: {
      'how-much': {
        response: ['less'],
        at: Date.UTC(2026, 10, 23, 9, 2, 50),
        latency: 12_300,
        tries: 0,
        judged: false,
      },
      'is-it': {
        response: null,
        at: Date.UTC(2026, 10, 23, 9, 3, 5),
        latency: 4000,
        tries: 0,
        judged: false,
      },
    },
    takeaways: {},
  },
  checks: {},
};
/** What v2-kinds.txt was written from: every kind of question, judged at once or not, takeaways; never changed. */
const v2KindsAttempt: Attempt = {
  id: 'x_Y-42',
  location: 'more',
  position: 0.75,
  movedAt: Date.UTC(2026, 11, 1, 10, 0, 30),
  viewed: ['start', 'more', 'quiz'],
  quiz: {
    phase: 'answering',
    tries: 2,
    best: 0.8125,
    last: 2 / 3,
    submittedAt: Date.UTC(2026, 11, 1, 9, 30),
    answers: {
      'how-much': { response: ['more'], at: Date.UTC(2026, 11, 1, 9, 40), latency: 5100, ...unjudged },
      'is-it': { response: true, at: Date.UTC(2026, 11, 1, 9, 40, 20), latency: 3000, ...unjudged },
      'which-of': {
        response: ['few', 'many'],
        at: Date.UTC(2026, 11, 1, 9, 41),
        latency: 12_400,
        ...unjudged,
      },
      pairs: {
        response: [
          ['cold', 'ice'],
          ['hot', 'air'],
        ],
        at: Date.UTC(2026, 11, 1, 9, 42),
        latency: 7700,
        tries: 1,
        judged: true,
      },
      steps: {
        response: ['then', 'first', 'last'],
        at: Date.UTC(2026, 11, 1, 9, 43),
        latency: 20_000,
        ...unjudged,
      },
      word: {
        response: 'चाय, “tea”',
        at: Date.UTC(2026, 11, 1, 9, 44),
        latency: 4200,
        tries: 3,
        judged: false,
      },
      amount: { response: -3.25, at: Date.UTC(2026, 11, 1, 9, 45), latency: 900, ...unjudged },
    },
    takeaways: { less: 0.75, words: 0.6666 },
  },
  checks: {
    'check-it': {
      response: ['yes'],
      at: Date.UTC(2026, 11, 1, 9, 10),
      latency: 6000,
      tries: 2,
      judged: true,
    },
    'how-sure': { response: null, at: Date.UTC(2026, 11, 1, 9, 11), latency: 2000, tries: 1, judged: false },
  },
};
const v1Attempt: Attempt = {
  id: '',
  location: 'quiz',
  position: 0.125,
  movedAt: 0,
  viewed: ['start', 'quiz'],
  quiz: {
    phase: 'answering',
    tries: 2,
    best: 0.5,
    last: 0,
    submittedAt: 0,
    answers: {
      'how-much': { response: ['more'], at: 1_767_323_045_000, latency: 12_300, tries: 0, judged: false },
      'is-it': { response: false, at: 1_767_323_050_000, latency: 4000, tries: 0, judged: false },
    },
    takeaways: {},
  },
  checks: {},
};

/** So many texts of one attempt: attempts take longer to make than texts. */
const twenty = { minLength: 20, maxLength: 20 };

/** The released course, or a failure of the test. */
async function realCourse(): Promise<Course> {
  const read = await readCourse('course');
  if (!read.ok) throw new Error('the course has problems');
  return read.source.course;
}

describe('What has been saved comes back', () => {
  it('any attempt on any course is restored, exactly', () => {
    fc.assert(
      fc.property(courseAndAttempt, ([course, attempt]) => {
        const restored = decodeAttempt(course, encodeAttempt(course, attempt), attempt.location ?? '');
        expect(restored).toEqual({ attempt, state: 'sound' });
      }),
      { numRuns: 1000 },
    );
  });

  it('resuming is no change: what is restored is written as it was read', () => {
    fc.assert(
      fc.property(courseAndAttempt, fc.integer({ min: 64, max: 200 }), ([course, attempt], limit) => {
        const text = encodeAttempt(course, attempt, limit);
        expect(encodeAttempt(course, decodeAttempt(course, text, '').attempt)).toBe(text);
      }),
    );
  });

  it('no URL-encoding changes it, however often', () => {
    fc.assert(
      fc.property(courseAndAttempt, ([course, attempt]) => {
        const text = encodeAttempt(course, attempt);
        expect(text).toMatch(/^[A-Za-z0-9._-]+$/);
        expect(encodeURIComponent(encodeURIComponent(text))).toBe(text);
      }),
    );
  });
});

describe('What an earlier version wrote is read, exactly, by this and every later one', () => {
  it('version 1', () => {
    expect(decodeAttempt(smallCourse, v1, 'quiz')).toEqual({ attempt: v1Attempt, state: 'sound' });
  });

  it('version 1, of the course as it was released: all that still exists', async () => {
    const course = await realCourse();
    const still = (ids: readonly string[], of: readonly { readonly id: string }[]) =>
      of.map(({ id }) => id).filter((id) => ids.includes(id));
    const { attempt, state } = decodeAttempt(course, sample('v1-course.txt'), 'result');
    const pages = [
      'welcome',
      'what-is-techdiplomacy',
      'indo-pacific',
      'case-study',
      'standards',
      'questions',
    ];
    const questions = [
      'q-meaning',
      'q-both-ways',
      'q-models',
      'q-network',
      'q-attribution',
      'q-force',
      'q-bodies',
    ];
    expect(state).toBe('sound');
    expect(attempt.viewed).toEqual(still([...pages, 'quiz', 'result'], course.pages));
    expect(attempt.viewed.length).toBeGreaterThan(0);
    expect(attempt.quiz).toMatchObject({ phase: 'submitted', tries: 2, best: 6 / 7, last: 6 / 7 });
    expect(Object.keys(attempt.quiz.answers)).toEqual(still(questions, course.items));
    expect(attempt.quiz.answers['q-bodies']).toEqual({
      response: ['iso', 'iec'],
      at: Date.UTC(2026, 10, 20, 9, 9, 2),
      latency: 15_100,
      tries: 0,
      judged: false,
    });
  });

  it.each<[string, string, Course, Attempt]>([
    ['as the first release wrote it', v2, smallCourse, v2Attempt],
    ['with all kinds of questions, in lessons too, and takeaways', v2Kinds, kindsCourse, v2KindsAttempt],
  ])('version 2, %s, and it is still written so', (_, text, course, attempt) => {
    expectValid(course, attempt);
    expect(decodeAttempt(course, text, '')).toEqual({ attempt, state: 'sound' });
    expect(encodeAttempt(course, attempt)).toBe(text);
  });
});

describe('The course has changed since', () => {
  const [choice, statement] = smallCourse.items;
  const [start, more, quiz, result] = smallCourse.pages;

  it.each([
    ['1', v1],
    ['2', v2],
  ])('version %s: pages that are gone are left out; the score stays', (_, text) => {
    const course: Course = { ...smallCourse, pages: [start, more, result] };
    expect(decodeAttempt(course, text, 'quiz').attempt).toMatchObject({
      location: null,
      position: 0,
      viewed: ['start'],
      quiz: { best: 0.5 },
    });
  });

  it('pages in another order are viewed in that order', () => {
    const course: Course = { ...smallCourse, pages: [result, quiz, more, start] };
    expect(decodeAttempt(course, v2, '').attempt.viewed).toEqual(['quiz', 'start']);
  });

  it('pages, questions and options that have other ids but their numbers are the same ones', () => {
    const course: Course = {
      ...smallCourse,
      pages: [{ ...quiz, id: 'exam' }],
      items: [
        {
          ...choice,
          id: 'so-much',
          options: choice.options.map((option) => ({ ...option, id: `${option.id}_` })),
        },
      ],
    };
    expect(decodeAttempt(course, v2, '').attempt).toMatchObject({
      location: 'exam',
      viewed: ['exam'],
      quiz: { answers: { 'so-much': { response: ['less_'] } } },
    });
  });

  it.each<[string, Course['items']]>([
    ['a question is gone', [statement]],
    [
      'the chosen option is gone',
      [{ ...choice, options: choice.options.filter(({ id }) => id !== 'less') }, statement],
    ],
    ['a question is of another kind', [{ ...statement, id: choice.id, number: choice.number }, statement]],
  ])('where %s, its answer is left out and the others stay', (_, items) => {
    const { attempt, state } = decodeAttempt({ ...smallCourse, items }, v2, '');
    expect(attempt.quiz.answers).toEqual({ 'is-it': v2Attempt.quiz.answers['is-it'] });
    expect(state).toBe('sound');
  });

  it('a question that takes one answer now keeps none that has two', () => {
    const several: Course = { ...smallCourse, items: [{ ...choice, multiple: true }] };
    const at = { at: 1000, latency: 0 };
    const attempt = attemptAfter(several, [
      { type: 'item-answered', item: choice.id, response: ['more', 'less'], ...at },
    ]);
    expect(decodeAttempt(smallCourse, encodeAttempt(several, attempt), '').attempt.quiz.answers).toEqual({});
  });

  it('takeaways and questions of lessons that have other ids but their numbers are the same ones', () => {
    const [less, words] = kindsCourse.takeaways;
    const [check, survey] = kindsCourse.checks;
    const course: Course = {
      ...kindsCourse,
      takeaways: [{ ...words, id: 'terms' }, less],
      checks: [{ ...survey, id: 'so-sure' }, check],
    };
    const { quiz, checks } = decodeAttempt(course, v2Kinds, '').attempt;
    expect(quiz.takeaways).toEqual({ terms: 0.6666, less: 0.75 });
    expect(checks).toEqual({
      'so-sure': v2KindsAttempt.checks['how-sure'],
      'check-it': v2KindsAttempt.checks['check-it'],
    });
  });

  it('a question that has moved from a lesson into the quiz takes its answer along', () => {
    const [check, survey] = kindsCourse.checks;
    const course: Course = { ...kindsCourse, items: [...kindsCourse.items, check], checks: [survey] };
    const { quiz, checks } = decodeAttempt(course, v2Kinds, '').attempt;
    expect(quiz.answers['check-it']).toEqual(v2KindsAttempt.checks['check-it']);
    expect(Object.keys(checks)).toEqual(['how-sure']);
  });

  it.each<[string, string, (item: Course['items'][number]) => Course['items'][number]]>([
    [
      'a target is gone',
      'pairs',
      (item) =>
        item.kind === 'matching' ? { ...item, targets: item.targets.filter(({ id }) => id !== 'air') } : item,
    ],
    [
      'a step is new',
      'steps',
      (item) =>
        item.kind === 'sequencing' ? { ...item, options: [...item.options, { id: 'new', number: 3 }] } : item,
    ],
    ['it asks for a number now', 'word', (item) => ({ ...kindsCourse.items[6], number: item.number })],
  ])('where %s, the answer to the question is left out', (_, id, change) => {
    const items = kindsCourse.items.map((item) => (item.id === id ? { ...change(item), id } : item));
    const { attempt, state } = decodeAttempt({ ...kindsCourse, items }, v2Kinds, '');
    const { [id]: gone, ...others } = v2KindsAttempt.quiz.answers;
    expect(gone).toBeDefined();
    expect(attempt.quiz.answers).toEqual(others);
    expect(state).toBe('sound');
  });

  it('a pair that is new leaves the others made', () => {
    const items = kindsCourse.items.map((item) =>
      item.kind === 'matching'
        ? { ...item, pairs: [{ id: 'new', number: 5, target: 'air' }, ...item.pairs] }
        : item,
    );
    const { attempt } = decodeAttempt({ ...kindsCourse, items }, v2Kinds, '');
    expect(attempt.quiz.answers['pairs']?.response).toEqual(v2KindsAttempt.quiz.answers['pairs']?.response);
  });

  it('whatever was removed: the rest is as it was', () => {
    const shrunk = courseAndAttempt.chain(([course, attempt]) =>
      fc.record({
        course: fc.constant(course),
        attempt: fc.constant(attempt),
        pages: fc.subarray([...course.pages], { minLength: 1 }),
        items: fc.subarray([...course.items]),
        checks: fc.subarray([...course.checks]),
        takeaways: fc.subarray([...course.takeaways]),
      }),
    );
    fc.assert(
      fc.property(shrunk, ({ course, attempt, ...left }) => {
        const { pages, items, checks, takeaways } = left;
        const now: Course = { ...course, ...left };
        const restored = decodeAttempt(now, encodeAttempt(course, attempt), '').attempt;
        expect(restored.viewed).toEqual(
          pages.map(({ id }) => id).filter((id) => attempt.viewed.includes(id)),
        );
        for (const { id } of items) expect(restored.quiz.answers[id]).toEqual(attempt.quiz.answers[id]);
        for (const { id } of checks) expect(restored.checks[id]).toEqual(attempt.checks[id]);
        for (const { id } of takeaways) {
          expect(restored.quiz.takeaways[id]).toBe(attempt.quiz.takeaways[id]);
        }
        expectValid(now, restored);
      }),
    );
  });
});

describe('What an LMS does to a text', () => {
  it.each([
    ['nothing', ''],
    ['null', 'null'],
    ['null, quoted', '"null"'],
    ['undefined', 'undefined'],
    ['blanks', ' \n '],
    ['quotes around nothing', '""'],
  ])('%s is no attempt, and the bookmark of the LMS is followed', (_, text) => {
    expect(decodeAttempt(smallCourse, text, 'more')).toEqual({
      attempt: { ...newAttempt, location: 'more' },
      state: 'empty',
    });
    expect(decodeAttempt(smallCourse, text, 'no-such-page')).toEqual({ attempt: newAttempt, state: 'empty' });
  });

  it.each<[string, (text: string) => string]>([
    ['blanks around it', (text) => ` ${text}\r\n`],
    ['quotes around it', (text) => `"${text}"`],
    ['single quotes and blanks around it', (text) => ` '${text}' `],
    ['URL-encoding', encodeURIComponent],
    ['URL-encoding twice', (text) => encodeURIComponent(encodeURIComponent(text))],
    ['URL-encoding of every character', (text) => Buffer.from(text).toString('hex').replace(/../g, '%$&')],
    ['JSON of it', (text) => JSON.stringify(text)],
  ])('%s is undone', (_, garble) => {
    expect(decodeAttempt(smallCourse, garble(v1), 'quiz')).toEqual({ attempt: v1Attempt, state: 'sound' });
    expect(decodeAttempt(smallCourse, garble(v2), '')).toEqual({ attempt: v2Attempt, state: 'sound' });
  });

  it.each([
    ['a login page', '<!doctype html><title>Log in</title>'],
    ['another course’s data', '{"lesson":3}'],
    ['a list', '[]'],
    ['a number', '1'],
    ['bad URL-encoding', '%E0%A4%A'],
    ['version 1 cut off', v1.slice(0, -9)],
    ['JSON that says it is of version 2', v1.replace('"v":1', '"v":2')],
  ])('%s is damage, and the bookmark of the LMS is followed', (_, text) => {
    expect(decodeAttempt(smallCourse, text, 'more')).toEqual({
      attempt: { ...newAttempt, location: 'more' },
      state: 'damaged',
    });
  });

  it.each([
    ['3.abcdef.xAAA.whatever~it;is', 'abcdef'],
    ['12.abcdef', 'abcdef'],
    ['3.another-form-of-name.x', ''],
    [v1.replace('"v":1', '"v":3'), ''],
  ])('of a later version only the name is read: %s', (text, id) => {
    expect(decodeAttempt(smallCourse, text, '')).toEqual({ attempt: { ...newAttempt, id }, state: 'newer' });
  });
});

describe('A text that has been damaged', () => {
  const sections = v2.split('.');

  it('cut anywhere keeps every section before the cut', () => {
    const whole = (text: string) => ({ ...decodeAttempt(smallCourse, text, '').attempt, id: '' });
    for (let length = 1; length < v2.length; length += 1) {
      const { attempt, state } = decodeAttempt(smallCourse, v2.slice(0, length), '');
      // Sections that have come whole: the cut is at their end or behind it.
      const come = v2.slice(0, length + 1).split('.').length - 1;
      const kept = sections.slice(0, Math.max(2, come)).join('.');
      expect({ ...attempt, id: '' }).toEqual(whole(kept));
      expect(state).toBe('damaged');
    }
    expect(whole(v2)).toEqual({ ...v2Attempt, id: '' });
  });

  it.each<[string, Partial<Attempt>, Partial<Attempt['quiz']>]>([
    ['s', {}, { tries: 0, best: null, last: null, submittedAt: 0 }],
    ['v', { viewed: [] }, {}],
    ['b', { location: null, position: 0, movedAt: 0 }, {}],
    ['a', {}, { answers: {} }],
  ])('altered in section %s loses what is in that section and nothing else', (letter, lost, lostOfQuiz) => {
    const text = sections
      .map((section) => (section.startsWith(letter) ? `${section.slice(0, -1)}~` : section))
      .join('.');
    expect(decodeAttempt(smallCourse, text, '')).toEqual({
      attempt: { ...v2Attempt, ...lost, quiz: { ...v2Attempt.quiz, ...lostOfQuiz } },
      state: 'damaged',
    });
  });

  it.each<[string, number, Partial<Attempt>, Partial<Attempt['quiz']>]>([
    ['t', 0, {}, { takeaways: {} }],
    ['j', 0, {}, { answers: {} }],
    ['j', 1, { checks: {} }, {}],
  ])(
    'altered in section %s (%i) loses what is in that section and nothing else',
    (letter, which, lost, ofQuiz) => {
      const parts = v2Kinds.split('.');
      const [index = 0] = parts.flatMap((part, at) => (part.startsWith(letter) ? [at] : [])).slice(which);
      expect(index).toBeGreaterThan(1);
      const text = parts.with(index, `${parts[index]?.slice(0, -1)}~`).join('.');
      expect(decodeAttempt(kindsCourse, text, '')).toEqual({
        attempt: { ...v2KindsAttempt, ...lost, quiz: { ...v2KindsAttempt.quiz, ...ofQuiz } },
        state: 'damaged',
      });
    },
  );

  it('a section of another attempt is not taken for one of this', () => {
    const other = encodeAttempt(smallCourse, { ...v2Attempt, id: 'other_' }).split('.');
    const text = [...sections.slice(0, -1), other[3], sections.at(-1)].join('.');
    expect(other[3]?.slice(0, -3)).toBe(sections[3]?.slice(0, -3));
    expect(decodeAttempt(smallCourse, text, '').state).toBe('damaged');
  });

  it('of a long quiz only the answers in the damaged part are lost', () => {
    const course = largeCourse(1000);
    const attempt = wholeAttempt(course, (index) => ({ at: index * 40_000 }));
    const parts = encodeAttempt(course, attempt).split('.');
    const first = parts.findIndex((part, index) => index > 1 && part.startsWith('a'));
    const { attempt: read, state } = decodeAttempt(course, parts.toSpliced(first + 1, 1).join('.'), '');
    const { answers } = read.quiz;
    expect(state).toBe('damaged');
    expect(Object.keys(answers)).toHaveLength(course.items.length - 64);
    expect(answers).toEqual(
      Object.fromEntries(Object.entries(attempt.quiz.answers).filter(([id]) => answers[id])),
    );
  });

  it('a section that ends too early is left out, though its checksum is right', () => {
    expect(decodeAttempt(smallCourse, sealed('2.abcdef.sg---.---'), '').attempt.quiz).toEqual(
      newAttempt.quiz,
    );
  });

  it('a section that says it holds more than there can be is read no further', () => {
    const writer = new BitWriter();
    writer.bits(0, 6);
    writer.expGolomb(1, 5);
    writer.bits(0, 38);
    for (const value of [0, 0, 2 ** 41]) writer.column([value]);
    // So many responses in no bits at all.
    writer.column([]);
    const { attempt } = decodeAttempt(smallCourse, sealed(`2.abcdef.a${writer.text()}---.---`), '');
    expectValid(smallCourse, attempt);
  });

  it('a section of takeaways that says there are more than can be is read no further', () => {
    const writer = new BitWriter();
    writer.expGolomb(2 ** 50, 2);
    // So many numbers and scores in no bits at all.
    writer.column([]);
    writer.column([]);
    const { attempt } = decodeAttempt(kindsCourse, sealed(`2.abcdef.t${writer.text()}---.---`), '');
    expectValid(kindsCourse, attempt);
  });

  it.each([
    ['judged, and never', { response: true, tries: 0, judged: true }, { tries: 0, judged: false }],
    ['judged, and taken back', { response: null, tries: 2, judged: true }, { tries: 2, judged: false }],
    [
      'judged more often than can be',
      { response: true, tries: 2 ** 40, judged: true },
      { tries: 2 ** 32 - 1 },
    ],
    ['judged very often', { response: true, tries: 2 ** 31, judged: true }, { tries: 2 ** 31, judged: true }],
  ])('an answer that was %s is put right', (_, given, expected) => {
    const of = (item: string, answer: Partial<Answer>): Attempt => ({
      ...newAttempt,
      id: 'abcdef',
      quiz: {
        ...newAttempt.quiz,
        answers: { [item]: { response: true, at: 0, latency: 0, ...unjudged, ...answer } },
      },
    });
    // Beside one that was judged, for otherwise nothing is said of it.
    const both = of('is-it', given);
    const { answers } = of('how-much', { response: ['more'], tries: 1, judged: true }).quiz;
    const text = encodeAttempt(smallCourse, {
      ...both,
      quiz: { ...both.quiz, answers: { ...answers, ...both.quiz.answers } },
    });
    const { attempt } = decodeAttempt(smallCourse, text, '');
    expectValid(smallCourse, attempt);
    expect(attempt.quiz.answers['is-it']).toMatchObject({ response: given.response, ...expected });
  });

  it('any change is noticed, and nothing comes back that was not there', () => {
    const cases = courseAndAttempt.chain(([course, attempt]) => {
      const text = encodeAttempt(course, attempt);
      return fc.tuple(fc.constant([course, attempt, text] as const), fc.array(altered(text), twenty));
    });
    fc.assert(
      fc.property(cases, ([[course, attempt, text], texts]) => {
        for (const changed of texts) {
          const { attempt: read, state } = decodeAttempt(course, changed, '');
          expect(state === 'sound' && encodeAttempt(course, read) !== text).toBe(false);
          expect(read.viewed.filter((page) => !attempt.viewed.includes(page))).toEqual([]);
          expect(attempt.quiz.answers).toMatchObject(read.quiz.answers);
          expect(attempt.quiz.takeaways).toMatchObject(read.quiz.takeaways);
          expect(attempt.checks).toMatchObject(read.checks);
          if (read.quiz.tries > 0) expect(read.quiz.best).toBe(attempt.quiz.best);
        }
      }),
      // One text in 2^18 passes by chance: always the same ones are tried, that do not.
      { numRuns: 100, seed: 3 },
    );
  });
});

describe('Whatever the text', () => {
  const courseAndTexts = courseAndAttempt.chain(([course, attempt]) => {
    const text = fc.oneof(
      { weight: 6, arbitrary: likeSaved(encodeAttempt(course, attempt)) },
      altered(v1),
      fc.string({ unit: 'binary' }),
      fc.json(),
    );
    return fc.tuple(fc.constant(course), fc.array(text, twenty));
  });

  it('10,000 of them: reading never throws, and the course can go on with what comes of it', () => {
    fc.assert(
      fc.property(courseAndTexts, ([course, texts]) => {
        for (const text of texts) {
          const { attempt } = decodeAttempt(course, text, course.pages[0]?.id ?? '');
          expectValid(course, attempt);
          const again = decodeAttempt(course, encodeAttempt(course, attempt), '');
          expect(again).toEqual({ attempt, state: 'sound' });
        }
      }),
      { numRuns: 500 },
    );
  });

  it('what is done from there on is never undone', () => {
    const begun = courseAndTexts.chain(([course, texts]) =>
      fc.tuple(fc.constant(course), fc.constant(texts), anyEvents(course)),
    );
    const expectProgress = (course: Course, start: Attempt, events: readonly AttemptEvent[]) => {
      let attempt = start;
      for (const event of events) {
        const next = reduceAttempt(course, attempt, event);
        const [was, is] = [progressOf(course, attempt), progressOf(course, next)];
        if (was.completion === 'completed') expect(is.completion).toBe('completed');
        if (was.success === 'passed') expect(is.success).toBe('passed');
        expect(next.quiz.best ?? -1).toBeGreaterThanOrEqual(attempt.quiz.best ?? -1);
        attempt = next;
      }
      expectValid(course, attempt);
    };
    fc.assert(
      fc.property(begun, ([course, texts, events]) => {
        for (const text of texts) expectProgress(course, decodeAttempt(course, text, '').attempt, events);
      }),
      { numRuns: 50 },
    );
  });

  describe('in version 1', () => {
    const saved = (fields: object): string => JSON.stringify({ v: 1, ...fields });
    const quizOf = (fields: object) => decodeAttempt(smallCourse, saved(fields), '').attempt.quiz;

    it('any fields give an attempt that the course can go on with', () => {
      const anyAnswer = fc.oneof(
        fc.jsonValue(),
        fc.tuple(fc.constantFrom(true, ['more']), fc.jsonValue(), fc.jsonValue()),
      );
      const fields = fc.record(
        {
          p: fc.jsonValue(),
          s: fc.oneof(fc.jsonValue(), fc.array(fc.constantFrom('start', 'gone'))),
          t: fc.oneof(fc.jsonValue(), fc.nat()),
          d: fc.oneof(fc.jsonValue(), fc.constant(1)),
          b: fc.oneof(fc.jsonValue(), fc.double({ min: 0, max: 1 })),
          l: fc.oneof(fc.jsonValue(), fc.double({ min: 0, max: 1 })),
          a: fc.oneof(fc.jsonValue(), fc.record({ 'how-much': anyAnswer, 'is-it': anyAnswer })),
        },
        { requiredKeys: [] },
      );
      fc.assert(
        fc.property(fields, (any) => {
          expectValid(smallCourse, decodeAttempt(smallCourse, saved(any), 'quiz').attempt);
        }),
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
      const { answers } = quizOf({ a: { 'how-much': [response, at, latency], 'is-it': [true, 1, 1] } });
      expect(Object.keys(answers)).toEqual(['is-it']);
    });

    it('a score of zero has no sign, and tries are as many as can be counted', () => {
      const text = '{"v":1,"t":1e300,"b":-0,"l":-0}';
      const { tries, best, last } = decodeAttempt(smallCourse, text, '').attempt.quiz;
      expect([tries, best, last]).toStrictEqual([2 ** 32 - 1, 0, 0]);
    });

    it.each([{ b: 7 }, { b: -1 }, { b: '1' }])('a score that is none is none: %j', (fields) => {
      expect(quizOf({ t: 1, ...fields }).best).toBeNull();
    });
  });
});

describe('Room for 4,096 characters, as in SCORM 1.2', () => {
  const course = largeCourse(3000);
  const start = Date.UTC(2026, 0, 12, 8);
  const seconds = (from: number, to: number, chance: number) =>
    Math.round(from + chance * (to - from)) * 1000;

  it('holds a course of 3,000 units, all pages viewed and all questions answered, with nothing left out', () => {
    let at = start;
    const attempt = wholeAttempt(course, (_, random) => {
      at += seconds(20, 60, random());
      return { at, latency: Math.round(50 + random() * 550) * 100 };
    });
    const text = encodeAttempt(course, attempt, 4096);
    expect(text.length).toBeLessThanOrEqual(4096);
    expect(decodeAttempt(course, text, '')).toEqual({ attempt, state: 'sound' });
  });

  it('and so it does where some questions take long and there is a night now and then', () => {
    let at = start;
    const attempt = wholeAttempt(course, (index, random) => {
      const night = index % 60 === 59 ? 54_000_000 : 0;
      at += seconds(10, 40, -Math.log(1 - random())) + night;
      return { at, latency: Math.round(50 - 150 * Math.log(1 - random())) * 100 };
    });
    const text = encodeAttempt(course, attempt, 4096);
    expect(decodeAttempt(course, text, '')).toEqual({ attempt, state: 'sound' });
  });

  it('keeps all pages and all responses of it whatever the times', () => {
    const attempt = wholeAttempt(course, (_, random) => ({
      at: seconds(0, 4_000_000_000, random()),
      latency: seconds(0, 1_000_000, random()),
    }));
    const text = encodeAttempt(course, attempt, 4096);
    const restored = decodeAttempt(course, text, '').attempt;
    const responses = ({ quiz }: Attempt) =>
      Object.entries(quiz.answers).map(([id, { response }]) => [id, response]);
    expect(text.length).toBeLessThanOrEqual(4096);
    expect(encodeAttempt(course, attempt).length).toBeGreaterThan(4096);
    expect(restored.viewed).toEqual(attempt.viewed);
    expect(responses(restored)).toEqual(responses(attempt));
  });
});

describe('Where there is less room', () => {
  const course = largeCourse(200);
  const attempt = wholeAttempt(course, (index, random) => ({
    at: 1_700_000_000_000 + index * 4_000_000 + Math.floor(random() * 3000) * 1000,
    latency: Math.floor(random() * 600) * 100,
  }));
  const restoredWithin = (limit: number): Attempt =>
    decodeAttempt(course, encodeAttempt(course, attempt, limit), '').attempt;

  /** What is there, in the order in which it may go, as counts that can only fall. */
  const held = ({ quiz, location, position, viewed, checks }: Attempt) => {
    const answers = [...Object.values(quiz.answers), ...Object.values(checks)];
    return [
      ['latencies', answers.some(({ latency }) => latency > 0) ? 1 : 0],
      ['times', new Set(answers.map(({ at }) => at)).size > 1 ? 1 : 0],
      ['position', position > 0 ? 1 : 0],
      ['bookmark', location === null ? 0 : 1],
      ['checks', Object.keys(checks).length],
      ['answers', Object.keys(quiz.answers).length],
      ['pages', viewed.length],
      ['takeaways', Object.keys(quiz.takeaways).length],
    ] as const;
  };

  it('things are left out in the stated order, each only when all before it are gone', () => {
    // Some questions stand in lessons; and so many takeaways that they need the room of the last pages.
    const takeaways = Array.from({ length: 12 }, (_, number) => ({
      ...smallCourse.takeaways[0],
      id: `t${number}`,
      number,
    }));
    const parted: Course = {
      ...course,
      takeaways,
      items: course.items.slice(0, 40),
      checks: course.items.slice(40),
    };
    const answers = Object.entries(attempt.quiz.answers);
    const whole: Attempt = {
      ...attempt,
      quiz: {
        ...attempt.quiz,
        answers: Object.fromEntries(answers.slice(0, 40)),
        takeaways: Object.fromEntries(takeaways.map(({ id }, index) => [id, index / 16])),
      },
      checks: Object.fromEntries(answers.slice(40)),
    };
    const full = held(whole);
    const seen = new Set<string>();
    for (let limit = encodeAttempt(parted, whole).length; limit >= 64; limit -= 1) {
      const text = encodeAttempt(parted, whole, limit);
      expect(text.length).toBeLessThanOrEqual(limit);
      const now = held(decodeAttempt(parted, text, '').attempt);
      const touched = now.findLastIndex(([, count], index) => count < (full[index]?.[1] ?? 0));
      const gone = now.slice(0, Math.max(0, touched)).map(([, count]) => count);
      expect(gone.every((count) => count === 0)).toBe(true);
      const name = now[touched]?.[0];
      if (name) seen.add(name);
    }
    expect([...seen]).toEqual([
      'latencies',
      'times',
      'position',
      'bookmark',
      'checks',
      'answers',
      'pages',
      'takeaways',
    ]);
  });

  it('the position goes before the bookmark', () => {
    const read = { ...attempt, quiz: { ...attempt.quiz, answers: {} } };
    const size = encodeAttempt(course, read).length;
    const [less, least] = [size - 1, size - 4].map(
      (limit) => decodeAttempt(course, encodeAttempt(course, read, limit), '').attempt,
    );
    expect(less).toEqual({ ...read, position: 0 });
    expect(least).toEqual({ ...read, location: null, position: 0, movedAt: 0 });
  });

  it('answers without times get the latest, so that a merge does not take an older one for newer', () => {
    const latest = Math.max(...Object.values(attempt.quiz.answers).map(({ at }) => at));
    const times = Object.values(restoredWithin(120).quiz.answers).map(({ at }) => at);
    expect(times.length).toBeGreaterThan(0);
    expect(new Set(times)).toEqual(new Set([latest]));
  });

  it('answers and pages go from the highest number down, and score and tries never go', () => {
    for (let limit = 64; limit < 200; limit += 1) {
      const { viewed, quiz } = restoredWithin(limit);
      expect(viewed).toEqual(attempt.viewed.slice(0, viewed.length));
      const ids = Object.keys(quiz.answers);
      expect(ids).toEqual(course.items.slice(0, ids.length).map(({ id }) => id));
      expect({ ...quiz, answers: {} }).toEqual({ ...attempt.quiz, answers: {} });
    }
  });

  it('the text is never longer than the room, from 64 characters up', () => {
    fc.assert(
      fc.property(courseAndAttempt, fc.integer({ min: 64, max: 300 }), ([any, its], limit) => {
        const text = encodeAttempt(any, its, limit);
        expect(text.length).toBeLessThanOrEqual(limit);
        expect(decodeAttempt(any, text, '').state).toBe('sound');
      }),
    );
    const worst = { ...attempt, quiz: { ...attempt.quiz, tries: 2 ** 32 - 1 } };
    expect(encodeAttempt(course, worst, 64).length).toBeLessThanOrEqual(64);
    expect(decodeAttempt(course, encodeAttempt(course, worst, 64), '').attempt.quiz).toMatchObject({
      tries: 2 ** 32 - 1,
      best: 2 / 3,
    });
  });
});

describe('The size that the build reports', () => {
  it('is not exceeded by any attempt within a year of the course', () => {
    const cases = anyCourse.chain((course) => {
      const within = fc.record({
        at: fc.nat(365 * 86_400).map((second) => (1_800_000_000 + second) * 1000),
        latency: fc.nat(36_000).map((tenths) => tenths * 100),
      });
      const answer = (item: Item) => {
        const judged = judgedAtOnce(item)
          ? fc.tuple(fc.nat(item.rules.attempts ?? 1000), fc.boolean())
          : fc.constant([0, false] as const);
        const given = begunResponseTo(item).map((response) => readResponse(item, response) ?? null);
        // What can only be changed for another answer cannot be taken back.
        const stays =
          item.kind === 'choice' ? !item.multiple : /true-false|sequencing|likert/.test(item.kind);
        const response = stays ? given : fc.oneof(given, fc.constant(null));
        return fc
          .tuple(fc.boolean(), response, within, judged)
          .map(([there, response, times, [tries, judged]]): [string, Answer][] =>
            there ? [[item.id, { ...times, response, tries, judged: judged && tries > 0 }]] : [],
          );
      };
      const some = (items: readonly Item[]) =>
        fc.tuple(...items.map(answer)).map((list) => Object.fromEntries(list.flat()));
      const scores = fc.tuple(
        ...course.takeaways.map(({ id }) => fc.nat(1e4).map((score) => [id, score / 1e4])),
      );
      return fc.record({
        course: fc.constant(course),
        attempt: anyAttempt(course),
        answers: some(course.items),
        checks: some(course.checks),
        takeaways: scores.map((list) => Object.fromEntries(list)),
      });
    });
    fc.assert(
      fc.property(cases, ({ course, attempt, answers, checks, takeaways }) => {
        const spread = { ...attempt, quiz: { ...attempt.quiz, answers, takeaways }, checks };
        expect(encodeAttempt(course, spread).length).toBeLessThanOrEqual(stateSize(course));
      }),
      { numRuns: 1000 },
    );
  });

  it('is not exceeded where some questions have been judged at once and others not yet', () => {
    const rules = { ...smallCourse.items[1].rules, solution: 'at-once', attempts: 1 } as const;
    const course: Course = {
      ...smallCourse,
      items: Array.from({ length: 40 }, (_, number) => ({
        ...smallCourse.items[1],
        id: `q${number}`,
        number,
        rules,
      })),
    };
    const year = 365 * 86_400_000;
    const whole = wholeAttempt(course, (index) => ({
      response: true,
      at: Date.UTC(2090, 0, 1) + (index % 2) * year,
      latency: 3_600_000,
      tries: index === 7 ? 0 : 1,
      judged: index !== 7,
    }));
    expect(encodeAttempt(course, whole).length).toBeLessThanOrEqual(stateSize(course));
  });

  it('of the course itself fits SCORM 1.2', async () => {
    const course = await realCourse();
    expect(stateSize(course)).toBeGreaterThan(100);
    expect(stateSize(course)).toBeLessThan(4096);
  });

  it('of a page more is no less', () => {
    const { pages } = smallCourse;
    expect(stateSize(smallCourse)).toBeGreaterThanOrEqual(
      stateSize({ ...smallCourse, pages: pages.slice(0, 1) }),
    );
  });

  it('begins where a learner begins', () => {
    const first = attemptAfter(smallCourse, [opened('start', 1_800_000_000_000), viewed('start')]);
    expect(encodeAttempt(smallCourse, first).length).toBeLessThan(stateSize(smallCourse));
  });
});
