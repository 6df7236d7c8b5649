/**
 * Statements on their way to the LRS: in the order in which they were made, each until the LRS has it, and none twice.
 */

import { isObject, parseJson } from './json.ts';
import { bytesOf, isSuccess, type Lrs, type LrsAnswer, outlives } from './lrs.ts';
import { type Draft, isDefined } from './statements.ts';

/** Most statements, and most bytes, of one request. */
const batch = { statements: 50, bytes: 25_000 };

/** What a queue works with. */
export interface QueueOptions {
  readonly lrs: Lrs;
  /** What was not taken before the page was loaded anew. */
  readonly left: readonly Draft[];
  /** The statement as JSON. */
  readonly write: (draft: Draft) => string;
  /** Asks the LRS whether it has what the statement says. */
  readonly find: (draft: Draft) => Promise<Presence>;
  /** The statements that are waiting have changed. */
  readonly onChange: (waiting: readonly Draft[]) => void;
  /** The LRS has a statement. */
  readonly onTaken: (draft: Draft) => void;
}

/** Statements on their way. */
export interface StatementQueue {
  /** Puts a statement at the end, unless one of its id has been there. */
  add(draft: Draft): void;
  /**
   * Sends all that are waiting. The first request is made before this returns, unless one is under way.
   *
   * @returns whether the LRS has them all
   */
  send(): Promise<boolean>;
  /**
   * Sends what is not under way, and nothing after it. Answers, and `initialized` with what came after it, go along even if
   * they are under way: by another request they could arrive after `terminated`. What the LRS has refused does not: it
   * would refuse all the rest with it. The request is made before this returns, and goes on when the page is gone.
   *
   * @returns whether the LRS has answered; it may be asked again where it has not
   */
  sendLast(): Promise<boolean>;
}

/** Whether an LRS has a statement; `hidden` where it does not say, `unknown` where it can be asked again. */
export type Presence = 'there' | 'missing' | 'hidden' | 'unknown';

/** Asks for the statement of an id, or for one by what it says (xAPI 1.0.3, Part 3, 2.1.3). */
export async function presenceOf(lrs: Lrs, query: Readonly<Record<string, string>>): Promise<Presence> {
  const answer = await lrs({ resource: 'statements', query });
  if (isSuccess(answer)) {
    const found = parseJson(answer.text);
    if (!isObject(found)) return 'unknown';
    // By an id the statement itself is found, else a list.
    const { id, statements } = found;
    if (Array.isArray(statements)) return statements.length > 0 ? 'there' : 'missing';
    return id === query['statementId'] ? 'there' : 'unknown';
  }
  if (answer.status === 404) return 'missing';
  // A token may be for writing alone.
  return answer.status === 403 || answer.status === 405 ? 'hidden' : 'unknown';
}

/** What has become of statements: taken by the LRS, refused by it, or not answered. */
type Outcome = 'taken' | 'refused' | 'unreachable';

/**
 * Whether the LRS says that it has the statements: by their ids (xAPI 1.0.3, Part 3, 2.1.2), or 204. Anything else that
 * comes with status 200 is no LRS's answer.
 */
function confirms(answer: LrsAnswer, drafts: readonly Draft[]): boolean {
  if (!isSuccess(answer)) return false;
  const ids = answer.status === 204 ? drafts.map(({ id }) => id) : parseJson(answer.text);
  return Array.isArray(ids) && drafts.every(({ id }) => ids.includes(id));
}

const isFirst = ({ verb }: Draft): boolean => verb === 'initialized';

/** Whether an answer is about these statements and not about the LRS or the session: it would be the same again. */
const isVerdict = ({ status }: LrsAnswer): boolean => [400, 403, 409, 413, 422].includes(status);

/** Opens the queue. */
export function openQueue({ lrs, left, write, find, onChange, onTaken }: QueueOptions): StatementQueue {
  let waiting: readonly Draft[] = left;
  const taken = new Set<string>();
  /** Those of the request that is under way. */
  let flying: readonly Draft[] = [];
  /** Those that the LRS has refused since all were sent last, and the one of which it is being asked. */
  const refused = new Set<Draft>();
  let running: Promise<boolean> | undefined;
  /** What goes last. Nothing else may follow: it may have arrived. */
  let last: readonly Draft[] | undefined;
  let closed = false;

  const change = (next: readonly Draft[]) => {
    waiting = next;
    onChange(next);
  };
  const take = (drafts: readonly Draft[]) => {
    for (const { id } of drafts) taken.add(id);
    change(waiting.filter((draft) => !drafts.includes(draft)));
    for (const draft of drafts) onTaken(draft);
  };
  const post = async (drafts: readonly Draft[]): Promise<LrsAnswer> => {
    flying = drafts;
    const body = `[${drafts.map(write).join(',')}]`;
    const answer = await lrs({ method: 'POST', resource: 'statements', body });
    flying = [];
    return answer;
  };

  /** What has become of a single statement that the LRS has refused. */
  const judge = async (draft: Draft, { status }: LrsAnswer): Promise<Outcome> => {
    // Some LMSs refuse a second `passed` without looking at its id: whether it is a second one can be asked.
    const found = await find(draft);
    if (found === 'there') return 'taken';
    if (found === 'unknown') return 'unreachable';
    // 409: the LRS has a statement of this id (xAPI 1.0.3, Part 3, 2.1.2), and an id says what its statement says. It may
    // be that nobody is shown it.
    if (status === 409) return found === 'hidden' ? 'taken' : 'refused';
    // An answer that an LRS finds malformed will be so tomorrow, and it must not be told as missing for ever: the attempt
    // has it. 403 is said of a session that has ended, too: in the next one it can be told.
    return isDefined(draft.verb) || status === 403 ? 'refused' : 'taken';
  };

  /** Sends statements, in one request if possible. Stops where `goesOn` says so. */
  const deliver = async (drafts: readonly Draft[], goesOn: () => boolean): Promise<Outcome> => {
    const answer = await post(drafts);
    const [first, ...more] = drafts;
    if (confirms(answer, drafts)) {
      take(drafts);
      return 'taken';
    }
    if (!first || !isVerdict(answer)) return 'unreachable';
    if (more.length === 0) {
      refused.add(first);
      const outcome = await judge(first, answer);
      if (outcome !== 'refused') refused.delete(first);
      if (outcome === 'taken') take(drafts);
      return outcome;
    }
    // Nothing of a refused request is kept (xAPI 1.0.3, Part 3, 2.1.2): one by one, so that the others arrive.
    let all: Outcome = 'taken';
    for (const draft of drafts) {
      const outcome = goesOn() ? await deliver([draft], goesOn) : 'unreachable';
      if (outcome === 'unreachable' || (outcome === 'refused' && isFirst(draft))) return outcome;
      if (outcome === 'refused') all = outcome;
    }
    return all;
  };

  /** Whether a statement may go into the last request: without the first one, the LMS takes nothing. */
  const mayGo = (draft: Draft): boolean => !refused.has(draft) || isFirst(draft);

  /** Bytes of a statement in a list. */
  const sizeOf = (draft: Draft): number => bytesOf(write(draft)) + 1;

  const sendAll = async (): Promise<boolean> => {
    refused.clear();
    for (;;) {
      let bytes = 0;
      const next = waiting
        .filter((draft) => !refused.has(draft))
        .slice(0, batch.statements)
        .filter((draft, index) => {
          bytes += sizeOf(draft);
          return index === 0 || bytes <= batch.bytes;
        });
      if (next.length === 0) return refused.size === 0;
      const outcome = closed ? 'unreachable' : await deliver(next, () => !closed);
      // Nothing may come before the first (cmi5 9.3.2).
      if (outcome === 'unreachable' || [...refused].some(isFirst)) return false;
    }
  };

  return {
    add(draft) {
      if (!closed && !taken.has(draft.id) && !waiting.some(({ id }) => id === draft.id))
        change([...waiting, draft]);
    },
    async send() {
      while (running) await running;
      if (waiting.length === 0) return true;
      running = sendAll().finally(() => {
        running = undefined;
      });
      return running;
    },
    async sendLast() {
      closed = true;
      if (!last) {
        const again = (draft: Draft) => flying.some(isFirst) || !isDefined(draft.verb);
        const open = waiting.filter((draft) => mayGo(draft) && (!flying.includes(draft) || again(draft)));
        const needed = open.filter(({ verb }) => isDefined(verb));
        let room = outlives - needed.reduce((sum, draft) => sum + sizeOf(draft), 1);
        // What has no room is in the journal, and is told in the next session.
        last = open.filter((draft) => {
          if (isDefined(draft.verb)) return true;
          const size = sizeOf(draft);
          if (size > room) return false;
          room -= size;
          return true;
        });
      }
      last = last.filter((draft) => waiting.includes(draft) && mayGo(draft));
      return last.length === 0 || (await deliver(last, () => true)) !== 'unreachable';
    },
  };
}
