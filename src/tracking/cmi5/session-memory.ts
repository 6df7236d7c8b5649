/**
 * What a session must still know when its page is loaded anew: the token, which is handed out once (cmi5 8.2.3), which
 * statements were made and not taken, and whether the session has ended. It lives in the tab, as long as the session can,
 * and holds no name; what the session leaves behind is in the journal.
 */
import { parseObject } from './json.ts';
import type { Draft } from './statements.ts';

/** What is remembered. */
export interface SessionMemory {
  readonly token?: string;
  /** The document `LMS.LaunchData`, in case that the LRS cannot be reached when the page is loaded anew. */
  readonly launchData?: string;
  /** The state document as it was read or written last. */
  readonly document?: string;
  /** When `initialized` was said, in milliseconds since 1970. */
  readonly initializedAt?: number;
  /** Statements that the LRS has not taken, in order. */
  readonly queue?: readonly Draft[];
  /** Time of this session before the page was loaded anew, in milliseconds. */
  readonly spent?: number;
  /** Time of all sessions before this one, in milliseconds: the document's, when this one began. */
  readonly spentEarlier?: number;
  /** Whether the learner wants no sound. */
  readonly muted?: boolean;
  /** Whether `terminated` was said: nothing may follow (cmi5 9.3.8). */
  readonly ended?: boolean;
}

/** Keeps what is remembered of one session. */
export interface SessionStore {
  readonly memory: SessionMemory;
  remember(change: SessionMemory): void;
}

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' && value !== null && 'id' in value && 'verb' in value && 'timestamp' in value;

/** The members that are not lists, each with its type. */
const types = new Map(
  Object.entries({
    token: 'string',
    launchData: 'string',
    document: 'string',
    initializedAt: 'number',
    spent: 'number',
    spentEarlier: 'number',
    muted: 'boolean',
    ended: 'boolean',
  } satisfies Record<Exclude<keyof SessionMemory, 'queue'>, string>),
);

/** What this file has written, as far as it can be read. Another page of the same origin may have spoilt it. */
function read(text: string | null): SessionMemory {
  const value = parseObject(text ?? '');
  const { queue } = value;
  const known = Object.entries(value).filter(([name, member]) => typeof member === types.get(name));
  return {
    ...Object.fromEntries(known),
    ...(Array.isArray(queue) ? { queue: queue.filter(isDraft) } : {}),
  };
}

/**
 * Opens what is remembered.
 *
 * @param storage of the tab; undefined where the browser denies it: a page that is loaded anew has forgotten all
 * @param owner names learner, enrolment and activity; sessions of it that have ended are forgotten
 * @param session names this session
 */
export function openSessionStore(storage: Storage | undefined, owner: string, session: string): SessionStore {
  const prefix = `course-session:${owner}:`;
  const key = prefix + session;
  const attempt = <T>(task: (storage: Storage) => T): T | undefined => {
    try {
      return storage && task(storage);
    } catch {
      return undefined;
    }
  };
  attempt((open) => {
    const names = Array.from({ length: open.length }, (_, index) => open.key(index) ?? '');
    const others = names.filter((name) => name.startsWith(prefix) && name !== key);
    for (const name of others) if (read(open.getItem(name)).ended) open.removeItem(name);
  });
  let memory = attempt((open) => read(open.getItem(key))) ?? {};
  return {
    get memory() {
      return memory;
    },
    remember(change) {
      memory = { ...memory, ...change };
      attempt((open) => open.setItem(key, JSON.stringify(memory)));
    },
  };
}
