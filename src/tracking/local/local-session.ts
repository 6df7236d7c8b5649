/** The wire without an LMS: progress stays on the device. */
import type { CompletionStatus, SuccessStatus } from '../../attempt/progress.ts';
import { recordName } from '../../model/course.ts';
import type { Launch, OpenSession, TrackingSession } from '../session.ts';

/** What is kept on the device. No name, nothing sent anywhere. */
interface Kept {
  location: string;
  suspendData: string;
  completion: CompletionStatus | 'unknown';
  success: SuccessStatus;
  scaled: number | null;
}

const nothing: Kept = {
  location: '',
  suspendData: '',
  completion: 'unknown',
  success: 'unknown',
  scaled: null,
};

function readKept(storage: Storage, key: string): Kept {
  try {
    const value: unknown = JSON.parse(storage.getItem(key) ?? 'null');
    if (typeof value !== 'object' || value === null) return nothing;
    const field = (name: string): unknown => Reflect.get(value, name);
    const string = (name: string): string => {
      const found = field(name);
      return typeof found === 'string' ? found : '';
    };
    const completion = field('completion');
    const success = field('success');
    const scaled = field('scaled');
    return {
      location: string('location'),
      suspendData: string('suspendData'),
      completion: completion === 'completed' || completion === 'incomplete' ? completion : 'unknown',
      success: success === 'passed' || success === 'failed' ? success : 'unknown',
      scaled: typeof scaled === 'number' && scaled >= 0 && scaled <= 1 ? scaled : null,
    };
  } catch {
    return nothing;
  }
}

/** Opens a session without looking for an LMS. */
export const openOnDevice: OpenSession = async ({ storage, course }) =>
  openLocal(storage, `course:${recordName(course)}`);

/**
 * Opens a session that keeps its record in `storage`, or in memory where there is none or it fails.
 *
 * @param storage the device's storage; undefined where the browser denies it
 * @param key name under which this course keeps its record
 */
export function openLocal(storage: Storage | undefined, key: string): TrackingSession {
  const kept = { ...(storage ? readKept(storage, key) : nothing) };
  const { location, suspendData, completion, success, scaled } = kept;
  const launch: Launch = {
    recording: true,
    learner: '',
    passingScore: null,
    returnTo: null,
    location,
    suspendData,
    completion,
    success,
    scaled,
  };
  let stored = storage !== undefined;
  let open = true;

  // Written at every change: Firefox loses what is written while a tab closes.
  const write = (change: Partial<Kept>) => {
    if (!open || !storage) return;
    Object.assign(kept, change);
    try {
      storage.setItem(key, JSON.stringify(kept));
      stored = true;
    } catch {
      stored = false;
    }
  };

  return {
    get keeper() {
      return stored ? 'device' : 'memory';
    },
    launch,
    limits: {
      suspendData: Number.POSITIVE_INFINITY,
      interactions: 0,
      unscoredInteractions: 0,
      objectives: 0,
    },
    setLocation: (value) => write({ location: value }),
    setSuspendData: (value) => write({ suspendData: value }),
    setScore: (score) => write({ scaled: score.scaled }),
    setStatus: (nextCompletion, nextSuccess) => write({ completion: nextCompletion, success: nextSuccess }),
    // A device keeps no report: the attempt in the suspend data says all that the course itself needs.
    setProgressMeasure: () => undefined,
    recordObjective: () => undefined,
    recordInteraction: () => undefined,
    commit: async () => open && stored,
    verify: async () => true,
    confirm: async () => true,
    conclude: () => undefined,
    async terminate() {
      open = false;
    },
  };
}
