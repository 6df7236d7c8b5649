/** From a course's folder to packages on the disk. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stateSize } from '../src/attempt/state-size.ts';
import { type CourseSource, type ReadResult, readCourse } from '../src/content/read-course.ts';
import type { CourseProblem } from '../src/model/course-problem.ts';
import { type FormatName, formatNames } from '../src/model/format-names.ts';
import { assemblePackage } from './assemble-package.ts';
import { bundlePlayer, type PlayerFiles } from './bundle-player.ts';
import { type CatalogEntry, describePackage, readCatalog, writeCatalog } from './catalog.ts';
import { formatOf, isFormatName, type WireName } from './formats.ts';
import { zipPackage } from './zip.ts';

/** What is asked for is not there. The message says what there is. */
export class ChoiceError extends Error {
  override readonly name = 'ChoiceError';

  /**
   * @param what - the kind of thing, `program` or `format`
   * @param found - the name that was given
   * @param known - the names that there are
   */
  constructor(what: string, found: string, known: readonly string[]) {
    super(
      [
        `there is no ${what} "${found}"`,
        `  expected  one of ${known.join(', ')}`,
        `  found     "${found}"`,
        `  hint      write one of these names, or leave --${what} out for all of them`,
      ].join('\n'),
    );
  }
}

/** What to build, where from and where to. */
export interface BuildOptions {
  /** The course's folder. */
  readonly courseDir: string;
  /** The folder for packages, created where it is missing. */
  readonly outDir: string;
  /** Name of the one program to build; undefined for all. */
  readonly program?: string | undefined;
  /** Name of the one format to build; undefined for all of each program. */
  readonly format?: string | undefined;
}

/** How long the suspend data of a learner of a program can become, in characters. */
export interface StateSize {
  readonly program: string;
  readonly size: number;
}

/** Either every package, or every problem of the course; warnings in both cases. */
export type BuildResult =
  | {
      readonly ok: true;
      /** What was built, as the catalogue has it. */
      readonly packages: readonly CatalogEntry[];
      readonly stateSizes: readonly StateSize[];
      readonly warnings: readonly CourseProblem[];
    }
  | Extract<ReadResult, { ok: false }>;

/** The programs and their formats that are asked for. */
function choose(
  programs: readonly CourseSource[],
  { program, format }: BuildOptions,
): { readonly source: CourseSource; readonly chosen: readonly FormatName[] }[] {
  const names = programs.map(({ course }) => course.program);
  if (program !== undefined && !names.includes(program)) throw new ChoiceError('program', program, names);
  if (format !== undefined && !isFormatName(format)) throw new ChoiceError('format', format, formatNames);
  const asked = programs.filter(({ course }) => program === undefined || course.program === program);
  const made = asked.flatMap(({ formats }) => formats);
  if (format !== undefined && !made.includes(format)) {
    throw new ChoiceError('format', format, [...new Set(made)]);
  }
  return asked
    .map((source) => ({
      source,
      chosen: source.formats.filter((name) => format === undefined || name === format),
    }))
    .filter(({ chosen }) => chosen.length > 0);
}

/**
 * Builds packages: `<outDir>/<program>/<id>-<version>-<format>.zip`, beside each a folder `<format>/` with its files, and
 * `<outDir>/catalog.json`.
 *
 * Of an earlier build that goes which is made anew, and, where everything is built, all the rest; but only once every
 * package has been made: a course with problems leaves the disk as it was.
 *
 * @returns what was written
 * @throws {@link ChoiceError} if there is no such program or format
 * @throws {@link PackageFileError} if a file's name cannot stand in a package
 * @throws {@link BundleError} if the player is not one script and one style
 */
export async function buildPackages(options: BuildOptions): Promise<BuildResult> {
  const { courseDir, outDir } = options;
  const read = await readCourse(courseDir);
  if (!read.ok) return read;
  const choices = choose(read.programs, options);

  const players = new Map<WireName, Promise<PlayerFiles>>();
  const playerOf = (wire: WireName): Promise<PlayerFiles> => {
    const player = players.get(wire) ?? bundlePlayer(wire);
    players.set(wire, player);
    return player;
  };
  const made = await Promise.all(
    choices.flatMap(({ source, chosen }) =>
      chosen.map(async (name) => {
        const { course } = source;
        const format = formatOf(name);
        const files = await assemblePackage(source, format, await playerOf(format.wire));
        const zip = zipPackage(files);
        const path = `${course.program}/${course.id}-${course.version}-${name}.zip`;
        return { entry: describePackage(course, name, path, zip), files, zip };
      }),
    ),
  );

  const isAnew = ({ program, format }: CatalogEntry): boolean =>
    made.some(({ entry }) => entry.program === program && entry.format === format);
  const all = options.program === undefined && options.format === undefined;
  const earlier = await readCatalog(outDir);
  const kept = earlier.filter((entry) => !all && entry.course === read.source.course.id && !isAnew(entry));
  for (const { program, format, file } of earlier.filter((entry) => !kept.includes(entry))) {
    await rm(join(outDir, file), { force: true });
    await rm(join(outDir, program, format), { recursive: true, force: true });
  }
  for (const { entry, files, zip } of made) {
    const folder = join(outDir, entry.program, entry.format);
    // One that no catalogue knows.
    await rm(folder, { recursive: true, force: true });
    for (const { path, bytes } of files) await writeInto(join(folder, path), bytes);
    await writeInto(join(outDir, entry.file), zip);
  }
  await writeCatalog(outDir, [...kept, ...made.map(({ entry }) => entry)]);

  const stateSizes = choices.map(({ source: { course } }) => ({
    program: course.program,
    size: stateSize(course),
  }));
  return {
    ok: true,
    packages: made.map(({ entry }) => entry),
    stateSizes,
    warnings: [...read.warnings, ...stateSizes.flatMap((size) => checkStateSize(courseDir, size))],
  };
}

/**
 * Warns for every format whose LMS need not keep all of a learner's state.
 *
 * @param courseDir - the folder to name as the place: no single line is to blame
 */
export function checkStateSize(courseDir: string, { program, size }: StateSize): CourseProblem[] {
  return formatNames
    .map(formatOf)
    .filter(({ stateLimit }) => size > stateLimit)
    .map(({ title, stateLimit }) => ({
      file: `${courseDir}/course.yaml`,
      line: 1,
      column: 1,
      message: `the state of a learner of the program "${program}" can become too large for ${title}`,
      expected: `at most ${count(stateLimit)} characters`,
      found: `up to ${count(size)}`,
      // The order is that of attempt/suspend-data.ts.
      hint: 'until it fits, this is not kept, in this order: how long answers took, when they were given, the place on the page, then single answers and pages; make two courses of it',
    }));
}

/** Words a number of characters for a reader: `4,096`. */
export function count(characters: number): string {
  return characters.toLocaleString('en');
}

async function writeInto(file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bytes);
}
