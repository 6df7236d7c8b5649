/** What every element of the course is handed: the course, the attempt, and how saving goes. */
import { createContext } from '@lit/context';
import type { Attempt, AttemptEvent } from '../attempt/attempt.ts';
import type { Readable, Store } from '../attempt/store.ts';
import type { Course } from '../model/course.ts';

/** How saving goes, as far as a learner needs to know. Elements know nothing of an LMS beyond this. */
export interface Saving {
  /** Where progress is kept. `memory` is lost when the page is closed. */
  readonly keeper: 'lms' | 'device' | 'memory';
  readonly state: 'off' | 'ready' | 'saving' | 'saved' | 'failed' | 'ended';
  /** When it was last saved, in milliseconds since 1970; null before the first time. */
  readonly savedAt: number | null;
}

/** What the composition root provides on the document's body. */
export interface CourseServices {
  readonly course: Course;
  readonly store: Store<Attempt, AttemptEvent>;
  readonly saving: Readable<Saving>;
}

/** Key under which the services are handed down. */
export const servicesContext = createContext<CourseServices>(Symbol('course services'));
