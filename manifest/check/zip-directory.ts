/** How a zip is laid out: where its directory is, what stands beside it, and whether all of it is told (PKWARE APPNOTE 4.3). */
import type { Entry } from 'yauzl';
import { counted, type Finding, finding, quote } from './finding.ts';
import {
  centralSignature,
  headerSize,
  localSignature,
  type NamedEntry,
  signatureText,
} from './zip-entries.ts';

/** What the end of a zip says (4.3.14 to 4.3.16). Numbers count from the first byte of the file. */
interface ZipEnd {
  /** Where the record starts that follows the directory: the end, or that of zip64. */
  readonly at: number;
  readonly directorySize: number;
  readonly directoryOffset: number;
  /** Whether the end and that of zip64 say different things. */
  readonly contradicts: boolean;
  /** Where the zip ends, its comment included. */
  readonly last: number;
}

const endSize = 22;
const endSignature = 0x06054b50;
const zip64EndSize = 56;
const zip64EndSignature = 0x06064b50;
const locatorSize = 20;
const locatorSignature = 0x07064b50;
const centralHeaderSize = 46;

const has = (zip: Buffer, at: number, signature: number): boolean =>
  at >= 0 && at + 4 <= zip.length && zip.readUInt32LE(at) === signature;

function readEnd(zip: Buffer): ZipEnd | undefined {
  // The comment after the end may hold the same four bytes, too late for the 22 of an end.
  const at =
    zip.length < endSize ? -1 : zip.lastIndexOf(signatureText(endSignature), zip.length - endSize, 'latin1');
  if (at < 0) return undefined;
  const [count, size, offset] = [
    zip.readUInt16LE(at + 10),
    zip.readUInt32LE(at + 12),
    zip.readUInt32LE(at + 16),
  ];
  const last = at + endSize + zip.readUInt16LE(at + 20);
  const plain = { at, directorySize: size, directoryOffset: offset, contradicts: false, last };
  if (!has(zip, at - locatorSize, locatorSignature)) return plain;
  // Where something stands before the zip, the record is not where it is said to be, but mostly right before its locator.
  const wide = [Number(zip.readBigUInt64LE(at - locatorSize + 8)), at - locatorSize - zip64EndSize].find(
    (place) => has(zip, place, zip64EndSignature) && place + zip64EndSize <= zip.length,
  );
  if (wide === undefined) return plain;
  const [wideCount, wideSize, wideOffset] = [32, 40, 48].map((field) =>
    Number(zip.readBigUInt64LE(wide + field)),
  ) as [number, number, number];
  return {
    at: wide,
    directorySize: wideSize,
    directoryOffset: wideOffset,
    // All bits set: "see zip64" (4.4.1.4).
    contradicts:
      (count !== 0xffff && count !== wideCount) ||
      (size !== 0xffffffff && size !== wideSize) ||
      (offset !== 0xffffffff && offset !== wideOffset),
    last,
  };
}

/**
 * Takes off what stands before and after a zip, where its end says that there is something: readers that look for a zip in
 * a file do so as well.
 *
 * @param file - the whole file
 * @param name - its name
 * @returns the zip in it; the whole file where there is nothing else, or where no directory shows where the zip starts
 */
export function* trimmedZip(file: Buffer, name: string): Generator<Finding, Buffer> {
  const end = readEnd(file);
  if (!end) return file;
  const { directoryOffset: offset, directorySize: size } = end;
  const start = end.at - size;
  const first = has(file, offset, centralSignature) ? 0 : start - offset;
  // The directory and its first file have to be there, or this is not what is wrong.
  if (first < 0 || !has(file, first + offset, centralSignature)) return file;
  if (first > 0) {
    if (start + centralHeaderSize > file.length) return file;
    if (!has(file, first + file.readUInt32LE(start + 42), localSignature)) return file;
    yield prefixed(name, first);
  } else if (offset + size !== end.at) return file;
  if (end.last < file.length) {
    yield finding(
      'zip-trailing-bytes',
      { file: name },
      {
        message: 'something stands after the end of the zip',
        expected: `the end of the file after ${counted(end.last, 'byte')}`,
        found: `${counted(file.length - end.last, 'more byte')}`,
        hint: 'some programs take the file for damaged: an editor or an upload added to it, or two files were put together; zip the course again',
      },
    );
  }
  return file.subarray(first, Math.min(end.last, file.length));
}

const prefixed = (name: string, bytes: number): Finding =>
  finding(
    'zip-prefix',
    { file: name },
    {
      message: 'something stands before the zip',
      expected: 'a zip from the first byte on, which is "P"',
      found: `${counted(bytes, 'byte')} of something else`,
      hint: 'a program that unpacks itself, or a file that is two things at once: LMSs and virus scanners refuse it; zip the course again',
    },
  );

/** The directory's own account of itself: hidden entries make two programs unpack two different packages. */
export function* checkDirectory(zip: Buffer, name: string, entries: readonly Entry[]): Generator<Finding> {
  const end = readEnd(zip);
  if (!end) return;
  const { directorySize: declared, directoryOffset: offset } = end;
  const read = entries.reduce(
    (sum, { fileNameLength, extraFieldLength, fileCommentLength }) =>
      sum + centralHeaderSize + fileNameLength + extraFieldLength + fileCommentLength,
    0,
  );
  if (declared !== read) {
    yield directoryLie(
      name,
      'the zip says two things about how many files it holds',
      `a directory of ${counted(declared, 'byte')}`,
      `${counted(entries.length, 'file')} in ${counted(read, 'byte')}`,
    );
  } else if (offset + declared !== end.at) {
    yield directoryLie(
      name,
      'the directory of the zip is not where its end says, so there may be two of them',
      `a directory that ends at byte ${end.at.toLocaleString('en')}, where the end is`,
      `one that ends at byte ${(offset + declared).toLocaleString('en')}`,
    );
  } else if (end.contradicts) {
    yield directoryLie(
      name,
      'the zip has two ends, and they say different things about its directory',
      'the same numbers in the end and in that of zip64',
      'other numbers',
    );
  }
}

const directoryLie = (file: string, message: string, expected: string, found: string): Finding =>
  finding(
    'zip-directory-lies',
    { file },
    {
      message,
      expected,
      found,
      hint: 'programs unpack different files from it; zip the course again, with zip64 if it has more than 65,535 files',
    },
  );

/**
 * Looks between the files, and before the directory: programs that unpack a zip from its start find files there which the
 * directory does not name, and so no check of ours.
 */
export function* checkGaps(zip: Buffer, name: string, entries: readonly NamedEntry[]): Generator<Finding> {
  const placed = entries.map(({ entry: { relativeOffsetOfLocalHeader: start, compressedSize }, header }) => ({
    start,
    // Of a file whose header is not in order, that has been told.
    end: header ? header.dataStart + compressedSize : start + headerSize,
  }));
  const directory = readEnd(zip)?.directoryOffset ?? zip.length;
  placed.push({ start: directory, end: directory });
  placed.sort((a, b) => a.start - b.start);
  let at = 0;
  for (const { start, end } of placed) {
    if (start > at) {
      const gap = zip.subarray(at, start);
      const hidden = [localSignature, centralSignature]
        .map((signature) => gap.indexOf(signatureText(signature), 0, 'latin1'))
        .filter((found) => found >= 0);
      if (hidden.length > 0) yield hiddenFile(zip, name, at + Math.min(...hidden));
      // A zip that was once to be split starts with a mark of its own (8.5.3, 8.5.4).
      else if (at === 0 && !['PK00', 'PK\u0007\u0008'].includes(gap.toString('latin1')))
        yield prefixed(name, start);
    }
    at = Math.max(at, end);
  }
}

function hiddenFile(zip: Buffer, file: string, at: number): Finding {
  const isLocal = has(zip, at, localSignature) && at + headerSize <= zip.length;
  const nameEnd = isLocal ? at + headerSize + zip.readUInt16LE(at + 26) : at;
  const hidden = isLocal
    ? quote(zip.toString('utf8', at + headerSize, nameEnd))
    : 'a part of another directory';
  return finding(
    'zip-directory-lies',
    { file },
    {
      message: 'the zip holds something that its directory does not name',
      expected: 'every file of the zip in its directory',
      found: `${hidden} at byte ${at.toLocaleString('en')}`,
      hint: 'some programs unpack it and no check sees it; do not upload this file, and zip the course again',
    },
  );
}

/** Entries that share bytes: the way to a bomb of petabytes, and to programs that see different files. */
export function* checkOverlaps(entries: readonly NamedEntry[]): Generator<Finding> {
  const placed = entries.flatMap(({ entry, name, header }) =>
    header
      ? [{ name, start: entry.relativeOffsetOfLocalHeader, end: header.dataStart + entry.compressedSize }]
      : [],
  );
  placed.sort((a, b) => a.start - b.start || a.end - b.end);
  let last = placed[0];
  for (const next of placed.slice(1)) {
    if (last && next.start < last.end) {
      yield finding(
        'zip-overlap',
        { file: next.name },
        {
          message: 'two files of the zip share the same bytes',
          expected: `data that starts at byte ${last.end.toLocaleString('en')} or later`,
          found: `byte ${next.start.toLocaleString('en')}, inside ${quote(last.name)}`,
          hint: 'no ordinary program makes this; do not upload it',
        },
      );
    }
    if (!last || next.end > last.end) last = next;
  }
}
