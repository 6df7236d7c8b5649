/** From a course's folder to packages on the disk. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stateSize } from '../src/attempt/state-size.ts';
import { type ReadResult, readCourse } from '../src/content/read-course.ts';
import type { CourseProblem } from '../src/model/course-problem.ts';
import { assemblePackage } from './assemble-package.ts';
import { bundlePlayer } from './bundle-player.ts';
import { type FormatName, formatNames, formats } from './formats.ts';
import type { PackageFile } from './package-file.ts';
import { zipPackage } from './zip.ts';

/** One package on the disk. */
export interface BuiltPackage {
  readonly format: FormatName;
  /** The folder with the package's files, unpacked. */
  readonly folder: string;
  /** The zip file to upload. */
  readonly zip: string;
  /** Size of the zip file in bytes. */
  readonly size: number;
}

/** Either every package, or every problem of the course; warnings in both cases. */
export type BuildResult =
  | {
      readonly ok: true;
      readonly packages: readonly BuiltPackage[];
      /** How long the suspend data of a learner can become, in characters. */
      readonly stateSize: number;
      readonly warnings: readonly CourseProblem[];
    }
  | Extract<ReadResult, { ok: false }>;

/** The training program that the packages are for, as a folder of the output. */
const program = 'default';

/**
 * Builds a package of every format: `<outDir>/default/<format>/` and `<outDir>/default/<id>-<version>-<format>.zip`.
 *
 * What an earlier build left in `<outDir>/default` is removed, but only once every package has been made: a course
 * with problems leaves the disk as it was.
 *
 * @param options - `courseDir`: the course's folder; `outDir`: the folder for packages, created where it is missing
 * @returns what was written, with paths that start with `outDir`
 * @throws {@link PackageFileError} if a file's name cannot stand in a package
 * @throws {@link BundleError} if the player is not one script and one style
 */
export async function buildPackages(options: { courseDir: string; outDir: string }): Promise<BuildResult> {
  const read = await readCourse(options.courseDir);
  if (!read.ok) return read;
  const { source, warnings } = read;

  const player = await bundlePlayer();
  const assembled = await Promise.all(
    formatNames.map(async (format) => ({
      format,
      files: await assemblePackage(source, formats[format], player),
    })),
  );

  const programDir = join(options.outDir, program);
  await rm(programDir, { recursive: true, force: true });
  const packages = await Promise.all(
    assembled.map(async ({ format, files }) => {
      const folder = join(programDir, format);
      await writeFiles(folder, files);
      const zip = join(programDir, `${source.course.id}-${source.course.version}-${format}.zip`);
      const bytes = zipPackage(files);
      await writeFile(zip, bytes);
      return { format, folder, zip, size: bytes.length };
    }),
  );
  const size = stateSize(source.course);
  const tooLarge = checkStateSize(`${options.courseDir}/course.yaml`, size);
  return { ok: true, packages, stateSize: size, warnings: [...warnings, ...tooLarge] };
}

/**
 * Warns for every format whose LMS need not keep all of a learner's state.
 *
 * @param file - the file to name as the place: no single line is to blame
 * @param size - how long suspend data can become, in characters
 */
export function checkStateSize(file: string, size: number): CourseProblem[] {
  return formatNames
    .map((name) => formats[name])
    .filter(({ stateLimit }) => size > stateLimit)
    .map(({ title, stateLimit }) => ({
      file,
      line: 1,
      column: 1,
      message: `the state of a learner can become too large for ${title}`,
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

async function writeFiles(folder: string, files: readonly PackageFile[]): Promise<void> {
  for (const { path, bytes } of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
}
