/** A file of a package, and the rules for its name. */
import { ownPathFault, ownPathRule, pathFault } from '../src/model/package-path.ts';
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
   * @param expected - what it should be
   */
  constructor(path: string, found: string, hint: string, expected: string) {
    super(`${JSON.stringify(path)} cannot go into a package`, { expected, found, hint });
    this.path = path;
  }
}

/**
 * Checks the names of the files that are ours to name: those of control documents are not.
 *
 * @param paths - path of every file, relative to the root of the package
 * @throws {@link PackageFileError} for the first name that breaks a rule
 */
export function checkOwnPaths(paths: readonly string[]): void {
  for (const path of paths) {
    const fault = ownPathFault(path);
    if (fault) throw new PackageFileError(path, fault.found, fault.hint, `a path of ${ownPathRule}`);
  }
}

const pathRule = 'a relative path of a–z, A–Z, 0–9, ".", "_" and "-", parts separated by "/", each name once';

/**
 * Checks the names of all files of a package. Names that differ in case only are one file on Windows and macOS.
 *
 * @param paths - path of every file, relative to the root of the package
 * @throws {@link PackageFileError} for the first name that breaks a rule
 */
export function checkPackagePaths(paths: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const path of paths) {
    const fault = pathFault(path);
    if (fault) throw new PackageFileError(path, fault.found, fault.hint, pathRule);
    const earlier = seen.get(path.toLowerCase());
    if (earlier !== undefined) {
      const found =
        earlier === path ? 'two files with this path' : `another file named ${JSON.stringify(earlier)}`;
      const hint = 'rename one of the two; upper and lower case count as the same';
      throw new PackageFileError(path, found, hint, pathRule);
    }
    seen.set(path.toLowerCase(), path);
  }
}
