/** Numbers for what is new in a course, and new names for what has one: the ledger on the disk. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ledgerName, readCourseFiles } from '../src/content/course-files.ts';
import { type LedgerResult, readLedger, writeLedger } from '../src/content/ledger-file.ts';
import {
  extendLedger,
  type GivenNumber,
  type ListPath,
  newNumbers,
  renameInLedger,
} from '../src/model/ledger.ts';

/** The problems of a ledger that is not sound; it is left as it is. */
type BrokenLedger = Extract<LedgerResult, { ok: false }>;

/**
 * Numbers every takeaway, page, question and option of a course that has no number yet. A course without a ledger gets one.
 *
 * @param courseDir - the course's folder
 * @returns what has been numbered, in reading order; nothing is written where it is nothing
 */
export async function numberIds(
  courseDir: string,
): Promise<{ readonly ok: true; readonly given: readonly GivenNumber[] } | BrokenLedger> {
  const files = await readCourseFiles(courseDir);
  const read = readLedger(files);
  if (!read.ok) return read;
  const extended = extendLedger(read.ledger, read.ids);
  const given = newNumbers(read.ledger, extended);
  if (given.length > 0) {
    await writeFile(join(courseDir, ledgerName), writeLedger(extended, files.ledger?.text));
  }
  return { ok: true, given };
}

/**
 * Gives the number of an id that the course no longer has to the one that has taken its place.
 *
 * @param courseDir - the course's folder
 * @param path - the list of the ledger
 * @param from - an id of the list; not in the course
 * @param to - an id of the course; not in the list
 * @returns whether it was done; `complaint` is one line that says why it was not
 */
export async function renameId(
  courseDir: string,
  path: ListPath,
  from: string,
  to: string,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly complaint: string } | BrokenLedger> {
  const files = await readCourseFiles(courseDir);
  const read = readLedger(files);
  if (!read.ok) return read;
  const renamed = renameInLedger(read.ledger, read.ids, path, from, to);
  if (!renamed.ok) return renamed;
  await writeFile(join(courseDir, ledgerName), writeLedger(renamed.ledger, files.ledger?.text));
  return { ok: true };
}
