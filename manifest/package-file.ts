/** A file of a package, and the rules for its name. */
import { MendableError } from './mendable-error.ts';

/** One file of a package, in memory. */
export interface PackageFile {
  /** Where it stands in the package: relative, parts separated by `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A file cannot go into a package under its name. The message names the file, what is wrong and what to do. */
export class PackageFileError extends MendableError {
  override readonly name = 'PackageFileError';

  /** The path as it was given. */
  readonly path: string;

  /**
   * @param path - the path as it was given
   * @param found - what is wrong with it
   * @param hint - what to do about it
   * @param letters - what a name may consist of beside digits and punctuation
   */
  constructor(path: string, found: string, hint: string, letters = 'a–z, A–Z') {
    super(`${JSON.stringify(path)} cannot go into a package`, {
      expected: `a relative path of ${letters}, 0–9, ".", "_" and "-", parts separated by "/", each name once`,
      found,
      hint,
    });
    this.path = path;
  }
}

const rename = 'rename the file';

/** The longest path of a file of our own, in characters: what fits into any folder of any server. */
const longestPath = 80;

/**
 * Checks the names of the files that are ours to name: those of control documents are not.
 *
 * @param paths - path of every file, relative to the root of the package
 * @throws {@link PackageFileError} for the first name that is too long or has a capital letter
 */
export function checkOwnPaths(paths: readonly string[]): void {
  checkPackagePaths(paths);
  for (const path of paths) {
    if (path.length > longestPath) {
      throw new PackageFileError(path, `${path.length} characters`, `shorten it to ${longestPath}`);
    }
    const capital = path.match(/[A-Z]/)?.[0];
    if (capital !== undefined) {
      throw new PackageFileError(
        path,
        `the capital letter "${capital}"`,
        'write the name in lower case, in the folder and on the pages',
        'a–z',
      );
    }
  }
}

/**
 * Checks the names of all files of a package.
 *
 * Stricter than the standards, which allow any URI: in these names nothing has to be escaped in a manifest, and
 * they come out of every unzip program on every server as they went in. Names that differ in case only are one
 * file on Windows and macOS.
 *
 * @param paths - path of every file, relative to the root of the package
 * @throws {@link PackageFileError} for the first name that breaks a rule
 */
export function checkPackagePaths(paths: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const path of paths) {
    checkPackagePath(path);
    const earlier = seen.get(path.toLowerCase());
    if (earlier !== undefined) {
      const found =
        earlier === path ? 'two files with this path' : `another file named ${JSON.stringify(earlier)}`;
      throw new PackageFileError(
        path,
        found,
        'rename one of the two; upper and lower case count as the same',
      );
    }
    seen.set(path.toLowerCase(), path);
  }
}

function checkPackagePath(path: string): void {
  if (path === '') throw new PackageFileError(path, 'an empty path', 'give the file a name');
  if (path.includes('\\')) throw new PackageFileError(path, 'a backslash', 'separate folders with "/"');
  if (path.startsWith('/'))
    throw new PackageFileError(path, 'an absolute path', 'leave out the "/" at the start');
  const parts = path.split('/');
  if (parts.includes('..'))
    throw new PackageFileError(path, 'a step out of the package ("..")', 'leave out ".."');
  if (parts.includes('')) throw new PackageFileError(path, 'an empty part', 'end with a file name; no "//"');
  const odd = path.match(/[^A-Za-z0-9._/-]/u)?.[0];
  if (odd !== undefined) throw new PackageFileError(path, `the character ${JSON.stringify(odd)}`, rename);
  if (parts.some((part) => part.startsWith('.'))) {
    throw new PackageFileError(path, 'a name that starts with "."', rename);
  }
  // Windows drops the last dot of a name, so the file would not be found under the name in the manifest.
  if (parts.some((part) => part.endsWith('.')))
    throw new PackageFileError(path, 'a name that ends with "."', rename);
}
