/** Entries of a zip: what its directory says of each, and what the header before the data says. */
import { type Entry, getFileNameLowLevel, parseExtraFields } from 'yauzl';
import { pathOfEntry } from './entry-names.ts';

/** An entry of the zip's directory, and the header that stands before its data. */
export interface NamedEntry {
  readonly entry: Entry;
  /** As the zip has it. */
  readonly name: string;
  readonly path: string;
  /** Undefined where there is no header, or where the data would go past the end of the zip. */
  readonly header: LocalHeader | undefined;
}

/** The header before an entry's data (PKWARE APPNOTE 4.3.7). */
interface LocalHeader {
  readonly name: Buffer;
  /** The name that an Info-ZIP Unicode Path gives instead (4.6.9); undefined where there is none. */
  readonly unicodeName: string | undefined;
  readonly compressedSize: number;
  readonly method: number;
  readonly dataStart: number;
}

/** Decodes the name of an entry and reads its header. */
export function namedEntry(zip: Buffer, entry: Entry): NamedEntry {
  const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry;
  const name = getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true);
  return { entry, name, path: pathOfEntry(name), header: localHeader(zip, entry) };
}

/** The name in the old place, which programs read that do not know of Unicode Paths. */
export const rawNameOf = ({ generalPurposeBitFlag, fileNameRaw }: Entry): string =>
  getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, [], true);

/** Neither a folder nor a name that leads nowhere, such as "..": that has been told. */
export const isFile = ({ name, path }: NamedEntry): boolean => path !== '' && !/[\\/]$/.test(name);

/** Bytes of a local header without name and extra fields. */
export const headerSize = 30;

/** First bytes of what a zip is made of (4.3.7, 4.3.12), as numbers and as text. */
export const localSignature = 0x04034b50;
export const centralSignature = 0x02014b50;
export const signatureText = (signature: number): string => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature);
  return bytes.toString('latin1');
};

function localHeader(zip: Buffer, entry: Entry): LocalHeader | undefined {
  const start = entry.relativeOffsetOfLocalHeader;
  if (start + headerSize > zip.length || zip.readUInt32LE(start) !== localSignature) return undefined;
  const nameEnd = start + headerSize + zip.readUInt16LE(start + 26);
  const dataStart = nameEnd + zip.readUInt16LE(start + 28);
  if (dataStart + entry.compressedSize > zip.length) return undefined;
  const sized = (zip.readUInt16LE(start + 6) & 0x8) === 0;
  const compressedSize = zip.readUInt32LE(start + 18);
  const name = zip.subarray(start + headerSize, nameEnd);
  return {
    name,
    unicodeName: unicodeNameIn(name, zip.subarray(nameEnd, dataStart)),
    // With bit 3, or in zip64, the header does not say (4.4.4, 4.4.8).
    compressedSize: sized && compressedSize !== 0xffffffff ? compressedSize : entry.compressedSize,
    method: zip.readUInt16LE(start + 8),
    dataStart,
  };
}

const unicodePath = 0x7075;

function unicodeNameIn(name: Buffer, extra: Buffer): string | undefined {
  try {
    const fields = parseExtraFields(extra).filter(({ id }) => id === unicodePath);
    if (fields.length === 0) return undefined;
    const given = getFileNameLowLevel(0, name, fields, true);
    // A field that is not meant for this name is passed over (4.6.9): then there is but the one name.
    return given === getFileNameLowLevel(0, name, [], true) ? undefined : given;
  } catch {
    return undefined;
  }
}

/**
 * Whether a name in an old code page can be the same as one in Unicode: its letters of ASCII are, in order, and there are as
 * many folders. What stands for the other letters (bytes of a code page, "?", "#U00e4") is not told apart.
 *
 * @param raw - the bytes of the name in the old place
 * @param unicode - the name in its Unicode Path
 */
export function mayBeOneName(raw: Buffer, unicode: string): boolean {
  const old = raw.toString('latin1');
  if (old.split('/').length !== unicode.split('/').length) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII has them
  const [first = '', ...rest] = unicode.split(/[^\u0000-\u007f]+/);
  if (!old.startsWith(first)) return false;
  const last = rest.pop();
  if (last === undefined) return old.length === first.length;
  let at = first.length;
  for (const letters of rest) {
    const found = old.indexOf(letters, at);
    if (found < 0) return false;
    at = found + letters.length;
  }
  return old.length - last.length >= at && old.endsWith(last);
}
