/**
 * A session with a SCORM run-time service: one set of rules for all editions. What differs between editions is pure
 * description, a {@link ScormEdition}; nothing here asks which one it is.
 */
import type { CompletionStatus, SuccessStatus } from '../attempt/progress.ts';
import { readNumber } from './numbers.ts';
import { type Answer, type ScormNames, scormRuntime } from './scorm-runtime.ts';
import type {
  Exit,
  Interaction,
  Launch,
  Limits,
  Objective,
  SessionOptions,
  TrackingSession,
} from './session.ts';

/** Elements of the data model with the values to set, in order. */
export type Writes = readonly (readonly [element: string, value: string])[];

/** How an edition of SCORM says what a session has to say. Pure. */
export interface ScormEdition {
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
  /** Elements are named below `cmi.objectives.n`; the first is `id`. */
  objective(objective: Objective): Writes;
  /** As {@link ScormEdition.statusBefore}, for an objective. */
  objectiveBefore?(objective: Objective): Writes;
  /** Elements are named below `cmi.interactions.n`; the first two are `id` and `type`. */
  interaction(interaction: Interaction): Writes;
  exit(exit: Exit): string;
  /** @param milliseconds 0 or more */
  duration(milliseconds: number): string;
}

/** Surroundings of a session. */
export type ScormSurroundings = Pick<SessionOptions, 'elapsed' | 'wait'> & Pick<TrackingSession, 'confirm'>;

/** The time of the session is told with a commit once it has grown by this much, in milliseconds. */
const timeStep = 60_000;

/** Characters of suspend data that are needed to spell them anew: `~` and two digits. */
const spellingRoom = 3;

/** More objectives than any manifest names. */
const mostObjectives = 1000;

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
  { elapsed, wait, confirm }: ScormSurroundings,
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
    returnTo: null,
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
  /** Indexes of the objectives, by their ids, and the next one; undefined until the LMS has been asked. */
  let objectives: { readonly places: Map<string, number>; next: number } | undefined;
  /** How often the LMS has not been believed: values are spelled in another way each time, where they can be. */
  let spelling = 0;
  /** The status that was set last, and the last one that is believed to be recorded, as text. */
  let toldStatus = JSON.stringify(
    edition.status(launch.completion === 'completed' ? 'completed' : 'incomplete', launch.success),
  );
  let believedStatus = toldStatus;
  /** A status to be set once another one, set before it, has been committed; and those of objectives, by element. */
  let statusAfter: Writes = [];
  const objectivesAfter = new Map<string, string>();
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
  const setAfter = () => {
    setAll(statusAfter);
    statusAfter = [];
    for (const [element, value] of objectivesAfter) setOptional(element, value);
    objectivesAfter.clear();
  };
  const setTime = () => {
    toldTime = elapsed();
    setOptional(elements.sessionTime, edition.duration(toldTime));
  };
  /** A number that means the same, spelled in two ways in turn. */
  const spelled = (value: string): string =>
    spelling % 2 === 0 ? value : `${value}${value.includes('.') ? '' : '.'}0`;
  /** The objectives that the LMS has: from the manifest, from earlier sessions. */
  const readObjectives = () => {
    const next = readNumber(runtime.get('cmi.objectives._count')) ?? 0;
    const places = new Map<string, number>();
    for (let index = 0; index < Math.min(next, mostObjectives); index++) {
      places.set(read(`cmi.objectives.${index}.id`), index);
    }
    return { places, next };
  };
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
    recordObjective(objective) {
      if (!isOpen()) return;
      objectives ??= readObjectives();
      const { places, next } = objectives;
      const index = places.get(objective.id) ?? next;
      if (index >= limits.objectives) return;
      const named = (writes: Writes) =>
        writes.map(([element, value]) => [`cmi.objectives.${index}.${element}`, value] as const);
      const writes = named(edition.objective(objective));
      const before = spelling === 0 ? [] : named(edition.objectiveBefore?.(objective) ?? []);
      const hasBefore = ([element]: Writes[number]) => before.some(([other]) => other === element);
      const [id, ...rest] = writes.filter((write) => !hasBefore(write));
      if (!id || !setOptional(...id)) {
        // Without its id the rest has nothing to belong to; and nobody knows whether the LMS has counted it.
        objectives = undefined;
        return;
      }
      for (const [element, value] of [...before, ...rest]) {
        setOptional(element, element.includes('.score.') ? spelled(value) : value);
      }
      for (const [element, value] of writes.filter(hasBefore)) objectivesAfter.set(element, value);
      places.set(objective.id, index);
      objectives.next = Math.max(next, index + 1);
    },
    recordInteraction(interaction, ordinal) {
      if (!isOpen()) return;
      const index =
        places.get(ordinal) ?? nextPlace ?? readNumber(runtime.get('cmi.interactions._count')) ?? 0;
      const counts = interaction.weighting > 0;
      if (index >= (counts ? limits.interactions : limits.unscoredInteractions)) return;
      const refused = new Set<string>();
      for (const [element, value] of edition.interaction(interaction)) {
        // There may be no gaps between the patterns either.
        const [name = ''] = element.split('.');
        if (refused.has(name)) continue;
        const has = setOptional(`cmi.interactions.${index}.${element}`, value);
        if (element === 'id' && !places.has(ordinal)) {
          // There may be no gaps; after a refusal nobody knows whether the LMS has counted it.
          nextPlace = has ? index + 1 : undefined;
          if (has) places.set(ordinal, index);
        }
        if (!has) refused.add(name);
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
      if (answer !== 'no' && statusAfter.length + objectivesAfter.size > 0) {
        setAfter();
        answer = runtime.commit();
      }
      const kept = answer !== 'no' && accepted;
      accepted = true;
      judged = false;
      return kept && (answer === 'yes' || looksTwice());
    },
    verify: looksTwice,
    confirm,
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
    async terminate(exit) {
      if (state === 'terminated') return;
      setAfter();
      setExit(exit);
      setTime();
      state = 'terminated';
      runtime.terminate();
    },
  };
}
