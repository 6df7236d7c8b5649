/** The schemas and DTDs that a package carries so that it can be validated without a network. */
import { readdir, readFile } from 'node:fs/promises';
import type { PackageFormat } from './formats.ts';
import type { PackageFile } from './package-file.ts';

/**
 * Reads the control documents of a format. They stand at the root of the package, beside the manifest
 * (SCORM 1.2 CAM 2.3; SCORM 2004 4th Ed. CAM 3.2).
 *
 * @returns the files, unchanged, in the order of their names
 */
export async function readControlDocuments(format: PackageFormat): Promise<PackageFile[]> {
  const folder = new URL(`control-documents/${format.controlDocuments}/`, import.meta.url);
  const names = (await readdir(folder)).sort();
  return Promise.all(
    names.map(async (path) => ({ path, bytes: new Uint8Array(await readFile(new URL(path, folder))) })),
  );
}
