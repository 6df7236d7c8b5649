/**
 * Ids of statements that follow from what they say (UUID version 5, RFC 9562 5.5). A fact that is told again, after an
 * answer that got lost, a reload, or in a later session from another device, has the id that it had: an LRS keeps no
 * second statement of one id (xAPI 1.0.3, Part 3, 2.1.1), so that nothing is there twice whatever happens.
 *
 * Browsers offer SHA-1 in secure contexts only, and not at once: a page that is leaving cannot wait for it.
 */

/** Names are addresses, in the words of RFC 9562 6.6: 6ba7b811-9dad-11d1-80b4-00c04fd430c8. */
const namespace = [
  0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0, 0xc0, 0x4f, 0xd4, 0x30, 0xc8,
];

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/** The five words of SHA-1 (FIPS 180-4, 6.1). */
function sha1(message: readonly number[]): readonly number[] {
  const length = message.length;
  const bytes = [...message, 0x80];
  while (bytes.length % 64 !== 56) bytes.push(0);
  // No message has more than 2³² bits.
  for (let shift = 56; shift >= 0; shift -= 8) bytes.push(shift > 31 ? 0 : ((length * 8) >>> shift) & 255);
  let hash = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  for (let block = 0; block < bytes.length; block += 64) {
    const words: number[] = [];
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = hash;
    for (let round = 0; round < 80; round++) {
      const at = (back: number) => words[round - back] ?? 0;
      const from = block + 4 * round;
      const word =
        round < 16
          ? bytes.slice(from, from + 4).reduce((whole, byte) => (whole << 8) | byte, 0)
          : rotate(at(3) ^ at(8) ^ at(14) ^ at(16), 1);
      words.push(word);
      const [mixed, constant] =
        round < 20
          ? [(b & c) | (~b & d), 0x5a827999]
          : round < 40
            ? [b ^ c ^ d, 0x6ed9eba1]
            : round < 60
              ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
              : [b ^ c ^ d, 0xca62c1d6];
      const next = (rotate(a, 5) + mixed + e + constant + word) | 0;
      [a, b, c, d, e] = [next, a, rotate(b, 30), c, d];
    }
    hash = [a, b, c, d, e].map((word, index) => (word + (hash[index] ?? 0)) | 0);
  }
  return hash;
}

/** @param facts what the statement says; the same facts give the same id */
export function statementId(...facts: readonly unknown[]): string {
  const digest = sha1([...namespace, ...new TextEncoder().encode(JSON.stringify(facts))]);
  const digits = digest.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  const variant = ((Number.parseInt(digits.charAt(16), 16) & 3) | 8).toString(16);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `5${digits.slice(13, 16)}`,
    variant + digits.slice(17, 20),
    digits.slice(20, 32),
  ].join('-');
}
