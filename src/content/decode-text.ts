/** Text from bytes. All of a course is UTF-8; a file that is not would come into packages with its letters lost. */
import type { CourseProblem } from '../model/course-problem.ts';

/** A text, and what is wrong with its bytes. */
export interface DecodedText {
  /** Without a byte order mark: it is no part of the text and would shift its columns. Where there is a problem, a guess. */
  readonly text: string;
  readonly problem: CourseProblem | undefined;
}

/** The order of bytes in UTF-16; undefined for other bytes. Without a mark, a half of the first letter is 0, as ASCII is. */
function utf16In([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return undefined;
}

/**
 * The text before the first byte that is not UTF-8, and that byte.
 *
 * @param lenient the bytes as text, with U+FFFD in the place of what is not UTF-8
 */
function findBadByte(bytes: Uint8Array, lenient: string): { readonly before: string; readonly byte: number } {
  let [offset, length] = [0, 0];
  for (const character of lenient) {
    const own = Buffer.from(character);
    if (!own.equals(bytes.subarray(offset, offset + own.length))) break;
    offset += own.length;
    length += character.length;
  }
  return { before: lenient.slice(0, length), byte: bytes[offset] ?? 0 };
}

/**
 * Reads bytes as UTF-8. Others are a problem, and the text is what they most probably mean, so that the rest can be checked.
 *
 * @param file path of the file as authors know it
 */
export function decodeText(file: string, bytes: Uint8Array): DecodedText {
  const notUtf8 = {
    file,
    message: 'the file is not UTF-8',
    expected: 'UTF-8',
    hint: 'save it anew as UTF-8',
  };
  const utf16 = utf16In(bytes);
  if (utf16) {
    const text = new TextDecoder(utf16).decode(bytes);
    return { text, problem: { ...notUtf8, line: 1, column: 1, found: 'UTF-16' } };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), problem: undefined };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const { before, byte } = findBadByte(bytes, new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
    const lines = before.replace(/^\uFEFF/, '').split('\n');
    const windows = new TextDecoder('windows-1252');
    const found = `the byte ${byte.toString(16).toUpperCase()} (hexadecimal), "${windows.decode(Uint8Array.of(byte))}" in Windows-1252`;
    return {
      text: windows.decode(bytes),
      problem: { ...notUtf8, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, found },
    };
  }
}
