/** Files of a course that are no text in UTF-8. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type CourseFiles, readCourseFiles } from '../../src/content/course-files.ts';
import { decodeText } from '../../src/content/decode-text.ts';
import { readLedger } from '../../src/content/ledger-file.ts';
import { edited, headlines, replacing, report } from '../fixtures/edited-course.ts';

const temporary = await mkdtemp(join(tmpdir(), 'encoding-'));
afterAll(() => rm(temporary, { recursive: true }));

/** The small course, with the bytes of one file made from its text. */
async function encoded(path: string, encode: (text: string) => Uint8Array): Promise<CourseFiles> {
  const dir = await mkdtemp(join(temporary, 'course-'));
  await cp('manifest/example-course', dir, { recursive: true });
  await writeFile(join(dir, path), encode(await readFile(join(dir, path), 'utf8')));
  return readCourseFiles(dir);
}

/** Every character one byte, as in Windows-1252 where it is in Latin-1 too. */
const windows = (text: string) => Buffer.from(text.replaceAll(/[“”—]/g, '"').replace('ō', 'ô'), 'latin1');
const utf16le = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');
const utf16be = (text: string) => utf16le(text).swap16();

describe('a file that is not UTF-8', () => {
  it('is named with the place of its first byte that is not', async () => {
    expect(report(await encoded('pages/020-time.md', windows))).toMatchInlineSnapshot(`
      "pages/020-time.md:13:35  the file is not UTF-8
        expected  UTF-8
        found     the byte B0 (hexadecimal), "°" in Windows-1252
        hint      save it anew as UTF-8"
    `);
  });

  it.each([
    ['with its mark, the low byte first', utf16le],
    ['with its mark, the high byte first', utf16be],
    ['without a mark', (text: string) => Buffer.from(text, 'utf16le')],
    ['without a mark, the high byte first', (text: string) => Buffer.from(text, 'utf16le').swap16()],
  ])('is told to be UTF-16: %s', async (_how, encode) => {
    expect(report(await encoded('quiz.yaml', encode))).toBe(
      [
        'quiz.yaml:1:1  the file is not UTF-8',
        '  expected  UTF-8',
        '  found     UTF-16',
        '  hint      save it anew as UTF-8',
      ].join('\n'),
    );
  });

  it.each(['course.yaml', 'checks.yaml', 'glossary.yaml', 'sources.yaml', 'pages/010-water.md'])(
    'hides nothing else that is wrong: %s',
    async (path) => {
      const files = await encoded(path, (text) => windows(text.replace(/(?<= [a-z]+ )[a-z]/, 'é')));
      const wrong = edited(files, 'quiz.yaml', replacing('section: water/water', 'section: water/watre'));
      const [others, encoding] = [true, false].map((isOther) =>
        headlines(wrong).filter((line) => line.startsWith('quiz.yaml') === isOther),
      );
      expect(encoding).toEqual([expect.stringMatching(`^${path}:\\d+:\\d+ {2}the file is not UTF-8$`)]);
      expect(others).toEqual(['quiz.yaml:14:14  unknown section']);
    },
  );

  it.each([
    ['programs/short.yaml', '\n# é'],
    ['programs/strict/pages/sugar.md', '\n\nO é'],
  ])('may belong to a program: %s', async (path, end) => {
    const files = await encoded(path, (text) => windows(`${text}${end}`));
    expect(headlines(files)).toEqual([expect.stringMatching(`^${path}:\\d+:3 {2}the file is not UTF-8$`)]);
  });

  it('is not written back as the ledger', async () => {
    const files = await encoded('ids.lock.yaml', (text) => windows(`# é\n${text}`));
    expect(readLedger(files)).toMatchObject({
      ok: false,
      problems: [{ line: 1, column: 3, message: 'the file is not UTF-8' }],
    });
  });
});

describe('text from bytes', () => {
  it.each([
    ['nothing', '', ''],
    ['a byte order mark', '\uFEFFa', 'a'],
    ['letters of many bytes', 'é水🍵\u0000', 'é水🍵\u0000'],
    ['the sign for what could not be read', 'a\uFFFDb', 'a\uFFFDb'],
  ])('is read with %s', (_what, written, text) => {
    expect(decodeText('a.md', Buffer.from(written))).toEqual({ text, problem: undefined });
  });

  it('breaks off at the first byte that is none, whatever stands around it', () => {
    // A letter of Windows-1252 at the end, before a letter, or before what could belong to it.
    const broken = fc.constantFrom(
      [0xe9],
      [0xef, 0x73],
      [0xe2, 0x82],
      [0xff],
      [0x80],
      [0xc0, 0x80],
      [0xed, 0xa0, 0x80],
    );
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        broken,
        fc.string({ unit: 'binary' }),
        (before, bytes, after) => {
          fc.pre(
            ![...`${before} `.slice(0, 2)].includes('\0') && !before.startsWith('\uFEFF') && before !== '',
          );
          const text = before.replaceAll('\r', '');
          const { problem } = decodeText(
            'a.md',
            Buffer.concat([Buffer.from(text), Buffer.from(bytes), Buffer.from(`\n${after}`)]),
          );
          const lines = text.split('\n');
          expect(problem).toMatchObject({ line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 });
          expect(problem?.found).toContain(`the byte ${bytes[0]?.toString(16).toUpperCase()} `);
        },
      ),
    );
  });

  it('has its columns counted without a byte order mark', () => {
    const bytes = Buffer.concat([Buffer.from('\uFEFFab'), Buffer.of(0xe9)]);
    expect(decodeText('a.md', bytes).problem).toMatchObject({ line: 1, column: 3 });
  });
});
