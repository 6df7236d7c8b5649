/** Editorial rules of the course itself, as far as a machine can hold them. */
import { describe, expect, it } from 'vitest';
import { newAttempt } from '../../src/attempt/attempt.ts';
import { askedItems } from '../../src/attempt/draw.ts';
import { readCourseFiles } from '../../src/content/course-files.ts';
import { checkCourse } from '../../src/content/read-course.ts';
import { questionsInTry } from '../../src/model/course-values.ts';

const files = await readCourseFiles('course');
const read = checkCourse(files);
if (!read.ok) throw new Error(`course/ has ${read.problems.length} problems: npm run build lists them`);
const { course, items, checks, pages } = read.source;

const choices = [...items, ...checks].flatMap((item) => (item.kind === 'choice' ? [item] : []));

it('nothing in the course gives cause for a warning', () => {
  expect(read.warnings).toEqual([]);
});

it('the pages have the titles of the guidebook’s module, in its order', () => {
  expect(course.pages.map(({ title }) => title)).toEqual([
    'Welcome',
    'What is techdiplomacy?',
    'Techdiplomacy in the Indo-Pacific context',
    'A techdiplomacy case study',
    'Why is techdiplomacy important for critical technology standards?',
    'Questions to help your thinking',
    'Quiz on the takeaways',
    'Result and what to do next',
  ]);
  expect(course.pages.map(({ kind }) => kind)).toEqual([...Array(6).fill('lesson'), 'quiz', 'result']);
});

it('the main takeaways are all but that of the page on the Indo-Pacific', () => {
  expect(course.takeaways.map(({ id, main }) => [id, main])).toEqual([
    ['t1-meaning', true],
    ['t2-models', true],
    ['t3-indo-pacific', false],
    ['t4-standards', true],
  ]);
});

it('senior officials are taught the takeaways of the two lessons that they read', () => {
  const officials = read.programs.find((program) => program.course.program === 'senior-officials');
  expect(officials?.course.takeaways.map(({ id }) => id)).toEqual(['t1-meaning', 't4-standards']);
});

it('the page on the Indo-Pacific ends on its takeaway', () => {
  const page = pages[course.pages.findIndex(({ id }) => id === 'indo-pacific')];
  expect(page?.body.tree.children.at(-1)).toMatchObject({
    type: 'leafDirective',
    name: 'takeaway',
    attributes: { id: 't3-indo-pacific' },
  });
});

it('the pool of the quiz has enough questions of each takeaway, of every kind that is scored', () => {
  expect(items.length).toBeGreaterThanOrEqual(15);
  for (const { id } of course.takeaways) {
    expect(items.filter(({ takeaway }) => takeaway === id).length).toBeGreaterThanOrEqual(3);
  }
  expect([...new Set(items.map(({ kind }) => kind))].sort()).toEqual([
    'choice',
    'fill-in',
    'matching',
    'numeric',
    'sequencing',
    'true-false',
  ]);
});

it('every check stands on a page', () => {
  const shown = pages.flatMap(({ references }) => references.filter(({ to }) => to === 'check'));
  expect(shown.map(({ id }) => id).sort()).toEqual(
    [...(files.checks?.text ?? '').matchAll(/^ {2}- id: (.*)$/gm)].map(([, id]) => id).sort(),
  );
  expect(checks.map(({ kind }) => kind)).toContain('likert');
});

describe.each(read.programs.map((program) => [program.course.program, program] as const))(
  'the program %s',
  (_name, program) => {
    const { course, checks, pages } = program;

    it('cites sources on every page to read, but for the page of questions', () => {
      const without = course.pages.filter(
        ({ kind }, index) => kind === 'lesson' && !pages[index]?.references.some(({ to }) => to === 'source'),
      );
      expect(without.map(({ id }) => id).filter((id) => id !== 'questions')).toEqual([]);
    });

    it('has every check of its pages, each once', () => {
      const shown = pages.flatMap(({ references }) => references.filter(({ to }) => to === 'check'));
      expect(shown.map(({ id }) => id).sort()).toEqual(checks.map(({ id }) => id).sort());
    });

    it.runIf(course.items.length > 0)(
      'asks nine questions in every try, at least two of each takeaway, and not always the same ones',
      () => {
        const tries = Array.from({ length: 200 }, (_, index) =>
          askedItems(course, { ...newAttempt, id: `try${index}` }),
        );
        for (const asked of tries) {
          expect(new Set(asked).size).toBe(questionsInTry(course));
          expect(asked).toHaveLength(9);
          for (const { id } of course.takeaways) {
            expect(asked.filter(({ takeaway }) => takeaway === id).length).toBeGreaterThanOrEqual(2);
          }
        }
        const ever = new Set(tries.flat().map(({ id }) => id));
        expect(ever.size).toBe(course.items.length);
      },
    );

    it('speaks of a quiz only where it has one', () => {
      const texts = pages.flatMap(({ body, replaced, closing, contact }) => {
        const inBody = body.markdown.replaceAll(
          /^(:{3,})part\{#(.*?)\}\n[\s\S]*?^\1$/gm,
          (own, _colons, id: string) => replaced.get(id)?.markdown ?? own,
        );
        return [inBody, closing?.markdown ?? '', contact?.markdown ?? ''];
      });
      // "There is no quiz" may be said.
      const said = texts.filter((text) =>
        /\bquiz\b|\bpass(ed)?\b/i.test(text.replaceAll(/\bno quiz\b/gi, '')),
      );
      expect(said.length > 0).toBe(course.items.length > 0);
    });
  },
);

it('a prompt has 250 characters at most, all that SCORM 2004 promises to keep', () => {
  expect([...items, ...checks].filter(({ prompt }) => prompt.length > 250).map(({ id }) => id)).toEqual([]);
});

it('no right option stands out as the longest', () => {
  const telling = choices.filter(({ options }) => {
    const longest = Math.max(...options.map(({ text }) => text.length));
    return options.some(({ correct, text }) => correct && text.length === longest);
  });
  expect(telling.map(({ id }) => id)).toEqual([]);
});

it('the right options do not always stand in the same place', () => {
  const single = choices.filter(({ multiple }) => !multiple);
  const places = single.map(({ options }) => options.findIndex(({ correct }) => correct));
  expect(new Set(places).size).toBeGreaterThanOrEqual(3);
  for (const place of places) {
    expect(places.filter((other) => other === place).length).toBeLessThanOrEqual(places.length / 2);
  }
});

it('a question with several right options says how many to select', () => {
  const words = ['zero', 'one', 'two', 'three', 'four'];
  for (const { multiple, options, prompt } of choices) {
    const right = options.filter(({ correct }) => correct).length;
    expect(/Select (\w+)\./.exec(prompt)?.[1]).toBe(multiple ? words[right] : undefined);
  }
});

it('nothing is left to fill in', () => {
  const own = files.programs.flatMap(({ yaml, pages }) => [yaml, ...pages]);
  const texts = [
    ...[files.course, files.quiz, files.checks, files.glossary, files.sources],
    ...files.pages,
    ...own,
  ];
  const gaps = texts.flatMap((file) =>
    [...(file?.text ?? '').matchAll(/\b(xx+|todo|tbd|fixme|lorem)\b/gi)].map(
      ([word]) => `${file?.file}: ${word}`,
    ),
  );
  expect(gaps).toEqual([]);
});
