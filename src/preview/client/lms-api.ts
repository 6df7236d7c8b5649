import type Scorm12Type from 'scorm-again/scorm12';
import * as scorm12 from 'scorm-again/scorm12';
import type Scorm2004Type from 'scorm-again/scorm2004';
import * as scorm2004 from 'scorm-again/scorm2004';
import type { Commit, Edition, Launch, Values } from '../messages.ts';

// scorm-again 3.4.3 declares default exports for its sub-paths and ships named ones.
const { Scorm12API } = scorm12 as unknown as { readonly Scorm12API: typeof Scorm12Type };
const { Scorm2004API } = scorm2004 as unknown as { readonly Scorm2004API: typeof Scorm2004Type };

/** One function of a SCORM API, as content calls it. */
export type ApiFunction = (...args: unknown[]) => unknown;

/** A SCORM API object: eight functions, named as the edition names them. */
export type ScormApi = Readonly<Record<string, ApiFunction>>;

/** How far a session has come: content has not called yet, is in contact, has ended the contact. */
export type SessionState = 'waiting' | 'running' | 'ended';

/** One session's run-time: the API object for the content, and the LMS's own view of what is recorded. */
export interface LmsSession {
  readonly api: ScormApi;
  readonly state: () => SessionState;
  /** The data model now, elements without a value left out. */
  readonly values: () => Values;
  /** The error of the last call that could fail, without disturbing it. */
  readonly lastError: () => { readonly code: string; readonly text: string };
  /** Elements of the earlier session that the run-time would not take back. */
  readonly notRestored: readonly string[];
}

/** Stores a commit on the server and says whether it is there. */
export type StoreCommit = (commit: Commit) => boolean;

/** The names of the eight functions, in the order of the standard. */
export const API_FUNCTIONS = {
  '1.2': [
    'LMSInitialize',
    'LMSFinish',
    'LMSGetValue',
    'LMSSetValue',
    'LMSCommit',
    'LMSGetLastError',
    'LMSGetErrorString',
    'LMSGetDiagnostic',
  ],
  '2004': [
    'Initialize',
    'Terminate',
    'GetValue',
    'SetValue',
    'Commit',
    'GetLastError',
    'GetErrorString',
    'GetDiagnostic',
  ],
} as const satisfies Record<Edition, readonly string[]>;

/** The error that says "the commit did not work": 1.2 has the general one only. */
const COMMIT_FAILED = { '1.2': 101, '2004': 391 } as const satisfies Record<Edition, number>;

/**
 * Opens a session on a new scorm-again instance: `reset()` would keep the last session's data.
 * @param store is called within Commit, LMSFinish and Terminate, whose answer is what it returns.
 */
export function openSession(launch: Launch, store: StoreCommit): LmsSession {
  const { edition } = launch;
  const settings = {
    // Any settings without this one would switch it on for SCORM 1.2.
    mastery_override: false,
    autocommit: false,
    dataCommitFormat: 'flattened',
    // A session that never terminates counts too, up to its last commit.
    alwaysSendTotalTime: true,
    // scorm-again asks for a commit only when there is somewhere to send it.
    lmsCommitUrl: 'httpService',
    logLevel: 'NONE',
    httpService: {
      updateSettings: () => undefined,
      processHttpRequest: (_url: string, data: unknown, ends: boolean) =>
        store({ session: launch.session, ends, values: recordedValues(data) })
          ? { result: 'true', errorCode: 0 }
          : { result: 'false', errorCode: COMMIT_FAILED[edition] },
    },
  } as const;
  const runtime = edition === '1.2' ? new Scorm12API(settings) : new Scorm2004API(settings);
  runtime.loadFromFlattenedJSON({ ...launch.values });

  const values = () => recordedValues(runtime.renderCommitCMI(false, true));
  const api = bindFunctions(edition, runtime);
  const taken = values();
  return {
    api,
    values,
    state: () => (runtime.isNotInitialized() ? 'waiting' : runtime.isTerminated() ? 'ended' : 'running'),
    lastError: () => {
      const code = String(runtime.lastErrorCode);
      return { code, text: runtime.getLmsErrorMessageDetails(code, false) };
    },
    notRestored: Object.entries(launch.values)
      .filter(([element, value]) => value !== '' && taken[element] === undefined)
      .map(([element]) => element),
  };
}

function bindFunctions(edition: Edition, runtime: object): ScormApi {
  const bound: Record<string, ApiFunction> = {};
  for (const name of API_FUNCTIONS[edition]) {
    const apiFunction: unknown = Reflect.get(runtime, name);
    if (typeof apiFunction !== 'function') throw new Error(`scorm-again has no function ${name}.`);
    bound[name] = (...args) => apiFunction.apply(runtime, args);
  }
  return bound;
}

/** Empty elements come as '' and empty collections as {}: neither is recorded data. */
function recordedValues(flattened: unknown): Values {
  if (typeof flattened !== 'object' || flattened === null) return {};
  return Object.fromEntries(
    Object.entries(flattened)
      .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value) && value !== '')
      .map(([element, value]) => [element, String(value)]),
  );
}
