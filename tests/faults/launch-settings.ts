/** What a test may say of a launch, and what the LMS's server tells the LMS's page of it. Plain data. */
import type { Edition, PlainFaults, Values } from '../fixtures/strict-lms.ts';

/** What the windows between the course and the API are like. */
export type Between =
  | 'plain'
  /** Of another origin: reading anything of it throws. */
  | 'foreign'
  /** `parent` of the outermost leads back to the course. */
  | 'cyclic'
  /** They have an object of the API's name: an empty one, a frame, an element, or one that throws when looked at. */
  | 'decoy object'
  | 'decoy frame'
  | 'decoy element'
  | 'decoy that throws';

/** Where the API is, seen from the course. */
export interface Layout {
  /**
   * `parent` unless said otherwise. `self`: the course's own window. `opener`: the course is a popup. `opener's
   * parent`: it was opened by a frame of the LMS. `parent's opener`: it is in a frame of a popup. `foreign`: in a
   * parent of another origin, out of reach. `nowhere`: in none.
   */
  readonly api?: 'self' | 'parent' | 'opener' | "opener's parent" | "parent's opener" | 'foreign' | 'nowhere';
  /** How many windows up a `parent` is; 1 unless `between` is given. */
  readonly levels?: number;
  /** What the windows in between are like. */
  readonly between?: Between;
  /** Whether an API of the other edition stands beside the right one. It should not be called. */
  readonly offersBoth?: boolean;
  /** The API comes after so many milliseconds, or when the test calls `offerApi`. */
  readonly arrives?: number | 'when told';
  /** The frame of the course has `sandbox="allow-scripts"`: an origin of its own, no storage, no parents. */
  readonly sandboxed?: boolean;
}

/** How the device fails: storage throws when it is looked at, takes nothing, or is null. */
export type StorageFault = 'denied' | 'full' | 'null';

/** What a test says of a launch. */
export interface LaunchSettings extends Layout {
  readonly edition: Edition;
  /** The package, `program/format`; that of the program `default` for the edition unless said otherwise. */
  readonly package?: string;
  readonly faults?: PlainFaults;
  /** What the LMS has, beyond or in place of what it would have. */
  readonly values?: Values;
  readonly storage?: StorageFault;
  /** How the LMS's page sends data while it is being left: Chromium lets no synchronous request through. */
  readonly leaving?: 'request' | 'beacon';
  /** The document of the course, where it is another than that of the package (a new version, other pages). */
  readonly document?: string;
  /** Address within the course, such as `#/quiz`. */
  readonly hash?: string;
}

/** What the LMS's page needs to know; the server puts it before the script of the page. */
export interface RunSettings
  extends Pick<LaunchSettings, 'edition' | 'faults' | 'arrives' | 'offersBoth' | 'leaving'> {
  /** One showing of the LMS's page. */
  readonly run: number;
  readonly values: Values;
}
