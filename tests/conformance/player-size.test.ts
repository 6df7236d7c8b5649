/** What learners download of each wire. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bundlePlayer } from '../../manifest/bundle-player.ts';
import type { WireName } from '../../manifest/formats.ts';

const wires = ['scorm12', 'scorm2004', 'cmi5', 'local'] as const satisfies readonly WireName[];
const players = new Map(
  await Promise.all(wires.map(async (wire) => [wire, await bundlePlayer(wire)] as const)),
);
const scriptOf = (wire: WireName) => players.get(wire)?.script ?? '';
const gzipped = (wire: WireName) => gzipSync(scriptOf(wire), { level: 9 }).length;

/** Words that only the code of one wire needs. */
const words = {
  scorm12: 'cmi.core.lesson_status',
  scorm2004: 'cmi.completion_status',
  cmi5: 'LMS.LaunchData',
} as const;

describe.each(wires)('the player that speaks %s', (wire) => {
  it.each(Object.entries(words))('has the code of %s only if it is that one', (other, word) => {
    expect(scriptOf(wire).includes(word)).toBe(wire === other);
  });
});

it.each(wires)('that speaks %s is made to be shipped: nothing in it is for debugging', (wire) => {
  expect(scriptOf(wire)).not.toMatch(/dev mode|sourceMappingURL/i);
});

it('that speaks cmi5 takes at most 15 KB more than one that speaks SCORM', () => {
  expect(gzipped('cmi5')).toBeGreaterThan(gzipped('local'));
  expect(gzipped('cmi5') - gzipped('scorm12')).toBeLessThanOrEqual(15_000);
  expect(gzipped('local')).toBeLessThan(gzipped('scorm12'));
});
