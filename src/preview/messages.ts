/**
 * What the preview's server and its pages say to each other. Types only: no code, so that either side
 * can import it.
 */

/** Which of the two run-time APIs a package expects: `window.API` or `window.API_1484_11`. */
export type Edition = '1.2' | '2004';

/** A data model, flat: SCORM's own element names (`cmi.core.score.raw`, `cmi.interactions.0.id`) and values. */
export type Values = Readonly<Record<string, string>>;

/** What `cmi.core.entry` or `cmi.entry` says at launch. */
export type Entry = 'ab-initio' | 'resume' | '';

/** Everything the player page needs to play one session. */
export interface Launch {
  readonly package: string;
  readonly title: string;
  readonly edition: Edition;
  readonly editionLabel: string;
  readonly attempt: number;
  readonly session: string;
  readonly entry: Entry;
  /** Where the first page of the content is served. */
  readonly contentUrl: string;
  /** Most characters of suspend data that the edition allows. */
  readonly suspendDataLimit: number;
  /** The data model as the session begins: the learner, the package's settings, what an earlier session left. */
  readonly values: Values;
}

/** What the player page asks of a launch. */
export interface LaunchRequest {
  /** Start again with nothing recorded; earlier attempts are kept. */
  readonly newAttempt: boolean;
}

/** What the player page sends when the course commits or ends its session. */
export interface Commit {
  readonly session: string;
  /** True for `LMSFinish` and `Terminate`. */
  readonly ends: boolean;
  /** The whole data model, as SCORM 2004 LMSs send it, unset elements left out. */
  readonly values: Values;
}

/** One package on the shelf. */
export type ShelfPackage = PlayablePackage | UnplayablePackage;

/** A package that can be played. */
export interface PlayablePackage {
  readonly kind: 'playable';
  readonly package: string;
  readonly file: string;
  readonly title: string;
  readonly edition: Edition;
  readonly editionLabel: string;
  readonly playUrl: string;
  /** What the next launch does: see `next-launch.ts`. */
  readonly next: 'start' | 'resume' | 'start-again';
  readonly attempts: number;
  readonly latest: LatestAttempt | null;
}

/** A zip that cannot be played, with the reason. */
export interface UnplayablePackage {
  readonly kind: 'unplayable';
  readonly package: string;
  readonly file: string;
  readonly problem: string;
  /** Whether nothing is wrong with it: it is made for a place that this preview is not. */
  readonly isForElsewhere: boolean;
}

/** The newest attempt at a package, as the shelf shows it. */
export interface LatestAttempt {
  readonly number: number;
  readonly lastUsed: string;
  /** False while a session is open, and for ever if the course was left without ending its session. */
  readonly ended: boolean;
  readonly values: Values;
}

/** The shelf page's data. */
export interface Shelf {
  readonly packages: readonly ShelfPackage[];
  readonly packagesFolder: string;
  readonly attemptsFolder: string;
  /** Attempt files that could not be read and were set aside. */
  readonly setAside: readonly string[];
}
