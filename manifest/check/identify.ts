/** Which standard and edition a manifest follows. */
import {
  type EditionName,
  editions,
  manifestNames,
  namespaces,
  type ScormEdition,
  scormEditions,
} from './editions.ts';
import type { ManifestPlace } from './find-manifest.ts';
import { type Finding, finding, quote } from './finding.ts';
import { attribute, childrenNamed, type ManifestElement, trimmed, withDescendants } from './manifest-tree.ts';

/**
 * Tells the edition from the root element, `<schemaversion>` and the namespaces, and checks that they agree.
 *
 * SCORM 1.2 CAM 2.3 and SCORM 2004 CAM 3.4.1.3, 3.4.1.4 (`<schema>`, `<schemaversion>`); cmi5 13.2.0.0-1.
 *
 * @param root - the manifest's root element
 * @param place - which file it is
 * @returns the edition whose rules to check; undefined where it follows none that the checker knows
 */
export function* identify(
  root: ManifestElement,
  place: ManifestPlace,
): Generator<Finding, EditionName | undefined> {
  const rootName = place.kind === 'cmi5' ? 'courseStructure' : 'manifest';
  const cmi5 = place.kind === 'cmi5';
  const foreign = cmi5 ? root.namespace !== editions.cmi5.namespace : /imsccv1p|imsqti/.test(root.namespace);
  if (root.name !== rootName || foreign) {
    yield finding('manifest-root', at(place, root), {
      message: 'the manifest has the root element of something else',
      expected: cmi5 ? `<${rootName} xmlns="${editions.cmi5.namespace}">` : `<${rootName}> of SCORM`,
      found: `<${root.name}> in ${root.namespace === '' ? 'no namespace' : quote(root.namespace)}`,
      hint: root.namespace.includes('imscc')
        ? 'this is a Common Cartridge: import it as such, or publish the course as SCORM'
        : `write ${manifestNames[place.kind]} anew with a program that knows the standard`,
    });
    return undefined;
  }
  return cmi5 ? 'cmi5' : yield* identifyScorm(root, place);
}

const at = (place: ManifestPlace, { line }: ManifestElement) => ({ file: place.path, line });

function* identifyScorm(root: ManifestElement, place: ManifestPlace): Generator<Finding, ScormEdition> {
  const [metadata] = childrenNamed(root, 'metadata');
  const [schema] = childrenNamed(metadata, 'schema');
  const [schemaVersion] = childrenNamed(metadata, 'schemaversion');
  const used = new Set(namespacesOf(root));
  const name = guess(trimmed(schemaVersion), used, root.namespace);
  const edition = editions[name];

  if (schema?.text !== 'ADL SCORM') {
    yield finding('schema-name', at(place, schema ?? metadata ?? root), {
      message: 'the manifest does not say that it follows SCORM',
      expected: '<schema>ADL SCORM</schema> in <metadata>',
      found: schema ? quote(schema.text) : 'no <schema>',
      hint: 'write exactly "ADL SCORM": ADL’s conformance test fails a package without it',
    });
  }
  if (!scormEditions.some((known) => editions[known].schemaVersion === schemaVersion?.text)) {
    const known = scormEditions.map((each) => quote(editions[each].schemaVersion)).join(', ');
    yield finding('schema-version', at(place, schemaVersion ?? metadata ?? root), {
      message: 'the manifest does not name its edition of SCORM to the letter',
      expected: `<schemaversion> with one of ${known}; here probably ${quote(edition.schemaVersion)}`,
      found: schemaVersion ? quote(schemaVersion.text) : 'no <schemaversion>',
      hint: 'Moodle takes everything else for SCORM 1.2 without a word, and SCORM 2004 content then finds no API; mind spaces and line ends',
    });
  }
  const others = scormEditions.map((each) => editions[each]).filter(({ adlcp }) => adlcp !== edition.adlcp);
  const wrong = [
    ...(root.namespace === edition.namespace ? [] : [root.namespace]),
    ...new Set(others.map(({ adlcp }) => adlcp).filter((uri) => used.has(uri))),
    ...(name === 'scorm12' ? [namespaces.imsss, namespaces.adlseq, namespaces.adlnav] : []).filter((uri) =>
      used.has(uri),
    ),
  ];
  if (wrong.length > 0) {
    yield finding('version-namespaces', at(place, root), {
      message: `the manifest says ${title(name)}, but its namespaces say otherwise`,
      expected: `xmlns="${edition.namespace}" and xmlns:adlcp="${edition.adlcp}"`,
      found: wrong.map((uri) => (uri === '' ? 'no namespace' : quote(uri))).join(', '),
      hint: 'publish the course anew for one edition; an LMS goes by <schemaversion> or by the namespaces and then misses the rest',
    });
  }
  return name;
}

/** A name for readers: `SCORM 2004 3rd Edition`. */
export function title(name: EditionName): string {
  const { standard, edition } = editions[name];
  return edition === undefined ? standard : `${standard} ${edition}`;
}

function* namespacesOf(root: ManifestElement): Generator<string> {
  for (const element of withDescendants(root)) {
    yield element.namespace;
    for (const { namespace } of element.attributes) yield namespace;
  }
}

/** The edition that is meant, where what is written is not quite right. */
function guess(version: string, used: ReadonlySet<string>, namespace: string): ScormEdition {
  const written = version.toLowerCase();
  if (/4/.test(written.replace('2004', ''))) return 'scorm2004-4th';
  if (/3rd/.test(written)) return 'scorm2004-3rd';
  if (/1\.3|2004/.test(written)) return 'scorm2004-2nd';
  if (/1\.2/.test(written)) return 'scorm12';
  const newer =
    used.has(editions['scorm2004-4th'].adlcp) || namespace === editions['scorm2004-4th'].namespace;
  return newer ? 'scorm2004-4th' : 'scorm12';
}

/** The title of the course, for the report: of the default organization, or of cmi5's course. */
export function courseTitle(root: ManifestElement, kind: ManifestPlace['kind']): string | undefined {
  if (kind === 'cmi5') {
    const [course] = childrenNamed(root, 'course');
    const [titled] = childrenNamed(course, 'title');
    return trimmed(childrenNamed(titled, 'langstring')[0]) || undefined;
  }
  const [organizations] = childrenNamed(root, 'organizations');
  const all = childrenNamed(organizations, 'organization');
  const wanted = organizations && attribute(organizations, 'default');
  const chosen = all.find((each) => attribute(each, 'identifier') === wanted) ?? all[0];
  return trimmed(childrenNamed(chosen, 'title')[0]) || undefined;
}
