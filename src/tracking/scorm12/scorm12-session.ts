/** The wire of SCORM 1.2 (ADL SCORM 1.2 Run-Time Environment, 3.4). */
import type { CompletionStatus, SuccessStatus } from '../../attempt/progress.ts';
import { decimal, readNumber, readScaled } from '../numbers.ts';
import type { ScormNames, ScormRuntime } from '../scorm-runtime.ts';
import type { Launch, TrackingSession } from '../session.ts';
import { feedback, timeOfDay, timespan } from './scorm12-format.ts';

/** Names of the functions of the API object. */
export const scorm12Names: ScormNames = {
  api: 'API',
  initialize: 'LMSInitialize',
  get: 'LMSGetValue',
  set: 'LMSSetValue',
  commit: 'LMSCommit',
  terminate: 'LMSFinish',
  lastError: 'LMSGetLastError',
};

/**
 * The one status of SCORM 1.2 for the two of the port.
 *
 * Incomplete and failed is `incomplete`: LMSs close an attempt that has `failed` and reopen it in review mode only
 * (Moodle does), so that a learner with tries left could not use them. The score tells that the quiz was not passed.
 */
export function lessonStatus(completion: CompletionStatus, success: SuccessStatus): string {
  if (completion === 'incomplete') return 'incomplete';
  return success === 'unknown' ? 'completed' : success;
}

/** `failed` says nothing of completion: an LMS may have put it there by its own mastery score. */
const completionOf = (status: string): Launch['completion'] => {
  if (status === 'passed' || status === 'completed') return 'completed';
  return status === 'incomplete' || status === 'failed' ? 'incomplete' : 'unknown';
};

function readLaunch(runtime: ScormRuntime): { launch: Launch; interactions: number } {
  const mode = runtime.get('cmi.core.lesson_mode');
  const credit = runtime.get('cmi.core.credit');
  const before = runtime.get('cmi.core.lesson_status');
  return {
    launch: {
      recording: mode !== 'browse' && mode !== 'review' && credit !== 'no-credit',
      location: runtime.get('cmi.core.lesson_location'),
      suspendData: runtime.get('cmi.suspend_data'),
      completion: completionOf(before),
      success: before === 'passed' || before === 'failed' ? before : 'unknown',
      scaled: readScaled(runtime.get('cmi.core.score.raw'), 100),
    },
    interactions: readNumber(runtime.get('cmi.interactions._count')) ?? 0,
  };
}

/**
 * Opens a session.
 *
 * @param runtime the LMS, not yet initialised
 * @param now a clock in milliseconds that never goes back
 * @returns the session, or undefined where the LMS refuses to initialise
 */
export function openScorm12(runtime: ScormRuntime, now: () => number): TrackingSession | undefined {
  const start = now();
  if (!runtime.initialize()) return undefined;
  const { launch, interactions } = readLaunch(runtime);
  const limits = { suspendData: 4096 };
  let open = true;
  let accepted = true;

  const set = (element: string, value: string) => {
    if (open) accepted = runtime.set(element, value) && accepted;
  };
  /** For elements that an LMS need not have (SCORM 1.2 RTE 3.4.4): a refusal does not matter. */
  const setOptional = (element: string, value: string): boolean => open && runtime.set(element, value);

  if (launch.recording) {
    // From the start, so that a session that is cut off can be resumed.
    set('cmi.core.exit', 'suspend');
    // Without any status Moodle stores `completed` at LMSFinish. `browsed` is over once the course is taken.
    if (launch.completion === 'unknown') set('cmi.core.lesson_status', 'incomplete');
  }

  return {
    keeper: 'lms',
    launch,
    limits,
    setLocation: (location) => set('cmi.core.lesson_location', location.slice(0, 255)),
    setSuspendData(text) {
      if (text.length > limits.suspendData) accepted = false;
      else set('cmi.suspend_data', text);
    },
    setScore({ scaled }) {
      setOptional('cmi.core.score.min', '0');
      setOptional('cmi.core.score.max', '100');
      set('cmi.core.score.raw', decimal(scaled * 100, 2));
    },
    setStatus: (completion, success) => set('cmi.core.lesson_status', lessonStatus(completion, success)),
    // SCORM 1.2 has no measure of progress.
    setProgressMeasure: () => undefined,
    recordInteraction(interaction, ordinal) {
      const at = `cmi.interactions.${interactions + ordinal}`;
      if (!setOptional(`${at}.id`, interaction.id)) return;
      setOptional(`${at}.type`, interaction.content.type);
      for (const [index, objective] of interaction.objectives.entries()) {
        setOptional(`${at}.objectives.${index}.id`, objective);
      }
      setOptional(`${at}.time`, timeOfDay(interaction.at));
      setOptional(`${at}.correct_responses.0.pattern`, feedback(interaction.content, 'correct'));
      setOptional(`${at}.weighting`, decimal(interaction.weighting, 2));
      setOptional(`${at}.student_response`, feedback(interaction.content, 'response'));
      setOptional(`${at}.result`, interaction.result === 'correct' ? 'correct' : 'wrong');
      setOptional(`${at}.latency`, timespan(interaction.latency));
    },
    async commit() {
      if (!open) return false;
      set('cmi.core.session_time', timespan(now() - start));
      const kept = runtime.commit() && accepted;
      accepted = true;
      return kept;
    },
    terminate(exit) {
      if (!open) return;
      if (launch.recording) {
        // The vocabulary has no `normal`: that is the empty string.
        set('cmi.core.exit', exit === 'suspend' ? 'suspend' : '');
        set('cmi.core.session_time', timespan(now() - start));
      }
      open = false;
      runtime.terminate();
    },
  };
}
