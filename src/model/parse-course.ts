/**
 * Turns the data an author wrote (already read from YAML, still `unknown`) into a checked {@link Course}, or
 * into every problem found. Pure: files, Markdown and line numbers are the business of the room `content`.
 *
 * Build time only. None of this ships to the learner.
 */
import * as v from 'valibot';
import { type AuthoredItem, itemSchema, toItem } from '../items/authored-item.ts';
import { attempts, id, ruleFields, text } from '../items/fields.ts';
import type { ItemRules } from '../items/item.ts';
import { checkQuestions } from './check-questions.ts';
import type { Course, Page, PageKind, Rules } from './course.ts';
import type { CourseProblem, Place } from './course-problem.ts';
import { type DataFile, type Definition, definedIds, valueAt } from './data-file.ts';
import { problemsOf } from './issue-problems.ts';
import { checkLedger, checkNumbered, courseIds, numberIn } from './ledger.ts';

/** All of a course's data. */
export interface CourseData {
  readonly course: DataFile;
  /** Undefined where the course has no quiz. */
  readonly quiz: DataFile | undefined;
  /** Undefined where no lesson has questions. */
  readonly checks: DataFile | undefined;
  readonly glossary: DataFile;
  readonly sources: DataFile;
  /** The numbers of takeaways, pages, questions and options. */
  readonly ledger: DataFile;
  /** In reading order. */
  readonly pages: readonly PageData[];
}

/** What a page says of itself. */
export interface PageData {
  readonly frontMatter: DataFile;
  readonly kind: PageKind;
  /** Where the directive stands that makes the page this kind; the page's beginning for a lesson. */
  readonly kindAt: Place;
}

/** A work that pages cite. */
export type Source = v.InferOutput<typeof sourceSchema>;

/** A word of the glossary. */
export type GlossaryTerm = v.InferOutput<typeof termSchema>;

/** A checked course with what only the document needs: feedback texts, sources, glossary. */
export interface ParsedCourse {
  readonly course: Course;
  readonly items: readonly AuthoredItem[];
  readonly checks: readonly AuthoredItem[];
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
    attempts,
  }),
});

const pageSchema = v.strictObject({ id, title: text, minutes });

const wholeNumber = v.pipe(
  v.number(),
  v.check((value) => Number.isInteger(value) && value >= 1, 'a whole number from 1'),
);

const quizRules = v.strictObject({
  draw: v.optional(v.union([v.literal('all'), wholeNumber, v.record(v.string(), wholeNumber)]), 'all'),
  shuffle: v.optional(v.boolean(), true),
  credit: v.optional(ruleFields.credit, 'all'),
  solution: v.optional(ruleFields.solution, 'after-submit'),
});

/** What a quiz says of how many questions it asks. */
type Draw = v.InferOutput<typeof quizRules>['draw'];

const questions = v.pipe(v.array(itemSchema), v.minLength(1, 'at least 1 question'));
const quizSchema = v.strictObject({ rules: v.optional(quizRules, {}), items: questions });
const checksSchema = v.strictObject({ checks: questions });

/** Rules of a question in a lesson that does not say otherwise. */
const checkRules: ItemRules = {
  credit: 'partial',
  solution: 'at-once',
  attempts: 2,
  shuffle: true,
  section: null,
};

const termSchema = v.strictObject({ id, term: text, definition: text });
const glossarySchema = v.strictObject({ terms: v.array(termSchema) });

const sourceSchema = v.strictObject({
  id,
  author: text,
  title: text,
  date: v.optional(text),
  url: v.pipe(
    text,
    v.check(
      (value) => value.startsWith('https://') && URL.canParse(value),
      'an address that starts with https://',
    ),
  ),
});
const sourcesSchema = v.strictObject({ sources: v.array(sourceSchema) });

/** Checks `source` against `schema`; adds to `problems` what does not fit, and returns the value if all does. */
function check<S extends v.GenericSchema>(
  schema: S,
  source: DataFile,
  problems: CourseProblem[],
): v.InferOutput<S> | undefined {
  if (source.data === undefined) return undefined;
  const result = v.safeParse(schema, source.data);
  if (result.success) return result.output;
  problems.push(...result.issues.flatMap((issue) => problemsOf(schema, source, issue)));
  return undefined;
}

/** Adds a problem for every definition of an id that an earlier one already has. */
function checkUnique(what: string, definitions: readonly Definition[], problems: CourseProblem[]): void {
  const first = new Map<string, string>();
  for (const { id, source, path } of definitions) {
    const place = source.locate(path);
    const earlier = first.get(id);
    if (earlier === undefined) {
      first.set(id, `${source.file}:${place.line}`);
      continue;
    }
    problems.push({
      file: source.file,
      ...place,
      message: `two ${what}s have the same id`,
      expected: `an id that no other ${what} has`,
      found: `"${id}", the id of the ${what} in ${earlier}`,
      hint: 'give one of them another id',
    });
  }
}

/** Adds a problem for every page, rule and file that does not agree with the others about the quiz. */
function checkQuiz({ course, quiz, pages }: CourseData, problems: CourseProblem[]): void {
  for (const kind of ['quiz', 'result'] as const) {
    const [first, ...others] = pages.filter((page) => page.kind === kind);
    for (const { frontMatter, kindAt } of others) {
      problems.push({
        file: frontMatter.file,
        ...kindAt,
        message: `a second page with ::${kind}`,
        expected: `one page with ::${kind}`,
        found: `${first?.frontMatter.file}:${first?.kindAt.line} has it already`,
        hint: `remove ::${kind} from one of the two pages`,
      });
    }
  }

  const quizPage = pages.find(({ kind }) => kind === 'quiz');
  if (quiz && !quizPage) {
    problems.push({
      file: quiz.file,
      line: 1,
      column: 1,
      message: 'no page shows the quiz',
      expected: 'a page with ::quiz',
      found: 'none',
      hint: 'write ::quiz on the page where the quiz belongs',
    });
  }
  if (quiz) return;
  if (quizPage) {
    problems.push({
      file: quizPage.frontMatter.file,
      ...quizPage.kindAt,
      message: 'this page shows a quiz that the course does not have',
      expected: 'a file quiz.yaml beside course.yaml',
      found: 'no such file',
      hint: 'add quiz.yaml or remove ::quiz',
    });
  }
  const asked = valueAt(course.data, ['completion', 'quiz']);
  if (asked === 'passed' || asked === 'submitted') {
    problems.push({
      file: course.file,
      ...course.locate(['completion', 'quiz']),
      message: 'completion asks for a quiz that the course does not have',
      expected: 'a file quiz.yaml beside course.yaml, or "quiz: none"',
      found: `"quiz: ${asked}" and no quiz.yaml`,
      hint: 'add quiz.yaml or set completion.quiz to none',
    });
  }
}

/** Adds a problem where a course would be completed before anything has been done. */
function checkCompletion({ course }: CourseData, problems: CourseProblem[]): void {
  const path = ['completion'];
  if (['pages', 'quiz'].some((field) => valueAt(course.data, [...path, field]) !== 'none')) return;
  problems.push({
    file: course.file,
    ...course.locate(path),
    message: 'completion asks for nothing',
    expected: '"pages: all", or a quiz that is "passed" or "submitted"',
    found: '"none" for both',
    hint: 'the course would be completed as soon as it is opened; set "pages: all"',
  });
}

/** How many questions of each takeaway a try asks; null is all. */
function drawOf(draw: Draw, items: readonly AuthoredItem[]): Rules['quiz']['draw'] {
  if (draw === 'all') return null;
  if (typeof draw === 'object') return draw;
  return Object.fromEntries(items.map(({ takeaway }) => [takeaway, draw]));
}

/**
 * Checks a course's data and the references between its files. One problem does not hide another: ids are
 * compared even where other fields of the same file are wrong.
 *
 * @returns the course, or all problems found in all files, unsorted
 */
export function parseCourse(data: CourseData): ParseResult {
  const problems: CourseProblem[] = [];
  const head = check(courseSchema, data.course, problems);
  const quiz = data.quiz && check(quizSchema, data.quiz, problems);
  const checks = data.checks && check(checksSchema, data.checks, problems);
  const glossary = check(glossarySchema, data.glossary, problems);
  const sources = check(sourcesSchema, data.sources, problems);
  const pages = data.pages.map(({ frontMatter, kind }): Omit<Page, 'number'> | undefined => {
    const page = check(pageSchema, frontMatter, problems);
    return page && { ...page, kind };
  });
  const { ledger, problems: brokenRules } = checkLedger(data.ledger);
  const ids = courseIds(data);
  problems.push(...brokenRules, ...checkNumbered(data.ledger, ids));

  checkUnique(
    'page',
    data.pages.flatMap(({ frontMatter }) => definedIds(frontMatter)),
    problems,
  );
  checkUnique('takeaway', definedIds(data.course, ['takeaways']), problems);
  checkUnique('term', definedIds(data.glossary, ['terms']), problems);
  checkUnique('source', definedIds(data.sources, ['sources']), problems);
  const asked = [
    data.quiz && definedIds(data.quiz, ['items']),
    data.checks && definedIds(data.checks, ['checks']),
  ];
  checkUnique(
    'question',
    asked.flatMap((definitions) => definitions ?? []),
    problems,
  );
  checkQuestions(data, problems);
  checkQuiz(data, problems);
  checkCompletion(data, problems);

  const known = pages.filter((page) => page !== undefined);
  if (problems.length > 0 || !head || !glossary || !sources || !ledger) return { ok: false, problems };
  const { completion, passing, takeaways, ...identity } = head;
  const { draw = 'all', shuffle = true, credit = 'all', solution = 'after-submit' } = quiz?.rules ?? {};
  const items = quiz?.items ?? [];
  const numbered = (item: AuthoredItem, rules: ItemRules, weight: number) =>
    toItem(item, {
      number: numberIn(ledger, ['questions'], item.id),
      option: (id) => numberIn(ledger, ['options', item.id], id),
      rules,
      weight,
    });
  return {
    ok: true,
    parsed: {
      course: {
        ...identity,
        minutes: known.reduce((sum, page) => sum + page.minutes, 0),
        takeaways: takeaways.map((takeaway) => ({
          ...takeaway,
          number: numberIn(ledger, ['takeaways'], takeaway.id),
        })),
        rules: {
          completion,
          passing: {
            scaled: passing.score / 100,
            counts: passing.counts,
            attempts: passing.attempts === 'unlimited' ? null : passing.attempts,
          },
          quiz: { draw: drawOf(draw, items), shuffle },
        },
        pages: known.map((page) => ({ ...page, number: numberIn(ledger, ['pages'], page.id) })),
        items: items.map((item) =>
          numbered(item, { credit, solution, attempts: 1, shuffle, section: null }, 1),
        ),
        checks: (checks?.checks ?? []).map((item) => numbered(item, checkRules, 0)),
      },
      items,
      checks: checks?.checks ?? [],
      sources: sources.sources,
      glossary: glossary.terms,
    },
  };
}
