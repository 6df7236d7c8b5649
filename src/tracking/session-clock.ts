/** How long a learner has been at it in this session. */

/** A gap longer than this, in milliseconds, counts as this much: nobody reads a page that long. */
const longestPause = 5 * 60_000;

/** A clock that runs while somebody is there. */
export interface SessionClock {
  /** Tells that the learner has done something. */
  touch(): void;
  /** Time of this session in milliseconds, never less than before: sleep and long pauses are capped. */
  elapsed(): number;
}

/** @param now a clock in milliseconds; it may stand still while the computer sleeps, or leap ahead afterwards */
export function createSessionClock(now: () => number): SessionClock {
  let total = 0;
  let last = now();
  let highest = 0;
  const elapsed = () => {
    highest = Math.max(highest, total + Math.min(now() - last, longestPause));
    return highest;
  };
  return {
    touch() {
      total = elapsed();
      last = Math.max(last, now());
    },
    elapsed,
  };
}
