import { describe, expect, it } from 'vitest';
import {
  type CheckReport,
  checkPackage,
  formatFinding,
  formatReport,
  hasErrors,
  type RuleId,
} from '../../manifest/check/check-package.ts';
import { broken, type Files, good, goodFiles, withFiles, zipped } from '../fixtures/check/packages.ts';

const inFolder = (folder: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, content]) => [`${folder}/${path}`, content]));

const ids = ({ findings }: CheckReport): RuleId[] => findings.map(({ rule }) => rule);

describe('a report', () => {
  it('tells everything at once: errors, then warnings, then notes, from top to bottom', async () => {
    const bytes = broken(
      'scorm12',
      [
        ['default="o"', 'default="p"'],
        ['<title>A lesson</title>', ''],
        ['</item>', '<adlcp:masteryscore>101</adlcp:masteryscore></item>'],
        ['<file href="course.js"/>', '<file href="gone.js"/>'],
      ],
      { 'Thumbs.db': '', 'index.html': '<script src="https://cdn.example.org/a.js"></script>' },
    );
    const report = await checkPackage(bytes, 'downloads/course.zip');
    expect(formatReport(report)).toMatchSnapshot();
    expect(hasErrors(report)).toBe(true);
  });

  it('has no errors where a package is in order', async () => {
    const report = await checkPackage(good('cmi5'), 'course.zip');
    expect(hasErrors(report)).toBe(false);
    expect(formatReport(report)).toBe('course.zip: cmi5, "A course", 3 files\n\nnothing found');
  });

  it('says so where a course has no title', async () => {
    const report = await checkPackage(broken('scorm12', [['A course', '']]), 'course.zip');
    expect(formatReport(report)).toContain('course.zip: SCORM 1.2, no title, 5 files');
  });
});

describe('a value that a schema does not allow', () => {
  it('is told once', async () => {
    const bytes = broken('scorm12', [
      ['</item>', '<adlcp:timelimitaction>stop</adlcp:timelimitaction></item>'],
    ]);
    const { findings } = await checkPackage(bytes, 'course.zip');
    expect(findings.map(formatFinding)).toMatchSnapshot();
    expect(findings).toHaveLength(1);
  });
});

describe('a start tag of several lines', () => {
  it.each([
    ['adlcp:scormtype="sco"', 'adlcp:scormtype="SCO"', 'scorm-type-value'],
    ['adlcp:scormtype="sco"', 'adlcp:scormtype="sco"\nbogus="1"', 'schema-invalid'],
  ])('is told by its first line: %j, %j', async (part, instead, rule) => {
    const bytes = broken('scorm12', [
      ['<metadata>', '<!--> <a>\n<b> --><?a <b>\n?><metadata>'],
      ['A lesson', '<![CDATA[<a>\n</a>]]>'],
      ['<resource identifier="r" type="webcontent" ', '<resource\n  identifier="r"\n  type="webcontent"\n  '],
      [part, instead],
    ]);
    const { findings } = await checkPackage(bytes, 'course.zip');
    expect(findings.map((found) => [found.rule, found.line])).toEqual([[rule, 19]]);
  });
});

describe('what is not seen', () => {
  it('is written as its code', async () => {
    const title = 'a\u061cb\u00adc\u{e0041}d\u200de\u2028f\u2066g';
    const report = await checkPackage(broken('scorm12', [['A course', title]]), 'course.zip');
    expect(report.package?.title).toBe('a\\u061cb\\u00adc\\u{e0041}d\\u200de\\u2028f\\u2066g');
  });
});

describe('a package in a folder', () => {
  it('is checked all the same', async () => {
    const files = inFolder('my-course', { ...goodFiles('scorm2004-4th'), 'extra.css': '' });
    const report = await checkPackage(zipped(files), 'course.zip');
    expect(ids(report)).toEqual(['manifest-nested', 'file-unlisted']);
    expect(report.package?.title).toBe('A course');
  });

  it('is told to be one folder, whatever a Mac puts beside it', async () => {
    const files = { ...inFolder('my-course', goodFiles('cmi5')), '__MACOSX/my-course/._cmi5.xml': '' };
    const { findings } = await checkPackage(zipped(files), 'course.zip');
    expect(findings[0]?.hint).toContain('the folder "my-course/" was zipped');
  });

  it('may be one of several, of which the outermost counts', async () => {
    const files = {
      ...inFolder('a/b', goodFiles('scorm12')),
      ...inFolder('z', goodFiles('cmi5')),
      'index.html': '',
    };
    const report = await checkPackage(zipped(files), 'course.zip');
    expect(report.package?.manifest).toBe('z/cmi5.xml');
    expect(report.findings[0]?.hint).toContain('move the manifest');
  });
});

describe('an address', () => {
  it.each([
    ['/course.js', 'href-outside'],
    ['a/../../course.js', 'href-outside'],
    ['./a/../course.js', undefined],
    ['course.js?a=b#c', undefined],
    ['c%6Furse.js', undefined],
    ['COURSE.JS', 'href-spelling'],
    ['course%2ejs%', 'href-invalid'],
    ['', 'file-missing'],
    ['//example.org/course.js', 'file-external'],
    ['HTTP://example.org/course.js', 'file-external'],
    ['data:text/html,x', 'href-invalid'],
    ['JavaScript:alert(1)', 'href-invalid'],
    ['C:/course.js', 'href-invalid'],
    ['a:b/../../course.js', 'href-invalid'],
    ['./a:b/../course.js', undefined],
    ['a/..', 'file-missing'],
  ] as const)('%j breaks %s', async (href, rule) => {
    const report = await checkPackage(
      broken('scorm12', [['<file href="course.js"/>', `<file href="${href}"/>`]]),
      'course.zip',
    );
    const others: readonly RuleId[] = ['file-unlisted'];
    expect(ids(report).filter((id) => !others.includes(id))).toEqual(rule ? [rule] : []);
  });

  it('of thousands of characters is not resolved', async () => {
    const bytes = broken('scorm12', [
      ['<file href="course.js"/>', `<file href="${'a/'.repeat(2001)}../course.js"/>`],
    ]);
    expect(ids(await checkPackage(bytes, 'course.zip'))).toContain('href-invalid');
  });

  it('of thousands of characters, with its base, is not resolved', async () => {
    const base = `<file xml:base="${'a/'.repeat(1500)}" href="${'../'.repeat(800)}course.js"/>`;
    const bytes = broken('scorm12', [['<file href="course.js"/>', base]]);
    expect(ids(await checkPackage(bytes, 'course.zip'))).toContain('href-invalid');
  });

  it('finds a file whose accents are stored apart', async () => {
    const bytes = broken(
      'scorm12',
      [['<file href="course.js"/>', '<file href="course.js"/><file href="caf%C3%A9.svg"/>']],
      {
        'cafe\u0301.svg': '',
      },
    );
    expect(ids(await checkPackage(bytes, 'course.zip'))).toContain('href-spelling');
  });

  it('of a base that is not from the manifest on', async () => {
    const nested = broken(
      'scorm12',
      [
        ['<manifest ', '<manifest xml:base="a/" '],
        ['<resources>', '<resources xml:base="b/">'],
        ['type="webcontent"', 'type="webcontent" xml:base="../c/"'],
      ],
      { 'a/c/index.html': 'Hello', 'a/c/course.js': '' },
    );
    expect(ids(await checkPackage(nested, 'course.zip'))).toEqual([
      'file-unlisted',
      'moodle-xml-base',
      'moodle-xml-base',
    ]);
  });
});

describe('a launch page', () => {
  it.each([
    ['what is in a comment', '<!-- <script src="gone.js"></script> -->', []],
    ['what a learner may open', '<a href="gone.html">a</a><a href="https://example.org/">b</a>', []],
    ['a link that nobody loads', '<link rel="canonical" href="https://example.org/">', []],
    [
      'tags in a script',
      `<script>document.write('<img src="' + a + '">'); "<!--"</script><img src="course.js">`,
      [],
    ],
    ['tags for a script', '<script type="text/template"><img src="a.svg"></SCRIPT >', []],
    ['tags in a template', '<template id="a"><img src="a.svg"></template>', []],
    ['tags in a text field', '<textarea><img src="a.svg"></textarea>', []],
    [
      'a script after a script',
      '<script>a</script><script src="gone.js"></script>',
      ['launch-page-missing-file'],
    ],
    ['a page after a script', '<script>"<!--"</script><img src=gone.svg>', ['launch-page-missing-file']],
    ['data', '<img src="data:image/gif;base64,R0lGOD">', []],
    ['a place for a value', '<img src="{{logo}}">', []],
    ['a base of its own', '<base href="https://example.org/"><img src="a.svg">', []],
    ['a file without quotes', '<img alt=a src=gone.svg>', ['launch-page-missing-file']],
    ['a file in the wrong case', '<script src="Course.js"></script>', ['launch-page-missing-file']],
    ['a query', '<script src="./course.js?v=1"></script>', []],
  ] as const)('is read with %s', async (_name, html, rules) => {
    expect(ids(await checkPackage(withFiles('scorm12', { 'index.html': html }), 'course.zip'))).toEqual(
      rules,
    );
  });
});
