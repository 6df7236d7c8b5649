import { XmlDocument, XmlElement } from 'libxml2-wasm';
import type { Edition } from './messages.ts';

/** What an LMS takes from `imsmanifest.xml` to show and launch a package with one SCO. */
export interface CourseManifest {
  readonly title: string;
  readonly edition: Edition;
  readonly editionLabel: string;
  readonly suspendDataLimit: number;
  /** The launch page, relative to the package's root; may carry a query or a fragment. */
  readonly href: string;
  /** Handed to the SCO as the manifest gives them; the SCO can read and not write them. */
  readonly settings: {
    readonly launchData: string;
    /** SCORM 1.2 `adlcp:masteryscore`. */
    readonly masteryScore: string;
    /** SCORM 2004 `imsss:minNormalizedMeasure` of the primary objective. */
    readonly scaledPassingScore: string;
    /** SCORM 2004 `adlcp:completionThreshold`. */
    readonly completionThreshold: string;
  };
}

/** The manifest cannot be used. The message says what was expected, what was found and what to do. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
}

/**
 * Reads a manifest leniently, as LMSs do: elements are found by their local name, so that every edition's
 * namespaces are understood.
 * @throws ManifestError when there is nothing in it that could be launched.
 */
export function readManifest(xml: Uint8Array): CourseManifest {
  let manifest: XmlDocument;
  try {
    manifest = XmlDocument.fromBuffer(xml);
  } catch (error) {
    throw new ManifestError(
      `imsmanifest.xml: expected well-formed XML, found: ${error instanceof Error ? error.message.trim() : error}. Build the package again.`,
    );
  }
  try {
    return readCourse(manifest.root);
  } finally {
    // libxml2 lives in WebAssembly memory, which JavaScript's garbage collector does not see.
    manifest.dispose();
  }
}

function readCourse(root: XmlElement): CourseManifest {
  const organizations = first(root, 'organizations');
  const candidates = organizations ? children(organizations, 'organization') : [];
  const wanted = organizations?.attr('default')?.value;
  const organization =
    candidates.find((candidate) => candidate.attr('identifier')?.value === wanted) ?? candidates[0];
  if (!organization) {
    throw new ManifestError(
      'imsmanifest.xml: expected an <organization> with a course in it, found none. Is this a SCORM package?',
    );
  }
  const item = descendants(organization, 'item').find((each) => each.attr('identifierref'));
  const reference = item?.attr('identifierref')?.value;
  if (!item || !reference) {
    throw new ManifestError(
      'imsmanifest.xml: expected an <item> with an identifierref, found none. Is this a SCORM package?',
    );
  }
  const resource = descendants(root, 'resource').find((each) => each.attr('identifier')?.value === reference);
  const href = resource?.attr('href')?.value;
  if (!href) {
    throw new ManifestError(
      `imsmanifest.xml: expected a <resource identifier="${reference}"> with an href, found ${resource ? 'no href' : 'no such resource'}. Check the manifest's resources.`,
    );
  }
  const schemaVersion = text(first(root, 'schemaversion'));
  return {
    title: ownTitle(organization) || ownTitle(item) || 'Untitled course',
    ...readEdition(schemaVersion),
    href,
    settings: {
      launchData: text(first(item, 'datafromlms') ?? first(item, 'dataFromLMS')),
      masteryScore: text(first(item, 'masteryscore')),
      scaledPassingScore: text(first(item, 'minNormalizedMeasure')),
      completionThreshold: readThreshold(first(item, 'completionThreshold')),
    },
  };
}

function readEdition(
  schemaVersion: string,
): Pick<CourseManifest, 'edition' | 'editionLabel' | 'suspendDataLimit'> {
  // SCORM 1.2 lets a manifest leave its schemaversion out; 2004 does not.
  if (schemaVersion === '1.2' || schemaVersion === '') {
    return { edition: '1.2', editionLabel: 'SCORM 1.2', suspendDataLimit: 4096 };
  }
  if (schemaVersion === 'CAM 1.3') {
    return { edition: '2004', editionLabel: 'SCORM 2004 2nd Edition', suspendDataLimit: 4000 };
  }
  return { edition: '2004', editionLabel: `SCORM ${schemaVersion}`, suspendDataLimit: 64000 };
}

/** The 4th Edition has attributes (CAM 5.1.4), the 3rd a number as text. */
function readThreshold(threshold: XmlElement | undefined): string {
  if (!threshold) return '';
  if (threshold.attr('completedByMeasure')?.value !== 'true') return text(threshold);
  return threshold.attr('minProgressMeasure')?.value ?? '1.0';
}

function ownTitle(parent: XmlElement): string {
  return text(children(parent, 'title')[0]);
}

function text(element: XmlElement | undefined): string {
  return element?.content.trim() ?? '';
}

function first(parent: XmlElement, localName: string): XmlElement | undefined {
  return descendants(parent, localName)[0];
}

function descendants(parent: XmlElement, localName: string): XmlElement[] {
  return elements(parent, `.//*[local-name()="${localName}"]`);
}

function children(parent: XmlElement, localName: string): XmlElement[] {
  return elements(parent, `./*[local-name()="${localName}"]`);
}

function elements(parent: XmlElement, xpath: string): XmlElement[] {
  return parent.find(xpath).filter((node) => node instanceof XmlElement);
}
