/**
 * What the LMS keeps of an attempt for the course itself: a document of our own in the State API (xAPI 1.0.3, Part 3,
 * 2.3), written only over what has been read (3.1, "concurrency"). What another session has written in between is put
 * together with what is to be written, so that neither is lost.
 */
import { isObject, parseJson, parseObject, shareOf, textOf } from './json.ts';
import { isSuccess, type Lrs, type LrsAnswer } from './lrs.ts';

/** A result that was said to be no pass. */
export interface Failure {
  /** Scaled score, 0 to 1. */
  readonly scaled: number | null;
  /** Id of the statement: whether it has arrived can be asked. */
  readonly id: string;
}

/** What the document holds. */
export interface AttemptRecord {
  /** The attempt (see attempt/suspend-data.ts). */
  readonly suspendData: string;
  readonly location: string;
  /** Scaled score, 0 to 1; null before the first one. */
  readonly scaled: number | null;
  /** Whether the LRS has the statement: at most one of each in a registration (cmi5 9.3). */
  readonly completed: boolean;
  readonly passed: boolean;
  /** With what `failed` was said last; null where it was not. */
  readonly failed: Failure | null;
  /** Time of all sessions, in milliseconds. */
  readonly spent: number;
}

function failureOf(value: unknown): Failure | null {
  if (!isObject(value)) return null;
  const { scaled, id } = value;
  return { scaled: shareOf(scaled), id: textOf(id) };
}

/** Reads the document. Of one that is none the text is what the suspend data say: damaged, and not touched. */
export function readRecord(text: string): AttemptRecord {
  const value = parseObject(text);
  const { spent } = value;
  return {
    suspendData: textOf(value['suspendData']) || (parseJson(text) === undefined ? text : ''),
    location: textOf(value['location']),
    scaled: shareOf(value['scaled']),
    completed: value['completed'] === true,
    passed: value['passed'] === true,
    failed: failureOf(value['failed']),
    spent: typeof spent === 'number' && spent > 0 ? spent : 0,
  };
}

/** Time alone is not worth a request. */
const sameButTime = (a: AttemptRecord, b: AttemptRecord): boolean =>
  JSON.stringify({ ...a, spent: 0 }) === JSON.stringify({ ...b, spent: 0 });

/** The document in the LMS. */
export interface StateDocument {
  /**
   * Writes what `record` says, after all that is being written. The request is made before this returns, unless another
   * is under way, or what the LMS has must be looked at first.
   *
   * @param record asked at the last moment
   * @returns whether the LMS has it
   */
  write(record: () => AttemptRecord): Promise<boolean>;
  /** Whether what was written last can be read back. */
  verify(): Promise<boolean>;
  /**
   * Writes it now, whatever is under way; the request goes on when the page is gone. Over what has been read only, here
   * too: what is refused is in the journal on this device, and what another device has written is nowhere else.
   *
   * @returns whether the LMS has it, or will have it by a request under way
   */
  writeLast(record: AttemptRecord): Promise<boolean>;
}

/**
 * What is known of the document's version in the LMS: that there is none, that nobody has looked at it yet, that the LRS names
 * no versions, or the name.
 */
export type Version = 'none' | 'unseen' | 'unnamed' | { readonly etag: string };

/** The version of a document that has just been read; without text there is none. */
export const versionOf = (text: string | undefined, etag: string | null): Version =>
  text === undefined ? 'none' : etag === null ? 'unnamed' : { etag };

/** What a document works with. */
export interface DocumentOptions {
  readonly lrs: Lrs;
  /** Parameters of its requests. */
  readonly query: Readonly<Record<string, string>>;
  /** As it was read last; undefined where there is none. */
  readonly text: string | undefined;
  readonly version: Version;
  /**
   * Another session has written: takes what it has into the record that is to be written.
   *
   * @returns false where that must not be written over: it is of a later version of the course
   */
  readonly onOther: (theirs: AttemptRecord) => boolean;
  readonly onChange: (text: string) => void;
}

/** How often another session may come in between. */
const patience = 4;

const resource = 'activities/state';

/** Opens the document. */
export function openDocument(options: DocumentOptions): StateDocument {
  const { lrs, query, onOther, onChange } = options;
  let { text } = options;
  // What is no JSON may be damaged, or a word of something else than an LRS: it is looked at once more before it is written over.
  const isDoubtful = text !== undefined && parseJson(text) === undefined;
  let version: Version = isDoubtful ? 'unseen' : options.version;
  let running: Promise<unknown> | undefined;
  /** What is being written. */
  let flying: AttemptRecord | undefined;

  const isWritten = (record: AttemptRecord) => sameButTime(readRecord(text ?? ''), record);

  /** Nothing must be there where nothing was; else it must be what was read. */
  const condition = (): Record<string, string> => {
    if (version === 'none') return { 'If-None-Match': '*' };
    return typeof version === 'string' ? {} : { 'If-Match': version.etag };
  };

  const put = async (body: string, headers: Readonly<Record<string, string>>): Promise<LrsAnswer> => {
    const answer = await lrs({ method: 'PUT', resource, query, body, headers });
    if (isSuccess(answer)) {
      text = body;
      // Most LRSs do not name the version that was written: it is asked for by reading it back.
      if (answer.etag !== null) version = { etag: answer.etag };
      else if (version !== 'unnamed') version = 'unseen';
      onChange(body);
    }
    return answer;
  };

  /** Looks at what the LMS has, and whether that is as it was known to be; undefined without an answer. */
  const look = async (): Promise<'same' | 'other' | undefined> => {
    const answer = await lrs({ resource, query });
    if (!isSuccess(answer) && answer.status !== 404) return undefined;
    const found = isSuccess(answer) && answer.status !== 204 ? answer.text : undefined;
    // Nobody has written what is no JSON: this is a word of something else than an LRS.
    if (found !== undefined && found !== text && parseJson(found) === undefined) return undefined;
    const same = found === text || (found !== undefined && text !== undefined && sameJson(found, text));
    text = found;
    version = versionOf(found, answer.etag);
    return same ? 'same' : 'other';
  };

  /** What was found is not to be written over as if it was known. */
  const forget = (known: string | undefined) => {
    text = known ?? '';
    version = 'unseen';
  };

  const writeNow = async (record: () => AttemptRecord): Promise<boolean> => {
    let mustLook = version === 'unseen' || version === 'unnamed';
    let refusals = 0;
    for (let round = 0; round < patience; round++) {
      if (round === 0 && isWritten(record())) return true;
      if (mustLook) {
        const known = text;
        const found = await look();
        if (!found) return false;
        if (found === 'other' && text !== undefined && !onOther(readRecord(text))) {
          // Looked at again next time, and left alone again.
          forget(known);
          return false;
        }
        if (found === 'other') refusals = 0;
      }
      const next = record();
      if (isWritten(next)) return true;
      flying = next;
      // Refused twice though nobody has written: a proxy changes the name of the version.
      const answer = await put(JSON.stringify(next), refusals > 1 ? {} : condition());
      flying = undefined;
      if (isSuccess(answer)) return true;
      // 412: another session has written. 409: the version must be named (xAPI 1.0.3, Part 3, 3.1).
      if (answer.status !== 412 && answer.status !== 409) return false;
      refusals++;
      mustLook = true;
    }
    return false;
  };

  return {
    async write(record) {
      while (running) await running;
      const writing = writeNow(record).finally(() => {
        running = undefined;
      });
      running = writing;
      return writing;
    },
    async verify() {
      while (running) await running;
      if (version === 'none' || typeof version === 'object') return true;
      const written = text;
      const found = await look();
      if (found !== 'other') return found === 'same';
      // Another session has written since: the next write looks again, and puts them together.
      forget(written);
      return false;
    },
    async writeLast(record) {
      if (isWritten(record) || (flying && sameButTime(flying, record))) return true;
      // There is no time for a look.
      if (version === 'unseen') return false;
      return isSuccess(await put(JSON.stringify(record), condition()));
    },
  };
}

/** Whether two texts say the same in JSON: an LRS may write it anew. */
function sameJson(a: string, b: string): boolean {
  return JSON.stringify(readRecord(a)) === JSON.stringify(readRecord(b));
}
