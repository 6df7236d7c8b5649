import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import * as v from 'valibot';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { type CourseFiles, readCourseFiles } from '../../src/content/course-files.ts';
import { checkCourse } from '../../src/content/read-course.ts';
import { readYaml } from '../../src/content/read-yaml.ts';
import { renderDocument } from '../../src/content/render-document.ts';
import { itemSchema } from '../../src/items/authored-item.ts';
import { formatProblem } from '../../src/model/course-problem.ts';
import {
  edited as editedIn,
  headlines,
  problemsOf,
  replacing,
  report,
  takeArrow,
  textsOf,
} from '../fixtures/edited-course.ts';

// The property test checks some hundred courses.
vi.setConfig({ testTimeout: 60_000 });

const small = await readCourseFiles('manifest/example-course');
const broken = await readCourseFiles('tests/fixtures/courses/broken');
const temporary = await mkdtemp(join(tmpdir(), 'course-'));
afterAll(() => rm(temporary, { recursive: true }));

/** The small course, or another one, with a file edited. */
const edited = (name: string, edit: (text: string) => string, files = small): CourseFiles =>
  editedIn(files, name, edit);

it('reports all problems of a course in one run, each with its place and what to do', () => {
  expect(`\n${problemsOf(broken).join('\n\n')}\n`).toMatchSnapshot();
});

it('finds nothing wrong with the example of each kind of question in docs/author.md', async () => {
  const guide = await readFile('docs/author.md', 'utf8');
  const blocks = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']) => yaml);
  const kinds = blocks.map((yaml) => {
    const whole = yaml.startsWith('- id') ? yaml : `- id: q\n  takeaway: t1\n  prompt: What?\n${yaml}`;
    const { source, problems } = readYaml('docs/author.md', whole);
    expect(problems).toEqual([]);
    return v.parse(v.array(itemSchema), source.data)[0]?.kind;
  });
  expect(kinds.sort()).toEqual(itemSchema.options.map(({ entries }) => entries.kind.literal).sort());
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
    ['checks.yaml', 'takeaway: t1', 'takeaway: ▶t4', 'unknown takeaway'],
    ['quiz.yaml', '{ t1: 1, ', '{ t1: 1, ▶tea: 1, ', 'unknown takeaway'],
    ['quiz.yaml', '{ t1: 1, ', '{ t1: ▶3, ', 'the rules draw more questions than there are'],
    [
      'quiz.yaml',
      'draw: { t1: 1, t2: 2, t3: 2 }',
      'draw: ▶3',
      'the rules draw more questions than there are',
    ],
    ['quiz.yaml', '{ t1: 1, ', '▶{ ', 'the rules draw no question of a takeaway'],
    ['quiz.yaml', '{ t1: 1, ', '{ t1: ▶0, ', 'the value of "t1" cannot be used'],
    ['quiz.yaml', 'shuffle: true', '▶shufle: true', 'unknown field "shufle"'],
    ['quiz.yaml', 'credit: all', 'credit: ▶some', 'the value of "credit" cannot be used'],
    [
      'course.yaml',
      '  - id: t3',
      '  - id: ▶t0\n    text: T.\n    main: true\n  - id: t3',
      'a takeaway that no question of the quiz serves',
    ],
    ['quiz.yaml', /id: q-clock([\s\S]*?) {4}section: .*\n/, '▶id: q-clock$1', 'missing field "section"'],
    ['quiz.yaml', 'section: water/water', 'section: ▶water/wter', 'unknown section'],
    ['quiz.yaml', 'section: water/water', "section: ▶'#/water/water'", 'unknown section'],
    ['quiz.yaml', 'section: water/water', 'section: ▶result', 'unknown section'],
    ['quiz.yaml', 'section: water/water', 'section: ▶quiz', 'unknown section'],
    ['quiz.yaml', 'section: water/water', 'section: ▶" "', 'the value of "section" cannot be used'],
    ['quiz.yaml', 'kind: numeric', 'kind: numeric\n    ▶attempts: 2', '"attempts" has no effect here'],
    [
      'quiz.yaml',
      'kind: numeric',
      'kind: numeric\n    solution: never\n    ▶attempts: unlimited',
      '"attempts" has no effect here',
    ],
    [
      'quiz.yaml',
      'text: Assam, from the Brahmaputra valley',
      'text: ▶None of the above',
      'an option that stands for other options',
    ],
    [
      'quiz.yaml',
      /id: q-minutes([\s\S]*)\[5.5, 6.5\]/,
      '▶id: q-minutes$1[6.5, 5.5]',
      'the ends of the range have changed places',
    ],
    [
      'quiz.yaml',
      /id: q-minutes([\s\S]*)\[5.5, 6.5\]/,
      '▶id: q-minutes$1[6.5, 7.5]',
      'the range does not hold the answer',
    ],
    ['checks.yaml', 'attempts: 1', '▶weight: 1', '"weight" has no effect here'],
    ['checks.yaml', 'attempts: 1', '▶section: water', '"section" has no effect here'],
    ['checks.yaml', 'attempts: 1', '▶solution: at-once', '"solution" has no effect here'],
    ['checks.yaml', 'kind: likert', 'kind: likert\n    ▶weight: 1', 'unknown field "weight"'],
    ['checks.yaml', 'id: c-kettle', 'id: ▶q-water', 'two questions have the same id'],
    ['checks.yaml', 'id: c-kettle', 'id: ▶c-ketle', 'the question has no number yet'],
    ['checks.yaml', 'checks:', '▶check:', 'unknown field "check"'],
    ['quiz.yaml', 'id: q-clock', 'id: ▶q-water', 'two questions have the same id'],
    ['quiz.yaml', 'kind: true-false', 'kind: ▶true-flase', 'the value of "kind" cannot be used'],
    ['quiz.yaml', 'answer: false', 'answer: ▶no', 'the value of "answer" cannot be used'],
    ['quiz.yaml', 'text: Longjing', 'text: ▶*Longjing', 'text that starts with "*" has no quotes'],
    ['quiz.yaml', 'prompt: Which water', 'prompt: ▶Which: water', 'this is not valid YAML'],
    ['glossary.yaml', 'term: Infusion', '▶Term: Infusion', 'unknown field "Term"'],
    ['sources.yaml', 'date: "1906"', 'date: ▶1906', 'the value of "date" cannot be used'],
    ['sources.yaml', 'https://www.iso', '▶ftp://www.iso', 'the value of "url" cannot be used'],
    ['sources.yaml', 'id: okakura', 'id: ▶iso-3103', 'two sources have the same id'],
    ['ids.lock.yaml', 'pages:', '▶page:', 'unknown field "page"'],
    ['ids.lock.yaml', 'next: 5', 'next: ▶"5"', 'the value of "next" cannot be used'],
    ['ids.lock.yaml', 'next: 5', 'next: ▶-4', 'the value of "next" cannot be used'],
    ['ids.lock.yaml', 'next: 5', 'next: ▶3', '"next" is too small'],
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
    ['pages/010-water.md', '::check{#c-kettle}', '▶::check{#c-ketle}', 'unknown check'],
    ['pages/010-water.md', '::check{#c-kettle}', '▶::check{#q-water}', 'unknown check'],
    [
      'pages/010-water.md',
      '::check{#c-kettle}',
      '▶::check',
      'the directive "check" is not written as it should be',
    ],
    [
      'pages/010-water.md',
      '::check{#c-kettle}',
      '::check{#c-kettle}\n\n▶::check{#c-kettle}',
      'a check that is shown twice',
    ],
    ['pages/020-time.md', '::check{#c-patience}', '▶::check{#c-kettle}', 'a check that is shown twice'],
    ['pages/030-quiz.md', '::quiz', '▶::check{#c-kettle}\n\n::quiz', '::check on the page of the quiz'],
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
      const taken = takeArrow(name, replacing(right, wrong)(text));
      place = taken.place;
      return taken.text;
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
      "course.yaml:33:9  completion asks for a quiz that the course does not have
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
      programs: [],
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

  it('leaves open which takeaways there are, and makes no problem of them', () => {
    const files = edited('course.yaml', replacing('title: A', 'title: A: '));
    expect(headlines(files)).toEqual(['course.yaml:12:8  this is not valid YAML']);
  });

  it.each(['course.yaml', 'quiz.yaml', 'checks.yaml', 'glossary.yaml', 'sources.yaml'])(
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
      "pages/010-water.md:13:61  unknown page
        expected  the id of a page, or page-id/section-id
        found     "time"
        hint      known: water, water/water, water/what-to-remember, quiz, result
      pages/020-time.md:1:1  the page has no front matter
        expected  a first line "---", then id, title and minutes, then a line "---"
        found     an empty file
        hint      copy the head of another page and change its values
      programs/short.yaml:20:20  unknown page"
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

it('asks for a question of a kind that is scored in the quiz, and for no more of one that is not', () => {
  const [scale = ''] = /( {2}- id: c-patience[\s\S]*)$/.exec(small.checks?.text ?? '') ?? [];
  const files = edited('quiz.yaml', (text) => `${text}\n${scale.replace('c-patience', 'q-patience')}`);
  expect(headlines(files)).toEqual([
    'quiz.yaml:118:9  the question has no number yet',
    'quiz.yaml:120:11  a likert question in the quiz',
  ]);
});

it('tells once what a likert question has too much', () => {
  const files = edited('checks.yaml', replacing('kind: likert', 'kind: likert\n    weight: 1'));
  expect(headlines(files)).toEqual(['checks.yaml:17:5  unknown field "weight"']);
});

it('tells once that a section is empty', () => {
  const files = edited('quiz.yaml', replacing('section: water/water', 'section: ""'));
  expect(headlines(files)).toEqual(['quiz.yaml:14:14  the value of "section" cannot be used']);
});

describe('the rules of the quiz', () => {
  const drawing = (draw: string) => edited('quiz.yaml', replacing('{ t1: 1, t2: 2, t3: 2 }', draw));

  it.each(['all', '1', '2', '{ t1: 2, t2: 2, t3: 3 }'])('may draw %s', (draw) => {
    expect(checkCourse(drawing(draw))).toMatchObject({ ok: true, warnings: [] });
  });

  it('are told how many questions there are, takeaway by takeaway', () => {
    expect(report(drawing('3'))).toMatchInlineSnapshot(`
      "quiz.yaml:4:9  the rules draw more questions than there are
        expected  at most 2 for the takeaway "t1"
        found     3, and 2 questions with "takeaway: t1"
        hint      write more questions for it, or draw 2
      quiz.yaml:4:9  the rules draw more questions than there are
        expected  at most 2 for the takeaway "t2"
        found     3, and 2 questions with "takeaway: t2"
        hint      write more questions for it, or draw 2"
    `);
    expect(report(drawing('{ t1: 3, t2: 2 }'))).toMatchInlineSnapshot(`
      "quiz.yaml:4:9  the rules draw no question of a takeaway
        expected  how many of the 3 questions with "takeaway: t3" a try asks
        found     no entry "t3"
        hint      add "t3: 1"; without it they would never be asked
      quiz.yaml:4:15  the rules draw more questions than there are
        expected  at most 2 for the takeaway "t1"
        found     3, and 2 questions with "takeaway: t1"
        hint      write more questions for it, or draw 2"
    `);
  });

  it('that misspell a takeaway are told so once', () => {
    expect(headlines(drawing('{ t1: 1, t2: 2, t33: 2 }'))).toEqual(['quiz.yaml:4:25  unknown takeaway']);
  });

  it('allow attempts where each question is judged at once', () => {
    const files = edited('quiz.yaml', (text) =>
      text
        .replace('solution: after-submit', 'solution: at-once')
        .replace('kind: numeric', 'kind: numeric\n    attempts: 3'),
    );
    expect(headlines(files)).toEqual([]);
    const one = edited(
      'quiz.yaml',
      replacing('kind: numeric', 'kind: numeric\n    attempts: 3\n    solution: at-once'),
    );
    expect(headlines(one)).toEqual([]);
  });
});

it('a question that misspells its takeaway does not leave the takeaway without one', () => {
  const served = /takeaway: t2/g;
  const renamed = edited('course.yaml', replacing('id: t2', 'id: t2-heat'), {
    ...edited('ids.lock.yaml', replacing('t2: 1', 't2-heat: 1')),
    programs: [],
  });
  const files = edited(
    'quiz.yaml',
    (text) => text.replace('t2: 2', 't2-heat: 2').replaceAll(served, 'takeaway: t2-haet'),
    renamed,
  );
  expect(headlines(files)).toEqual([
    'quiz.yaml:25:15  unknown takeaway',
    'quiz.yaml:65:15  unknown takeaway',
  ]);
});

describe('an option', () => {
  const withOption = (text: string, more = '') =>
    headlines(
      edited(
        'quiz.yaml',
        replacing('text: Assam, from the Brahmaputra valley', `text: ${JSON.stringify(text)}`),
        edited('quiz.yaml', replacing('multiple: true', `multiple: true${more}`)),
      ),
    ).filter((line) => line.includes('stands for other options'));

  it.each([
    'All of the above',
    'None of the above.',
    'none of these',
    'All of these',
    'All the above answers are right.',
    'Both of the above',
    'Both of these options',
    'All other options',
    'All answers are correct',
    'Both a and b',
    'Neither (A) nor (B)',
    'Answers 1, 2 and 3',
    'A and B only',
    'Two of the above',
  ])('that says %j stands for others', (text) => {
    expect(withOption(text)).toHaveLength(1);
    expect(withOption(text, '\n    shuffle: false')).toEqual([]);
  });

  it.each([
    'All of these standards are voluntary.',
    'None of them',
    'Both India and Brazil',
    'Vitamins A and B',
    'Above the sea',
    'All options of the contract were used.',
    'Only 1 of 4',
    'Both a treaty and a law',
  ])('that says %j does not', (text) => {
    expect(withOption(text)).toEqual([]);
  });
});

/** Warnings of a course that is none the worse for them, as an author sees them. */
function warningsOf(files: CourseFiles): string[] {
  const { ok, warnings } = checkCourse(files);
  expect(headlines(files)).toEqual([]);
  expect(ok).toBe(true);
  return warnings.map((warning) => formatProblem(warning).replaceAll(`${files.dir}/`, ''));
}

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

describe('a warning', () => {
  it('names a check that no page shows', () => {
    expect(
      warningsOf(edited('010-water.md', replacing('::check{#c-kettle}\n', ''))).join('\n'),
    ).toMatchInlineSnapshot(`
      "checks.yaml:4:9  a check that no page shows
        expected  a page with ::check{#c-kettle}
        found     none
        hint      show it or remove it"
    `);
  });

  it('names a right option that gives itself away by its length', () => {
    const right = 'text: Fresh from the tap';
    const long = 'text: Fresh and cold from the tap, and never from the kettle of this morning';
    expect(warningsOf(edited('quiz.yaml', replacing(right, long))).join('\n')).toMatchInlineSnapshot(`
      "quiz.yaml:17:15  the right option is the longest
        expected  right and wrong options of much the same length
        found     70 characters, and 44 on average in the wrong ones
        hint      learners who know tests guess the longest; shorten it, or lengthen a wrong one"
    `);
    // The wrong one has 44 characters: a quarter more is 55.
    expect(warningsOf(edited('quiz.yaml', replacing(right, `text: ${'x'.repeat(54)}`)))).toEqual([]);
    expect(warningsOf(edited('quiz.yaml', replacing(right, `text: ${'x'.repeat(55)}`)))).toHaveLength(1);
  });

  it('says nothing of a right option where one wrong one is longer, however short the others are', () => {
    const files = edited('quiz.yaml', (text) =>
      text
        .replace('multiple: true', 'multiple: false')
        .replace('text: Sencha', 'text: Sencha, from the hills of Uji in May')
        .replace('Brahmaputra valley', 'valley of the Brahmaputra')
        .replace(/(text: Longjing\n) +correct: true\n/, '$1'),
    );
    expect(warningsOf(files)).toEqual([]);
  });

  it('does not count as longer what hardly can be seen', () => {
    const files = edited('quiz.yaml', replacing(/Fresh from the tap([\s\S]*)What is left.*/, 'Water$1Tea'));
    expect(warningsOf(files)).toEqual([]);
  });

  it('names several right options only where each of them is longer than every wrong one', () => {
    const one = edited(
      'quiz.yaml',
      replacing('Sencha\n', 'Sencha, grown in the shade of the hills of Uji near Kyoto\n'),
    );
    expect(warningsOf(one)).toEqual([]);
    const both = edited(
      'quiz.yaml',
      replacing('Longjing\n', 'Longjing, roasted in a pan near the West Lake of Hangzhou\n'),
      one,
    );
    expect(warningsOf(both).join('\n')).toMatchInlineSnapshot(`
      "quiz.yaml:33:15  the right options are the longest
        expected  right and wrong options of much the same length
        found     57 characters or more, and 34 on average in the wrong ones
        hint      learners who know tests guess the longest; shorten it, or lengthen a wrong one"
    `);
  });

  it('names texts that stand twice in a question', () => {
    const options = edited(
      'quiz.yaml',
      replacing('text: Assam, from the Brahmaputra valley', 'text: SENCHA'),
    );
    const targets = edited('quiz.yaml', replacing('text: 40 °C', 'text: 95  °C'), options);
    const scale = edited('checks.yaml', replacing('text: Always', 'text: never'), targets);
    expect(warningsOf(scale).join('\n')).toMatchInlineSnapshot(`
      "checks.yaml:24:15  two options of a question have the same text
        expected  texts that differ
        found     the text of the option in line 20
        hint      change one of them or remove it
      quiz.yaml:37:15  two options of a question have the same text
        expected  texts that differ
        found     the text of the option in line 33
        hint      change one of them or remove it
      quiz.yaml:85:15  two targets of a question have the same text
        expected  texts that differ
        found     the text of the target in line 83
        hint      change one of them or remove it"
    `);
  });

  it('names a matching whose last pair answers itself', () => {
    const spare = /\n {6}- id: tepid[\s\S]*?any tea\./;
    const files = edited('quiz.yaml', replacing(spare, ''));
    expect(warningsOf(files).join('\n')).toMatchInlineSnapshot(`
      "quiz.yaml:80:7  the last pair answers itself
        expected  a target that is left over, or one that fits twice
        found     2 targets for 2 pairs, each used once
        hint      add a target that fits none of the pairs, with "feedback" that says why"
    `);
    const twice = '$1\n      - { id: tepid, text: Iced tea, target: cooler, feedback: F. }\n    targets:';
    expect(
      warningsOf(edited('quiz.yaml', replacing(/(Almost boiling\.)\n {4}targets:/, twice), files)),
    ).toEqual([]);
  });

  it('names accepted answers that count as the same', () => {
    expect(
      warningsOf(edited('quiz.yaml', replacing('[infusion, an', '[infusion, "Infusión!", an'))).join('\n'),
    ).toMatchInlineSnapshot(`
      "quiz.yaml:59:26  two accepted answers count as the same
        expected  answers that differ in more than case, accents, punctuation and spaces
        found     "Infusión!", which "infusion" accepts already
        hint      remove one of them"
    `);
  });

  describe('about the whole quiz', () => {
    const question = (id: string, place: number, more: string) =>
      `\n  - id: ${id}\n    takeaway: t1\n    kind: choice\n    prompt: Which?\n    section: water\n    options:\n` +
      [0, 1, 2]
        .map(
          (at) =>
            `      - { id: o${at}, text: Option ${at}${at === place ? more : ''}, feedback: F.${at === place ? ', correct: true' : ''} }\n`,
        )
        .join('');
    const ids = ['q-one', 'q-two', 'q-three'];
    const withQuestions = (places: readonly number[], more = '') => {
      const text = places.map((place, index) => question(ids[index] ?? '', place, more)).join('');
      const next = `next: ${9 + places.length}`;
      return edited(
        'ids.lock.yaml',
        (ledger) =>
          ledger
            .replace('next: 9', next)
            .replace(
              'c-patience: 8\n',
              `c-patience: 8\n${places.map((_, index) => `    ${ids[index]}: ${9 + index}\n`).join('')}`,
            )
            .concat(
              places
                .map((_, index) => `  ${ids[index]}:\n    next: 3\n    numbers: { o0: 0, o1: 1, o2: 2 }\n`)
                .join(''),
            ),
        edited('quiz.yaml', (quiz) => `${quiz}${text}`),
      );
    };

    it('names a place at which most right options stand', () => {
      // The right option of q-water is the first one too.
      expect(warningsOf(withQuestions([0, 0]))).toEqual([]);
      expect(warningsOf(withQuestions([0, 1, 2]))).toEqual([]);
      expect(warningsOf(withQuestions([0, 1, 1]))).toEqual([]);
      expect(warningsOf(withQuestions([0, 1, 0])).join('\n')).toMatchInlineSnapshot(`
        "quiz.yaml:10:3  most right options are number 1 of their list
          expected  at most 2 of 4 questions with the right option at the same place
          found     3: q-water, q-one, q-three
          hint      move the right option in some of them; printed, options come in the order of the file"
      `);
    });

    it('names right options that are the longest, if only a little, in most questions', () => {
      // That of q-water is not.
      expect(warningsOf(withQuestions([1, 2], '!'))).toEqual([]);
      expect(warningsOf(withQuestions([1, 2, 0], '!')).join('\n')).toMatchInlineSnapshot(`
        "quiz.yaml:10:3  most right options are the longest of their question
          expected  at most 2 of 4 questions with the right option the longest
          found     3: q-one, q-two, q-three
          hint      shorten the right option, or lengthen a wrong one, in some of them"
      `);
    });
  });

  it('names feedback that gives the answer away while a check may be tried again', () => {
    const asked = (attempts: string, wrong: string) =>
      edited('checks.yaml', (text) =>
        text.replace(
          /kind: true-false\n[\s\S]*?(?=\n\n)/,
          `kind: fill-in\n    attempts: ${attempts}\n    prompt: What boils?\n    accepted: [tea water]\n    feedback:\n      right: R.\n      wrong: ${wrong}`,
        ),
      );
    expect(warningsOf(asked('2', 'It comes from the tap.'))).toEqual([]);
    expect(warningsOf(asked('1', 'It is the Tea-Water.'))).toEqual([]);
    expect(warningsOf(asked('2', 'It is the Tea-Water.')).join('\n')).toMatchInlineSnapshot(`
      "checks.yaml:12:14  the feedback on a wrong answer gives the right one away
        expected  a hint, as the question may be tried again
        found     "tea water"
        hint      say it in the feedback "right", which is shown in the end, or set "attempts: 1""
    `);
  });

  it('names true-false questions that all have the same answer, of the quiz and of lessons', () => {
    const files = edited('checks.yaml', replacing('answer: true', 'answer: false'));
    expect(warningsOf(files).join('\n')).toMatchInlineSnapshot(`
      "quiz.yaml:49:13  all true-false questions have the same answer
        expected  some that are true and some that are false
        found     "answer: false" in all 2
        hint      turn a statement round, and its feedback with it"
    `);
    const pages = small.pages.map((page) => ({ ...page, text: page.text.replace(/::check.*/, '') }));
    expect(warningsOf({ ...small, checks: undefined, pages })).toEqual([]);
  });

  it('is told beside problems, but about all questions only where all are sound', () => {
    const same = edited('checks.yaml', replacing('answer: true', 'answer: false'));
    const files = edited(
      'quiz.yaml',
      (text) =>
        text
          .replace('text: Assam, from the Brahmaputra valley', 'text: SENCHA')
          .replace('answer: 6', 'answer: six'),
      same,
    );
    const read = checkCourse(files);
    expect(read.ok).toBe(false);
    expect(read.warnings.map(({ message }) => message)).toEqual([
      'two options of a question have the same text',
    ]);
  });
});

it('warns about a media file that no page shows', () => {
  const unused = { path: 'media/spare.svg', file: 'spare.svg' };
  const { ok, warnings } = checkCourse({ ...small, media: [...small.media, unused] });
  expect(ok).toBe(true);
  expect(warnings.map(({ file, message }) => `${file} ${message}`)).toEqual([
    `${small.dir}/media/spare.svg a media file that no page uses`,
  ]);
});

it.each([
  ['media/Cup.svg', 'the capital letter "C"'],
  ['media/my-cup-é.svg', 'the character "é"'],
  [`media/${'cup-'.repeat(20)}.svg`, '90 characters'],
])('tells authors of a shown file that cannot stand in a package under its name: %s', (path, found) => {
  const shows = (text: string) => text.replaceAll('media/cup.svg', path);
  const files = {
    ...small,
    pages: small.pages.map(({ file, text }) => ({ file, text: shows(text) })),
    media: small.media.map((media) => ({ ...media, path: shows(media.path) })),
  };
  const read = checkCourse(files);
  expect(
    read.ok ? [] : read.problems.map((problem) => [problem.file, problem.message, problem.found]),
  ).toEqual([[`${small.dir}/${path}`, 'the name of the file cannot stand in a package', found]]);
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
            for (const source of read.programs) expect(renderDocument(source)).toContain('</html>');
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
