/**
 * The same course in other tabs or windows of this browser, for the same learner. What is done in one is told to the
 * others, so that none of them sends an LMS less than all have done.
 */

/** How long the others have to answer, in milliseconds, and how often they are asked while there are any. */
const patience = 500;
const rounds = 20_000;

/** What the tabs say to each other. */
interface Message {
  readonly from: string;
  readonly type: 'asking' | 'here' | 'gone' | 'changed';
  /** The attempt as suspend data. */
  readonly attempt: string;
  /** Whether the LMS had nothing of the attempt at the launch. */
  readonly fresh: boolean;
}

/** An attempt as it is told to the other tabs. */
export type ToldAttempt = Pick<Message, 'attempt' | 'fresh'>;

const types = ['asking', 'here', 'gone', 'changed'];

function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null) return false;
  const { from, type, attempt, fresh } = value as Readonly<Record<string, unknown>>;
  const texts = typeof from === 'string' && typeof attempt === 'string';
  return texts && types.includes(String(type)) && typeof fresh === 'boolean';
}

/** Speaks with the other tabs. */
export interface SiblingTabs {
  /** Tells the others how the attempt stands now. */
  tell(): void;
  /** Asks who is there: at the beginning, and when the page is seen again. */
  ask(): void;
  /** Says that this tab goes. */
  close(): void;
}

/** What {@link openSiblingTabs} needs. */
export interface SiblingOptions {
  /** Names course and learner. */
  readonly owner: string;
  /** Names this tab. */
  readonly session: string;
  /** The attempt of this tab. */
  readonly attempt: () => ToldAttempt;
  /** Another tab has told how its attempt stands; returns whether it is the same attempt. */
  readonly onAttempt: (told: ToldAttempt) => boolean;
  /** There are other tabs, or no longer. */
  readonly onPresence: (elsewhere: boolean) => void;
  readonly later: (task: () => void, delay: number) => void;
}

/** Opens the channel between the tabs. A browser without one has tabs that do not know of each other. */
export function openSiblingTabs(options: SiblingOptions): SiblingTabs {
  const { owner, session, attempt, onAttempt, onPresence, later } = options;
  if (typeof BroadcastChannel === 'undefined') {
    return { tell: () => undefined, ask: () => undefined, close: () => undefined };
  }
  const channel = new BroadcastChannel(`course-tabs:${owner}`);
  let others = new Set<string>();
  let open = true;
  const say = (type: Message['type']) => {
    if (open) channel.postMessage({ from: session, type, ...attempt() } satisfies Message);
  };
  const ask = () => {
    if (!open) return;
    // A tab that has crashed does not say that it is gone: only those count that answer.
    const before = others;
    others = new Set();
    say('asking');
    later(() => {
      onPresence(others.size > 0);
      if (before.size > 0 || others.size > 0) later(ask, rounds);
    }, patience);
  };
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (!isMessage(data)) return;
    if (data.type === 'gone') others.delete(data.from);
    else if (onAttempt(data)) others.add(data.from);
    if (data.type === 'asking') say('here');
    onPresence(others.size > 0);
  };
  return {
    tell: () => say('changed'),
    ask,
    close() {
      if (!open) return;
      say('gone');
      open = false;
      channel.close();
    },
  };
}
