/** A training program: the course in the form that one group of learners gets. Build time only. */
import * as v from 'valibot';
import { id, text } from '../items/fields.ts';
import type { Item } from '../items/items.ts';
import type { Course, Page, Rules } from './course.ts';
import { formatNames } from './format-names.ts';
import type { ParsedCourse } from './parse-course.ts';
import { completionFields, draw, passingFields, toAttempts, toDraw } from './rule-schemas.ts';

/** Name of a program: of its file, and of the folder of its packages. */
export const programName = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'a name of a–z, 0–9 and -, at most 40 characters'),
  // No file or folder there can have the name of a device, whatever its extension.
  v.check(
    (name) => !/^(con|prn|aux|nul|(com|lpt)[1-9])$/.test(name),
    'a name that Windows does not keep for a device, as it does con, nul and com1',
  ),
);

/**
 * A list, or one of the names that may stand alone. Told apart first, so that a problem is said of what was meant. What is
 * read is always a list, each name once, in the order in which packages are made.
 */
const formats = v.pipe(
  v.lazy((value) =>
    Array.isArray(value)
      ? v.pipe(v.array(v.picklist(formatNames)), v.minLength(1, 'at least 1 format, or all'))
      : v.picklist(['all', ...formatNames]),
  ),
  v.transform((chosen) => {
    const names: readonly string[] = typeof chosen === 'string' ? [chosen] : chosen;
    return formatNames.filter((name) => names.includes('all') || names.includes(name));
  }),
);

const markdown = v.string();

const addedPage = v.strictObject({ file: text, after: v.optional(id), before: v.optional(id) });

const logo = v.strictObject({ file: text, alt: text });

/** Names of tokens and their values; which there are, and what is a colour, model/brand.ts says. */
const colours = v.record(v.string(), v.unknown());

const scale = v.pipe(
  v.number(),
  v.minValue(0.9, 'a number from 0.9 to 1.5'),
  v.maxValue(1.5, 'a number from 0.9 to 1.5'),
);

/** The file of a program. */
export const programSchema = v.strictObject({
  title: v.optional(text),
  description: v.optional(text),
  formats: v.optional(formats, 'all'),
  pages: v.optional(
    v.strictObject({ 'leave-out': v.optional(v.array(text), []), add: v.optional(v.array(addedPage), []) }),
    {},
  ),
  questions: v.optional(
    v.strictObject({ 'leave-out': v.optional(v.array(text), []), draw: v.optional(draw) }),
    {},
  ),
  parts: v.optional(v.record(v.string(), markdown), {}),
  completion: v.optional(v.partial(v.strictObject(completionFields)), {}),
  passing: v.optional(v.partial(v.strictObject(passingFields)), {}),
  brand: v.optional(
    v.strictObject({
      logo: v.optional(logo),
      'type-scale': v.optional(scale, 1),
      light: v.optional(colours, {}),
      dark: v.optional(colours, {}),
    }),
    {},
  ),
  closing: v.optional(markdown),
  contact: v.optional(markdown),
});

/** What a program changes. */
export type Program = v.InferOutput<typeof programSchema>;

/** The rules of a program: each field that it does not change is the course's. */
function rulesOf({ rules }: Course, program: Program, items: readonly Item[]): Rules {
  const { completion, passing, questions } = program;
  const takeaways = new Set(items.map(({ takeaway }) => takeaway));
  const drawn = Object.entries(rules.quiz.draw ?? {}).filter(([takeaway]) => takeaways.has(takeaway));
  return {
    completion: {
      pages: completion.pages ?? rules.completion.pages,
      quiz: completion.quiz ?? rules.completion.quiz,
    },
    passing: {
      scaled: passing.score === undefined ? rules.passing.scaled : passing.score / 100,
      counts: passing.counts ?? rules.passing.counts,
      attempts: passing.attempts === undefined ? rules.passing.attempts : toAttempts(passing.attempts),
    },
    quiz: {
      ...rules.quiz,
      draw:
        questions.draw !== undefined
          ? toDraw(questions.draw, items)
          : rules.quiz.draw && items.length > 0
            ? Object.fromEntries(drawn)
            : null,
    },
  };
}

/** What stands on the pages of a program and is defined elsewhere in the course. */
export interface ShownOnPages {
  /** Ids of the checks. */
  readonly checks: ReadonlySet<string>;
  /** Ids of the takeaways that stand there one by one. */
  readonly takeaways: ReadonlySet<string>;
  /** Whether the main takeaways stand there as a list. */
  readonly mainTakeaways: boolean;
}

/**
 * The course of a program. All that is checked has been checked: see model/check-program.ts. Its takeaways are those that it
 * teaches: an LMS would wait in vain for the others.
 *
 * @param parsed the course as its author wrote it
 * @param name the program's name
 * @param pages the program's pages, in reading order
 * @param shown what stands on them
 */
export function applyProgram(
  parsed: ParsedCourse,
  name: string,
  program: Program,
  pages: readonly Page[],
  shown: ShownOnPages,
): ParsedCourse {
  const { course } = parsed;
  const hasQuiz = pages.some(({ kind }) => kind === 'quiz');
  const leftOut = program.questions['leave-out'];
  const isAsked = (item: { readonly id: string }) => hasQuiz && !leftOut.includes(item.id);
  const isShown = (item: { readonly id: string }) => shown.checks.has(item.id);
  const items = course.items.filter(isAsked);
  const checks = course.checks.filter(isShown);
  const asked = new Set([...items, ...checks].map(({ takeaway }) => takeaway));
  return {
    ...parsed,
    course: {
      ...course,
      program: name,
      title: program.title ?? course.title,
      description: program.description ?? course.description,
      minutes: pages.reduce((sum, page) => sum + page.minutes, 0),
      rules: rulesOf(course, program, items),
      takeaways: course.takeaways.filter(
        ({ id, main }) => asked.has(id) || shown.takeaways.has(id) || (main && shown.mainTakeaways),
      ),
      pages,
      items,
      checks,
    },
    items: parsed.items.filter(isAsked),
    checks: parsed.checks.filter(isShown),
  };
}
