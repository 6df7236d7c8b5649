/** The wire of SCORM: looks for an LMS that speaks the edition, and goes on without one where there is none. */
import { findApi } from './find-api.ts';
import { openOnDevice } from './local/local-session.ts';
import { createProbe } from './probe.ts';
import { openScormSession, type ScormEdition } from './scorm-session.ts';
import type { OpenSession } from './session.ts';

/** How long to wait for an LMS whose API comes late, and how often to look for it, in milliseconds. */
const patience = { longest: 10_000, step: 250 };

/** A file of the package that holds the course's id. */
const online = 'online.txt';

/**
 * Makes what opens sessions with LMSs of an edition.
 *
 * An LMS that appears after the session has been opened on the device is not spoken to: what has been kept there would
 * be mixed into its record.
 */
export function openScorm(edition: ScormEdition): OpenSession {
  return async (options) => {
    const { window, course, elapsed, wait, onWaiting } = options;
    const confirm = createProbe({
      address: online,
      expected: course.id,
      fetch: window.fetch.bind(window),
      isOffline: () => !window.navigator.onLine,
    });
    for (let step = 0; step < patience.longest / patience.step; step++) {
      const api = findApi(window, edition.names.api, edition.names.initialize);
      const session = api && openScormSession(edition, api, { elapsed, wait, confirm });
      if (session) return session;
      if (step === 0) onWaiting();
      await wait(patience.step);
    }
    return openOnDevice(options);
  };
}
