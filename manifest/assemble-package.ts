/** All files of a package, in memory: the one place that knows what goes into it. */
import { readFile } from 'node:fs/promises';
import type { CourseSource } from '../src/content/read-course.ts';
import { packagedAssets, renderDocument } from '../src/content/render-document.ts';
import type { PlayerFiles } from './bundle-player.ts';
import { readControlDocuments } from './control-documents.ts';
import type { PackageFormat } from './formats.ts';
import { checkOwnPaths, checkPackagePaths, type PackageFile } from './package-file.ts';
import { packagePaths } from './package-paths.ts';

/**
 * Puts a package together: document, script, style, media, and what the format asks for beside them.
 *
 * @param source - the course of one training program, read and checked
 * @param format - the kind of package
 * @param player - the player that speaks the format's wire
 * @returns every file of the package; the manifest comes first, where there is one
 * @throws {@link PackageFileError} if a file's name cannot stand in a package
 */
export async function assemblePackage(
  source: CourseSource,
  format: PackageFormat,
  player: PlayerFiles,
): Promise<PackageFile[]> {
  const media = source.media.map(async ({ path, file }) => ({ path, bytes: await readFile(file) }));
  const document = renderDocument(source, packagedAssets(format.asks));
  const own: PackageFile[] = [
    { path: packagePaths.document, bytes: Buffer.from(document) },
    { path: packagePaths.script, bytes: Buffer.from(player.script) },
    { path: packagePaths.style, bytes: Buffer.from(player.style + source.style) },
    ...(format.asks === 'package'
      ? [{ path: packagePaths.online, bytes: Buffer.from(`${source.course.id}\n`) }]
      : []),
    ...(await Promise.all(media)),
  ];
  checkOwnPaths(own.map(({ path }) => path));
  const files = [...own, ...(await readControlDocuments(format))];
  const paths = files.map(({ path }) => path);
  checkPackagePaths(format.manifest ? [format.manifest.path, ...paths] : paths);
  if (!format.manifest) return files;

  const manifest = format.manifest.write(source, paths);
  return [{ path: format.manifest.path, bytes: Buffer.from(manifest) }, ...files];
}

/**
 * Writes the manifest of a package without bundling the player: a manifest lists files, whatever is in them.
 *
 * @param source - the course of one training program, read and checked
 * @param format - the kind of package
 * @returns the manifest's whole text; empty where the format has none
 * @throws {@link PackageFileError} if a file's name cannot stand in a package
 */
export async function packageManifest(source: CourseSource, format: PackageFormat): Promise<string> {
  const files = await assemblePackage(source, format, { script: '', style: '' });
  const manifest = files.find(({ path }) => path === format.manifest?.path);
  return Buffer.from(manifest?.bytes ?? []).toString();
}
