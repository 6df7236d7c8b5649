/**
 * A session with a SCORM run-time service: one set of rules for all editions. What differs between editions is pure
 * description, a {@link ScormEdition}; nothing here asks which one it is.
 */
import type { CompletionStatus, SuccessStatus } from '../attempt/progress.ts';
import { readNumber } from './numbers.ts';
import { type ScormNames, scormRuntime } from './scorm-runtime.ts';
import type { Exit, Interaction, Launch, Limits, TrackingSession } from './session.ts';

/** Elements of the data model with the values to set, in order. */
export type Writes = readonly (readonly [element: string, value: string])[];

/** How an edition of SCORM says what a session has to say. Pure. */
export interface ScormEdition {
  /** Name of the wire in packages. */
  readonly wire: string;
  readonly names: ScormNames;
  readonly limits: Limits & { /** Characters of the bookmark. */ readonly location: number };
  /** Elements that all editions have, by the names of this one. */
  readonly elements: {
    readonly mode: string;
    readonly credit: string;
    readonly location: string;
    readonly exit: string;
    readonly sessionTime: string;
    /** The element above `min` and `max`. */
    readonly score: string;
  };
  /** Reads what an earlier session has left. */
  readRecord(get: (element: string) => string): Pick<Launch, 'completion' | 'success' | 'scaled'>;
  status(completion: CompletionStatus, success: SuccessStatus): Writes;
  /** @param scaled 0 to 1 */
  score(scaled: number): Writes;
  /** @param measure 0 to 1 */
  progress(measure: number): Writes;
  /** Elements are named below `cmi.interactions.n`; the first is `id`. */
  interaction(interaction: Interaction): Writes;
  exit(exit: Exit): string;
  /** @param milliseconds 0 or more */
  duration(milliseconds: number): string;
}

/**
 * Opens a session.
 *
 * @param api the object that the LMS offers, not yet initialised
 * @param now a clock in milliseconds that never goes back
 * @returns the session, or undefined where the LMS refuses to initialise
 */
export function openScormSession(
  edition: ScormEdition,
  api: object,
  now: () => number,
): TrackingSession | undefined {
  const { elements, limits } = edition;
  const runtime = scormRuntime(api, edition.names);
  const start = now();
  if (!runtime.initialize()) return undefined;

  const mode = runtime.get(elements.mode);
  const credit = runtime.get(elements.credit);
  const launch: Launch = {
    recording: mode !== 'browse' && mode !== 'review' && credit !== 'no-credit',
    location: runtime.get(elements.location),
    suspendData: runtime.get('cmi.suspend_data'),
    ...edition.readRecord(runtime.get),
  };
  const interactions = readNumber(runtime.get('cmi.interactions._count')) ?? 0;

  let open = true;
  let accepted = true;
  const set = (element: string, value: string) => {
    if (open) accepted = runtime.set(element, value) && accepted;
  };
  const setAll = (writes: Writes) => {
    for (const [element, value] of writes) set(element, value);
  };
  /** For what an LMS may lack or be full of: a refusal must not keep the status from being recorded. */
  const setOptional = (element: string, value: string): boolean => open && runtime.set(element, value);
  const setTime = () => set(elements.sessionTime, edition.duration(now() - start));

  if (launch.recording) {
    // From the start, so that a session that is cut off can be resumed: an LMS may hand data back only where
    // `suspend` was stored.
    set(elements.exit, edition.exit('suspend'));
    // Without any status Moodle stores `completed` at LMSFinish.
    if (launch.completion === 'unknown') setAll(edition.status('incomplete', 'unknown'));
  }

  return {
    keeper: 'lms',
    launch,
    limits,
    setLocation: (location) => set(elements.location, location.slice(0, limits.location)),
    setSuspendData(text) {
      if (text.length > limits.suspendData) accepted = false;
      else set('cmi.suspend_data', text);
    },
    setScore({ scaled }) {
      setOptional(`${elements.score}.min`, '0');
      setOptional(`${elements.score}.max`, '100');
      setAll(edition.score(scaled));
    },
    setStatus: (completion, success) => setAll(edition.status(completion, success)),
    setProgressMeasure: (measure) => setAll(edition.progress(measure)),
    recordInteraction(interaction, ordinal) {
      const at = `cmi.interactions.${interactions + ordinal}`;
      const [id, ...rest] = edition.interaction(interaction);
      if (!id || !setOptional(`${at}.${id[0]}`, id[1])) return;
      for (const [element, value] of rest) setOptional(`${at}.${element}`, value);
    },
    async commit() {
      if (!open) return false;
      setTime();
      const kept = runtime.commit() && accepted;
      accepted = true;
      return kept;
    },
    terminate(exit) {
      if (!open) return;
      if (launch.recording) {
        set(elements.exit, edition.exit(exit));
        setTime();
      }
      open = false;
      runtime.terminate();
    },
  };
}
