/** Courses in other scripts than the Latin one: their headings have ids, and whatever leads to them meets them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CourseFiles, readCourseFiles } from '../../src/content/course-files.ts';
import { sectionId } from '../../src/content/markdown-text.ts';
import { checkCourse } from '../../src/content/read-course.ts';
import { renderDocument } from '../../src/content/render-document.ts';
import { parseRoute } from '../../src/elements/route.ts';
import { formatProblem } from '../../src/model/course-problem.ts';
import { edited, replacing, report } from '../fixtures/edited-course.ts';
import { all, get, named, only, readHtml, withClass, words } from '../fixtures/read-html.ts';

const small = { ...(await readCourseFiles('manifest/example-course')), programs: [] };

/** The small course with another heading on its first page, and with what leads there. */
function headed(heading: string, link: string, section: string): CourseFiles {
  const page = edited(small, '010-water.md', replacing('## Water', `## ${heading}`));
  const linked = edited(page, '020-time.md', replacing('#/water/water', `#/water/${link}`));
  return edited(linked, 'quiz.yaml', replacing('water/water', `water/${section}`));
}

function read(files: CourseFiles) {
  const result = checkCourse(files);
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
  const document = readHtml(renderDocument(result.source));
  return { course: result.source.course, document };
}

/** The fragment of an address as browsers hand it over. */
const hashOf = (href: string): string => new URL(href, 'https://example.org/').hash;

/** Headings, and their ids. */
const headings = [
  ['Arabic', 'الماء', 'الماء'],
  ['Arabic with vowel signs', 'مَاءٌ نقيّ', 'مَاءٌ-نقيّ'],
  ['Persian', 'می‌جوشد؟', 'می-جوشد'],
  ['Hindi', 'पानी और पत्ती', 'पानी-और-पत्ती'],
  ['Hindi with digits', 'हिन्दी १२', 'हिन्दी-१२'],
  ['Thai', 'น้ำที่ร้อน', 'น้ำที่ร้อน'],
  ['Japanese', 'お茶とは？', 'お茶とは'],
  ['Japanese with long vowels', 'データ・センター', 'データ-センター'],
  ['Japanese with Latin letters', 'ＡＩとは', 'aiとは'],
  ['Korean', '물과 잎', '물과-잎'],
  ['Russian', 'Чай — ещё не всё', 'чай-ещё-не-всё'],
  ['Greek', 'Νερό', 'νερό'],
  ['Latin letters beyond ASCII', 'Łódź straße', 'łodz-straße'],
] as const;

describe.each(headings)('a heading in %s', (_script, heading, id) => {
  it.each([
    ['as it is', id, id],
    ['by its bytes', encodeURIComponent(id), encodeURIComponent(id)],
    ['with marks apart from their letters', id.normalize('NFD'), id.normalize('NFD')],
  ])('is met by what is written %s', (_how, link, section) => {
    const { course, document } = read(headed(heading, link, section));
    const ids = named(document, 'h2').map((element) => get(element, 'id'));
    expect(ids).toContain(`/water/${id}`);

    const followed = named(document, 'a').flatMap((element) => {
      const route = parseRoute(hashOf(get(element, 'href')));
      return route?.page === 'water' && route.target !== undefined ? [route.target] : [];
    });
    expect(followed.filter((target) => !target.includes('source:'))).toEqual([`/water/${id}`]);

    const sections = course.items.map(({ rules }) => rules.section);
    expect(sections).toContain(`water/${id}`);
    expect(parseRoute(hashOf(`#/water/${id}`))).toEqual({ page: 'water', target: `/water/${id}` });
  });

  it('changes nothing of the bookmark, which is the id of a page: SCORM 1.2 takes ASCII alone', () => {
    const { course } = read(headed(heading, id, id));
    for (const page of course.pages) expect(page.id).toMatch(/^[a-z0-9-]+$/);
  });
});

it('two headings that share their Latin letters alone are two', () => {
  const files = edited(
    headed('AIとは', 'aiとは', 'aiとは'),
    '010-water.md',
    (text) => `${text}\n## AIの標準\n`,
  );
  const ids = named(read(files).document, 'h2').map((element) => get(element, 'id'));
  expect(ids).toContain('/water/aiとは');
  expect(ids).toContain('/water/aiの標準');
});

it('a link that misses a heading by a letter is told which one was meant', () => {
  expect(report(headed('الماء', 'الما', 'الماء'))).toMatchInlineSnapshot(`
    "pages/020-time.md:9:58  unknown page
      expected  the id of a page, or page-id/section-id
      found     "water/الما"
      hint      did you mean "water/الماء"?"
  `);
});

it('a link with bytes that are no letters leads nowhere, and is told so', () => {
  expect(report(headed('Water', '%E0%A4%A', 'water'))).toMatchInlineSnapshot(`
    "pages/020-time.md:9:58  unknown page
      expected  the id of a page, or page-id/section-id
      found     "water/%E0%A4%A"
      hint      known: water, water/water, water/what-to-remember, time, time/how-hot-how-long, quiz, result"
  `);
});

describe('the document of a course in another language', () => {
  const inLanguage = (tag: string) =>
    read(edited(small, 'course.yaml', replacing(/^language: .*$/m, `language: ${tag}`))).document;
  const rootIn = (tag: string) => only(named(inLanguage(tag), 'html'));

  it.each(['ar', 'he', 'fa-IR', 'ur', 'dv', 'ps', 'az-Arab', 'pa-Arab', 'ku-Arab-IQ', 'yi', 'ar-aa-bb-cc'])(
    'is written from right to left: %s',
    (tag) => {
      expect([...rootIn(tag).attributes]).toEqual([
        ['lang', tag],
        ['dir', 'rtl'],
      ]);
    },
  );

  it.each(['en', 'en-GB', 'hi', 'th', 'ja', 'ru', 'az', 'ar-Latn', 'xyz', 'en-aa-bb-cc'])(
    'is written from left to right: %s',
    (tag) => {
      expect([...rootIn(tag).attributes]).toEqual([['lang', tag]]);
    },
  );

  it('says of the player’s own words that they are English', () => {
    const document = inLanguage('ar');
    const english = all(document, ({ attributes }) => attributes.get('lang') === 'en');
    expect(english.every((element) => get(element, 'dir') === 'ltr')).toBe(true);
    const marked = english.map(words);
    for (const text of [
      'Page 1 of 4 · about 1 minute',
      'In one sentence',
      'Sources for this page',
      'Choose…',
      'True',
    ]) {
      expect(marked).toContain(text);
    }
    const written = [...named(document, 'h1'), ...withClass(document, 'prompt')].map(words);
    expect(written.filter((text) => marked.includes(text))).toEqual([]);
    expect(named(document, 'option').flatMap((option) => named(option, 'span'))).toEqual([]);
  });

  it('is but for these marks the same', () => {
    expect(words(only(named(inLanguage('ar'), 'body')))).toBe(
      words(only(named(inLanguage('en'), 'body'))).replace('"language":"en"', '"language":"ar"'),
    );
    expect(all(inLanguage('en-GB'), ({ attributes }) => attributes.get('lang') === 'en')).toEqual([]);
  });
});

describe('an address', () => {
  it.each(['#/water/%', '#/water/%E0%A4%A', '#/%FF', '#/water/%zz/%C3%A9'])(
    '%j is read without an error',
    (hash) => {
      expect(parseRoute(hash)).toMatchObject({ page: hash.split('/')[1] });
    },
  );

  it.each(['', '#', '#/', '#water', '#%'])('%j leads nowhere', (hash) => {
    expect(parseRoute(hash)).toBeUndefined();
  });

  it('is read back from whatever a browser makes of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (heading) => {
        const id = sectionId(heading);
        if (id === '') return;
        expect(parseRoute(hashOf(`#/water/${id}`))?.target).toBe(`/water/${id}`);
        expect(parseRoute(`#/water/${id}`)?.target).toBe(`/water/${id}`);
      }),
    );
  });
});

describe('the id of a heading', () => {
  it.each([
    ['Who decides?', 'who-decides'],
    ['Élysée, 5 à 7', 'elysee-5-a-7'],
    ['Okakura Kakuzō', 'okakura-kakuzo'],
    ['İstanbul', 'istanbul'],
    ['H₂O: ½ litre', 'h2o-1-2-litre'],
    ['1️⃣ Water', '1-water'],
    ['col·lega', 'collega'],
    ['ﬁne', 'fine'],
    ['“?”', ''],
    ['☕️', ''],
  ])('of %j is %j', (heading, id) => {
    expect(sectionId(heading)).toBe(id);
  });

  it('is its own id, whatever the letters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (heading) => {
        const id = sectionId(heading);
        expect(sectionId(id)).toBe(id);
        expect(id).toBe(id.normalize());
        expect(sectionId(heading.normalize('NFD'))).toBe(id);
      }),
    );
  });
});
