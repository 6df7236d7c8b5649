/** The package checker: what an LMS, a server or a standard would say to a zip file, before it is uploaded. */
import { type CheckedPackage, spelling } from './checked-package.ts';
import { checkCmi5 } from './cmi5-rules.ts';
import { checkControlDocuments } from './control-document-rules.ts';
import { decodeXml } from './decode-xml.ts';
import { editions } from './editions.ts';
import { checkFiles } from './file-rules.ts';
import { findManifests, type ManifestPlace } from './find-manifest.ts';
import { type Finding, Findings, printable, shortened, sized } from './finding.ts';
import { courseTitle, identify } from './identify.ts';
import { checkLaunchPages, type LaunchedFile } from './launch-page.ts';
import { mostManifestBytes, parseManifest, tooLarge } from './manifest-tree.ts';
import { checkMoodle } from './moodle-rules.ts';
import { type Archive, readPackage } from './read-package.ts';
import type { CheckReport, PackageIdentity } from './report.ts';
import { checkSchemas } from './schemas.ts';
import { scormParts } from './scorm-parts.ts';
import { checkResources } from './scorm-resource-rules.ts';
import { checkStructure } from './scorm-structure-rules.ts';
import { checkScorm12 } from './scorm12-rules.ts';
import { checkScorm2004 } from './scorm2004-rules.ts';

export type { Finding } from './finding.ts';
export { type CheckReport, formatFinding, formatReport, hasErrors, type PackageIdentity } from './report.ts';
export { type RuleId, rules, type Severity } from './rules.ts';

/**
 * Checks a package of SCORM 1.2, SCORM 2004 (2nd to 4th Edition) or cmi5, whoever made it. Everything that is wrong is told at
 * once. Nothing is written, nothing in the package is run, nothing is fetched.
 *
 * @param bytes - the zip file
 * @param fileName - its name, for the report
 * @returns the report; whatever the bytes are, there is one
 */
export async function checkPackage(bytes: Uint8Array, fileName: string): Promise<CheckReport> {
  const findings = new Findings();
  const archive = await readPackage(bytes, fileName, findings);
  const identities: PackageIdentity[] = [];
  if (archive) {
    findings.take(checkFiles(archive));
    for (const place of findings.take(findManifests(archive))) {
      const identity = await checkManifest(archive, place, findings);
      if (identity) identities.push(identity);
    }
  }
  return { file: printable(fileName), package: identities[0], findings: findings.sorted() };
}

async function checkManifest(
  archive: Archive,
  place: ManifestPlace,
  findings: Findings,
): Promise<PackageIdentity | undefined> {
  const text = findings.take(readManifest(archive, place.path));
  const root = text === undefined ? undefined : findings.take(parseManifest(text, place.path));
  if (text === undefined || !root) return undefined;
  const edition = findings.take(identify(root, place));
  if (!edition) return undefined;

  const spellings = new Map([...archive.files.keys()].map((path) => [spelling(path), path]));
  const checked: CheckedPackage = { archive, place, edition, root, text, spellings };
  for (const found of await checkSchemas(text, root, place.path, edition)) findings.add(found);
  const pages = findings.take(edition === 'cmi5' ? checkCmi5(checked) : checkScorm(checked));
  findings.take(checkLaunchPages(archive, pages, place.folder));
  const { standard, edition: named } = editions[edition];
  const title = courseTitle(root, place.kind);
  return {
    standard,
    edition: named,
    title: title === undefined ? undefined : shortened(title),
    manifest: shortened(place.path),
    files: archive.files.size,
  };
}

function* readManifest(archive: Archive, path: string): Generator<Finding, string | undefined> {
  const content = yield* archive.read(path, mostManifestBytes);
  if (content === 'too-large') yield tooLarge(path, sized(archive.files.get(path)?.size ?? 0));
  return content instanceof Uint8Array ? yield* decodeXml(content, path) : undefined;
}

function* checkScorm(checked: CheckedPackage): Generator<Finding, LaunchedFile[]> {
  const parts = scormParts(checked);
  yield* checkStructure(checked, parts);
  const pages = yield* checkResources(checked, parts);
  yield* checkControlDocuments(checked);
  yield* checked.edition === 'scorm12' ? checkScorm12(checked) : checkScorm2004(checked);
  yield* checkMoodle(checked);
  return pages;
}
