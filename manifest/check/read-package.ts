/**
 * Reads a zip that a stranger made. Nothing is written. Files are unpacked one by one, in memory or piece by piece, each up to
 * the size that the directory of the zip gives and all of them up to a limit: the rest is known by its name and that size.
 */
import { isUtf8 } from 'node:buffer';
import { type Entry, fromBufferPromise } from 'yauzl';
import { checkEntryName } from './entry-names.ts';
import { counted, type Finding, type Findings, finding, quote, sized } from './finding.ts';
import {
  checkContents,
  type FileContent,
  isBomb,
  isShrunk,
  sizeLie,
  suspectBytes,
  suspectRatio,
  unpack,
} from './unpack.ts';
import { checkDirectory, checkGaps, checkOverlaps, trimmedZip } from './zip-directory.ts';
import { isFile, mayBeOneName, type NamedEntry, namedEntry, rawNameOf } from './zip-entries.ts';

/** A file of the package. */
export interface ArchiveFile {
  /** Path from the root of the zip, parts separated by `/`. */
  readonly path: string;
  /** Size when unpacked, in bytes, as the zip says. */
  readonly size: number;
}

/** The files of a package. */
export interface Archive {
  /** Name of the zip file. */
  readonly name: string;
  /** Size of the zip file in bytes. */
  readonly size: number;
  /** Every file, by its path. */
  readonly files: ReadonlyMap<string, ArchiveFile>;
  /**
   * Unpacks one file, in memory.
   *
   * @param path - path of the file
   * @param limit - bytes; a larger file is not unpacked
   */
  read(path: string, limit: number): Generator<Finding, FileContent>;
}

/** More files than any course has. Well below what makes a server, or this checker, slow. */
const mostFiles = 50_000;
/** Bytes of all their names: 200 for each of as many files. */
const mostNameBytes = 10 * 1024 ** 2;
/** Unpacked size of a whole package, in bytes. */
const mostBytes = 8 * 1024 ** 3;

/**
 * Lists the files of a zip and checks that it is one which an LMS can unpack without harm.
 *
 * @param bytes - the zip file
 * @param name - its name, for findings that belong to no file in it
 * @param findings - takes what is wrong with the zip
 * @returns undefined, with a finding, where the zip cannot be read; never throws, whatever the bytes are
 */
export async function readPackage(
  bytes: Uint8Array,
  name: string,
  findings: Findings,
): Promise<Archive | undefined> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const zip = findings.take(trimmedZip(file, name));
  const listing = await listEntries(zip, name);
  if (!Array.isArray(listing)) {
    findings.add(listing);
    return undefined;
  }
  const entries = listing.map((entry) => namedEntry(zip, entry));
  findings.take(checkDirectory(zip, name, listing));
  findings.take(checkSizes(name, zip.length, listing));
  for (const named of entries) findings.take(checkEntry(named));
  findings.take(checkNames(entries));
  findings.take(checkOverlaps(entries));
  findings.take(checkGaps(zip, name, entries));
  const broken = await checkContents(zip, name, entries, findings);
  return archiveOf(zip, name, entries, broken);
}

/** Every entry of the directory of the zip; a finding where the directory cannot be read to its end. */
async function listEntries(zip: Buffer, name: string): Promise<Entry[] | Finding> {
  const entries: Entry[] = [];
  try {
    // Names are decoded by checkEntryName's caller: with `decodeStrings`, yauzl stops at the first bad name.
    const file = await fromBufferPromise(zip, { decodeStrings: false, validateEntrySizes: true });
    if (file.entryCount > mostFiles) return tooManyFiles(name, file.entryCount);
    let nameBytes = 0;
    for await (const entry of file.eachEntry()) {
      nameBytes += entry.fileNameLength;
      if (nameBytes > mostNameBytes) return tooLongNames(name);
      entries.push(entry);
    }
  } catch (error) {
    return unreadable(zip, name, error instanceof Error ? error.message : String(error));
  }
  return entries;
}

const tooManyFiles = (name: string, amount: number): Finding =>
  finding(
    'zip-too-many-files',
    { file: name },
    {
      message: 'the zip holds more files than this checker reads',
      expected: `at most ${counted(mostFiles, 'file')}`,
      found: counted(amount, 'file'),
      hint: 'LMSs unpack file by file within a time limit; put many small files together, or leave out what no page uses',
    },
  );

const tooLongNames = (name: string): Finding =>
  finding(
    'zip-too-many-files',
    { file: name },
    {
      message: 'the names of the files are longer, all together, than this checker reads',
      expected: `at most ${sized(mostNameBytes)} of names`,
      found: 'more',
      hint: 'no ordinary program makes this; put fewer folders into each other, and do not upload it',
    },
  );

function unreadable(zip: Buffer, name: string, reason: string): Finding {
  const at = { file: name };
  if (/encryption/.test(reason)) return encrypted(name);
  if (/size mismatch for stored/.test(reason)) {
    return finding('zip-size-lies', at, {
      message: 'a file that is stored as it is has two sizes',
      expected: 'the same size packed and unpacked',
      found: reason,
      hint: 'the zip is damaged or made to deceive; zip the course again',
    });
  }
  const start = zip.subarray(0, 4).toString('latin1');
  if (start.startsWith('PK\u0003\u0004') || start.startsWith('PK\u0005\u0006')) {
    return finding('zip-damaged', at, {
      message: 'the zip cannot be read to its end',
      expected: 'a whole zip file with its directory at the end',
      found: reason,
      hint: 'a download or an upload was probably cut off; compare the size with the original, or zip the course again',
    });
  }
  return finding('zip-not-a-zip', at, {
    message: 'this is not a zip file',
    expected: 'a zip file: its first two bytes are "PK"',
    found: kindOf(zip),
    hint: 'zip the files of the course, the manifest at the root, and upload that file',
  });
}

/** Other things that people upload instead. */
function kindOf(zip: Buffer): string {
  if (zip.length === 0) return 'an empty file';
  const start = zip.subarray(0, 512).toString('latin1');
  if (start.startsWith('Rar!')) return 'a RAR archive';
  if (start.startsWith('7z\u00bc\u00af')) return 'a 7-Zip archive';
  if (start.startsWith('\u001f\u008b')) return 'a gzip archive';
  if (start.startsWith('%PDF')) return 'a PDF file';
  if (/^\s*<(!doctype html|html)/i.test(start))
    return 'an HTML page, perhaps a login page saved instead of the package';
  if (/^(\u00ef\u00bb\u00bf)?\s*<\?xml/.test(start)) return 'an XML file, perhaps the manifest alone';
  return `${counted(zip.length, 'byte')} of another kind`;
}

const encrypted = (file: string): Finding =>
  finding(
    'zip-encrypted',
    { file },
    {
      message: 'a file in the zip is encrypted',
      expected: 'a zip without a password',
      found: 'an encrypted entry',
      hint: 'zip the course again without a password',
    },
  );

/** Bombs that say their size. Those that do not are stopped while they are unpacked. */
function* checkSizes(name: string, zipSize: number, entries: readonly Entry[]): Generator<Finding> {
  const total = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  if (total > mostBytes || (total > suspectBytes && total / zipSize > suspectRatio)) {
    yield finding(
      'zip-bomb',
      { file: name },
      {
        message: 'the zip unpacks to far more than it seems to hold',
        expected: `at most ${sized(mostBytes)}, and at most ${suspectRatio} times the size of the zip`,
        found: `${sized(total)} from ${sized(zipSize)}`,
        hint: 'do not upload it; if it is a real course, take its videos out or make them smaller',
      },
    );
  }
}

/** Files of Unix that hold no bytes of their own, by the first four bits of the mode (POSIX, sys/stat.h). */
const kindsOfOddFiles: Readonly<Record<number, string>> = {
  1: 'a pipe',
  2: 'a device',
  6: 'a device',
  10: 'a symbolic link',
  12: 'a socket',
};

function* checkEntry(named: NamedEntry): Generator<Finding> {
  const { entry, name, header } = named;
  const at = { file: name };
  // Bit 11: the name is in UTF-8 (4.4.4, appendix D).
  const readable = (entry.generalPurposeBitFlag & 0x800) === 0 || isUtf8(entry.fileNameRaw);
  yield* checkEntryName(name, readable);
  yield* checkOtherNames(named);
  if (entry.isEncrypted()) yield encrypted(name);
  else if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    yield finding('zip-method', at, {
      message: 'the file is packed in a way that LMSs cannot unpack',
      expected: 'method 8 (deflate) or 0 (stored)',
      found: `method ${entry.compressionMethod}`,
      hint: 'zip the course again with the ordinary method; Deflate64, LZMA and Zstandard are not for packages',
    });
  }
  // Upper half of the attributes: the Unix mode. Maven sets all bits of folders, which is no kind of file at all.
  const kind = kindsOfOddFiles[(entry.externalFileAttributes >>> 28) & 0xf];
  if (kind !== undefined) {
    yield finding('zip-link', at, {
      message: 'the entry is not a file',
      expected: 'files and folders only',
      found: kind,
      hint: 'a link can point at any file of the server; put the file itself into the zip',
    });
  }
  if (!header) {
    yield finding('zip-damaged', at, {
      message: 'the directory of the zip names a file that is not where it should be',
      expected: 'a header, then the data of the file, within the zip',
      found: `nothing that fits at byte ${entry.relativeOffsetOfLocalHeader.toLocaleString('en')}`,
      hint: 'the zip is damaged; zip the course again',
    });
    return;
  }
  if (
    !header.name.equals(entry.fileNameRaw) ||
    header.compressedSize !== entry.compressedSize ||
    header.method !== entry.compressionMethod
  ) {
    yield finding('zip-directory-lies', at, {
      message: 'the directory of the zip and the file’s own header say different things',
      expected: `${quote(name)}, ${counted(entry.compressedSize, 'byte')} in the zip, method ${entry.compressionMethod}`,
      found: `${quote(header.name.toString('utf8'))}, ${counted(header.compressedSize, 'byte')}, method ${header.method}`,
      hint: 'programs unpack different files from it; zip the course again',
    });
  }
  if (isShrunk(entry)) {
    yield sizeLie(name, entry.uncompressedSize, `${counted(entry.compressedSize, 'byte')} in the zip`);
  }
  if (isBomb(entry)) {
    yield finding('zip-bomb', at, {
      message: 'the file unpacks to far more than it seems to hold',
      expected: `at most ${suspectRatio} times its size in the zip`,
      found: `${sized(entry.uncompressedSize)} from ${sized(entry.compressedSize)}`,
      hint: 'do not upload it; leave the file out',
    });
  }
}

/** A file with two names is unpacked under the one or the other, and a check of one says nothing of the other. */
function* checkOtherNames({ entry, name, header }: NamedEntry): Generator<Finding> {
  const raw = rawNameOf(entry);
  if (raw !== name && !mayBeOneName(entry.fileNameRaw, name)) {
    yield* checkEntryName(raw, true);
    yield twoNames(name, raw);
  }
  const local = header?.unicodeName;
  if (local === undefined || local === name) return;
  // An old code page in the directory, the name in Unicode in the header alone.
  const inUnicode = raw !== name || (entry.generalPurposeBitFlag & 0x800) !== 0;
  if (!inUnicode && mayBeOneName(entry.fileNameRaw, local)) return;
  yield* checkEntryName(local, true);
  yield twoNames(name, local);
}

const twoNames = (name: string, other: string): Finding =>
  finding(
    'zip-directory-lies',
    { file: name },
    {
      message: 'the zip has two names for one file',
      expected: 'one name, in the old place and as a Unicode Path (0x7075)',
      found: `${quote(name)} and ${quote(other)}`,
      hint: 'programs unpack it under the one or the other; do not upload this file, and zip the course again',
    },
  );

function* checkNames(entries: readonly NamedEntry[]): Generator<Finding> {
  const seen = new Set<string>();
  const told = new Set<string>();
  for (const named of entries) {
    const { name, path } = named;
    if (!isFile(named)) continue;
    if (seen.has(path) && !told.has(path)) {
      told.add(path);
      yield finding(
        'zip-duplicate-name',
        { file: name },
        {
          message: 'two files have one name',
          expected: 'every name once',
          found: `${quote(path)} twice or more`,
          hint: 'some programs keep the first, some the last; remove one',
        },
      );
    }
    seen.add(path);
  }
}

function archiveOf(
  zip: Buffer,
  name: string,
  entries: readonly NamedEntry[],
  broken: ReadonlySet<NamedEntry>,
): Archive {
  const byPath = new Map(entries.filter(isFile).map((named) => [named.path, named]));
  return {
    name,
    size: zip.length,
    files: new Map([...byPath].map(([path, { entry }]) => [path, { path, size: entry.uncompressedSize }])),
    *read(path, limit) {
      const named = byPath.get(path);
      // What is wrong with the entry has been told when it was listed.
      if (!named?.header || named.entry.isEncrypted() || broken.has(named)) return undefined;
      return yield* unpack(zip, named.entry, path, named.header.dataStart, limit);
    },
  };
}
