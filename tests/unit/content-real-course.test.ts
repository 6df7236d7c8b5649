/** Editorial rules of the course itself, as far as a machine can hold them. */
import { expect, it } from 'vitest';
import { readCourseFiles } from '../../src/content/course-files.ts';
import { checkCourse } from '../../src/content/read-course.ts';

const files = await readCourseFiles('course');
const read = checkCourse(files);
if (!read.ok) throw new Error(`course/ has ${read.problems.length} problems: npm run build lists them`);
const { course, items, pages } = read.source;

const choices = items.flatMap((item) => (item.kind === 'choice' ? [item] : []));

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

it('the main takeaways are t1, t2 and t4', () => {
  expect(course.takeaways.map(({ id }) => id)).toEqual(['t1', 't2', 't3', 't4']);
  expect(course.takeaways.filter(({ main }) => main).map(({ id }) => id)).toEqual(['t1', 't2', 't4']);
});

it('the page on the Indo-Pacific ends on the takeaway t3', () => {
  const page = pages[course.pages.findIndex(({ id }) => id === 'indo-pacific')];
  expect(page?.tree.children.at(-1)).toMatchObject({
    type: 'leafDirective',
    name: 'takeaway',
    attributes: { id: 't3' },
  });
});

it('every page to read cites its sources, but for the page of questions', () => {
  const without = course.pages.filter(
    ({ kind }, index) => kind === 'lesson' && !pages[index]?.references.some(({ to }) => to === 'source'),
  );
  expect(without.map(({ id }) => id)).toEqual(['questions']);
});

it('there are six to eight questions, and every takeaway is served by one', () => {
  expect(items.length).toBeGreaterThanOrEqual(6);
  expect(items.length).toBeLessThanOrEqual(8);
  expect([...new Set(items.map(({ takeaway }) => takeaway))].sort()).toEqual(
    course.takeaways.map(({ id }) => id),
  );
});

it('a prompt has 250 characters at most, all that SCORM 2004 promises to keep', () => {
  expect(items.filter(({ prompt }) => prompt.length > 250).map(({ id }) => id)).toEqual([]);
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
  const texts = [files.course, files.quiz, files.glossary, files.sources, ...files.pages];
  const gaps = texts.flatMap((file) =>
    [...(file?.text ?? '').matchAll(/\b(xx+|todo|tbd|fixme|lorem)\b/gi)].map(
      ([word]) => `${file?.file}: ${word}`,
    ),
  );
  expect(gaps).toEqual([]);
});
