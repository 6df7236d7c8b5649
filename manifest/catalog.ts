/** The catalogue of what has been built: one file that says of every package what it is. */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Course } from '../src/model/course.ts';
import { type FormatName, formatNames } from '../src/model/format-names.ts';
import { formatOf } from './formats.ts';

const entrySchema = v.object({
  /** Id of the course. */
  course: v.string(),
  program: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]*$/)),
  format: v.picklist(formatNames),
  /** The standard, as people call it. */
  standard: v.string(),
  title: v.string(),
  language: v.string(),
  version: v.string(),
  /** The zip file, relative to the catalogue. */
  file: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]*\/[a-z0-9][a-z0-9.-]*\.zip$/)),
  /** In bytes. */
  size: v.number(),
  sha256: v.string(),
  completion: v.object({
    pages: v.picklist(['all', 'none']),
    quiz: v.picklist(['passed', 'submitted', 'none']),
  }),
  /** The pass mark in per cent; null for a program without questions. */
  passing: v.nullable(
    v.object({
      score: v.number(),
      counts: v.picklist(['best', 'last']),
      attempts: v.union([v.literal('unlimited'), v.number()]),
    }),
  ),
});

/** One package, as the catalogue has it. */
export type CatalogEntry = v.InferOutput<typeof entrySchema>;

const catalogSchema = v.object({ packages: v.array(entrySchema) });

/** Name of the catalogue in the folder of packages. */
export const catalogName = 'catalog.json';

/**
 * Describes a package.
 *
 * @param course - what is in it
 * @param format - its kind
 * @param file - path of the zip file, relative to the catalogue
 * @param zip - the bytes of the zip file
 */
export function describePackage(
  course: Course,
  format: FormatName,
  file: string,
  zip: Uint8Array,
): CatalogEntry {
  const { completion, passing } = course.rules;
  return {
    course: course.id,
    program: course.program,
    format,
    standard: formatOf(format).title,
    title: course.title,
    language: course.language,
    version: course.version,
    file,
    size: zip.length,
    sha256: createHash('sha256').update(zip).digest('hex'),
    completion,
    passing:
      course.items.length === 0
        ? null
        : {
            // Undoes binary representation only: 0.57 * 100 is 56.99999999999999.
            score: Math.round(passing.scaled * 1e6) / 1e4,
            counts: passing.counts,
            attempts: passing.attempts ?? 'unlimited',
          },
  };
}

/** Reads the catalogue in a folder; one that is not there or is none reads as empty. */
export async function readCatalog(dir: string): Promise<CatalogEntry[]> {
  try {
    return v.parse(catalogSchema, JSON.parse(await readFile(join(dir, catalogName), 'utf8'))).packages;
  } catch {
    return [];
  }
}

/** Writes the catalogue: programs by name, `default` as any other; formats in the order in which they are made. */
export async function writeCatalog(dir: string, entries: readonly CatalogEntry[]): Promise<void> {
  const packages = [...entries].sort(
    (a, b) =>
      a.program.localeCompare(b.program, 'en') ||
      formatNames.indexOf(a.format) - formatNames.indexOf(b.format),
  );
  await writeFile(join(dir, catalogName), `${JSON.stringify({ packages }, undefined, 2)}\n`);
}
