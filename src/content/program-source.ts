/** Reads one training program and checks it against the course that it changes. */
import * as v from 'valibot';
import { checkColours } from '../model/brand.ts';
import { checkProgram } from '../model/check-program.ts';
import { defaultProgram } from '../model/course.ts';
import type { CourseProblem, FilePlace } from '../model/course-problem.ts';
import { type DataFile, textsAt, valueAt } from '../model/data-file.ts';
import type { DesignTokens } from '../model/design-tokens.ts';
import { check, suggest } from '../model/issue-problems.ts';
import { type Program, programName, programSchema } from '../model/program.ts';
import { checkReferences, type Known, knownOnPages, sectionsNamed } from './check-references.ts';
import type { MediaFile, ProgramFile, ProgramFiles } from './course-files.ts';
import type { Reference } from './examine-page.ts';
import type { PageSource } from './page-source.ts';
import { type OwnPage, pagesOfProgram } from './program-pages.ts';
import { logoTypes, type PictureSize, readLogo } from './read-logo.ts';
import { readYaml, unreadable, withoutFields } from './read-yaml.ts';
import { unusedFiles } from './unused.ts';

/** The picture on the cover of a program. */
export interface Logo extends PictureSize {
  readonly alt: string;
  /** The picture as a file of the package. */
  readonly media: MediaFile;
}

/** A program as far as its files can be read. */
export interface ProgramSource {
  readonly name: string;
  /** What it changes; undefined where that has problems. */
  readonly program: Program | undefined;
  /** Its pages, in reading order. */
  readonly pages: readonly PageSource[];
  readonly logo: Logo | undefined;
}

/** The course that programs change, as far as its files can be read. */
export interface ProgrammedCourse {
  /** The course's folder. */
  readonly dir: string;
  readonly course: DataFile;
  readonly quiz: DataFile | undefined;
  readonly pages: readonly PageSource[];
  readonly media: readonly MediaFile[];
  readonly known: Known;
  readonly tokens: DesignTokens;
}

/** Takes what is found about a program. */
export interface Findings {
  readonly problems: CourseProblem[];
  readonly warnings: CourseProblem[];
}

/** The program that there is without a file: the course as it is written. */
export const impliedProgram: ProgramFiles = { name: defaultProgram, yaml: undefined, pages: [], others: [] };

/** Reads the file of a program; a folder alone, or a name that cannot be used, is a problem. */
function readProgramFile(files: ProgramFiles, dir: string, problems: CourseProblem[]): DataFile {
  const { name, yaml } = files;
  const file = yaml?.file ?? `${dir}/programs/${name}.yaml`;
  const valid = v.safeParse(programName, name);
  if (!valid.success) {
    const meant = name
      .replace(/\.ya?ml$/, '')
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter(Boolean)
      .join('-')
      .slice(0, 40);
    problems.push({
      file: yaml?.file ?? `${dir}/programs/${name}`,
      line: 1,
      column: 1,
      message: 'the name of the program cannot be used',
      expected: `${valid.issues[0].message}; its file ends in .yaml`,
      found: `"${file.split('/').at(-1)}"`,
      hint: v.is(programName, meant) ? `rename it to ${meant}.yaml` : 'rename it',
    });
  } else if (!yaml && files.pages.length + files.others.length > 0) {
    problems.push({
      file,
      line: 1,
      column: 1,
      message: 'a folder of a program that has no file',
      expected: file,
      found: `the folder programs/${name}/ alone`,
      hint: 'write the file, or give the folder the name of the program that it belongs to',
    });
    return unreadable(file);
  }
  if (!yaml) return withoutFields(file);
  const read = readYaml(yaml.file, yaml.text);
  problems.push(...read.problems);
  // A file in which everything is still a comment changes nothing.
  return read.source.data === null && read.problems.length === 0 ? { ...read.source, data: {} } : read.source;
}

/** Reads the logo that a program names. */
function readProgramLogo(
  source: DataFile,
  { name, others }: ProgramFiles,
  media: readonly MediaFile[],
  { problems, warnings }: Findings,
): { readonly logo: Logo | undefined; readonly file: ProgramFile | undefined } {
  const path = ['brand', 'logo', 'file'];
  const named = valueAt(source.data, path);
  const alt = valueAt(source.data, ['brand', 'logo', 'alt']);
  if (typeof named !== 'string') return { logo: undefined, file: undefined };
  const report = (what: Omit<CourseProblem, keyof FilePlace>) => {
    problems.push({ file: source.file, ...source.locate(path), ...what });
  };
  const file = others.find((other) => other.path === named.trim());
  const type = logoTypes.find((extension) => named.trim().endsWith(`.${extension}`));
  if (!file || !type) {
    const pictures = others.map((other) => other.path);
    // A disk of Windows would find it in small letters, another one and the package would not.
    const small = named.trim().replace(/\.[^.]*$/, (extension) => extension.toLowerCase());
    const isCapital = file && logoTypes.some((extension) => small.endsWith(`.${extension}`));
    if (isCapital) {
      report({
        message: 'a logo whose extension is not in small letters',
        expected: '.svg or .png in small letters',
        found: `"${named}"`,
        hint: `rename the file to ${small}, and write that here`,
      });
      return { logo: undefined, file };
    }
    report({
      message: file ? 'a logo that is neither SVG nor PNG' : 'unknown file of a logo',
      expected: `a file of the folder ${source.file.replace(/\.yaml$/, '')}/ that ends in .svg or .png`,
      found: `"${named}"`,
      hint: file ? 'save it as SVG or PNG' : suggest(named, pictures),
    });
    return { logo: undefined, file };
  }
  const picture = readLogo(file);
  problems.push(...picture.problems);
  warnings.push(...picture.warnings);
  // No author's name: those of packages are lower-case ASCII, and that of a program is too.
  const inPackage = `media/logo-${name}.${type}`;
  if (media.some((other) => other.path === inPackage)) {
    report({
      message: 'the place of the logo in the package is taken',
      expected: `no file ${inPackage} in the course`,
      found: inPackage,
      hint: 'rename the file of the course',
    });
  }
  const logo =
    picture.size && typeof alt === 'string'
      ? { ...picture.size, alt: alt.trim(), media: { path: inPackage, file: file.file } }
      : undefined;
  return { logo, file };
}

/**
 * Reads a program. What is wrong with the pages that only it has is not reported here, as they are pages of the course's
 * folder like others.
 *
 * @param own the pages that only the program has
 * @param findings gets what is found
 */
export function readProgram(
  files: ProgramFiles,
  own: readonly OwnPage[],
  course: ProgrammedCourse,
  { problems, warnings }: Findings,
): ProgramSource {
  const { name } = files;
  const source = readProgramFile(files, course.dir, problems);
  const program = check(programSchema, source, problems);
  const pages = pagesOfProgram(name, source, course.pages, own, problems);
  checkProgram(
    { program: source, course: course.course, quiz: course.quiz, coursePages: course.pages, pages },
    problems,
  );
  checkColours(source, course.tokens, problems);
  const { logo, file } = readProgramLogo(source, files, course.media, { problems, warnings });

  const ownFiles = [source.file, ...own.map(({ page }) => page.body.file)];
  const leftOut = textsAt(source, ['questions', 'leave-out']).map(({ text }) => text);
  const showsQuiz = (list: readonly PageSource[]) => list.some(({ kind }) => kind === 'quiz');
  // A course whose quiz is on no page has that problem, not its programs.
  const hasQuiz = showsQuiz(pages) || (course.quiz !== undefined && !showsQuiz(course.pages));
  const sections = hasQuiz ? sectionsNamed(course.quiz) : [];
  const references: Reference[] = [
    ...pages.flatMap((page) => page.references),
    ...sections.filter(({ question }) => question === undefined || !leftOut.includes(question)),
  ];
  problems.push(
    ...checkReferences(
      references,
      { ...course.known, ...knownOnPages(pages, hasQuiz) },
      {
        name,
        file: source.file,
        course: course.known,
        isOwn: (file) => ownFiles.includes(file),
      },
    ),
  );

  if (source.data !== undefined) {
    const added = own.filter(({ page }) => pages.some(({ body }) => body === page.body));
    const used = [...added.map(({ path }) => `pages/${path}`), ...(file ? [file.path] : [])];
    warnings.push(...unusedFiles(files, new Set(used)));
  }
  return { name, program, pages, logo };
}
