/** How a package becomes one file. */
import { type Zippable, zipSync } from 'fflate';
import { formatNames } from '../src/model/format-names.ts';
import { formatOf } from './formats.ts';
import type { PackageFile } from './package-file.ts';

/**
 * Zips a package. The same files give the same bytes, whatever their order, the clock, the time zone or the machine:
 * entries are sorted, carry one fixed time, and have no extra fields, comments or folders of their own. The manifest
 * comes first, where a reader that looks only at the start of a file finds it.
 *
 * @param files - every file of the package; paths have been checked
 * @returns the bytes of the zip file
 */
export function zipPackage(files: readonly PackageFile[]): Uint8Array {
  const sorted = [...files].sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
  const entries: Zippable = Object.fromEntries(sorted.map(({ path, bytes }) => [path, bytes]));
  // A zip holds local time without a zone, and fflate takes it from the parts of a local date. Made from such parts, it
  // is the same in every zone. Noon: no zone changes its clocks then.
  return zipSync(entries, { level: 9, mtime: new Date(2020, 0, 1, 12, 0, 0) });
}

const manifests = formatNames.map((name) => formatOf(name).manifest?.path);

const rank = ({ path }: PackageFile): number => (manifests.includes(path) ? 0 : 1);
