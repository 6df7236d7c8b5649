/** What every element of the course is handed: the course, the attempt, and how saving goes. */
import { createContext } from '@lit/context';
import type { Attempt, AttemptEvent } from '../attempt/attempt.ts';
import type { Readable, Store } from '../attempt/store.ts';
import type { Course } from '../model/course.ts';

/** How saving goes, as far as a learner needs to know. Elements know nothing of an LMS beyond this. */
export interface Saving {
  /** Where progress is kept. `memory` is lost when the page is closed. */
  readonly keeper: 'lms' | 'device' | 'memory';
  /** `off`: nothing is recorded (review, browse, no credit). `unsaved`: the keeper does not take it at present. */
  readonly state: 'off' | 'ready' | 'saving' | 'saved' | 'unsaved' | 'ended';
  /** When it was last saved, in milliseconds since 1970; null before the first time. */
  readonly savedAt: number | null;
  /** Where that is which the keeper has not taken yet; `none` where it has taken everything. */
  readonly outstanding: 'none' | 'device' | 'memory';
  /** Whether the course is open in another tab or window of this browser, for the same learner. */
  readonly elsewhere: boolean;
}

/** What the composition root provides on the document's body. */
export interface CourseServices {
  readonly course: Course;
  readonly store: Store<Attempt, AttemptEvent>;
  readonly saving: Readable<Saving>;
  /** Saves, ends the session and closes the window where that is possible; the state is `ended` then. */
  leave(): Promise<void>;
}

/** Key under which the services are handed down. */
export const servicesContext = createContext<CourseServices>(Symbol('course services'));
