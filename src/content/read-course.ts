/** Reads and checks a course: all problems of all files at once, or a course that can be rendered. */
import { type CourseProblem, sortProblems } from '../model/course-problem.ts';
import { type DataFile, definedIds } from '../model/data-file.ts';
import { suggest } from '../model/issue-problems.ts';
import { type ParsedCourse, parseCourse } from '../model/parse-course.ts';
import {
  type CourseFiles,
  ledgerName,
  type MediaFile,
  readCourseFiles,
  type TextFile,
} from './course-files.ts';
import { type PageSource, type Reference, readPage } from './page-source.ts';
import { readYaml, unreadable } from './read-yaml.ts';

/** A checked course with all that its document and its package are made of. */
export interface CourseSource extends ParsedCourse {
  /** In reading order, one for each of `course.pages`. */
  readonly pages: readonly PageSource[];
  readonly media: readonly MediaFile[];
}

/** Either a course or all of its problems; warnings in both cases. All in reading order. */
export type ReadResult =
  | { readonly ok: true; readonly source: CourseSource; readonly warnings: readonly CourseProblem[] }
  | {
      readonly ok: false;
      readonly problems: readonly CourseProblem[];
      readonly warnings: readonly CourseProblem[];
    };

const where: Record<Reference['to'], string> = {
  source: 'the id of a source in sources.yaml',
  term: 'the id of a term in glossary.yaml',
  takeaway: 'the id of a takeaway in course.yaml',
  page: 'the id of a page, or page-id/section-id',
  media: 'a file of the folder media/, written media/name',
};

/** Checks the files of a course. Pure but for what {@link readCourseFiles} has already read. */
export function checkCourse(files: CourseFiles): ReadResult {
  const problems: CourseProblem[] = [];
  const warnings: CourseProblem[] = [];

  const yaml = (file: TextFile) => {
    const read = readYaml(file.file, file.text);
    problems.push(...read.problems);
    return read.source;
  };
  const required = (file: TextFile | undefined, name: string, hint: string): DataFile => {
    if (file) return yaml(file);
    const missing = `${files.dir}/${name}`;
    problems.push({
      file: missing,
      line: 1,
      column: 1,
      message: 'a file of the course is missing',
      expected: missing,
      found: 'no such file',
      hint,
    });
    return unreadable(missing);
  };

  const head = required(files.course, 'course.yaml', 'copy it from another course and adapt it');
  const glossary = required(files.glossary, 'glossary.yaml', 'create it with "terms: []"');
  const sources = required(files.sources, 'sources.yaml', 'create it with "sources: []"');
  const ledger = required(
    files.ledger,
    ledgerName,
    'restore it from version control; for a course that was never published, run `npm run ids`',
  );
  const quiz = files.quiz && yaml(files.quiz);
  const pages = files.pages.map(({ file, text }) => {
    const read = readPage(file, text);
    problems.push(...read.problems);
    return read.page;
  });
  if (pages.length === 0) {
    problems.push({
      file: `${files.dir}/pages`,
      line: 1,
      column: 1,
      message: 'the course has no pages',
      expected: 'at least one file such as pages/010-welcome.md',
      found: 'none',
      hint: 'write a page',
    });
  }

  // Undefined where the defining file cannot be read: then nothing that refers to it can be judged.
  const idsIn = (source: DataFile, list: string) =>
    source.data === undefined ? undefined : definedIds(source, [list]).map(({ id }) => id);
  const known: Record<Reference['to'], readonly string[] | undefined> = {
    source: idsIn(sources, 'sources'),
    term: idsIn(glossary, 'terms'),
    takeaway: idsIn(head, 'takeaways'),
    page: pages.flatMap(({ frontMatter, sections }) =>
      definedIds(frontMatter).flatMap(({ id }) => [id, ...sections.map((section) => `${id}/${section}`)]),
    ),
    media: files.media.map(({ path }) => path),
  };
  const used = { source: new Set<string>(), term: new Set<string>(), media: new Set<string>() };
  for (const page of pages) {
    for (const { to, id, line, column } of page.references) {
      if (to === 'source' || to === 'term' || to === 'media') used[to].add(id);
      const ids = known[to];
      if (!ids || ids.includes(id)) continue;
      problems.push({
        file: page.file,
        line,
        column,
        message: `unknown ${to === 'media' ? 'media file' : to}`,
        expected: where[to],
        found: `"${id}"`,
        hint: suggest(id, ids),
      });
    }
  }

  const lists = [
    ['source', 'sources', sources],
    ['term', 'terms', glossary],
  ] as const;
  for (const [what, field, source] of lists) {
    for (const { id, path } of definedIds(source, [field])) {
      if (used[what].has(id)) continue;
      warnings.push({
        file: source.file,
        ...source.locate(path),
        message: `a ${what} that no page uses`,
        expected: `a page that refers to "${id}"`,
        found: 'none',
        hint: 'use it or remove it',
      });
    }
  }
  for (const { path } of files.media) {
    if (used.media.has(path)) continue;
    warnings.push({
      file: `${files.dir}/${path}`,
      line: 1,
      column: 1,
      message: 'a media file that no page uses',
      expected: `a page with an image "${path}"`,
      found: 'none',
      hint: 'use it or remove it; it makes every package larger',
    });
  }

  const result = parseCourse({ course: head, quiz, glossary, sources, ledger, pages });
  if (!result.ok) problems.push(...result.problems);

  return result.ok && problems.length === 0
    ? { ok: true, source: { ...result.parsed, pages, media: files.media }, warnings: sortProblems(warnings) }
    : { ok: false, problems: sortProblems(problems), warnings: sortProblems(warnings) };
}

/** Reads and checks the course in the folder `dir`. Throws only where the disk fails. */
export async function readCourse(dir: string): Promise<ReadResult> {
  return checkCourse(await readCourseFiles(dir));
}
