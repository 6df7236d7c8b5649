/** The course in the form of a program: its data, its document, its style sheet. */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { formats } from '../../manifest/formats.ts';
import { newAttempt } from '../../src/attempt/attempt.ts';
import { askedItems } from '../../src/attempt/draw.ts';
import { progressOf } from '../../src/attempt/progress.ts';
import { decodeAttempt, encodeAttempt } from '../../src/attempt/suspend-data.ts';
import { type CourseFiles, type ProgramFiles, readCourseFiles } from '../../src/content/course-files.ts';
import { type CourseSource, checkCourse } from '../../src/content/read-course.ts';
import { renderDocument } from '../../src/content/render-document.ts';
import { endText, lineText, resultText, troubleAdvice } from '../../src/elements/saving-text.ts';
import type { Saving } from '../../src/elements/services.ts';
import { formatProblem } from '../../src/model/course-problem.ts';
import { courseValues, questionsInTry } from '../../src/model/course-values.ts';
import { formatNames } from '../../src/model/format-names.ts';
import { edited, replacing } from '../fixtures/edited-course.ts';
import { type Element, get, named, only, readHtml, textOf, withClass, words } from '../fixtures/read-html.ts';

// The property tests render some hundred documents.
vi.setConfig({ testTimeout: 60_000 });

const small = await readCourseFiles('manifest/example-course');

/** The course of a program; problems are an error. */
function programOf(files: CourseFiles, name: string): CourseSource {
  const read = checkCourse(files);
  if (!read.ok) throw new Error(read.problems.map(formatProblem).join('\n'));
  const source = read.programs.find(({ course }) => course.program === name);
  if (!source) throw new Error(`no program ${name}`);
  return source;
}

/** The small course with one program more, made of this text. */
const withProgram = (text: string, pages: ProgramFiles['pages'] = [], files = small): CourseFiles => ({
  ...files,
  programs: [
    ...files.programs,
    { name: 'own', yaml: { file: `${small.dir}/programs/own.yaml`, text }, pages, others: [] },
  ],
});

const own = (text: string, pages?: ProgramFiles['pages'], files?: CourseFiles): CourseSource =>
  programOf(withProgram(text, pages, files), 'own');

const documentOf = (source: CourseSource): Element => readHtml(renderDocument(source));
const pageOf = (document: Element, id: string): Element =>
  only(named(document, 'course-page').filter((page) => get(page, 'id') === `/${id}`));

describe('the program default', () => {
  it('is the course as it is written, whatever other programs there are', () => {
    const alone = programOf({ ...small, programs: [] }, 'default');
    const among = programOf(small, 'default');
    expect(among.course).toEqual(alone.course);
    expect(renderDocument(among)).toBe(renderDocument(alone));
    expect(among).toMatchObject({ style: '', logo: undefined });
    expect(among.formats).toEqual(['scorm12', 'scorm2004-3rd', 'scorm2004', 'cmi5', 'web']);
  });

  it('comes first, also where others come before it by name', () => {
    const files = withProgram('title: T\n');
    const [program] = files.programs.slice(-1);
    if (!program) throw new Error('no program');
    const read = checkCourse({ ...files, programs: [...small.programs, { ...program, name: 'default' }] });
    const names = read.ok && read.programs.map(({ course }) => course.program);
    expect(names).toEqual(['default', 'short', 'strict']);
    expect(read.ok && read.programs[0]).toBe(read.ok && read.source);
  });

  it('may itself change something', () => {
    const files = withProgram('title: T\npassing: { score: 20 }\n');
    const [program] = files.programs.slice(-1);
    if (!program) throw new Error('no program');
    const read = checkCourse({ ...files, programs: [{ ...program, name: 'default' }] });
    expect(read.ok && read.source.course).toMatchObject({
      title: 'T',
      program: 'default',
      rules: { passing: { scaled: 0.2, counts: 'best', attempts: null } },
    });
  });

  it('carries no pictures that its pages do not show', () => {
    const spare = { path: 'media/spare.svg', file: 'spare.svg' };
    expect(programOf({ ...small, media: [...small.media, spare] }, 'default').media).toEqual(small.media);
  });
});

describe('a program without the quiz', () => {
  const source = programOf(small, 'short');
  const { course } = source;
  const document = documentOf(source);

  it('is a course without questions that count', () => {
    const base = programOf(small, 'default').course;
    expect(course).toEqual({
      ...base,
      program: 'short',
      title: 'A quick cup of tea',
      description: 'How to make a cup of tea, without an examination.',
      minutes: 3.5,
      pages: base.pages.slice(0, 2),
      items: [],
      rules: {
        completion: { pages: 'all', quiz: 'none' },
        passing: base.rules.passing,
        quiz: { draw: null, shuffle: true },
      },
    });
    expect(source.items).toEqual([]);
    expect(source.formats).toEqual(['scorm12', 'web']);
  });

  it('is completed by reading, and never passed or failed', () => {
    const read = progressOf(course, { ...newAttempt, viewed: ['water', 'time'] });
    expect(read).toMatchObject({ completion: 'completed', success: 'unknown', scaled: null, measure: 1 });
    expect(read.objectives).toEqual([]);
    const half = progressOf(course, { ...newAttempt, viewed: ['water'] });
    expect(half).toMatchObject({ completion: 'incomplete', measure: 0.5, lessonsLeft: ['time'] });
    expect(askedItems(course, newAttempt)).toEqual([]);
  });

  it('says nothing of a quiz, in its document or around it', () => {
    expect(named(document, 'quiz-runner', 'quiz-result')).toEqual([]);
    expect(words(only(named(document, 'main')))).not.toMatch(/quiz|pass|score/i);
    const all = (['lms', 'device', 'memory'] as const).flatMap((keeper) =>
      (['ready', 'saving', 'saved', 'unsaved', 'ended', 'off'] as const).flatMap((state) =>
        (['none', 'device', 'memory'] as const).map(
          (outstanding) => ({ keeper, state, outstanding, savedAt: null, elsewhere: false }) as const,
        ),
      ),
    ) satisfies Saving[];
    const said = all.flatMap((saving) => [
      ...troubleAdvice(saving, false),
      lineText(saving),
      resultText(saving),
      ...endText(saving, false).paragraphs,
    ]);
    expect(said.filter((text) => /quiz|pass/i.test(text))).toEqual([]);
    expect(all.flatMap((saving) => troubleAdvice(saving, true)).join()).toContain('quiz');
  });

  it('has its own text in the place of a part, numbered and linked like that of a page', () => {
    const page = pageOf(document, 'water');
    expect(words(page)).toContain('This course has 2 pages and takes 3.5 minutes. It is about an infusion');
    expect(words(page)).not.toContain('whole books');
    expect(named(page, 'h2').map((heading) => get(heading, 'id'))).toEqual([
      '/water/before-you-begin',
      '/water/water',
      '/water/what-to-remember',
      '',
    ]);
    // The source that the part cites first is number 1 now.
    expect(withClass(page, 'cite').map(words)).toEqual(['1', '12']);
    const listed = withClass(page, 'sources').flatMap((sources) => named(sources, 'a'));
    expect(listed.map(words)).toEqual([
      'How to brew tea',
      'ISO 3103: Tea, preparation of liquor for use in sensory tests',
    ]);
    expect(withClass(page, 'definition')).toHaveLength(1);
  });

  it('leaves out a part that it replaces by nothing', () => {
    expect(withClass(document, 'note')).toEqual([]);
    expect(withClass(documentOf(programOf(small, 'default')), 'note')).toHaveLength(1);
  });

  it('ends its last page with its closing words and whom to ask', () => {
    const page = pageOf(document, 'time');
    const ids = named(page, 'h2').map((heading) => [get(heading, 'id'), words(heading)]);
    expect(ids.slice(-3)).toEqual([
      ['/time/and-now', 'And now'],
      ['/time/contact', 'Contact'],
      ['', 'Sources for this page'],
    ]);
    expect(words(page)).toContain('Drink it while it is hot.1ContactThe kitchen: kitchen@example.org');
    const [mail] = named(page, 'a').filter((link) => get(link, 'href').startsWith('mailto:'));
    expect(mail && [...mail.attributes]).toEqual([
      ['href', 'mailto:kitchen@example.org'],
      ['target', '_blank'],
      ['rel', 'noopener noreferrer'],
    ]);
    expect(words(pageOf(document, 'water'))).not.toContain('Contact');
  });

  it('shows its logo on the cover, with its size', () => {
    const logo = only(withClass(document, 'logo'));
    expect([...logo.attributes]).toEqual([
      ['class', 'logo'],
      ['src', 'media/logo-short.svg'],
      ['alt', 'The Hurried Tea Company'],
      ['width', '120'],
      ['height', '40'],
    ]);
    expect(logo.parent).toBe(only(withClass(document, 'cover')));
    expect(words(only(withClass(document, 'cover')))).toBe('Courses that fit on a pageA quick cup of tea');
    expect(source.media.map(({ path }) => path)).toEqual(['media/cup.svg', 'media/logo-short.svg']);
  });

  it('has a style sheet for the screen, with its colours in the look that they are for', () => {
    expect(source.style).toBe(
      [
        '@media screen and (prefers-color-scheme:light){:root{--accent:#5a3068;--accent-strong:#40204b;--accent-soft:#f1e9f4;--link:#6a3579}}',
        '@media screen and (prefers-color-scheme:dark){:root{--accent:#d5b3e2;--link:#dcbde8}}',
        '@media screen{:root{font-size:120%}}',
        '',
      ].join('\n'),
    );
  });
});

describe('a program with a stricter quiz and a page more', () => {
  const source = programOf(small, 'strict');
  const document = documentOf(source);

  it('changes each field by itself', () => {
    expect(source.course).toMatchObject({
      program: 'strict',
      title: 'A cup of tea',
      minutes: 6,
      rules: {
        completion: { pages: 'all', quiz: 'passed' },
        passing: { scaled: 0.875, counts: 'last', attempts: 2 },
        quiz: { draw: { t1: 1, t2: 2, t3: 1 }, shuffle: true },
      },
    });
    expect(source.course.items.map(({ id }) => id)).toEqual([
      'q-water',
      'q-cooler',
      'q-leaves',
      'q-steps',
      'q-minutes',
    ]);
    expect(source.items.map(({ id }) => id)).toEqual(source.course.items.map(({ id }) => id));
    expect(source.formats).toEqual(['cmi5']);
    expect(source.style).toBe('');
  });

  it('has its page where it belongs, with the number of the ledger', () => {
    expect(source.course.pages.map(({ id, number }) => [id, number])).toEqual([
      ['water', 0],
      ['time', 1],
      ['sugar', 4],
      ['quiz', 2],
      ['result', 3],
    ]);
    expect(words(pageOf(document, 'sugar'))).toContain('Page 3 of 5');
    expect(words(pageOf(document, 'sugar'))).toContain('Experts take none.');
  });

  it('says its own numbers', () => {
    expect(words(pageOf(document, 'quiz'))).toContain('A try has 4 questions, and you pass with 87.5%.');
    expect(words(pageOf(document, 'result'))).toContain('You need 87.5% of 4 questions.');
    expect(named(document, 'quiz-runner').flatMap((quiz) => named(quiz, 'fieldset'))).toHaveLength(5);
  });
});

describe('the pages of a program', () => {
  const page = (id: string, text = 'Text.') => ({
    path: `${id}.md`,
    file: `${small.dir}/programs/own/pages/${id}.md`,
    text: `---\nid: ${id}\ntitle: T\nminutes: 1\n---\n\n${text}\n`,
  });
  const ids = ['a', 'b', 'c', 'd'];
  const numbered = edited(small, 'ids.lock.yaml', (text) =>
    text
      .replace('next: 5', 'next: 9')
      .replace('    sugar: 4\n', `    sugar: 4\n${ids.map((id, at) => `    ${id}: ${5 + at}\n`).join('')}`),
  );
  const order = (text: string) =>
    own(
      text,
      ids.map((id) => page(id)),
      numbered,
    )
      .course.pages.map(({ id }) => id)
      .join(' ');
  const add = (...entries: string[]) =>
    `pages:\n  leave-out: [result]\n  add:\n${entries.map((entry) => `    - { ${entry} }\n`).join('')}`;

  it.each([
    [['file: a.md, after: water'], 'water a time quiz'],
    [['file: a.md, before: water'], 'a water time quiz'],
    [['file: a.md, after: quiz'], 'water time quiz a'],
    [['file: a.md, after: water', 'file: b.md, after: water'], 'water a b time quiz'],
    [
      ['file: a.md, after: water', 'file: b.md, after: a', 'file: c.md, after: water'],
      'water a b c time quiz',
    ],
    [
      ['file: a.md, after: water', 'file: b.md, after: water', 'file: c.md, after: a'],
      'water a c b time quiz',
    ],
    [['file: a.md, before: time', 'file: b.md, before: time'], 'water a b time quiz'],
    [
      ['file: a.md, after: water', 'file: b.md, before: time', 'file: c.md, after: time'],
      'water a b time c quiz',
    ],
    [['file: a.md, after: time', 'file: b.md, before: a'], 'water time b a quiz'],
  ])('come in the order that %j asks for', (entries, expected) => {
    expect(order(add(...entries))).toBe(expected);
  });

  it('may be the quiz in other words', () => {
    const source = own(
      'pages:\n  leave-out: [quiz]\n  add: [{ file: a.md, after: time }]\n',
      [page('a', 'Well?\n\n::quiz')],
      numbered,
    );
    expect(source.course.pages.map(({ id, kind }) => [id, kind])).toEqual([
      ['water', 'lesson'],
      ['time', 'lesson'],
      ['a', 'quiz'],
      ['result', 'result'],
    ]);
    expect(source.course.items).toHaveLength(7);
  });

  it('take their checks with them', () => {
    const source = own(
      'pages: { leave-out: [quiz, result] }\ncompletion: { quiz: none }\nparts: { patience: "" }\n',
      [],
      edited(
        small,
        '020-time.md',
        replacing('::check{#c-patience}', ':::part{#patience}\n::check{#c-patience}\n:::'),
      ),
    );
    expect(source.course.checks.map(({ id }) => id)).toEqual(['c-kettle']);
    expect(source.checks.map(({ id }) => id)).toEqual(['c-kettle']);
  });

  it('keep their numbers for learners of any program', () => {
    const base = programOf(small, 'default').course;
    for (const name of ['short', 'strict']) {
      const { pages, items, checks } = programOf(small, name).course;
      for (const one of pages.filter(({ id }) => id !== 'sugar')) expect(base.pages).toContainEqual(one);
      for (const one of items) expect(base.items).toContainEqual(one);
      for (const one of checks) expect(base.checks).toContainEqual(one);
    }
  });
});

describe('a rule that a program does not name', () => {
  it('is the course’s, whatever the others are', () => {
    const files = edited(small, 'course.yaml', (text) =>
      text
        .replace('pages: all', 'pages: none')
        .replace('counts: best', 'counts: last')
        .replace('attempts: unlimited', 'attempts: 4'),
    );
    const rules = (program: string) => own(program, [], { ...files, programs: [] }).course.rules;
    expect(rules('completion: { quiz: submitted }\npassing: { attempts: unlimited }\n')).toMatchObject({
      completion: { pages: 'none', quiz: 'submitted' },
      passing: { scaled: 0.5, counts: 'last', attempts: null },
    });
    expect(rules('completion: { pages: all }\npassing: { counts: best, score: 7 }\n')).toMatchObject({
      completion: { pages: 'all', quiz: 'passed' },
      passing: { scaled: 0.07, counts: 'best', attempts: 4 },
    });
  });
});

describe('the draw of a program', () => {
  const drawn = (quiz: string, program: string) => {
    const files = edited(small, 'quiz.yaml', replacing('{ t1: 1, t2: 2, t3: 2 }', quiz));
    const { course } = own(program, [], { ...files, programs: [] });
    return [course.rules.quiz.draw, questionsInTry(course)];
  };

  it.each([
    ['all', 'title: T', null, 7],
    ['all', 'questions: { leave-out: [q-water] }', null, 6],
    ['2', 'questions: { leave-out: [q-clock] }', { t1: 2, t2: 2, t3: 2 }, 6],
    ['1', 'questions: { leave-out: [q-water, q-word] }', { t2: 1, t3: 1 }, 2],
    ['all', 'questions: { draw: 1 }', { t1: 1, t2: 1, t3: 1 }, 3],
    ['{ t1: 1, t2: 2, t3: 2 }', 'questions: { draw: all }', null, 7],
    [
      '{ t1: 1, t2: 2, t3: 2 }',
      'questions: { leave-out: [q-water, q-word], draw: { t2: 1, t3: 3 } }',
      { t2: 1, t3: 3 },
      4,
    ],
  ])('%s with %j', (quiz, program, draw, asked) => {
    expect(drawn(quiz, program)).toEqual([draw, asked]);
    const files = edited(small, 'quiz.yaml', replacing('{ t1: 1, t2: 2, t3: 2 }', quiz));
    const { course } = own(program, [], { ...files, programs: [] });
    expect(askedItems(course, { ...newAttempt, id: 'abc' })).toHaveLength(Number(asked));
  });
});

describe('the formats of a program', () => {
  it.each(formatNames)('are %s alone where that is the one named', (name) => {
    expect(own(`formats: ${name}\n`).formats).toEqual([name]);
    expect(own(`formats: [${name}]\n`).formats).toEqual([name]);
  });

  it.each([
    ['formats: all\n', formatNames],
    ['title: T\n', formatNames],
    ['formats: [web, scorm2004-3rd, web]\n', ['scorm2004-3rd', 'web']],
  ])('of %j are %j', (text, names) => {
    expect(own(text).formats).toEqual(names);
  });
});

describe('the takeaways of a program', () => {
  /** The small course with pages that show nothing of takeaways but these lines, one on each page. */
  const showing = (water: string, time: string): CourseFiles => {
    const bare = (text: string, line: string) =>
      `${text.replaceAll(/^::(takeaway|check).*$/gm, '')}\n${line}\n`;
    const files = edited(small, '010-water.md', (text) => bare(text, water));
    return { ...edited(files, '020-time.md', (text) => bare(text, time)), programs: [] };
  };
  const withoutQuiz = 'pages: { leave-out: [quiz, result] }\ncompletion: { quiz: none }\n';
  const taught = (text: string, files: CourseFiles) => own(text, [], files).course.takeaways;

  it.each([
    ['questions of the quiz', 'title: T\n', '', ['t1', 't2', 't3']],
    [
      'the questions that it keeps',
      'questions: { leave-out: [q-water, q-word], draw: all }\n',
      '',
      ['t2', 't3'],
    ],
    ['the checks that it shows', withoutQuiz, '::check{#c-patience}', ['t3']],
    ['those that its pages name', withoutQuiz, '::takeaway{#t2}', ['t2']],
    ['those that its pages list', withoutQuiz, '::takeaways', ['t1', 't2']],
    ['nothing', withoutQuiz, '', []],
  ])('are those of %s', (_what, text, line, ids) => {
    expect(taught(text, showing(line, '')).map(({ id }) => id)).toEqual(ids);
  });

  it('keep the order and the numbers of the course', () => {
    const { takeaways } = programOf(small, 'default').course;
    const [first, , third] = takeaways;
    expect(taught(withoutQuiz, showing('::takeaway{#t3}', '::takeaway{#t1}'))).toEqual([first, third]);
  });

  it('are what its manifests name', () => {
    const source = own(withoutQuiz, [], showing('::takeaway{#t2}', ''));
    const texts = small.course?.text.match(/(?<= {4}text: ).*/g) ?? [];
    for (const { manifest } of Object.values(formats)) {
      const written = manifest?.write(source, []) ?? '';
      expect(texts.map((text) => manifest && written.includes(text))).toEqual(
        manifest ? [false, true, false] : Array(3).fill(undefined),
      );
    }
  });

  it('are read back from what another program of the course has kept', () => {
    const every = programOf(small, 'default').course;
    const takeaways = { t1: 0.5, t2: 1, t3: 0.25 };
    const attempt = {
      ...newAttempt,
      id: 'abc',
      quiz: { ...newAttempt.quiz, tries: 1, best: 0.5, last: 0.5, takeaways },
    };
    const kept = encodeAttempt(every, attempt, 4096);
    const few = own('questions: { leave-out: [q-water, q-word], draw: all }\n', [], showing('', '')).course;
    expect(decodeAttempt(every, kept, '').attempt.quiz.takeaways).toEqual(takeaways);
    expect(decodeAttempt(few, kept, '').attempt.quiz.takeaways).toEqual({ t2: 1, t3: 0.25 });
  });
});

describe('a number of the program', () => {
  it('stands wherever words do', () => {
    const source = own(
      [
        'parts:',
        '  welcome: |',
        '    ## Pass with :value[pass-mark]',
        '    ',
        '    [All :value[pages] pages](#/time) of an :term[infusion :value[pages]]{#infusion}, **:value[minutes]** minutes.',
        '    ',
        '    | Tea | Pages: :value[pages] |',
        '    | --- | --- |',
        '    | Green | :value[questions] |',
        '    ',
        '  test: |',
        '    :::note[Pages: :value[pages]]',
        '    Text.',
        '    :::',
        '',
      ].join('\n'),
    );
    const page = pageOf(documentOf(source), 'water');
    const [heading] = named(page, 'h2');
    expect(heading && [get(heading, 'id'), words(heading)]).toEqual([
      '/water/pass-with-pass-mark',
      'Pass with 50%',
    ]);
    expect(words(page)).toContain('All 4 pages of an infusion 4');
    expect(words(only(named(page, 'strong').filter((strong) => words(strong) === '5')))).toBe('5');
    const [cell] = named(page, 'td');
    expect(cell && [get(cell, 'data-label'), words(cell)]).toEqual(['Pages: 4', '5']);
    expect(words(only(withClass(documentOf(source), 'note-title')))).toBe('Pages: 4');
  });

  it.each([
    [72.5, '72.5%'],
    [29, '29%'],
    [100, '100%'],
    [0, '0%'],
    [66.67, '66.67%'],
  ])('reads as its author wrote it: %d', (score, shown) => {
    expect(courseValues(own(`passing: { score: ${score} }\n`).course)['pass-mark']).toBe(shown);
  });

  it('is a sum without the tail of binary fractions', () => {
    const files = edited(
      edited(small, '010-water.md', replacing('minutes: 1', 'minutes: 0.1')),
      '020-time.md',
      replacing('minutes: 2.5', 'minutes: 0.2'),
    );
    expect(
      courseValues(
        own('pages: { leave-out: [quiz, result] }\ncompletion: { quiz: none }\n', [], files).course,
      ).minutes,
    ).toBe('0.3');
  });
});

/** Text of one line in any script, with what HTML, Markdown, YAML and CSS take for their own. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.constantFrom(
        '</script>',
        '</style>',
        '<!--',
        ']]>',
        '<img src=x onerror=alert(1)>',
        '"',
        "'",
        '&amp;',
        '&#60;',
        '{{',
        '}',
        ';',
        '--',
        ': ',
        ' #',
        '*a*',
        '`b`',
        '](#/x)',
        ':value[pages]',
        '::quiz',
        '\\',
        'https://example.org/?a=b&c',
        'a@example.org',
        'العربية',
        '日本語',
        'e\u0301',
        '👩‍👩‍👧',
        '\u202e',
        '\u00a0',
        '\u2028',
      ),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((pieces) => pieces.join('').trim())
  .filter((text) => text !== '' && !/[\p{Cc}\uFFFE\uFFFF]/u.test(text));

/** Markdown that shows the text: every character that could mean something has a backslash before it. */
const asMarkdown = (text: string) => text.replaceAll(/[!-/:-@[-`{-~]/g, '\\$&');

describe('whatever an author writes', () => {
  it('stands in the document as it was written, and makes no element there', () => {
    const logo = small.programs.find(({ name }) => name === 'short')?.others ?? [];
    fc.assert(
      fc.property(
        fc.record({
          title: anyText,
          description: anyText,
          alt: anyText,
          welcome: anyText,
          closing: anyText,
          contact: anyText,
        }),
        (texts) => {
          const yaml = [
            `title: ${JSON.stringify(texts.title)}`,
            `description: ${JSON.stringify(texts.description)}`,
            `brand: { logo: { file: logo.svg, alt: ${JSON.stringify(texts.alt)} }, light: { accent: "#5a3068" } }`,
            `parts: { welcome: ${JSON.stringify(asMarkdown(texts.welcome))} }`,
            `closing: ${JSON.stringify(asMarkdown(texts.closing))}`,
            `contact: |\n  ${asMarkdown(texts.contact)}`,
          ].join('\n');
          const files = withProgram(yaml);
          const programs = files.programs.slice(-1).map((each) => ({ ...each, others: logo }));
          const source = programOf({ ...files, programs }, 'own');
          const document = documentOf(source);

          expect(source.course).toMatchObject({ title: texts.title, description: texts.description });
          const data = only(
            named(document, 'script').filter((script) => get(script, 'id') === 'course-data'),
          );
          expect(JSON.parse(textOf(data))).toEqual(source.course);
          expect(textOf(only(named(document, 'title')))).toBe(texts.title);
          const cover = only(withClass(document, 'cover'));
          expect(textOf(only(named(cover, 'strong')))).toBe(texts.title);
          expect(get(only(named(cover, 'img')), 'alt')).toBe(texts.alt);
          const paragraphs = (page: string) => named(pageOf(document, page), 'p').map(textOf);
          expect(paragraphs('water')).toContain(texts.welcome);
          expect(paragraphs('result').slice(-2)).toEqual([texts.closing, texts.contact]);

          expect(named(document, 'script')).toHaveLength(2);
          expect(named(document, 'img')).toHaveLength(2);
          expect(named(document, 'style', 'iframe')).toEqual([]);
          expect(source.style).toBe(
            '@media screen and (prefers-color-scheme:light){:root{--accent:#5a3068}}\n',
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is a colour, or is not in the style sheet', () => {
    const colour = fc.oneof(
      fc.stringMatching(/^#[0-9a-fA-F]{6}$/),
      fc.stringMatching(/^#?[0-9a-gA-G]{3,8}$/),
      anyText,
      fc.constantFrom('red', '#000000;}', '#000000\n', 'url(x)', '#0000000', '＃000000'),
    );
    fc.assert(
      fc.property(fc.constantFrom('line', 'shadow', 'accent-soft', 'good'), colour, (name, value) => {
        const files = withProgram(`brand: { light: { ${name}: ${JSON.stringify(value)} } }\n`);
        const read = checkCourse({ ...files, programs: files.programs.slice(-1) });
        const source = read.ok ? read.programs.find(({ course }) => course.program === 'own') : undefined;
        if (!source) return;
        expect(value).toMatch(/^#[0-9a-f]{6}$/i);
        expect(source.style).toBe(
          `@media screen and (prefers-color-scheme:light){:root{--${name}:${value}}}\n`,
        );
      }),
      { numRuns: 200 },
    );
  });
});
