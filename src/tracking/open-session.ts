/** Opens the session: the only place that asks which edition an LMS speaks. */
import { findApi } from './find-api.ts';
import { openLocal } from './local/local-session.ts';
import { type ScormNames, type ScormRuntime, scormRuntime } from './scorm-runtime.ts';
import { openScorm12, scorm12Names } from './scorm12/scorm12-session.ts';
import { openScorm2004, scorm2004Names } from './scorm2004/scorm2004-session.ts';
import type { TrackingSession } from './session.ts';

interface Wire {
  readonly name: string;
  readonly names: ScormNames;
  readonly open: (runtime: ScormRuntime, now: () => number) => TrackingSession | undefined;
}

const wires: readonly Wire[] = [
  { name: 'scorm2004', names: scorm2004Names, open: openScorm2004 },
  { name: 'scorm12', names: scorm12Names, open: openScorm12 },
];

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
  const inOrder = [...wires].sort((a, b) => Number(b.name === wire) - Number(a.name === wire));
  for (const { names, open } of inOrder) {
    const api = findApi(window, names.api, names.initialize);
    const session = api && open(scormRuntime(api, names), now);
    if (session) return session;
  }
  return openLocal(deviceStorage(window), `course:${courseId}`);
}
