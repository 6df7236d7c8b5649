/** Unpacks files of a zip, and sees whether they are whole. */
import { Readable } from 'node:stream';
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import type { Entry } from 'yauzl';
import { counted, type Finding, type Findings, finding, listed, sized } from './finding.ts';
import type { NamedEntry } from './zip-entries.ts';

/** What one read of a file gave; findings say why a file gave nothing. */
export type FileContent = Uint8Array | 'too-large' | undefined;

/** From here on a size that does not go with the size in the zip is a bomb: text packs to a tenth, seldom to a fiftieth. */
export const suspectBytes = 100 * 1024 ** 2;
export const suspectRatio = 150;
/** Bytes of all files that are unpacked to see whether they are whole: some seconds of work. */
const mostVerified = 1024 ** 3;
/** Bytes of a file that is unpacked at once; larger ones go by in pieces. */
const mostAtOnce = 16 * 1024 ** 2;

/** Deflate makes nothing larger but by a few bytes in a thousand: such a file unpacks to more than it says. */
export const isShrunk = ({ uncompressedSize, compressedSize }: Entry): boolean =>
  uncompressedSize < compressedSize * 0.9 - 100;

export const sizeLie = (file: string, size: number, found: string): Finding =>
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

/** Whether a file unpacks to so much, by its own account, that nobody should. */
export const isBomb = ({ uncompressedSize, compressedSize }: Entry): boolean =>
  uncompressedSize > suspectBytes && uncompressedSize / compressedSize > suspectRatio;

/**
 * Unpacks what it can afford to, small files first: one damaged file is enough for a server to refuse the package.
 *
 * @param findings - takes what is wrong, and which files were not unpacked
 * @returns the entries that cannot be unpacked, of which that has been told
 */
export async function checkContents(
  zip: Buffer,
  name: string,
  entries: readonly NamedEntry[],
  findings: Findings,
): Promise<ReadonlySet<NamedEntry>> {
  const broken = new Set<NamedEntry>();
  const left: string[] = [];
  const places = new Set<number | undefined>();
  let budget = mostVerified;
  // Of the others, what is wrong has been told.
  const sound = entries.filter(
    ({ entry, header }) =>
      header &&
      !entry.isEncrypted() &&
      !isShrunk(entry) &&
      !isBomb(entry) &&
      [0, 8].includes(entry.compressionMethod),
  );
  sound.sort((a, b) => costOf(a) - costOf(b));
  for (const named of sound) {
    // That files share their bytes has been told, and one of them is enough to read.
    if (places.has(named.header?.dataStart)) continue;
    places.add(named.header?.dataStart);
    budget -= costOf(named);
    if (budget < 0) left.push(named.name);
    else if (!(await isWhole(zip, named, findings))) broken.add(named);
  }
  if (left.length > 0) findings.add(notUnpacked(name, left));
  return broken;
}

const costOf = ({ entry }: NamedEntry): number => Math.max(entry.compressedSize, entry.uncompressedSize);

const notUnpacked = (file: string, left: readonly string[]): Finding =>
  finding(
    'zip-not-unpacked',
    { file },
    {
      message: `not all files were unpacked, so nothing is known of what is in ${counted(left.length, 'file')}`,
      expected: `at most ${sized(mostVerified)} in all files`,
      found: listed(left),
      hint: 'unpack the zip with another program to see whether these files are whole',
    },
  );

async function isWhole(zip: Buffer, named: NamedEntry, findings: Findings): Promise<boolean> {
  const { entry, name, header } = named;
  if (!header) return false;
  if (costOf(named) <= mostAtOnce) {
    return findings.take(unpack(zip, entry, name, header.dataStart, mostAtOnce)) !== undefined;
  }
  const fault = await faultOf(zip, entry, name, header.dataStart);
  if (fault) findings.add(fault);
  return fault === undefined;
}

/** What is wrong with a file, read piece by piece and no further than the size that it says. */
async function faultOf(
  zip: Buffer,
  entry: Entry,
  path: string,
  dataStart: number,
): Promise<Finding | undefined> {
  const { compressionMethod: method, uncompressedSize: size } = entry;
  const packed = zip.subarray(dataStart, dataStart + entry.compressedSize);
  let read = 0;
  let checksum = 0;
  try {
    for await (const piece of method === 0 ? Readable.from([packed]) : inflated(packed)) {
      const bytes = piece as Buffer;
      read += bytes.length;
      if (read > size) return sizeLie(path, size, 'more, and it was not unpacked any further');
      checksum = crc32(bytes, checksum);
    }
  } catch (error) {
    return damagedFile(path, error instanceof Error ? error.message : String(error));
  }
  if (read !== size) return sizeLie(path, size, counted(read, 'byte'));
  return checksum === entry.crc32 ? undefined : damagedFile(path, 'a checksum that does not fit');
}

/** A stream waits until what it gave is read: no more than a few pieces are in memory. */
function inflated(packed: Buffer): Readable {
  const stream = createInflateRaw({ chunkSize: 256 * 1024 });
  stream.end(packed);
  return stream;
}

/**
 * Unpacks one file, in memory, up to the size that it says.
 *
 * @param limit - bytes; a larger file is not unpacked
 */
export function* unpack(
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
