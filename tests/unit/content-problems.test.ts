import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { type CourseFiles, readCourseFiles, type TextFile } from '../../src/content/course-files.ts';
import { checkCourse } from '../../src/content/read-course.ts';
import { renderDocument } from '../../src/content/render-document.ts';
import { formatProblem } from '../../src/model/course-problem.ts';

// The property test checks some hundred courses.
vi.setConfig({ testTimeout: 30_000 });

const small = await readCourseFiles('tests/fixtures/courses/small');
const broken = await readCourseFiles('tests/fixtures/courses/broken');
const temporary = await mkdtemp(join(tmpdir(), 'course-'));
afterAll(() => rm(temporary, { recursive: true }));

const textsOf = (files: CourseFiles): TextFile[] =>
  [files.course, files.quiz, files.glossary, files.sources, files.ledger, ...files.pages].filter(
    (file) => file !== undefined,
  );

/** The course with the text of the file whose path ends with `name` put through `edit`. */
function edited(name: string, edit: (text: string) => string, files = small): CourseFiles {
  const put = <F extends TextFile | undefined>(file: F): F =>
    file?.file.endsWith(name) ? { ...file, text: edit(file.text) } : file;
  return {
    ...files,
    course: put(files.course),
    quiz: put(files.quiz),
    glossary: put(files.glossary),
    sources: put(files.sources),
    ledger: put(files.ledger),
    pages: files.pages.map(put),
  };
}

/** Replaces `right`, which must be there. */
const replacing = (right: string, wrong: string) => (text: string) => {
  if (!text.includes(right)) throw new Error(`nothing to replace: ${right}`);
  return text.replace(right, () => wrong);
};

/** Problems of a course as an author sees them, with paths from the course's folder. */
function problemsOf(files: CourseFiles): string[] {
  const read = checkCourse(files);
  return read.ok
    ? []
    : read.problems.map((problem) => formatProblem(problem).replaceAll(`${files.dir}/`, ''));
}

/** First line of each problem: its place and message. */
const headlines = (files: CourseFiles): string[] =>
  problemsOf(files).map((problem) => problem.split('\n')[0] ?? '');

/** Problems one below the other, for a snapshot. */
const report = (files: CourseFiles): string => problemsOf(files).join('\n');

it('reports all problems of a course in one run, each with its place and what to do', () => {
  expect(`\n${problemsOf(broken).join('\n\n')}\n`).toMatchSnapshot();
});

it('finds nothing to say about a valid course', () => {
  expect(checkCourse(small)).toMatchObject({ ok: true, warnings: [] });
});

describe('a problem points exactly at the mistake', () => {
  // In each row the arrow stands before the mistake and is taken out again before the course is checked.
  it.each([
    ['course.yaml', 'id: tea', 'id: ▶Tea Time', 'the value of "id" cannot be used'],
    ['course.yaml', 'series:', '▶serie:', 'unknown field "serie"'],
    ['course.yaml', 'id: tea\n', '▶', 'missing field "id"'],
    ['course.yaml', 'id: t2', 'id: ▶t1', 'two takeaways have the same id'],
    ['course.yaml', 'quiz: passed', 'quiz: ▶done', 'the value of "quiz" cannot be used'],
    ['course.yaml', 'score: 50', 'score: ▶150', 'the value of "score" cannot be used'],
    ['course.yaml', 'attempts: unlimited', 'attempts: ▶1.5', 'the value of "attempts" cannot be used'],
    ['course.yaml', 'main: true', 'main: ▶yes', 'the value of "main" cannot be used'],
    [
      'course.yaml',
      'pages: all\n  quiz: passed',
      '▶pages: none\n  quiz: none',
      'completion asks for nothing',
    ],
    ['quiz.yaml', 'id: q-clock', 'id: ▶constructor', 'the value of "id" cannot be used'],
    [
      'quiz.yaml',
      'kind: true-false',
      'kind: true-false\n    weight: ▶0',
      'the value of "weight" cannot be used',
    ],
    ['quiz.yaml', 'takeaway: t2', 'takeaway: ▶t4', 'unknown takeaway'],
    ['quiz.yaml', 'id: q-clock', 'id: ▶q-water', 'two questions have the same id'],
    ['quiz.yaml', 'kind: true-false', 'kind: ▶numeric', 'the value of "kind" cannot be used'],
    ['quiz.yaml', 'answer: false', 'answer: ▶no', 'the value of "answer" cannot be used'],
    ['quiz.yaml', 'text: Longjing', 'text: ▶*Longjing', 'text that starts with "*" has no quotes'],
    ['quiz.yaml', 'prompt: Which water', 'prompt: ▶Which: water', 'this is not valid YAML'],
    ['glossary.yaml', 'term: Infusion', '▶Term: Infusion', 'unknown field "Term"'],
    ['sources.yaml', 'date: "1906"', 'date: ▶1906', 'the value of "date" cannot be used'],
    ['sources.yaml', 'https://www.iso', '▶ftp://www.iso', 'the value of "url" cannot be used'],
    ['sources.yaml', 'id: okakura', 'id: ▶iso-3103', 'two sources have the same id'],
    ['ids.lock.yaml', 'pages:', '▶page:', 'unknown field "page"'],
    ['ids.lock.yaml', 'next: 4', 'next: ▶"4"', 'the value of "next" cannot be used'],
    ['ids.lock.yaml', 'next: 4', 'next: ▶-4', 'the value of "next" cannot be used'],
    ['ids.lock.yaml', 'next: 4', 'next: ▶3', '"next" is too small'],
    ['ids.lock.yaml', '  numbers:\n    water: 0\n', '  ▶numbers:\n', 'an entry has been deleted'],
    ['ids.lock.yaml', 'time: 1', 'time: ▶2.5', 'the value of "time" cannot be used'],
    ['ids.lock.yaml', 'quiz: 2', 'quiz: ▶1', 'two pages have the same number'],
    ['ids.lock.yaml', 'time: 1', 'time: ▶11\n    noon: 1', 'a number that has not been given yet'],
    ['ids.lock.yaml', 'time: 1', 'time: 1\n    ▶time: 4', 'this is not valid YAML'],
    ['ids.lock.yaml', 'boiled_twice: 1', 'boiled_twice: ▶0', 'two options have the same number'],
    ['ids.lock.yaml', '  q-water:\n', '  ▶q-watr:\n', 'options of a question that has no number'],
    ['ids.lock.yaml', '    time: 1', '▶<<<<<<< HEAD', 'a merge left two versions of these lines'],
    ['pages/020-time.md', 'id: time', 'id: ▶tea-time', 'the page has no number yet'],
    ['quiz.yaml', 'id: q-clock', 'id: ▶q-watch', 'the question has no number yet'],
    ['quiz.yaml', 'id: sencha', 'id: ▶matcha', 'the option has no number yet'],
    ['pages/020-time.md', 'id: time', 'id: ▶water', 'two pages have the same id'],
    ['pages/020-time.md', 'minutes: 2.5', 'minutes: ▶long', 'the value of "minutes" cannot be used'],
    ['pages/020-time.md', 'title: Time', 'title: ▶Time: how long', 'this is not valid YAML'],
    ['pages/010-water.md', ':cite[okakura]', '▶:cite[okakuro]', 'unknown source'],
    ['pages/010-water.md', ':term[infusion]{#infusion}', '▶:term[infusion]{#brew}', 'unknown term'],
    ['pages/020-time.md', '::takeaway{#t3}', '▶::takeaway{#t9}', 'unknown takeaway'],
    ['pages/010-water.md', '[next page](#/time)', '▶[next page](#/tme)', 'unknown page'],
    ['pages/020-time.md', '[water](#/water/water)', '▶[water](#/water/fire)', 'unknown page'],
    ['pages/010-water.md', '![A cup of', '▶![A cup](media/cap.svg) ![A cup of', 'unknown media file'],
    [
      'pages/010-water.md',
      '![A cup of tea with steam above it]',
      '▶![]',
      'an image without a text alternative',
    ],
    [
      'pages/010-water.md',
      '[next page](#/time)',
      '▶[next page](020-time.md)',
      'a link that cannot be used in a package',
    ],
    [
      'pages/010-water.md',
      '[next page](#/time)',
      '▶[next page](javascript:alert)',
      'a link that cannot be used in a package',
    ],
    ['pages/010-water.md', '[next page]', '▶[]', 'a link without words'],
    ['pages/010-water.md', 'next page', '▶:term[next]{#infusion} page', ':term inside a link or term'],
    ['pages/010-water.md', '## What', '▶# What', 'a heading of level 1 inside a page'],
    ['pages/010-water.md', '## What', '▶#### What', 'a heading skips a level'],
    ['pages/010-water.md', '## What to remember', '▶## Water', 'two headings of a page read the same'],
    ['pages/010-water.md', 'whole books', '▶<b>whole books', 'HTML cannot stand in a page'],
    ['pages/010-water.md', '## What', '▶```\ncode\n```\n\n## What', 'a code block cannot stand in a page'],
    ['pages/010-water.md', '## What', '▶- [x] done\n\n## What', 'a box to tick cannot stand in a page'],
    ['pages/010-water.md', '::takeaways', '▶::takeawys', 'unknown directive "takeawys"'],
    ['pages/010-water.md', 'Fresh water', 'At 10▶:oo fresh water', 'unknown directive "oo"'],
    [
      'pages/020-time.md',
      ':::note[For the test]',
      '▶:::note',
      'the directive "note" is not written as it should be',
    ],
    [
      'pages/020-time.md',
      ':::note[For the test]',
      '▶:::note[Empty]\n:::\n\n:::note[For the test]',
      'the directive "note" is not written as it should be',
    ],
    [
      'pages/020-time.md',
      '| Black                | 95 °C       |',
      '▶| Black |',
      'a row of a table does not fit its head',
    ],
    ['pages/030-quiz.md', '::quiz', '::quiz\n\n▶::quiz', '::quiz on a page that shows ::quiz already'],
    ['pages/040-result.md', '::result', '▶::quiz', 'a second page with ::quiz'],
  ])('in %s, where %j has become %j', (name, right, wrong, message) => {
    let place = '';
    const files = edited(name, (text) => {
      const marked = replacing(right, wrong)(text);
      const before = marked.slice(0, marked.indexOf('▶')).split('\n');
      place = `${name}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
      return marked.replace('▶', '');
    });
    expect(headlines(files)).toContain(`${place}  ${message}`);
  });

  it('in files with Windows line ends as in others', () => {
    const windows = textsOf(broken).reduce(
      (files, { file }) => edited(file, (text) => text.replaceAll('\n', '\r\n'), files),
      broken,
    );
    expect(problemsOf(windows)).toEqual(problemsOf(broken));
  });

  it('in files with a byte order mark as in others', async () => {
    const dir = join(temporary, 'marked');
    await cp(broken.dir, dir, { recursive: true });
    for (const { file } of textsOf(broken)) {
      const copy = join(dir, file.slice(broken.dir.length));
      await writeFile(copy, `\uFEFF${await readFile(copy, 'utf8')}`);
    }
    expect(problemsOf(await readCourseFiles(dir))).toEqual(problemsOf(broken));
  });
});

describe('a file that is not there', () => {
  it('is named, with what to do, for every file of an empty folder', async () => {
    expect(
      report({ ...(await readCourseFiles(join(temporary, 'empty'))), dir: 'course' }),
    ).toMatchInlineSnapshot(`
      "course.yaml:1:1  a file of the course is missing
        expected  course.yaml
        found     no such file
        hint      copy it from another course and adapt it
      glossary.yaml:1:1  a file of the course is missing
        expected  glossary.yaml
        found     no such file
        hint      create it with "terms: []"
      ids.lock.yaml:1:1  a file of the course is missing
        expected  ids.lock.yaml
        found     no such file
        hint      restore it from version control; for a course that was never published, run \`npm run ids\`
      pages:1:1  the course has no pages
        expected  at least one file such as pages/010-welcome.md
        found     none
        hint      write a page
      sources.yaml:1:1  a file of the course is missing
        expected  sources.yaml
        found     no such file
        hint      create it with "sources: []""
    `);
  });

  it('does not make a problem of every reference into it', () => {
    expect(headlines({ ...small, sources: undefined, glossary: undefined })).toEqual([
      'glossary.yaml:1:1  a file of the course is missing',
      'sources.yaml:1:1  a file of the course is missing',
    ]);
  });

  it('may be the quiz only where neither a page nor a rule asks for one', () => {
    expect(report({ ...small, quiz: undefined })).toMatchInlineSnapshot(`
      "course.yaml:24:9  completion asks for a quiz that the course does not have
        expected  a file quiz.yaml beside course.yaml, or "quiz: none"
        found     "quiz: passed" and no quiz.yaml
        hint      add quiz.yaml or set completion.quiz to none
      pages/030-quiz.md:9:1  this page shows a quiz that the course does not have
        expected  a file quiz.yaml beside course.yaml
        found     no such file
        hint      add quiz.yaml or remove ::quiz"
    `);
    const without = edited('course.yaml', replacing('quiz: passed', 'quiz: none'), {
      ...small,
      quiz: undefined,
      pages: small.pages.filter(({ file }) => !file.endsWith('030-quiz.md')),
    });
    expect(checkCourse(without)).toMatchObject({ ok: true, source: { course: { items: [] } } });
  });
});

describe('a file that cannot be read', () => {
  it('does not make a problem of every reference into it', () => {
    const files = edited('sources.yaml', replacing('title: How', 'title: How: '));
    expect(headlines(files)).toEqual(['sources.yaml:14:12  this is not valid YAML']);
  });

  it.each(['course.yaml', 'quiz.yaml', 'glossary.yaml', 'sources.yaml'])(
    'because it is empty is %s',
    (name) => {
      const problem = problemsOf(edited(name, () => '')).find((text) => text.startsWith(`${name}:1:1`));
      expect(problem).toMatch(
        / {2}there are no fields here\n {2}expected {2}the fields? \w.*\n {2}found {5}nothing\n/,
      );
    },
  );

  it('because it is empty is a page', () => {
    expect(
      report(edited('020-time.md', () => ''))
        .split('\n')
        .slice(0, 9)
        .join('\n'),
    ).toMatchInlineSnapshot(`
      "pages/010-water.md:11:61  unknown page
        expected  the id of a page, or page-id/section-id
        found     "time"
        hint      known: water, water/water, water/what-to-remember, quiz, result
      pages/020-time.md:1:1  the page has no front matter
        expected  a first line "---", then id, title and minutes, then a line "---"
        found     an empty file
        hint      copy the head of another page and change its values"
    `);
  });
});

it('asks for a page that shows the quiz', () => {
  expect(report(edited('030-quiz.md', replacing('::quiz', 'No quiz.')))).toMatchInlineSnapshot(`
    "quiz.yaml:1:1  no page shows the quiz
      expected  a page with ::quiz
      found     none
      hint      write ::quiz on the page where the quiz belongs"
  `);
});

it('warns about a source and a term that no page uses, which does not keep the course from being one', () => {
  const files = edited(
    'sources.yaml',
    (text) => `${text}  - { id: spare, author: A, title: T, url: "https://example.org" }\n`,
    edited('glossary.yaml', (text) => `${text}  - { id: spare, term: T, definition: D }\n`),
  );
  const { ok, warnings } = checkCourse(files);
  expect(ok).toBe(true);
  expect(
    warnings.map((warning) => formatProblem(warning).replaceAll(`${files.dir}/`, '')).join('\n'),
  ).toMatchInlineSnapshot(`
    "glossary.yaml:5:11  a term that no page uses
      expected  a page that refers to "spare"
      found     none
      hint      use it or remove it
    sources.yaml:16:11  a source that no page uses
      expected  a page that refers to "spare"
      found     none
      hint      use it or remove it"
  `);
});

it('warns about a media file that no page shows', () => {
  const unused = { path: 'media/spare.svg', file: 'spare.svg' };
  const { ok, warnings } = checkCourse({ ...small, media: [...small.media, unused] });
  expect(ok).toBe(true);
  expect(warnings.map(({ file, message }) => `${file} ${message}`)).toEqual([
    `${small.dir}/media/spare.svg a media file that no page uses`,
  ]);
});

describe('whatever happens to a file', () => {
  /** What a slip of the hand or a bad merge does to a text. */
  const slip = fc.record({
    what: fc.constantFrom('delete line', 'double line', 'delete text', 'insert text'),
    at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    length: fc.integer({ min: 1, max: 12 }),
    text: fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 6 }),
      fc.constantFrom(
        ':',
        '*',
        '&a ',
        '- ',
        '|',
        '[',
        '{',
        '"',
        "'",
        '#',
        '\t',
        '---\n',
        ':::',
        '::quiz\n',
        '<',
        '![',
        '>',
      ),
    ),
  });
  const apply = (
    text: string,
    { what, at, length, text: inserted }: typeof slip extends fc.Arbitrary<infer T> ? T : never,
  ) => {
    const lines = text.split('\n');
    const line = Math.floor(at * lines.length);
    const offset = Math.floor(at * text.length);
    switch (what) {
      case 'delete line':
        return lines.toSpliced(line, 1).join('\n');
      case 'double line':
        return lines.toSpliced(line, 0, lines[line] ?? '').join('\n');
      case 'delete text':
        return text.slice(0, offset) + text.slice(offset + length);
      default:
        return text.slice(0, offset) + inserted + text.slice(offset);
    }
  };

  it('the course is either fit to be rendered or has problems, each one in a line that its file has', () => {
    const names = textsOf(small).map(({ file }) => file);
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.array(slip, { minLength: 1, maxLength: 4 }),
        (name, slips) => {
          const files = edited(name, (text) => slips.reduce(apply, text));
          const read = checkCourse(files);
          if (read.ok) {
            expect(renderDocument(read.source, 'local')).toContain('</html>');
            return;
          }
          expect(read.problems).not.toEqual([]);
          for (const { file, line, column } of read.problems) {
            const text = textsOf(files).find((each) => each.file === file)?.text;
            if (text === undefined) throw new Error(`a problem in ${file}, which is no file of the course`);
            const lines = text.split(/\r?\n/);
            expect(line).toBeGreaterThanOrEqual(1);
            expect(line).toBeLessThanOrEqual(lines.length + 1);
            expect(column).toBeGreaterThanOrEqual(1);
            expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
