/** The training programs of this course, and what each demands, said again by hand. */
import type { Course } from '../../src/model/course.ts';
import { readOnce } from './local-course.ts';

/** The pass mark in per cent, or nothing but reading. */
export const programRules = {
  default: { passMark: 80 },
  'senior-officials': { passMark: null },
  'standards-body': { passMark: 90 },
} as const satisfies Record<string, { passMark: number | null }>;

export type ProgramName = keyof typeof programRules;

export const programNames = Object.keys(programRules) as ProgramName[];

/** The course as a program has it. */
export async function readProgram(program: ProgramName): Promise<Course> {
  const read = await readOnce('course');
  const source = read.ok && read.programs.find(({ course }) => course.program === program);
  if (!source) throw new Error(`course/ has no sound program "${program}": npm run build says why`);
  return source.course;
}

/** So many right answers are just enough. */
export const enoughFor = (passMark: number, questions: number): number =>
  Math.ceil((questions * passMark) / 100);
