/**
 * The port: how this course speaks to whatever keeps its record. In the terms of SCORM 2004 and cmi5; each wire
 * translates, and what a wire cannot say it leaves out silently.
 */
import type { CompletionStatus, ObjectiveProgress, SuccessStatus } from '../attempt/progress.ts';
import type { InteractionContent } from '../items/item.ts';
import type { Course } from '../model/course.ts';

/** What is known when a session begins. */
export interface Launch {
  /** Whether what the learner does now counts. False in browse and review mode and without credit. */
  readonly recording: boolean;
  /** Id of the learner, as the LMS has it; empty where it does not say. */
  readonly learner: string;
  /** Scaled passing score that the LMS sets, 0 to 1; null where it sets none. It wins over the course's. */
  readonly passingScore: number | null;
  /** Bookmark of the last session; empty where there is none. */
  readonly location: string;
  /** What the last session left; empty where there is nothing. */
  readonly suspendData: string;
  readonly completion: CompletionStatus | 'unknown';
  readonly success: SuccessStatus;
  /** Where the LMS wants to have the learner back, as an address; null where the window is closed. */
  readonly returnTo: string | null;
  /** Scaled score recorded so far, 0 to 1; null where there is none. */
  readonly scaled: number | null;
  /** Whether the learner wants no sound; nothing said is no wish. */
  readonly muted?: boolean;
}

/** What a wire can take. */
export interface Limits {
  /** Characters of suspend data. */
  readonly suspendData: number;
  /** How many interactions there may be in all sessions of an attempt. */
  readonly interactions: number;
  /** So many of them at most come before one of a question that does not count: the rest is kept for the quiz. */
  readonly unscoredInteractions: number;
  readonly objectives: number;
}

/** A score on the scale 0 to 1. */
export interface Score {
  readonly scaled: number;
}

/** One answered question (SCORM 2004 4th Ed. RTE 4.2.9). */
export interface Interaction {
  /** Stable id of the question. */
  readonly id: string;
  /** Ids of the objectives that the question serves. */
  readonly objectives: readonly string[];
  /** When it was answered, in milliseconds since 1970. */
  readonly at: number;
  /** 0 or more; 0 where the answer does not count. */
  readonly weighting: number;
  /** A number above 0 and below 1 where the answer is right in part; `neutral` where no answer is right. */
  readonly result: 'correct' | 'incorrect' | 'neutral' | number;
  /** In milliseconds, 0 or more. */
  readonly latency: number;
  /** The question, as plain text on one line. */
  readonly description: string;
  readonly content: InteractionContent;
}

/** What has been reached of a takeaway (SCORM 2004 4th Ed. RTE 4.2.17). */
export interface Objective extends ObjectiveProgress {
  /** The takeaway, as plain text on one line. */
  readonly description: string;
}

/** How a session ends: `suspend` keeps the attempt open for the next launch. */
export type Exit = 'suspend' | 'normal';

/**
 * A session between the course and its record, from launch to termination.
 *
 * Setting never throws. Whether what was set has been taken is what {@link TrackingSession.commit} tells.
 * After {@link TrackingSession.terminate} everything is ignored.
 */
export interface TrackingSession {
  /** Where the record is kept. */
  readonly keeper: 'lms' | 'device' | 'memory';
  readonly launch: Launch;
  readonly limits: Limits;
  setLocation(location: string): void;
  /** Text that is longer than the limit is refused: the next commit is false. */
  setSuspendData(text: string): void;
  setScore(score: Score): void;
  setStatus(completion: CompletionStatus, success: SuccessStatus): void;
  /** `measure` is 0 to 1. */
  setProgressMeasure(measure: number): void;
  /** Records what has been reached of a takeaway, each under its id. */
  recordObjective(objective: Objective): void;
  /** Records an interaction; `ordinal` counts those of this session from 0. The same one may be sent again. */
  recordInteraction(interaction: Interaction, ordinal: number): void;
  /**
   * Asks for all to be kept. False where that, or any setting since the last commit, was refused. The request itself
   * is made before this returns.
   */
  commit(): Promise<boolean>;
  /** Whether the suspend data can be read back as they were set. */
  verify(): Promise<boolean>;
  /** Whether there is no reason to doubt a commit that was said to have worked. Never rejects. */
  confirm(): Promise<boolean>;
  /**
   * Tells whether the commits since this was told last are believed. If not, everything is going to be set again, and
   * the session sees to it that it is sent again.
   */
  conclude(believed: boolean): void;
  /**
   * Ends the session. All that is to be said is on its way when this returns, because nothing waits for a page that is
   * leaving. Resolves when nothing more is going to come of it; never rejects.
   */
  terminate(exit: Exit): Promise<void>;
}

/** What a session needs to know of its surroundings. */
export interface SessionOptions {
  /** The window of the course. */
  readonly window: Window;
  /** The device's storage; undefined where the browser denies it. */
  readonly storage: Storage | undefined;
  readonly course: Course;
  /** Time of this session so far, in milliseconds, never less than before. */
  readonly elapsed: () => number;
  /** Resolves after that many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Called once, when no LMS has been found at once. */
  readonly onWaiting: () => void;
  /**
   * Called when the record turns out to have been written by another session of the same attempt, with the suspend data
   * that it has left. The session has taken them over; what is set from now on must have them too.
   */
  readonly onElsewhere: (suspendData: string) => void;
}

/** Opens a session with an LMS, or on the device where no LMS answers. One for each wire. Never rejects. */
export type OpenSession = (options: SessionOptions) => Promise<TrackingSession>;
