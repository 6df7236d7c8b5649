import { describe, expect, it } from 'vitest';
import { type FormatName, formatNames, formats } from '../../manifest/formats.ts';
import { readCourse } from '../../src/content/read-course.ts';
import type { Course } from '../../src/model/course.ts';
import { smallCourse } from '../fixtures/small-course.ts';
import { manifestTitles, manifestValidator } from './manifest-validator.ts';

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
  'lines and tabs': ['one\r\n\ttwo', 'one two'],
  '5,000 characters': ['x'.repeat(5000), `${'x'.repeat(199)}…`],
  // Seven UTF-16 units each: 28 fit whole, and none is torn apart.
  '5,000 emoji': [emoji.repeat(5000), `${emoji.repeat(28)}…`],
} as const satisfies Record<string, readonly [title: string, read: string]>;

const validators = {
  scorm12: await manifestValidator('scorm12'),
  scorm2004: await manifestValidator('scorm2004'),
} satisfies Record<FormatName, unknown>;
const files = ['index.html', 'course.js', 'course.css', 'media/map.svg'];

describe.each(formatNames)('the %s manifest', (name) => {
  const validate = validators[name];
  const manifestOf = (course: Course): string => formats[name].manifest(course, files);
  const valid = manifestOf(smallCourse);

  it('of the real course is valid', async () => {
    const read = await readCourse('course');
    if (!read.ok) throw new Error(`course/ has ${read.problems.length} problems: npm run build lists them`);
    expect(() => validate(manifestOf(read.source.course))).not.toThrow();
  });

  it.each(Object.entries(nastyTitles))('is valid and gives the title back: %s', (_name, [title, read]) => {
    const manifest = manifestOf({ ...smallCourse, title });
    expect(() => validate(manifest)).not.toThrow();
    expect(manifestTitles(manifest)).toEqual([read, read]);
  });

  it('is valid for a course whose id starts with a digit', () => {
    expect(() => validate(manifestOf({ ...smallCourse, id: '5g' }))).not.toThrow();
  });

  it('is valid for a course with a version of 40 characters', () => {
    expect(() => validate(manifestOf({ ...smallCourse, version: `1.0.0-${'a'.repeat(34)}` }))).not.toThrow();
  });

  it('is valid for a course without a quiz', () => {
    const manifest = manifestOf({ ...smallCourse, items: [] });
    expect(() => validate(manifest)).not.toThrow();
    expect(manifest).not.toContain('minNormalizedMeasure');
  });

  it('reads well', () => {
    expect(manifestOf(smallCourse)).toMatchSnapshot();
  });

  // The validator has to be seen refusing, or a schema that did not load would pass for a valid manifest.
  const breaks = {
    'an unknown element': [/<resources>/, '<bogus/><resources>'],
    'no organizations': [/<organizations[\s\S]*<\/organizations>/, ''],
    'an identifier that is no XML name': [/identifier="manifest-small/, 'identifier="1 small'],
    'two elements with one identifier': [/identifier="resource-small"/, 'identifier="activity-small"'],
    'a SCO type that does not exist': [/="sco"/, '="scorm"'],
    'a file without a name': [/<file href="index.html" \/>/, '<file />'],
  } as const satisfies Record<string, readonly [RegExp, string]>;

  it.each(Object.entries(breaks))('is refused with %s', (_name, [part, instead]) => {
    const broken = valid.replace(part, instead);
    expect(broken).not.toBe(valid);
    expect(() => validate(broken)).toThrow();
  });
});

describe('the scorm12 manifest', () => {
  const validate = validators.scorm12;
  const manifest = formats.scorm12.manifest(smallCourse, files);

  it('leaves the status to the course', () => {
    expect(manifest).not.toContain('masteryscore');
  });

  // Strict wildcards: proof that the driver schema has brought ADL's namespace in.
  it.each([
    ['an unknown element of ADL', '</item>', '<adlcp:bogus /></item>'],
    ['a SCO type written as in SCORM 2004', 'adlcp:scormtype', 'adlcp:scormType'],
    ['a title of 201 characters', smallCourse.title, 'x'.repeat(201)],
  ])('is refused with %s', (_name, part, instead) => {
    expect(manifest).toContain(part);
    expect(() => validate(manifest.replace(part, instead))).toThrow();
  });
});

describe('the scorm2004 manifest', () => {
  const validate = validators.scorm2004;
  const manifest = formats.scorm2004.manifest(smallCourse, files);

  it('leaves completion and success to the course', () => {
    expect(manifest).not.toContain('completionThreshold');
    expect(manifest).not.toContain('mapInfo');
  });

  it.each([
    [0, '0.0000'],
    [0.57, '0.5700'],
    [2 / 3, '0.6666'],
    [1, '1.0000'],
  ])('writes the pass mark %d as %s', (scaled, written) => {
    const rules = { ...smallCourse.rules, passing: { ...smallCourse.rules.passing, scaled } };
    const withMark = formats.scorm2004.manifest({ ...smallCourse, rules }, files);
    expect(withMark).toContain(`<imsss:minNormalizedMeasure>${written}</imsss:minNormalizedMeasure>`);
    expect(() => validate(withMark)).not.toThrow();
  });

  it.each([
    ['a pass mark over 1', '0.8000', '8.0000'],
    ['a word where true or false belongs', 'completionSetByContent="true"', 'completionSetByContent="yes"'],
    ['an unknown button of the LMS', '>previous<', '>back<'],
  ])('is refused with %s', (_name, part, instead) => {
    expect(manifest).toContain(part);
    expect(() => validate(manifest.replace(part, instead))).toThrow();
  });
});
