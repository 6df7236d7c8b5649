import { describe, expect, it } from 'vitest';
import { readCourseFiles } from '../../src/content/course-files.ts';
import { checkCourse } from '../../src/content/read-course.ts';
import { renderDocument } from '../../src/content/render-document.ts';
import {
  all,
  ancestors,
  type Element,
  get,
  named,
  only,
  readHtml,
  textOf,
  withClass,
  words,
} from '../fixtures/read-html.ts';

const unedited = (text: string): string => text;

/** A folder's course in the form of a program, put through `edit` before it is checked. */
async function render(dir: string, program = 'default', edit = unedited) {
  const files = await readCourseFiles(dir);
  const put = <F extends { text: string } | undefined>(file: F): F =>
    file && { ...file, text: edit(file.text) };
  const read = checkCourse({
    ...files,
    course: put(files.course),
    quiz: put(files.quiz),
    checks: put(files.checks),
    glossary: put(files.glossary),
    sources: put(files.sources),
    pages: files.pages.map(put),
    programs: files.programs.map((each) => ({ ...each, yaml: put(each.yaml), pages: each.pages.map(put) })),
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problems, null, 1));
  const source = read.programs.find(({ course }) => course.program === program);
  if (!source) throw new Error(`no program ${program}`);
  const html = renderDocument(source);
  return { source, html, document: readHtml(html) };
}

/** Every program of the courses there are, by folder and name. */
const programs = (
  await Promise.all(
    ['manifest/example-course', 'course'].map(async (dir) => {
      const names = (await readCourseFiles(dir)).programs.map(({ name }) => name);
      return ['default', ...names.filter((name) => name !== 'default')].map((name) => [dir, name] as const);
    }),
  )
).flat();

/** All that is said about answers to a question. */
function feedbackOf(value: unknown, named = false): string[] {
  if (typeof value === 'string') return named ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => feedbackOf(part, named || key === 'feedback'));
}

/** Each option as its control, the control's name and value, and its label. */
const optionsOf = (question: Element): string[][] =>
  withClass(question, 'option').map((option) => {
    const input = only(named(option, 'input'));
    return [get(input, 'type'), get(input, 'name'), get(input, 'value'), words(only(named(option, 'label')))];
  });

describe.each(programs)('the document of %s, program %s', async (dir, program) => {
  const { source, html, document } = await render(dir, program);
  const { course } = source;
  const pages = named(document, 'course-page');
  const ids = all(document, ({ attributes }) => attributes.has('id')).map((element) => get(element, 'id'));

  it('has every page once, in order, each under one main heading', () => {
    expect(pages.map((page) => get(page, 'id'))).toEqual(course.pages.map(({ id }) => `/${id}`));
    expect(pages.map((page) => named(page, 'h1').map(words))).toEqual(
      course.pages.map(({ title }) => [title]),
    );
    expect(named(document, 'h1')).toHaveLength(pages.length);
  });

  it('skips no level of heading on any page', () => {
    for (const page of pages) {
      const levels = named(page, 'h1', 'h2', 'h3', 'h4', 'h5', 'h6').map(({ name }) => Number(name[1]));
      expect(levels[0]).toBe(1);
      for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThan(2);
    }
  });

  it('says its language and its title', () => {
    const root = only(named(document, 'html'));
    expect(get(root, 'lang')).toBe(course.language);
    expect(words(only(named(document, 'title')))).toBe(course.title);
    expect(html.startsWith('<!doctype html>\n<html')).toBe(true);
  });

  it('gives no id twice', () => {
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('leads with every address inside the course to something that is there', () => {
    const inside = named(document, 'a')
      .map((link) => get(link, 'href'))
      .filter((href) => href.startsWith('#'));
    expect(inside.length).toBeGreaterThan(3);
    expect(inside.filter((href) => !href.startsWith('#/') || !ids.includes(href.slice(1)))).toEqual([]);
  });

  it('refers from labels, descriptions and buttons only to what is there', () => {
    const attributes = ['for', 'aria-labelledby', 'aria-describedby', 'popovertarget'];
    const targets = all(document).flatMap((element) =>
      attributes.flatMap((name) =>
        get(element, name)
          .split(' ')
          .filter((id) => id !== ''),
      ),
    );
    expect(targets.length).toBeGreaterThan(5);
    expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('names every control, link, image and group', () => {
    const labelled = new Map(named(document, 'label').map((label) => [get(label, 'for'), words(label)]));
    for (const input of named(document, 'input', 'select'))
      expect(labelled.get(get(input, 'id'))).toBeTruthy();
    for (const control of named(document, 'button', 'a')) expect(words(control)).not.toBe('');
    for (const image of named(document, 'img')) expect(get(image, 'alt')).not.toBe('');
    for (const group of named(document, 'fieldset')) {
      const [legend] = group.children;
      expect(typeof legend === 'object' && legend.name).toBe('legend');
    }
  });

  it('shows every question of the quiz in order, if there is one, and every check on a page of its own choice', () => {
    const promptsIn = (within: readonly Element[]) =>
      within.flatMap((element) =>
        named(element, 'fieldset').map((each) => words(only(withClass(each, 'prompt')))),
      );
    const quiz = named(document, 'quiz-runner');
    expect(quiz).toHaveLength(course.items.length === 0 ? 0 : 1);
    expect(promptsIn(quiz)).toEqual(source.items.map(({ prompt }) => prompt));
    const asked = source.pages.flatMap(({ references }) => references.filter(({ to }) => to === 'check'));
    expect(promptsIn(withClass(document, 'check'))).toEqual(
      asked.map(({ id }) => source.checks.find((check) => check.id === id)?.prompt),
    );
    expect(named(document, 'fieldset')).toHaveLength(source.items.length + source.checks.length);
  });

  describe.each(
    [...source.items, ...source.checks].map((item) => [`${item.kind} ${item.id}`, item] as const),
  )('shows of the question %s', (_name, item) => {
    const element = only(all(document, (each) => get(each, 'data-item') === item.id));

    it('every feedback, hidden', () => {
      const feedback = ['feedback', 'said', 'spare'].flatMap((name) => withClass(element, name));
      expect(feedback.map((each) => [words(each), each.attributes.has('hidden')]).sort()).toEqual(
        feedbackOf(item)
          .map((text) => [text, true])
          .sort(),
      );
    });

    it('every option, each with its label', () => {
      expect(element.name).toBe(`${item.kind}-item`);
      switch (item.kind) {
        case 'choice':
        case 'likert': {
          const control = item.kind === 'choice' && item.multiple ? 'checkbox' : 'radio';
          expect(optionsOf(element)).toEqual(
            item.options.map(({ id, text }) => [control, item.id, id, text]),
          );
          break;
        }
        case 'true-false':
          expect(optionsOf(element)).toEqual([
            ['radio', item.id, 'true', 'True'],
            ['radio', item.id, 'false', 'False'],
          ]);
          break;
        case 'matching':
          for (const [index, pair] of withClass(element, 'pair').entries()) {
            expect(words(only(named(pair, 'label')))).toBe(item.pairs[index]?.text);
            const targets = named(pair, 'option').map((option) => [get(option, 'value'), words(option)]);
            expect(targets.slice(1).sort()).toEqual(item.targets.map(({ id, text }) => [id, text]).sort());
            expect(targets[0]?.[0]).toBe('');
          }
          expect(withClass(element, 'pair')).toHaveLength(item.pairs.length);
          break;
        case 'sequencing': {
          const steps = withClass(element, 'step').map((step) => [
            get(step, 'data-value'),
            words(only(withClass(step, 'step-text'))),
          ]);
          const right = item.options.map(({ id, text }) => [id, text]);
          expect([...steps].sort()).toEqual([...right].sort());
          expect(steps).not.toEqual(right);
          break;
        }
        case 'fill-in':
        case 'numeric':
          expect(get(only(named(element, 'input')), 'type')).toBe('text');
          expect(withClass(element, 'unit').map(words)).toEqual(
            'unit' in item && item.unit ? [item.unit] : [],
          );
      }
    });
  });

  it('tells nobody the right answers where no script runs', () => {
    const inQuiz = (test: (element: Element) => boolean) =>
      named(document, 'quiz-runner').flatMap((questions) => all(questions, test));
    expect(inQuiz(({ attributes }) => attributes.has('checked'))).toEqual([]);
    // What is said of an answer as a whole says for which outcome it is; of an option nothing is said but to its reader.
    const telling = inQuiz(
      ({ attributes }) =>
        !attributes.has('data-outcome') && /right|correct/.test([...attributes.values()].join(' ')),
    );
    expect(telling.map(({ name }) => name)).toEqual([]);
  });

  it('loads one script, deferred and not as a module, and one style sheet', () => {
    const scripts = named(document, 'script').filter(({ attributes }) => attributes.has('src'));
    expect([...only(scripts).attributes]).toEqual([
      ['src', 'course.js'],
      ['defer', ''],
    ]);
    const sheets = named(document, 'link').filter((link) => get(link, 'rel') === 'stylesheet');
    expect(sheets.map((link) => get(link, 'href'))).toEqual(['course.css']);
  });

  it('carries the course as data, without the texts of the feedback', () => {
    const block = only(all(document, (element) => get(element, 'id') === 'course-data'));
    expect([block.name, get(block, 'type')]).toEqual(['script', 'application/json']);
    expect(JSON.parse(textOf(block))).toEqual(course);
    const feedback = [...source.items, ...source.checks].flatMap((item) => feedbackOf(item));
    expect(feedback.filter((text) => textOf(block).includes(text))).toEqual([]);
  });

  it('has nothing that its content security policy would block', () => {
    const policy = only(all(document, (element) => element.attributes.has('http-equiv')));
    expect(get(policy, 'content')).toContain("script-src 'self'");
    expect(get(policy, 'content')).toContain("connect-src 'none'");
    expect(named(document, 'style', 'iframe', 'object', 'embed', 'base')).toEqual([]);
    const blocked = all(document).flatMap(({ name, attributes }) =>
      [...attributes.keys()]
        .filter((key) => key === 'style' || key.startsWith('on'))
        .map((key) => `${name} ${key}`),
    );
    expect(blocked).toEqual([]);
    expect(
      named(document, 'script').filter((script) => !['', 'application/json'].includes(get(script, 'type'))),
    ).toEqual([]);
  });

  it('leaves the package only by links, which open apart and do not tell where they come from', () => {
    const outside = all(document).flatMap((element) =>
      ['href', 'src', 'srcset', 'action', 'data']
        .filter((key) => /^[a-z]+:|^\/\//i.test(get(element, key)) && !get(element, key).startsWith('data:'))
        .map(() => element),
    );
    expect(outside.length).toBeGreaterThan(3);
    for (const link of outside) {
      expect(link.name).toBe('a');
      expect(get(link, 'href')).toMatch(/^(https:\/\/|mailto:)/);
      expect(get(link, 'target')).toBe('_blank');
      expect(get(link, 'rel').split(' ')).toContain('noopener');
    }
    for (const image of named(document, 'img')) {
      expect(source.media.map(({ path }) => path)).toContain(get(image, 'src'));
    }
  });

  it('numbers citations page by page in the order of their first use, and lists the sources so', () => {
    for (const [index, page] of pages.entries()) {
      const cited = [
        ...new Set(source.pages[index]?.references.filter(({ to }) => to === 'source').map(({ id }) => id)),
      ];
      const marks = withClass(page, 'cite').flatMap((mark) => named(mark, 'a'));
      const firsts = [...new Set(marks.map((mark) => Number(words(mark))))];
      expect(firsts).toEqual(cited.map((_, nth) => nth + 1));
      for (const mark of marks) {
        expect(get(mark, 'href')).toBe(`#${get(page, 'id')}/source:${words(mark)}`);
        expect(get(mark, 'aria-label')).toBe(`Source ${words(mark)}`);
      }
      const listed = withClass(page, 'sources').flatMap((section) => named(section, 'li'));
      expect(listed.map((entry) => [get(entry, 'id'), get(only(named(entry, 'a')), 'href')])).toEqual(
        cited.map((id, nth) => [
          `${get(page, 'id')}/source:${nth + 1}`,
          source.sources.find((entry) => entry.id === id)?.url,
        ]),
      );
    }
  });

  it('labels every cell of a table with the heading of its column, in words only', () => {
    const tables = named(document, 'table');
    expect(tables.length).toBeGreaterThan(0);
    for (const table of tables) {
      const [head, body] = [only(named(table, 'thead')), only(named(table, 'tbody'))];
      const headings = named(head, 'th').map((heading) => words(heading));
      for (const row of named(body, 'tr')) {
        expect(named(row, 'th').map((cell) => get(cell, 'scope'))).toEqual(['row']);
        expect(named(row, 'td').map((cell) => get(cell, 'data-label'))).toEqual(headings.slice(1));
      }
      // CSS that shows a row as a list takes the roles of a table away; the document spells them out.
      const parts = [table, ...named(table, 'thead', 'tbody', 'tr', 'th', 'td')];
      expect(parts.filter((part) => get(part, 'role') === '')).toEqual([]);
    }
  });

  it('nests elements only as a browser keeps them', () => {
    const phrasing = new Set(['a', 'b', 'br', 'button', 'code', 'em', 'img', 'span', 'strong', 'sup']);
    const wrong = all(document).flatMap((element) => {
      const around = ancestors(element).map(({ name }) => name);
      const block = around.some((name) => ['p', 'h1', 'h2', 'h3', 'h4', 'label', 'button'].includes(name));
      const interactive = ['a', 'button', 'input'].includes(element.name);
      const inInteractive = around.some((name) => ['a', 'button', 'label'].includes(name));
      const strayItem = element.name === 'li' && !['ol', 'ul'].includes(element.parent?.name ?? '');
      return (block && !phrasing.has(element.name)) || (interactive && inInteractive) || strayItem
        ? [`${element.name} in ${around.join(' ')}`]
        : [];
    });
    expect(wrong).toEqual([]);
  });
});

describe('an address that needs care', () => {
  it('is made from the words of a heading, without its citations and accents', async () => {
    const { document } = await render('manifest/example-course', 'default', (text) =>
      text.replace('## What to remember', '## À la carte, Résumé :cite[okakura]'),
    );
    expect(named(document, 'h2').map((heading) => get(heading, 'id'))).toContain('/water/a-la-carte-resume');
  });

  it('gives each use of a term on a page a definition of its own', async () => {
    const { document } = await render('manifest/example-course', 'default', (text) =>
      text.replace('## What to remember', 'An :term[infusion]{#infusion} again.\n\n## What to remember'),
    );
    const targets = withClass(document, 'term').map((button) => get(button, 'popovertarget'));
    expect(targets).toHaveLength(2);
    expect(new Set(targets).size).toBe(2);
    const definitions = targets.map((id) =>
      words(only(all(document, (element) => get(element, 'id') === id))),
    );
    expect(definitions[0]).toBe('Infusion A drink made by leaving leaves in hot water.');
    expect(definitions[1]).toBe(definitions[0]);
  });
});

const hostile = `</script></p><script>alert(1)</script> "double" 'single' & &amp; <!-- ]]> <img src=x onerror=alert(1)>`;
const yaml = JSON.stringify(hostile);
// In Markdown HTML is refused, so there the author writes it with backslashes.
const markdown = hostile.replaceAll(/[<>&"'[\]!()]/g, '\\$&');
/** Puts the text behind the beginning of every text of every file. */
const spiked = await render('manifest/example-course', 'default', (text) =>
  text
    .replaceAll(
      /^(\s*(?:- )?(?:title|series|description|text|term|definition|author|date|prompt|feedback|true|false|right|wrong|low|high|unit): )(?!\n).+$/gm,
      `$1${yaml.replaceAll('$', '$$$$')}`,
    )
    .replaceAll('Fresh water makes better tea.:cite', `${markdown} :cite`)
    .replaceAll('A cup of tea with steam above it', markdown)
    .replaceAll('note[For the test]', `note[${markdown}]`)
    .replaceAll('[infusion]', `[${markdown}]`)
    .replaceAll('| Temperature |', `| ${markdown} |`)
    .replaceAll('[next page]', `[${markdown}]`),
);

describe('text that looks like code', () => {
  const { source, document } = spiked;

  it('stays text everywhere', () => {
    const texts = [
      ...named(document, 'title', 'h1', 'label'),
      ...['prompt', 'feedback', 'said', 'spare', 'step-text', 'unit', 'note-title', 'term'].flatMap((name) =>
        withClass(document, name),
      ),
      ...withClass(document, 'takeaways').flatMap((list) => named(list, 'li')),
    ].filter((element) => !['True', 'False', 'Your answer'].includes(words(element)));
    expect(texts.length).toBeGreaterThan(20);
    for (const element of texts) expect(textOf(element)).toBe(hostile);
    for (const name of ['definition', 'takeaway', 'cover']) {
      expect(words(only(withClass(document, name)))).toContain(hostile);
    }
    for (const list of withClass(document, 'sources')) {
      for (const entry of named(list, 'li')) expect(words(entry)).toContain(`${hostile}, ${hostile}`);
    }
    const attributes = all(document).flatMap((element) => [...element.attributes.values()]);
    // The alternative of an image, the labels of a column.
    expect(attributes.filter((value) => value === hostile)).toHaveLength(3);
    expect(named(document, 'p').map(words)).toContainEqual(expect.stringContaining(hostile));
  });

  it('adds no element and does not end the data block', () => {
    expect(named(document, 'script')).toHaveLength(2);
    expect(named(document, 'img')).toHaveLength(1);
    const block = only(all(document, (element) => get(element, 'id') === 'course-data'));
    expect(textOf(block)).not.toContain('<');
    expect(JSON.parse(textOf(block))).toEqual(source.course);
    expect(source.course.title).toBe(hostile);
  });
});
