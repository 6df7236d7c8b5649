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

const small = await readCourseFiles('tests/fixtures/courses/small');

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
      "ids.lock.yaml:6:3  an entry has been deleted
        expected  every number from 0 to 3
        found     no entry with 0, 2 to 3
        hint      restore it from version control; an entry stays, even where the page is gone"
    `);
  });

  it('where two ids share a number, as two branches leave them', () => {
    expect(
      problemsWith((text) =>
        text.replace('next: 4', 'next: 5').replace('result: 3\n', 'result: 3\n    milk: 4\n    sugar: 4\n'),
      ),
    ).toMatchInlineSnapshot(`
      "ids.lock.yaml:12:12  two pages have the same number
        expected  a number that no other page has
        found     4, the number of "milk" in line 11
        hint      keep the entry that was published first, delete the other one and run \`npm run ids\`"
    `);
  });

  it.each(['-1', '1.5', '"1"', 'null', '[]', '9007199254740993'])('where a number is %s', (value) => {
    const [first] = problemsWith(replacing('time: 1', `time: ${value}`))
      .split('ids.lock.yaml:8')
      .slice(1);
    expect(first).toContain('the value of "time" cannot be used\n  expected  a whole number from 0\n');
    expect(first).toContain('hint      restore it from version control; numbers are never written by hand');
  });

  it('where a number has not been given yet', () => {
    expect(problemsWith(replacing('result: 3', 'result: 30'))).toMatchInlineSnapshot(`
      "ids.lock.yaml:6:3  an entry has been deleted
        expected  every number from 0 to 3
        found     no entry with 3
        hint      restore it from version control; an entry stays, even where the page is gone
      ids.lock.yaml:10:13  a number that has not been given yet
        expected  a number below "next", which is 4
        found     30
        hint      restore it from version control; numbers are never written by hand"
    `);
  });

  it('where "next" is smaller than it must be', () => {
    expect(problemsWith(replacing('next: 4', 'next: 2'))).toMatchInlineSnapshot(`
      "ids.lock.yaml:5:9  "next" is too small
        expected  4, one more than the greatest number given
        found     2
        hint      write "next: 4""
    `);
  });

  it('where "next" is larger than it can be', () => {
    expect(problemsWith(replacing('next: 4', 'next: 7'))).toMatchInlineSnapshot(`
      "ids.lock.yaml:6:3  an entry has been deleted
        expected  every number from 0 to 6
        found     no entry with 4 to 6
        hint      restore it from version control; an entry stays, even where the page is gone"
    `);
  });

  it('where a question was renamed in one place only', () => {
    expect(problemsWith(replacing('    q-water: 0', '    q-leaf: 0'))).toMatchInlineSnapshot(`
      "ids.lock.yaml:18:3  options of a question that has no number
        expected  the id of an entry of "questions"
        found     "q-water"
        hint      restore the file from version control
      quiz.yaml:2:9  the question has no number yet
        expected  an entry "q-water" under "questions" in ids.lock.yaml
        found     none
        hint      if it was renamed, run \`npm run ids -- --rename questions q-leaf q-water\`, else \`npm run ids\`"
    `);
  });

  it('where fields are missing, unknown or no fields', () => {
    expect(
      problemsWith((text) =>
        text
          .replace('  next: 4\n', '')
          .replace('questions:\n', 'questions:\n  last: 2\n')
          .replace(/numbers:\n {6}fresh: 0\n {6}boiled_twice: 1/, 'numbers:\n      - fresh'),
      ),
    ).toMatchInlineSnapshot(`
      "ids.lock.yaml:5:3  missing field "next"
        expected  "next": a number
        found     no such field
        hint      add a line "next: …"
      ids.lock.yaml:11:3  unknown field "last"
        expected  only the fields next, numbers
        found     "last"
        hint      remove it
      ids.lock.yaml:21:7  the value of "numbers" cannot be used
        expected  fields, each as "name: value" on a line of its own
        found     ["fresh"]
        hint      restore it from version control"
    `);
  });

  it('where it has no options list but a list', () => {
    expect(problemsWith(replacing(/options:[\s\S]*/, 'options: []\n'))).toMatchInlineSnapshot(`
      "ids.lock.yaml:17:10  the value of "options" cannot be used
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
      "ids.lock.yaml:11:1  a merge left two versions of these lines
        expected  one version
        found     <<<<<<< HEAD
        hint      keep the lines that are right and remove the lines that start with <<<<<<<, ======= and >>>>>>>"
    `);
  });

  it('where it is empty', () => {
    expect(problemsWith(() => '# nothing\n')).toMatchInlineSnapshot(`
      "ids.lock.yaml:1:1  there are no fields here
        expected  the fields pages, questions, options
        found     nothing
        hint      start with "pages: …""
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
        hint      if it was renamed, run \`npm run ids -- --rename pages result results\`, else \`npm run ids\`"
    `);
  });

  it('may be a question that was renamed, which is said once and not for its options', () => {
    expect(problemsWith(same, renamed('q-water', 'water-first'))).toMatchInlineSnapshot(`
      "quiz.yaml:2:9  the question has no number yet
        expected  an entry "water-first" under "questions" in ids.lock.yaml
        found     none
        hint      if it was renamed, run \`npm run ids -- --rename questions q-water water-first\`, else \`npm run ids\`"
    `);
  });

  it('may be an option that was renamed', () => {
    expect(problemsWith(same, renamed('longjing', 'dragon_well'))).toMatchInlineSnapshot(`
      "quiz.yaml:29:13  the option has no number yet
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
      "quiz.yaml:22:13  the option has no number yet
        expected  an entry "matcha" under "options.q-cooler" in ids.lock.yaml
        found     none
        hint      if it was renamed, run \`npm run ids -- --rename options q-cooler/OLD-ID q-cooler/matcha\` (known: sencha, assam), else \`npm run ids\`
      quiz.yaml:26:13  the option has no number yet
        expected  an entry "darjeeling" under "options.q-cooler" in ids.lock.yaml
        found     none
        hint      if it was renamed, run \`npm run ids -- --rename options q-cooler/OLD-ID q-cooler/darjeeling\` (known: sencha, assam), else \`npm run ids\`"
    `);
  });
});

it('the numbers of the ledger are those of the course, whatever the order of pages', () => {
  const read = checkCourse({ ...small, pages: [...small.pages].reverse() });
  if (!read.ok) throw new Error('the small course has problems');
  const { pages, items } = read.source.course;
  expect(pages.map(({ id, number }) => [id, number])).toEqual([
    ['result', 3],
    ['quiz', 2],
    ['time', 1],
    ['water', 0],
  ]);
  expect(items.map(({ number }) => number)).toEqual([0, 1, 2]);
  expect(
    items.map((item) => (item.kind === 'choice' ? item.options.map(({ number }) => number) : [])),
  ).toEqual([[0, 1], [0, 1, 2], []]);
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
const courses: fc.Arbitrary<CourseIds> = fc.record({
  pages: ids(pageId),
  items: fc.uniqueArray(fc.record({ id: pageId, options: ids(optionId) }, { requiredKeys: ['id'] }), {
    selector: ({ id }) => id,
    maxLength: 4,
  }),
});

/** A ledger as it becomes over the years: courses follow each other, each with ids that come and go. */
const histories = fc.array(courses, { minLength: 1, maxLength: 5 });
const grown = (history: readonly CourseIds[]): Ledger => history.reduce(extendLedger, emptyLedger);

const listsOf = ({ pages, questions, options }: Ledger) =>
  new Map([
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
        for (const { id } of course.pages) expect(numberIn(after, ['pages'], id)).toBeGreaterThanOrEqual(0);
        for (const { id, options = [] } of course.items) {
          expect(numberIn(after, ['questions'], id)).toBeGreaterThanOrEqual(0);
          for (const option of options) {
            expect(numberIn(after, ['options', id], option.id)).toBeGreaterThanOrEqual(0);
          }
        }
      }),
    );
  });

  it('is not changed by a course that it has already, in any order and with less in it', () => {
    fc.assert(
      fc.property(histories, courses, (history, course) => {
        const ledger = extendLedger(grown(history), course);
        const less = {
          pages: [...course.pages].reverse().slice(1),
          items: [...course.items].reverse().slice(1),
        };
        expect(extendLedger(ledger, course)).toEqual(ledger);
        expect(extendLedger(ledger, less)).toEqual(ledger);
      }),
    );
  });

  it('numbers in reading order', () => {
    const course = {
      pages: [{ id: 'b' }, { id: 'a' }],
      items: [{ id: 'q', options: [{ id: 'y' }, { id: 'x' }] }],
    };
    expect(newNumbers(emptyLedger, extendLedger(emptyLedger, course))).toEqual([
      { path: ['pages'], id: 'b', number: 0 },
      { path: ['pages'], id: 'a', number: 1 },
      { path: ['questions'], id: 'q', number: 0 },
      { path: ['options', 'q'], id: 'y', number: 0 },
      { path: ['options', 'q'], id: 'x', number: 1 },
    ]);
  });

  it('never gives a number of what is gone to what is new', () => {
    const first = extendLedger(emptyLedger, { pages: [{ id: 'old' }], items: [] });
    const second = extendLedger(first, { pages: [{ id: 'new' }], items: [] });
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
      'pages: { next: 1, numbers: { start: 0 } } # pages',
      '# the end',
      '',
    ].join('\n');
    const { ledger } = readBack(text);
    if (!ledger) throw new Error('the ledger is not sound');
    const course = { pages: [{ id: 'start' }], items: [{ id: 'q-c', options: [{ id: 'x' }] }] };
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
  const course = (page: string, question: string, option: string): CourseIds => ({
    pages: [{ id: 'start' }, { id: page }],
    items: [{ id: 'q-first' }, { id: question, options: [{ id: option }, { id: 'b' }] }],
  });
  const ledger = extendLedger(emptyLedger, course('time', 'q-tea', 'a'));

  it.each([
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
  it('has every page, question and option, and is as the tool writes it', async () => {
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
    return status === 0 ? readBack(stdout).ledger : undefined;
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
    const course = { pages: [{ id: 'a' }, { id: 'b' }], items: [{ id: 'q', options: [{ id: 'x' }] }] };
    const before = extendLedger(emptyLedger, course);
    const named = { ...course, items: [{ id: 'r', options: [{ id: 'x' }] }] };
    const result = renameInLedger(before, named, ['questions'], 'q', 'r');
    expect(result.ok && losses(before, result.ledger)).toEqual([]);
    expect(losses(before, extendLedger(emptyLedger, { pages: [{ id: 'a' }], items: [{ id: 'q' }] }))).toEqual(
      ['pages: next was 2', 'pages: b was 1', 'options/q: next was 1', 'options/q: x was 0'],
    );
  });
});
