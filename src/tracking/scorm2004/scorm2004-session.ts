/** The wire of SCORM 2004 4th Edition (ADL SCORM 2004 4th Ed. Run-Time Environment, 4.2). */
import { decimal, readNumber, readScaled } from '../numbers.ts';
import type { ScormNames, ScormRuntime } from '../scorm-runtime.ts';
import type { Launch, TrackingSession } from '../session.ts';
import { description, response, timeInterval, timestamp } from './scorm2004-format.ts';

/** Names of the functions of the API object. */
export const scorm2004Names: ScormNames = {
  api: 'API_1484_11',
  initialize: 'Initialize',
  get: 'GetValue',
  set: 'SetValue',
  commit: 'Commit',
  terminate: 'Terminate',
  lastError: 'GetLastError',
};

function readLaunch(runtime: ScormRuntime): { launch: Launch; interactions: number } {
  const mode = runtime.get('cmi.mode');
  const credit = runtime.get('cmi.credit');
  const completion = runtime.get('cmi.completion_status');
  const success = runtime.get('cmi.success_status');
  return {
    launch: {
      recording: mode !== 'browse' && mode !== 'review' && credit !== 'no-credit',
      location: runtime.get('cmi.location'),
      suspendData: runtime.get('cmi.suspend_data'),
      completion: completion === 'completed' || completion === 'incomplete' ? completion : 'unknown',
      success: success === 'passed' || success === 'failed' ? success : 'unknown',
      scaled: readScaled(runtime.get('cmi.score.scaled'), 1),
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
export function openScorm2004(runtime: ScormRuntime, now: () => number): TrackingSession | undefined {
  const start = now();
  if (!runtime.initialize()) return undefined;
  const { launch, interactions } = readLaunch(runtime);
  const limits = { suspendData: 64_000 };
  let open = true;
  let accepted = true;

  const set = (element: string, value: string) => {
    if (open) accepted = runtime.set(element, value) && accepted;
  };
  /** For what must not keep the status from being recorded where an LMS lacks it or is full. */
  const setOptional = (element: string, value: string): boolean => open && runtime.set(element, value);

  if (launch.recording) {
    // From the start: an LMS hands suspend data back only where `suspend` was stored.
    set('cmi.exit', 'suspend');
    if (launch.completion === 'unknown') set('cmi.completion_status', 'incomplete');
  }

  return {
    keeper: 'lms',
    launch,
    limits,
    setLocation: (location) => set('cmi.location', location.slice(0, 1000)),
    setSuspendData(text) {
      if (text.length > limits.suspendData) accepted = false;
      else set('cmi.suspend_data', text);
    },
    setScore({ scaled }) {
      set('cmi.score.min', '0');
      set('cmi.score.max', '100');
      // On 0 to 100 as well as scaled: Moodle's grade book reads `raw` only.
      set('cmi.score.raw', decimal(scaled * 100, 2));
      set('cmi.score.scaled', decimal(scaled, 4));
    },
    setStatus(completion, success) {
      set('cmi.completion_status', completion);
      if (success !== 'unknown') set('cmi.success_status', success);
    },
    setProgressMeasure: (measure) => set('cmi.progress_measure', decimal(measure, 4)),
    recordInteraction(interaction, ordinal) {
      const at = `cmi.interactions.${interactions + ordinal}`;
      if (!setOptional(`${at}.id`, interaction.id)) return;
      // `type` comes right after `id`: what follows depends on it (RTE 4.2.9, error 408).
      setOptional(`${at}.type`, interaction.content.type);
      for (const [index, objective] of interaction.objectives.entries()) {
        setOptional(`${at}.objectives.${index}.id`, objective);
      }
      setOptional(`${at}.timestamp`, timestamp(interaction.at));
      setOptional(`${at}.correct_responses.0.pattern`, response(interaction.content, 'correct'));
      setOptional(`${at}.weighting`, decimal(interaction.weighting, 2));
      setOptional(`${at}.learner_response`, response(interaction.content, 'response'));
      setOptional(`${at}.result`, interaction.result);
      setOptional(`${at}.latency`, timeInterval(interaction.latency));
      setOptional(`${at}.description`, description(interaction.description));
    },
    async commit() {
      if (!open) return false;
      set('cmi.session_time', timeInterval(now() - start));
      const kept = runtime.commit() && accepted;
      accepted = true;
      return kept;
    },
    terminate(exit) {
      if (!open) return;
      if (launch.recording) {
        set('cmi.exit', exit);
        set('cmi.session_time', timeInterval(now() - start));
      }
      open = false;
      runtime.terminate();
    },
  };
}
