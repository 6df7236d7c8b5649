/** The schemas and DTDs that a package carries so that it can be validated without a network. */
import { readdir, readFile } from 'node:fs/promises';
import type { PackageFormat } from './formats.ts';
import type { PackageFile } from './package-file.ts';

/**
 * Reads the control documents of a format. They stand at the root of the package, beside the manifest
 * (SCORM 1.2 CAM 2.3; SCORM 2004 4th Ed. CAM 3.2).
 *
 * @returns the files, unchanged, in the order of their names; of two with one name, that of the later folder
 */
export async function readControlDocuments({ controlDocuments }: PackageFormat): Promise<PackageFile[]> {
  const files = new Map<string, URL>();
  for (const name of controlDocuments) {
    const folder = new URL(`control-documents/${name}/`, import.meta.url);
    for (const file of await readdir(folder)) files.set(file, new URL(file, folder));
  }
  return Promise.all(
    [...files]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(async ([path, file]) => ({ path, bytes: new Uint8Array(await readFile(file)) })),
  );
}
