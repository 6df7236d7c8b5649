/**
 * The packager's command line: `tsx manifest/cli.ts <command>`, run from the root of the repository. Only what a command
 * needs is loaded, so that none waits for the others' libraries.
 */
import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Arguments, courseOf, type RunCommand } from './commands/command.ts';
import { MendableError } from './mendable-error.ts';

/** Names of the options. */
type Option = keyof Arguments['options'];

/** One command: how it is written, what it does, what it takes, and what loads it. */
interface Command {
  readonly usage: string;
  readonly purpose: string;
  readonly options: readonly Option[];
  /** Whether it takes something beside options. */
  readonly operands: boolean;
  readonly load: () => Promise<RunCommand>;
}

const commands = {
  build: {
    usage: 'build [--program NAME] [--format NAME] [--course DIR] [--out DIR]',
    purpose: 'make packages in dist/: of every program, in every format',
    options: ['program', 'format', 'course', 'out'],
    operands: false,
    load: async () => (await import('./commands/build.ts')).build,
  },
  dev: {
    usage: 'dev [--course DIR]',
    purpose: 'serve a course while it is being written: every save is seen at once',
    options: ['course'],
    operands: false,
    load: async () => (await import('./commands/dev.ts')).dev,
  },
  check: {
    usage: 'check FILE.zip …',
    purpose: 'examine packages, ours or anyone’s: SCORM 1.2, SCORM 2004, cmi5',
    options: [],
    operands: true,
    load: async () => (await import('./commands/check.ts')).check,
  },
  new: {
    usage: 'new DIR',
    purpose: 'begin a course of your own in a new folder',
    options: [],
    operands: true,
    load: async () => (await import('./commands/new.ts')).begin,
  },
  ids: {
    usage: 'ids [--course DIR]',
    purpose: 'number what is new in a course, in its ids.lock.yaml',
    options: ['course', 'rename'],
    operands: true,
    load: async () => (await import('./commands/ids.ts')).ids,
  },
  manifest: {
    usage: 'manifest',
    purpose: 'rewrite imsmanifest.xml of the default package',
    options: [],
    operands: false,
    load: async () => (await import('./commands/manifest.ts')).manifest,
  },
} satisfies Record<string, Command>;

const renaming = [
  ['ids --rename takeaways OLD NEW', 'a takeaway keeps its number under another id'],
  ['ids --rename pages OLD NEW', 'a page does'],
  ['ids --rename questions OLD NEW', 'a question does'],
  ['ids --rename options QUESTION/OLD QUESTION/NEW', 'an option does'],
] as const;

const isCommand = (name: string): name is keyof typeof commands => Object.hasOwn(commands, name);

function reportUsage(complaint: string): number {
  const known = Object.values(commands).map(({ usage, purpose }) => [usage, purpose] as const);
  const lines = [...known, ...renaming].map(([usage, purpose]) => `  ${usage}\n      ${purpose}`);
  console.error([complaint, '', 'usage: tsx manifest/cli.ts …', '', ...lines].join('\n'));
  return 1;
}

/** There can be no course in a folder. The message says what there is instead. */
class MissingCourseError extends MendableError {
  override readonly name = 'MissingCourseError';

  /**
   * @param dir - the folder as it was given
   * @param found - what there is
   */
  constructor(dir: string, found: string) {
    super(`there is no course in ${JSON.stringify(dir)}`, {
      expected: 'the folder of a course, with course.yaml in it',
      found,
      hint: 'look at the path after --course; `npm run new -- DIR` begins a course',
    });
  }
}

/** A file or folder cannot be used. The message gives the system's own words. */
class DiskError extends MendableError {
  override readonly name = 'DiskError';

  /**
   * @param path - the file or folder
   * @param found - what the system says
   */
  constructor(path: string, found: string) {
    super(`cannot use ${JSON.stringify(path)}`, {
      expected: 'files and folders that are there and may be read and written',
      found,
      hint: 'look at the path, at who may write there, and at the room on the disk',
    });
  }
}

/** What whoever calls can mend, as such; anything else as it is. */
function mendable(error: unknown): unknown {
  const isOfDisk = error instanceof Error && 'syscall' in error && 'path' in error;
  return isOfDisk ? new DiskError(String(error.path), error.message) : error;
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

/** Runs a command; a text is a complaint about how it was written. */
async function run(command: Command, given: Arguments): Promise<number | string> {
  try {
    if (command.options.includes('course')) {
      const dir = courseOf(given);
      const found = await stat(dir).catch(() => undefined);
      if (!found?.isDirectory()) throw new MissingCourseError(dir, found ? 'a file' : 'no such folder');
    }
    return await (await command.load())(given);
  } catch (thrown) {
    const error = mendable(thrown);
    if (!(error instanceof MendableError)) throw error;
    console.error(error.message);
    return 1;
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
  if (!command.operands && given.operands.length > 0) {
    return reportUsage(`"${name}" takes nothing else, found "${given.operands.join(' ')}"`);
  }
  const done = await run(command, given);
  return typeof done === 'string' ? reportUsage(done) : done;
}

process.exitCode = await main(process.argv.slice(2));
