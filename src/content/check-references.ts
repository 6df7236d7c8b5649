/** Whether all that a course's files refer to is there: in the course, and in each program. */

import { readAddress } from '../items/address.ts';
import type { CourseProblem, FilePlace } from '../model/course-problem.ts';
import { quizValueNames, valueNames } from '../model/course-values.ts';
import { type DataFile, definedIds, valueAt } from '../model/data-file.ts';
import { suggest } from '../model/issue-problems.ts';
import type { Reference } from './examine-page.ts';
import type { PageSource } from './page-source.ts';

/** What may be referred to. Undefined where the defining file cannot be read: then no reference to it can be judged. */
export type Known = Readonly<Record<Reference['to'], readonly string[] | undefined>>;

/** The program whose references are checked, after those of the course. */
export interface ReferringProgram {
  readonly name: string;
  /** Path of its file. */
  readonly file: string;
  /** What there is in the course: references that fail there too have been reported. */
  readonly course: Known;
  /** Whether the file is one of the program and not of the course. */
  isOwn(file: string): boolean;
}

const where: Record<Reference['to'], string> = {
  source: 'the id of a source in sources.yaml',
  term: 'the id of a term in glossary.yaml',
  takeaway: 'the id of a takeaway in course.yaml',
  check: 'the id of a check in checks.yaml',
  page: 'the id of a page, or page-id/section-id',
  section: 'page-id/section-id of a page to read, or its page-id alone',
  media: 'a file of the folder media/, written media/name',
  value: `one of ${valueNames.join(', ')}; with a quiz alone: ${quizValueNames.join(', ')}`,
};

/**
 * What of the known things depends on which pages there are.
 *
 * @param hasQuiz whether numbers of the quiz may be spoken of
 */
export function knownOnPages(
  pages: readonly PageSource[],
  hasQuiz: boolean,
): Pick<Known, 'page' | 'section' | 'value'> {
  const addresses = (list: typeof pages) =>
    list.flatMap(({ frontMatter, sections }) =>
      definedIds(frontMatter).flatMap(({ id }) => [id, ...sections.map((section) => `${id}/${section}`)]),
    );
  return {
    page: addresses(pages),
    section: addresses(pages.filter(({ kind }) => kind === 'lesson')),
    value: valueNames.filter((name) => hasQuiz || !quizValueNames.includes(name)),
  };
}

/** What the questions of the quiz tell to read again. */
export function sectionsNamed(quiz: DataFile | undefined): Reference[] {
  const items = valueAt(quiz?.data, ['items']);
  if (!quiz || !Array.isArray(items)) return [];
  return items.flatMap((_, index) => {
    const path = ['items', index, 'section'];
    const id = valueAt(quiz.data, path);
    const question = valueAt(quiz.data, ['items', index, 'id']);
    return typeof id === 'string' && id.trim() !== ''
      ? [
          {
            file: quiz.file,
            to: 'section' as const,
            id: readAddress(id.trim()),
            question: String(question),
            ...quiz.locate(path),
          },
        ]
      : [];
  });
}

/** Words a reference to what the course has and a program has not. */
function missingInProgram(
  { to, id, question, part }: Reference,
  { name, file }: ReferringProgram,
  isOwn: boolean,
): Omit<CourseProblem, keyof FilePlace> {
  const found = `"${id}", which the program does not have`;
  const anew =
    part === undefined
      ? `put it into a part, :::part{#part-id}, and write the part anew in ${file}`
      : `write the part "${part}" anew, under "parts" in ${file}`;
  switch (to) {
    case 'section':
      return {
        message: `a question whose section the program "${name}" does not have`,
        expected: 'page-id/section-id of a page to read in the program, or its page-id alone',
        found,
        hint: `leave out the question: add "${question}" to "leave-out" under "questions" in ${file}`,
      };
    case 'value':
      return {
        message: `a number that the program "${name}" does not have`,
        expected: `a number of a program without a quiz: ${valueNames.filter((value) => !quizValueNames.includes(value)).join(', ')}`,
        found: `"${id}"`,
        hint: isOwn ? 'say it without the number' : anew,
      };
    default:
      return {
        message: `a link that leads nowhere in the program "${name}"`,
        expected: 'the id of a page of the program, or page-id/section-id',
        found,
        hint: isOwn ? 'write the words without the link' : anew,
      };
  }
}

/**
 * Finds every reference to what is not there, and every check that is shown twice.
 *
 * @param references all of them, in reading order
 * @param program undefined for the course as it is written
 */
export function checkReferences(
  references: readonly Reference[],
  known: Known,
  program?: ReferringProgram,
): CourseProblem[] {
  const isOwn = ({ file }: FilePlace) => program === undefined || program.isOwn(file);
  const shown = new Map<string, Reference>();
  return references.flatMap((reference): CourseProblem[] => {
    const { to, id, file, line, column } = reference;
    const at = { file, line, column };
    const ids = known[to];
    if (ids && !ids.includes(id)) {
      if (program && (program.course[to] ?? []).includes(id)) {
        return [{ ...at, ...missingInProgram(reference, program, isOwn(reference)) }];
      }
      if (!isOwn(reference)) return [];
      return [
        {
          ...at,
          message: `unknown ${to === 'media' ? 'media file' : to}`,
          expected: where[to],
          found: `"${id}"`,
          hint: suggest(id, ids),
        },
      ];
    }
    if (to !== 'check') return [];
    const first = shown.get(id);
    if (!first) {
      shown.set(id, reference);
      return [];
    }
    // Of two places, the one in the program is the one to mend.
    const [here, there] = isOwn(reference) ? [reference, first] : [first, reference];
    if (!isOwn(here)) return [];
    return [
      {
        file: here.file,
        line: here.line,
        column: here.column,
        message: 'a check that is shown twice',
        expected: `each check at one place of the ${program ? 'program' : 'course'}`,
        found: `"${id}", which ${there.file}:${there.line} shows already`,
        hint: 'remove one of the two, or write another check',
      },
    ];
  });
}
