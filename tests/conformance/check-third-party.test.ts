/** Packages as other programs make them: unlike ours, and in order. The checker has to let them pass. */
import { readFileSync } from 'node:fs';
import { Zip, ZipDeflate } from 'fflate';
import { describe, expect, it } from 'vitest';
import { checkPackage, formatFinding, rules } from '../../manifest/check/check-package.ts';
import { broken, type Files, goodFiles, type Kind, withFiles, zipped } from '../fixtures/check/packages.ts';
import { rawZip } from '../fixtures/check/raw-zip.ts';

/** Rules that a package breaks, after it was seen that none of them is an error. */
async function toldOf(bytes: Uint8Array): Promise<string[]> {
  const { findings } = await checkPackage(bytes, 'course.zip');
  expect(findings.filter(({ severity }) => severity === 'error').map(formatFinding)).toEqual([]);
  return findings.map(({ rule }) => rule);
}

const firstItem = '<item identifier="i" identifierref="r">';
const withoutCourseScript = '<file href="course.js"/>';

describe('SCORM 1.2 of other programs', () => {
  it('has metadata and extensions of its own', async () => {
    const lom =
      '<lom xmlns="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"><general><title><langstring xml:lang="en">A course</langstring></title></general></lom>';
    const bytes = broken('scorm12', [
      ['</schemaversion>', `</schemaversion>${lom}`],
      ['</item>', '<v:theme xmlns:v="urn:vendor" v:color="blue"><v:font>Sans</v:font></v:theme></item>'],
      [
        firstItem,
        '<item xmlns:v="urn:vendor" v:id="4711" identifier="i" identifierref="r" isvisible="true">',
      ],
    ]);
    expect(await toldOf(bytes)).toEqual([]);
  });

  it('has ADL’s extensions', async () => {
    const bytes = broken('scorm12', [
      [
        '</item>',
        '<adlcp:prerequisites type="aicc_script">o</adlcp:prerequisites><adlcp:maxtimeallowed>00:30:00</adlcp:maxtimeallowed><adlcp:timelimitaction>exit,message</adlcp:timelimitaction><adlcp:datafromlms>a=b</adlcp:datafromlms><adlcp:masteryscore>80</adlcp:masteryscore></item>',
      ],
    ]);
    expect(await toldOf(bytes)).toEqual(['moodle-mastery-score']);
  });

  it('has ADL’s extensions, and nothing in them', async () => {
    const bytes = broken('scorm12', [
      [
        '</item>',
        '<adlcp:maxtimeallowed/><adlcp:datafromlms/><adlcp:masteryscore> </adlcp:masteryscore></item>',
      ],
    ]);
    expect(await toldOf(bytes)).toEqual([]);
  });

  it.each(['i', '', '~o', 'i&amp;(o|m)', '2*{i, o, r}', 'i="passed"', 'i=passed&amp;o&lt;&gt;not attempted'])(
    'has prerequisites: %s',
    async (script) => {
      const prerequisites = `<adlcp:prerequisites type="aicc_script">${script}</adlcp:prerequisites>`;
      expect(await toldOf(broken('scorm12', [['</item>', `${prerequisites}</item>`]]))).toEqual([]);
    },
  );

  it('has assets only, a PDF among them', async () => {
    const bytes = broken(
      'scorm12',
      [
        ['"sco" href="index.html"', '"asset" href="guide.pdf"'],
        ['<file href="course.js"/>', '<file href="course.js"/><file href="guide.pdf"/>'],
      ],
      { 'guide.pdf': '%PDF-1.7' },
    );
    expect(await toldOf(bytes)).toEqual(['assets-only']);
  });

  it('launches with a query, parameters and escaped names', async () => {
    const bytes = broken(
      'scorm12',
      [
        [firstItem, '<item identifier="i" identifierref="r" parameters="?page=1">'],
        ['href="index.html">', 'href="index_lms.html?a=b&amp;c=d#start">'],
        [
          '<file href="index.html"/>',
          '<file href="index_lms.html"/><file href="index.html"/><file href="my%20map.svg"/>',
        ],
      ],
      { 'index_lms.html': '<script src="course.js?v=3"></script>', 'my map.svg': '<svg/>' },
    );
    expect(await toldOf(bytes)).toEqual(['name-with-space']);
  });

  it('has a base, shared assets and dependencies', async () => {
    const { 'course.js': script = '', 'index.html': page = '', ...rest } = goodFiles('scorm12');
    const manifest = String(rest['imsmanifest.xml'])
      .replace('type="webcontent"', 'type="webcontent" xml:base="content/"')
      .replace(withoutCourseScript, '<dependency identifierref="shared"/>')
      .replace(
        '</resources>',
        '<resource identifier="shared" type="webcontent" adlcp:scormtype="asset"><file href="content/course.js"/></resource></resources>',
      );
    const files: Files = {
      ...rest,
      'imsmanifest.xml': manifest,
      'content/index.html': page,
      'content/course.js': script,
    };
    expect(await toldOf(zipped(files))).toEqual([]);
  });

  it('has chapters, several lessons and more than one organization', async () => {
    const bytes = broken('scorm12', [
      [
        '</organization>',
        '<item identifier="c"><title>A chapter</title><item identifier="c1" identifierref="r"><title>One</title></item><item identifier="c2" identifierref="r"><title>Two</title></item></item></organization><organization identifier="p"><title>Another</title><item identifier="p1" identifierref="r"><title>One</title></item></organization>',
      ],
    ]);
    expect(await toldOf(bytes)).toEqual([]);
  });

  it('has chapters that open a page of their own', async () => {
    const bytes = broken('scorm12', [
      ['</item>', '<item identifier="c1" identifierref="r"><title>One</title></item></item>'],
    ]);
    expect(await toldOf(bytes)).toEqual([]);
  });

  it('has chapters with an empty identifierref, and resources without files', async () => {
    const bytes = broken('scorm12', [
      [
        firstItem,
        '<item identifier="c" identifierref=""><title>A chapter</title><item identifier="i" identifierref="r">',
      ],
      ['</item>', '</item></item>'],
      [
        '</resources>',
        '<resource identifier="empty" type="webcontent" adlcp:scormtype="asset"/></resources>',
      ],
    ]);
    expect(await toldOf(bytes)).toEqual([]);
  });

  it('has metadata in a file of its own', async () => {
    const bytes = broken(
      'scorm12',
      [['</schemaversion>', '</schemaversion><adlcp:location>meta/about.xml</adlcp:location>']],
      { 'meta/about.xml': '<lom xmlns="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"/>' },
    );
    expect(await toldOf(bytes)).toEqual([]);
  });

  it('has names escaped in every way that URIs allow', async () => {
    const bytes = broken(
      'scorm12',
      [
        [
          withoutCourseScript,
          '<file href="./course.js"/><file href="gr%C3%B6%C3%9Fe%20(1)&amp;%23.svg?v=1#top"/>',
        ],
      ],
      { 'größe (1)&#.svg': '<svg/>' },
    );
    expect(await toldOf(bytes)).toEqual(['name-not-ascii', 'name-with-space']);
  });

  it('has a manifest in the manifest, and an item that refers to it', async () => {
    const bytes = broken('scorm12', [
      ['</organization>', '<item identifier="j" identifierref="n"><title>More</title></item></organization>'],
      ['</resources>', '</resources><manifest identifier="n"><organizations/><resources/></manifest>'],
    ]);
    expect(await toldOf(bytes)).toEqual(['sub-manifest']);
  });

  it('has an asset that lies elsewhere', async () => {
    const bytes = broken('scorm12', [
      ['</organization>', '<item identifier="j" identifierref="s"><title>More</title></item></organization>'],
      [
        '</resources>',
        '<resource identifier="s" type="webcontent" adlcp:scormtype="asset" href="https://example.org/"/></resources>',
      ],
    ]);
    expect(await toldOf(bytes)).toEqual([]);
  });

  it('does not list or ship schemas', async () => {
    const manifest = String(goodFiles('scorm12')['imsmanifest.xml']).replace(
      / xsi:schemaLocation="[^"]*"/,
      '',
    );
    const { 'index.html': page = '', 'course.js': script = '' } = goodFiles('scorm12');
    const bytes = zipped({ 'imsmanifest.xml': manifest, 'index.html': page, 'course.js': script });
    expect(await toldOf(bytes)).toEqual(['schema-not-shipped']);
  });
});

describe('SCORM 2004 of other programs', () => {
  it('has chapters with an empty identifierref', async () => {
    const bytes = broken('scorm2004-4th', [
      [
        '<item identifier="i" identifierref="r">',
        '<item identifier="c" identifierref=""><title>A chapter</title><item identifier="i" identifierref="r">',
      ],
      ['</item>', '</item></item>'],
    ]);
    expect(await toldOf(bytes)).toEqual([]);
  });

  const kinds = ['scorm2004-2nd', 'scorm2004-3rd', 'scorm2004-4th'] as const satisfies readonly Kind[];

  it.each(kinds)('%s has sequencing that is shared, rolled up and looked at by rules', async (kind) => {
    const bytes = broken(kind, [
      [
        '<imsss:sequencing>\n          <imsss:objectives>',
        '<imsss:sequencing IDRef="common">\n          <imsss:objectives>',
      ],
      [
        '</imsss:primaryObjective>',
        '<imsss:mapInfo targetObjectiveID="all" readSatisfiedStatus="true" writeSatisfiedStatus="true"/></imsss:primaryObjective>',
      ],
      [
        '</resources>',
        `</resources><imsss:sequencingCollection><imsss:sequencing ID="common"><imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions><imsss:ruleCondition referencedObjective="primary" condition="satisfied"/></imsss:ruleConditions><imsss:ruleAction action="skip"/></imsss:preConditionRule></imsss:sequencingRules><imsss:rollupRules rollupObjectiveSatisfied="true"/></imsss:sequencing></imsss:sequencingCollection>`,
      ],
      [
        '</imsss:sequencing>\n      </item>',
        '</imsss:sequencing><adlcp:timeLimitAction>exit,message</adlcp:timeLimitAction><adlcp:dataFromLMS>a</adlcp:dataFromLMS><adlnav:presentation><adlnav:navigationInterface><adlnav:hideLMSUI>continue</adlnav:hideLMSUI></adlnav:navigationInterface></adlnav:presentation></item>',
      ],
    ]);
    expect(await toldOf(bytes)).toEqual([]);
  });

  it('has a pass mark below zero', async () => {
    expect(await toldOf(broken('scorm2004-4th', [['>0.8<', '>-0.5<']]))).toEqual([]);
  });

  it('has rules that look at objectives which sequencing shares', async () => {
    const bytes = broken('scorm2004-4th', [
      [
        '<imsss:sequencing>\n          <imsss:objectives>',
        '<imsss:sequencing IDRef="common"><imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions><imsss:ruleCondition referencedObjective="other" condition="satisfied"/></imsss:ruleConditions><imsss:ruleAction action="skip"/></imsss:preConditionRule></imsss:sequencingRules><imsss:objectives>',
      ],
      [
        '</resources>',
        '</resources><imsss:sequencingCollection><imsss:sequencing ID="common"><imsss:objectives><imsss:primaryObjective objectiveID="first"/><imsss:objective objectiveID="other"/></imsss:objectives></imsss:sequencing></imsss:sequencingCollection>',
      ],
    ]);
    expect(await toldOf(bytes)).toEqual([]);
  });

  it('leaves learners to choose, which is so unless it is said', async () => {
    const control = [
      '<imsss:controlMode choice="true" flow="true"/>',
      '<imsss:controlMode flow="false"/>',
    ] as const;
    expect(await toldOf(broken('scorm2004-4th', [control]))).toEqual([]);
  });

  it('has a completion threshold as its edition writes it', async () => {
    const newer =
      '<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.9" progressWeight="1"/>';
    const older = '<adlcp:completionThreshold>0.9</adlcp:completionThreshold>';
    for (const [kind, threshold] of [
      ['scorm2004-4th', newer],
      ['scorm2004-3rd', older],
    ] as const) {
      expect(await toldOf(broken(kind, [['</item>', `${threshold}</item>`]]))).toEqual([
        'moodle-completion-threshold',
      ]);
    }
  });

  it('has metadata of IEEE and its own namespaces', async () => {
    const bytes = broken('scorm2004-4th', [
      [
        '</schemaversion>',
        '</schemaversion><lom:lom xmlns:lom="http://ltsc.ieee.org/xsd/LOM"><lom:general><lom:title><lom:string language="en">A course</lom:string></lom:title></lom:general></lom:lom><v:made xmlns:v="urn:v" by="x"/>',
      ],
    ]);
    expect(await toldOf(bytes)).toEqual([]);
  });
});

describe('cmi5 of other programs', () => {
  it('has blocks, units elsewhere and extensions with a schema', async () => {
    const bytes = broken('cmi5', [
      [
        '<courseStructure',
        '<courseStructure xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:v="urn:v" xsi:schemaLocation="urn:v https://example.org/v.xsd"',
      ],
      [
        '</courseStructure>',
        '<block id="https://example.org/course/block"><title><langstring lang="en">Part two</langstring></title><description><langstring lang="en">More</langstring></description><au id="https://example.org/course/unit-2" moveOn="Passed" masteryScore="1" launchMethod="OwnWindow" activityType="http://adlnet.gov/expapi/activities/lesson"><title><langstring lang="en">Two</langstring></title><description><langstring lang="en">More</langstring></description><url>https://example.org/unit-2?a=b</url><launchParameters>x</launchParameters><entitlementKey>y</entitlementKey></au></block></courseStructure>',
      ],
      ['</course>', '<v:price>3</v:price></course>'],
    ]);
    expect(await toldOf(bytes)).toEqual([]);
  });
});

describe('cmi5 without files', () => {
  it('has every unit elsewhere, in blocks in blocks', async () => {
    const words =
      '<title><langstring lang="en">One</langstring></title><description><langstring lang="en">More</langstring></description>';
    const unit = (id: string) =>
      `<au id="https://example.org/${id}" moveOn="Completed">${words}<url>https://example.org/launch?unit=${id}&amp;a=b#c</url></au>`;
    const text = `<?xml version="1.0" encoding="utf-8"?><courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"><course id="https://example.org/course">${words}</course><block id="https://example.org/block">${words}${unit('a')}<block id="urn:uuid:6f1c">${words}${unit('b')}${unit('c')}</block></block>${unit('d')}</courseStructure>`;
    expect(await toldOf(zipped({ 'cmi5.xml': text }))).toEqual([]);
  });

  it('has a unit in a folder', async () => {
    const { 'cmi5.xml': structure = '', ...rest } = goodFiles('cmi5');
    const files = Object.fromEntries(
      Object.entries(rest).map(([path, content]) => [`unit one/${path}`, content]),
    );
    const text = String(structure).replace('index.html?', 'unit%20one/index.html?x=a/../b&amp;');
    expect(await toldOf(zipped({ 'cmi5.xml': text, ...files }))).toEqual(['name-with-space']);
  });
});

describe('a zip of other programs', () => {
  it('has folders of its own, and Unix modes', async () => {
    const entries = Object.entries(goodFiles('scorm12')).map(([name, content]) => ({
      name,
      content,
      attributes: (0o100644 << 16) >>> 0,
    }));
    const folder = { name: 'media/', method: 0, attributes: ((0o040755 << 16) >>> 0) + 0x10 };
    expect(await toldOf(rawZip([folder, ...entries]))).toEqual([]);
  });

  it('has folders that Maven made', async () => {
    const entries = Object.entries(goodFiles('scorm12')).map(([name, content]) => ({ name, content }));
    const folder = { name: 'media/', method: 0, attributes: 0xffff0010 };
    expect(await toldOf(rawZip([folder, ...entries]))).toEqual([]);
  });

  it('says sizes only after the data', async () => {
    const chunks: Uint8Array[] = [];
    const zip = new Zip((_error, chunk) => chunks.push(chunk));
    for (const [name, content] of Object.entries(goodFiles('scorm12'))) {
      const file = new ZipDeflate(name);
      zip.add(file);
      file.push(Buffer.from(content), true);
    }
    zip.end();
    expect(await toldOf(Buffer.concat(chunks))).toEqual([]);
  });

  it('has names in UTF-8 and in the code page of old', async () => {
    const [utf8, cp437] = [Buffer.from('größe.svg'), Buffer.from([0x67, 0x81, 0x2e, 0x73, 0x76, 0x67])];
    const entries = Object.entries(goodFiles('scorm12')).map(([name, content]) => ({ name, content }));
    const bytes = rawZip([{ name: utf8, flags: 0x800 }, { name: cp437 }, ...entries]);
    const { findings } = await checkPackage(bytes, 'course.zip');
    expect(findings.find(({ rule }) => rule === 'name-not-ascii')?.found).toBe('"größe.svg", "gü.svg"');
  });

  it('is larger than it need be', async () => {
    expect(await toldOf(withFiles('cmi5', { 'media/film.mp4': Buffer.alloc(1024 ** 2, 'film') }))).toEqual(
      [],
    );
  });
});

it('names requirements of cmi5 that exist', () => {
  const requirements: unknown = JSON.parse(
    readFileSync(new URL('../../node_modules/@cmi5/requirements/requirements.json', import.meta.url), 'utf8'),
  );
  const named = Object.values(rules).flatMap(({ source }) => source.match(/1[34]\.\d\.\d\.\d-\d/g) ?? []);
  expect(named.length).toBeGreaterThan(3);
  for (const id of named) expect(requirements).toHaveProperty([id]);
});
