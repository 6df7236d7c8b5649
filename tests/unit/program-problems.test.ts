/** What can be wrong with a training program, and how its author is told. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type CourseFiles, type ProgramFiles, readCourseFiles } from '../../src/content/course-files.ts';
import { checkCourse } from '../../src/content/read-course.ts';
import { formatProblem } from '../../src/model/course-problem.ts';
import { edited, headlines, replacing, report, takeArrow } from '../fixtures/edited-course.ts';

const small = await readCourseFiles('manifest/example-course');

/** The small course with one program more, made of this text. */
const withProgram = (text: string, name = 'own', more: Partial<ProgramFiles> = {}): CourseFiles => ({
  ...small,
  programs: [
    ...small.programs,
    {
      name,
      yaml: { file: `${small.dir}/programs/${name}.yaml`, text },
      pages: [],
      others: [],
      ...more,
    },
  ],
});

const ownPage = (path: string, text: string): ProgramFiles['pages'][number] => ({
  path,
  file: `${small.dir}/programs/own/pages/${path}`,
  text,
});

const ownFile = (path: string, text: string): ProgramFiles['others'][number] => ({
  path,
  file: path,
  shown: `${small.dir}/programs/own/${path}`,
  bytes: Buffer.from(text),
});

const warningsOf = (files: CourseFiles): string[] =>
  checkCourse(files).warnings.map((warning) => formatProblem(warning).replaceAll(`${files.dir}/`, ''));

it('finds nothing to say about programs that are sound', () => {
  expect(checkCourse(small)).toMatchObject({ ok: true, warnings: [] });
});

describe('a problem points exactly at the mistake', () => {
  // In each row the arrow stands before the mistake and is taken out again before the course is checked.
  it.each([
    // Fields.
    ['short', 'title: A quick', '▶titel: A quick', 'unknown field "titel"'],
    ['short', 'title: A quick', 'title: ▶\nx: A quick', 'the value of "title" cannot be used'],
    ['short', '[scorm12, web]', '[▶scrom12, web]', 'the value of entry 1 of "formats" cannot be used'],
    ['short', '[scorm12, web]', '▶scorm', 'the value of "formats" cannot be used'],
    ['short', '[scorm12, web]', '▶[]', 'the value of "formats" cannot be used'],
    ['short', 'leave-out: [', '▶leave_out: [', 'unknown field "leave_out"'],
    ['short', '[quiz, result]', '▶quiz', 'the value of "leave-out" cannot be used'],
    ['short', 'completion:\n  quiz: none', 'completion:\n  quiz: ▶no', 'the value of "quiz" cannot be used'],
    ['strict', 'score: 87.5', 'score: ▶875', 'the value of "score" cannot be used'],
    ['strict', 'counts: last', 'counts: ▶lowest', 'the value of "counts" cannot be used'],
    ['strict', 'attempts: 2', 'attempts: ▶0', 'the value of "attempts" cannot be used'],
    ['short', 'test: "" #', 'test: ▶#', 'the value of "test" cannot be used'],
    ['short', 'closing: |', 'closing: ▶[]\nx: |', 'the value of "closing" cannot be used'],
    // Pages.
    ['short', '[quiz, result]', '[quiz, result, ▶tme]', 'unknown page'],
    ['short', '[quiz, result]', '[quiz, result, ▶quiz]', 'a page that is left out twice'],
    ['short', '[quiz, result]', '▶[quiz, result, water, time]', 'the program has no pages'],
    ['strict', 'file: sugar.md', 'file: ▶suger.md', 'unknown file of a page'],
    ['strict', 'after: time', 'after: ▶tme', 'unknown page'],
    ['strict', 'after: time #', 'after: ▶#', 'the value of "after" cannot be used'],
    ['strict', '- file: sugar.md', '- ▶file: sugar.md\n      before: quiz', 'a page with two places'],
    [
      'strict',
      'after: time',
      'before: quiz\n    - file: ▶sugar.md\n      after: time',
      'a page that is added twice',
    ],
    [
      'strict',
      '  add:\n    - file: sugar.md # In programs/strict/pages/. `npm run ids` numbers it.\n      after: time',
      '  leave-out: [time]\n  add:\n    - file: sugar.md\n      after: ▶time',
      '"after" names a page that the program leaves out',
    ],
    // Questions.
    ['strict', '[q-clock, q-word]', '[q-clock, ▶q-wrd]', 'unknown question'],
    ['strict', '[q-clock, q-word]', '[q-clock, ▶c-kettle]', 'unknown question'],
    ['strict', '[q-clock, q-word]', '[q-clock, ▶q-clock]', 'a question that is left out twice'],
    [
      'strict',
      '{ t1: 1, t2: 2, t3: 1 }',
      '{ t1: ▶2, t2: 2, t3: 1 }',
      'the rules draw more questions than there are',
    ],
    ['strict', '{ t1: 1, t2: 2, t3: 1 }', '▶{ t1: 1, t2: 2 }', 'the rules draw no question of a takeaway'],
    ['strict', '{ t1: 1, t2: 2, t3: 1 }', '{ t1: 1, t2: 2, t3: 1, ▶t4: 1 }', 'unknown takeaway'],
    [
      'strict',
      '[q-clock, q-word]\n  draw: { t1: 1, t2: 2, t3: 1 }',
      '▶[q-clock, q-steps]',
      'the program leaves fewer questions than a try asks',
    ],
    [
      'strict',
      '[q-clock, q-word]\n  draw: { t1: 1, t2: 2, t3: 1 }',
      '▶[q-water, q-word]',
      'the program leaves fewer questions than a try asks',
    ],
    [
      'strict',
      '[q-clock, q-word]',
      '▶[q-water, q-cooler, q-clock, q-word, q-leaves, q-steps, q-minutes]',
      'the quiz has no questions',
    ],
    // Parts and texts.
    ['short', 'test: ""', '▶tst: ""', 'unknown part'],
    ['short', 'test: ""', '▶more: ""', 'a part of a page that the program leaves out'],
    ['short', ':term[infusion]{#infusion}', '▶:term[infusion]{#infusoin}', 'unknown term'],
    ['short', ':cite[tea-board]', '▶:cite[tea-bord]', 'unknown source'],
    ['short', '[clock](#/time/how-hot-how-long)', '▶[clock](#/time/how-hot)', 'unknown page'],
    ['short', '[clock](#/time/how-hot-how-long)', '▶[clock](#/sugar)', 'unknown page'],
    [
      'short',
      '[clock](#/time/how-hot-how-long)',
      '▶[quiz](#/quiz)',
      'a link that leads nowhere in the program "short"',
    ],
    [
      'short',
      '[clock](#/time/how-hot-how-long)',
      '▶[clock](clock.html)',
      'a link that cannot be used in a package',
    ],
    ['short', ':value[minutes]', '▶:value[minuts]', 'unknown value'],
    ['short', ':value[minutes]', '▶:value[pass-mark]', 'a number that the program "short" does not have'],
    ['short', ':value[minutes]', '▶:value[questions]', 'a number that the program "short" does not have'],
    ['short', ':value[minutes]', '▶:value', 'the directive "value" is not written as it should be'],
    ['short', '    ## Before you begin', '    ▶### Before you begin', 'a heading skips a level'],
    ['short', '    ## Before you begin', '    ▶# Before you begin', 'a heading of level 1 inside a page'],
    ['short', '    - Fill the kettle.', '    - ▶<b>Fill the kettle.', 'HTML cannot stand in a page'],
    ['short', '    - Fill the kettle.', '    ▶::check{#c-kettle}\n', 'a check that is shown twice'],
    [
      'short',
      '    - Fill the kettle.',
      '    ▶:::part{#kettle}\n    Fill it.\n    :::',
      'a part in the text of a program',
    ],
    ['short', '    - Fill the kettle.', '    ▶::::\n', 'a line of colons that closes nothing'],
    ['short', '    - Fill the kettle.', '    ▶![A kettle](media/kettle.svg)', 'unknown media file'],
    ['short', '  ## And now', '  ▶## How hot, how long', 'two headings of a page read the same'],
    ['short', '  The kitchen: ', '  ▶#### The kitchen: ', 'a heading skips a level'],
    [
      'short',
      'contact: | # Under the heading "Contact".\n  The',
      'contact: "▶<i>The kitchen"\nx: |\n  The',
      'HTML cannot stand in a page',
    ],
    [
      'short',
      'contact: | # Under the heading "Contact".\n  The',
      'contact: ▶>-\n  A text that YAML folds\n  and <i>so on\nx: |\n  The',
      'HTML cannot stand in a page',
    ],
    ['short', '  test: ""', '  tst: |\n    Some ▶<b>text', 'HTML cannot stand in a page'],
    [
      'short',
      /Drink it[\s\S]*The kitchen: /,
      '### Then\n\n  Text.\n\ncontact: |\n  ▶#### The kitchen: ',
      'a heading skips a level',
    ],
    // Without the quiz.
    [
      'short',
      'completion:\n  quiz: none',
      'completion:\n  quiz: ▶passed',
      'completion asks for a quiz that the program does not have',
    ],
    [
      'short',
      /\[quiz, result\].*\n\ncompletion:\n {2}quiz: none/,
      '[▶quiz, result]',
      'completion asks for a quiz that the program does not have',
    ],
    ['short', '[quiz, result]', '[▶quiz]', 'a program without a quiz shows its result'],
    ['short', 'brand:', '▶passing: { score: 90 }\nbrand:', '"passing" has no effect here'],
    ['short', 'brand:', '▶questions: { draw: 1 }\nbrand:', '"questions" has no effect here'],
    ['short', '  quiz: none', '  ▶quiz: none\n  pages: none', 'completion asks for nothing'],
    // Brand.
    ['short', 'brand:\n  logo', 'brand:\n  ▶icon: 1\n  logo', 'unknown field "icon"'],
    ['short', 'file: logo.svg', 'file: ▶lgo.svg', 'unknown file of a logo'],
    ['short', 'alt: The Hurried Tea Company', 'alt: ▶""', 'the value of "alt" cannot be used'],
    ['short', 'type-scale: 1.2', 'type-scale: ▶12', 'the value of "type-scale" cannot be used'],
    ['short', 'light: { accent: "#5a3068"', 'light: { ▶acent: "#5a3068"', 'unknown colour "acent"'],
    [
      'short',
      'light: { accent: "#5a3068"',
      'light: { accent: ▶"#5a3"',
      'the value of "accent" cannot be used',
    ],
    [
      'short',
      'light: { accent: "#5a3068"',
      'light: { accent: ▶purple',
      'the value of "accent" cannot be used',
    ],
    [
      'short',
      'light: { accent: "#5a3068"',
      'light: { accent: ▶"#5a3068;}</style>"',
      'the value of "accent" cannot be used',
    ],
    [
      'short',
      'light: { accent: "#5a3068"',
      'light: { accent: ▶"#8a90a8"',
      'too little contrast in the light look: "accent" on "surface"',
    ],
    [
      'short',
      'dark: { accent: "#d5b3e2"',
      'dark: { accent: ▶"#303050"',
      'too little contrast in the dark look: "accent" on "surface"',
    ],
    [
      'short',
      'dark: { accent: "#d5b3e2"',
      'dark: { surface: ▶"#777777", accent: "#d5b3e2"',
      'too little contrast in the dark look: "ink" on "surface"',
    ],
  ])('in %s.yaml, where %j has become %j', (name, right, wrong, message) => {
    let place = '';
    const files = edited(small, `programs/${name}.yaml`, (text) => {
      const taken = takeArrow(`programs/${name}.yaml`, replacing(right, wrong)(text));
      place = taken.place;
      return taken.text;
    });
    expect(headlines(files)).toContain(`${place}  ${message}`);
  });
});

describe('what a program makes wrong elsewhere is told where it stands, with the name of the program', () => {
  it('a link to a page that is left out, and the questions about it', () => {
    expect(report(withProgram('pages: { leave-out: [time] }\n'))).toMatchInlineSnapshot(`
      "pages/010-water.md:13:61  a link that leads nowhere in the program "own"
        expected  the id of a page of the program, or page-id/section-id
        found     "time", which the program does not have
        hint      put it into a part, :::part{#part-id}, and write the part anew in programs/own.yaml
      quiz.yaml:30:14  a question whose section the program "own" does not have
        expected  page-id/section-id of a page to read in the program, or its page-id alone
        found     "time/how-hot-how-long", which the program does not have
        hint      leave out the question: add "q-cooler" to "leave-out" under "questions" in programs/own.yaml
      quiz.yaml:48:14  a question whose section the program "own" does not have
        expected  page-id/section-id of a page to read in the program, or its page-id alone
        found     "time/how-hot-how-long", which the program does not have
        hint      leave out the question: add "q-clock" to "leave-out" under "questions" in programs/own.yaml
      quiz.yaml:69:14  a question whose section the program "own" does not have
        expected  page-id/section-id of a page to read in the program, or its page-id alone
        found     "time/how-hot-how-long", which the program does not have
        hint      leave out the question: add "q-leaves" to "leave-out" under "questions" in programs/own.yaml
      quiz.yaml:93:14  a question whose section the program "own" does not have
        expected  page-id/section-id of a page to read in the program, or its page-id alone
        found     "time", which the program does not have
        hint      leave out the question: add "q-steps" to "leave-out" under "questions" in programs/own.yaml
      quiz.yaml:109:14  a question whose section the program "own" does not have
        expected  page-id/section-id of a page to read in the program, or its page-id alone
        found     "time/how-hot-how-long", which the program does not have
        hint      leave out the question: add "q-minutes" to "leave-out" under "questions" in programs/own.yaml"
    `);
  });

  it('no question that is left out with its page', () => {
    const files = withProgram(
      [
        'pages: { leave-out: [time] }',
        'questions: { leave-out: [q-cooler, q-clock, q-leaves, q-steps, q-minutes], draw: { t1: 2 } }',
        '',
      ].join('\n'),
    );
    expect(headlines(files)).toEqual([
      'pages/010-water.md:13:61  a link that leads nowhere in the program "own"',
    ]);
  });

  it('a link in a part, which can be written anew', () => {
    const files = edited(
      withProgram('pages: { leave-out: [result] }\n'),
      '030-quiz.md',
      replacing('::quiz', ':::part{#after}\nSee [it](#/result).\n:::\n\n::quiz'),
    );
    const own = { ...files, programs: files.programs.filter(({ name }) => name === 'own') };
    expect(report(own)).toMatchInlineSnapshot(`
      "pages/030-quiz.md:10:5  a link that leads nowhere in the program "own"
        expected  the id of a page of the program, or page-id/section-id
        found     "result", which the program does not have
        hint      write the part "after" anew, under "parts" in programs/own.yaml"
    `);
  });

  it('a link to a section that stood in a part', () => {
    const files = edited(
      withProgram('parts: { water: "" }\n'),
      '010-water.md',
      replacing(/(## Water[\s\S]*)(?=## What)/, ':::part{#water}\n$1:::\n\n'),
    );
    expect(report(files)).toMatchInlineSnapshot(`
      "pages/020-time.md:9:58  a link that leads nowhere in the program "own"
        expected  the id of a page of the program, or page-id/section-id
        found     "water/water", which the program does not have
        hint      put it into a part, :::part{#part-id}, and write the part anew in programs/own.yaml
      quiz.yaml:14:14  a question whose section the program "own" does not have
        expected  page-id/section-id of a page to read in the program, or its page-id alone
        found     "water/water", which the program does not have
        hint      leave out the question: add "q-water" to "leave-out" under "questions" in programs/own.yaml"
    `);
  });

  it('a heading below one that stood in a part', () => {
    const files = edited(
      withProgram('parts: { water: "" }\n'),
      '010-water.md',
      (text) => `${text}\n:::part{#water}\n### More\n:::\n\n#### Still more\n`,
    );
    expect(headlines(files)).toEqual([
      'pages/010-water.md:27:1  a heading skips a level in the program "own"',
    ]);
  });

  it('a number of the quiz that a program without one still speaks of', () => {
    const files = edited(small, '010-water.md', replacing('Fresh water', ':value[pass-mark] water'));
    expect(report(files)).toMatchInlineSnapshot(`
      "pages/010-water.md:13:1  a number that the program "short" does not have
        expected  a number of a program without a quiz: minutes, pages
        found     "pass-mark"
        hint      put it into a part, :::part{#part-id}, and write the part anew in programs/short.yaml"
    `);
  });

  it('a second page with ::quiz', () => {
    const files = withProgram('pages: { add: [{ file: more.md, before: quiz }] }\n', 'own', {
      pages: [ownPage('more.md', '---\nid: sugar\ntitle: More\nminutes: 1\n---\n\n::quiz\n')],
    });
    expect(headlines(files)).toContain(
      'programs/own/pages/more.md:7:1  a second page with ::quiz in the program',
    );
  });
});

it('reports the problems of all programs and of the course together', () => {
  const files = ['short.yaml', 'strict.yaml', 'course.yaml'].reduce(
    (edits, name) => edited(edits, name, replacing('title:', 'titel:')),
    edited(small, 'strict.yaml', (text) => `title: T\n${text}`),
  );
  expect(headlines(files)).toEqual([
    'course.yaml:8:1  missing field "title"',
    'course.yaml:12:1  unknown field "titel"',
    'programs/short.yaml:3:1  unknown field "titel"',
    'programs/strict.yaml:1:1  unknown field "titel"',
  ]);
});

it('does not say of a program again what is wrong with the course', () => {
  const broken = edited(small, '010-water.md', replacing('[next page](#/time)', '[next page](#/tme) <b>'));
  expect(headlines(broken)).toEqual([
    'pages/010-water.md:13:61  unknown page',
    'pages/010-water.md:13:80  HTML cannot stand in a page',
  ]);
  const twice = edited(small, '020-time.md', replacing('::check{#c-patience}', '::check{#c-kettle}'));
  expect(headlines(twice)).toEqual(['pages/020-time.md:28:1  a check that is shown twice']);
});

describe('the name of a program', () => {
  it.each(['Short', 'short program', 'short.yml', '-short', 'x'.repeat(41), 'kürzer', ''])(
    'is not %j',
    (name) => {
      expect(headlines(withProgram('title: T\n', name))).toEqual([
        expect.stringMatching(/:1:1 {2}the name of the program cannot be used$/),
      ]);
    },
  );

  // Windows keeps them for devices, with any extension.
  it.each(['con', 'prn', 'aux', 'nul', 'com1', 'com9', 'lpt1', 'lpt9'])('is not %j', (name) => {
    expect(report(withProgram('title: T\n', name))).toBe(
      [
        `programs/${name}.yaml:1:1  the name of the program cannot be used`,
        '  expected  a name that Windows does not keep for a device, as it does con, nul and com1; its file ends in .yaml',
        `  found     "${name}.yaml"`,
        '  hint      rename it',
      ].join('\n'),
    );
  });

  it('is what a file with another one could be renamed to', () => {
    expect(report(withProgram('title: T\n', 'Our Ministry 2'))).toMatchInlineSnapshot(`
      "programs/Our Ministry 2.yaml:1:1  the name of the program cannot be used
        expected  a name of a–z, 0–9 and -, at most 40 characters; its file ends in .yaml
        found     "Our Ministry 2.yaml"
        hint      rename it to our-ministry-2.yaml"
    `);
  });

  it.each(['short-2', '2', 'x'.repeat(40), 'con-2', 'com', 'com0', 'com10'])('may be %j', (name) => {
    expect(headlines(withProgram('title: T\n', name))).toEqual([]);
  });
});

describe('the folder of programs', () => {
  it('may be missing: then there is the program default', () => {
    const read = checkCourse({ ...small, programs: [] });
    if (!read.ok) throw new Error('the course has problems without its programs');
    expect(read.programs).toHaveLength(1);
    expect(read.source).toMatchObject({ course: { program: 'default' }, style: '', logo: undefined });
  });

  it('is read from the disk, with other files passed over', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'programs-'));
    afterAll(() => rm(dir, { recursive: true }));
    await mkdir(join(dir, 'programs/a/pages/deep'), { recursive: true });
    const write = (path: string, text = '') => writeFile(join(dir, 'programs', path), text);
    await Promise.all([
      write('default.yaml', '# nothing\n'),
      write('a.yaml', '\uFEFFtitle: A\n'),
      write('b.yml'),
      write('README.md'),
      write('a/logo.png', 'PNG'),
      write('a/pages/one.md', 'one'),
      write('a/pages/deep/two.md', 'two'),
      write('a/pages/notes.txt'),
    ]);
    const { programs } = await readCourseFiles(dir);
    expect(programs.map(({ name, yaml }) => [name, yaml?.text])).toEqual([
      ['a', 'title: A\n'],
      ['b.yml', ''],
      ['default', '# nothing\n'],
    ]);
    expect(programs[0]?.pages.map(({ path, text }) => [path, text])).toEqual([
      ['deep/two.md', 'two'],
      ['one.md', 'one'],
    ]);
    expect(programs[0]?.others.map(({ path }) => path)).toEqual(['logo.png', 'pages/notes.txt']);
  });

  it('has no folder without a file', () => {
    const files = withProgram('', 'own', { yaml: undefined, pages: [ownPage('a.md', 'Text.')] });
    expect(headlines(files)).toContain('programs/own.yaml:1:1  a folder of a program that has no file');
  });
});

it('a file in which all is a comment changes nothing', () => {
  const read = checkCourse(withProgram('# title: T\n', 'default'));
  if (!read.ok) throw new Error('an empty program has problems');
  const alone = checkCourse({ ...small, programs: [] });
  if (!alone.ok) throw new Error('the course has problems');
  expect(read.source.course).toEqual(alone.source.course);
});

describe('a page of a program', () => {
  it('is checked as others are', () => {
    const files = edited(small, 'strict/pages/sugar.md', (text) =>
      text.replace('minutes: 1', 'minutes: many').replace('iso-3103', 'iso-3301').replace('[the', '<b>[the'),
    );
    expect(headlines(files)).toEqual([
      'programs/strict/pages/sugar.md:4:10  the value of "minutes" cannot be used',
      'programs/strict/pages/sugar.md:7:19  unknown source',
      'programs/strict/pages/sugar.md:7:49  HTML cannot stand in a page',
    ]);
  });

  it('has an id and a number of its own in the whole course', () => {
    const double = edited(small, 'strict/pages/sugar.md', replacing('id: sugar', 'id: water'));
    expect(headlines(double)).toContain('programs/strict/pages/sugar.md:2:5  two pages have the same id');
    const fresh = edited(small, 'ids.lock.yaml', (text) =>
      text.replace('next: 5', 'next: 4').replace('    sugar: 4\n', ''),
    );
    expect(report(fresh)).toMatchInlineSnapshot(`
      "programs/strict/pages/sugar.md:2:5  the page has no number yet
        expected  an entry "sugar" under "pages" in ids.lock.yaml
        found     none
        hint      run \`npm run ids\`"
    `);
  });
});

describe('a part', () => {
  const inPage = (text: string) => headlines(edited(small, '020-time.md', (page) => `${page}\n${text}\n`));

  it('has an id that no other part has', () => {
    expect(inPage(':::part{#welcome}\nText.\n:::')).toEqual([
      'pages/020-time.md:30:1  two parts have the same id',
    ]);
  });

  it.each([
    [':::part\nText.\n:::', 'the directive "part" is not written as it should be'],
    [':::part[own]{#own}\nText.\n:::', 'the directive "part" is not written as it should be'],
    [':::part{#own}\nText.', 'the directive "part" is not written as it should be'],
    ['::::part{#own}\n:::note[N]\nText.\n:::', 'the directive "part" is not written as it should be'],
    ['::part{#own}', 'the directive "part" is not written as it should be'],
    [':::part{#Own}\nText.\n:::', 'the id of the part cannot be used'],
    [':::part{#own}\n:::note[N]\nText.\n:::\n:::', 'a line of colons that closes nothing'],
    ['::::part{#own}\n:::part{#other}\nText.\n:::\n::::', 'a part inside another part'],
  ])('is not %j', (text, message) => {
    expect(inPage(text).join('\n')).toContain(message);
  });

  it('may be empty, for programs to fill', () => {
    expect(inPage(':::part{#own}\n:::')).toEqual([]);
  });

  it('may be replaced by what shows the quiz, or by what does not', () => {
    const files = edited(small, '030-quiz.md', replacing('::quiz', ':::part{#the-quiz}\n::quiz\n:::'));
    expect(headlines(files)).toEqual([]);
    const without = {
      ...files,
      programs: withProgram('parts: { the-quiz: "" }\n').programs,
    };
    expect(headlines(without)).toContain(
      'programs/own.yaml:1:8  completion asks for a quiz that the program does not have',
    );
  });
});

describe('a warning', () => {
  it('is not given for what one program uses', () => {
    const used = edited(
      edited(
        small,
        'sources.yaml',
        (text) => `${text}  - { id: spare, author: A, title: T, url: "https://example.org" }\n`,
      ),
      'short.yaml',
      replacing('hot.:cite[okakura]', 'hot.:cite[spare]'),
    );
    expect(warningsOf(used)).toEqual([]);
  });

  it('is given for what no program uses any more, though the course does', () => {
    const files = {
      ...small,
      programs: withProgram('parts: { welcome: "" }\n', 'default').programs.filter(
        ({ name }) => name === 'default',
      ),
    };
    const alone = edited(files, '020-time.md', (text) => text.replaceAll(/ ?:cite\[okakura\]/g, ''));
    expect(headlines(alone)).toEqual([]);
    expect(warningsOf(alone).map((text) => text.split('\n')[0])).toEqual([
      'glossary.yaml:2:9  a term that no page uses',
      'sources.yaml:7:9  a source that no page uses',
    ]);
  });

  it('names the files of a program that it does not use', () => {
    const files = withProgram('title: T\n', 'own', {
      pages: [ownPage('a.md', '---\nid: sugar2\ntitle: A\nminutes: 1\n---\nText.\n')],
      others: [ownFile('draft.svg', '')],
    });
    expect(warningsOf(files).join('\n')).toMatchInlineSnapshot(`
      "programs/own/draft.svg:1:1  a file that the program does not use
        expected  an entry in programs/own.yaml that names it
        found     none
        hint      remove it; the only picture of a program is its logo
      programs/own/pages/a.md:1:1  a page that the program does not use
        expected  an entry in programs/own.yaml that names it
        found     none
        hint      add it under "pages", or remove it"
    `);
  });
});
