import { describe, expect, it } from 'vitest';
import { formats } from '../../manifest/formats.ts';
import { type Course, defaultProgram, type Rules } from '../../src/model/course.ts';
import { objectiveIri } from '../../src/tracking/cmi5/statements.ts';
import { smallCourse } from '../fixtures/small-course.ts';
import { type ManifestFormat, manifestTexts, readSchemas } from './manifest-validator.ts';

const metadata = { keywords: ['tea', 'cups'], rights: 'Free for everybody.' };
const manifestOf = (name: ManifestFormat, change: Partial<Course> = {}): string =>
  formats[name].manifest.write({ course: { ...smallCourse, ...change }, metadata }, ['index.html']);
/** The texts of one path. */
const read = (manifest: string, path: string): string[] => manifestTexts(manifest, path).flat();

const scormFormats = ['scorm12', 'scorm2004-3rd', 'scorm2004'] as const;
const scorm2004Formats = ['scorm2004-3rd', 'scorm2004'] as const;

const rulesWith = (
  completion: Rules['completion'],
  passing: Partial<Rules['passing']> = {},
): Pick<Course, 'rules'> => ({
  rules: { ...smallCourse.rules, completion, passing: { ...smallCourse.rules.passing, ...passing } },
});
const byQuizAlone = { pages: 'none', quiz: 'passed' } as const;

/** A pass mark, and how it is written: cut, never rounded up. */
const passMarks = [
  [0, '0.0000'],
  [0.57, '0.5700'],
  [2 / 3, '0.6666'],
  [0.99999, '0.9999'],
  [1, '1.0000'],
] as const;

describe('identifiers', () => {
  const programs = [
    { id: 'a', program: defaultProgram },
    { id: 'a', program: 'b' },
    // These two would read the same if a dash stood between course and program.
    { id: 'a-b', program: defaultProgram },
    { id: 'x'.repeat(300), program: defaultProgram },
    { id: 'x'.repeat(300), program: 'b' },
    { id: 'x'.repeat(301), program: defaultProgram },
  ];

  it('of manifests differ by course, program and format, so that all can stand in one LMS', () => {
    const identifiers = programs.flatMap((change) =>
      scormFormats.flatMap((name) => read(manifestOf(name, change), '/manifest/@identifier')),
    );
    expect(new Set(identifiers).size).toBe(programs.length * scormFormats.length);
    for (const identifier of identifiers) expect(identifier.length).toBeLessThanOrEqual(255);
  });

  it.each(scormFormats)('of the parts of a %s manifest stay as they are from version to version', (name) => {
    const path = '//@identifier';
    expect(read(manifestOf(name, { version: '9.0.0' }), path)).toEqual(read(manifestOf(name), path));
  });

  it('of a program’s units and objectives are IRIs of their own, and no two the same', () => {
    for (const iri of ['urn:uuid:8f1f5f0a-7f0e-4b7e-9c55-3a6f2f3c1d47', 'https://example.org/tea#part']) {
      const takeaways = ['program', 'unit', 'default'].map((id) => ({ ...smallCourse.takeaways[0], id }));
      const manifest = manifestOf('cmi5', { iri, takeaways, program: 'ministry' });
      const ids = read(manifest, '//@id');
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) {
        expect(id.startsWith(iri)).toBe(true);
        expect(URL.canParse(id)).toBe(true);
        expect(id.split('#')).toHaveLength(2);
      }
      const [course] = read(manifest, '//course/@id');
      const [unit] = read(manifest, '//au/@id');
      const other = manifestOf('cmi5', { iri, takeaways, program: 'office' });
      expect(read(other, '//course/@id')).not.toEqual([course]);
      expect(read(other, '//au/@id')).not.toEqual([unit]);
      expect(read(other, '//objectives/objective/@id')).toEqual(read(manifest, '//objectives/objective/@id'));
    }
  });

  it('of the course in its own program is the one that its author gave it', () => {
    expect(read(manifestOf('cmi5'), '//course/@id')).toEqual([smallCourse.iri]);
    expect(read(manifestOf('scorm2004'), '//general/identifier/entry')).toEqual([smallCourse.iri]);
  });
});

describe('objectives', () => {
  const takeaways = ['less', 'primary', '5g'].map((id) => ({ ...smallCourse.takeaways[0], id }));

  it.each(scorm2004Formats)(
    'of %s: the primary one, and each takeaway under the id of the player',
    (name) => {
      const manifest = manifestOf(name, { takeaways });
      expect(read(manifest, '//primaryObjective/@objectiveID')).toEqual(['primary_objective']);
      expect(read(manifest, '//objective/@objectiveID')).toEqual(['less', 'primary', '5g']);
      // Moodle fails on them.
      expect(manifest).not.toContain('mapInfo');
    },
  );

  it('of cmi5 are named as the player names them in its statements', () => {
    for (const iri of [smallCourse.iri, 'https://example.org/tea#part']) {
      const manifest = manifestOf('cmi5', { takeaways, iri });
      const named = takeaways.map(({ id }) => objectiveIri(iri, id));
      expect(read(manifest, '/courseStructure/objectives/objective/@id')).toEqual(named);
      expect(read(manifest, '//au/objectives/objective/@idref')).toEqual(named);
    }
  });

  it('are not there to be reached without a quiz', () => {
    for (const name of scorm2004Formats) expect(manifestOf(name, { items: [] })).not.toContain('bjective ');
    const manifest = manifestOf('cmi5', { items: [] });
    expect(read(manifest, '//au/objectives')).toEqual([]);
    expect(read(manifest, '/courseStructure/objectives/objective/@id')).toHaveLength(1);
  });
});

describe('the pass mark', () => {
  it.each(passMarks)('%d is written %s', (scaled, written) => {
    const change = rulesWith(smallCourse.rules.completion, { scaled });
    for (const name of scorm2004Formats) {
      expect(read(manifestOf(name, change), '//primaryObjective/minNormalizedMeasure')).toEqual([written]);
      expect(read(manifestOf(name, change), '//primaryObjective/@satisfiedByMeasure')).toEqual(['true']);
    }
    expect(read(manifestOf('cmi5', change), '//au/@masteryScore')).toEqual([written]);
  });

  it.each([
    [0.57, '57.00'],
    [2 / 3, '66.66'],
    [1, '100.00'],
  ])('%d is %s in SCORM 1.2, where an LMS may judge by it', (scaled, written) => {
    const manifest = manifestOf('scorm12', rulesWith(byQuizAlone, { scaled, attempts: 1 }));
    expect(read(manifest, '//item/masteryscore')).toEqual([written]);
  });

  it.each([
    ['pages count too', rulesWith({ pages: 'all', quiz: 'passed' }, { attempts: 1 })],
    ['a pass is not asked for', rulesWith({ pages: 'none', quiz: 'submitted' }, { attempts: 1 })],
    ['there is another try', rulesWith(byQuizAlone, { attempts: 2 })],
    ['tries are without limit', rulesWith(byQuizAlone, { attempts: null })],
    ['there is no quiz', { ...rulesWith(byQuizAlone, { attempts: 1 }), items: [] }],
  ])('is left out of SCORM 1.2 where %s: an LMS would overrule the course', (_name, change) => {
    expect(manifestOf('scorm12', change)).not.toContain('masteryscore');
  });

  it('is left out where there is no quiz', () => {
    for (const name of scorm2004Formats) {
      expect(manifestOf(name, { items: [] })).not.toContain('minNormalizedMeasure');
    }
    expect(manifestOf('cmi5', { items: [] })).not.toContain('masteryScore');
  });
});

describe('completion', () => {
  it.each(scorm2004Formats)('is the course’s to set in %s', (name) => {
    for (const items of [smallCourse.items, []]) {
      const manifest = manifestOf(name, { items });
      expect(read(manifest, '//deliveryControls/@completionSetByContent')).toEqual(['true']);
      expect(read(manifest, '//deliveryControls/@objectiveSetByContent')).toEqual(['true']);
      expect(manifest).not.toContain('completionThreshold');
    }
  });

  it.each([
    ['all', 'passed', 'CompletedAndPassed'],
    ['none', 'passed', 'CompletedAndPassed'],
    ['all', 'submitted', 'Completed'],
    ['all', 'none', 'Completed'],
  ] as const)('by pages: %s and quiz: %s is %s in cmi5', (pages, quiz, moveOn) => {
    expect(read(manifestOf('cmi5', rulesWith({ pages, quiz })), '//au/@moveOn')).toEqual([moveOn]);
  });

  it('never asks for a pass where there is no quiz', () => {
    expect(read(manifestOf('cmi5', { items: [] }), '//au/@moveOn')).toEqual(['Completed']);
  });
});

describe('metadata', () => {
  const inSeconds = [
    [0.001, 'PT1S'],
    [0.5, 'PT30S'],
    [36, 'PT36M'],
    [36.25, 'PT36M15S'],
    [60, 'PT1H'],
    [90.1, 'PT1H30M6S'],
  ] as const;

  it.each(inSeconds)('of a course of %d minutes says %s', (minutes, time) => {
    expect(read(manifestOf('scorm12', { minutes }), '//typicallearningtime/datetime')).toEqual([time]);
    for (const name of scorm2004Formats) {
      expect(read(manifestOf(name, { minutes }), '//typicalLearningTime/duration')).toEqual([time]);
    }
  });

  it.each([
    ['0.1.0', 'draft'],
    ['1.0.0-beta.1', 'draft'],
    ['1.0.0', 'final'],
    ['10.1.0', 'final'],
  ])('of version %s says %s', (version, status) => {
    const statuses = scormFormats.flatMap((name) => read(manifestOf(name, { version }), '//status/value'));
    expect(statuses.map((word) => word.trim().toLowerCase())).toEqual([status, status, status]);
  });

  it.each([
    ['title', 1000, '//general/title/*'],
    ['description', 2000, '//general/description/*'],
  ] as const)('holds a %s of %d characters, cut at the end of one', (field, limit, path) => {
    for (const name of scormFormats) {
      expect(read(manifestOf(name, { [field]: 'x'.repeat(limit) }), path)).toEqual(['x'.repeat(limit)]);
      const cut = `${'x'.repeat(limit - 1)}…`;
      expect(read(manifestOf(name, { [field]: 'x'.repeat(limit + 1) }), path)).toEqual([cut]);
    }
  });

  it.each(scormFormats)('of %s names its schema, and the package ships it', async (name) => {
    const [locations = ''] = read(manifestOf(name), '/manifest/@schemaLocation');
    const named = locations.split(' ').filter((_part, index) => index % 2 === 1);
    expect(named).toContain(name === 'scorm12' ? 'imsmd_rootv1p2p1.xsd' : 'lom.xsd');
    expect([...(await readSchemas(name)).keys()]).toEqual(expect.arrayContaining(named));
  });

  // The first editions of a package may only name a version that LMSs know, letter by letter.
  it.each([
    ['scorm12', '1.2'],
    ['scorm2004-3rd', '2004 3rd Edition'],
    ['scorm2004', '2004 4th Edition'],
  ] as const)('of %s says that it is %s', (name, version) => {
    expect(read(manifestOf(name), '/manifest/metadata/schemaversion')).toEqual([version]);
    expect(read(manifestOf(name), '/manifest/metadata/schema')).toEqual(['ADL SCORM']);
  });
});
