/** Which file of a package is its manifest. */
import { manifestNames } from './editions.ts';
import { type Finding, finding, listed, quote } from './finding.ts';
import type { Archive } from './read-package.ts';

/** A manifest, and the folder that its package starts in. */
export interface ManifestPlace {
  readonly kind: keyof typeof manifestNames;
  readonly path: string;
  /** Empty, or a folder with its `/` at the end: where the manifest was found nested. */
  readonly folder: string;
}

/**
 * Looks for the manifest at the root, and, so that everything else can be checked too, where it should not be.
 *
 * SCORM 1.2 CAM 2.3 and SCORM 2004 CAM 3.4.1: `imsmanifest.xml` at the root; cmi5 14.1.0.0-2: `cmi5.xml` at the root.
 *
 * @param archive - the package's files
 * @returns the manifests to check: one, or none with a finding that says why, or two where the package follows two standards
 */
export function* findManifests(archive: Archive): Generator<Finding, ManifestPlace[]> {
  const paths = [...archive.files.keys()];
  const kinds = ['scorm', 'cmi5'] as const;
  const atRoot = kinds.filter((kind) => archive.files.has(manifestNames[kind]));
  if (atRoot.length === 2) {
    yield finding(
      'manifest-two-standards',
      { file: archive.name },
      {
        message: 'the package follows two standards at once',
        expected: 'one manifest',
        found: `${manifestNames.scorm} and ${manifestNames.cmi5}`,
        hint: 'an LMS takes the one that it looks for first; both are checked here',
      },
    );
  }
  if (atRoot.length > 0) return atRoot.map((kind) => ({ kind, path: manifestNames[kind], folder: '' }));

  const candidates = paths
    .flatMap((path) => {
      const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
      const kind = kinds.find((known) => manifestNames[known] === name);
      return kind ? [{ kind, path, folder: path.slice(0, path.length - name.length) }] : [];
    })
    .sort((a, b) => depth(a) - depth(b) || (a.path < b.path ? -1 : 1));
  const [place] = candidates;
  if (!place) {
    yield missing(archive, paths);
    return [];
  }
  const name = manifestNames[place.kind];
  if (place.folder !== '') {
    const wrapped = paths.every((path) => path.startsWith(place.folder) || path.startsWith('__MACOSX/'));
    yield finding(
      'manifest-nested',
      { file: place.path },
      {
        message: 'the manifest is in a folder, so LMSs do not find it',
        expected: `${name} at the root of the zip`,
        found: quote(place.path),
        hint: wrapped
          ? `the folder ${quote(place.folder)} was zipped: open it, select what is in it, and zip that; Moodle refuses the upload otherwise`
          : 'move the manifest and the files that it lists to the root of the zip; Moodle refuses the upload otherwise',
      },
    );
  }
  if (!place.path.endsWith(name)) {
    yield finding(
      'manifest-case',
      { file: place.path },
      {
        message: 'the name of the manifest has upper and lower case wrong',
        expected: quote(name),
        found: quote(place.path.slice(place.folder.length)),
        hint: `rename it to ${name}; Moodle and every LMS on Linux take them for two names`,
      },
    );
  }
  return [place];
}

const depth = ({ path }: ManifestPlace): number => path.split('/').length;

function missing(archive: Archive, paths: readonly string[]): Finding {
  const at = { file: archive.name };
  const inner = paths.filter((path) => /\.zip$/i.test(path));
  if (inner.length > 0) {
    return finding('manifest-zipped-twice', at, {
      message: 'there is no manifest, but another zip',
      expected: `${manifestNames.scorm} or ${manifestNames.cmi5} at the root of the zip`,
      found: listed(inner),
      hint: 'the package was probably zipped twice: unpack this zip once and upload the zip that is in it',
    });
  }
  return finding('manifest-missing', at, {
    message: 'there is no manifest, so this is no package for an LMS',
    expected: `${manifestNames.scorm} (SCORM) or ${manifestNames.cmi5} (cmi5) at the root of the zip`,
    found: otherPackage(paths),
    hint: 'publish the course as SCORM or cmi5 in the program it was made with',
  });
}

/** What the files look like instead. */
function otherPackage(paths: readonly string[]): string {
  const has = (pattern: RegExp): boolean => paths.some((path) => pattern.test(path));
  if (paths.length === 0) return 'no files at all';
  if (has(/(^|\/)tincan\.xml$/i)) return 'tincan.xml: a package for the Experience API (Tin Can)';
  if (has(/\.(crs|cst)$/i)) return 'course structure files of AICC';
  if (has(/(^|\/)moodle_backup\.xml$/i)) return 'a Moodle backup';
  if (has(/(^|\/)h5p\.json$/i)) return 'an H5P package';
  if (has(/\.epub$|(^|\/)META-INF\/container\.xml$/i)) return 'an e-book';
  return listed(paths);
}
