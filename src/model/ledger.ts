/**
 * The ledger of a course: the number of every takeaway, page, question and option, given once and never to anything else, as
 * protobuf numbers its fields. What an LMS keeps of a learner names things by these numbers, so a package may be
 * replaced in mid-course: what still exists is found again, and what is new is never taken for what is gone.
 *
 * Build time only. The learner's document carries the numbers, not the ledger.
 */
import * as v from 'valibot';
import { id as idSchema, optionId } from '../items/fields.ts';
import type { CourseProblem, Place } from './course-problem.ts';
import { type DataFile, type Definition, definedIds, type ValuePath, valueAt } from './data-file.ts';
import { problemsOf, show, similar, suggest } from './issue-problems.ts';

/** Ids with their numbers. */
export interface NumberedIds {
  /** The number that will be given next, from 0. Every number below it has been given and stands in `numbers`. */
  readonly next: number;
  /** In the order of the file. Ids that the course no longer has stay: their numbers are retired, not free. */
  readonly numbers: ReadonlyMap<string, number>;
}

/** A sound ledger. */
export interface Ledger {
  readonly takeaways: NumberedIds;
  readonly pages: NumberedIds;
  readonly questions: NumberedIds;
  /** By id of the question; each has an entry in `questions`. */
  readonly options: ReadonlyMap<string, NumberedIds>;
}

/** The lists that a course has once, in the order of the file. */
export const plainLists = ['takeaways', 'pages', 'questions'] as const;

/** Names a list of the ledger, as the path that leads to it in the file. */
export type ListPath = readonly [PlainList] | OptionsPath;
type PlainList = (typeof plainLists)[number];
type OptionsPath = readonly ['options', question: string];

/** What has an id. */
interface Named {
  readonly id: string;
}

/** What of a course is numbered, in reading order. An id that stands twice counts once. */
export interface CourseIds<N extends Named = Named> {
  readonly takeaways: readonly N[];
  readonly pages: readonly N[];
  readonly questions: readonly N[];
  /** Of each question that has some. */
  readonly options: readonly { readonly question: string; readonly options: readonly N[] }[];
}

/** A number of the ledger and what has it. */
export interface GivenNumber {
  readonly path: ListPath;
  readonly id: string;
  readonly number: number;
}

const emptyList: NumberedIds = { next: 0, numbers: new Map() };

/** The ledger of a course that has none yet. */
export const emptyLedger: Ledger = {
  takeaways: emptyList,
  pages: emptyList,
  questions: emptyList,
  options: new Map(),
};

const nouns = {
  takeaways: 'takeaway',
  pages: 'page',
  questions: 'question',
  options: 'option',
} satisfies Record<ListPath[0], string>;

/** Words an id of a list as a command line takes it: `page-id`, `question-id` or `question-id/option-id`. */
const inCommand = ([, question]: ListPath, id: string): string =>
  question === undefined ? id : `${question}/${id}`;

/** Words an id of a list for a reader, e.g. ``option `green` of question `q-tea` ``. */
export function nameInLedger([list, question]: ListPath, id: string): string {
  return `${nouns[list]} \`${id}\`${question === undefined ? '' : ` of question \`${question}\``}`;
}

const isId = (path: ListPath, id: string): boolean => v.is(path[0] === 'options' ? optionId : idSchema, id);

/** Fields of a question whose entries are numbered, whatever its kind: all of one question in one list. */
const optionFields = ['options', 'pairs', 'targets'] as const;

/** A course's files as far as ids stand in them; undefined for files that it does not have. */
export interface IdSources {
  readonly course: DataFile | undefined;
  /** In reading order. */
  readonly pages: readonly { readonly frontMatter: DataFile }[];
  readonly quiz: DataFile | undefined;
  readonly checks: DataFile | undefined;
}

/**
 * Collects the ids that are to be numbered from a course's data, whatever else is wrong there, each with the place
 * where it is given. What cannot be an id is left out: it would take a number that nobody can use.
 */
export function courseIds({ course, pages, quiz, checks }: IdSources): CourseIds<Definition> {
  const questions = [
    ...(quiz ? definedIds(quiz, ['items']) : []),
    ...(checks ? definedIds(checks, ['checks']) : []),
  ].filter(({ id }) => isId(['questions'], id));
  return {
    takeaways: (course ? definedIds(course, ['takeaways']) : []).filter(({ id }) => isId(['takeaways'], id)),
    pages: pages
      .flatMap(({ frontMatter }) => definedIds(frontMatter))
      .filter(({ id }) => isId(['pages'], id)),
    questions,
    options: questions.flatMap(({ id: question, source, path }) => {
      const options = optionFields
        .flatMap((field) => definedIds(source, [...path.slice(0, -1), field]))
        .filter(({ id }) => isId(['options', question], id));
      return options.length === 0 ? [] : [{ question, options }];
    }),
  };
}

/** The ids of a course, list by list. */
const listsOf = <N extends Named>(ids: CourseIds<N>): [ListPath, readonly N[]][] => [
  ...plainLists.map((list): [ListPath, readonly N[]] => [[list], ids[list]]),
  ...ids.options.map(({ question, options }): [ListPath, readonly N[]] => [['options', question], options]),
];

const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isNumber = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

const listSchema = v.strictObject({
  next: v.pipe(
    v.number(),
    v.check((value) => isNumber(value), 'a whole number from 0'),
  ),
  numbers: v.looseObject({}),
});
const ledgerSchema = v.strictObject({
  takeaways: listSchema,
  pages: listSchema,
  questions: listSchema,
  options: v.record(v.string(), listSchema),
});

/** Adds a problem where a list stands in place of fields, which the schema lets pass. */
function checkFields(source: DataFile, path: ValuePath, problems: CourseProblem[]): void {
  const value = valueAt(source.data, path);
  if (!Array.isArray(value)) return;
  problems.push({
    file: source.file,
    ...source.locate(path),
    message: `the value of "${path.at(-1)}" cannot be used`,
    expected: 'fields, each as "name: value" on a line of its own',
    found: show(value),
    hint: 'restore it from version control',
  });
}

const restore = 'restore it from version control; numbers are never written by hand';

/** Path of every list of options that a file has. */
const optionLists = (source: DataFile): OptionsPath[] => {
  const options = valueAt(source.data, ['options']);
  return isFields(options) ? Object.keys(options).map((question) => ['options', question]) : [];
};

/** Ids of a list as the file has them, sound or not; undefined where they cannot be read. */
function idsIn(source: DataFile, path: ListPath): string[] | undefined {
  const [list, question] = path;
  const lists = valueAt(source.data, [list]);
  // The first options of a question bring their list with them.
  if (question !== undefined && isFields(lists) && !Object.hasOwn(lists, question)) return [];
  const numbers = valueAt(source.data, [...path, 'numbers']);
  return isFields(numbers) ? Object.keys(numbers) : undefined;
}

/** Words numbers that are missing from `0` to `next - 1`: `3, 5 to 7`; empty where none is. */
function gapsIn(numbers: readonly number[], next: number): string {
  const gaps: string[] = [];
  let expected = 0;
  for (const number of [...numbers.filter((given) => given < next), next].sort((a, b) => a - b)) {
    if (number - expected === 1) gaps.push(String(expected));
    if (number - expected > 1) gaps.push(`${expected} to ${number - 1}`);
    expected = Math.max(expected, number + 1);
  }
  return gaps.join(', ');
}

/** Whether a list of a file lacks numbers that were given: then its ids without a number are those of lost entries. */
function hasGaps(source: DataFile, path: ListPath): boolean {
  const next = valueAt(source.data, [...path, 'next']);
  const entries = valueAt(source.data, [...path, 'numbers']);
  const given = isFields(entries) ? Object.values(entries).filter(isNumber) : [];
  return isNumber(next) && gapsIn(given, next) !== '';
}

/** Reads one list as far as it can be read, and adds to `problems` what breaks the rules of numbering. */
function readList(source: DataFile, path: ListPath, problems: CourseProblem[]): NumberedIds {
  const next = valueAt(source.data, [...path, 'next']);
  const entries = valueAt(source.data, [...path, 'numbers']);
  checkFields(source, [...path, 'numbers'], problems);
  if (!isFields(entries)) return emptyList;
  const noun = nouns[path[0]];
  const problem = (at: ValuePath, part: 'key' | 'value', text: Omit<CourseProblem, 'file' | keyof Place>) =>
    problems.push({ file: source.file, ...source.locate([...path, ...at], part), ...text });

  const numbers = new Map<string, number>();
  const holders = new Map<number, string>();
  for (const [id, number] of Object.entries(entries)) {
    if (!isNumber(number)) {
      problem(['numbers', id], 'value', {
        message: `the value of "${id}" cannot be used`,
        expected: 'a whole number from 0',
        found: show(number),
        hint: restore,
      });
      continue;
    }
    const holder = holders.get(number);
    if (holder !== undefined) {
      const { line } = source.locate([...path, 'numbers', holder], 'key');
      problem(['numbers', id], 'value', {
        message: `two ${noun}s have the same number`,
        expected: `a number that no other ${noun} has`,
        found: `${number}, the number of "${holder}" in line ${line}`,
        hint: 'keep the entry that was published first, delete the other one and run `npm run ids`',
      });
    }
    numbers.set(id, number);
    holders.set(number, holder ?? id);
  }
  if (!isNumber(next)) return { next: 0, numbers };

  const given = [...holders.keys()];
  const least = Math.max(-1, ...given) + 1;
  // Where all numbers up to the greatest are there, it is "next" that is wrong, else the numbers above it are.
  if (least > next && gapsIn(given, least) === '') {
    problem(['next'], 'value', {
      message: '"next" is too small',
      expected: `${least}, one more than the greatest number given`,
      found: String(next),
      hint: `write "next: ${least}"`,
    });
  } else {
    for (const [id, number] of numbers) {
      if (number < next) continue;
      problem(['numbers', id], 'value', {
        message: 'a number that has not been given yet',
        expected: `a number below "next", which is ${next}`,
        found: String(number),
        hint: restore,
      });
    }
  }
  const gaps = gapsIn(given, next);
  if (gaps !== '') {
    problem(['numbers'], 'key', {
      message: 'an entry has been deleted',
      expected: `every number from 0 to ${next - 1}`,
      found: `no entry with ${gaps}`,
      hint: `restore it from version control; an entry stays, even where the ${noun} is gone`,
    });
  }
  return { next, numbers };
}

/** Adds a problem for every list of options whose question is not numbered: renamed by hand in one place only, say. */
function checkOptionLists(source: DataFile, problems: CourseProblem[]): void {
  checkFields(source, ['options'], problems);
  const questions = idsIn(source, ['questions']);
  if (!questions) return;
  for (const path of optionLists(source)) {
    const question = path[1];
    if (questions.includes(question)) continue;
    const meant = similar(question, questions);
    problems.push({
      file: source.file,
      ...source.locate(path, 'key'),
      message: 'options of a question that has no number',
      expected: 'the id of an entry of "questions"',
      found: `"${question}"`,
      hint: meant === undefined ? 'restore the file from version control' : suggest(question, [meant]),
    });
  }
}

/**
 * Checks what a ledger file says, whatever the course is. All problems are found at once.
 *
 * @returns the ledger, undefined where the file cannot be read (its reader has said why) or breaks a rule
 */
export function checkLedger(source: DataFile): {
  readonly ledger: Ledger | undefined;
  readonly problems: readonly CourseProblem[];
} {
  if (source.data === undefined) return { ledger: undefined, problems: [] };
  const { issues = [] } = v.safeParse(ledgerSchema, source.data);
  const problems = issues.flatMap((issue) => problemsOf(ledgerSchema, source, issue));
  const list = (path: ListPath) => readList(source, path, problems);
  const ledger: Ledger = {
    takeaways: list(['takeaways']),
    pages: list(['pages']),
    questions: list(['questions']),
    options: new Map(optionLists(source).map((path) => [path[1], list(path)])),
  };
  checkOptionLists(source, problems);
  return { ledger: problems.length === 0 ? ledger : undefined, problems };
}

/** What to do about an id without a number, where the ledger has `retired` ids that the course lacks. */
function hintForNew(path: ListPath, id: string, retired: readonly string[]): string {
  if (retired.length === 0) return 'run `npm run ids`';
  const rename = (old: string) =>
    `\`npm run ids -- --rename ${path[0]} ${inCommand(path, old)} ${inCommand(path, id)}\``;
  const old = similar(id, retired) ?? (retired.length === 1 ? retired[0] : undefined);
  const more = retired.length - 12;
  const olds = `${retired.slice(0, 12).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return old === undefined
    ? `if it was renamed, run ${rename('OLD-ID')} (known: ${olds}), else \`npm run ids\``
    : `if it was renamed, run ${rename(old)}, else \`npm run ids\``;
}

/**
 * Finds every id of a course that has no number in a ledger file, sound or not. Passed over are options of a question
 * without a number, which get theirs with it where it was renamed, and lists that have lost entries.
 */
export function checkNumbered(source: DataFile, course: CourseIds<Definition>): CourseProblem[] {
  const questions = idsIn(source, ['questions']) ?? [];
  return listsOf(course).flatMap(([path, definitions]) => {
    const [list, question] = path;
    const known = idsIn(source, path);
    if (!known || hasGaps(source, path)) return [];
    if (question !== undefined && !questions.includes(question)) return [];
    const present = new Set(definitions.map(({ id }) => id));
    const retired = known.filter((id) => !present.has(id));
    return [...present]
      .filter((id) => !known.includes(id))
      .flatMap((id) => definitions.find((definition) => definition.id === id) ?? [])
      .map(({ id, source: { file, locate }, path: at }) => ({
        file,
        ...locate(at),
        message: `the ${nouns[list]} has no number yet`,
        expected: `an entry "${id}" under "${path.join('.')}" in ${source.file}`,
        found: 'none',
        hint: hintForNew(path, id, retired),
      }));
  });
}

const listAt = (ledger: Ledger, path: ListPath): NumberedIds =>
  path[0] === 'options' ? (ledger.options.get(path[1]) ?? emptyList) : ledger[path[0]];

const withList = (ledger: Ledger, path: ListPath, list: NumberedIds): Ledger =>
  path[0] === 'options'
    ? { ...ledger, options: new Map([...ledger.options, [path[1], list]]) }
    : { ...ledger, [path[0]]: list };

/**
 * The number of an id, from 0.
 *
 * @throws Error if it has none; {@link checkNumbered} tells the author before
 */
export function numberIn(ledger: Ledger, path: ListPath, id: string): number {
  const number = listAt(ledger, path).numbers.get(id);
  if (number === undefined) throw new Error(`${nameInLedger(path, id)} has no number`);
  return number;
}

/**
 * Numbers what has no number yet, in reading order. No entry is changed or removed, and a second run adds nothing.
 *
 * @param ledger a sound ledger
 * @param course the ids of the course
 * @returns a sound ledger that has every id of the course
 */
export function extendLedger(ledger: Ledger, course: CourseIds): Ledger {
  return listsOf(course).reduce((extended, [path, named]) => {
    const { next, numbers } = listAt(extended, path);
    const fresh = [...new Set(named.map(({ id }) => id))].filter((id) => !numbers.has(id));
    if (fresh.length === 0) return extended;
    const added = fresh.map((id, index) => [id, next + index] as const);
    return withList(extended, path, { next: next + fresh.length, numbers: new Map([...numbers, ...added]) });
  }, ledger);
}

const entriesOf = (ledger: Ledger): GivenNumber[] => {
  const paths: ListPath[] = [
    ...plainLists.map((list): ListPath => [list]),
    ...[...ledger.options.keys()].map((question) => ['options', question] as const),
  ];
  return paths.flatMap((path) =>
    [...listAt(ledger, path).numbers].map(([id, number]) => ({ path, id, number })),
  );
};

/** The entries of `after` that `before` does not have, in the order of the file. */
export function newNumbers(before: Ledger, after: Ledger): GivenNumber[] {
  return entriesOf(after).filter(({ path, id }) => !listAt(before, path).numbers.has(id));
}

const renameKey = <V>(map: ReadonlyMap<string, V>, from: string, to: string): Map<string, V> =>
  new Map([...map].map(([key, value]) => [key === from ? to : key, value]));

/**
 * Renames an entry in its place: the new id keeps the number, and a question its options.
 *
 * @param ledger a sound ledger
 * @param course the ids of the course, where the new id has taken the place of the old one: so a slip of the pen does
 *   not take the number away from what has it
 * @param path the list
 * @param from an id of the list
 * @param to an id that the list does not have, not even retired: it would stand for two things
 * @returns the ledger, or in one line what speaks against it
 */
export function renameInLedger(
  ledger: Ledger,
  course: CourseIds,
  path: ListPath,
  from: string,
  to: string,
): { readonly ok: true; readonly ledger: Ledger } | { readonly ok: false; readonly complaint: string } {
  const { next, numbers } = listAt(ledger, path);
  const taken = numbers.get(to);
  const list = listsOf(course).find(([other]) => other.join('/') === path.join('/'));
  const present = (list?.[1] ?? []).map(({ id }) => id);
  const complaint = !numbers.has(from)
    ? `${nameInLedger(path, from)} is not in the ledger; ${suggest(from, [...numbers.keys()])}`
    : taken !== undefined
      ? `${nameInLedger(path, to)} has a number already: ${taken}`
      : present.includes(from)
        ? `the course still has ${nameInLedger(path, from)}; rename it there first`
        : !present.includes(to)
          ? `the course has no ${nameInLedger(path, to)}; ${suggest(to, present)}`
          : undefined;
  if (complaint !== undefined) return { ok: false, complaint };

  const renamed = withList(ledger, path, { next, numbers: renameKey(numbers, from, to) });
  return {
    ok: true,
    ledger: path[0] === 'questions' ? { ...renamed, options: renameKey(ledger.options, from, to) } : renamed,
  };
}
