/**
 * What a good editor would say about questions that are sound: an answer that gives itself away, two options that say the
 * same. Warnings, which keep no course from being built. Build time only.
 */
import * as v from 'valibot';
import { type AuthoredItem, itemSchema } from '../items/authored-item.ts';
import { fold } from '../items/fill-in.ts';
import type { CourseProblem, Place } from './course-problem.ts';
import { type DataFile, type ValuePath, valueAt } from './data-file.ts';

/** A sound question and the place where it stands. */
interface PlacedItem {
  readonly item: AuthoredItem;
  readonly source: DataFile;
  readonly path: ValuePath;
}

type Warning = Omit<CourseProblem, 'file' | keyof Place>;

const warningAt = (source: DataFile, path: ValuePath, warning: Warning): CourseProblem => ({
  file: source.file,
  ...source.locate(path),
  ...warning,
});

/** The sound questions of a file, and whether all of them are. */
function itemsIn(source: DataFile | undefined, list: 'items' | 'checks') {
  const entries = valueAt(source?.data, [list]);
  if (!source || !Array.isArray(entries)) return { items: [], complete: true };
  const items = entries.flatMap((entry, index): PlacedItem[] => {
    const read = v.safeParse(itemSchema, entry);
    return read.success ? [{ item: read.output, source, path: [list, index] }] : [];
  });
  return { items, complete: items.length === entries.length };
}

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

/** How much longer than the wrong ones a right option is that can be seen to be: a quarter, and some characters. */
const seenLonger = (wrong: number): number => Math.max(wrong * 1.25, wrong + 5);

/** Right options that are all longer than every wrong one. */
function longestIsRight({ item, source, path }: PlacedItem): CourseProblem[] {
  if (item.kind !== 'choice') return [];
  const lengths = (right: boolean) =>
    item.options.filter(({ correct }) => correct === right).map(({ text }) => text.length);
  const [right, wrong] = [Math.min(...lengths(true)), lengths(false)];
  if (wrong.length === 0 || right <= Math.max(...wrong) || right < seenLonger(mean(wrong))) return [];
  const index = item.options.findIndex(({ correct }) => correct);
  return [
    warningAt(source, [...path, 'options', index, 'text'], {
      message: item.multiple ? 'the right options are the longest' : 'the right option is the longest',
      expected: 'right and wrong options of much the same length',
      found: `${right} characters${item.multiple ? ' or more' : ''}, and ${Math.round(mean(wrong))} on average in the wrong ones`,
      hint: 'learners who know tests guess the longest; shorten it, or lengthen a wrong one',
    }),
  ];
}

/** Options, or parts of a matching, that read the same. */
function sameTexts({ item, source, path }: PlacedItem): CourseProblem[] {
  const fields = { options: 'option', pairs: 'pair', targets: 'target' };
  return Object.entries(fields).flatMap(([field, noun]) => {
    const parts = valueAt(item, [field]);
    const texts = (Array.isArray(parts) ? parts : []).map((part) =>
      String(valueAt(part, ['text']))
        .toLowerCase()
        .replaceAll(/\s+/g, ' '),
    );
    return texts.flatMap((text, index) => {
      const first = texts.indexOf(text);
      if (first === index) return [];
      const { line } = source.locate([...path, field, first, 'text']);
      return [
        warningAt(source, [...path, field, index, 'text'], {
          message: `two ${noun}s of a question have the same text`,
          expected: 'texts that differ',
          found: `the text of the ${noun} in line ${line}`,
          hint: 'change one of them or remove it',
        }),
      ];
    });
  });
}

/** A matching in which whoever knows all pairs but one knows that one too. */
function lastPairIsFree({ item, source, path }: PlacedItem): CourseProblem[] {
  if (item.kind !== 'matching' || item.targets.length > item.pairs.length) return [];
  if (new Set(item.pairs.map(({ target }) => target)).size < item.pairs.length) return [];
  return [
    warningAt(source, [...path, 'targets'], {
      message: 'the last pair answers itself',
      expected: 'a target that is left over, or one that fits twice',
      found: `${item.targets.length} targets for ${item.pairs.length} pairs, each used once`,
      hint: 'add a target that fits none of the pairs, with "feedback" that says why',
    }),
  ];
}

/** Accepted answers that are one and the same to the machine that compares them. */
function acceptedTwice({ item, source, path }: PlacedItem): CourseProblem[] {
  if (item.kind !== 'fill-in') return [];
  const folded = item.accepted.map(fold);
  return item.accepted.flatMap((accepted, index) => {
    const first = item.accepted[folded.indexOf(folded[index] ?? '')];
    if (first === undefined || folded.indexOf(folded[index] ?? '') === index) return [];
    return [
      warningAt(source, [...path, 'accepted', index], {
        message: 'two accepted answers count as the same',
        expected: 'answers that differ in more than case, accents, punctuation and spaces',
        found: `"${accepted}", which "${first}" accepts already`,
        hint: 'remove one of them',
      }),
    ];
  });
}

/** Right answers of the quiz that stand at one and the same place too often: whoever prints the course sees it. */
function samePlace(items: readonly PlacedItem[]): CourseProblem[] {
  const places = items.flatMap(({ item }) =>
    item.kind === 'choice' && !item.multiple
      ? [{ id: item.id, place: item.options.findIndex(({ correct }) => correct) + 1 }]
      : [],
  );
  if (places.length < 4) return [];
  return [...new Set(places.map(({ place }) => place))].flatMap((place) => {
    const there = places.filter((each) => each.place === place).map(({ id }) => id);
    const [first] = items;
    if (there.length <= places.length / 2 || !first) return [];
    return [
      warningAt(first.source, first.path.slice(0, 1), {
        message: `most right options are number ${place} of their list`,
        expected: `at most ${Math.floor(places.length / 2)} of ${places.length} questions with the right option at the same place`,
        found: `${there.length}: ${there.join(', ')}`,
        hint: 'move the right option in some of them; printed, options come in the order of the file',
      }),
    ];
  });
}

/** Right options that are the longest of their question, by however little, in too many questions. */
function longestTooOften(items: readonly PlacedItem[]): CourseProblem[] {
  const lengths = items.flatMap(({ item }) => {
    if (item.kind !== 'choice' || item.multiple) return [];
    const of = (right: boolean) =>
      item.options.filter(({ correct }) => correct === right).map(({ text }) => text.length);
    return [{ id: item.id, isLongest: Math.max(...of(true)) > Math.max(...of(false)) }];
  });
  const there = lengths.filter(({ isLongest }) => isLongest).map(({ id }) => id);
  const [first] = items;
  if (lengths.length < 4 || there.length <= lengths.length / 2 || !first) return [];
  return [
    warningAt(first.source, first.path.slice(0, 1), {
      message: 'most right options are the longest of their question',
      expected: `at most ${Math.floor(lengths.length / 2)} of ${lengths.length} questions with the right option the longest`,
      found: `${there.length}: ${there.join(', ')}`,
      hint: 'shorten the right option, or lengthen a wrong one, in some of them',
    }),
  ];
}

/** What is said of a wrong answer to a check that may be tried again, and gives the right one away. */
function saysTooMuch({ item, source, path }: PlacedItem): CourseProblem[] {
  if (item.kind !== 'fill-in' || path[0] !== 'checks' || item.attempts === 1) return [];
  const said = fold(item.feedback.wrong);
  const given = item.accepted.find((accepted) => said.includes(fold(accepted)));
  if (given === undefined) return [];
  return [
    warningAt(source, [...path, 'feedback', 'wrong'], {
      message: 'the feedback on a wrong answer gives the right one away',
      expected: 'a hint, as the question may be tried again',
      found: `"${given}"`,
      hint: 'say it in the feedback "right", which is shown in the end, or set "attempts: 1"',
    }),
  ];
}

/** True-false questions that all have the same answer. */
function sameAnswer(items: readonly PlacedItem[]): CourseProblem[] {
  const statements = items.flatMap(({ item, ...place }) =>
    item.kind === 'true-false' ? [{ ...place, answer: item.answer }] : [],
  );
  const [first] = statements;
  if (!first || statements.length < 2 || statements.some(({ answer }) => answer !== first.answer)) return [];
  return [
    warningAt(first.source, [...first.path, 'answer'], {
      message: 'all true-false questions have the same answer',
      expected: 'some that are true and some that are false',
      found: `"answer: ${first.answer}" in all ${statements.length}`,
      hint: 'turn a statement round, and its feedback with it',
    }),
  ];
}

/**
 * Reads the questions of a course as an editor would. Only what is sound is read, and rules about all questions wait
 * until all of them are.
 *
 * @returns warnings, unsorted
 */
export function editorialWarnings(quiz: DataFile | undefined, checks: DataFile | undefined): CourseProblem[] {
  const asked = itemsIn(quiz, 'items');
  const beside = itemsIn(checks, 'checks');
  const all = [...asked.items, ...beside.items];
  return [
    ...all.flatMap((placed) =>
      [longestIsRight, sameTexts, lastPairIsFree, acceptedTwice, saysTooMuch].flatMap((rule) => rule(placed)),
    ),
    ...(asked.complete ? [...samePlace(asked.items), ...longestTooOften(asked.items)] : []),
    ...(asked.complete && beside.complete ? sameAnswer(all) : []),
  ];
}
