/** IRIs for a course, its programs and its takeaways, all derived from the one that its author gave it. */
import { type Course, defaultProgram, partIri } from '../src/model/course.ts';

/**
 * Names the course as a program gives it. The program `default` has the course's own IRI; the others differ, so that an
 * LMS that knows courses by it keeps them apart.
 */
export const programIri = (course: Course): string =>
  course.program === defaultProgram ? course.iri : partIri(course, `program/${course.program}`);

/** Names the one assignable unit of a program. */
export const unitIri = (course: Course): string => partIri(course, `program/${course.program}/unit`);

/**
 * Names a takeaway, the same in all programs, as the player names it in its statements. No other IRI of a course is
 * like it: an id has no "/".
 */
export const takeawayIri = (course: Course, id: string): string => partIri(course, id);
