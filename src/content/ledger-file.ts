/** The ledger as a file: read for the tool that extends it, written so that its comments and order survive. */
import { type Document, isMap, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { type CourseProblem, sortProblems } from '../model/course-problem.ts';
import {
  type CourseIds,
  checkLedger,
  courseIds,
  emptyLedger,
  type Ledger,
  type NumberedIds,
  plainLists,
} from '../model/ledger.ts';
import type { CourseFiles, TextFile } from './course-files.ts';
import { readPage } from './page-source.ts';
import { readYaml } from './read-yaml.ts';

/** A sound ledger with the ids that the course has now, or the problems of the ledger. */
export type LedgerResult =
  | { readonly ok: true; readonly ledger: Ledger; readonly ids: CourseIds }
  | { readonly ok: false; readonly problems: readonly CourseProblem[] };

/**
 * Reads the ledger of a course, an empty one where there is no file, and the ids of the course as far as its files
 * can be read: what is wrong with them elsewhere does not matter here.
 */
export function readLedger(files: CourseFiles): LedgerResult {
  const yaml = (file: TextFile | undefined) => file && readYaml(file.file, file.text).source;
  const ids = courseIds({
    course: yaml(files.course),
    pages: [...files.pages, ...files.programs.flatMap(({ pages }) => pages)].map(
      ({ file, text }) => readPage(file, text).page,
    ),
    quiz: yaml(files.quiz),
    checks: yaml(files.checks),
  });
  if (!files.ledger) return { ok: true, ledger: emptyLedger, ids };
  const read = readYaml(files.ledger.file, files.ledger.text);
  const { ledger, problems } = checkLedger(read.source);
  // A guess at its text must not be written back.
  const unread = files.problems.filter(({ file }) => file === files.ledger?.file);
  return ledger && unread.length === 0
    ? { ok: true, ledger, ids }
    : { ok: false, problems: sortProblems([...unread, ...read.problems, ...problems]) };
}

const newFile = `# The numbers of this course's takeaways, pages, questions and options. An LMS keeps what learners have done under these numbers,
# so a number is given once and never to anything else. \`npm run ids\` writes this file; commit it with the course.
# Never delete an entry, not even that of a page that is gone: docs/author.md says why.
takeaways:
  next: 0
  numbers: {}
pages:
  next: 0
  numbers: {}
questions:
  next: 0
  numbers: {}
options: {}
`;

/** A list or the whole file as nodes; throws where there is something else, which a sound ledger does not have. */
function asFields(node: unknown): YAMLMap {
  if (!isMap(node)) throw new TypeError('a part of the ledger has no fields');
  // Braces, as around no fields, would keep all on one line.
  node.flow = false;
  return node;
}

const keyOf = ({ key }: Pair): string => String(isScalar(key) ? key.value : key);

const fieldsAt = (owner: YAMLMap, key: string): YAMLMap =>
  asFields(owner.items.find((pair) => keyOf(pair) === key)?.value);

const numberOf = ({ value }: Pair): number => Number(isScalar(value) ? value.value : value);

/** Renames, in their places, the keys that have another name in `names`. */
function renameKeys(fields: YAMLMap, names: (pair: Pair) => string | undefined): void {
  for (const pair of fields.items) {
    const name = names(pair);
    if (isScalar(pair.key) && name !== undefined && name !== keyOf(pair)) pair.key.value = name;
  }
}

/** Brings one list of a file up to date: entries are found by their numbers, renamed in place or appended. */
function updateList(document: Document, list: YAMLMap, { next, numbers }: NumberedIds): void {
  const ids = new Map([...numbers].map(([id, number]) => [number, id]));
  const entries = fieldsAt(list, 'numbers');
  renameKeys(entries, (pair) => ids.get(numberOf(pair)));
  const written = entries.items.map(numberOf);
  for (const [id, number] of numbers) {
    if (!written.includes(number)) entries.add(document.createPair(id, number));
  }
  list.set('next', next);
}

/**
 * Writes a ledger as the text of its file, with LF and a final newline. Comments and the order of `text` survive.
 *
 * @param ledger a sound ledger that has every number of `text`
 * @param text the file as it stands, a sound ledger too; without it, a new file is begun
 */
export function writeLedger(ledger: Ledger, text: string = newFile): string {
  const document = parseDocument(text.replaceAll('\r\n', '\n'));
  const root = asFields(document.contents);
  const options = fieldsAt(root, 'options');

  const questions = fieldsAt(fieldsAt(root, 'questions'), 'numbers');
  const numbers = new Map(questions.items.map((pair) => [keyOf(pair), numberOf(pair)]));
  const ids = new Map([...ledger.questions.numbers].map(([id, number]) => [number, id]));
  renameKeys(options, (pair) => ids.get(numbers.get(keyOf(pair)) ?? -1));

  for (const list of plainLists) updateList(document, fieldsAt(root, list), ledger[list]);
  const written = options.items.map(keyOf);
  for (const [question, list] of ledger.options) {
    if (!written.includes(question)) {
      options.add(document.createPair(question, { next: 0, numbers: {} }));
    }
    updateList(document, fieldsAt(options, question), list);
  }
  return document.toString({ lineWidth: 0 });
}
