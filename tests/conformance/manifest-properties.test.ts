import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formats } from '../../manifest/formats.ts';
import type { ManifestContent } from '../../manifest/manifest-xml.ts';
import { smallCourse } from '../fixtures/small-course.ts';
import { type ManifestFormat, manifestTexts, manifestValidator } from './manifest-validator.ts';

/** What manifests choke on; between two of them, anything. */
const nasty = fc.constantFrom(
  ']]>',
  '<![CDATA[',
  '<!--',
  '--',
  '&amp;',
  '&#0;',
  '<b a="1">',
  '\'"',
  '%s%n',
  '\u200f',
  '\u202e',
  '\u2028',
  '\u0085',
  '\ufeff',
  '\ufffe',
  '\u0000',
  '\u000b',
  '\ud800',
  '\udfff',
  '\r\n',
  '\t',
  '\u00a0',
  '👩🏽‍💻',
  'e\u0301',
);
const text = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .array(fc.oneof(nasty, fc.string({ unit: 'binary' })), { maxLength: 8 })
      .map((parts) => parts.join('')),
  },
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  // 5,000 characters of one kind, or of several.
  fc
    .array(fc.oneof(nasty, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 })), {
      minLength: 1,
      maxLength: 5,
    })
    .map((parts) => parts.join('').padEnd(1, 'x').repeat(5000).slice(0, 5000)),
);
const id = fc.oneof(
  fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,59}$/),
  fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,9}$/).map((start) => start.repeat(500)),
);
const iri = fc.oneof(
  fc.uuid().map((uuid) => `urn:uuid:${uuid}`),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.constant('https://例え.example/講座/茶'),
);
const path = fc.stringMatching(/^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,20}$/);

const content: fc.Arbitrary<ManifestContent> = fc
  .record({
    id,
    program: fc.oneof(fc.constant('default'), fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,39}$/)),
    iri,
    language: fc.constantFrom('en', 'de', 'zh-Hant', 'ar', 'pt-BR', 'gsw'),
    texts: fc.tuple(text, text, text),
    keywords: fc.array(text, { minLength: 1, maxLength: 4 }),
    takeaways: fc.uniqueArray(fc.record({ id, text }), {
      selector: (takeaway) => takeaway.id,
      minLength: 1,
      maxLength: 4,
    }),
    minutes: fc.double({ min: 0.01, max: 10_000, noNaN: true }),
    scaled: fc.double({ min: 0, max: 1, noNaN: true }),
    attempts: fc.constantFrom(null, 1, 3),
    completion: fc.record({
      pages: fc.constantFrom('all', 'none'),
      quiz: fc.constantFrom('passed', 'submitted', 'none'),
    }),
    hasQuiz: fc.boolean(),
  })
  .map(
    ({
      texts: [title, description, rights],
      keywords,
      takeaways,
      scaled,
      attempts,
      completion,
      hasQuiz,
      ...rest
    }) => ({
      course: {
        ...smallCourse,
        ...rest,
        title,
        description,
        takeaways: takeaways.map((takeaway, number) => ({ ...takeaway, number, main: true })),
        rules: { ...smallCourse.rules, completion, passing: { scaled, attempts, counts: 'best' } },
        items: hasQuiz ? smallCourse.items : [],
      },
      metadata: { keywords, rights },
    }),
  );

/**
 * What a reader has to get back of a text, said in another way than the packager does it: on one line, without what
 * XML cannot hold; of what is too long, a beginning and an ellipsis.
 */
function expectBack(read: string | undefined, written: string, limit: number, otherwise = ''): void {
  const line = lineOf(written) || otherwise;
  if (line.length <= limit) {
    expect(read).toBe(line);
    return;
  }
  if (read === undefined) throw new Error('nothing was read');
  expect(read.length).toBeLessThanOrEqual(limit);
  expect(read.endsWith('…')).toBe(true);
  expect(line.startsWith(read.slice(0, -1))).toBe(true);
  expect(read).not.toMatch(/\p{Cs}/u);
}

function lineOf(written: string): string {
  const held = [...written].filter((character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code === 9 || code === 10 || code === 13) return true;
    return code >= 32 && (code < 0xd800 || code > 0xdfff) && code !== 0xfffe && code !== 0xffff;
  });
  return held.join('').split(/\s+/).filter(Boolean).join(' ');
}

/** Where each format has what is asked for, in the order in which it is told. */
const places = {
  scorm12: {
    title: '//general/title/langstring',
    description: '//general/description/langstring',
    keywords: '//general/keyword/langstring',
    rights: '//rights/description/langstring',
    takeaways: '//classification/description/langstring',
  },
  'scorm2004-3rd': lom(),
  scorm2004: lom(),
  cmi5: {
    title: '//course/title/langstring',
    description: '//course/description/langstring',
    keywords: undefined,
    rights: undefined,
    takeaways: '/courseStructure/objectives/objective/description/langstring',
  },
} as const satisfies Record<ManifestFormat, unknown>;

function lom() {
  return {
    title: '//general/title/string',
    description: '//general/description/string',
    keywords: '//general/keyword/string',
    rights: '//rights/description/string',
    takeaways: '//classification/description/string',
  };
}

describe.each(Object.keys(places) as ManifestFormat[])('any %s manifest', async (name) => {
  const validate = await manifestValidator(name);
  const at = places[name];

  it('is valid, and its values come back', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(content, fc.uniqueArray(path, { maxLength: 20 }), (its, files) => {
        const manifest = formats[name].manifest.write(its, files);
        validate(manifest);

        const { course, metadata } = its;
        // Instead of a title of which nothing is left.
        const idBack = course.id.length > 200 ? `${course.id.slice(0, 199)}…` : course.id;
        const [titles = [], descriptions = [], takeaways = []] = manifestTexts(
          manifest,
          at.title,
          at.description,
          at.takeaways,
        );
        expect(titles).toHaveLength(1);
        expectBack(titles[0], course.title, name === 'cmi5' ? 200 : 1000, idBack);
        expectBack(descriptions[0], course.description, 2000);
        expect(takeaways).toHaveLength(course.takeaways.length);
        course.takeaways.forEach(({ text: written }, index) => {
          expectBack(takeaways[index], written, 2000);
        });
        if (at.keywords !== undefined) {
          const [keywords = [], rights = [], hrefs = [], names = []] = manifestTexts(
            manifest,
            at.keywords,
            at.rights,
            '//file/@href',
            '//organization//title',
          );
          expectBack(rights[0], metadata.rights, 1000);
          const worded = metadata.keywords.filter((keyword) => lineOf(keyword) !== '');
          expect(keywords).toHaveLength(worded.length);
          worded.forEach((keyword, index) => {
            expectBack(keywords[index], keyword, 1000);
          });
          expect(hrefs).toEqual([...files].sort());
          expect(names).toHaveLength(2);
          for (const title of names) {
            expectBack(title, course.title, 200, idBack);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});
