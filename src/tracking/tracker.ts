/**
 * Tells the record what has changed since it was last told, and knows whether it was taken. Decides nothing about
 * completion: the rules are in attempt/progress.ts.
 *
 * Every change is in the journal at once. A page turn and an answer are committed a moment later, a page that has been
 * viewed a little later still, so that what belongs together goes in one commit; where a page is scrolled to goes with
 * the next commit. There is one commit at a time. Once the record has not taken something, all of it is told again,
 * more and more patiently, until it is taken.
 */
import { type Answers, type Attempt, type AttemptEvent, newAttempt } from '../attempt/attempt.ts';
import { askedItems } from '../attempt/draw.ts';
import { type ObjectiveProgress, progressOf } from '../attempt/progress.ts';
import type { Readable } from '../attempt/store.ts';
import { encodeAttempt } from '../attempt/suspend-data.ts';
import type { ItemScore } from '../items/item.ts';
import { describeResponse, type Item, scoreItem } from '../items/items.ts';
import type { Course } from '../model/course.ts';
import type { Journal } from './journal.ts';
import type { Resumption } from './resume.ts';
import type { Interaction, TrackingSession } from './session.ts';

/** Whether what the learner did has been kept. */
export interface SaveState {
  /** `off`: nothing is recorded in this session (review, browse, no credit). */
  readonly state: 'off' | 'ready' | 'saving' | 'saved' | 'unsaved' | 'ended';
  /** Where that is which the record has not taken yet. */
  readonly outstanding: 'none' | 'device' | 'memory';
}

/** What a tracker works with. */
export interface TrackerOptions {
  readonly course: Course;
  readonly attempts: Readable<Attempt, AttemptEvent>;
  readonly session: TrackingSession;
  readonly journal: Journal;
  readonly resumption: Resumption;
  /** Time in milliseconds since 1970. */
  readonly now: () => number;
  /** Runs a task at a quiet moment, `delay` milliseconds from now at the earliest; returns what calls it off. */
  readonly later: (task: () => void, delay: number) => () => void;
  /** Whether there is no reason to doubt a commit that was said to have worked. Never rejects. */
  readonly confirm: () => Promise<boolean>;
  readonly onSave: (state: SaveState) => void;
}

/** A running tracker. */
export interface Tracker {
  /** Tells what is outstanding and asks for it to be kept, now. */
  save(): Promise<void>;
  /** Something says that the record cannot be reached: all is told again, later. */
  doubt(): void;
  /**
   * Tells what is outstanding and ends the session; for when the page is left. It has all been said when this returns;
   * resolves when no more answers are waited for.
   */
  end(): Promise<void>;
}

/** How long to wait before a change is told, in milliseconds. A page viewed is mostly followed by a page turn. */
const delays = { change: 100, viewed: 4000 };

/** First and longest time between two tries to save, in milliseconds. */
const retry = { first: 1000, longest: 60_000 };

const fieldNames = ['location', 'suspendData', 'scaled', 'completion', 'success', 'measure'] as const;

/**
 * What there is to report of an event: an attempt with nothing but the answers that it concerns. Undefined where there is
 * nothing. An answer that was judged at once was reported then.
 */
function reportOf(attempt: Attempt, event: AttemptEvent): Attempt | undefined {
  const { quiz, checks } = attempt;
  const only = (answers: Answers, isMeant: (id: string) => boolean): Answers =>
    Object.fromEntries(Object.entries(answers).filter(([id]) => isMeant(id)));
  switch (event.type) {
    case 'item-checked': {
      const isIt = (id: string) => id === event.item;
      const { id } = attempt;
      const answers = only(quiz.answers, isIt);
      return { ...newAttempt, id, quiz: { ...newAttempt.quiz, answers }, checks: only(checks, isIt) };
    }
    case 'quiz-submitted': {
      const answers = only(quiz.answers, (id) => quiz.answers[id]?.judged === false);
      return { ...attempt, quiz: { ...quiz, answers }, checks: {} };
    }
    default:
      return undefined;
  }
}

/** How good an answer is, in the words of a report. */
function resultOf(score: ItemScore): Interaction['result'] {
  if (score.state === 'unscored') return 'neutral';
  const scaled = score.state === 'scored' ? score.scaled : 0;
  if (scaled === 1) return 'correct';
  return scaled === 0 ? 'incorrect' : scaled;
}

/** The interactions of the answers in `report`: in the order in which the quiz asked, then those of lessons. */
export function interactionsOf(course: Course, report: Attempt): Interaction[] {
  const asked = askedItems(course, report);
  const of = (items: readonly Item[], answers: Answers): Interaction[] =>
    items.flatMap((item): Interaction[] => {
      const answer = answers[item.id];
      if (!answer || answer.response === null) return [];
      return [
        {
          id: item.id,
          objectives: [item.takeaway],
          at: answer.at,
          weighting: item.weight,
          result: resultOf(scoreItem(item, answer.response)),
          latency: answer.latency,
          description: item.prompt,
          content: describeResponse(item, answer.response),
        },
      ];
    });
  return [...of(asked, report.quiz.answers), ...of(course.checks, report.checks)];
}

/** Whether the learner has done something between two states of an attempt. */
export const hasProgressed = (before: Attempt, after: Attempt): boolean =>
  before.viewed !== after.viewed || before.quiz !== after.quiz || before.checks !== after.checks;

/** Starts to track. Tells at once what the session has begun with. */
export function startTracker(options: TrackerOptions): Tracker {
  const { course, attempts, session, journal, resumption, now, later, confirm, onSave } = options;
  const { launch, limits } = session;
  if (!launch.recording) {
    onSave({ state: 'off', outstanding: 'none' });
    return {
      save: async () => undefined,
      doubt: () => undefined,
      end() {
        const closed = session.terminate('suspend');
        onSave({ state: 'ended', outstanding: 'none' });
        return closed;
      },
    };
  }

  // Written by a later version of the course: this one could only spoil it. What the learner does stays on the device.
  const untouchable = resumption.state === 'newer';

  /** Every field, as it would be set now. Score and status are never less than what the record already had. */
  const fields = (attempt: Attempt) => {
    const progress = progressOf(course, attempt);
    const best =
      course.rules.passing.counts === 'best' && launch.scaled !== null
        ? Math.max(launch.scaled, progress.scaled ?? 0)
        : progress.scaled;
    // The record has four decimals of it.
    const recorded = best !== null && launch.scaled !== null && Math.abs(best - launch.scaled) < 1e-4;
    const scaled = recorded ? launch.scaled : best;
    return {
      location: attempt.location ?? '',
      suspendData: untouchable ? launch.suspendData : encodeAttempt(course, attempt, limits.suspendData),
      scaled,
      completion: launch.completion === 'completed' ? 'completed' : progress.completion,
      success:
        launch.success === 'passed' || progress.success === 'unknown' ? launch.success : progress.success,
      measure: progress.measure,
    } as const;
  };
  type Fields = ReturnType<typeof fields>;

  const start = attempts.getState();
  let told: Partial<Fields> = {
    ...fields(resumption.recorded),
    location: launch.location,
    // What could not be read in full is left as it is until there is something to say.
    suspendData:
      resumption.state === 'damaged' && resumption.adopted.length === 0
        ? fields(start).suspendData
        : launch.suspendData,
    scaled: launch.scaled,
    completion: launch.completion === 'unknown' ? 'incomplete' : launch.completion,
    success: launch.success,
  };
  const reports = [...resumption.reports];
  /** How many of the reports the record has been told, and how many it has taken. */
  let toldReports = 0;
  let takenReports = 0;
  /** The objectives as they were told last. What the journal has left may have been cut off before they were. */
  let toldObjectives: readonly ObjectiveProgress[] =
    resumption.adopted.length > 0 ? [] : progressOf(course, resumption.recorded).objectives;
  let { acknowledged } = resumption;
  /** How often the learner has done something that must not be lost, and as of when the record has it all. */
  let acts = resumption.adopted.length > 0 || hasProgressed(resumption.attempt, start) ? 1 : 0;
  let keptActs = 0;
  /** What the session has set by itself is committed even if the learner does nothing. */
  let begun = session.keeper !== 'lms';
  let failures = 0;
  /** How long the last commit held up the browser, in milliseconds. */
  let slowness = 0;
  let ended = false;
  /** Whether the package is being asked for: nothing is under way at the record. */
  let confirming = false;
  /** Whether a commit holds up the page. Firefox lets events in meanwhile; what they bring goes with the next one. */
  let committing = false;
  let again = false;
  let running: Promise<void> | undefined;
  let planned: { readonly at: number; readonly cancel: () => void } | undefined;

  const note = () => {
    const inFull = (attempt: Attempt) => encodeAttempt(course, attempt);
    journal.write({
      attempt: inFull(attempts.getState()),
      reports: reports.slice(takenReports).map(inFull),
      acknowledged,
      at: now(),
    });
  };

  /** The objectives that are not as they were told last. */
  const newObjectives = () =>
    progressOf(course, attempts.getState()).objectives.filter((objective) => {
      const before = toldObjectives.find(({ id }) => id === objective.id);
      return JSON.stringify(before) !== JSON.stringify(objective);
    });

  /** Whether there is something to tell that no learner needs to go on, and no status waits for. */
  const hasDetails = () => toldReports < reports.length || (!untouchable && newObjectives().length > 0);

  const hasNews = () => {
    const next = fields(attempts.getState());
    return hasDetails() || fieldNames.some((name) => next[name] !== told[name]);
  };

  /** Sets what has changed: first what the learner needs to go on, then score, status and progress. */
  const setState = () => {
    const next = fields(attempts.getState());
    const changed = (name: (typeof fieldNames)[number]) => next[name] !== told[name];
    if (changed('location')) session.setLocation(next.location);
    if (changed('suspendData')) session.setSuspendData(next.suspendData);
    if (changed('scaled') && next.scaled !== null) session.setScore({ scaled: next.scaled });
    if (changed('completion') || changed('success')) session.setStatus(next.completion, next.success);
    if (changed('measure') && !untouchable) session.setProgressMeasure(next.measure);
    told = next;
  };

  const setDetails = () => {
    if (!untouchable) {
      for (const objective of newObjectives()) {
        const { text = '' } = course.takeaways.find(({ id }) => id === objective.id) ?? {};
        session.recordObjective({ ...objective, description: text });
      }
      toldObjectives = progressOf(course, attempts.getState()).objectives;
    }
    const all = reports.map((report) => interactionsOf(course, report));
    let ordinal = all.slice(0, toldReports).flat().length;
    for (const interaction of all.slice(toldReports).flat()) {
      session.recordInteraction(interaction, ordinal++);
    }
    toldReports = reports.length;
  };

  const unplan = () => {
    planned?.cancel();
    planned = undefined;
  };

  const plan = (delay: number) => {
    const at = now() + delay;
    if (planned && planned.at <= at) return;
    unplan();
    const cancel = later(() => {
      planned = undefined;
      void save();
    }, delay);
    planned = { at, cancel };
  };

  const fail = () => {
    // The record may have taken any part of it, and some forget what they could not send: even if the learner has not
    // done anything since, what the record had may be gone.
    acts++;
    note();
    told = {};
    toldObjectives = [];
    toldReports = takenReports;
    session.conclude(false);
    unplan();
    plan(again ? retry.first : Math.min(retry.first * 2 ** failures, retry.longest));
    failures++;
    onSave({ state: 'unsaved', outstanding: journal.place });
  };

  const commit = (): Promise<boolean> => {
    committing = true;
    const committed = session.commit();
    committing = false;
    return committed;
  };

  const confirmed = async (): Promise<boolean> => {
    confirming = true;
    const answers = await confirm();
    confirming = false;
    return answers;
  };

  /** Tells and commits everything once; returns whether the record has it. */
  const deliver = async (): Promise<boolean> => {
    // Nothing is told to a server that does not answer: it would all have to be told again.
    if (failures > 0 && !(await confirmed())) return false;
    if (ended) return false;
    setState();
    const before = now();
    const committed = commit();
    slowness = now() - before;
    if (!(await committed) || ended) return false;
    if (hasDetails()) {
      // Once the status is safe: an LMS that cannot take an interaction may refuse the whole commit.
      setDetails();
      if (!(await commit())) return false;
    }
    return acts === keptActs || ((await session.verify()) && confirmed());
  };

  const settle = (as: { acts: number; reports: number; attempt: Attempt }) => {
    begun = true;
    failures = 0;
    session.conclude(true);
    takenReports = as.reports;
    if (untouchable) {
      onSave({ state: 'unsaved', outstanding: journal.place });
      return;
    }
    // The commit of the launch has not been confirmed: it may be one that is said to have worked and has not.
    acknowledged ||= as.acts > keptActs && as.attempt.id === attempts.getState().id;
    keptActs = as.acts;
    const whole = encodeAttempt(course, as.attempt).length <= limits.suspendData;
    if (acts === keptActs && whole) journal.clear();
    else note();
    if (acts === keptActs) onSave({ state: 'saved', outstanding: 'none' });
    else plan(delays.change);
  };

  const run = async () => {
    do {
      again = false;
      unplan();
      if (failures === 0) onSave({ state: 'saving', outstanding: 'none' });
      const as = { acts, reports: reports.length, attempt: attempts.getState() };
      const kept = await deliver();
      if (ended) return;
      if (kept) settle(as);
      else fail();
    } while (again && failures === 0 && hasNews());
  };

  const save = async (): Promise<void> => {
    if (ended || (begun && failures === 0 && !running && !hasNews() && acts === keptActs)) return;
    if (confirming && !committing && failures === 0 && hasNews()) {
      // Whoever asks now may not be there any more when the answer comes.
      setState();
      const committed = await commit();
      if (!committed && !ended && failures === 0) fail();
    }
    again = true;
    if (!committing)
      running ??= run().finally(() => {
        running = undefined;
      });
    await running;
  };

  const stop = attempts.subscribe((attempt, before, event) => {
    // Of this window alone: another one reports what was answered there.
    const report = reportOf(attempt, event);
    if (report) reports.push(report);
    // The LMS has had what it had under another name.
    if (attempt.id !== before.id) acknowledged = false;
    const turned = attempt.location !== before.location;
    const acted = turned || hasProgressed(before, attempt);
    if (acted) acts++;
    if (acts > keptActs) note();
    if (ended || failures > 0) return;
    if (session.keeper !== 'lms') {
      // A device is written to without waiting, and Firefox loses what is written while a page is being left.
      if (running) setState();
      else void save();
    } else if (acted) {
      onSave({ state: 'saving', outstanding: 'none' });
      const viewedOnly = !turned && attempt.quiz === before.quiz && attempt.checks === before.checks;
      const completes = progressOf(course, attempt).completion !== progressOf(course, before).completion;
      plan(Math.max(viewedOnly && !completes ? delays.viewed : delays.change, slowness * 5));
    }
  });

  onSave({ state: 'ready', outstanding: 'none' });
  if (acts > keptActs) note();
  if (!begun || acts > keptActs) plan(0);

  return {
    save,
    doubt() {
      if (!ended && failures === 0) fail();
    },
    async end() {
      if (ended) return;
      const settled = acts === keptActs && failures === 0;
      ended = true;
      stop();
      unplan();
      if (hasNews()) {
        setState();
        setDetails();
        void session.commit();
      }
      const closed = session.terminate('suspend');
      onSave({ state: 'ended', outstanding: settled ? 'none' : journal.place });
      await closed;
    },
  };
}
