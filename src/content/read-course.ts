/** Reads and checks a course: all problems of all files at once, or a course that can be rendered. */
import { brandStyle, checkTokens } from '../model/brand.ts';
import { defaultProgram, type Page } from '../model/course.ts';
import { type CourseProblem, sortProblems } from '../model/course-problem.ts';
import { type DataFile, definedIds } from '../model/data-file.ts';
import { type DesignTokens, readTokens } from '../model/design-tokens.ts';
import { editorialWarnings } from '../model/editorial.ts';
import type { FormatName } from '../model/format-names.ts';
import { ownPathFault, ownPathRule } from '../model/package-path.ts';
import { type ParsedCourse, parseCourse } from '../model/parse-course.ts';
import { applyProgram } from '../model/program.ts';
import { checkReferences, type Known, knownOnPages, sectionsNamed } from './check-references.ts';
import {
  type CourseFiles,
  ledgerName,
  type MediaFile,
  type ProgramFiles,
  readCourseFiles,
  type TextFile,
} from './course-files.ts';
import type { Reference } from './examine-page.ts';
import { type PageSource, readPage } from './page-source.ts';
import { impliedProgram, type Logo, type ProgramSource, readProgram } from './program-source.ts';
import { readYaml, unreadable } from './read-yaml.ts';
import { unusedDefinitions } from './unused.ts';

/** A checked course with all that its document and its package are made of. */
export interface CourseSource extends ParsedCourse {
  /** In reading order, one for each of `course.pages`. */
  readonly pages: readonly PageSource[];
  /** What its pages show, and its logo. */
  readonly media: readonly MediaFile[];
  /** The picture on the cover. */
  readonly logo: Logo | undefined;
  /** The kinds of package that the program is made into. */
  readonly formats: readonly FormatName[];
  /** Style sheet that re-brands the player; empty where the program looks as the player does. */
  readonly style: string;
}

/** Either a course or all of its problems; warnings in both cases. All in reading order. */
export type ReadResult =
  | {
      readonly ok: true;
      /** The course of the program `default`. */
      readonly source: CourseSource;
      /** The course of every program, `default` first, the others by name. */
      readonly programs: readonly CourseSource[];
      readonly warnings: readonly CourseProblem[];
    }
  | {
      readonly ok: false;
      readonly problems: readonly CourseProblem[];
      readonly warnings: readonly CourseProblem[];
    };

/** Finds every part that has the id of another one. */
function checkParts(pages: readonly PageSource[]): CourseProblem[] {
  const parts = pages.flatMap((page) => page.parts);
  return parts.flatMap(({ id, file, line, column }, index): CourseProblem[] => {
    const first = parts.findIndex((part) => part.id === id);
    if (first === index) return [];
    return [
      {
        file,
        line,
        column,
        message: 'two parts have the same id',
        expected: 'an id that no other part has',
        found: `"${id}", the id of the part in ${parts[first]?.file}:${parts[first]?.line}`,
        hint: 'give one of them another id',
      },
    ];
  });
}

/** Finds every file shown on a page whose name cannot stand in a package. */
function checkMediaNames(
  dir: string,
  media: readonly MediaFile[],
  written: readonly Reference[],
): CourseProblem[] {
  const shown = new Set(written.flatMap(({ to, id }) => (to === 'media' ? [id] : [])));
  return media.flatMap(({ path }): CourseProblem[] => {
    const fault = shown.has(path) ? ownPathFault(path) : undefined;
    if (!fault) return [];
    return [
      {
        file: `${dir}/${path}`,
        line: 1,
        column: 1,
        message: 'the name of the file cannot stand in a package',
        expected: `a path of ${ownPathRule}`,
        ...fault,
      },
    ];
  });
}

/** Makes the course of a program; nothing where the program has problems. */
function sourceOf(
  { name, program, pages, logo }: ProgramSource,
  parsed: ParsedCourse,
  allPages: readonly Page[],
  media: readonly MediaFile[],
  tokens: DesignTokens,
): CourseSource[] {
  if (!program) return [];
  const byId = new Map(allPages.map((page) => [page.id, page]));
  const own = pages.flatMap(({ frontMatter, kind }) => {
    const page = byId.get(definedIds(frontMatter)[0]?.id ?? '');
    return page ? [{ ...page, kind }] : [];
  });
  const references = pages.flatMap((page) => page.references);
  const idsOf = (what: Reference['to']) =>
    new Set(references.flatMap(({ to, id }) => (to === what ? [id] : [])));
  const used = idsOf('media');
  const shown = {
    checks: idsOf('check'),
    takeaways: idsOf('takeaway'),
    mainTakeaways: pages.some(({ listsTakeaways }) => listsTakeaways),
  };
  return [
    {
      ...applyProgram(parsed, name, program, own, shown),
      pages,
      media: [...media.filter(({ path }) => used.has(path)), ...(logo ? [logo.media] : [])],
      logo,
      formats: program.formats,
      style: brandStyle(program, tokens),
    },
  ];
}

/** Checks the files of a course. Pure but for what {@link readCourseFiles} has already read. */
export function checkCourse(files: CourseFiles): ReadResult {
  const problems: CourseProblem[] = [...files.problems];
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
  // The program default comes first, with or without a file.
  const isDefault = ({ name }: ProgramFiles) => name === defaultProgram;
  const programFiles = [
    files.programs.find(isDefault) ?? impliedProgram,
    ...files.programs.filter((program) => !isDefault(program)),
  ];
  const ownPages = programFiles.flatMap(({ name, pages }) =>
    pages.map(({ file, text, path }) => {
      const read = readPage(file, text);
      problems.push(...read.problems);
      return { owner: name, path, page: read.page };
    }),
  );
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

  const tokens = readTokens(files.tokens.file, files.tokens.text);
  problems.push(...checkTokens(tokens));

  const idsIn = (source: DataFile, list: string) =>
    source.data === undefined ? undefined : definedIds(source, [list]).map(({ id }) => id);
  const known: Known = {
    // Where only its page is missing, that alone is the problem.
    ...knownOnPages(pages, quiz !== undefined || pages.some(({ kind }) => kind === 'quiz')),
    source: idsIn(sources, 'sources'),
    term: idsIn(glossary, 'terms'),
    takeaway: idsIn(head, 'takeaways'),
    check: checks ? idsIn(checks, 'checks') : [],
    media: files.media.map(({ path }) => path),
  };
  const written = [...pages.flatMap(({ references }) => references), ...sectionsNamed(quiz)];
  const onOwnPages = ownPages.flatMap(({ page }) => page.references);
  problems.push(
    ...checkReferences(written, known),
    ...checkMediaNames(files.dir, files.media, [...written, ...onOwnPages]),
    ...checkParts([...pages, ...ownPages.map(({ page }) => page)]),
  );

  const course = { dir: files.dir, course: head, quiz, pages, media: files.media, known, tokens };
  const programs = programFiles.map((program) =>
    readProgram(
      program,
      ownPages.filter(({ owner }) => owner === program.name),
      course,
      { problems, warnings },
    ),
  );
  // Of a program that cannot be read nobody knows what it uses.
  if (programs.every(({ program }) => program !== undefined)) {
    const used = programs.flatMap((program) => program.pages.flatMap(({ references }) => references));
    const definitions = { sources, glossary, checks, media: files.media, dir: files.dir };
    warnings.push(...unusedDefinitions(definitions, used));
  }
  warnings.push(...editorialWarnings(quiz, checks));

  const programPages = ownPages.map(({ page }) => page);
  const result = parseCourse({ course: head, quiz, checks, glossary, sources, ledger, pages, programPages });
  if (!result.ok) problems.push(...result.problems);
  if (!result.ok || problems.length > 0) {
    return { ok: false, problems: sortProblems(problems), warnings: sortProblems(warnings) };
  }
  const allPages = [...result.parsed.course.pages, ...result.programPages];
  const [source, ...others] = programs.flatMap((program) =>
    sourceOf(program, result.parsed, allPages, files.media, tokens),
  );
  if (!source) throw new TypeError('a program without problems has been refused');
  return { ok: true, source, programs: [source, ...others], warnings: sortProblems(warnings) };
}

/** Reads and checks the course in the folder `dir`. Throws only where the disk fails. */
export async function readCourse(dir: string): Promise<ReadResult> {
  return checkCourse(await readCourseFiles(dir));
}
