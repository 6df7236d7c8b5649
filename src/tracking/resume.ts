/** The attempt to go on with: what the LMS hands back, and what the device has that the LMS never took. */
import type { Attempt } from '../attempt/attempt.ts';
import { mergeAttempts } from '../attempt/merge-attempts.ts';
import { decodeAttempt, type SavedState } from '../attempt/suspend-data.ts';
import type { Course } from '../model/course.ts';
import type { JournalEntry } from './journal.ts';
import type { Launch } from './session.ts';

/** Where a session begins. */
export interface Resumption {
  readonly attempt: Attempt;
  /** The attempt as the LMS has it. */
  readonly recorded: Attempt;
  /** What the LMS has not taken of the answers to report, oldest first; see {@link JournalEntry}. */
  readonly reports: readonly Attempt[];
  /** The entries of the journal that are in it. */
  readonly adopted: readonly JournalEntry[];
  /** Whether the LMS has this attempt already. */
  readonly acknowledged: boolean;
  /** What became of the suspend data. */
  readonly state: SavedState;
}

/** When the last answer in a report was given, in milliseconds since 1970. */
const answeredAt = ({ quiz, checks }: Attempt): number =>
  Math.max(
    quiz.submittedAt,
    ...[...Object.values(quiz.answers), ...Object.values(checks)].map(({ at }) => at),
  );

/**
 * Puts together what is known of an attempt.
 *
 * An entry of the journal belongs to the LMS's attempt if it has its id, or if no LMS has ever taken it. One that was
 * taken and is not the LMS's now belongs to an attempt that an administrator has reset: it is not resurrected. An LMS
 * that has lost the state alone, and not the bookmark, the status or the score, has reset nothing. Where
 * the LMS does not say who is learning, several may share the device: then only the id counts.
 *
 * @param newId makes the id of a new attempt
 */
export function resume(
  course: Course,
  launch: Launch,
  left: readonly JournalEntry[],
  newId: () => string,
): Resumption {
  const read = (text: string): Attempt => decodeAttempt(course, text, '').attempt;
  const { attempt: recorded, state } = decodeAttempt(course, launch.suspendData, launch.location);
  const acknowledged = recorded.id !== '';
  // `incomplete` says nothing: many LMSs begin with it.
  const { location, completion, success, scaled } = launch;
  const hasMore = location !== '' || completion === 'completed' || success !== 'unknown' || (scaled ?? 0) > 0;
  const lostState = !acknowledged && (state !== 'empty' || hasMore);
  const adopted = left.filter((entry) => {
    const same = acknowledged && read(entry.attempt).id === recorded.id;
    return same || ((lostState || !entry.acknowledged) && launch.learner !== '');
  });
  const merged = adopted.reduce(
    (attempt, entry) => mergeAttempts(course, attempt, read(entry.attempt)),
    recorded,
  );
  // The id that the LMS knows stays: by it other devices find what they have of the same attempt.
  const id = recorded.id || merged.id || newId();
  return {
    attempt: { ...merged, id },
    recorded,
    reports: [...new Set(adopted.flatMap(({ reports }) => reports))]
      .map(read)
      .sort((a, b) => answeredAt(a) - answeredAt(b)),
    adopted,
    acknowledged,
    state,
  };
}
