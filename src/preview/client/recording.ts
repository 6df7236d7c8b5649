import type { Commit, Edition, Entry, Launch, Values } from '../messages.ts';
import { type ApiCall, logCalls } from './call-log.ts';
import {
  type LmsSession,
  openSession,
  type ScormApi,
  type SessionState,
  type StoreCommit,
} from './lms-api.ts';

/** How the last commit went. */
export interface Storing {
  readonly at: string;
  readonly stored: boolean;
}

/** A picture of one session at one moment. */
export interface PreviewRecord {
  readonly package: string;
  readonly edition: Edition;
  readonly attempt: number;
  readonly entry: Entry;
  readonly state: SessionState;
  /** The data model as the LMS has it now, by SCORM's own element names; unset elements are left out. */
  readonly data: Values;
  /** The last commit, or null before the first. */
  readonly lastCommit: Storing | null;
  /** Whether the course has set something since the last commit that was stored. */
  readonly unsaved: boolean;
  readonly notRestored: readonly string[];
  readonly calls: readonly ApiCall[];
}

/** Follows one session: what the inspector shows, and tells it when to look again. */
export class Recording {
  readonly launch: Launch;
  /** The API object to give to the content. */
  readonly api: ScormApi;
  readonly #session: LmsSession;
  readonly #calls: ApiCall[] = [];
  readonly #listeners = new Set<() => void>();
  #lastCommit: Storing | null = null;
  #unsaved = false;

  constructor(launch: Launch, store: StoreCommit) {
    this.launch = launch;
    this.#session = openSession(launch, (commit: Commit) => {
      const stored = store(commit);
      this.#lastCommit = { at: new Date().toISOString(), stored };
      if (stored) this.#unsaved = false;
      return stored;
    });
    this.api = logCalls(this.#session, (call) => {
      this.#calls.push(call);
      if (call.method.endsWith('SetValue') && call.error === '0') this.#unsaved = true;
      for (const listener of this.#listeners) listener();
    });
  }

  /** The session as it stands. */
  snapshot(): PreviewRecord {
    return {
      package: this.launch.package,
      edition: this.launch.edition,
      attempt: this.launch.attempt,
      entry: this.launch.entry,
      state: this.#session.state(),
      data: this.#session.values(),
      lastCommit: this.#lastCommit,
      unsaved: this.#unsaved,
      notRestored: this.#session.notRestored,
      calls: [...this.#calls],
    };
  }

  /** Calls back after every API call; returns the way to stop it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
