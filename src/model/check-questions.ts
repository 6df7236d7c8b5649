/**
 * What questions must be beyond what their kinds ask for: together with the rules of the quiz, with the takeaways and
 * in the place where they stand. On unchecked data, so that one problem does not hide another. Build time only.
 */
import type { CourseProblem, FilePlace } from './course-problem.ts';
import { type DataFile, type Definition, definedIds, type ValuePath, valueAt } from './data-file.ts';
import { show, similar, suggest } from './issue-problems.ts';

/** The files that questions and their takeaways stand in; undefined for files that the course does not have. */
export interface QuestionSources {
  readonly course: DataFile;
  readonly quiz: DataFile | undefined;
  readonly checks: DataFile | undefined;
}

/** Takes a problem with the value at `path`. */
export type Report = (
  source: DataFile,
  path: ValuePath,
  text: Omit<CourseProblem, keyof FilePlace>,
  part?: 'key' | 'value',
) => void;

/** Makes a {@link Report} that adds to `problems`. */
export const reportTo =
  (problems: CourseProblem[]): Report =>
  (source, path, text, part) => {
    problems.push({ file: source.file, ...source.locate(path, part), ...text });
  };

/** A question as its author wrote it, unchecked. */
interface Question {
  readonly source: DataFile;
  readonly path: ValuePath;
  /** The value of one of its fields. */
  field(name: string): unknown;
}

/** Every question of a file, unchecked. */
function questionsIn(source: DataFile | undefined, list: 'items' | 'checks'): Question[] {
  const entries = valueAt(source?.data, [list]);
  if (!source || !Array.isArray(entries)) return [];
  return entries.map((_, index) => {
    const path = [list, index];
    return { source, path, field: (name) => valueAt(source.data, [...path, name]) };
  });
}

/** The takeaway that a question of the quiz serves. One that is misspelt is not missed a second time where it belongs. */
function servedBy({ field }: Question, known: readonly string[]): string[] {
  const takeaway = field('takeaway');
  if (typeof takeaway !== 'string' || field('kind') === 'likert') return [];
  if (known.includes(takeaway)) return [takeaway];
  const meant = similar(takeaway, known);
  return meant === undefined ? [] : [meant];
}

/** The takeaway of each question of the quiz but for those that are left out. */
export const takeawaysAsked = (
  quiz: DataFile,
  known: readonly string[],
  leftOut: readonly string[] = [],
): string[] =>
  questionsIn(quiz, 'items').flatMap((question) =>
    leftOut.includes(String(question.field('id'))) ? [] : servedBy(question, known),
  );

/** Reports every question that serves a takeaway that is not there. */
function checkServed(questions: readonly Question[], known: readonly string[], report: Report): void {
  for (const { source, path, field } of questions) {
    const takeaway = field('takeaway');
    if (typeof takeaway !== 'string' || known.includes(takeaway)) continue;
    report(source, [...path, 'takeaway'], {
      message: 'unknown takeaway',
      expected: 'the id of a takeaway in course.yaml',
      found: `"${takeaway}"`,
      hint: suggest(takeaway, known),
    });
  }
}

/** Reports every takeaway that no question of the quiz serves. */
function checkTakeaways(takeaways: readonly Definition[], served: readonly string[], report: Report): void {
  for (const { id, source, path } of takeaways) {
    if (served.includes(id)) continue;
    report(source, path, {
      message: 'a takeaway that no question of the quiz serves',
      expected: `a question in quiz.yaml with "takeaway: ${id}"`,
      found: 'none',
      hint: 'write one; an LMS reports each takeaway by the questions that serve it',
    });
  }
}

/** Words a number of questions: `no questions`, `1 question`. */
export const many = (count: number): string =>
  `${count === 0 ? 'no' : count} ${count === 1 ? 'question' : 'questions'}`;

/** How many times each takeaway is served. */
export function poolOf(served: readonly string[]): ReadonlyMap<string, number> {
  const pool = new Map<string, number>();
  for (const takeaway of served) pool.set(takeaway, (pool.get(takeaway) ?? 0) + 1);
  return pool;
}

/**
 * Reports where a try cannot ask as many questions as a draw says, or would never ask some of them.
 *
 * @param source the file of the draw
 * @param path where the draw stands in it
 * @param served the takeaway of each question
 * @param more what gives a takeaway more questions
 */
export function checkDraw(
  source: DataFile,
  path: ValuePath,
  served: readonly string[],
  known: readonly string[],
  report: Report,
  more: (there: number) => string,
): void {
  const draw = valueAt(source.data, path);
  const pool = poolOf(served);
  const checkCount = (takeaway: string, count: unknown, at: ValuePath) => {
    const there = pool.get(takeaway) ?? 0;
    if (typeof count !== 'number' || count <= there) return;
    report(source, at, {
      message: 'the rules draw more questions than there are',
      expected: `at most ${there} for the takeaway "${takeaway}"`,
      found: `${count}, and ${many(there)} with "takeaway: ${takeaway}"`,
      hint: there === 0 ? more(there) : `${more(there)}, or draw ${there}`,
    });
  };

  if (typeof draw === 'number') for (const takeaway of pool.keys()) checkCount(takeaway, draw, path);
  if (typeof draw !== 'object' || draw === null || Array.isArray(draw)) return;
  const drawn = Object.keys(draw);
  const meant = drawn.flatMap((takeaway) =>
    known.includes(takeaway) ? [] : (similar(takeaway, known) ?? []),
  );
  for (const [takeaway, count] of Object.entries(draw)) {
    if (known.includes(takeaway)) {
      checkCount(takeaway, count, [...path, takeaway]);
      continue;
    }
    const text = {
      message: 'unknown takeaway',
      expected: 'the id of a takeaway in course.yaml',
      found: `"${takeaway}"`,
      hint: suggest(takeaway, known),
    };
    report(source, [...path, takeaway], text, 'key');
  }
  for (const [takeaway, there] of pool) {
    if (drawn.includes(takeaway) || meant.includes(takeaway)) continue;
    report(source, path, {
      message: 'the rules draw no question of a takeaway',
      expected: `how many of the ${many(there)} with "takeaway: ${takeaway}" a try asks`,
      found: `no entry "${takeaway}"`,
      hint: `add "${takeaway}: 1"; without it they would never be asked`,
    });
  }
}

/** Reports what a question cannot have in the quiz. */
function checkScored({ source, path, field }: Question, report: Report): void {
  if (field('kind') === 'likert') {
    report(source, [...path, 'kind'], {
      message: 'a likert question in the quiz',
      expected: 'a kind that is scored',
      found: '"likert", where nothing is right or wrong',
      hint: 'move the question to checks.yaml and show it on a page with ::check',
    });
    return;
  }
  if (field('section') === undefined) {
    report(source, [...path, 'section'], {
      message: 'missing field "section"',
      expected: '"section": page-id/section-id of what the result tells to read again',
      found: 'no such field',
      hint: 'add a line "section: …"',
    });
  }
  const attempts = field('attempts');
  const solution = field('solution') ?? valueAt(source.data, ['rules', 'solution']) ?? 'after-submit';
  if (attempts === undefined || !['after-submit', 'after-passing', 'never'].includes(String(solution)))
    return;
  report(
    source,
    [...path, 'attempts'],
    {
      message: '"attempts" has no effect here',
      expected: 'no such field, or "solution: at-once"',
      found: `"attempts: ${String(attempts)}" with "solution: ${String(solution)}"`,
      hint: 'remove it: only a question that is judged at once can be tried again by itself',
    },
    'key',
  );
}

/** Why a check has none of these fields, by name. */
const noFieldsOfChecks = {
  weight: 'a check has no points',
  section: 'a check stands beside what it is about',
  solution: 'a check is always judged at once',
};

/** Reports what a question cannot have in a lesson. What a likert question has too much, its own schema reports. */
function checkUnscored({ source, path, field }: Question, report: Report): void {
  if (field('kind') === 'likert') return;
  for (const [name, why] of Object.entries(noFieldsOfChecks)) {
    const value = field(name);
    if (value === undefined) continue;
    const text = {
      message: `"${name}" has no effect here`,
      expected: 'no such field: a check is judged at once and not scored',
      found: `"${name}: ${typeof value === 'string' ? value : show(value)}"`,
      hint: `remove it: ${why}`,
    };
    report(source, [...path, name], text, 'key');
  }
}

/** What stands for other options, e.g. "All of the above", "None of these.", "Both a and b", "1 and 3 only". */
const otherOptions = [
  /\b(all|any|both|either|most|neither|none|one|some|two|three) (of )?the (above|below)\b/i,
  /^(all|any|both|either|neither|none)( of)?( the)? ((these|those)( (options|answers|statements))?|(other |above )?(options|answers|statements)( above| below)?)( (is|are) (right|correct|true))?[\s\p{P}]*$/iu,
  /^(both|neither|either|only|answers?|options?) \(?[a-h1-9]\)?(, \(?[a-h1-9]\)?)*,? (and|or|nor|&|\+) \(?[a-h1-9]\)?( only)?[\s\p{P}]*$/iu,
  /^\(?[a-h1-9]\)? (and|or|&|\+) \(?[a-h1-9]\)? only[\s\p{P}]*$/iu,
];

/** Reports every option that stands for others by their place or letter: each try has an order of its own. */
function checkOptions({ source, path, field }: Question, report: Report): void {
  const options = field('options');
  const shuffle = field('shuffle') ?? valueAt(source.data, ['rules', 'shuffle']);
  if (field('kind') !== 'choice' || shuffle === false || !Array.isArray(options)) return;
  for (const index of options.keys()) {
    const at = [...path, 'options', index, 'text'];
    const text = valueAt(source.data, at);
    if (typeof text !== 'string' || !otherOptions.some((pattern) => pattern.test(text.trim()))) continue;
    report(source, at, {
      message: 'an option that stands for other options',
      expected: 'a text that says what it means wherever it stands: options come in another order each time',
      found: show(text),
      hint: 'remove it; where several are right, write "multiple: true"',
    });
  }
}

/**
 * Checks the questions of a course. What their kinds ask for is not checked here: their schemas do.
 *
 * @param problems gets what is found
 */
export function checkQuestions({ course, quiz, checks }: QuestionSources, problems: CourseProblem[]): void {
  const report = reportTo(problems);
  const asked = questionsIn(quiz, 'items');
  const beside = questionsIn(checks, 'checks');
  for (const question of asked) checkScored(question, report);
  for (const question of beside) checkUnscored(question, report);
  for (const question of [...asked, ...beside]) checkOptions(question, report);

  // Nothing can be said of takeaways that cannot be read.
  if (course.data === undefined) return;
  const takeaways = definedIds(course, ['takeaways']);
  const known = takeaways.map(({ id }) => id);
  checkServed([...asked, ...beside], known, report);
  if (asked.length === 0 || !quiz) return;
  const served = takeawaysAsked(quiz, known);
  checkTakeaways(takeaways, served, report);
  checkDraw(quiz, ['rules', 'draw'], served, known, report, (there) =>
    there === 0 ? 'write questions for it' : 'write more questions for it',
  );
}
