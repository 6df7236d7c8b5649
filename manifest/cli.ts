/** The packager's command line: `tsx manifest/cli.ts <command>`, run from the root of the repository. */
import { writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { readCourse } from '../src/content/read-course.ts';
import { type CourseProblem, formatProblem } from '../src/model/course-problem.ts';
import { packageManifest } from './assemble-package.ts';
import { buildPackages } from './build-packages.ts';
import { BundleError } from './bundle-player.ts';
import { defaultFormat, formats } from './formats.ts';
import { PackageFileError } from './package-file.ts';
import { packagePaths } from './package-paths.ts';

const courseDir = 'course';
const outDir = 'dist';

/** The commands: what each does, for the usage, and the function that does it and returns the exit code. */
const commands = {
  build: { purpose: `make a package of every format in ${outDir}/`, run: build },
  manifest: { purpose: `rewrite ${packagePaths.manifest} of the default package`, run: manifest },
} satisfies Record<string, { purpose: string; run: () => Promise<number> }>;

async function build(): Promise<number> {
  const result = await buildPackages({ courseDir, outDir });
  if (!result.ok) return reportProblems(result.problems, result.warnings);
  reportWarnings(result.warnings);
  for (const { format, zip, size } of result.packages) {
    console.log(`${relative('', zip)}  ${(size / 1024).toFixed(1)} KB  ${formats[format].title}`);
  }
  return 0;
}

async function manifest(): Promise<number> {
  const read = await readCourse(courseDir);
  if (!read.ok) return reportProblems(read.problems, read.warnings);
  reportWarnings(read.warnings);
  await writeFile(packagePaths.manifest, await packageManifest(read.source, formats[defaultFormat]));
  console.log(packagePaths.manifest);
  return 0;
}

function reportWarnings(warnings: readonly CourseProblem[]): void {
  for (const warning of warnings) console.warn(`warning  ${formatProblem(warning)}\n`);
}

function reportProblems(problems: readonly CourseProblem[], warnings: readonly CourseProblem[]): number {
  reportWarnings(warnings);
  for (const problem of problems) console.error(`${formatProblem(problem)}\n`);
  console.error(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in ${courseDir}/`);
  return 1;
}

function reportUsage(complaint: string): number {
  const known = Object.entries(commands).map(([name, { purpose }]) => `  ${name.padEnd(10)}${purpose}`);
  console.error([complaint, '', 'usage: tsx manifest/cli.ts <command>', '', ...known].join('\n'));
  return 1;
}

const isCommand = (name: string): name is keyof typeof commands => Object.hasOwn(commands, name);

async function main(args: string[]): Promise<number> {
  let positionals: string[];
  try {
    ({ positionals } = parseArgs({ args, allowPositionals: true, options: {} }));
  } catch (error) {
    if (error instanceof TypeError) return reportUsage(error.message);
    throw error;
  }
  const [name, ...more] = positionals;
  if (name === undefined) return reportUsage('a command is missing');
  if (!isCommand(name)) return reportUsage(`unknown command "${name}"`);
  if (more.length > 0) return reportUsage(`"${name}" takes nothing else, found "${more.join(' ')}"`);
  try {
    return await commands[name].run();
  } catch (error) {
    // Faults that the author can mend are told in a few lines; anything else keeps its stack.
    if (!(error instanceof PackageFileError || error instanceof BundleError)) throw error;
    console.error(error.message);
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
