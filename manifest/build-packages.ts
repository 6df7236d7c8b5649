/** From a course's folder to packages on the disk. */
import { relative, sep } from 'node:path';
import { stateSize } from '../src/attempt/state-size.ts';
import { type CourseSource, type ReadResult, readCourse } from '../src/content/read-course.ts';
import type { CourseProblem } from '../src/model/course-problem.ts';
import { type FormatName, formatNames } from '../src/model/format-names.ts';
import { assemblePackage } from './assemble-package.ts';
import { bundlePlayer, type PlayerFiles } from './bundle-player.ts';
import { type CatalogEntry, describePackage } from './catalog.ts';
import { formatOf, isFormatName, type WireName } from './formats.ts';
import { MendableError } from './mendable-error.ts';
import { OutputError, putPackages } from './output-folder.ts';
import { zipPackage } from './zip.ts';

/** What is asked for is not there. The message says what there is. */
export class ChoiceError extends MendableError {
  override readonly name = 'ChoiceError';

  /**
   * @param what - the kind of thing, `program` or `format`
   * @param found - the name that was given
   * @param known - the names that there are
   * @param complaint - what is wrong, where it is not that there is no such thing
   */
  constructor(
    what: string,
    found: string,
    known: readonly string[],
    complaint = `there is no ${what} "${found}"`,
  ) {
    super(complaint, {
      expected: `one of ${known.join(', ')}`,
      found: `"${found}"`,
      hint: `write one of these names, or leave --${what} out for all of them`,
    });
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
  /** What the program is made into. */
  readonly formats: readonly FormatName[];
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
    const whose = program === undefined ? 'no program is' : `the program "${program}" is not`;
    throw new ChoiceError('format', format, [...new Set(made)], `${whose} made into "${format}"`);
  }
  return asked
    .map((source) => ({
      source,
      chosen: source.formats.filter((name) => format === undefined || name === format),
    }))
    .filter(({ chosen }) => chosen.length > 0);
}

/** Refuses a folder for packages in which they would be taken for what an author has written. */
function checkOutDir({ courseDir, outDir }: BuildOptions): void {
  const [folder = ''] = relative(courseDir, outDir).split(sep);
  if (['pages', 'media', 'programs'].includes(folder))
    throw new OutputError(outDir, 'a folder for packages', `a folder of the course ${courseDir}`);
}

/**
 * Builds packages: `<outDir>/<program>/<id>-<version>-<format>.zip`, beside each a folder of the same name with its files,
 * and `<outDir>/catalog.json`.
 *
 * Of an earlier build of the course that goes which is made anew, and, where everything is built, all the rest; but only
 * once every package has been made: a course with problems leaves the disk as it was.
 *
 * @returns what was written
 * @throws {@link ChoiceError} if there is no such program or format
 * @throws {@link PackageFileError} if a file's name cannot stand in a package
 * @throws {@link BundleError} if the player is not one script and one style
 * @throws {@link OutputError} if something else is where the packages should go
 */
export async function buildPackages(options: BuildOptions): Promise<BuildResult> {
  const { courseDir, outDir } = options;
  checkOutDir(options);
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

  const all = options.program === undefined && options.format === undefined;
  await putPackages(
    outDir,
    made,
    ({ course, program, format }) =>
      course === read.source.course.id &&
      (all || made.some(({ entry }) => entry.program === program && entry.format === format)),
  );

  const stateSizes = choices.map(({ source: { course }, chosen }) => ({
    program: course.program,
    size: stateSize(course),
    formats: chosen,
  }));
  return {
    ok: true,
    packages: made.map(({ entry }) => entry),
    stateSizes,
    warnings: [...read.warnings, ...stateSizes.flatMap((size) => checkStateSize(courseDir, size))],
  };
}

/**
 * Warns for every format of a program whose LMS need not keep all of a learner's state.
 *
 * @param courseDir - the folder to name as the place: no single line is to blame
 */
export function checkStateSize(courseDir: string, { program, size, formats }: StateSize): CourseProblem[] {
  return formats
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
