/** Opens the session: the only place that asks which edition an LMS speaks. */
import { findApi } from './find-api.ts';
import { openLocal } from './local/local-session.ts';
import { openScormSession, type ScormEdition, type SessionSurroundings } from './scorm-session.ts';
import { scorm12 } from './scorm12/scorm12-edition.ts';
import { scorm2004 } from './scorm2004/scorm2004-edition.ts';
import type { TrackingSession } from './session.ts';

const editions: readonly ScormEdition[] = [scorm12, scorm2004];

/** How long to wait for an LMS whose API comes late, and how often to look for it, in milliseconds. */
const patience = { longest: 10_000, step: 250 };

/** From when on the API of another edition will do, in milliseconds: an LMS that offers both may bring one later. */
const otherEdition = 1000;

/** What a session needs to know of its surroundings. */
export interface SessionOptions extends SessionSurroundings {
  /** The wire that the package was built for; an LMS is looked for only if it is one. */
  readonly wire: string | undefined;
  /** The window of the course. */
  readonly window: Window;
  /** The device's storage; undefined where the browser denies it. */
  readonly storage: Storage | undefined;
  /** Id of the course; names its record on the device. */
  readonly courseId: string;
  /** Called once, when no LMS has been found at once. */
  readonly onWaiting: () => void;
}

/** Looks for an LMS in the order of `wanted`, and opens a session with the first that runs. */
function openFirst(
  wanted: readonly ScormEdition[],
  window: Window,
  surroundings: SessionSurroundings,
): TrackingSession | undefined {
  for (const edition of wanted) {
    const api = findApi(window, edition.names.api, edition.names.initialize);
    const session = api && openScormSession(edition, api, surroundings);
    if (session) return session;
  }
  return undefined;
}

/**
 * Opens a session with the LMS, or on the device where no LMS answers. Never throws.
 *
 * An LMS that appears after that is not spoken to: what has been kept on the device would be mixed into its record.
 */
export async function openSession(options: SessionOptions): Promise<TrackingSession> {
  const { wire, window, storage, courseId, onWaiting, wait } = options;
  const built = editions.filter((edition) => edition.wire === wire);
  const all = [...built, ...editions.filter((edition) => edition.wire !== wire)];
  const steps = built.length === 0 ? 0 : patience.longest / patience.step;
  for (let step = 0; step < steps; step++) {
    const session = openFirst(step * patience.step < otherEdition ? built : all, window, options);
    if (session) return session;
    if (step === 0) onWaiting();
    await wait(patience.step);
  }
  return openLocal(storage, `course:${courseId}`);
}
