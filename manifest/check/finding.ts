/** One thing that is wrong with a package, said so that its maker can mend it. */
import { type RuleId, rules, type Severity } from './rules.ts';

/** A broken rule, at one place. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** Path in the zip; the name of the zip itself where no single file is to blame. */
  readonly file: string;
  /** Line of the file, from 1, where there is one. */
  readonly line?: number;
  /** What is wrong, in a few words. */
  readonly message: string;
  readonly expected: string;
  readonly found: string;
  /** How to mend it, and what comes of it if it stays. */
  readonly hint: string;
  /** The standard and its clause, or the LMS that does it. */
  readonly source: string;
}

/** Where something was found. */
export interface FoundAt {
  readonly file: string;
  readonly line?: number;
}

/** The words of a finding. */
export type Words = Pick<Finding, 'message' | 'expected' | 'found' | 'hint'>;

/**
 * Makes a finding. Whatever a stranger's package puts into it comes out as one short line of printable text.
 *
 * @param rule - the rule that is broken; it brings severity and source
 * @param at - the file, and the line where it has lines
 * @param words - what to tell the reader
 */
export function finding(rule: RuleId, at: FoundAt, words: Words): Finding {
  const { severity, source } = rules[rule];
  return {
    rule,
    severity,
    file: shortened(at.file) || '(no name)',
    ...(at.line === undefined ? {} : { line: at.line }),
    message: shortened(words.message),
    expected: shortened(words.expected),
    found: shortened(words.found),
    hint: printable(words.hint),
    source,
  };
}

const longest = 100;
const longestLine = 300;

/** Puts what a package says in quotation marks, cut where it is long. */
export const quote = (text: string): string => `"${cut(text, longest)}"`;

/** A line of a report: names and values of a package can be as long as the package. */
export const shortened = (text: string): string => cut(printable(cut(text, longestLine)), longestLine);

/** The first characters of a text. Characters are code points, so that none is cut in two. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const characters = [...text.slice(0, 2 * most)];
  return characters.length > most || text.length > 2 * most ? `${characters.slice(0, most).join('')}…` : text;
}

/** Names the first few of many. */
export function listed(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).map(quote).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

/** Words a number with its noun: `1 file`, `2 files`. */
export function counted(amount: number, noun: string): string {
  return `${amount.toLocaleString('en')} ${noun}${amount === 1 ? '' : 's'}`;
}

/** Words a size in bytes: `1.5 MB`. */
export function sized(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${Number(size.toFixed(1)).toLocaleString('en')} ${units[unit]}`;
}

// Controls would let a file name rewrite the reader's terminal; marks that are not seen would let it read as another name.
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufff9-\uffff]/gu;

/** Text as one line of characters that do nothing to a terminal. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const digits = code.toString(16);
    return code > 0xffff ? `\\u{${digits}}` : `\\u${digits.padStart(4, '0')}`;
  });
}

/** How many findings of one rule are told one by one. */
export const mostPerRule = 20;

/** Findings as they come in. A package can break one rule 100,000 times; all are counted, the first are kept. */
export class Findings {
  readonly #kept = new Map<RuleId, Finding[]>();
  readonly #counts = new Map<RuleId, number>();

  /** Adds one finding. */
  add(found: Finding): void {
    const count = (this.#counts.get(found.rule) ?? 0) + 1;
    this.#counts.set(found.rule, count);
    const kept = this.#kept.get(found.rule) ?? [];
    this.#kept.set(found.rule, kept);
    if (count <= mostPerRule) kept.push(found);
  }

  /**
   * Runs a check to its end and adds what it finds.
   *
   * @param check - yields findings
   * @returns what the check returns
   */
  take<Result>(check: Generator<Finding, Result>): Result {
    for (;;) {
      const next = check.next();
      if (next.done) return next.value;
      this.add(next.value);
    }
  }

  /**
   * All findings in the order in which one mends them: what is worst first, then file by file from top to bottom. Of a
   * rule that is broken more than {@link mostPerRule} times, a last finding counts the rest.
   */
  sorted(): Finding[] {
    return [...this.#kept].flatMap(([rule, kept]) => [...kept, ...this.#rest(rule)]).sort(compareFindings);
  }

  #rest(rule: RuleId): Finding[] {
    const rest = (this.#counts.get(rule) ?? 0) - mostPerRule;
    const last = this.#kept.get(rule)?.at(-1);
    if (rest <= 0 || !last) return [];
    return [
      {
        ...last,
        message: `and ${rest.toLocaleString('en')} more like this one`,
        found: last.message,
        hint: 'mend those that are told, and check again',
      },
    ];
  }
}

const severities: readonly Severity[] = ['error', 'warning', 'note'];

const compareFindings = (a: Finding, b: Finding): number =>
  severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
  compare(a.file, b.file) ||
  (a.line ?? 0) - (b.line ?? 0) ||
  compare(a.rule, b.rule);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
