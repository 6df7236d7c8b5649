/** What the commands of the packager have in common. */
import { type CourseProblem, formatProblem } from '../../src/model/course-problem.ts';

/** What the command line says beside the command. */
export interface Arguments {
  readonly operands: readonly string[];
  readonly options: {
    readonly program?: string;
    readonly format?: string;
    readonly course?: string;
    readonly out?: string;
    readonly rename?: boolean;
  };
}

/**
 * Runs a command.
 *
 * @returns the exit code; a text is a complaint about how the command was written
 */
export type RunCommand = (given: Arguments) => Promise<number | string>;

/** The folder of the course that a command is about. */
export const courseOf = ({ options }: Arguments): string => options.course ?? 'course';

/** Tells what would be better otherwise. */
export function reportWarnings(warnings: readonly CourseProblem[]): void {
  for (const warning of warnings) console.warn(`warning  ${formatProblem(warning)}\n`);
}

/**
 * Tells everything that is wrong with a course.
 *
 * @returns the exit code
 */
export function reportProblems(
  courseDir: string,
  problems: readonly CourseProblem[],
  warnings: readonly CourseProblem[],
): number {
  reportWarnings(warnings);
  for (const problem of problems) console.error(`${formatProblem(problem)}\n`);
  console.error(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in ${courseDir}/`);
  return 1;
}
