/** The packager's command line: `tsx manifest/cli.ts <command>`, run from the root of the repository. */
import { writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { ledgerName } from '../src/content/course-files.ts';
import { readCourse } from '../src/content/read-course.ts';
import { type CourseProblem, formatProblem } from '../src/model/course-problem.ts';
import { type ListPath, nameInLedger, plainLists } from '../src/model/ledger.ts';
import { packageManifest } from './assemble-package.ts';
import { buildPackages, count } from './build-packages.ts';
import { BundleError } from './bundle-player.ts';
import { defaultFormat, formatNames, formats } from './formats.ts';
import { numberIds, renameId } from './number-ids.ts';
import { PackageFileError } from './package-file.ts';
import { packagePaths } from './package-paths.ts';

const courseDir = 'course';
const outDir = 'dist';
const ledgerFile = `${courseDir}/${ledgerName}`;

/** The commands: what each does, for the usage, and the function that does it and returns the exit code. */
const commands = {
  build: { purpose: `make a package of every format in ${outDir}/`, run: build },
  manifest: { purpose: `rewrite ${packagePaths.manifest} of the default package`, run: manifest },
  ids: { purpose: `number what is new in ${courseDir}/ in ${ledgerFile}`, run: ids },
} satisfies Record<string, { purpose: string; run: () => Promise<number> }>;

async function build(): Promise<number> {
  const result = await buildPackages({ courseDir, outDir });
  if (!result.ok) return reportProblems(result.problems, result.warnings);
  reportWarnings(result.warnings);
  for (const { format, zip, size } of result.packages) {
    console.log(`${relative('', zip)}  ${(size / 1024).toFixed(1)} KB  ${formats[format].title}`);
  }
  const limits = formatNames
    .map((name) => formats[name])
    .map(
      ({ title, stateLimit }, index) => `${count(stateLimit)}${index === 0 ? ' characters' : ''} (${title})`,
    );
  console.log(`State of a learner: at most ${count(result.stateSize)} of ${limits.join(', of ')}`);
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

async function ids(): Promise<number> {
  const result = await numberIds(courseDir);
  if (!result.ok) return reportProblems(result.problems, []);
  for (const { path, id, number } of result.given)
    console.log(`${nameInLedger(path, id)} is number ${number}`);
  console.log(result.given.length === 0 ? 'nothing new' : `${ledgerFile}: commit it with the course`);
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

async function rename(args: readonly string[]): Promise<number> {
  const asked = readRename(args);
  if (!asked) return reportUsage(`"--rename" cannot be followed by "${args.join(' ')}"`);
  const { path, from, to } = asked;
  const result = await renameId(courseDir, path, from, to);
  if (!result.ok) {
    if ('problems' in result) return reportProblems(result.problems, []);
    console.error(result.complaint);
    return 1;
  }
  console.log(`${nameInLedger(path, from)} is \`${to}\` now and keeps its number`);
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

const renaming = [
  '',
  '  ids --rename takeaways OLD NEW                       a takeaway keeps its number under another id',
  '  ids --rename pages OLD NEW                           a page does',
  '  ids --rename questions OLD NEW                       a question does',
  '  ids --rename options QUESTION/OLD QUESTION/NEW       an option does',
];

function reportUsage(complaint: string): number {
  const known = Object.entries(commands).map(([name, { purpose }]) => `  ${name.padEnd(10)}${purpose}`);
  console.error(
    [complaint, '', 'usage: tsx manifest/cli.ts <command>', '', ...known, ...renaming].join('\n'),
  );
  return 1;
}

const isCommand = (name: string): name is keyof typeof commands => Object.hasOwn(commands, name);

async function main(args: string[]): Promise<number> {
  let positionals: string[];
  let renames: boolean;
  try {
    const parsed = parseArgs({
      args,
      allowPositionals: true,
      options: { rename: { type: 'boolean', default: false } },
    });
    positionals = parsed.positionals;
    renames = parsed.values.rename;
  } catch (error) {
    if (error instanceof TypeError) return reportUsage(error.message);
    throw error;
  }
  const [name, ...more] = positionals;
  if (name === undefined) return reportUsage('a command is missing');
  if (!isCommand(name)) return reportUsage(`unknown command "${name}"`);
  if (renames) return name === 'ids' ? rename(more) : reportUsage(`"${name}" does not take "--rename"`);
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
