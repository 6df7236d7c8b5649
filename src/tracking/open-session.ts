/** Opens the session: the only place that asks which edition an LMS speaks. */
import { findApi } from './find-api.ts';
import { openLocal } from './local/local-session.ts';
import { openScormSession } from './scorm-session.ts';
import { scorm12 } from './scorm12/scorm12-edition.ts';
import { scorm2004 } from './scorm2004/scorm2004-edition.ts';
import type { TrackingSession } from './session.ts';

const editions = [scorm2004, scorm12];

/** What a session needs to know of its surroundings. */
export interface SessionOptions {
  /** The wire that the package was built for; it is tried first. */
  readonly wire: string | undefined;
  /** The window of the course. */
  readonly window: Window;
  /** Id of the course; names its record on the device. */
  readonly courseId: string;
}

function deviceStorage(window: Window): Storage | undefined {
  try {
    // Reading the property throws where storage is denied (sandboxed frames, privacy settings).
    // It is null where Firefox has storage switched off.
    return window.localStorage ?? undefined;
  } catch {
    return undefined;
  }
}

/**
 * Opens a session with the LMS, or on the device where no LMS answers. Never throws.
 */
export async function openSession({ wire, window, courseId }: SessionOptions): Promise<TrackingSession> {
  const now = () => window.performance.now();
  const inOrder = [...editions].sort((a, b) => Number(b.wire === wire) - Number(a.wire === wire));
  for (const edition of inOrder) {
    const api = findApi(window, edition.names.api, edition.names.initialize);
    const session = api && openScormSession(edition, api, now);
    if (session) return session;
  }
  return openLocal(deviceStorage(window), `course:${courseId}`);
}
