/**
 * Tells the record what has changed since it was last told. Decides nothing: the rules are in attempt/progress.ts.
 *
 * A page turn, a viewed page and an answer are committed a moment later, all that belong together in one commit.
 * Where a page is scrolled to is written with the next commit and when the page is left; on a device at once.
 */
import type { Attempt } from '../attempt/attempt.ts';
import { progressOf } from '../attempt/progress.ts';
import type { Readable } from '../attempt/store.ts';
import { encodeAttempt } from '../attempt/suspend-data.ts';
import { describeResponse, scoreItem } from '../items/items.ts';
import type { Course } from '../model/course.ts';
import type { Interaction, TrackingSession } from './session.ts';

/** Whether what the learner did has been kept. */
export type SaveState =
  /** Nothing is recorded in this session (review, browse, no credit). */
  | { readonly state: 'off' }
  | { readonly state: 'ready' }
  | { readonly state: 'saving' }
  /** `at` in milliseconds since 1970. */
  | { readonly state: 'saved'; readonly at: number }
  | { readonly state: 'failed' }
  | { readonly state: 'ended' };

/** What a tracker works with. */
export interface TrackerOptions {
  readonly course: Course;
  readonly attempts: Readable<Attempt>;
  readonly session: TrackingSession;
  /** Time in milliseconds since 1970. */
  readonly now: () => number;
  /** Runs a task soon; one at a time is asked for. */
  readonly soon: (task: () => void) => void;
  readonly onSave: (state: SaveState) => void;
}

const fieldNames = ['location', 'suspendData', 'scaled', 'completion', 'success', 'measure'] as const;

/** A running tracker. */
export interface Tracker {
  /** Writes what is outstanding and asks for it to be kept; for when the page is hidden. */
  save(): Promise<void>;
  /** Writes what is outstanding and ends the session; for when the page is left. */
  end(): void;
}

/** The interactions of a quiz that has just been submitted. */
export function interactionsOf(course: Course, attempt: Attempt): Interaction[] {
  return course.items.flatMap((item): Interaction[] => {
    const answer = attempt.quiz.answers[item.id];
    if (!answer) return [];
    const score = scoreItem(item, answer.response);
    return [
      {
        id: item.id,
        objectives: [item.takeaway],
        at: answer.at,
        weighting: item.weight,
        result: score.state === 'scored' && score.scaled === 1 ? 'correct' : 'incorrect',
        latency: answer.latency,
        description: item.prompt,
        content: describeResponse(item, answer.response),
      },
    ];
  });
}

/** Starts to track. Writes nothing before something changes. */
export function startTracker(options: TrackerOptions): Tracker {
  const { course, attempts, session, now, soon, onSave } = options;
  const { launch } = session;
  if (!launch.recording) {
    onSave({ state: 'off' });
    return { save: async () => undefined, end: () => session.terminate('suspend') };
  }

  /** Every field, as it would be set now. Never less than what the record already had. */
  const fields = (attempt: Attempt) => {
    const progress = progressOf(course, attempt);
    const scaled =
      course.rules.passing.counts === 'best' && launch.scaled !== null
        ? Math.max(launch.scaled, progress.scaled ?? 0)
        : progress.scaled;
    return {
      location: attempt.location ?? '',
      suspendData: encodeAttempt(attempt),
      scaled,
      completion: launch.completion === 'completed' ? 'completed' : progress.completion,
      success:
        launch.success === 'passed' || progress.success === 'unknown' ? launch.success : progress.success,
      measure: progress.measure,
    } as const;
  };

  const interactions: Interaction[] = [];
  let told: Partial<ReturnType<typeof fields>> = {
    ...fields(attempts.getState()),
    location: launch.location,
    suspendData: launch.suspendData,
    scaled: launch.scaled,
    completion: launch.completion === 'unknown' ? 'incomplete' : launch.completion,
    success: launch.success,
  };
  let toldInteractions = 0;
  let scheduled = false;
  let ended = false;

  /** Sets what has changed; returns whether anything has. */
  const write = (): boolean => {
    const next = fields(attempts.getState());
    const before = told;
    const changed = (name: (typeof fieldNames)[number]) => next[name] !== before[name];
    const outstanding = interactions.slice(toldInteractions);
    if (changed('location')) session.setLocation(next.location);
    if (changed('suspendData')) session.setSuspendData(next.suspendData);
    for (const [index, interaction] of outstanding.entries()) {
      session.recordInteraction(interaction, toldInteractions + index);
    }
    if (changed('scaled') && next.scaled !== null) session.setScore({ scaled: next.scaled });
    if (changed('completion') || changed('success')) session.setStatus(next.completion, next.success);
    if (changed('measure')) session.setProgressMeasure(next.measure);
    told = next;
    toldInteractions = interactions.length;
    return outstanding.length > 0 || fieldNames.some(changed);
  };

  const save = async () => {
    if (ended || !write()) return;
    onSave({ state: 'saving' });
    const kept = await session.commit();
    if (ended) return;
    if (!kept) {
      // The record may have taken any part of it: next time everything is told again.
      told = {};
      toldInteractions = 0;
    }
    onSave(kept ? { state: 'saved', at: now() } : { state: 'failed' });
  };

  const schedule = () => {
    if (scheduled) return;
    scheduled = true;
    soon(() => {
      scheduled = false;
      void save();
    });
  };

  onSave({ state: 'ready' });
  const stop = attempts.subscribe((attempt, before) => {
    if (attempt.quiz.tries > before.quiz.tries) interactions.push(...interactionsOf(course, attempt));
    const scrolledOnly =
      attempt.location === before.location &&
      attempt.viewed === before.viewed &&
      attempt.quiz === before.quiz;
    // A device is written to without waiting, and Firefox loses what is written while a page is being left.
    if (!scrolledOnly || session.keeper === 'device') schedule();
  });

  return {
    save,
    end() {
      if (ended) return;
      write();
      ended = true;
      stop();
      session.terminate('suspend');
      onSave({ state: 'ended' });
    },
  };
}
