/** The only file of this room that reads a course's folder from the disk. */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CourseProblem } from '../model/course-problem.ts';
import { decodeText } from './decode-text.ts';
import { hasCode } from './error-code.ts';

/** One file of a course, as text; a guess at it where {@link CourseFiles.problems} has the file. */
export interface TextFile {
  /** The path as the author knows it, with forward slashes, relative to the working directory. */
  readonly file: string;
  readonly text: string;
}

/** A file that goes into the package as it is. */
export interface MediaFile {
  /** Path inside the package, e.g. `media/map.svg`. */
  readonly path: string;
  /** Path on the disk. */
  readonly file: string;
}

/** A file of a program that is neither its YAML nor a page: its logo, if anything. */
export interface ProgramFile {
  /** Path inside the folder of the program, e.g. `logo.svg`. */
  readonly path: string;
  /** Path on the disk. */
  readonly file: string;
  /** The path as the author knows it. */
  readonly shown: string;
  readonly bytes: Uint8Array;
}

/** A page that only one program has. */
export interface ProgramPage extends TextFile {
  /** Path inside the folder `pages/` of the program. */
  readonly path: string;
}

/** The files of one training program. */
export interface ProgramFiles {
  /** Name of the program as its file has it, fit for a program or not. */
  readonly name: string;
  /** What it changes; undefined where there is only a folder of that name. */
  readonly yaml: TextFile | undefined;
  /** Pages of its own, in the order of their names. */
  readonly pages: readonly ProgramPage[];
  readonly others: readonly ProgramFile[];
}

/** Everything in a course's folder. Files that are missing are undefined. */
export interface CourseFiles {
  /** The folder as the author knows it. */
  readonly dir: string;
  readonly course: TextFile | undefined;
  readonly quiz: TextFile | undefined;
  readonly checks: TextFile | undefined;
  readonly glossary: TextFile | undefined;
  readonly sources: TextFile | undefined;
  /** The numbers of takeaways, pages, questions and options. */
  readonly ledger: TextFile | undefined;
  /** In the order of their names. */
  readonly pages: readonly TextFile[];
  readonly media: readonly MediaFile[];
  /** The training programs, in the order of their names. */
  readonly programs: readonly ProgramFiles[];
  /** The style sheet with the player's own colours. */
  readonly tokens: TextFile;
  /** The files that are no text in UTF-8. */
  readonly problems: readonly CourseProblem[];
}

async function listFiles(dir: string): Promise<string[]> {
  try {
    const entries = await readdir(dir, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/** Path of `file` as shown to authors. */
const shown = (file: string): string => relative(process.cwd(), file).split(sep).join('/');

/** @param problems gets what is found */
async function readText(file: string, problems: CourseProblem[]): Promise<TextFile | undefined> {
  try {
    const { text, problem } = decodeText(shown(file), await readFile(file));
    if (problem) problems.push(problem);
    return { file: shown(file), text };
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Name of the file with the numbers of takeaways, pages, questions and options. */
export const ledgerName = 'ids.lock.yaml';

/** Extensions of files of YAML. `yml` is read so that its author can be told to rename it. */
const yamlFile = /\.ya?ml$/;

async function readPrograms(dir: string, problems: CourseProblem[]): Promise<ProgramFiles[]> {
  const files = (await listFiles(dir)).map((file) => relative(dir, file).split(sep).join('/'));
  const yamls = new Map(
    files
      .filter((path) => !path.includes('/') && yamlFile.test(path))
      .map((path) => [path.replace(/\.yaml$/, ''), path]),
  );
  const folders = files.flatMap((path) => (path.includes('/') ? (path.split('/')[0] ?? []) : []));
  const names = [...new Set([...yamls.keys(), ...folders])].sort();
  return Promise.all(
    names.map(async (name) => {
      const yaml = yamls.get(name);
      const own = files.flatMap((path) => (path.startsWith(`${name}/`) ? path.slice(name.length + 1) : []));
      const isPage = (path: string) => /^pages\/.*\.md$/.test(path);
      const pages = own.filter(isPage).map(async (path) => {
        const text = await readText(join(dir, name, path), problems);
        return text && { ...text, path: path.slice('pages/'.length) };
      });
      const others = own
        .filter((path) => !isPage(path))
        .map(async (path) => {
          const file = join(dir, name, path);
          return { path, file, shown: shown(file), bytes: await readFile(file) };
        });
      return {
        name,
        yaml: yaml === undefined ? undefined : await readText(join(dir, yaml), problems),
        pages: (await Promise.all(pages)).filter((text) => text !== undefined),
        others: await Promise.all(others),
      };
    }),
  );
}

/** The player's own colours, in src/styles/. */
const tokensFile = fileURLToPath(new URL('../styles/tokens.css', import.meta.url));

/** Reads the folder `dir`. Throws only where the disk fails; a folder that is not there reads as empty. */
export async function readCourseFiles(dir: string): Promise<CourseFiles> {
  const problems: CourseProblem[] = [];
  const pages = (await listFiles(join(dir, 'pages'))).filter((file) => file.endsWith('.md'));
  const media = await listFiles(join(dir, 'media'));
  const [course, quiz, checks, glossary, sources, ledger] = await Promise.all(
    ['course.yaml', 'quiz.yaml', 'checks.yaml', 'glossary.yaml', 'sources.yaml', ledgerName].map((name) =>
      readText(join(dir, name), problems),
    ),
  );
  const texts = await Promise.all(pages.map((file) => readText(file, problems)));
  return {
    dir: shown(dir) || '.',
    course,
    quiz,
    checks,
    glossary,
    sources,
    ledger,
    pages: texts.filter((text) => text !== undefined),
    media: media.map((file) => ({ path: relative(dir, file).split(sep).join('/'), file })),
    programs: await readPrograms(join(dir, 'programs'), problems),
    tokens: { file: shown(tokensFile), text: await readFile(tokensFile, 'utf8') },
    problems,
  };
}
