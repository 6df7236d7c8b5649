import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { type PackageRecord, parseRecord } from './attempt-record.ts';

/**
 * Keeps attempts over restarts: one JSON file per package, written atomically, read anew at every use so that
 * what it answers is what is on disk.
 */
export class AttemptStore {
  readonly folder: string;
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(folder: string) {
    this.folder = folder;
  }

  /** The record of a package, or undefined when nothing has been recorded. */
  async read(key: string): Promise<PackageRecord | undefined> {
    return this.#readFile(this.#fileOf(key));
  }

  /** The records of all packages ever played, on the shelf or not. */
  async readAll(): Promise<PackageRecord[]> {
    const files = (await this.#files()).filter((file) => file.endsWith('.json'));
    const records = await Promise.all(files.map((file) => this.#readFile(file)));
    return records.filter((record) => record !== undefined);
  }

  /** Files that could not be read and were set aside: they stay until someone looks at them. */
  async setAside(): Promise<string[]> {
    return (await this.#files()).filter((file) => file.includes('.unreadable-'));
  }

  /** Reads, changes and writes a package's record. Changes to one package wait for each other. */
  async update(
    key: string,
    change: (record: PackageRecord | undefined) => PackageRecord,
  ): Promise<PackageRecord> {
    const before = this.#turns.get(key) ?? Promise.resolve();
    const turn = before.then(async () => {
      const changed = change(await this.read(key));
      const file = this.#fileOf(key);
      await mkdir(dirname(file), { recursive: true });
      await writeFileAtomic(file, `${JSON.stringify(changed, null, 2)}\n`);
      return changed;
    });
    this.#turns.set(
      key,
      turn.catch(() => undefined),
    );
    return turn;
  }

  /** Keys come from the packages folder's own listing, so no key can lead out of the data folder. */
  #fileOf(key: string): string {
    return join(this.folder, `${key}.json`);
  }

  async #files(): Promise<string[]> {
    try {
      const found = await readdir(this.folder, { recursive: true });
      return found.map((name) => join(this.folder, name)).sort();
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  async #readFile(file: string): Promise<PackageRecord | undefined> {
    let written: string;
    try {
      written = await readFile(file, 'utf8');
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
    const read = parse(written);
    if (read.record) return read.record;

    const aside = `${file}.unreadable-${new Date().toISOString().replace(/[:.]/g, '-')}`;
    try {
      await rename(file, aside);
    } catch (error) {
      // Two reads at once may find the same damage; the first has moved the file.
      if (!isMissing(error)) throw error;
      return undefined;
    }
    console.warn(
      `${relative('.', file)}: expected attempts as this preview writes them (version 1), found ${read.problem}. Set aside as ${relative('.', aside)}; recording starts anew.`,
    );
    return undefined;
  }
}

function parse(
  written: string,
): { readonly record: PackageRecord } | { readonly record?: never; readonly problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(written);
  } catch (error) {
    return { problem: `no JSON (${error instanceof Error ? error.message : error})` };
  }
  const checked = parseRecord(json);
  if (checked.success) return { record: checked.output };
  const issue = checked.issues[0];
  const where = issue.path?.map((step) => String(step.key)).join('.') ?? 'the top';
  return { problem: `${issue.received} at ${where} instead of ${issue.expected}` };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
