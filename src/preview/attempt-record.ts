import * as v from 'valibot';

const values = v.record(v.string(), v.string());

const session = v.object({
  id: v.string(),
  startedAt: v.string(),
  entry: v.picklist(['ab-initio', 'resume', '']),
  lastCommitAt: v.nullable(v.string()),
  /** True once the course has called `LMSFinish` or `Terminate` and it was stored. */
  ended: v.boolean(),
});

const attempt = v.object({
  number: v.number(),
  startedAt: v.string(),
  sessions: v.array(session),
  values,
});

const record = v.object({
  /** Raise it when the shape changes, and read the older shape too: trainers keep these files. */
  version: v.literal(1),
  package: v.string(),
  title: v.string(),
  edition: v.picklist(['1.2', '2004']),
  attempts: v.array(attempt),
});

const commit = v.object({ session: v.string(), ends: v.boolean(), values });

const launchRequest = v.object({ newAttempt: v.boolean() });

/** One stretch from launch to termination. */
export type SessionRecord = v.InferOutput<typeof session>;

/** One attempt at a package: its sessions, and the data model as last stored. */
export type AttemptRecord = v.InferOutput<typeof attempt>;

/** All attempts at one package: what one file in the data folder holds. */
export type PackageRecord = v.InferOutput<typeof record>;

/** Checks a parsed attempt file. */
export const parseRecord = v.safeParser(record);

/** Checks the body of a commit request. */
export const parseCommit = v.safeParser(commit);

/** Checks the body of a launch request. */
export const parseLaunchRequest = v.safeParser(launchRequest);
