/** The ledger: what it says, what it must not say, and that it only ever grows. */
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type CourseFiles, readCourseFiles } from '../../src/content/course-files.ts';
import { readLedger, writeLedger } from '../../src/content/ledger-file.ts';
import { checkCourse } from '../../src/content/read-course.ts';
import { readYaml } from '../../src/content/read-yaml.ts';
import { formatProblem } from '../../src/model/course-problem.ts';
import {
  type CourseIds,
  checkLedger,
  courseIds,
  emptyLedger,
  extendLedger,
  type Ledger,
  type ListPath,
  newNumbers,
  numberIn,
  renameInLedger,
} from '../../src/model/ledger.ts';

// The property tests write and read some hundred ledgers.
vi.setConfig({ testTimeout: 30_000 });

const small = await readCourseFiles('manifest/example-course');

/** Problems of the small course with another ledger and other files, as an author sees them. */
function problemsWith(edit: (text: string) => string, files: CourseFiles = small): string {
  const { ledger } = small;
  if (!ledger) throw new Error('the small course has no ledger');
  const text = edit(ledger.text);
  if (text === ledger.text && files === small) throw new Error('nothing has been edited');
  const read = checkCourse({ ...files, ledger: { ...ledger, text } });
  if (read.ok) return '';
  return read.problems.map((problem) => formatProblem(problem).replaceAll(`${small.dir}/`, '')).join('\n');
}

const replacing = (right: string | RegExp, wrong: string) => (text: string) => text.replace(right, wrong);

/** The small course with other ids. */
const renamed = (right: string, wrong: string): CourseFiles => ({
  ...small,
  quiz: small.quiz && { ...small.quiz, text: small.quiz.text.replaceAll(`id: ${right}`, `id: ${wrong}`) },
  pages: small.pages.map((page) => ({
    ...page,
    text: page.text.replace(`id: ${right}\n`, `id: ${wrong}\n`),
  })),
});

describe('a ledger with a mistake is told so', () => {
  it('where an entry has been deleted', () => {
    expect(problemsWith(replacing(/ {4}(water|quiz|result): .\n/g, ''))).toMatchInlineSnapshot(`
      "ids.lock.yaml:12:3  an entry has been deleted
        expected  every number from 0 to 4
        found     no entry with 0, 2 to 3
        hint      restore it from version control; an entry stays, even where the page is gone"
    `);
  });

  it('where two ids share a number, as two branches leave them', () => {
    expect(
      problemsWith((text) =>
        text.replace('next: 5', 'next: 6').replace('sugar: 4\n', 'sugar: 4\n    milk: 5\n    lemon: 5\n'),
      ),
    ).toMatchInlineSnapshot(`
      "ids.lock.yaml:19:12  two pages have the same number
        expected  a number that no other page has
        found     5, the number of "milk" in line 18
        hint      keep the entry that was published first, delete the other one and run \`npm run ids\`"
    `);
  });

  it.each(['-1', '1.5', '"1"', 'null', '[]', '9007199254740993'])('where a number is %s', (value) => {
    const [first] = problemsWith(replacing('time: 1', `time: ${value}`))
      .split('ids.lock.yaml:14')
      .slice(1);
    expect(first).toContain('the value of "time" cannot be used\n  expected  a whole number from 0\n');
    expect(first).toContain('hint      restore it from version control; numbers are never written by hand');
  });

  it('where a number has not been given yet', () => {
    expect(problemsWith(replacing('result: 3', 'result: 30'))).toMatchInlineSnapshot(`
      "ids.lock.yaml:12:3  an entry has been deleted
        expected  every number from 0 to 4
        found     no entry with 3
        hint      restore it from version control; an entry stays, even where the page is gone
      ids.lock.yaml:16:13  a number that has not been given yet
        expected  a number below "next", which is 5
        found     30
        hint      restore it from version control; numbers are never written by hand"
    `);
  });

  it('where "next" is smaller than it must be', () => {
    expect(problemsWith(replacing('next: 5', 'next: 2'))).toMatchInlineSnapshot(`
      "ids.lock.yaml:11:9  "next" is too small
        expected  5, one more than the greatest number given
        found     2
        hint      write "next: 5""
    `);
  });

  it('where "next" is larger than it can be', () => {
    expect(problemsWith(replacing('next: 5', 'next: 7'))).toMatchInlineSnapshot(`
      "ids.lock.yaml:12:3  an entry has been deleted
        expected  every number from 0 to 6
        found     no entry with 5 to 6
        hint      restore it from version control; an entry stays, even where the page is gone"
    `);
  });

  it('where a question was renamed in one place only', () => {
    expect(problemsWith(replacing('    q-water: 0', '    q-leaf: 0'))).toMatchInlineSnapshot(`
      "ids.lock.yaml:31:3  options of a question that has no number
        expected  the id of an entry of "questions"
        found     "q-water"
        hint      restore the file from version control
      quiz.yaml:10:9  the question has no number yet
        expected  an entry "q-water" under "questions" in ids.lock.yaml
        found     none
        hint      if it was renamed, run \`npm run ids -- --rename questions q-leaf q-water\`, else \`npm run ids\`"
    `);
  });

  it('where fields are missing, unknown or no fields', () => {
    expect(
      problemsWith((text) =>
        text
          .replace('  next: 5\n', '')
          .replace('questions:\n', 'questions:\n  last: 2\n')
          .replace(/numbers:\n {6}fresh: 0\n {6}boiled_twice: 1/, 'numbers:\n      - fresh'),
      ),
    ).toMatchInlineSnapshot(`
      "ids.lock.yaml:11:3  missing field "next"
        expected  "next": a number
        found     no such field
        hint      add a line "next: …"
      ids.lock.yaml:18:3  unknown field "last"
        expected  only the fields next, numbers
        found     "last"
        hint      remove it
      ids.lock.yaml:34:7  the value of "numbers" cannot be used
        expected  fields, each as "name: value" on a line of its own
        found     ["fresh"]
        hint      restore it from version control"
    `);
  });

  it('where it has no options list but a list', () => {
    expect(problemsWith(replacing(/options:[\s\S]*/, 'options: []\n'))).toMatchInlineSnapshot(`
      "ids.lock.yaml:30:10  the value of "options" cannot be used
        expected  fields, each as "name: value" on a line of its own
        found     []
        hint      restore it from version control"
    `);
  });

  it('where a merge is not finished, once and not line by line', () => {
    expect(
      problemsWith(
        replacing('result: 3\n', 'result: 3\n<<<<<<< HEAD\n    a: 4\n=======\n    b: 4\n>>>>>>> other\n'),
      ),
    ).toMatchInlineSnapshot(`
      "ids.lock.yaml:17:1  a merge left two versions of these lines
        expected  one version
        found     <<<<<<< HEAD
        hint      keep the lines that are right and remove the lines that start with <<<<<<<, ======= and >>>>>>>"
    `);
  });

  it('where it is older than the numbers of takeaways', () => {
    expect(problemsWith(replacing(/takeaways:\n[\s\S]*?(?=pages:)/, ''))).toMatchInlineSnapshot(`
      "ids.lock.yaml:4:1  missing field "takeaways"
        expected  "takeaways": fields, each as "name: value" on a line of its own
        found     no such field
        hint      add a line "takeaways: …""
    `);
  });

  it('where it is empty', () => {
    expect(problemsWith(() => '# nothing\n')).toMatchInlineSnapshot(`
      "ids.lock.yaml:1:1  there are no fields here
        expected  the fields takeaways, pages, questions, options
        found     nothing
        hint      start with "takeaways: …""
    `);
  });

  it('where it is missing, and then not id by id', () => {
    const read = checkCourse({ ...small, ledger: undefined });
    expect(read).toMatchObject({ ok: false, problems: [{ message: 'a file of the course is missing' }] });
  });
});

describe('an id without a number', () => {
  const same = (text: string) => text;

  it('is new where nothing is gone', () => {
    const page = {
      file: `${small.dir}/pages/050-milk.md`,
      text: '---\nid: milk\ntitle: Milk\nminutes: 1\n---\nText.\n',
    };
    expect(problemsWith(same, { ...small, pages: [...small.pages, page] })).toMatchInlineSnapshot(`
      "pages/050-milk.md:2:5  the page has no number yet
        expected  an entry "milk" under "pages" in ids.lock.yaml
        found     none
        hint      run \`npm run ids\`"
    `);
  });

  it('may be a page that was renamed', () => {
    expect(problemsWith(same, renamed('result', 'results'))).toMatchInlineSnapshot(`
      "pages/040-result.md:2:5  the page has no number yet
        expected  an entry "results" under "pages" in ids.lock.yaml
        found     none
        hint      if it was renamed, run \`npm run ids -- --rename pages result results\`, else \`npm run ids\`
      programs/short.yaml:8:15  a program without a quiz shows its result
        expected  no page with ::result where there is no page with ::quiz
        found     the page "results"
        hint      leave out "results" too
      programs/short.yaml:8:21  unknown page
        expected  the id of a page of the course
        found     "result"
        hint      did you mean "results"?"
    `);
  });

  it('may be a takeaway that was renamed', () => {
    const rename = <F extends { readonly text: string }>(file: F): F => ({
      ...file,
      text: file.text.replaceAll(/\bt3\b/g, 'clock'),
    });
    const { course, quiz, checks, pages } = small;
    const files: CourseFiles = {
      ...small,
      course: course && rename(course),
      quiz: quiz && rename(quiz),
      checks: checks && rename(checks),
      pages: pages.map(rename),
    };
    expect(problemsWith(same, files)).toMatchInlineSnapshot(`
      "course.yaml:26:9  the takeaway has no number yet
        expected  an entry "clock" under "takeaways" in ids.lock.yaml
        found     none
        hint      if it was renamed, run \`npm run ids -- --rename takeaways t3 clock\`, else \`npm run ids\`
      programs/strict.yaml:12:9  the rules draw no question of a takeaway
        expected  how many of the 2 questions with "takeaway: clock" a try asks
        found     no entry "clock"
        hint      add "clock: 1"; without it they would never be asked
      programs/strict.yaml:12:25  unknown takeaway
        expected  the id of a takeaway in course.yaml
        found     "t3"
        hint      did you mean "t1"?"
    `);
  });

  it('may be a target of a question that was renamed, as any of its options', () => {
    expect(problemsWith(same, renamed('tepid', 'lukewarm'))).toMatchInlineSnapshot(`
      "quiz.yaml:84:13  the option has no number yet
        expected  an entry "lukewarm" under "options.q-leaves" in ids.lock.yaml
        found     none
        hint      if it was renamed, run \`npm run ids -- --rename options q-leaves/tepid q-leaves/lukewarm\`, else \`npm run ids\`"
    `);
  });

  it('may be a question that was renamed, which is said once and not for its options', () => {
    expect(problemsWith(same, renamed('q-water', 'water-first'))).toMatchInlineSnapshot(`
      "quiz.yaml:10:9  the question has no number yet
        expected  an entry "water-first" under "questions" in ids.lock.yaml
        found     none
        hint      if it was renamed, run \`npm run ids -- --rename questions q-water water-first\`, else \`npm run ids\`"
    `);
  });

  it('may be an option that was renamed', () => {
    expect(problemsWith(same, renamed('longjing', 'dragon_well'))).toMatchInlineSnapshot(`
      "quiz.yaml:39:13  the option has no number yet
        expected  an entry "dragon_well" under "options.q-cooler" in ids.lock.yaml
        found     none
        hint      if it was renamed, run \`npm run ids -- --rename options q-cooler/longjing q-cooler/dragon_well\`, else \`npm run ids\`"
    `);
  });

  it('may be one of several that are gone', () => {
    const files = renamed('sencha', 'matcha');
    const text = files.quiz?.text.replace('id: assam', 'id: darjeeling') ?? '';
    expect(
      problemsWith(same, { ...files, quiz: files.quiz && { ...files.quiz, text } }),
    ).toMatchInlineSnapshot(`
      "quiz.yaml:32:13  the option has no number yet
        expected  an entry "matcha" under "options.q-cooler" in ids.lock.yaml
        found     none
        hint      if it was renamed, run \`npm run ids -- --rename options q-cooler/OLD-ID q-cooler/matcha\` (known: sencha, assam), else \`npm run ids\`
      quiz.yaml:36:13  the option has no number yet
        expected  an entry "darjeeling" under "options.q-cooler" in ids.lock.yaml
        found     none
        hint      if it was renamed, run \`npm run ids -- --rename options q-cooler/OLD-ID q-cooler/darjeeling\` (known: sencha, assam), else \`npm run ids\`"
    `);
  });
});

describe('what is numbered', () => {
  const data = (file: string, text: string) => readYaml(file, text).source;
  const pages = ['start', 'end'].map((id) => ({ frontMatter: data(`${id}.md`, `id: ${id}`) }));
  const course = data('course.yaml', 'takeaways: [{ id: t1 }, { id: t2 }]');
  const quiz = data(
    'quiz.yaml',
    `items:
      - { id: q-choice, kind: choice, options: [{ id: a }, { id: b }] }
      - { id: q-pairs, kind: matching, pairs: [{ id: a }, { id: b }], targets: [{ id: c }, { id: d }] }
      - { id: q-number, kind: numeric, answer: 1 }
      - { id: Not An Id, options: [{ id: a }] }
      - { id: q-bad, options: [{ id: A B }, { id: b-c }, { id: ok }, 7] }`,
  );
  const checks = data('checks.yaml', 'checks: [{ id: c-sure, options: [{ id: low }, { id: high }] }]');
  const plain = (ids: CourseIds) => {
    const names = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);
    return {
      takeaways: names(ids.takeaways),
      pages: names(ids.pages),
      questions: names(ids.questions),
      options: Object.fromEntries(ids.options.map(({ question, options }) => [question, names(options)])),
    };
  };

  it('is every takeaway, page, question of quiz and lessons, and of each its options, pairs and targets', () => {
    expect(plain(courseIds({ course, pages, quiz, checks }))).toEqual({
      takeaways: ['t1', 't2'],
      pages: ['start', 'end'],
      questions: ['q-choice', 'q-pairs', 'q-number', 'q-bad', 'c-sure'],
      options: {
        'q-choice': ['a', 'b'],
        'q-pairs': ['a', 'b', 'c', 'd'],
        'q-bad': ['ok'],
        'c-sure': ['low', 'high'],
      },
    });
  });

  it('pairs and targets of a question share one list, so that no number stands for two of them', () => {
    const { options } = extendLedger(emptyLedger, courseIds({ course, pages, quiz, checks }));
    expect([...(options.get('q-pairs')?.numbers ?? [])]).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 2],
      ['d', 3],
    ]);
  });

  it('is what there is, where files are missing or are none', () => {
    const nothing = { course: undefined, pages: [], quiz: undefined, checks: undefined };
    const empty = { takeaways: [], pages: [], questions: [], options: {} };
    expect(plain(courseIds(nothing))).toEqual(empty);
    const odd = data('odd.yaml', 'takeaways: 7\nitems: { id: a }\nchecks: [7, [], { id: [] }]');
    expect(plain(courseIds({ course: odd, pages: [{ frontMatter: odd }], quiz: odd, checks: odd }))).toEqual(
      empty,
    );
    expect(plain(courseIds({ ...nothing, checks })).questions).toEqual(['c-sure']);
  });
});

describe('pages of programs', () => {
  const page = (id: string) => ({
    path: `${id}.md`,
    file: `${small.dir}/programs/own/pages/${id}.md`,
    text: `---\nid: ${id}\ntitle: T\nminutes: 1\n---\nText.\n`,
  });
  const withPages = (...ids: string[]): CourseFiles => ({
    ...small,
    programs: [...small.programs, { name: 'own', yaml: undefined, pages: ids.map(page), others: [] }],
  });

  it('are numbered after those of the course, also where their program cannot be read', () => {
    const read = readLedger(withPages('milk', 'lemon'));
    if (!read.ok) throw new Error('the ledger has problems');
    expect(newNumbers(read.ledger, extendLedger(read.ledger, read.ids))).toEqual([
      { path: ['pages'], id: 'milk', number: 5 },
      { path: ['pages'], id: 'lemon', number: 6 },
    ]);
  });

  it('are in the ledger of the small course, which is as the tool writes it', () => {
    const read = readLedger(small);
    if (!read.ok) throw new Error('the ledger has problems');
    expect(extendLedger(read.ledger, read.ids)).toEqual(read.ledger);
    const fresh = readLedger({ ...small, ledger: undefined });
    expect(fresh.ok && writeLedger(extendLedger(fresh.ledger, fresh.ids))).toBe(small.ledger?.text);
  });

  it('may be renamed like others', () => {
    const files = withPages('milk');
    const read = readLedger({ ...files, programs: files.programs.filter(({ name }) => name !== 'strict') });
    if (!read.ok) throw new Error('the ledger has problems');
    const renamed = renameInLedger(read.ledger, read.ids, ['pages'], 'sugar', 'milk');
    expect(renamed.ok && numberIn(renamed.ledger, ['pages'], 'milk')).toBe(4);
  });
});

it('the numbers of the ledger are those of the course, whatever the order of pages', () => {
  const read = checkCourse({ ...small, pages: [...small.pages].reverse() });
  if (!read.ok) throw new Error('the small course has problems');
  const { takeaways, pages, items, checks } = read.source.course;
  const numbersOf = (list: readonly { readonly id: string; readonly number: number }[]) =>
    list.map(({ id, number }) => [id, number]);
  expect(numbersOf(takeaways)).toEqual([
    ['t1', 0],
    ['t2', 1],
    ['t3', 2],
  ]);
  expect(numbersOf(pages)).toEqual([
    ['result', 3],
    ['quiz', 2],
    ['time', 1],
    ['water', 0],
  ]);
  const { questions, options } = readBack(small.ledger?.text ?? '').ledger ?? emptyLedger;
  expect(new Map([...items, ...checks].map(({ id, number }) => [id, number]))).toEqual(questions.numbers);
  const named = [...items, ...checks].flatMap((item) => {
    const its = 'options' in item ? item.options : 'pairs' in item ? [...item.pairs, ...item.targets] : [];
    return its.length === 0 ? [] : [[item.id, new Map(its.map(({ id, number }) => [id, number]))] as const];
  });
  expect(new Map(named)).toEqual(new Map([...options].map(([id, { numbers }]) => [id, numbers])));
});

/** Ids that are traps: names of what every object has, and what YAML reads as something else. */
const trap = fc.constantFrom(
  'constructor',
  '__proto__',
  'tostring',
  'true',
  'null',
  '007',
  '7',
  '1e3',
  '0x8',
  'a',
  'b',
);
const ids = (id: fc.Arbitrary<string>) =>
  fc.uniqueArray(
    id.map((each) => ({ id: each })),
    { selector: ({ id: key }) => key, maxLength: 6 },
  );
const pageId = fc.oneof(
  trap.map((id) => id.replaceAll('_', '-x')),
  fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,5}$/),
);
const optionId = fc.oneof(trap, fc.stringMatching(/^[a-z0-9_]{1,6}$/));

/** A question with the ids of its options, none or some. */
interface QuestionIds {
  readonly id: string;
  readonly options?: readonly { readonly id: string }[];
}

/** The ids of a course; what is not said there is none of. */
function idsOf(course: {
  readonly takeaways?: CourseIds['takeaways'];
  readonly pages?: CourseIds['pages'];
  readonly questions?: readonly QuestionIds[];
}): CourseIds {
  const { takeaways = [], pages = [], questions = [] } = course;
  const options = questions.flatMap(({ id, options = [] }) =>
    options.length === 0 ? [] : [{ question: id, options }],
  );
  return { takeaways, pages, questions: questions.map(({ id }) => ({ id })), options };
}

const courses: fc.Arbitrary<CourseIds> = fc
  .record({
    takeaways: ids(pageId),
    pages: ids(pageId),
    questions: fc.uniqueArray(fc.record({ id: pageId, options: ids(optionId) }), {
      selector: ({ id }) => id,
      maxLength: 4,
    }),
  })
  .map(idsOf);

/** A ledger as it becomes over the years: courses follow each other, each with ids that come and go. */
const histories = fc.array(courses, { minLength: 1, maxLength: 5 });
const grown = (history: readonly CourseIds[]): Ledger => history.reduce(extendLedger, emptyLedger);

const listsOf = ({ takeaways, pages, questions, options }: Ledger) =>
  new Map([
    ['takeaways', takeaways],
    ['pages', pages],
    ['questions', questions],
    ...[...options].map(([id, list]) => [`options/${id}`, list] as const),
  ]);

const readBack = (text: string) => {
  const { source, problems } = readYaml('ids.lock.yaml', text);
  return { ...checkLedger(source), syntax: problems };
};

describe('a ledger that is extended', () => {
  it('keeps every entry, numbers every id of the course, and is sound', () => {
    fc.assert(
      fc.property(histories, courses, (history, course) => {
        const before = grown(history);
        const after = extendLedger(before, course);
        for (const [path, { next, numbers }] of listsOf(before)) {
          const list = listsOf(after).get(path);
          expect([...(list?.numbers ?? [])].slice(0, numbers.size)).toEqual([...numbers]);
          expect(list?.next).toBeGreaterThanOrEqual(next);
        }
        for (const { next, numbers } of listsOf(after).values()) {
          expect([...numbers.values()].sort((a, b) => a - b)).toEqual([...Array(next).keys()]);
        }
        for (const list of ['takeaways', 'pages', 'questions'] as const) {
          for (const { id } of course[list]) expect(numberIn(after, [list], id)).toBeGreaterThanOrEqual(0);
        }
        for (const { question, options } of course.options) {
          for (const { id } of options) {
            expect(numberIn(after, ['options', question], id)).toBeGreaterThanOrEqual(0);
          }
        }
      }),
    );
  });

  it('is not changed by a course that it has already, in any order and with less in it', () => {
    fc.assert(
      fc.property(histories, courses, (history, course) => {
        const ledger = extendLedger(grown(history), course);
        const less: CourseIds = {
          takeaways: course.takeaways.toReversed().slice(1),
          pages: course.pages.toReversed().slice(1),
          questions: course.questions.toReversed().slice(1),
          options: course.options.toReversed().slice(1),
        };
        expect(extendLedger(ledger, course)).toEqual(ledger);
        expect(extendLedger(ledger, less)).toEqual(ledger);
      }),
    );
  });

  it('numbers in reading order', () => {
    const course = idsOf({
      takeaways: [{ id: 't' }, { id: 's' }],
      pages: [{ id: 'b' }, { id: 'a' }],
      questions: [{ id: 'q', options: [{ id: 'y' }, { id: 'x' }] }],
    });
    expect(newNumbers(emptyLedger, extendLedger(emptyLedger, course))).toEqual([
      { path: ['takeaways'], id: 't', number: 0 },
      { path: ['takeaways'], id: 's', number: 1 },
      { path: ['pages'], id: 'b', number: 0 },
      { path: ['pages'], id: 'a', number: 1 },
      { path: ['questions'], id: 'q', number: 0 },
      { path: ['options', 'q'], id: 'y', number: 0 },
      { path: ['options', 'q'], id: 'x', number: 1 },
    ]);
  });

  it('never gives a number of what is gone to what is new', () => {
    const first = extendLedger(emptyLedger, idsOf({ pages: [{ id: 'old' }] }));
    const second = extendLedger(first, idsOf({ pages: [{ id: 'new' }] }));
    expect([...second.pages.numbers]).toEqual([
      ['old', 0],
      ['new', 1],
    ]);
  });
});

describe('a ledger as a file', () => {
  it('comes back as it was written, step by step', () => {
    fc.assert(
      fc.property(histories, (history) => {
        let ledger = emptyLedger;
        let text: string | undefined;
        for (const course of history) {
          ledger = extendLedger(ledger, course);
          text = writeLedger(ledger, text);
          expect(readBack(text)).toEqual({ ledger, problems: [], syntax: [] });
        }
      }),
    );
  });

  it('is the same text when it is written again, with LF and a final newline', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const text = writeLedger(grown(history));
        expect(writeLedger(grown(history), text)).toBe(text);
        expect(writeLedger(grown(history), text.replaceAll('\n', '\r\n'))).toBe(text);
        expect(text.endsWith('\n') && !text.endsWith('\n\n') && !text.includes('\r')).toBe(true);
      }),
    );
  });

  it('keeps comments and the order of entries', () => {
    const text = [
      '# Our numbers',
      'questions:',
      '  numbers: # of questions',
      '    q-b: 1',
      '    # the first one',
      '    q-a: 0',
      '  next: 2',
      '',
      'options: {}',
      'takeaways: { next: 0, numbers: {} }',
      'pages: { next: 1, numbers: { start: 0 } } # pages',
      '# the end',
      '',
    ].join('\n');
    const { ledger } = readBack(text);
    if (!ledger) throw new Error('the ledger is not sound');
    const course = idsOf({
      takeaways: [{ id: 't1' }],
      pages: [{ id: 'start' }],
      questions: [{ id: 'q-c', options: [{ id: 'x' }] }],
    });
    expect(writeLedger(extendLedger(ledger, course), text)).toMatchInlineSnapshot(`
      "# Our numbers
      questions:
        numbers:
          # of questions
          q-b: 1
          # the first one
          q-a: 0
          q-c: 2
        next: 3

      options:
        q-c:
          next: 1
          numbers:
            x: 0
      takeaways:
        next: 1
        numbers:
          t1: 0
      pages:
        next: 1
        numbers:
          start: 0
        # pages

      # the end
      "
    `);
  });
});

describe('an entry that is renamed', () => {
  const course = (page: string, question: string, option: string, takeaway = 'fresh'): CourseIds =>
    idsOf({
      takeaways: [{ id: takeaway }, { id: 't2' }],
      pages: [{ id: 'start' }, { id: page }],
      questions: [{ id: 'q-first' }, { id: question, options: [{ id: option }, { id: 'b' }] }],
    });
  const ledger = extendLedger(emptyLedger, course('time', 'q-tea', 'a'));

  it.each([
    [['takeaways'], 'fresh', 'water', course('time', 'q-tea', 'a', 'water')],
    [['pages'], 'time', 'brewing', course('brewing', 'q-tea', 'a')],
    [['questions'], 'q-tea', 'q-leaf', course('time', 'q-leaf', 'a')],
    [['options', 'q-tea'], 'a', '007', course('time', 'q-tea', '007')],
  ] satisfies [ListPath, string, string, CourseIds][])(
    'in %j keeps its number and its place',
    (path, from, to, now) => {
      const result = renameInLedger(ledger, now, path, from, to);
      if (!result.ok) throw new Error(result.complaint);
      expect(numberIn(result.ledger, path, to)).toBe(numberIn(ledger, path, from));
      expect(extendLedger(result.ledger, now)).toEqual(result.ledger);
      const text = writeLedger(ledger);
      const lines = writeLedger(result.ledger, text).split('\n');
      // Only names have changed: every line has the place that it had.
      expect(lines.map((line) => line.replaceAll(`"${to}"`, from).replaceAll(to, from))).toEqual(
        text.split('\n'),
      );
      expect(readBack(lines.join('\n'))).toEqual({ ledger: result.ledger, problems: [], syntax: [] });
    },
  );

  it.each([
    [['takeaways'], 'fresh', 't2', 'takeaway `t2` has a number already: 1'],
    [['takeaways'], 'fresh', 'water', 'the course still has takeaway `fresh`; rename it there first'],
    [['pages'], 'tme', 'brewing', 'page `tme` is not in the ledger; did you mean "time"?'],
    [['pages'], 'time', 'start', 'page `start` has a number already: 0'],
    [['pages'], 'start', 'brewing', 'the course still has page `start`; rename it there first'],
    [['pages'], 'time', 'brewin', 'the course has no page `brewin`; did you mean "brewing"?'],
    [
      ['options', 'q-no'],
      'a',
      'c',
      'option `a` of question `q-no` is not in the ledger; none is defined yet',
    ],
  ] satisfies [ListPath, string, string, string][])(
    'in %j from %j to %j is refused',
    (path, from, to, complaint) => {
      expect(renameInLedger(ledger, course('brewing', 'q-tea', 'a'), path, from, to)).toEqual({
        ok: false,
        complaint,
      });
    },
  );
});

describe('the ledger of the course', () => {
  it('has every takeaway, page, question and option, and is as the tool writes it', async () => {
    const read = readLedger(await readCourseFiles('course'));
    if (!read.ok) throw new Error('the ledger of course/ has problems: npm run build lists them');
    expect(extendLedger(read.ledger, read.ids)).toEqual(read.ledger);
    const text = await readFile('course/ids.lock.yaml', 'utf8');
    expect(writeLedger(read.ledger, text)).toBe(text);
  });

  /** The ledger in a commit; undefined where there is no such commit, no ledger in it, or no git at all. */
  function committed(commit: string): Ledger | undefined {
    const { status, stdout } = spawnSync('git', ['show', `${commit}:./course/ids.lock.yaml`], {
      encoding: 'utf8',
    });
    // Takeaways have been numbered since version 0.2.0 only.
    const text = /^takeaways:/m.test(stdout) ? stdout : `takeaways: { next: 0, numbers: {} }\n${stdout}`;
    return status === 0 ? readBack(text).ledger : undefined;
  }

  /** What of `before` is gone in `after`. Questions are found by their numbers: a new name is no loss. */
  function losses(before: Ledger, after: Ledger): string[] {
    const names = new Map([...after.questions.numbers].map(([id, number]) => [number, id]));
    return [...listsOf(before)].flatMap(([path, { next, numbers }]) => {
      const question = /^options\/(.*)/.exec(path)?.[1];
      const now =
        question === undefined ? path : `options/${names.get(before.questions.numbers.get(question) ?? -1)}`;
      const list = listsOf(after).get(now);
      const kept = [...(list?.numbers.values() ?? [])];
      return [
        ...((list?.next ?? 0) < next ? [`${path}: next was ${next}`] : []),
        ...[...numbers]
          .filter(([, number]) => !kept.includes(number))
          .map(([id, number]) => `${path}: ${id} was ${number}`),
      ];
    });
  }

  it.each(['HEAD', 'HEAD~1'])('has lost nothing since %s', async (commit) => {
    const before = committed(commit);
    if (!before) return;
    const { ledger } = readBack(await readFile('course/ids.lock.yaml', 'utf8'));
    expect(ledger && losses(before, ledger)).toEqual([]);
  });

  it('would be found to have lost an entry, and not to have lost one by a new name', () => {
    const course = {
      takeaways: [{ id: 't' }],
      pages: [{ id: 'a' }, { id: 'b' }],
      questions: [{ id: 'q', options: [{ id: 'x' }] }],
    };
    const before = extendLedger(emptyLedger, idsOf(course));
    const named = idsOf({ ...course, questions: [{ id: 'r', options: [{ id: 'x' }] }] });
    const result = renameInLedger(before, named, ['questions'], 'q', 'r');
    expect(result.ok && losses(before, result.ledger)).toEqual([]);
    const less = idsOf({ pages: [{ id: 'a' }], questions: [{ id: 'q' }] });
    expect(losses(before, extendLedger(emptyLedger, less))).toEqual([
      'takeaways: next was 1',
      'takeaways: t was 0',
      'pages: next was 2',
      'pages: b was 1',
      'options/q: next was 1',
      'options/q: x was 0',
    ]);
  });
});
