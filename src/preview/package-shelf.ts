import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { type CourseManifest, ManifestError, readManifest } from './read-manifest.ts';

/** A zip found in the packages folder, its bytes unpacked in memory. */
export interface ShelvedPackage {
  /** `<folder>/<file name without .zip>`: names the package in addresses and in the attempt store. */
  readonly key: string;
  /** The path of the zip, as the packages folder was given. */
  readonly file: string;
  /** Every file of the zip by its exact entry name. */
  readonly entries: ReadonlyMap<string, Uint8Array>;
  readonly manifest: CourseManifest;
}

/** A zip found in the packages folder that cannot be played. */
export interface BrokenPackage {
  readonly key: string;
  readonly file: string;
  readonly problem: string;
  /** Whether nothing is wrong with it: it is made for a place that this preview is not. */
  readonly isForElsewhere?: boolean;
}

/** What stands on the shelf. */
export type FoundPackage = ShelvedPackage | BrokenPackage;

/** Whether a found package can be played. */
export function isPlayable(found: FoundPackage): found is ShelvedPackage {
  return 'manifest' in found;
}

/** Finds and reads the packages in `<folder>/*\/*.zip`; reads one again when its file has changed. */
export class PackageShelf {
  readonly folder: string;
  readonly #read = new Map<string, { readonly stamp: string; readonly found: FoundPackage }>();

  constructor(folder: string) {
    this.folder = folder;
  }

  /** All packages, sorted by key. A folder that does not exist is an empty shelf. */
  async list(): Promise<FoundPackage[]> {
    const programs = await namesIn(this.folder, 'folder');
    const found = await Promise.all(
      programs.map(async (program) => {
        const zips = await namesIn(join(this.folder, program), 'zip');
        return Promise.all(zips.map((zip) => this.#readPackage(program, zip)));
      }),
    );
    return found.flat().sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  /** The package with this key. Keys are compared with what is on disk and never made into a path. */
  async find(key: string): Promise<FoundPackage | undefined> {
    return (await this.list()).find((found) => found.key === key);
  }

  async #readPackage(program: string, zip: string): Promise<FoundPackage> {
    const file = join(this.folder, program, zip);
    const key = `${program}/${zip.slice(0, -'.zip'.length)}`;
    try {
      const { mtimeMs, size } = await stat(file);
      const stamp = `${mtimeMs} ${size}`;
      const known = this.#read.get(file);
      if (known?.stamp === stamp) return known.found;
      const found = unpack(key, file, await readFile(file));
      this.#read.set(file, { stamp, found });
      return found;
    } catch (error) {
      return { key, file, problem: `The file cannot be read: ${String(error)}` };
    }
  }
}

function unpack(key: string, file: string, bytes: Uint8Array): FoundPackage {
  let entries: Map<string, Uint8Array>;
  try {
    entries = new Map(Object.entries(unzipSync(bytes)).filter(([name]) => !name.endsWith('/')));
  } catch (error) {
    return {
      key,
      file,
      problem: `Expected a zip file, found something else (${String(error)}). Build the package again.`,
    };
  }
  const manifestXml = entries.get('imsmanifest.xml');
  if (!manifestXml && entries.has('cmi5.xml')) {
    return { key, file, problem: 'For an LMS with cmi5, which has an LRS.', isForElsewhere: true };
  }
  // By its name alone: one without a manifest may as well be a SCORM package that is broken.
  if (!manifestXml && key.endsWith('-web')) {
    return { key, file, problem: 'For any web server, without an LMS.', isForElsewhere: true };
  }
  if (!manifestXml) {
    return {
      key,
      file,
      problem: 'Expected imsmanifest.xml at the top of the zip, found none. Is this a SCORM package?',
    };
  }
  try {
    const manifest = readManifest(manifestXml);
    const launchFile = decodeURI(manifest.href.replace(/[?#].*$/s, ''));
    if (!entries.has(launchFile)) {
      return {
        key,
        file,
        problem: `imsmanifest.xml launches ${launchFile}, which is not in the zip. Build the package again.`,
      };
    }
    return { key, file, entries, manifest };
  } catch (error) {
    if (error instanceof ManifestError || error instanceof URIError) {
      return { key, file, problem: error.message };
    }
    throw error;
  }
}

async function namesIn(folder: string, wanted: 'folder' | 'zip'): Promise<string[]> {
  try {
    const found = await readdir(folder, { withFileTypes: true });
    return found
      .filter((each) =>
        wanted === 'folder' ? each.isDirectory() : each.isFile() && each.name.endsWith('.zip'),
      )
      .map((each) => each.name);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
