import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitReader, BitWriter } from '../../src/attempt/bits.ts';

const written = (write: (writer: BitWriter) => void): string => {
  const writer = new BitWriter();
  write(writer);
  return writer.text();
};
const value = fc.oneof(fc.nat(100), fc.nat(), fc.integer({ min: 0, max: 2 ** 40 }));

describe('Bits', () => {
  it('are six to a character, the last one filled up with zeros', () => {
    expect(written((writer) => writer.bits(0, 6))).toBe('A');
    expect(written((writer) => writer.bits(63, 6))).toBe('_');
    expect(written((writer) => writer.bits(1, 1))).toBe('g');
    expect(written((writer) => writer.bits(0b101, 7))).toBe('Cg');
    expect(written(() => undefined)).toBe('');
  });

  it('numbers of every sort come back in the order in which they were written', () => {
    const entry = fc.oneof(
      fc.tuple(fc.constant('bits'), fc.integer({ min: 0, max: 2 ** 38 - 1 })),
      fc.tuple(fc.constant('golomb'), value),
      fc.tuple(fc.constant('float'), fc.double()),
    );
    fc.assert(
      fc.property(fc.array(entry), fc.nat(12), (entries, k) => {
        const text = written((writer) => {
          for (const [sort, number] of entries) {
            if (sort === 'bits') writer.bits(number, 38);
            else if (sort === 'golomb') writer.expGolomb(number, k);
            else writer.float64(number);
          }
        });
        const reader = new BitReader(text);
        for (const [sort, number] of entries) {
          const read =
            sort === 'bits' ? reader.bits(38) : sort === 'golomb' ? reader.expGolomb(k) : reader.float64();
          expect(read).toBe(number);
        }
        expect(reader.ended).toBe(false);
        expect(reader.left).toBeLessThan(6);
      }),
    );
  });

  it('columns come back', () => {
    fc.assert(
      fc.property(fc.array(value), (values) => {
        const reader = new BitReader(written((writer) => writer.column(values)));
        expect(reader.column(values.length)).toEqual(values);
        expect(reader.ended).toBe(false);
      }),
    );
  });

  it.each<[string, number[], number]>([
    ['only zeros: six bits for all', Array.from({ length: 60 }, () => 0), 1],
    [
      'all alike: as many bits each as the largest has',
      Array.from({ length: 60 }, (_, i) => 4 + (i % 4)),
      1 + 30,
    ],
    [
      'one large among small: the small ones stay short',
      [...Array.from({ length: 60 }, () => 0), 1000],
      1 + 14,
    ],
  ])('a column of %s', (_, values, characters) => {
    expect(written((writer) => writer.column(values))).toHaveLength(characters);
  });
});

describe('Reading what is not there', () => {
  it('is 0, and told', () => {
    const reader = new BitReader('_');
    expect([reader.bits(6), reader.ended]).toEqual([63, false]);
    expect([reader.bits(1), reader.ended, reader.left]).toEqual([0, true, 0]);
  });

  it('a number that is too large to be exact counts as not there', () => {
    const reader = new BitReader(`${'A'.repeat(9)}${'_'.repeat(20)}`);
    expect([reader.expGolomb(0), reader.ended]).toEqual([0, true]);
  });

  it('never throws and always ends, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(40), (text, k) => {
        const reader = new BitReader(text);
        while (!reader.ended) {
          const read = [reader.expGolomb(k % 32), reader.float64(), ...reader.column(k), reader.bits(38)];
          expect(read.every((number) => typeof number === 'number')).toBe(true);
        }
      }),
    );
  });
});
