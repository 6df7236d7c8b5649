/**
 * What a course is, as far as the player, the tracker and the packager need to know it. Prose is not here:
 * it stands as HTML in the document. Everything is JSON, so that the document can carry it.
 */
import type { Item } from '../items/items.ts';

/** A main message of the module; reported to an LMS as a learning objective. */
export interface Takeaway {
  /** Stable id, `[a-z0-9][a-z0-9-]*`. */
  readonly id: string;
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
}

/** A checked course. */
export interface Course {
  /** Stable id, `[a-z0-9][a-z0-9-]*`; part of package names and of the key under which a device keeps progress. */
  readonly id: string;
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
  /** The questions of the quiz; empty where the course has none. */
  readonly items: readonly Item[];
}
