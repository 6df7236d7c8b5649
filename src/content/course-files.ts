/** The only file of this room that reads a course's folder from the disk. */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** One file of a course, as text. */
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
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

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

async function readText(file: string): Promise<TextFile | undefined> {
  try {
    const text = await readFile(file, 'utf8');
    // The byte order mark that some editors write is no part of the text and would shift its columns.
    return { file: shown(file), text: text.replace(/^\uFEFF/, '') };
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Name of the file with the numbers of takeaways, pages, questions and options. */
export const ledgerName = 'ids.lock.yaml';

/** Reads the folder `dir`. Throws only where the disk fails; a folder that is not there reads as empty. */
export async function readCourseFiles(dir: string): Promise<CourseFiles> {
  const pages = (await listFiles(join(dir, 'pages'))).filter((file) => file.endsWith('.md'));
  const media = await listFiles(join(dir, 'media'));
  const [course, quiz, checks, glossary, sources, ledger] = await Promise.all(
    ['course.yaml', 'quiz.yaml', 'checks.yaml', 'glossary.yaml', 'sources.yaml', ledgerName].map((name) =>
      readText(join(dir, name)),
    ),
  );
  const texts = await Promise.all(pages.map(readText));
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
  };
}
