/** The numbers of a course that its texts may speak of. */
import type { Course } from './course.ts';

/** Names of the numbers, as authors write them in `:value[name]`. */
export const valueNames = ['pass-mark', 'minutes', 'questions', 'pages'] as const;

/** Name of a number. */
export type ValueName = (typeof valueNames)[number];

/** Names of the numbers that only a course with a quiz has. */
export const quizValueNames: readonly ValueName[] = ['pass-mark', 'questions'];

/** A number as authors write it: sums and per cents of binary fractions have a tail of digits that nobody meant. */
const plainNumber = (value: number): string => String(Number(value.toFixed(6)));

/** How many questions one try of the quiz asks. */
export function questionsInTry({ items, rules }: Course): number {
  const { draw } = rules.quiz;
  if (draw === null) return items.length;
  const takeaways = new Set(items.map(({ takeaway }) => takeaway));
  return [...takeaways].reduce((sum, takeaway) => sum + (draw[takeaway] ?? 0), 0);
}

/** The numbers of a course, worded. */
export function courseValues(course: Course): Record<ValueName, string> {
  return {
    'pass-mark': `${plainNumber(course.rules.passing.scaled * 100)}%`,
    minutes: plainNumber(course.minutes),
    questions: String(questionsInTry(course)),
    pages: String(course.pages.length),
  };
}
