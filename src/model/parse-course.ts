/**
 * Turns the data an author wrote (already read from YAML, still `unknown`) into a checked {@link Course}, or
 * into every problem found. Pure: files, Markdown and line numbers are the business of the room `content`.
 *
 * Build time only. None of this ships to the learner.
 */
import * as v from 'valibot';
import { type AuthoredItem, itemSchema, toItem } from '../items/authored-item.ts';
import { id, ruleFields, text } from '../items/fields.ts';
import type { ItemRules } from '../items/item.ts';
import { checkQuestions } from './check-questions.ts';
import { type Course, defaultProgram, type Page, type PageKind } from './course.ts';
import type { CourseProblem, FilePlace } from './course-problem.ts';
import { type DataFile, type Definition, definedIds, valueAt } from './data-file.ts';
import { check } from './issue-problems.ts';
import { checkLedger, checkNumbered, courseIds, numberIn } from './ledger.ts';
import { completionFields, draw, passingFields, toAttempts, toDraw } from './rule-schemas.ts';

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
  /** The pages that only programs have, of all programs. */
  readonly programPages: readonly PageData[];
}

/** What a page says of itself. */
export interface PageData {
  readonly frontMatter: DataFile;
  readonly kind: PageKind;
  /** Where the directive stands that makes the page this kind; the page's beginning for a lesson. */
  readonly kindAt: FilePlace;
}

/** A work that pages cite. */
export type Source = v.InferOutput<typeof sourceSchema>;

/** A word of the glossary. */
export type GlossaryTerm = v.InferOutput<typeof termSchema>;

/** What a catalogue wants to know beside the course itself. */
export interface CourseMetadata {
  /** At least one. */
  readonly keywords: readonly string[];
  /** Who may do what with the course, in a sentence. */
  readonly rights: string;
}

/** A checked course with what only the document needs: feedback texts, sources, glossary. */
export interface ParsedCourse {
  readonly course: Course;
  readonly metadata: CourseMetadata;
  readonly items: readonly AuthoredItem[];
  readonly checks: readonly AuthoredItem[];
  readonly sources: readonly Source[];
  readonly glossary: readonly GlossaryTerm[];
}

/** Either a course or all of its problems. */
export type ParseResult =
  | {
      readonly ok: true;
      readonly parsed: ParsedCourse;
      /** The pages that only programs have. */
      readonly programPages: readonly Page[];
    }
  | { readonly ok: false; readonly problems: readonly CourseProblem[] };

const minutes = v.pipe(v.number(), v.gtValue(0, 'a number of minutes greater than 0'));

const takeawaySchema = v.strictObject({ id, text, main: v.boolean() });

/** An absolute IRI (RFC 3987 2.2): a scheme, a colon, and nothing that an IRI has to escape or cannot hold. */
const iri = v.pipe(
  text,
  v.check(
    (value) =>
      /^[a-z][a-z0-9+.-]*:(?:[^\s\p{Cc}\p{Cs}<>"{}|\\^`%]|%[0-9a-f]{2})+$/iu.test(value) &&
      URL.canParse(value),
    'an absolute IRI such as https://example.org/courses/tea, or urn:uuid: and a UUID',
  ),
);

const courseSchema = v.strictObject({
  id,
  iri,
  version: v.pipe(
    v.string(),
    v.regex(
      /^\d+\.\d+\.\d+(-[0-9a-z-]+(\.[0-9a-z-]+)*)?$/,
      'a version such as 1.0.0 or 1.1.0-beta.1, in lower case and without "+"',
    ),
  ),
  language: v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a BCP 47 tag such as en')),
  title: text,
  series: text,
  description: text,
  keywords: v.pipe(v.array(text), v.minLength(1, 'at least 1 keyword')),
  rights: text,
  takeaways: v.pipe(v.array(takeawaySchema), v.minLength(1, 'at least 1 takeaway')),
  completion: v.strictObject(completionFields),
  passing: v.strictObject(passingFields),
});

const pageSchema = v.strictObject({ id, title: text, minutes });

const quizRules = v.strictObject({
  draw: v.optional(draw, 'all'),
  shuffle: v.optional(v.boolean(), true),
  credit: v.optional(ruleFields.credit, 'all'),
  solution: v.optional(ruleFields.solution, 'after-submit'),
});

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
    for (const { kindAt } of others) {
      problems.push({
        ...kindAt,
        message: `a second page with ::${kind}`,
        expected: `one page with ::${kind}`,
        found: `${first?.kindAt.file}:${first?.kindAt.line} has it already`,
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
  const readPage = ({ frontMatter, kind }: PageData): Omit<Page, 'number'>[] => {
    const page = check(pageSchema, frontMatter, problems);
    return page ? [{ ...page, kind }] : [];
  };
  const pages = data.pages.flatMap(readPage);
  const programPages = data.programPages.flatMap(readPage);
  const { ledger, problems: brokenRules } = checkLedger(data.ledger);
  const allPages = [...data.pages, ...data.programPages];
  const ids = courseIds({ ...data, pages: allPages });
  problems.push(...brokenRules, ...checkNumbered(data.ledger, ids));

  checkUnique(
    'page',
    allPages.flatMap(({ frontMatter }) => definedIds(frontMatter)),
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

  if (problems.length > 0 || !head || !glossary || !sources || !ledger) return { ok: false, problems };
  const { completion, passing, takeaways, keywords, rights, ...identity } = head;
  const {
    draw: drawn = 'all',
    shuffle = true,
    credit = 'all',
    solution = 'after-submit',
  } = quiz?.rules ?? {};
  const items = quiz?.items ?? [];
  const numbered = (item: AuthoredItem, rules: ItemRules, weight: number) =>
    toItem(item, {
      number: numberIn(ledger, ['questions'], item.id),
      option: (id) => numberIn(ledger, ['options', item.id], id),
      rules,
      weight,
    });
  const numberedPage = (page: Omit<Page, 'number'>): Page => ({
    ...page,
    number: numberIn(ledger, ['pages'], page.id),
  });
  return {
    ok: true,
    programPages: programPages.map(numberedPage),
    parsed: {
      course: {
        ...identity,
        program: defaultProgram,
        minutes: pages.reduce((sum, page) => sum + page.minutes, 0),
        takeaways: takeaways.map((takeaway) => ({
          ...takeaway,
          number: numberIn(ledger, ['takeaways'], takeaway.id),
        })),
        rules: {
          completion,
          passing: {
            scaled: passing.score / 100,
            counts: passing.counts,
            attempts: toAttempts(passing.attempts),
          },
          quiz: { draw: toDraw(drawn, items), shuffle },
        },
        pages: pages.map(numberedPage),
        items: items.map((item) =>
          numbered(item, { credit, solution, attempts: 1, shuffle, section: null }, 1),
        ),
        checks: (checks?.checks ?? []).map((item) => numbered(item, checkRules, 0)),
      },
      metadata: { keywords, rights },
      items,
      checks: checks?.checks ?? [],
      sources: sources.sources,
      glossary: glossary.terms,
    },
  };
}
