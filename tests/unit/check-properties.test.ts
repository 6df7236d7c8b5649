/** Whatever the bytes are, the checker gives a report: it never throws and never waits for ever. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPackage, formatReport, rules } from '../../manifest/check/check-package.ts';
import { good, goodFiles, type Kind, manifestName, withFiles } from '../fixtures/check/packages.ts';
import { rawZip } from '../fixtures/check/raw-zip.ts';

const kinds: readonly Kind[] = ['scorm12', 'scorm2004-3rd', 'scorm2004-4th', 'cmi5'];
const kind = fc.constantFrom(...kinds);

async function expectReport(bytes: Uint8Array): Promise<void> {
  const report = await checkPackage(bytes, 'course.zip');
  expect(report.file).toBe('course.zip');
  for (const found of report.findings) {
    expect(rules).toHaveProperty([found.rule]);
    expect(found.file).not.toBe('');
    for (const words of [found.message, found.expected, found.found, found.hint]) expect(words).not.toBe('');
  }
  expect(formatReport(report)).toContain('course.zip');
  if (!report.package) expect(report.findings.some(({ severity }) => severity === 'error')).toBe(true);
}

/** Bytes of a good package or text, some of them another. */
const mutated = (source: Uint8Array, changes: readonly (readonly [number, number])[]): Uint8Array => {
  const copy = Uint8Array.from(source);
  for (const [place, value] of changes) copy[Math.floor(place * copy.length)] = value;
  return copy;
};
const changes = fc.array(
  fc.tuple(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.integer({ min: 0, max: 255 })),
  { minLength: 1, maxLength: 8 },
);

const runs = (numRuns: number) => ({
  numRuns,
  interruptAfterTimeLimit: 60_000,
  markInterruptAsFailure: true,
});

describe('the checker gives a report', () => {
  it('for any bytes', { timeout: 90_000 }, async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 4000 }), expectReport), runs(300));
  });

  it('for any bytes that start and end as a zip', { timeout: 90_000 }, async () => {
    const end = rawZip([]);
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 400 }),
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        (body, fields) =>
          expectReport(
            Buffer.concat([
              Buffer.from('PK\u0003\u0004', 'latin1'),
              body,
              end.slice(0, 4),
              fields,
              Buffer.alloc(2),
            ]),
          ),
      ),
      runs(300),
    );
  });

  it('for a good zip with some bytes changed', { timeout: 90_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(kind, changes, (name, list) => expectReport(mutated(good(name), list))),
      runs(400),
    );
  });

  it('for a good zip with bytes of its directory changed', { timeout: 90_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(kind, changes, (name, list) => {
        const zip = good(name);
        const directory = Buffer.from(zip).indexOf('PK\u0001\u0002', 0, 'latin1');
        return expectReport(Buffer.concat([zip.slice(0, directory), mutated(zip.slice(directory), list)]));
      }),
      runs(600),
    );
  });

  it('for a good zip that was cut off', { timeout: 90_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(kind, fc.double({ min: 0, max: 1, noNaN: true }), (name, part) => {
        const zip = good(name);
        return expectReport(zip.slice(0, Math.floor(part * zip.length)));
      }),
      runs(100),
    );
  });

  it('for a manifest with some bytes changed', { timeout: 90_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(kind, changes, (name, list) => {
        const text = Buffer.from(goodFiles(name)[manifestName(name)] ?? '');
        return expectReport(withFiles(name, { [manifestName(name)]: mutated(text, list) }));
      }),
      runs(400),
    );
  });

  it('for a manifest with lines left out, doubled or in another order', { timeout: 90_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(kind, fc.array(fc.nat(60), { maxLength: 60 }), fc.nat(40), (name, order, kept) => {
        const lines = String(goodFiles(name)[manifestName(name)]).split('\n');
        const start = lines.slice(0, kept);
        const text = [
          ...start,
          ...order.map((index) => lines[index % lines.length] ?? ''),
          ...lines.slice(kept),
        ];
        return expectReport(withFiles(name, { [manifestName(name)]: text.join('\n') }));
      }),
      runs(300),
    );
  });

  it('for any text in the place of every value of a manifest', { timeout: 90_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        kind,
        fc.nat(60),
        fc.string({ unit: 'binary', maxLength: 300 }),
        (name, which, value) => {
          const escaped = value
            .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
            .replaceAll('&', '&amp;')
            .replaceAll('<', '&lt;')
            .replaceAll('"', '&quot;');
          let index = 0;
          const text = String(goodFiles(name)[manifestName(name)]).replaceAll(
            /(?<=")[^"]*(?=")|(?<=>)[^<\n]+/g,
            (old) => (index++ === which ? escaped : old),
          );
          return expectReport(withFiles(name, { [manifestName(name)]: text }));
        },
      ),
      runs(400),
    );
  });

  it('for files of any names', { timeout: 90_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 30 }), { maxLength: 10 }), (names) =>
        expectReport(
          rawZip([
            ...names.map((name) => ({ name, flags: 0x800, content: 'x' })),
            ...Object.entries(goodFiles('scorm12')).map(([name, content]) => ({ name, content })),
          ]),
        ),
      ),
      runs(300),
    );
  });
});
