/**
 * Numbers as few bits, and bits as text: six to a character, of the 64 that no LMS and no URL changes.
 *
 * All numbers are whole and from 0 to 2^52, where a float is exact; so bits are handled as digits, not by operators,
 * which know 32 of them.
 */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** `value` in exactly `width` binary digits, 0 to 52. */
const digits = (value: number, width: number): string => (value + 2 ** width).toString(2).slice(1);

/** How many binary digits `value` has; 0 for 0. */
const lengthOf = (value: number): number =>
  value < 2 ** 32 ? 32 - Math.clz32(value) : value.toString(2).length;

/** How many bits {@link BitWriter.expGolomb} takes. */
const golombLength = (value: number, k: number): number => 2 * lengthOf(value + 2 ** k) - 1 - k;

/** Largest parameter of a column. */
const most = 31;

/** Writes bits. */
export class BitWriter {
  #bits = '';

  /** A value less than 2^`width`. */
  bits(value: number, width: number): void {
    this.#bits += digits(value, width);
  }

  /** Any value; short where it is not much larger than 2^`k` (exponential Golomb code of order `k`). */
  expGolomb(value: number, k: number): void {
    const length = lengthOf(value + 2 ** k);
    this.#bits += '0'.repeat(length - 1 - k) + (value + 2 ** k).toString(2);
  }

  /** Any number, exactly (IEEE 754). */
  float64(value: number): void {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value);
    this.bits(view.getUint32(0), 32);
    this.bits(view.getUint32(4), 32);
  }

  /** Values of one sort, as short as they can all be written in one way; a column of zeros takes no bits but the way. */
  column(values: readonly number[]): void {
    const width = Math.max(0, ...values.map(lengthOf));
    const size = (k: number) => values.reduce((sum, value) => sum + golombLength(value, k), 0);
    let best = {
      fixed: 1,
      parameter: width,
      bits: width > most ? Number.POSITIVE_INFINITY : width * values.length,
    };
    for (let k = 0; k <= Math.min(width, most); k += 1) {
      const bits = size(k);
      if (bits < best.bits) best = { fixed: 0, parameter: k, bits };
    }
    this.bits(best.fixed, 1);
    this.bits(best.parameter, 5);
    for (const value of values) {
      if (best.fixed) this.bits(value, best.parameter);
      else this.expGolomb(value, best.parameter);
    }
  }

  /** Everything written; the last character filled up with zeros. */
  text(): string {
    return this.#bits.replace(/.{1,6}/g, (six) => alphabet.charAt(Number.parseInt(six.padEnd(6, '0'), 2)));
  }
}

/** Reads what {@link BitWriter} wrote, in the same order. Never throws: what is not there reads as 0. */
export class BitReader {
  readonly #bits: string;
  #at = 0;
  #ended = false;

  /** @param text of the 64 characters only; any other reads as the last of them */
  constructor(text: string) {
    this.#bits = text.replace(/./gs, (character) => digits(alphabet.indexOf(character) & 63, 6));
  }

  /** Whether more was asked for than there is, or than a number can hold: then what was read is not to be used. */
  get ended(): boolean {
    return this.#ended;
  }

  /** How many bits have not been read. */
  get left(): number {
    return Math.max(0, this.#bits.length - this.#at);
  }

  bits(width: number): number {
    if (width > this.left) this.#ended = true;
    const read = this.#bits.slice(this.#at, this.#at + width);
    this.#at += width;
    return this.#ended || width === 0 ? 0 : Number.parseInt(read, 2);
  }

  expGolomb(k: number): number {
    let width = k;
    while (!this.#ended && this.bits(1) === 0) width += 1;
    if (width > 52) this.#ended = true;
    return this.#ended ? 0 : this.bits(width) + 2 ** width - 2 ** k;
  }

  float64(): number {
    const view = new DataView(new ArrayBuffer(8));
    view.setUint32(0, this.bits(32));
    view.setUint32(4, this.bits(32));
    return view.getFloat64(0);
  }

  /** @param count how many values; given, not read, so it is the caller who keeps it within reason */
  column(count: number): number[] {
    const fixed = this.bits(1) === 1;
    const parameter = this.bits(5);
    const values: number[] = [];
    while (values.length < count && !this.#ended) {
      values.push(fixed ? this.bits(parameter) : this.expGolomb(parameter));
    }
    return values;
  }
}
