/** What is wrong in a course's files, said so that its author can mend it. */

/** A place in a file. Lines and columns count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A place and the file that it is in. */
export interface FilePlace extends Place {
  /** Path of the file as the author knows it, e.g. `course/pages/010-welcome.md`. */
  readonly file: string;
}

/** One problem at one place. */
export interface CourseProblem extends FilePlace {
  /** What is wrong, in a few words. */
  readonly message: string;
  readonly expected: string;
  readonly found: string;
  /** What to do about it. */
  readonly hint: string;
}

/** Puts problems in the order in which an author reads the files. Returns a new array. */
export function sortProblems(problems: readonly CourseProblem[]): CourseProblem[] {
  return [...problems].sort(
    (a, b) => a.file.localeCompare(b.file, 'en') || a.line - b.line || a.column - b.column,
  );
}

/** Formats a problem as four lines, the first of which starts with `file:line:column`. */
export function formatProblem(problem: CourseProblem): string {
  const { file, line, column, message, expected, found, hint } = problem;
  return [
    `${file}:${line}:${column}  ${message}`,
    `  expected  ${expected}`,
    `  found     ${found}`,
    `  hint      ${hint}`,
  ].join('\n');
}
