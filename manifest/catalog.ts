/** The catalogue of what has been built: one file that says of every package what it is. */
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { Course } from '../src/model/course.ts';
import { type FormatName, formatNames } from '../src/model/format-names.ts';
import { programName } from '../src/model/program.ts';
import { completionFields, passingFields } from '../src/model/rule-schemas.ts';
import { formatOf } from './formats.ts';

const entrySchema = v.object({
  /** Id of the course. */
  course: v.string(),
  program: programName,
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
  completion: v.object(completionFields),
  /** The pass mark in per cent; null for a program without questions. */
  passing: v.nullable(v.object(passingFields)),
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

/** Reads the text of a catalogue; undefined where it is none. */
export function parseCatalog(text: string): readonly CatalogEntry[] | undefined {
  try {
    return v.parse(catalogSchema, JSON.parse(text)).packages;
  } catch {
    return undefined;
  }
}

/** Writes a catalogue: programs by name, `default` as any other; courses by id; formats in the order in which they are made. */
export function formatCatalog(entries: readonly CatalogEntry[]): string {
  const packages = [...entries].sort(
    (a, b) =>
      a.program.localeCompare(b.program, 'en') ||
      a.course.localeCompare(b.course, 'en') ||
      formatNames.indexOf(a.format) - formatNames.indexOf(b.format),
  );
  return `${JSON.stringify({ packages }, undefined, 2)}\n`;
}
