/** A short checksum: it finds accidents, and keeps nobody from forging. */
import { BitWriter } from './bits.ts';

/** Characters of a checksum; one text in 2^18 that has been altered passes. */
export const checksumLength = 3;

/** FNV-1a of `text`, 32 bits. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash;
}

/** FNV-1a of `text`, folded to 18 bits, in characters of six. */
export function checksum(text: string): string {
  const hash = fnv1a(text);
  const writer = new BitWriter();
  writer.bits((hash ^ (hash >>> 18)) & 0x3ffff, 6 * checksumLength);
  return writer.text();
}
