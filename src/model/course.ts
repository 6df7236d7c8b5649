/**
 * What a course is, as far as the player, the tracker and the packager need to know it. Prose is not here:
 * it stands as HTML in the document. Everything is JSON, so that the document can carry it.
 */
import type { Item } from '../items/items.ts';

/** A main message of the module; reported to an LMS as a learning objective. */
export interface Takeaway {
  /** Stable id, `[a-z0-9][a-z0-9-]*`; the id of the objective. */
  readonly id: string;
  /** Number under which an LMS keeps what was reached; given once and never to another (see model/ledger.ts). */
  readonly number: number;
  /** The message, one sentence of plain text. */
  readonly text: string;
  /** Whether the takeaway is one of the module's main ones, listed by the `::takeaways` directive. */
  readonly main: boolean;
}

/** What a page is for: text to read, the scored quiz, or the result of it. */
export type PageKind = 'lesson' | 'quiz' | 'result';

/** One page of the course. */
export interface Page {
  /** Stable id, `[a-z0-9][a-z0-9-]*`; used in deep links and as the bookmark. */
  readonly id: string;
  /** Number under which an LMS keeps the page; given once and never to another (see model/ledger.ts). */
  readonly number: number;
  readonly title: string;
  readonly kind: PageKind;
  /** Estimated time in minutes, greater than 0. */
  readonly minutes: number;
}

/** When the course is completed and passed. All of it is decided in attempt/progress.ts and nowhere else. */
export interface Rules {
  readonly completion: {
    /** `all`: every lesson page viewed. `none`: pages do not count. */
    readonly pages: 'all' | 'none';
    /** What of the quiz completion asks for. */
    readonly quiz: 'passed' | 'submitted' | 'none';
  };
  readonly passing: {
    /** Scaled passing score, 0 to 1. */
    readonly scaled: number;
    /** Which try's score counts. A quiz passed in any try stays passed. */
    readonly counts: 'best' | 'last';
    /** How often the quiz may be submitted; null is without limit. */
    readonly attempts: number | null;
  };
  readonly quiz: {
    /** How many questions of each takeaway a try asks, by id of the takeaway; null is all of them. */
    readonly draw: Readonly<Record<string, number>> | null;
    /** Whether the questions come in an order of their own in each try. */
    readonly shuffle: boolean;
  };
}

/** A checked course. */
export interface Course {
  /** Stable id, `[a-z0-9][a-z0-9-]*`; part of package names and of the key under which a device keeps progress. */
  readonly id: string;
  /** Names the course everywhere, whatever program it is in: an absolute IRI (cmi5 3.0). Never changes. */
  readonly iri: string;
  /** The training program that this is the course of, `[a-z0-9][a-z0-9-]*`. */
  readonly program: string;
  /** Semantic version of the content. */
  readonly version: string;
  /** BCP 47 language tag. */
  readonly language: string;
  readonly title: string;
  /** The work that the module belongs to. */
  readonly series: string;
  /** One or two sentences for a catalogue. */
  readonly description: string;
  /** Estimated time for the whole module in minutes: the sum of its pages. */
  readonly minutes: number;
  readonly takeaways: readonly Takeaway[];
  readonly rules: Rules;
  /** In reading order; never empty. */
  readonly pages: readonly Page[];
  /** The questions that the quiz draws from; empty where the course has none. */
  readonly items: readonly Item[];
  /** The questions inside lessons: judged at once, never scored. */
  readonly checks: readonly Item[];
}

/** The program of a course that is given as its author wrote it. */
export const defaultProgram = 'default';

/**
 * Names what a device keeps of a course. Each program has its own: the same pages viewed in another one do not complete
 * it.
 */
export const recordName = ({ id, program }: Course): string =>
  program === defaultProgram ? id : `${id}/${program}`;

/**
 * Names a part of a course, such as a takeaway or a question, everywhere: a fragment names a part of whatever an IRI names,
 * of a URN too (RFC 8141 2.3.3). It does not claim that there is a page at an address of its own, as a longer path would.
 */
export const partIri = ({ iri }: Pick<Course, 'iri'>, part: string): string =>
  `${iri}${iri.includes('#') ? '/' : '#'}${part}`;

/** Questions by id, those of lessons told apart. Looked up for each question at every event, so kept with the course. */
const indexes = new WeakMap<
  Course,
  ReadonlyMap<string, { readonly item: Item; readonly inLesson: boolean }>
>();

function indexOf(course: Course) {
  const known = indexes.get(course);
  if (known) return known;
  const entries = (items: readonly Item[], inLesson: boolean) =>
    items.map((item) => [item.id, { item, inLesson }] as const);
  const index = new Map([...entries(course.checks, true), ...entries(course.items, false)]);
  indexes.set(course, index);
  return index;
}

/** The question of that id, of the quiz or of a lesson; undefined where there is none. */
export const findItem = (course: Course, id: string): Item | undefined => indexOf(course).get(id)?.item;

/** Whether the question stands inside a lesson, and not in the quiz. */
export const isCheck = (course: Course, { id }: Item): boolean => indexOf(course).get(id)?.inLesson === true;
