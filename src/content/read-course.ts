/** Reads and checks a course: all problems of all files at once, or a course that can be rendered. */
import { type CourseProblem, type Place, sortProblems } from '../model/course-problem.ts';
import { type DataFile, definedIds, valueAt } from '../model/data-file.ts';
import { editorialWarnings } from '../model/editorial.ts';
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

/** A reference of any file to something defined elsewhere. */
interface FiledReference extends Place {
  readonly file: string;
  /** As of a page; a question refers to a `section` of a lesson. */
  readonly to: Reference['to'] | 'section';
  readonly id: string;
}

const where: Record<FiledReference['to'], string> = {
  source: 'the id of a source in sources.yaml',
  term: 'the id of a term in glossary.yaml',
  takeaway: 'the id of a takeaway in course.yaml',
  check: 'the id of a check in checks.yaml',
  page: 'the id of a page, or page-id/section-id',
  section: 'page-id/section-id of a page to read, or its page-id alone',
  media: 'a file of the folder media/, written media/name',
};

/** What the questions of the quiz tell to read again. */
function sectionsNamed(quiz: DataFile): FiledReference[] {
  const items = valueAt(quiz.data, ['items']);
  return (Array.isArray(items) ? items : []).flatMap((_, index) => {
    const path = ['items', index, 'section'];
    const id = valueAt(quiz.data, path);
    return typeof id === 'string' && id.trim() !== ''
      ? [{ file: quiz.file, to: 'section', id: id.trim(), ...quiz.locate(path) }]
      : [];
  });
}

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
  const checks = files.checks && yaml(files.checks);
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
  const addresses = (pages: readonly PageSource[]) =>
    pages.flatMap(({ frontMatter, sections }) =>
      definedIds(frontMatter).flatMap(({ id }) => [id, ...sections.map((section) => `${id}/${section}`)]),
    );
  const known: Record<FiledReference['to'], readonly string[] | undefined> = {
    source: idsIn(sources, 'sources'),
    term: idsIn(glossary, 'terms'),
    takeaway: idsIn(head, 'takeaways'),
    check: checks ? idsIn(checks, 'checks') : [],
    page: addresses(pages),
    section: addresses(pages.filter(({ kind }) => kind === 'lesson')),
    media: files.media.map(({ path }) => path),
  };
  const references: FiledReference[] = [
    ...pages.flatMap(({ file, references }) => references.map((reference) => ({ file, ...reference }))),
    ...(quiz ? sectionsNamed(quiz) : []),
  ];
  const isUsed = (what: FiledReference['to'], name: string) =>
    references.some(({ to, id }) => to === what && id === name);
  const firstCheck = new Map<string, string>();
  for (const { file, to, id, line, column } of references) {
    const ids = known[to];
    if (ids && !ids.includes(id)) {
      problems.push({
        file,
        line,
        column,
        message: `unknown ${to === 'media' ? 'media file' : to}`,
        expected: where[to],
        found: `"${id}"`,
        hint: suggest(id, ids),
      });
    } else if (to === 'check' && firstCheck.has(id)) {
      problems.push({
        file,
        line,
        column,
        message: 'a check that is shown twice',
        expected: 'each check at one place of the course',
        found: `"${id}", which ${firstCheck.get(id)} shows already`,
        hint: 'remove one of the two, or write another check',
      });
    } else if (to === 'check') firstCheck.set(id, `${file}:${line}`);
  }

  const lists = [
    ['source', 'sources', sources],
    ['term', 'terms', glossary],
    ...(checks ? [['check', 'checks', checks] as const] : []),
  ] as const;
  for (const [what, field, source] of lists) {
    for (const { id, path } of definedIds(source, [field])) {
      if (isUsed(what, id)) continue;
      const shown = what === 'check';
      warnings.push({
        file: source.file,
        ...source.locate(path),
        message: `a ${what} that no page ${shown ? 'shows' : 'uses'}`,
        expected: shown ? `a page with ::check{#${id}}` : `a page that refers to "${id}"`,
        found: 'none',
        hint: `${shown ? 'show' : 'use'} it or remove it`,
      });
    }
  }
  for (const { path } of files.media) {
    if (isUsed('media', path)) continue;
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

  warnings.push(...editorialWarnings(quiz, checks));

  const result = parseCourse({ course: head, quiz, checks, glossary, sources, ledger, pages });
  if (!result.ok) problems.push(...result.problems);

  return result.ok && problems.length === 0
    ? { ok: true, source: { ...result.parsed, pages, media: files.media }, warnings: sortProblems(warnings) }
    : { ok: false, problems: sortProblems(problems), warnings: sortProblems(warnings) };
}

/** Reads and checks the course in the folder `dir`. Throws only where the disk fails. */
export async function readCourse(dir: string): Promise<ReadResult> {
  return checkCourse(await readCourseFiles(dir));
}
