/** The one store of an attempt: what the player renders from and the tracker watches. */
import type { Course } from '../model/course.ts';
import { type Attempt, type AttemptEvent, reduceAttempt } from './attempt.ts';
import { createStore, type Store } from './store.ts';

/** Makes the store of an attempt on `course` that goes on from `attempt`. */
export function createAttemptStore(course: Course, attempt: Attempt): Store<Attempt, AttemptEvent> {
  return createStore((state: Attempt, event: AttemptEvent) => reduceAttempt(course, state, event), attempt);
}
