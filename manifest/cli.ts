/** The packager's command line: `tsx manifest/cli.ts <command>`, run from the root of the repository. */
import { stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { ledgerName } from '../src/content/course-files.ts';
import { readCourse } from '../src/content/read-course.ts';
import { type CourseProblem, formatProblem } from '../src/model/course-problem.ts';
import { formatNames } from '../src/model/format-names.ts';
import { type ListPath, nameInLedger, plainLists } from '../src/model/ledger.ts';
import { packageManifest } from './assemble-package.ts';
import { buildPackages, ChoiceError, count } from './build-packages.ts';
import { BundleError } from './bundle-player.ts';
import { catalogName } from './catalog.ts';
import { checkFile } from './check/check-file.ts';
import { formatReport, hasErrors } from './check/report.ts';
import { defaultFormat, formatOf, formats } from './formats.ts';
import { NewCourseError, newCourse } from './new-course.ts';
import { numberIds, renameId } from './number-ids.ts';
import { OutputError } from './output-folder.ts';
import { PackageFileError } from './package-file.ts';
import { serveCourse } from './serve-course.ts';

/** What the command line says beside the command. */
interface Arguments {
  readonly operands: readonly string[];
  readonly options: {
    readonly program?: string;
    readonly format?: string;
    readonly course?: string;
    readonly out?: string;
    readonly rename?: boolean;
  };
}

/** Names of the options. */
type Option = keyof Arguments['options'];

/** One command: how it is written, what it does, what it takes, and the function that returns the exit code. */
interface Command {
  readonly usage: string;
  readonly purpose: string;
  readonly options: readonly Option[];
  /** What it takes beside options, for a complaint; undefined for nothing. */
  readonly operands?: string;
  readonly run: (given: Arguments) => Promise<number>;
}

const rootManifest = formats[defaultFormat].manifest.path;

const commands = {
  build: {
    usage: 'build [--program NAME] [--format NAME] [--course DIR] [--out DIR]',
    purpose: 'make packages in dist/: of every program, in every format',
    options: ['program', 'format', 'course', 'out'],
    run: build,
  },
  check: {
    usage: 'check FILE.zip …',
    purpose: 'examine packages, ours or anyone’s: SCORM 1.2, SCORM 2004, cmi5',
    options: [],
    operands: 'one zip file or more',
    run: check,
  },
  dev: {
    usage: 'dev [--course DIR]',
    purpose: 'serve a course while it is being written: every save is seen at once',
    options: ['course'],
    run: dev,
  },
  new: {
    usage: 'new DIR',
    purpose: 'begin a course of your own in a new folder',
    options: [],
    operands: 'one folder',
    run: begin,
  },
  ids: {
    usage: 'ids [--course DIR]',
    purpose: `number what is new in a course, in its ${ledgerName}`,
    options: ['course', 'rename'],
    operands: 'nothing but what --rename takes',
    run: ids,
  },
  manifest: {
    usage: 'manifest',
    purpose: `rewrite ${rootManifest} of the default package`,
    options: [],
    run: manifest,
  },
} satisfies Record<string, Command>;

const renaming = [
  ['ids --rename takeaways OLD NEW', 'a takeaway keeps its number under another id'],
  ['ids --rename pages OLD NEW', 'a page does'],
  ['ids --rename questions OLD NEW', 'a question does'],
  ['ids --rename options QUESTION/OLD QUESTION/NEW', 'an option does'],
] as const;

const courseOf = ({ options }: Arguments): string => options.course ?? 'course';

async function build(given: Arguments): Promise<number> {
  const { program, format, out = 'dist' } = given.options;
  const courseDir = courseOf(given);
  const result = await buildPackages({ courseDir, outDir: out, program, format });
  if (!result.ok) return reportProblems(courseDir, result.problems, result.warnings);
  reportWarnings(result.warnings);
  for (const { file, size, standard } of result.packages) {
    console.log(`${relative('', join(out, file))}  ${(size / 1024).toFixed(1)} KB  ${standard}`);
  }
  console.log(`${relative('', join(out, catalogName))}  what each of them is`);
  const limited = formatNames.map(formatOf).filter(({ stateLimit }) => Number.isFinite(stateLimit));
  const limits = limited.map(
    ({ title, stateLimit }, index) => `${count(stateLimit)}${index === 0 ? ' characters' : ''} (${title})`,
  );
  const largest = Math.max(...result.stateSizes.map(({ size }) => size));
  console.log(`State of a learner: at most ${count(largest)} of ${limits.join(', of ')}`);
  return 0;
}

async function dev(given: Arguments): Promise<number> {
  await serveCourse(courseOf(given));
  return 0;
}

async function check({ operands }: Arguments): Promise<number> {
  if (operands.length === 0) return reportUsage('"check" takes one zip file or more, found none');
  let failed = false;
  for (const file of operands) {
    const report = await checkFile(file);
    console.log(formatReport(report));
    failed ||= hasErrors(report);
  }
  return failed ? 1 : 0;
}

async function begin({ operands }: Arguments): Promise<number> {
  const [dir, ...more] = operands;
  if (dir === undefined || more.length > 0) {
    return reportUsage(`"new" takes one folder, found ${operands.length}`);
  }
  await newCourse(dir);
  const shown = relative('', dir) || '.';
  console.log(`${shown}/  begun; read ${shown}/course.yaml first`);
  const quoted = /\s/.test(shown) ? `"${shown}"` : shown;
  console.log(`npm run dev -- --course ${quoted}  shows it while you write`);
  console.log(`npm run build -- --course ${quoted}  makes its packages`);
  return 0;
}

async function manifest(given: Arguments): Promise<number> {
  const read = await readCourse(courseOf(given));
  if (!read.ok) return reportProblems(courseOf(given), read.problems, read.warnings);
  reportWarnings(read.warnings);
  await writeFile(rootManifest, await packageManifest(read.source, formats[defaultFormat]));
  console.log(rootManifest);
  return 0;
}

async function ids(given: Arguments): Promise<number> {
  const courseDir = courseOf(given);
  if (given.options.rename) return rename(courseDir, given.operands);
  if (given.operands.length > 0)
    return reportUsage(`"ids" takes nothing else, found "${given.operands.join(' ')}"`);
  const result = await numberIds(courseDir);
  if (!result.ok) return reportProblems(courseDir, result.problems, []);
  for (const { path, id, number } of result.given)
    console.log(`${nameInLedger(path, id)} is number ${number}`);
  console.log(
    result.given.length === 0 ? 'nothing new' : `${courseDir}/${ledgerName}: commit it with the course`,
  );
  const { ok } = await readCourse(courseDir);
  if (!ok) console.log(`${courseDir}/ has problems: npm run build lists them`);
  return 0;
}

/** What `--rename LIST OLD NEW` names; undefined where it names nothing. An option is written `question-id/option-id`. */
function readRename([list, from, to, ...more]: readonly string[]):
  | { readonly path: ListPath; readonly from: string; readonly to: string }
  | undefined {
  if (from === undefined || to === undefined || more.length > 0) return undefined;
  const plain = plainLists.find((name) => name === list);
  if (plain) return { path: [plain], from, to };
  const [question = '', old, ...rest] = from.split('/');
  const [sameQuestion, option, ...restOfNew] = to.split('/');
  if (list !== 'options' || old === undefined || option === undefined) return undefined;
  if (question !== sameQuestion || rest.length + restOfNew.length > 0) return undefined;
  return { path: ['options', question], from: old, to: option };
}

async function rename(courseDir: string, operands: readonly string[]): Promise<number> {
  const asked = readRename(operands);
  if (!asked) return reportUsage(`"--rename" cannot be followed by "${operands.join(' ')}"`);
  const { path, from, to } = asked;
  const result = await renameId(courseDir, path, from, to);
  if (!result.ok) {
    if ('problems' in result) return reportProblems(courseDir, result.problems, []);
    console.error(result.complaint);
    return 1;
  }
  console.log(`${nameInLedger(path, from)} is \`${to}\` now and keeps its number`);
  return 0;
}

function reportWarnings(warnings: readonly CourseProblem[]): void {
  for (const warning of warnings) console.warn(`warning  ${formatProblem(warning)}\n`);
}

function reportProblems(
  courseDir: string,
  problems: readonly CourseProblem[],
  warnings: readonly CourseProblem[],
): number {
  reportWarnings(warnings);
  for (const problem of problems) console.error(`${formatProblem(problem)}\n`);
  console.error(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in ${courseDir}/`);
  return 1;
}

function reportUsage(complaint: string): number {
  const known = Object.values(commands).map(({ usage, purpose }) => `  ${usage}\n      ${purpose}`);
  const renames = renaming.map(([usage, purpose]) => `  ${usage}\n      ${purpose}`);
  console.error([complaint, '', 'usage: tsx manifest/cli.ts …', '', ...known, ...renames].join('\n'));
  return 1;
}

const isCommand = (name: string): name is keyof typeof commands => Object.hasOwn(commands, name);

/** Faults that whoever calls can mend: told in a few lines; anything else keeps its stack. */
const mendable = [PackageFileError, BundleError, ChoiceError, NewCourseError, OutputError];

/** What went wrong with a file, in the words of this program; undefined for anything else. */
function diskProblem(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('path' in error)) return undefined;
  return [
    `cannot use ${JSON.stringify(error.path)}`,
    '  expected  files and folders that are there and may be read and written',
    `  found     ${error.message}`,
    '  hint      look at the path, at who may write there, and at the room on the disk',
  ].join('\n');
}

/** Why there can be no course in a folder; undefined where there can be one. */
async function missingCourse(dir: string): Promise<string | undefined> {
  const found = await stat(dir).catch(() => undefined);
  if (found?.isDirectory()) return undefined;
  return [
    `there is no course in ${JSON.stringify(dir)}`,
    '  expected  the folder of a course, with course.yaml in it',
    `  found     ${found ? 'a file' : 'no such folder'}`,
    '  hint      look at the path after --course; `npm run new -- DIR` begins a course',
  ].join('\n');
}

/** Reads the command line; a text is a complaint. */
function readArguments(
  args: string[],
): { readonly name: string | undefined; readonly given: Arguments } | string {
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        program: { type: 'string' },
        format: { type: 'string' },
        course: { type: 'string' },
        out: { type: 'string' },
        rename: { type: 'boolean' },
      },
    });
    const [name, ...operands] = positionals;
    return { name, given: { operands, options: values } };
  } catch (error) {
    if (error instanceof TypeError) return error.message;
    throw error;
  }
}

async function main(args: string[]): Promise<number> {
  const read = readArguments(args);
  if (typeof read === 'string') return reportUsage(read);
  const { name, given } = read;
  if (name === undefined) return reportUsage('a command is missing');
  if (!isCommand(name)) return reportUsage(`unknown command "${name}"`);
  const command: Command = commands[name];
  const odd = Object.keys(given.options).find((option) => !command.options.some((known) => known === option));
  if (odd !== undefined) return reportUsage(`"${name}" does not take "--${odd}"`);
  if (command.operands === undefined && given.operands.length > 0) {
    return reportUsage(`"${name}" takes nothing else, found "${given.operands.join(' ')}"`);
  }
  const missing = command.options.includes('course') ? await missingCourse(courseOf(given)) : undefined;
  if (missing !== undefined) {
    console.error(missing);
    return 1;
  }
  try {
    return await command.run(given);
  } catch (error) {
    const isMendable = error instanceof Error && mendable.some((fault) => error instanceof fault);
    const complaint = isMendable ? error.message : diskProblem(error);
    if (complaint === undefined) throw error;
    console.error(complaint);
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
