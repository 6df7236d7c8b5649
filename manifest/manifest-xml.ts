/** What manifests share: what they tell of, their identifiers, texts, numbers and list of files, and how they become XML. */
import { createHash } from 'node:crypto';
import type { Element, ElementContent, Root } from 'xast';
import { toXml } from 'xast-util-to-xml';
import { x } from 'xastscript';
import { type Course, defaultProgram } from '../src/model/course.ts';
import type { ParsedCourse } from '../src/model/parse-course.ts';

/** What a manifest says of a course. */
export type ManifestContent = Pick<ParsedCourse, 'course' | 'metadata'>;

/** The identifiers of a manifest; each is an XML name that no other element of the manifest has. */
export interface ManifestIdentifiers {
  readonly manifest: string;
  readonly organization: string;
  /** Of the one leaf of the organization, the activity. */
  readonly activity: string;
  readonly resource: string;
}

/** The longest identifier: Moodle stores 255 characters. */
export const identifierLimit = 255;

/**
 * Names the parts of a manifest.
 *
 * The prefix makes the identifier an XML name (`xs:ID`) where a course's id starts with a digit. No version in
 * it: an LMS that is given a newer package finds its records by these identifiers. The manifest's own identifier
 * also names the program and the format, so that all packages of a course can stand in one LMS; the dot cannot be part
 * of an id, so that no two of them read the same.
 *
 * @param course - its id and its program are `[a-z0-9][a-z0-9-]*`
 * @param format - name of the package format
 */
export function manifestIdentifiers(course: Course, format: string): ManifestIdentifiers {
  const { id, program } = course;
  const name = program === defaultProgram ? id : `${id}.${program}`;
  return {
    manifest: boundedIdentifier(`manifest-${name}-${format}`),
    organization: boundedIdentifier(`organization-${id}`),
    activity: boundedIdentifier(`activity-${id}`),
    resource: boundedIdentifier(`resource-${id}`),
  };
}

/** Cuts an identifier that is too long, and tells it from others that begin alike by a digest of the whole. */
function boundedIdentifier(identifier: string): string {
  if (identifier.length <= identifierLimit) return identifier;
  const digest = createHash('sha256').update(identifier).digest('hex').slice(0, 16);
  return `${identifier.slice(0, identifierLimit - digest.length - 1)}.${digest}`;
}

// What XML 1.0 (Fifth Edition) 2.2, production 2 (Char), leaves out, halves of a surrogate pair among it. It cannot
// be escaped either: a reference such as &#0; is not well-formed.
const notXml = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/**
 * Makes a text fit for a manifest: one line, without the characters that XML 1.0 cannot hold, and cut (with an
 * ellipsis, between characters as a reader sees them) where it is too long.
 *
 * @param text - any text
 * @param limit - the longest result in UTF-16 units, which is never less than in characters, as XSD counts
 */
export function manifestText(text: string, limit: number): string {
  const line = text.replace(notXml, '').replace(/\s+/g, ' ').trim();
  if (line.length <= limit) return line;
  let cut = '';
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(line)) {
    if (cut.length + segment.length >= limit) break;
    cut += segment;
  }
  return `${cut.trimEnd()}…`;
}

/** The longest title: 200 characters (`titleType` of imscp_rootv1p1p2.xsd; Moodle stores 255). */
export const titleLimit = 200;

/** The longest version of a manifest: 20 characters (`attr.version` of imscp_rootv1p1p2.xsd). */
export const versionLimit = 20;

/** The title of the course in a manifest; never empty, for LMSs list packages by it. */
export const manifestTitle = ({ title, id }: Course): string =>
  manifestText(title, titleLimit) || manifestText(id, titleLimit);

/**
 * Writes a scaled score as a plain decimal with four digits (`measureType` of imsss_v1p0util.xsd; cmi5 13.1.4,
 * masteryScore). Cut, as the player cuts the scores that it reports: rounded up, it would let an LMS fail a learner who
 * has just reached the pass mark. The small addition undoes binary representation only: 0.57 * 10000 is
 * 5699.999999999999.
 *
 * @param scaled - 0 to 1
 */
export function measure(scaled: number): string {
  return (Math.floor(scaled * 10_000 + 1e-7) / 10_000).toFixed(4);
}

/** Lists the files of a package in a fixed order, as children of its resource. Paths need no escaping in an href. */
export function fileElements(paths: readonly string[]): Element[] {
  return [...paths].sort().map((href) => x('file', { href }));
}

/**
 * Writes a manifest as an XML file: with a declaration, indented, the same text for the same tree.
 *
 * @param manifest - the root element
 */
export function writeManifest(manifest: Element): string {
  const document: Root = x(null, [
    { type: 'instruction', name: 'xml', value: 'version="1.0" encoding="UTF-8"' },
    lineBreak(0),
    indent(manifest, 0),
    lineBreak(0),
  ]);
  // The library leaves ">" as it is, but "]]>" must not stand in a text (XML 1.0 2.4). There are no CDATA sections
  // here, so that every "]]>" is part of a text or an attribute.
  return toXml(document, { closeEmptyElements: true }).replaceAll(']]>', ']]&gt;');
}

function lineBreak(depth: number): ElementContent {
  return { type: 'text', value: `\n${'  '.repeat(depth)}` };
}

// White space goes only between elements, never into a text.
function indent(element: Element, depth: number): Element {
  if (!element.children.some((child) => child.type === 'element')) return element;
  const children = element.children.flatMap((child) => [
    lineBreak(depth + 1),
    child.type === 'element' ? indent(child, depth + 1) : child,
  ]);
  return { ...element, children: [...children, lineBreak(depth)] };
}
