/**
 * Reads a zip that a stranger made. Nothing is written. Files are unpacked one by one, in memory, each up to the size that
 * the directory of the zip gives and all of them up to a limit: the rest is known by its name and that size.
 */
import { isUtf8 } from 'node:buffer';
import { crc32, inflateRawSync } from 'node:zlib';
import { type Entry, fromBufferPromise, getFileNameLowLevel } from 'yauzl';
import { checkEntryName, pathOfEntry } from './entry-names.ts';
import { counted, type Finding, type Findings, finding, quote, sized } from './finding.ts';

/** A file of the package. */
export interface ArchiveFile {
  /** Path from the root of the zip, parts separated by `/`. */
  readonly path: string;
  /** Size when unpacked, in bytes, as the zip says. */
  readonly size: number;
}

/** What one read of a file gave; findings say why a file gave nothing. */
export type FileContent = Uint8Array | 'too-large' | undefined;

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
/** Unpacked size of a whole package, in bytes. */
const mostBytes = 8 * 1024 ** 3;
/** From here on a size that does not go with the size in the zip is a bomb: text packs to a tenth, seldom to a fiftieth. */
const suspectBytes = 100 * 1024 ** 2;
const suspectRatio = 150;
/** Bytes of a file, and of all files, packed and unpacked, that are unpacked to see whether they are whole. */
const mostVerifiedOfFile = 64 * 1024 ** 2;
const mostVerified = 512 * 1024 ** 2;

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
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const listing = await listEntries(zip, name);
  if (!Array.isArray(listing)) {
    findings.add(listing);
    return undefined;
  }
  const entries = listing.map((entry): NamedEntry => {
    const decoded = nameOf(entry);
    return { entry, name: decoded, path: pathOfEntry(decoded), header: localHeader(zip, entry) };
  });
  findings.take(checkDirectory(zip, name, listing));
  findings.take(checkSizes(name, zip.length, listing));
  for (const named of entries) findings.take(checkEntry(named));
  findings.take(checkNames(entries));
  findings.take(checkOverlaps(entries));
  const broken = findings.take(checkContents(zip, entries));
  return archiveOf(zip, name, entries, broken);
}

/** An entry of the zip's directory, and the header that stands before its data. */
interface NamedEntry {
  readonly entry: Entry;
  /** As the zip has it. */
  readonly name: string;
  readonly path: string;
  /** Undefined where there is no header, or where the data would go past the end of the zip. */
  readonly header: LocalHeader | undefined;
}

interface LocalHeader {
  readonly name: Buffer;
  readonly compressedSize: number;
  readonly method: number;
  readonly dataStart: number;
}

/** Neither a folder nor a name that leads nowhere, such as "..": that has been told. */
const isFile = ({ name, path }: NamedEntry): boolean => path !== '' && !/[\\/]$/.test(name);

/** Every entry of the directory of the zip; a finding where the directory cannot be read to its end. */
async function listEntries(zip: Buffer, name: string): Promise<Entry[] | Finding> {
  const entries: Entry[] = [];
  try {
    // Names are decoded by checkEntryName's caller: with `decodeStrings`, yauzl stops at the first bad name.
    const file = await fromBufferPromise(zip, { decodeStrings: false, validateEntrySizes: true });
    if (file.entryCount > mostFiles) return tooManyFiles(name, file.entryCount);
    for await (const entry of file.eachEntry()) entries.push(entry);
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

function nameOf(entry: Entry): string {
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
}

const headerSize = 30;

/** The header before an entry's data (PKWARE APPNOTE 4.3.7). */
function localHeader(zip: Buffer, entry: Entry): LocalHeader | undefined {
  const start = entry.relativeOffsetOfLocalHeader;
  if (start + headerSize > zip.length || zip.readUInt32LE(start) !== 0x04034b50) return undefined;
  const nameEnd = start + headerSize + zip.readUInt16LE(start + 26);
  const dataStart = nameEnd + zip.readUInt16LE(start + 28);
  if (dataStart + entry.compressedSize > zip.length) return undefined;
  const sized = (zip.readUInt16LE(start + 6) & 0x8) === 0;
  const compressedSize = zip.readUInt32LE(start + 18);
  return {
    name: zip.subarray(start + headerSize, nameEnd),
    // With bit 3, or in zip64, the header does not say (4.4.4, 4.4.8).
    compressedSize: sized && compressedSize !== 0xffffffff ? compressedSize : entry.compressedSize,
    method: zip.readUInt16LE(start + 8),
    dataStart,
  };
}

const centralHeaderSize = 46;
const endSize = 22;

/** The directory's own account of itself: hidden entries make two programs unpack two different packages. */
function* checkDirectory(zip: Buffer, name: string, entries: readonly Entry[]): Generator<Finding> {
  // The comment after the end may hold the same four bytes, too late for the 22 of an end.
  const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'), zip.length - endSize);
  const declared = zip.readUInt32LE(end + 12);
  const read = entries.reduce(
    (sum, { fileNameLength, extraFieldLength, fileCommentLength }) =>
      sum + centralHeaderSize + fileNameLength + extraFieldLength + fileCommentLength,
    0,
  );
  if (declared !== 0xffffffff && declared !== read) {
    yield finding(
      'zip-directory-lies',
      { file: name },
      {
        message: 'the zip says two things about how many files it holds',
        expected: `a directory of ${counted(declared, 'byte')}`,
        found: `${counted(entries.length, 'entry').replace('entrys', 'entries')} in ${counted(read, 'byte')}`,
        hint: 'programs unpack different files from it; zip the course again, with zip64 if it has more than 65,535 files',
      },
    );
  }
}

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

function* checkEntry(named: NamedEntry): Generator<Finding> {
  const { entry, name, header } = named;
  const at = { file: name };
  // Bit 11: the name is in UTF-8 (4.4.4, appendix D).
  const readable = (entry.generalPurposeBitFlag & 0x800) === 0 || isUtf8(entry.fileNameRaw);
  yield* checkEntryName(name, readable);
  if (entry.isEncrypted()) yield encrypted(name);
  else if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    yield finding('zip-method', at, {
      message: 'the file is packed in a way that LMSs cannot unpack',
      expected: 'method 8 (deflate) or 0 (stored)',
      found: `method ${entry.compressionMethod}`,
      hint: 'zip the course again with the ordinary method; Deflate64, LZMA and Zstandard are not for packages',
    });
  }
  // Upper half of the attributes: the Unix mode. Folder, plain file and "not said" are fine.
  const kind = (entry.externalFileAttributes >>> 28) & 0xf;
  if (kind !== 0 && kind !== 0x4 && kind !== 0x8) {
    yield finding('zip-link', at, {
      message: 'the entry is not a file',
      expected: 'files and folders only',
      found: kind === 0xa ? 'a symbolic link' : 'a device, a socket or a pipe',
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
  if (entry.uncompressedSize > suspectBytes && entry.uncompressedSize / entry.compressedSize > suspectRatio) {
    yield finding('zip-bomb', at, {
      message: 'the file unpacks to far more than it seems to hold',
      expected: `at most ${suspectRatio} times its size in the zip`,
      found: `${sized(entry.uncompressedSize)} from ${sized(entry.compressedSize)}`,
      hint: 'do not upload it; leave the file out',
    });
  }
}

/** Deflate makes nothing larger but by a few bytes in a thousand: such a file unpacks to more than it says. */
const isShrunk = ({ uncompressedSize, compressedSize }: Entry): boolean =>
  uncompressedSize < compressedSize * 0.9 - 100;

const sizeLie = (file: string, size: number, found: string): Finding =>
  finding(
    'zip-size-lies',
    { file },
    {
      message: 'the file has another size than the zip says',
      expected: counted(size, 'byte'),
      found,
      hint: 'the zip is damaged or made to deceive; zip the course again',
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

/** Entries that share bytes: the way to a bomb of petabytes, and to programs that see different files. */
function* checkOverlaps(entries: readonly NamedEntry[]): Generator<Finding> {
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

/**
 * Unpacks what it can afford to: one damaged file is enough for a server to refuse the package.
 *
 * @returns the entries that cannot be unpacked, of which that has been told
 */
function* checkContents(
  zip: Buffer,
  entries: readonly NamedEntry[],
): Generator<Finding, ReadonlySet<NamedEntry>> {
  const broken = new Set<NamedEntry>();
  let left = mostVerified;
  for (const named of entries) {
    const { entry, header } = named;
    const cost = entry.compressedSize + entry.uncompressedSize;
    if (!header || entry.isEncrypted() || isShrunk(entry) || ![0, 8].includes(entry.compressionMethod))
      continue;
    if (entry.uncompressedSize > mostVerifiedOfFile || cost > left) continue;
    left -= cost;
    const content = yield* unpack(zip, entry, named.name, header.dataStart, mostVerifiedOfFile);
    if (content === undefined) broken.add(named);
  }
  return broken;
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

function* unpack(
  zip: Buffer,
  entry: Entry,
  path: string,
  dataStart: number,
  limit: number,
): Generator<Finding, FileContent> {
  const { compressionMethod: method, uncompressedSize: size } = entry;
  if (size > limit) return 'too-large';
  const packed = zip.subarray(dataStart, dataStart + entry.compressedSize);
  let content: Buffer;
  if (method === 0) content = packed;
  else if (method === 8) {
    try {
      content = inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
    } catch (error) {
      if (error instanceof RangeError) yield sizeLie(path, size, 'more, and it was not unpacked any further');
      else yield damagedFile(path, error instanceof Error ? error.message : String(error));
      return undefined;
    }
  } else return undefined;
  if (content.length !== size) {
    yield sizeLie(path, size, counted(content.length, 'byte'));
    return undefined;
  }
  if (crc32(content) !== entry.crc32) {
    yield damagedFile(path, 'a checksum that does not fit');
    return undefined;
  }
  return content;
}

const damagedFile = (file: string, found: string): Finding =>
  finding(
    'zip-damaged',
    { file },
    {
      message: 'the file cannot be unpacked',
      expected: 'packed data that is whole',
      found,
      hint: 'the zip is damaged; zip the course again',
    },
  );
