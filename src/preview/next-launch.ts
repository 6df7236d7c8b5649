import type { AttemptRecord, PackageRecord, SessionRecord } from './attempt-record.ts';
import type { Commit, Edition, Entry, Launch, PlayablePackage, Values } from './messages.ts';
import type { ShelvedPackage } from './package-shelf.ts';

/** The learner whom every launch is for. */
const LEARNER = { id: 'learner-1', name: 'Sample, Learner' } as const;

/**
 * What the next launch of a package does, as LMSs decide it. In SCORM 1.2 an attempt goes on until someone
 * starts a new one. In SCORM 2004 it goes on only if the course stored the exit "suspend"; any other exit has
 * ended the attempt (RTE 4.2.8), and its data is not handed out again.
 */
export function nextLaunch(edition: Edition, record: PackageRecord | undefined): PlayablePackage['next'] {
  const latest = record?.attempts.at(-1);
  if (!latest || !hasData(latest)) return 'start';
  return edition === '1.2' || exitOf(edition, latest) === 'suspend' ? 'resume' : 'start-again';
}

/** The circumstances of a launch that are not decided here. */
export interface LaunchCircumstances {
  readonly newAttempt: boolean;
  readonly session: string;
  readonly now: string;
  readonly contentUrl: string;
}

/** Opens a session: the record with the session added, and what the player page needs. */
export function beginSession(
  shelved: ShelvedPackage,
  record: PackageRecord | undefined,
  { newAttempt, session, now, contentUrl }: LaunchCircumstances,
): { readonly record: PackageRecord; readonly launch: Launch } {
  const { edition, editionLabel, suspendDataLimit, title } = shelved.manifest;
  const next = nextLaunch(edition, record);
  const earlier = record?.attempts ?? [];
  const latest = earlier.at(-1);
  const startsAnew = !latest || (hasData(latest) && (newAttempt || next === 'start-again'));
  const attempt: AttemptRecord = startsAnew
    ? { number: (latest?.number ?? 0) + 1, startedAt: now, sessions: [], values: {} }
    : latest;

  const entry = entryOf(edition, attempt);
  const opened: SessionRecord = { id: session, startedAt: now, entry, lastCommitAt: null, ended: false };
  return {
    record: {
      version: 1,
      package: shelved.key,
      title,
      edition,
      attempts: [
        ...(startsAnew ? earlier : earlier.slice(0, -1)),
        { ...attempt, sessions: [...attempt.sessions, opened] },
      ],
    },
    launch: {
      package: shelved.key,
      title,
      edition,
      editionLabel,
      suspendDataLimit,
      attempt: attempt.number,
      session,
      entry,
      contentUrl,
      values: { ...restorable(edition, attempt.values), ...hostValues(shelved, entry) },
    },
  };
}

/**
 * The record with a commit stored, or undefined when it has no such session: then nothing may be stored and
 * the course must be told so.
 */
export function storeCommit(
  record: PackageRecord | undefined,
  attemptNumber: number,
  commit: Commit,
  now: string,
): PackageRecord | undefined {
  const attempt = record?.attempts.find((each) => each.number === attemptNumber);
  const session = attempt?.sessions.find((each) => each.id === commit.session);
  if (!record || !attempt || !session) return undefined;
  const stored: AttemptRecord = {
    ...attempt,
    values: commit.values,
    sessions: attempt.sessions.map((each) =>
      each === session ? { ...each, lastCommitAt: now, ended: each.ended || commit.ends } : each,
    ),
  };
  return { ...record, attempts: record.attempts.map((each) => (each === attempt ? stored : each)) };
}

function hasData(attempt: AttemptRecord): boolean {
  return Object.keys(attempt.values).length > 0;
}

function exitOf(edition: Edition, attempt: AttemptRecord): string {
  return attempt.values[edition === '1.2' ? 'cmi.core.exit' : 'cmi.exit'] ?? '';
}

function entryOf(edition: Edition, attempt: AttemptRecord): Entry {
  if (!hasData(attempt)) return 'ab-initio';
  return exitOf(edition, attempt) === 'suspend' ? 'resume' : '';
}

/**
 * What a session inherits. Not how the last session ended nor how long it took: total_time already has that
 * time in it, and would count it twice.
 */
function restorable(edition: Edition, values: Values): Values {
  const ofOneSession =
    edition === '1.2' ? ['cmi.core.exit', 'cmi.core.session_time'] : ['cmi.exit', 'cmi.session_time'];
  return Object.fromEntries(Object.entries(values).filter(([element]) => !ofOneSession.includes(element)));
}

/** The elements that the LMS alone sets. */
function hostValues({ manifest }: ShelvedPackage, entry: Entry): Values {
  const { edition, settings } = manifest;
  if (edition === '1.2') {
    return {
      'cmi.core.student_id': LEARNER.id,
      'cmi.core.student_name': LEARNER.name,
      'cmi.core.credit': 'credit',
      'cmi.core.lesson_mode': 'normal',
      'cmi.core.entry': entry,
      'cmi.launch_data': settings.launchData,
      'cmi.student_data.mastery_score': settings.masteryScore,
    };
  }
  return {
    'cmi.learner_id': LEARNER.id,
    'cmi.learner_name': LEARNER.name,
    'cmi.credit': 'credit',
    'cmi.mode': 'normal',
    'cmi.entry': entry,
    'cmi.launch_data': settings.launchData,
    'cmi.scaled_passing_score': settings.scaledPassingScore,
    'cmi.completion_threshold': settings.completionThreshold,
  };
}
