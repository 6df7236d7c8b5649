/**
 * A session with an LMS by cmi5. What happened becomes statements, what the course itself needs goes into a document of
 * the State API. Whether a statement may be made is decided here; when a course is completed or passed is not.
 */
import { mergeAttempts } from '../../attempt/merge-attempts.ts';
import { decodeAttempt, encodeAttempt } from '../../attempt/suspend-data.ts';
import type { Course } from '../../model/course.ts';
import type { SessionOptions, TrackingSession } from '../session.ts';
import type { JsonObject } from './json.ts';
import { type LaunchData, type LaunchParameters, recordOwner, sessionOf } from './launch-data.ts';
import type { Lrs } from './lrs.ts';
import type { SessionStore } from './session-memory.ts';
import { type AttemptRecord, openDocument, readRecord, type Version } from './state-document.ts';
import { statementId } from './statement-id.ts';
import { openQueue, type Presence, presenceOf } from './statement-queue.ts';
import {
  answerOf,
  type Draft,
  duration,
  progressExtension,
  scoreResult,
  statementOf,
  timestamp,
  type Verb,
  verbs,
} from './statements.ts';

/** What a session begins with. */
export interface Cmi5Opening {
  readonly parameters: LaunchParameters;
  readonly launchData: LaunchData;
  /** Whether the learner wants no sound. */
  readonly muted: boolean;
  /** The state document; undefined where there is none. */
  readonly document: { readonly text: string | undefined; readonly version: Version };
  readonly lrs: Lrs;
  /** Whether the LMS can be told anything: not once the session has ended, or was never opened. */
  readonly live: boolean;
  readonly store: SessionStore;
}

/** Surroundings of a session. */
export interface Cmi5Surroundings
  extends Pick<SessionOptions, 'course' | 'elapsed' | 'wait' | 'onElsewhere'> {
  /** Time in milliseconds since 1970. */
  readonly now: () => number;
  /** Whether the page that is leaving is going to be loaded anew: the session goes on then. */
  readonly isReloading: () => boolean;
}

/** Name of the document in which the attempt is kept. */
export const stateId = 'course-attempt';

/** Parameters of requests for a document of the State API (xAPI 1.0.3, Part 3, 2.3). */
export const stateQuery = (
  { activityId, agent, registration }: LaunchParameters,
  id: string,
): Record<string, string> => ({ activityId, agent, registration, stateId: id });

/** What both sessions have: the attempts as one, and every statement that either has made. */
function merged(course: Course, ours: AttemptRecord, theirs: AttemptRecord): AttemptRecord | undefined {
  const [mine, other] = [ours, theirs].map((record) => decodeAttempt(course, record.suspendData, ''));
  if (!mine || !other || other.state === 'newer') return undefined;
  return {
    suspendData: encodeAttempt(course, mergeAttempts(course, mine.attempt, other.attempt)),
    location: ours.location || theirs.location,
    scaled: ours.scaled ?? theirs.scaled,
    completed: ours.completed || theirs.completed,
    passed: ours.passed || theirs.passed,
    failed: ours.failed ?? theirs.failed,
    spent: Math.max(ours.spent, theirs.spent),
  };
}

/** First and longest time between two tries to say something that nobody else says again, in milliseconds. */
const retry = { first: 1000, longest: 60_000 };

/** Opens the session. `initialized` is on its way when this returns (cmi5 9.3.2). */
export function openCmi5Session(opening: Cmi5Opening, surroundings: Cmi5Surroundings): TrackingSession {
  const { parameters, launchData, document: found, lrs, live, store } = opening;
  const { course, elapsed, wait, onElsewhere, now, isReloading } = surroundings;
  const { registration, activityId } = parameters;
  const { recording, masteryScore } = launchData;
  const session = sessionOf(launchData);

  let record = readRecord(found.text ?? '');
  const { completed, passed, failed, scaled, suspendData, location } = record;
  const begun = found.text !== undefined;
  // Before the page was loaded anew, the document was written with the time of this session in it.
  const { spent: spentBefore = 0, spentEarlier = record.spent, queue: left = [] } = store.memory;
  store.remember({ spentEarlier });
  let isOpen = live;
  /** Whether the learner has not passed, and has been judged: said only when the session ends, see `terminate`. */
  let hasFailed = !passed && failed !== null;
  /** Whether this session has an answer that counts: the quiz has been submitted. */
  let hasSubmitted = false;

  // The clock of a device may be put back, and what an answer was given before `initialized` (in an earlier session, with
  // no network) is told in this one: all timestamps lie between the first and the last (cmi5 9.3, ordered by timestamp).
  let latest = store.memory.initializedAt ?? 0;
  const clock = () => {
    latest = Math.max(latest, now());
    return latest;
  };
  const begunAt = store.memory.initializedAt ?? clock();

  const sessionTime = () => spentBefore + elapsed();

  /**
   * Looks for a statement by its id; of `completed` and `passed` for any at all: a registration has one of each at most
   * (cmi5 9.3), whoever has made it and by whatever id.
   */
  const find = async ({ id, verb }: Pick<Draft, 'id' | 'verb'>): Promise<Presence> => {
    const found = await presenceOf(lrs, { statementId: id });
    if (found !== 'missing' || (verb !== 'completed' && verb !== 'passed')) return found;
    const { agent } = parameters;
    const any = { agent, registration, activity: activityId, verb: verbs[verb], limit: '1' };
    return (await presenceOf(lrs, any)) === 'there' ? 'there' : 'missing';
  };

  const queue = openQueue({
    lrs,
    left,
    write: (draft) => JSON.stringify(statementOf(draft, parameters, launchData)),
    find,
    onChange: (waiting) => store.remember({ queue: waiting, spent: sessionTime() }),
    onTaken({ verb }) {
      if (verb === 'completed' || verb === 'passed') record = { ...record, [verb]: true };
    },
  });

  const document = openDocument({
    lrs,
    query: stateQuery(parameters, stateId),
    ...found,
    onOther(theirs) {
      const both = merged(course, record, theirs);
      if (!both) return false;
      record = both;
      // From now on what is set comes from an attempt that has it.
      onElsewhere(theirs.suspendData);
      return true;
    },
    onChange: (text) => store.remember({ document: text }),
  });

  /** @param facts what makes the statement another one than others of its verb in this registration */
  const add = (verb: Verb, facts: readonly unknown[], draft: Omit<Partial<Draft>, 'id' | 'verb'> = {}) => {
    const id = statementId(registration, activityId, verb, ...facts);
    queue.add({ id, verb, timestamp: timestamp(clock()), ...draft });
    return id;
  };
  /** Time that it took, in all sessions (cmi5 9.5.4.1). */
  const inAll = () => ({ duration: duration(spentEarlier + sessionTime()) });
  const judge = (success: boolean): JsonObject => ({
    success,
    ...scoreResult(success, record.scaled, masteryScore),
    ...inAll(),
  });

  if (isOpen && store.memory.initializedAt === undefined) {
    store.remember({ initializedAt: begunAt });
    add('initialized', [session], { timestamp: timestamp(begunAt) });
  }
  const begin = async () => {
    for (
      let pause = retry.first;
      isOpen && !(await queue.send());
      pause = Math.min(pause * 2, retry.longest)
    ) {
      // Where results are recorded, whoever saves them asks for it again.
      if (recording) return;
      await wait(pause);
    }
  };
  if (isOpen) void begin();
  // It was said when a session ended, and nobody has heard the answer.
  if (isOpen && recording && !passed && failed) {
    void find({ id: failed.id, verb: 'failed' }).then((found) => {
      if (found === 'missing') record = { ...record, failed: null };
    });
  }

  const writes = () => ({ ...record, spent: spentEarlier + sessionTime() });
  const mayRecord = () => isOpen && recording;

  return {
    keeper: 'lms',
    launch: {
      recording,
      learner: recordOwner(parameters),
      passingScore: masteryScore,
      returnTo: launchData.returnUrl,
      location,
      suspendData,
      completion: completed ? 'completed' : begun ? 'incomplete' : 'unknown',
      // What the LMS has been told: what it has not, is told again.
      success: passed ? 'passed' : failed === null ? 'unknown' : 'failed',
      scaled,
      muted: opening.muted,
    },
    limits: {
      suspendData: Number.POSITIVE_INFINITY,
      interactions: Number.POSITIVE_INFINITY,
      unscoredInteractions: Number.POSITIVE_INFINITY,
      objectives: 0,
    },
    setLocation(text) {
      record = { ...record, location: text };
    },
    setSuspendData(text) {
      record = { ...record, suspendData: text };
    },
    setScore(score) {
      record = { ...record, scaled: score.scaled };
    },
    setStatus(completion, success) {
      if (!mayRecord()) return;
      hasFailed = success === 'failed';
      // At most one of each in a registration, whichever session makes it (cmi5 9.3.3, 9.3.4): so their ids say nothing of
      // the session.
      if (completion === 'completed' && !record.completed)
        add('completed', [], { result: { completion: true, ...inAll() } });
      if (success === 'passed' && !record.passed) add('passed', [], { result: judge(true) });
    },
    setProgressMeasure(measure) {
      // "progressed", as the cmi5 project's best practices have it; 100 % is what `completed` says (cmi5 9.5.5.1).
      const percent = Math.floor(measure * 100);
      if (!mayRecord() || record.completed || percent <= 0 || percent >= 100) return;
      add('progressed', [session, percent], { result: { extensions: { [progressExtension]: percent } } });
    },
    // What has been reached of a takeaway follows from the answers, which name it.
    recordObjective: () => undefined,
    recordInteraction(interaction) {
      if (!mayRecord()) return;
      hasSubmitted ||= interaction.weighting > 0;
      const answer = answerOf({ activityId, course }, interaction);
      const at = Math.min(Math.max(interaction.at, begunAt), clock());
      add('answered', [interaction.id, interaction.at, answer.result?.['response']], {
        timestamp: timestamp(at),
        ...answer,
      });
    },
    async commit() {
      if (!mayRecord()) return false;
      const [written, sent] = await Promise.all([document.write(writes), queue.send()]);
      // What the LRS has taken is noted as soon as it is known; and the document is read back, also for the name of its version,
      // without which nothing could be written when the page goes.
      return written && sent && isOpen && (await document.write(writes)) && document.verify();
    },
    verify: () => document.verify(),
    // An answer of the LRS is the proof.
    confirm: async () => true,
    conclude: () => undefined,
    async terminate() {
      if (!isOpen) return;
      isOpen = false;
      store.remember({ spent: sessionTime() });
      const goesOn = isReloading();
      if (!goesOn) {
        // A session may say either `passed` or `failed` (cmi5 9.3). Whoever fails may try again at once, and who passes
        // then must be able to say so: so it is not said before the session ends, and not of a result that was said.
        const { scaled, passed } = record;
        if (recording && hasFailed && !passed && (hasSubmitted || record.failed?.scaled !== scaled)) {
          const id = add('failed', [session], { result: judge(false) });
          record = { ...record, failed: { scaled, id } };
        }
        add('terminated', [session], { result: { duration: duration(sessionTime()) } });
        store.remember({ ended: true });
      }
      const kept = recording ? document.writeLast(writes()) : undefined;
      for (let pause = retry.first; pause <= retry.longest && !(await queue.sendLast()); pause *= 2)
        await wait(pause);
      await kept;
    },
  };
}
