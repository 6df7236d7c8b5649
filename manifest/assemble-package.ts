/** All files of a package, in memory: the one place that knows what goes into it. */
import { readFile } from 'node:fs/promises';
import type { CourseSource } from '../src/content/read-course.ts';
import { renderDocument } from '../src/content/render-document.ts';
import { readControlDocuments } from './control-documents.ts';
import type { PackageFormat } from './formats.ts';
import { checkPackagePaths, type PackageFile } from './package-file.ts';
import { packagePaths } from './package-paths.ts';

/**
 * Puts a package together: document, script, style, probe, media, control documents, and the manifest that lists them.
 *
 * @param source - the course, read and checked
 * @param format - the kind of package
 * @param player - the player's script and style
 * @returns every file of the package; the manifest comes first
 * @throws {@link PackageFileError} if a file's name cannot stand in a package
 */
export async function assemblePackage(
  source: CourseSource,
  format: PackageFormat,
  player: readonly PackageFile[],
): Promise<PackageFile[]> {
  const files = await listedFiles(source, format, player);
  const manifest = writeManifestOf(source, format, files);
  return [{ path: packagePaths.manifest, bytes: Buffer.from(manifest) }, ...files];
}

/**
 * Writes the manifest of a package without bundling the player: a manifest lists files, whatever is in them.
 *
 * @param source - the course, read and checked
 * @param format - the kind of package
 * @returns the manifest's whole text
 * @throws {@link PackageFileError} if a file's name cannot stand in a package
 */
export async function packageManifest(source: CourseSource, format: PackageFormat): Promise<string> {
  const player = [packagePaths.script, packagePaths.style].map((path) => ({ path, bytes: new Uint8Array() }));
  return writeManifestOf(source, format, await listedFiles(source, format, player));
}

async function listedFiles(
  source: CourseSource,
  format: PackageFormat,
  player: readonly PackageFile[],
): Promise<PackageFile[]> {
  const media = source.media.map(async ({ path, file }) => ({ path, bytes: await readFile(file) }));
  return [
    { path: packagePaths.document, bytes: Buffer.from(renderDocument(source, format.wire)) },
    ...player,
    { path: packagePaths.online, bytes: Buffer.from(`${source.course.id}\n`) },
    ...(await Promise.all(media)),
    ...(await readControlDocuments(format)),
  ];
}

function writeManifestOf(source: CourseSource, format: PackageFormat, files: readonly PackageFile[]): string {
  const paths = files.map(({ path }) => path);
  checkPackagePaths([packagePaths.manifest, ...paths]);
  return format.manifest(source.course, paths);
}
