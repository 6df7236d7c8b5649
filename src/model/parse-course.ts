/**
 * Turns the data an author wrote (already read from YAML, still `unknown`) into a checked {@link Course}, or
 * into every problem found. Pure: files, Markdown and line numbers are the business of the room `content`.
 *
 * Build time only. None of this ships to the learner.
 */
import { closest, distance } from 'fastest-levenshtein';
import * as v from 'valibot';
import { type AuthoredItem, itemSchema, toItem } from '../items/authored-item.ts';
import { id, text } from '../items/fields.ts';
import type { Course, Page, PageKind } from './course.ts';
import type { CourseProblem } from './course-problem.ts';

/** Keys that lead to a value inside a file, from its root. */
export type ValuePath = readonly (string | number)[];

/** A file's data together with the knowledge of where each value stands. */
export interface DataFile {
  /** Path of the file as the author knows it. */
  readonly file: string;
  /** Undefined where the file cannot be read; then whoever read it has reported why. */
  readonly data: unknown;
  /**
   * Where the value at `path` stands, or else the nearest value that contains it. With `key`, where the
   * name of the field stands rather than its value.
   */
  locate(path: ValuePath, part?: 'key' | 'value'): { readonly line: number; readonly column: number };
}

/** All of a course's data. */
export interface CourseData {
  readonly course: DataFile;
  /** Undefined where the course has no quiz. */
  readonly quiz: DataFile | undefined;
  readonly glossary: DataFile;
  readonly sources: DataFile;
  /** Front matter of the pages, in reading order, each with the kind that its directives make it. */
  readonly pages: readonly { readonly frontMatter: DataFile; readonly kind: PageKind }[];
}

/** A work that pages cite. */
export type Source = v.InferOutput<typeof sourceSchema>;

/** A word of the glossary. */
export type GlossaryTerm = v.InferOutput<typeof termSchema>;

/** A checked course with what only the document needs: feedback texts, sources, glossary. */
export interface ParsedCourse {
  readonly course: Course;
  readonly items: readonly AuthoredItem[];
  readonly sources: readonly Source[];
  readonly glossary: readonly GlossaryTerm[];
}

/** Either a course or all of its problems. */
export type ParseResult =
  | { readonly ok: true; readonly parsed: ParsedCourse }
  | { readonly ok: false; readonly problems: readonly CourseProblem[] };

const minutes = v.pipe(v.number(), v.gtValue(0, 'a number of minutes greater than 0'));

const takeawaySchema = v.strictObject({ id, text, main: v.boolean() });

const courseSchema = v.strictObject({
  id,
  version: v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+(-[0-9a-z.-]+)?$/, 'a semantic version such as 1.0.0')),
  language: v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a BCP 47 tag such as en')),
  title: text,
  series: text,
  description: text,
  takeaways: v.pipe(v.array(takeawaySchema), v.minLength(1, 'at least 1 takeaway')),
  completion: v.strictObject({
    pages: v.picklist(['all', 'none']),
    quiz: v.picklist(['passed', 'submitted', 'none']),
  }),
  passing: v.strictObject({
    score: v.pipe(v.number(), v.minValue(0, 'per cent, 0 to 100'), v.maxValue(100, 'per cent, 0 to 100')),
    counts: v.picklist(['best', 'last']),
    attempts: v.union([
      v.literal('unlimited'),
      v.pipe(v.number(), v.integer('a whole number'), v.minValue(1, 'at least 1')),
    ]),
  }),
});

const pageSchema = v.strictObject({ id, title: text, minutes });

const quizSchema = v.strictObject({
  items: v.pipe(v.array(itemSchema), v.minLength(1, 'at least 1 question')),
});

const termSchema = v.strictObject({ id, term: text, definition: text });
const glossarySchema = v.strictObject({ terms: v.array(termSchema) });

const sourceSchema = v.strictObject({
  id,
  author: text,
  title: text,
  date: v.optional(text),
  url: v.pipe(text, v.startsWith('https://', 'an address that starts with https://'), v.url('an address')),
});
const sourcesSchema = v.strictObject({ sources: v.array(sourceSchema) });

/** Every name a field may have anywhere, for "did you mean". */
const fieldNames = [
  ...[courseSchema, courseSchema.entries.completion, courseSchema.entries.passing, pageSchema],
  ...[takeawaySchema, quizSchema, glossarySchema, termSchema, sourcesSchema, sourceSchema],
].flatMap((schema) => Object.keys(schema.entries));
const itemFieldNames = ['kind', 'takeaway', 'prompt', 'weight', 'options', 'multiple', 'answer', 'feedback'];

/** Words a hint "did you mean …?" where something close to `found` is known, else lists what is known. */
export function suggest(found: string, known: readonly string[]): string {
  if (known.length === 0) return 'none is defined yet';
  const nearest = closest(found, known);
  return distance(found, nearest) <= Math.max(2, found.length / 3)
    ? `did you mean "${nearest}"?`
    : `known: ${known.join(', ')}`;
}

const show = (value: unknown): string => {
  const shown = JSON.stringify(value) ?? 'nothing';
  return shown.length > 80 ? `${shown.slice(0, 79)}…` : shown;
};

type Issue = v.BaseIssue<unknown>;

function problemOf(source: DataFile, issue: Issue): CourseProblem {
  const path: ValuePath = (issue.path ?? []).flatMap(({ key }) =>
    typeof key === 'string' || typeof key === 'number' ? [key] : [],
  );
  const field = String(path.at(-1) ?? 'file');
  const at = { file: source.file, ...source.locate(path) };

  if (issue.type === 'raw_check') {
    return {
      ...at,
      message: issue.message,
      expected: issue.expected ?? 'what the message says',
      found: issue.received,
      hint: 'correct the options of this question',
    };
  }
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return {
      ...at,
      ...source.locate(path, 'key'),
      message: `unknown field "${field}"`,
      expected: 'only fields that this file has a use for',
      found: `"${field}"`,
      hint: suggest(field, [...new Set([...fieldNames, ...itemFieldNames])]),
    };
  }
  if (issue.input === undefined) {
    return {
      ...at,
      message: `missing field "${field}"`,
      expected: `"${field}"`,
      found: 'no such field',
      hint: `add a line "${field}: …"`,
    };
  }
  return {
    ...at,
    message: `"${field}" cannot be used`,
    expected: issue.kind === 'validation' ? issue.message : (issue.expected ?? issue.message),
    found: show(issue.input),
    hint: `change the value of "${field}"`,
  };
}

/** Checks `source` against `schema`; adds to `problems` what does not fit, and returns the value if all does. */
function check<S extends v.GenericSchema>(
  schema: S,
  source: DataFile,
  problems: CourseProblem[],
): v.InferOutput<S> | undefined {
  if (source.data === undefined) return undefined;
  const result = v.safeParse(schema, source.data);
  if (result.success) return result.output;
  problems.push(...result.issues.map((issue) => problemOf(source, issue)));
  return undefined;
}

/** Adds a problem for every id in `ids` that an earlier one already has. */
function checkUnique(
  what: string,
  ids: readonly { readonly id: string; readonly source: DataFile; readonly path: ValuePath }[],
  problems: CourseProblem[],
): void {
  const seen = new Set<string>();
  for (const { id, source, path } of ids) {
    if (seen.has(id)) {
      problems.push({
        file: source.file,
        ...source.locate(path),
        message: `two ${what}s have the same id`,
        expected: `an id that no other ${what} has`,
        found: `"${id}" again`,
        hint: 'give one of them another id',
      });
    }
    seen.add(id);
  }
}

/**
 * Checks a course's data and the references between its files.
 *
 * @returns the course, or all problems found in all files, unsorted
 */
export function parseCourse(data: CourseData): ParseResult {
  const problems: CourseProblem[] = [];
  const head = check(courseSchema, data.course, problems);
  const quiz = data.quiz && check(quizSchema, data.quiz, problems);
  const glossary = check(glossarySchema, data.glossary, problems);
  const sources = check(sourcesSchema, data.sources, problems);
  const pages = data.pages.map(({ frontMatter, kind }): Page | undefined => {
    const page = check(pageSchema, frontMatter, problems);
    return page && { ...page, kind };
  });

  checkUnique(
    'page',
    pages.flatMap((page, index) => {
      const source = data.pages[index]?.frontMatter;
      return page && source ? [{ id: page.id, source, path: ['id'] }] : [];
    }),
    problems,
  );
  const lists = [
    ['takeaway', data.course, 'takeaways', head?.takeaways],
    ['question', data.quiz, 'items', quiz?.items],
    ['term', data.glossary, 'terms', glossary?.terms],
    ['source', data.sources, 'sources', sources?.sources],
  ] as const;
  for (const [what, source, field, list] of lists) {
    if (!source || !list) continue;
    checkUnique(
      what,
      list.map(({ id }, index) => ({ id, source, path: [field, index, 'id'] })),
      problems,
    );
  }

  if (head && quiz && data.quiz) {
    const known = head.takeaways.map(({ id }) => id);
    for (const [index, item] of quiz.items.entries()) {
      if (known.includes(item.takeaway)) continue;
      problems.push({
        file: data.quiz.file,
        ...data.quiz.locate(['items', index, 'takeaway']),
        message: 'unknown takeaway',
        expected: 'the id of a takeaway in course.yaml',
        found: `"${item.takeaway}"`,
        hint: suggest(item.takeaway, known),
      });
    }
  }
  if (head && head.completion.quiz !== 'none' && !data.quiz) {
    problems.push({
      file: data.course.file,
      ...data.course.locate(['completion', 'quiz']),
      message: 'completion asks for a quiz that the course does not have',
      expected: 'a file quiz.yaml, or "quiz: none"',
      found: `"quiz: ${head.completion.quiz}" and no quiz.yaml`,
      hint: 'add quiz.yaml or set completion.quiz to none',
    });
  }
  for (const kind of ['quiz', 'result'] as const) {
    const extra = data.pages.filter((page) => page.kind === kind)[1];
    if (extra) {
      problems.push({
        file: extra.frontMatter.file,
        line: 1,
        column: 1,
        message: `a second page with ::${kind}`,
        expected: `one page with ::${kind}`,
        found: 'another one before this',
        hint: `remove ::${kind} from one of the two pages`,
      });
    }
  }
  const hasQuizPage = data.pages.some((page) => page.kind === 'quiz');
  if (hasQuizPage !== (data.quiz !== undefined)) {
    problems.push({
      file: (data.quiz ?? data.course).file,
      line: 1,
      column: 1,
      message: hasQuizPage ? 'a page shows a quiz that does not exist' : 'no page shows the quiz',
      expected: 'quiz.yaml and one page with ::quiz, or neither',
      found: hasQuizPage ? '::quiz without quiz.yaml' : 'quiz.yaml without ::quiz',
      hint: hasQuizPage ? 'add quiz.yaml' : 'write ::quiz on the page where the quiz belongs',
    });
  }

  const known = pages.filter((page) => page !== undefined);
  if (problems.length > 0 || !head || !glossary || !sources) return { ok: false, problems };
  const { completion, passing, ...identity } = head;
  return {
    ok: true,
    parsed: {
      course: {
        ...identity,
        minutes: known.reduce((sum, page) => sum + page.minutes, 0),
        rules: {
          completion,
          passing: {
            scaled: passing.score / 100,
            counts: passing.counts,
            attempts: passing.attempts === 'unlimited' ? null : passing.attempts,
          },
        },
        pages: known,
        items: (quiz?.items ?? []).map(toItem),
      },
      items: quiz?.items ?? [],
      sources: sources.sources,
      glossary: glossary.terms,
    },
  };
}
