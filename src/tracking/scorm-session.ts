/**
 * A session with a SCORM run-time service: one set of rules for all editions. What differs between editions is pure
 * description, a {@link ScormEdition}; nothing here asks which one it is.
 */
import type { CompletionStatus, SuccessStatus } from '../attempt/progress.ts';
import { readNumber } from './numbers.ts';
import { type Answer, type ScormNames, scormRuntime } from './scorm-runtime.ts';
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
    readonly learner: string;
    readonly mode: string;
    readonly credit: string;
    readonly location: string;
    /** One that no LMS leaves empty in a session that runs. */
    readonly status: string;
    readonly exit: string;
    readonly sessionTime: string;
    /** The element above `min` and `max`. */
    readonly score: string;
  };
  /** Reads what an earlier session has left, and what the LMS asks for. */
  readRecord(
    get: (element: string) => string,
  ): Pick<Launch, 'completion' | 'success' | 'scaled' | 'passingScore'>;
  status(completion: CompletionStatus, success: SuccessStatus): Writes;
  /**
   * For editions of which an LMS takes values for sent before it sends them, and afterwards sends only what has
   * changed: a status to set and commit before `status`, so that this one is a change. None where there is no lesser
   * one. An edition without this function has no such LMS.
   */
  statusBefore?(completion: CompletionStatus, success: SuccessStatus): Writes;
  /** @param scaled 0 to 1 */
  score(scaled: number): Writes;
  /** @param measure 0 to 1 */
  progress(measure: number): Writes;
  /** Elements are named below `cmi.interactions.n`; the first two are `id` and `type`. */
  interaction(interaction: Interaction): Writes;
  exit(exit: Exit): string;
  /** @param milliseconds 0 or more */
  duration(milliseconds: number): string;
}

/** Surroundings of a session. */
export interface SessionSurroundings {
  /** Time of this session so far, in milliseconds, never less than before. */
  readonly elapsed: () => number;
  /** Resolves after that many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** The time of the session is told with a commit once it has grown by this much, in milliseconds. */
const timeStep = 60_000;

/** Characters of suspend data that are needed to spell them anew: `~` and two digits. */
const spellingRoom = 3;

/** How long an LMS that answers from a copy has to bring the copy up to date, in milliseconds. */
const secondLook = 500;

/**
 * Opens a session.
 *
 * @param api the object that the LMS offers, not yet initialised
 * @returns the session, or undefined where the LMS refuses to initialise
 */
export function openScormSession(
  edition: ScormEdition,
  api: object,
  { elapsed, wait }: SessionSurroundings,
): TrackingSession | undefined {
  const { elements } = edition;
  const room = edition.limits.suspendData - (edition.statusBefore ? spellingRoom : 0);
  const limits = { ...edition.limits, suspendData: room };
  const runtime = scormRuntime(api, edition.names);
  // Some LMSs do not say yes to a session that runs: one that can be read is one.
  const telling = [elements.status, elements.learner, elements.mode];
  if (runtime.initialize() !== 'yes' && telling.every((element) => runtime.get(element) === ''))
    return undefined;

  /** What the LMS has: the same is not said twice. */
  const taken = new Map<string, string>();
  const read = (element: string): string => {
    const value = runtime.get(element);
    if (value !== '') taken.set(element, value);
    return value;
  };
  const mode = read(elements.mode);
  const credit = read(elements.credit);
  const launch: Launch = {
    recording: mode !== 'browse' && mode !== 'review' && credit !== 'no-credit',
    learner: read(elements.learner),
    location: read(elements.location),
    suspendData: read('cmi.suspend_data'),
    ...edition.readRecord(read),
  };

  let state: 'initialised' | 'terminated' = 'initialised';
  let accepted = true;
  /** Whether a score or a status has been set since the last commit. */
  let judged = false;
  let suspendData: string | undefined;
  /** Indexes of the interactions that have been set, by their ordinals, and the next one if it is known. */
  const places = new Map<number, number>();
  let nextPlace: number | undefined;
  /** How often the LMS has not been believed: values are spelled in another way each time, where they can be. */
  let spelling = 0;
  /** The status that was set last, and the last one that is believed to be recorded, as text. */
  let toldStatus = JSON.stringify(
    edition.status(launch.completion === 'completed' ? 'completed' : 'incomplete', launch.success),
  );
  let believedStatus = toldStatus;
  /** A status to be set once another one, set before it, has been committed. */
  let statusAfter: Writes = [];
  let toldTime = 0;

  const isOpen = () => state === 'initialised' && launch.recording;
  const tell = (element: string, value: string, takes: (answer: Answer) => boolean): boolean => {
    if (taken.get(element) === value) return true;
    if (!isOpen() || !takes(runtime.set(element, value))) return false;
    taken.set(element, value);
    return true;
  };
  /** False with error 0 is success: if the value is there. */
  const set = (element: string, value: string) => {
    const takes = (answer: Answer) =>
      answer === 'yes' || (answer === 'unsaid' && runtime.holds(element, value));
    if (!tell(element, value, takes)) accepted = false;
  };
  const setAll = (writes: Writes) => {
    for (const [element, value] of writes) set(element, value);
  };
  /** For what an LMS may lack or be full of: a refusal must not keep the status from being recorded. */
  const setOptional = (element: string, value: string): boolean =>
    tell(element, value, (answer) => answer !== 'no');
  const setTime = () => {
    toldTime = elapsed();
    setOptional(elements.sessionTime, edition.duration(toldTime));
  };
  /** A number that means the same, spelled in two ways in turn. */
  const spelled = (value: string): string =>
    spelling % 2 === 0 ? value : `${value}${value.includes('.') ? '' : '.'}0`;
  const isThere = () => suspendData === undefined || runtime.holds('cmi.suspend_data', suspendData);
  const looksTwice = async () => {
    if (isThere()) return true;
    await wait(secondLook);
    return isOpen() && isThere();
  };

  // From the start, so that a session that is cut off can be resumed: an LMS may hand data back only where
  // `suspend` was stored.
  const setExit = (exit: Exit) => {
    // It can be written only, so that it cannot be asked whether it is there.
    if (!setOptional(elements.exit, edition.exit(exit))) accepted = false;
  };
  setExit('suspend');
  // Without any status Moodle stores `completed` at LMSFinish.
  if (launch.completion === 'unknown') setAll(edition.status('incomplete', 'unknown'));

  return {
    keeper: 'lms',
    launch,
    limits,
    // The suspend data have it too.
    setLocation: (location) => void setOptional(elements.location, location.slice(0, limits.location)),
    setSuspendData(text) {
      suspendData = spelling === 0 ? text : `${text}~${spelling % 100}`;
      if (text.length > limits.suspendData) accepted = false;
      else set('cmi.suspend_data', suspendData);
    },
    setScore({ scaled }) {
      judged = true;
      setOptional(`${elements.score}.min`, spelled('0'));
      setOptional(`${elements.score}.max`, spelled('100'));
      setAll(edition.score(scaled).map(([element, value]) => [element, spelled(value)]));
    },
    setStatus(completion, success) {
      judged = true;
      const status = edition.status(completion, success);
      toldStatus = JSON.stringify(status);
      const sent = spelling === 0 || toldStatus === believedStatus;
      const before = sent ? [] : (edition.statusBefore?.(completion, success) ?? []);
      setAll(before.length === 0 ? status : before);
      statusAfter = before.length === 0 ? [] : status;
    },
    setProgressMeasure: (measure) => {
      for (const [element, value] of edition.progress(measure)) setOptional(element, value);
    },
    recordInteraction(interaction, ordinal) {
      if (!isOpen()) return;
      const index =
        places.get(ordinal) ?? nextPlace ?? readNumber(runtime.get('cmi.interactions._count')) ?? 0;
      if (index >= limits.interactions) return;
      for (const [element, value] of edition.interaction(interaction)) {
        const has = setOptional(`cmi.interactions.${index}.${element}`, value);
        if (element === 'id' && !places.has(ordinal)) {
          // There may be no gaps; after a refusal nobody knows whether the LMS has counted it.
          nextPlace = has ? index + 1 : undefined;
          if (has) places.set(ordinal, index);
        }
        // Without these two the rest has nothing to belong to.
        if (!has && (element === 'id' || element === 'type')) return;
      }
    },
    async commit() {
      if (!isOpen()) return false;
      // Some LMSs forget what they could not send.
      setExit('suspend');
      if (judged || elapsed() - toldTime >= timeStep) setTime();
      let answer = runtime.commit();
      if (answer !== 'no' && statusAfter.length > 0) {
        setAll(statusAfter);
        statusAfter = [];
        answer = runtime.commit();
      }
      const kept = answer !== 'no' && accepted;
      accepted = true;
      judged = false;
      return kept && (answer === 'yes' || looksTwice());
    },
    verify: looksTwice,
    conclude(believed) {
      if (believed) {
        believedStatus = toldStatus;
        return;
      }
      taken.clear();
      if (!edition.statusBefore) return;
      spelling++;
      places.clear();
    },
    terminate(exit) {
      if (state === 'terminated') return;
      setAll(statusAfter);
      setExit(exit);
      setTime();
      state = 'terminated';
      runtime.terminate();
    },
  };
}
