/** From the bytes of an XML file to its text (XML 1.0, 4.3.3 and appendix F). */
import { type Finding, finding, quote } from './finding.ts';

/** How the first bytes of a file tell its encoding. UTF-32 is left out: no LMS reads it, and it reads as damaged UTF-16. */
const signatures = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8', mark: true },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le', mark: true },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be', mark: true },
  { bytes: [0x3c, 0x00], encoding: 'utf-16le', mark: false },
  { bytes: [0x00, 0x3c], encoding: 'utf-16be', mark: false },
] as const;

/**
 * Decodes an XML file. Where its encoding is wrong, it is read as well as can be, so that what else is wrong is told too.
 *
 * @param bytes - the file
 * @param file - its path in the zip
 * @returns the text without a byte order mark
 */
export function* decodeXml(bytes: Uint8Array, file: string): Generator<Finding, string> {
  const signature = signatures.find((known) => known.bytes.every((byte, index) => bytes[index] === byte));
  const plain = new TextDecoder('latin1').decode(bytes.subarray(0, 400));
  const declared = /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(plain)?.[1];
  const wide = signature !== undefined && signature.encoding !== 'utf-8';
  const encoding = wide ? signature.encoding : (declared ?? 'utf-8').toLowerCase();
  const at = { file, line: 1 };

  if (signature?.encoding === 'utf-8') {
    yield finding('xml-byte-order-mark', at, {
      message: 'the file starts with a byte order mark',
      expected: 'the character "<" first',
      found: 'the bytes EF BB BF',
      hint: 'legal, but some LMSs stop at it; save the file as UTF-8 without BOM',
    });
  }
  // In one-byte text, "UTF-16" cannot be true; libxml2, and so most LMSs, believe the bytes.
  const bytewise = /^utf-?(16|32)/.test(encoding) && !wide;
  const decoder = bytewise ? undefined : decoderFor(encoding);
  if (!decoder) {
    yield finding('xml-encoding', at, {
      message: 'the file is not in the encoding that it declares',
      expected: 'encoding="UTF-8"',
      found: `encoding=${quote(declared ?? encoding)}${bytewise ? ' before text of one byte a character' : ', which nobody knows'}`,
      hint: 'save the file as UTF-8 and declare that',
    });
    return new TextDecoder('utf-8').decode(bytes);
  }
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    yield finding('xml-encoding', at, {
      message: 'the file is not in the encoding that it declares',
      expected: `text in ${encoding}`,
      found: 'bytes that mean nothing in it',
      hint: 'save the file as UTF-8; letters with accents were probably written by a program that uses Windows-1252',
    });
    return new TextDecoder('windows-1252').decode(bytes);
  }
  const saysInside = /^<\?xml[^>]{0,300}?\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(text)?.[1];
  if (wide && saysInside !== undefined && !/^utf-?16/i.test(saysInside)) {
    yield finding('xml-encoding', at, {
      message: 'the file is not in the encoding that it declares',
      expected: 'encoding="UTF-16"',
      found: `encoding=${quote(saysInside)}`,
      hint: 'save the file as UTF-8, as its first line says',
    });
  } else if (decoder.encoding !== 'utf-8' && !/^us-ascii$|^ascii$/.test(encoding)) {
    yield finding('xml-not-utf8', at, {
      message: 'the file is not in UTF-8',
      expected: 'UTF-8',
      found: saysInside ?? encoding,
      hint: 'legal, but some LMSs read UTF-8 only; save the file as UTF-8 and declare that',
    });
  }
  return text;
}

function decoderFor(encoding: string): TextDecoder | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    return undefined;
  }
}
