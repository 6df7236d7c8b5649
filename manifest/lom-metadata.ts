/**
 * What a catalogue wants to know of a course, as learning object metadata: in the binding of IMS for SCORM 1.2 and in
 * that of the IEEE for SCORM 2004. Inline, since an LMS that reads metadata need not open another file for it.
 *
 * It describes the package as a whole: its one SCO is the same thing, and is not described once more.
 */
import type { Element } from 'xast';
import { x } from 'xastscript';
import { programIri } from './course-iris.ts';
import { type ManifestContent, manifestText, manifestTitle } from './manifest-xml.ts';
import { packagePaths } from './package-paths.ts';

/** The namespace of IMS Meta-data 1.2.1, and the schema that the package ships for it. */
export const imsMetadataNamespace = {
  uri: 'http://www.imsglobal.org/xsd/imsmd_rootv1p2p1',
  schema: 'imsmd_rootv1p2p1.xsd',
} as const;

/** The namespace of IEEE 1484.12.3, and the schema that the package ships for it. */
export const lomNamespace = { uri: 'http://ltsc.ieee.org/xsd/LOM', schema: 'lom.xsd' } as const;

/** The lengths that every reader has to take (IEEE 1484.12.1, smallest permitted maximum of each element). */
const limits = { title: 1000, description: 2000, keyword: 1000, version: 50, rights: 1000 } as const;

/** What both bindings say, in the elements of the data model. */
interface CourseRecord {
  /** 1.1 */
  readonly identifier: string;
  /** 1.2 */
  readonly title: string;
  /** 1.3, and the language of all texts. */
  readonly language: string;
  /** 1.4 */
  readonly description: string;
  /** 1.5 */
  readonly keywords: readonly string[];
  /** 2.1 */
  readonly version: string;
  /** 2.2 */
  readonly status: 'draft' | 'final';
  /** 5.9 */
  readonly learningTime: string;
  /** 6.3 */
  readonly rights: string;
  /** 9.3 of a classification by educational objective, one for each takeaway. */
  readonly objectives: readonly string[];
}

function courseRecord({ course, metadata }: ManifestContent): CourseRecord {
  return {
    identifier: programIri(course),
    title: manifestText(course.title, limits.title) || manifestTitle(course),
    language: course.language,
    description: manifestText(course.description, limits.description),
    keywords: metadata.keywords
      .map((keyword) => manifestText(keyword, limits.keyword))
      .filter((keyword) => keyword !== ''),
    version: manifestText(course.version, limits.version),
    // Semantic Versioning 4 and 9: 0.y.z, and what has a "-", is not released yet.
    status: /^0\.|-/.test(course.version) ? 'draft' : 'final',
    learningTime: learningTime(course.minutes),
    rights: manifestText(metadata.rights, limits.rights),
    objectives: course.takeaways.map(({ text }) => manifestText(text, limits.description)),
  };
}

/** A time as ISO 8601 has it, to the second: `PT1H30M`. Both bindings refuse fractions of minutes. */
function learningTime(minutes: number): string {
  const seconds = Math.max(1, Math.round(minutes * 60));
  const parts = [
    [Math.floor(seconds / 3600), 'H'],
    [Math.floor(seconds / 60) % 60, 'M'],
    [seconds % 60, 'S'],
  ] as const;
  return `PT${parts.flatMap(([value, unit]) => (value === 0 ? [] : [value, unit])).join('')}`;
}

/** What a vocabulary is called whose words are those of the standard. */
const lomVocabulary = 'LOMv1.0';

/**
 * Writes the metadata of a SCORM 1.2 package (CAM 2.2, "Content Aggregation Meta-data": with all that is mandatory
 * there). Elements stand in the order of the schema, which allows no other.
 *
 * `cost` is mandatory, and `no` says of a package that nothing in it asks for payment; what an LMS asks of its
 * learners is not the course's to say.
 */
export function imsMetadata(content: ManifestContent): Element {
  const record = courseRecord(content);
  // What is not in any language is in `x-none` (CAM 2.2).
  const text = (name: string, value: string, language = record.language) =>
    x(`imsmd:${name}`, [x('imsmd:langstring', { 'xml:lang': language }, value)]);
  const word = (name: string, value: string) =>
    x(`imsmd:${name}`, [text('source', lomVocabulary, 'x-none'), text('value', value, 'x-none')]);
  return x('imsmd:lom', [
    x('imsmd:general', [
      text('title', record.title),
      x('imsmd:catalogentry', [x('imsmd:catalog', 'URI'), text('entry', record.identifier, 'x-none')]),
      x('imsmd:language', record.language),
      text('description', record.description),
      ...record.keywords.map((keyword) => text('keyword', keyword)),
    ]),
    x('imsmd:lifecycle', [
      text('version', record.version, 'x-none'),
      word('status', record.status === 'draft' ? 'Draft' : 'Final'),
    ]),
    x('imsmd:metametadata', [
      x('imsmd:metadatascheme', 'ADL SCORM 1.2'),
      x('imsmd:language', record.language),
    ]),
    x('imsmd:technical', [
      x('imsmd:format', 'text/html'),
      x('imsmd:location', { type: 'URI' }, packagePaths.document),
    ]),
    x('imsmd:educational', [x('imsmd:typicallearningtime', [x('imsmd:datetime', record.learningTime)])]),
    x('imsmd:rights', [
      word('cost', 'no'),
      word('copyrightandotherrestrictions', 'yes'),
      text('description', record.rights),
    ]),
    ...record.objectives.map((objective) =>
      x('imsmd:classification', [word('purpose', 'Educational Objective'), text('description', objective)]),
    ),
  ]);
}

/**
 * Writes the metadata of a SCORM 2004 package (CAM 4; IEEE 1484.12.3). The order is that of the data model; the
 * standard's own schema would take any. For `cost` see {@link imsMetadata}.
 */
export function lomMetadata(content: ManifestContent): Element {
  const record = courseRecord(content);
  const text = (name: string, value: string) =>
    x(`lom:${name}`, [x('lom:string', { language: record.language }, value)]);
  const word = (name: string, value: string) =>
    x(`lom:${name}`, [x('lom:source', lomVocabulary), x('lom:value', value)]);
  return x('lom:lom', [
    x('lom:general', [
      x('lom:identifier', [x('lom:catalog', 'URI'), x('lom:entry', record.identifier)]),
      text('title', record.title),
      x('lom:language', record.language),
      text('description', record.description),
      ...record.keywords.map((keyword) => text('keyword', keyword)),
    ]),
    x('lom:lifeCycle', [x('lom:version', [x('lom:string', record.version)]), word('status', record.status)]),
    x('lom:metaMetadata', [
      x('lom:metadataSchema', lomVocabulary),
      x('lom:metadataSchema', 'ADLv1.0'),
      x('lom:language', record.language),
    ]),
    x('lom:technical', [x('lom:format', 'text/html')]),
    x('lom:educational', [x('lom:typicalLearningTime', [x('lom:duration', record.learningTime)])]),
    x('lom:rights', [
      word('cost', 'no'),
      word('copyrightAndOtherRestrictions', 'yes'),
      text('description', record.rights),
    ]),
    ...record.objectives.map((objective) =>
      x('lom:classification', [word('purpose', 'educational objective'), text('description', objective)]),
    ),
  ]);
}
