import { describe, expect, it } from 'vitest';
import { formats } from '../../manifest/formats.ts';
import { readCourse } from '../../src/content/read-course.ts';
import type { Course } from '../../src/model/course.ts';
import type { CourseMetadata } from '../../src/model/parse-course.ts';
import { smallCourse } from '../fixtures/small-course.ts';
import { type ManifestFormat, manifestTexts, manifestValidator } from './manifest-validator.ts';

const emoji = '👩🏽‍💻';

/** Titles with everything that has ever broken a manifest, and what a reader has to get back. */
const nastyTitles = {
  'quotes and ampersands': ['"Tech" & \'diplomacy\' <b>&amp;</b>', '"Tech" & \'diplomacy\' <b>&amp;</b>'],
  'the end of a CDATA section': ['a ]]> b <![CDATA[ c', 'a ]]> b <![CDATA[ c'],
  'right-to-left text with marks': [
    '\u200fدبلوماسية\u200f \u202bAI\u202c',
    '\u200fدبلوماسية\u200f \u202bAI\u202c',
  ],
  'characters that XML cannot hold': ['a\u0000b\u001fc\ufffed\ud800e', 'abcde'],
  'nothing but characters that XML cannot hold': ['\u0000\ud800', 'small'],
  'lines and tabs': ['one\r\n\ttwo', 'one two'],
  '5,000 characters': ['x'.repeat(5000), `${'x'.repeat(199)}…`],
  // Seven UTF-16 units each: 28 fit whole, and none is torn apart.
  '5,000 emoji': [emoji.repeat(5000), `${emoji.repeat(28)}…`],
} as const satisfies Record<string, readonly [title: string, read: string]>;

/** Where each format has the titles of the course. */
const titles = {
  scorm12: '//organization//title',
  'scorm2004-3rd': '//organization//title',
  scorm2004: '//organization//title',
  cmi5: '//course/title/langstring | //au/title/langstring',
} as const satisfies Record<ManifestFormat, string>;

/** Parts of a manifest and what breaks it if it stands there instead. */
type Breaks = Record<string, readonly [part: string | RegExp, instead: string]>;

const scormBreaks = {
  'an unknown element': ['<resources>', '<bogus/><resources>'],
  'no organizations': [/<organizations[\s\S]*<\/organizations>/, ''],
  'an identifier that is no XML name': ['identifier="manifest-small', 'identifier="1 small'],
  'two elements with one identifier': ['identifier="resource-small"', 'identifier="activity-small"'],
  'a SCO type that does not exist': ['="sco"', '="scorm"'],
  'a file without a name': ['<file href="index.html" />', '<file />'],
} satisfies Breaks;

const scorm2004Breaks = {
  ...scormBreaks,
  'a pass mark over 1': ['0.8000', '8.0000'],
  'a word where true or false belongs': ['completionSetByContent="true"', 'completionSetByContent="yes"'],
  'an unknown button of the LMS': ['>previous<', '>back<'],
  'an objective without an id': [' objectiveID="less"', ''],
  'an objective before the primary one': [
    '<imsss:primaryObjective',
    '<imsss:objective objectiveID="x" /><imsss:primaryObjective',
  ],
  'metadata that does not know an element': ['<lom:technical>', '<lom:bogus /><lom:technical>'],
  'metadata with a word of no vocabulary': ['>final<', '>Final<'],
  'metadata with a time that is none': ['>PT5M<', '>5 minutes<'],
  'metadata with a fraction of a minute': ['>PT5M<', '>PT4.5M<'],
  'metadata in a language that is none': ['<lom:language>en<', '<lom:language>plain English<'],
  'metadata with a title that is not in a language string': [
    /<lom:string language="en">A small course<\/lom:string>/,
    'A small course',
  ],
} satisfies Breaks;

/** The validators have to be seen refusing, or a schema that did not load would pass for a valid manifest. */
const breaks = {
  scorm12: {
    ...scormBreaks,
    // Strict wildcards: proof that the driver schema has brought the other namespaces in.
    'an unknown element of ADL': ['</item>', '<adlcp:bogus /></item>'],
    'a SCO type written as in SCORM 2004': ['adlcp:scormtype', 'adlcp:scormType'],
    'a title of 201 characters': ['<title>A small course', `<title>${'x'.repeat(201)}`],
    'a version of 21 characters': ['version="1.2.3"', `version="${'1'.repeat(21)}"`],
    'metadata that does not know an element': ['<imsmd:technical>', '<imsmd:bogus /><imsmd:technical>'],
    'metadata in another order': [
      /(<imsmd:technical>[\s\S]*<\/imsmd:technical>)\s*(<imsmd:educational>[\s\S]*<\/imsmd:educational>)/,
      '$2$1',
    ],
    'metadata with a title that is not in a language string': [
      /<imsmd:langstring xml:lang="en">A small course<\/imsmd:langstring>/,
      'A small course',
    ],
    'metadata in a language that is none': ['xml:lang="en"', 'xml:lang="plain English"'],
    'metadata with a location of an unknown type': ['type="URI"', 'type="URL"'],
  },
  'scorm2004-3rd': {
    ...scorm2004Breaks,
    // Here the wildcards are strict too; the 4th Edition takes attributes that its schemas do not know.
    'a SCO type written as in SCORM 1.2': ['adlcp:scormType', 'adlcp:scormtype'],
    'an unknown element of ADL': ['</item>', '<adlcp:bogus /></item>'],
    'an element of the 4th Edition': ['</item>', '<adlcp:data><adlcp:map targetID="x"/></adlcp:data></item>'],
  },
  scorm2004: scorm2004Breaks,
  cmi5: {
    'an unknown element': ['<course ', '<bogus /><course '],
    'no assignable unit': [/<au[\s\S]*<\/au>/, ''],
    'a unit without an id': [/<au id="[^"]*"/, '<au'],
    'a unit without an address': ['<url>index.html</url>', ''],
    'a unit with an empty address': ['<url>index.html</url>', '<url></url>'],
    'a rule that does not exist': ['CompletedAndPassed', 'PassedAndCompleted'],
    'a way to launch that does not exist': ['AnyWindow', 'NoWindow'],
    'a mastery score over 1': ['0.8000', '80.000'],
    'objectives after the units': [/(<objectives>[\s\S]*?<\/objectives>)([\s\S]*<\/au>)/, '$2$1'],
    'a title that is not in a language string': [
      '<langstring lang="en">A small course</langstring>',
      'A small course',
    ],
    'a language that is none': ['lang="en"', 'lang="plain English"'],
    'another namespace': ['https://w3id.org/xapi/profiles/cmi5/v1/', 'http://aicc.org/CMI5/'],
  },
} satisfies Record<ManifestFormat, Breaks>;

const validators = new Map(
  await Promise.all(
    (Object.keys(breaks) as ManifestFormat[]).map(
      async (name) => [name, await manifestValidator(name)] as const,
    ),
  ),
);
const files = ['index.html', 'course.js', 'course.css', 'media/map.svg'];
const metadata = { keywords: ['tea', 'cups'], rights: 'Free for everybody.' } satisfies CourseMetadata;

describe.each([...validators])('the %s manifest', (name, validate) => {
  const manifestOf = (course: Course): string => formats[name].manifest.write({ course, metadata }, files);
  const valid = manifestOf(smallCourse);

  it('reads well', () => {
    expect(valid).toMatchSnapshot();
  });

  it('of the real course is valid, in every program', async () => {
    const read = await readCourse('course');
    if (!read.ok) throw new Error(`course/ has ${read.problems.length} problems: npm run build lists them`);
    for (const program of read.programs) {
      const manifest = formats[name].manifest.write(program, files);
      expect(() => validate(manifest), program.course.program).not.toThrow();
    }
  });

  it.each(Object.entries(nastyTitles))('is valid and gives the title back: %s', (_name, [title, read]) => {
    const manifest = manifestOf({ ...smallCourse, title });
    expect(() => validate(manifest)).not.toThrow();
    expect(manifestTexts(manifest, titles[name])).toEqual([[read, read]]);
  });

  it.each([
    ['whose id starts with a digit', { id: '5g' }],
    ['with an id of 5,000 characters', { id: 'x'.repeat(5000) }],
    ['with a version of 40 characters', { version: `1.0.0-${'a'.repeat(34)}` }],
    ['without a quiz', { items: [] }],
    ['without a quiz that teaches none of the takeaways', { items: [], takeaways: [] }],
    [
      'with a takeaway named like a part of a manifest',
      { takeaways: [{ ...smallCourse.takeaways[0], id: 'primary' }] },
    ],
    ['that is named by a UUID', { iri: 'urn:uuid:8f1f5f0a-7f0e-4b7e-9c55-3a6f2f3c1d47' }],
    ['whose IRI has a fragment and letters of its language', { iri: 'https://example.org/テスト?a=b#章' }],
  ] as const)('is valid for a course %s', (_name, change) => {
    expect(() => validate(manifestOf({ ...smallCourse, ...change }))).not.toThrow();
  });

  it.each(Object.entries<Breaks[string]>(breaks[name]))('is refused with %s', (_name, [part, instead]) => {
    const broken = valid.replace(part, instead);
    expect(broken).not.toBe(valid);
    expect(() => validate(broken)).toThrow(/./);
  });
});
