/** The folder of packages: the only place that writes into it and removes from it. What a build has not made stays. */
import { access, mkdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import writeFileAtomic from 'write-file-atomic';
import { hasCode } from '../src/content/error-code.ts';
import { type CatalogEntry, catalogName, formatCatalog, parseCatalog } from './catalog.ts';
import { MendableError } from './mendable-error.ts';
import type { PackageFile } from './package-file.ts';

/** Packages cannot be put where they should go. The message says what is in the way; nothing has been changed. */
export class OutputError extends MendableError {
  override readonly name = 'OutputError';

  /**
   * @param path - what is in the way
   * @param expected - what may stand there
   * @param found - what does
   */
  constructor(path: string, expected: string, found: string) {
    super(`no packages can be put at ${JSON.stringify(path)}; nothing has been changed`, {
      expected,
      found,
      hint: 'choose another folder with --out, or move away what is there',
    });
  }
}

/** A package in memory, and what the catalogue says of it. */
export interface MadePackage {
  readonly entry: CatalogEntry;
  readonly files: readonly PackageFile[];
  readonly zip: Uint8Array;
}

/** The folder in which a build lays ready what it has made. Whoever has made the folder has the turn. */
const workshop = '.building';

/** After so many milliseconds a build whose folder still stands there has been cut off: it takes a second or two. */
const abandonedAfter = 20_000;

/** Path of the unpacked copy, beside its zip and of the same name. */
export const unpackedPath = ({ file }: CatalogEntry): string => file.replace(/\.zip$/, '');

const placesOf = (entry: CatalogEntry): string[] => [entry.file, unpackedPath(entry)];

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

async function writeInto(file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bytes);
}

/** Waits until no other build is at work in the folder. */
async function takeTurn(folder: string): Promise<void> {
  for (;;) {
    try {
      await mkdir(folder);
      return;
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    }
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > abandonedAfter) await rm(folder, { recursive: true, force: true });
    else await wait(100);
  }
}

/**
 * Reads the catalogue in a folder; empty where there is none.
 *
 * @throws {@link OutputError} if what stands in its place was not written by a build
 */
async function readCatalog(outDir: string): Promise<readonly CatalogEntry[]> {
  const path = join(outDir, catalogName);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
  const entries = parseCatalog(text);
  if (!entries) throw new OutputError(path, 'no file, or the catalogue of an earlier build', 'another file');
  return entries;
}

/** Puts what has been laid ready in its place, and takes away what it replaces: all of it, or nothing. */
async function exchange(
  outDir: string,
  made: readonly CatalogEntry[],
  isReplaced: (earlier: CatalogEntry) => boolean,
): Promise<void> {
  const earlier = await readCatalog(outDir);
  const places = made.flatMap(placesOf);
  const gone = earlier.filter((entry) => isReplaced(entry) || places.includes(entry.file));
  const known = gone.flatMap(placesOf);
  for (const place of places.filter((path) => !known.includes(path))) {
    const path = join(outDir, place);
    if (await exists(path))
      throw new OutputError(path, 'nothing, or what the catalogue lists', 'something else');
  }

  const undo: (() => Promise<void>)[] = [];
  const move = async (from: string, to: string) => {
    await mkdir(dirname(to), { recursive: true });
    await rename(from, to);
    undo.unshift(() => rename(to, from));
  };
  try {
    for (const place of known) {
      const path = join(outDir, place);
      if (await exists(path)) await move(path, join(outDir, workshop, 'old', place));
    }
    for (const place of places) await move(join(outDir, workshop, 'new', place), join(outDir, place));
    const kept = earlier.filter((entry) => !gone.includes(entry));
    await writeFileAtomic(join(outDir, catalogName), formatCatalog([...kept, ...made]));
  } catch (error) {
    for (const step of undo) await step();
    throw error;
  }
  for (const folder of new Set(known.map((place) => join(outDir, dirname(place)))))
    await rmdir(folder).catch(() => undefined);
}

/**
 * Puts packages into a folder: each zip, beside it a folder of the same name with its files, and the catalogue of all.
 * Everything is written aside first, so that a full disk, or a folder that may not be written to, costs nothing.
 *
 * @param outDir - the folder; created where it is missing
 * @param made - the packages
 * @param isReplaced - whether a package of an earlier build goes, as the catalogue has it; what none lists stays in any case
 * @throws {@link OutputError} if something is in the way that is no package of an earlier build
 */
export async function putPackages(
  outDir: string,
  made: readonly MadePackage[],
  isReplaced: (earlier: CatalogEntry) => boolean,
): Promise<void> {
  await mkdir(outDir, { recursive: true });
  await takeTurn(join(outDir, workshop));
  try {
    for (const { entry, files, zip } of made) {
      const ready = join(outDir, workshop, 'new');
      await writeInto(join(ready, entry.file), zip);
      for (const { path, bytes } of files) await writeInto(join(ready, unpackedPath(entry), path), bytes);
    }
    await exchange(
      outDir,
      made.map(({ entry }) => entry),
      isReplaced,
    );
  } finally {
    await rm(join(outDir, workshop), { recursive: true, force: true });
  }
}
