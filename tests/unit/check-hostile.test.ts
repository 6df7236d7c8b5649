/** Zips that were made to do harm: each gets an error, in little time, and nothing of it is carried out. */
import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { checkFile } from '../../manifest/check/check-file.ts';
import {
  type CheckReport,
  checkPackage,
  formatReport,
  type RuleId,
} from '../../manifest/check/check-package.ts';
import { broken, goodFiles, replaced, withFiles, zipped } from '../fixtures/check/packages.ts';
import { type RawEntry, rawZip, unicodePath } from '../fixtures/check/raw-zip.ts';

const goodEntries: RawEntry[] = Object.entries(goodFiles('scorm12')).map(([name, content]) => ({
  name,
  content,
}));
const manifest = String(goodFiles('scorm12')['imsmanifest.xml']);

const errorsOf = ({ findings }: CheckReport): RuleId[] => [
  ...new Set(findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)),
];
const errorsIn = async (bytes: Uint8Array): Promise<RuleId[]> =>
  errorsOf(await checkPackage(bytes, 'course.zip'));
const withEntry = (entry: RawEntry): Uint8Array => rawZip([...goodEntries, entry]);

describe('the zips of these tests', () => {
  it('are in order where nothing is broken', async () => {
    expect((await checkPackage(rawZip(goodEntries), 'course.zip')).findings).toEqual([]);
  });
});

describe('an unsafe name', () => {
  it.each([
    '../evil.html',
    'media/../../evil.html',
    '..\\evil.html',
    '/etc/passwd',
    '\\\\server\\share\\a.html',
    'C:\\evil.html',
    'c:evil.html',
    'a.html\u0000.jpg',
    '/',
    '..',
    'media/..',
    '',
  ])('is an error: %j', async (name) => {
    expect(await errorsIn(withEntry({ name, content: 'x' }))).toContain('zip-unsafe-name');
  });

  it('is an error in every entry, not in the first alone', async () => {
    const { findings } = await checkPackage(
      rawZip([{ name: '../a' }, ...goodEntries, { name: '../b' }, { name: '/c' }]),
      'course.zip',
    );
    expect(findings.filter(({ rule }) => rule === 'zip-unsafe-name').map(({ file }) => file)).toEqual([
      '../a',
      '../b',
      '/c',
    ]);
  });

  it('is one that is not in the encoding that the zip says', async () => {
    const name = Buffer.from([0x61, 0xff, 0xfe]);
    expect(await errorsIn(withEntry({ name, flags: 0x800, content: 'x' }))).toEqual(['zip-unsafe-name']);
    expect(await errorsIn(withEntry({ name, content: 'x' }))).toEqual([]);
  });

  it('of 30,000 folders is told, however many there are', async () => {
    const entries = Array.from(
      { length: 100 },
      (_, index): RawEntry => ({ name: `${'a/'.repeat(32_000)}${index}` }),
    );
    const { findings } = await checkPackage(rawZip([...goodEntries, ...entries]), 'course.zip');
    expect(findings.map(({ rule }) => rule)).toContain('name-too-long');
  }, 20_000);

  it('of 200 folders in 20,000 files is read to its end', async () => {
    const entries = Array.from(
      { length: 20_000 },
      (_, index): RawEntry => ({ name: `${'a/'.repeat(200)}${index}`, method: 0 }),
    );
    const zip = rawZip([...goodEntries, ...entries, { name: 'a/a', content: 'x' }]);
    const { findings } = await checkPackage(zip, 'course.zip');
    expect(findings.filter(({ rule }) => rule === 'name-file-and-folder')).toHaveLength(1);
  }, 20_000);

  it('may have dots in it', async () => {
    expect(await errorsIn(withEntry({ name: 'a..b/c...html', content: 'x' }))).toEqual([]);
  });

  it('cannot rewrite the terminal of whoever reads the report', async () => {
    const report = await checkPackage(
      withEntry({ name: 'a\u001b[2J\u202egpj.exe\n\u009b.html', flags: 0x800, content: 'x' }),
      'b\u001b[2J.zip',
    );
    expect(formatReport(report)).not.toMatch(/(?!\n)\p{Cc}|[\u202a-\u202e]/u);
  });
});

describe('a bomb', () => {
  const zeros = Buffer.alloc(64 * 1024 ** 2);

  it('in the manifest is not unpacked where it says its size', async () => {
    const bomb = rawZip([{ name: 'imsmanifest.xml', content: zeros }]);
    expect(await errorsIn(bomb)).toEqual(['manifest-too-large']);
  });

  it('in the manifest is stopped where it lies about its size', async () => {
    const before = process.memoryUsage().arrayBuffers;
    const bomb = rawZip([{ name: 'imsmanifest.xml', content: manifest, packed: deflateRawSync(zeros) }]);
    expect(await errorsIn(bomb)).toContain('zip-size-lies');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(zeros.length);
  });

  it('in the launch page is stopped as well', async () => {
    const entries = goodEntries.map((entry) =>
      entry.name === 'index.html' ? { ...entry, packed: deflateRawSync(zeros) } : entry,
    );
    expect(await errorsIn(rawZip(entries))).toContain('zip-size-lies');
  });

  it('in any other file is found by its sizes', async () => {
    expect(
      await errorsIn(withEntry({ name: 'a.css', content: '', packed: Buffer.alloc(2000, 7) })),
    ).toContain('zip-size-lies');
    expect(await errorsIn(withEntry({ name: 'a.css', content: '', size: 0xfffffff0 }))).toContain('zip-bomb');
  });

  it('that says that it is larger than any course is found, however little it is packed', async () => {
    const film: RawEntry = { name: 'film.mp4', method: 0, content: Buffer.alloc(60 * 1024 ** 2) };
    const sizes: RawEntry[] = [1, 2, 3].map((number) => ({
      name: `${number}`,
      packed: Buffer.alloc(20 * 1024 ** 2),
      size: 2.9e9,
    }));
    expect(await errorsIn(rawZip([...goodEntries, film, ...sizes]))).toEqual(['zip-bomb']);
  });

  it('of many files that share their bytes is found', async () => {
    const kernel: RawEntry = { name: 'a', content: zeros.subarray(0, 1024 ** 2) };
    const overlapping = rawZip([
      kernel,
      ...Array.from({ length: 500 }, (_, index): RawEntry => ({ ...kernel, name: `a${index}`, offset: 0 })),
    ]);
    expect(await errorsIn(overlapping)).toEqual(expect.arrayContaining(['zip-overlap', 'zip-bomb']));
  }, 20_000);
});

describe('a zip that lies', () => {
  const sized = (field: 'uncompressed' | 'all', value: bigint): Uint8Array => {
    const extra = Buffer.alloc(4 + (field === 'all' ? 24 : 8));
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(extra.length - 4, 2);
    for (let at = 4; at < extra.length; at += 8) extra.writeBigUInt64LE(value, at);
    return extra;
  };

  it.each([
    ['of petabytes', 'uncompressed', 2n ** 50n],
    ['of more bytes than numbers can count', 'uncompressed', 2n ** 64n - 1n],
  ] as const)('by zip64 about a size %s is a bomb', async (_name, field, value) => {
    const entry: RawEntry = { name: 'a', content: 'x', size: 0xffffffff, extra: sized(field, value) };
    expect(await errorsIn(withEntry(entry))).toContain('zip-bomb');
  });

  it('by zip64 about where a file is, is damaged', async () => {
    const lie: RawEntry = {
      name: 'a',
      content: 'x',
      size: 0xffffffff,
      packedSize: 0xffffffff,
      offset: 0xffffffff,
      extra: sized('all', 2n ** 63n),
    };
    expect(await errorsIn(withEntry(lie))).toContain('zip-damaged');
  });

  it('about the size of a file in the file’s own header is found', async () => {
    expect(await errorsIn(withEntry({ name: 'a', content: 'x', localPackedSize: 1 }))).toEqual([
      'zip-directory-lies',
    ]);
  });

  it('about how a file is packed in the file’s own header is found', async () => {
    expect(await errorsIn(withEntry({ name: 'a', content: 'x', localMethod: 0 }))).toEqual([
      'zip-directory-lies',
    ]);
  });

  it('about any file is found, not about the manifest alone', async () => {
    const content = 'a {}'.repeat(100);
    expect(await errorsIn(withEntry({ name: 'a.css', content, crc: 1 }))).toEqual(['zip-damaged']);
    expect(await errorsIn(withEntry({ name: 'a.css', content, packed: Buffer.alloc(60, 255) }))).toEqual([
      'zip-damaged',
    ]);
    expect(await errorsIn(withEntry({ name: 'a.css', content, size: 399 }))).toEqual(['zip-size-lies']);
    expect(await errorsIn(withEntry({ name: 'a.css', content, size: 401 }))).toEqual(['zip-size-lies']);
  });

  it('about 2,000 files that share 50 MB is found', async () => {
    const kernel: RawEntry = { name: 'a', method: 0, content: Buffer.alloc(50 * 1024 ** 2, 'film') };
    const { findings } = await checkPackage(
      rawZip([
        kernel,
        ...Array.from(
          { length: 2000 },
          (_, index): RawEntry => ({
            name: `a${index}`,
            method: 0,
            size: 50 * 1024 ** 2,
            packedSize: 50 * 1024 ** 2,
            offset: 0,
          }),
        ),
      ]),
      'course.zip',
    );
    expect(findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['zip-overlap', 'zip-bomb']));
  }, 20_000);

  it('about files within a file is found, for every one of them', async () => {
    const first: RawEntry = { name: 'first', method: 0, content: 'abc' };
    const second: RawEntry = { name: 'second', method: 0, content: 'def' };
    // Headers of 30 bytes, names and data: the outer file's data start at 35, the second file 38 bytes later.
    const outer: RawEntry = { name: 'outer', method: 0, content: rawZip([first, second]) };
    const { findings } = await checkPackage(
      rawZip([outer, ...goodEntries, { ...first, offset: 35 }, { ...second, offset: 73 }]),
      'course.zip',
    );
    expect(findings.filter(({ rule }) => rule === 'zip-overlap').map(({ file }) => file)).toEqual([
      'first',
      'second',
    ]);
  });

  it('about the number of its files hides some', async () => {
    expect(await errorsIn(rawZip(goodEntries, { count: 3 }))).toContain('zip-directory-lies');
    expect(await errorsIn(rawZip(goodEntries, { count: 7 }))).toContain('zip-damaged');
  });

  it('about its directory is damaged', async () => {
    expect(await errorsIn(rawZip(goodEntries, { directoryOffset: 3 }))).toEqual(['zip-damaged']);
    expect(await errorsIn(rawZip(goodEntries, { directorySize: 3 }))).toEqual(['zip-directory-lies']);
  });

  it('about how long a file is, past the end of the zip, is damaged', async () => {
    const { findings } = await checkPackage(
      withEntry({ name: 'a.css', content: 'a {}', packedSize: 100_000 }),
      'course.zip',
    );
    expect(findings.filter(({ rule }) => rule === 'zip-damaged').map(({ file }) => file)).toEqual(['a.css']);
  });

  it('about a checksum is damaged', async () => {
    const entries = goodEntries.map((entry) => (entry.name === 'index.html' ? { ...entry, crc: 1 } : entry));
    expect(await errorsIn(rawZip(entries))).toContain('zip-damaged');
  });

  it('about a stored file is found', async () => {
    expect(await errorsIn(withEntry({ name: 'a', method: 0, content: 'abc', size: 5 }))).toEqual([
      'zip-size-lies',
    ]);
  });

  it('has a manifest that cannot be read without a password', async () => {
    const entries = goodEntries.map((entry) =>
      entry.name === 'imsmanifest.xml' ? { ...entry, flags: 1 } : entry,
    );
    expect(await errorsIn(rawZip(entries))).toEqual(['zip-encrypted']);
  });

  it('has strong encryption', async () => {
    expect(await errorsIn(withEntry({ name: 'a', content: 'x', flags: 0x41 }))).toEqual(['zip-encrypted']);
  });
});

describe('a file that some programs unpack and others do not see', () => {
  const evil: RawEntry = { name: '../../evil.jsp', content: 'x', hidden: true };
  const [first, ...others] = goodEntries;

  it.each([
    ['before the first', [evil, ...goodEntries]],
    ['between two', [...(first ? [first] : []), evil, ...others]],
    ['after the last', [...goodEntries, evil]],
  ])('is found %s of the directory', async (_name, entries) => {
    expect(await errorsIn(rawZip(entries))).toEqual(['zip-directory-lies']);
  });

  it('is not seen in what stands between files otherwise', async () => {
    const padded = rawZip(goodEntries, { beforeDirectory: Buffer.alloc(5000, 'J') });
    expect((await checkPackage(padded, 'course.zip')).findings).toEqual([]);
    const marked = rawZip(goodEntries, {}, Buffer.from('PK00'));
    expect((await checkPackage(marked, 'course.zip')).findings).toEqual([]);
  });

  it('is found in a second directory', async () => {
    const entries = Buffer.from(rawZip(goodEntries));
    const directory = entries.subarray(entries.indexOf('PK\u0001\u0002', 0, 'latin1'), -22);
    const other = Buffer.from(directory.toString('latin1').replace('index.html', '../ev.html'), 'latin1');
    expect(await errorsIn(rawZip(goodEntries, { afterDirectory: other }))).toEqual(['zip-directory-lies']);
    expect(await errorsIn(rawZip(goodEntries, { beforeDirectory: other }))).toEqual(['zip-directory-lies']);
  });

  it('is found where the end of zip64 does not count it', async () => {
    expect(await errorsIn(rawZip(goodEntries, { zip64: {} }))).toEqual([]);
    for (const zip64 of [{ count: 4 }, { count: 4, directorySize: 200 }, { directoryOffset: 0 }]) {
      const all = { count: 0xffff, directorySize: 0xffffffff, directoryOffset: 0xffffffff };
      const errors = await errorsIn(rawZip(goodEntries, { ...all, zip64 }));
      expect(errors.filter((rule) => ['zip-directory-lies', 'zip-damaged'].includes(rule))).toHaveLength(1);
    }
  });
});

describe('a file with two names', () => {
  it.each([
    ['../../evil.php', 'nice.html'],
    ['nice.html', '../../evil.php'],
    ['evil.php', 'nice\u00e9.html'],
    ['a/b.css', 'a\u00e9b.css'],
  ])('is found: %j and %j', async (name, unicode) => {
    const extra = unicodePath(name, unicode);
    for (const where of ['extra', 'localExtra']) {
      expect(await errorsIn(withEntry({ name, content: 'x', [where]: extra }))).toContain(
        'zip-directory-lies',
      );
    }
  });

  it.each(['na\u0082me.css', 'na?me.css', 'na#U00e9me.css', 'na_me.css', 'na\u00c3\u00a9me.css'])(
    'is one in an old code page, and in Unicode beside it: %j',
    async (name) => {
      const entry = { name: Buffer.from(name, 'latin1'), content: 'x' };
      const extra = unicodePath(name, 'na\u00e9me.css');
      expect(await errorsIn(withEntry({ ...entry, extra }))).toEqual([]);
      expect(await errorsIn(withEntry({ ...entry, localExtra: extra }))).toEqual([]);
      expect(await errorsIn(withEntry({ ...entry, extra, localExtra: extra }))).toEqual([]);
    },
  );
});

describe('a file of more than can be unpacked at once', () => {
  const film = Buffer.alloc(70 * 1024 ** 2, 'film');

  it('is held to its checksum', async () => {
    for (const method of [0, 8]) {
      expect(await errorsIn(withEntry({ name: 'film.mp4', method, content: film }))).toEqual([]);
      expect(await errorsIn(withEntry({ name: 'film.mp4', method, content: film, crc: 1 }))).toEqual([
        'zip-damaged',
      ]);
    }
  }, 20_000);

  it('is held to its size, and unpacked no further, in little memory', async () => {
    const content = Buffer.alloc(400 * 1024 ** 2);
    const packed = deflateRawSync(content);
    const before = process.memoryUsage().arrayBuffers;
    const size = 50 * 1024 ** 2;
    expect(await errorsIn(withEntry({ name: 'film.mp4', packed, size, crc: 1 }))).toEqual(['zip-size-lies']);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(size);
    const larger = withEntry({ name: 'film.mp4', content: film, size: film.length + 1 });
    expect(await errorsIn(larger)).toEqual(['zip-size-lies']);
    const cut = deflateRawSync(film).subarray(0, -10);
    expect(await errorsIn(withEntry({ name: 'film.mp4', content: film, packed: cut }))).toEqual([
      'zip-damaged',
    ]);
  }, 20_000);
});

describe('a zip in another file', () => {
  const before = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(500)]);
  const rulesOf = async (bytes: Uint8Array): Promise<string[]> =>
    (await checkPackage(bytes, 'course.zip')).findings.map(({ rule }) => rule);

  it('is read all the same where something stands before it', async () => {
    for (const end of [{}, { zip64: {} }]) {
      expect(await rulesOf(Buffer.concat([before, rawZip(goodEntries, end)]))).toEqual(['zip-prefix']);
    }
    expect(await rulesOf(rawZip(goodEntries, {}, before))).toEqual(['zip-prefix']);
  });

  it('is read all the same where something stands after it', async () => {
    const zip = rawZip(goodEntries, { comment: Buffer.from('made by hand') });
    expect(await rulesOf(Buffer.concat([zip, Buffer.from('\r\n')]))).toEqual(['zip-trailing-bytes']);
    expect(await rulesOf(Buffer.concat([before, zip, Buffer.from('\r\n')]))).toEqual([
      'zip-prefix',
      'zip-trailing-bytes',
    ]);
  });

  it('may be two zips, of which one is hidden', async () => {
    const other = rawZip([{ name: '../../evil.jsp', content: 'x' }]);
    expect(await errorsIn(Buffer.concat([other, rawZip(goodEntries)]))).toContain('zip-prefix');
  });
});

describe('the comment of a zip', () => {
  it('may hold what looks like another end', async () => {
    for (const length of [0, 1, 10, 17]) {
      const comment = Buffer.concat([Buffer.from('about PK\u0005\u0006', 'latin1'), Buffer.alloc(length)]);
      expect(await errorsIn(rawZip(goodEntries, { comment }))).toEqual([]);
    }
  });

  it('that would be read as another directory is an error', async () => {
    const comment = Buffer.concat([Buffer.from('PK\u0005\u0006', 'latin1'), Buffer.alloc(30)]);
    expect(await errorsIn(rawZip(goodEntries, { comment }))).toEqual(['zip-damaged']);
  });
});

describe('a path on the command line', () => {
  it.each([
    ['a folder', 'tests/fixtures/check', 'a folder'],
    ['nothing', 'tests/fixtures/check/gone.zip', 'nothing of that name'],
    ['nothing in a file', 'package.json/course.zip', 'nothing of that name'],
    ['a device', '/dev/zero', 'a device or a pipe'],
    ['a name without end', 'x'.repeat(10_000), 'a name that is too long'],
  ])('may lead to %s, which is told', async (_name, path, found) => {
    const report = await checkFile(path);
    expect(report.findings.map((each) => [each.rule, each.found])).toEqual([['zip-unreadable', found]]);
    expect(report.package).toBeUndefined();
  });

  it('may lead to a file', async () => {
    expect(errorsOf(await checkFile('package.json'))).toEqual(['zip-not-a-zip']);
  });
});

describe('more files than any course has', () => {
  it.each([65_000, 100_000])(
    'are told: %d',
    async (length) => {
      const zip = rawZip(Array.from({ length }, (_, index) => ({ name: `${index}`, method: 0 })));
      const errors = await errorsIn(zip);
      // Without zip64, the count of 100,000 does not fit into its 16 bits.
      expect(errors).toContain(length < 2 ** 16 ? 'zip-too-many-files' : 'zip-directory-lies');
    },
    20_000,
  );
});

describe('what is no zip', () => {
  it.each([
    ['nothing', ''],
    ['an HTML page', '<!doctype html><title>Log in</title>'],
    ['a PDF', '%PDF-1.7'],
    ['a manifest alone', manifest],
    ['text', 'hello'],
  ])('is told as such: %s', async (_name, text) => {
    const report = await checkPackage(Buffer.from(text), 'course.zip');
    expect(errorsOf(report)).toEqual(['zip-not-a-zip']);
    expect(report.findings[0]?.found).toMatchSnapshot();
  });

  it('is told from a zip that was cut off', async () => {
    const zip = rawZip(goodEntries);
    for (const length of [4, 30, 200, zip.length - 1]) {
      expect(await errorsIn(zip.slice(0, length))).toEqual(['zip-damaged']);
    }
  });
});

describe('a manifest', () => {
  const withManifest = (text: string | Uint8Array): Uint8Array =>
    withFiles('scorm12', { 'imsmanifest.xml': text });
  const declare = (doctype: string): string => replaced(manifest, '<manifest', `${doctype}<manifest`);

  it.each([
    ['entities', '<!DOCTYPE m [<!ENTITY a "b">]>'],
    ['an external entity', '<!DOCTYPE m [<!ENTITY a SYSTEM "file:///etc/passwd">]>'],
    ['an external subset', '<!DOCTYPE m SYSTEM "http://127.0.0.1:9/m.dtd">'],
    ['a comment before it', '<!-- <a> --><!DOCTYPE m [<!ENTITY a "b">]>'],
    ['a comment that seems to end', '<!--> x --><!DOCTYPE m [<!ENTITY a "b">]>'],
    ['an instruction before it', '<?a ?><!DOCTYPE m [<!ENTITY a "b">]>'],
  ])('is refused for its document type: %s', async (_name, doctype) => {
    expect(await errorsIn(withManifest(declare(doctype)))).toEqual(['xml-doctype']);
  });

  it('is refused for a document type in UTF-16', async () => {
    const text = declare('<!DOCTYPE m [<!ENTITY a "b">]>').replace('UTF-8', 'UTF-16');
    expect(await errorsIn(withManifest(Buffer.from(`\ufeff${text}`, 'utf16le')))).toEqual(['xml-doctype']);
  });

  it('hides nothing behind a processing instruction', async () => {
    const instruction = '<?a <b/> ?>';
    const text = manifest
      .replaceAll(/<(metadata|organizations|item|resource)\b[^>]*>/g, `$&${instruction}`)
      .replace('href="course.js"', 'href="gone.js"');
    expect(await errorsIn(withManifest(text))).toEqual(['file-missing']);
  });

  it('may speak of a document type', async () => {
    const text = replaced(manifest, 'A course', '<![CDATA[<!DOCTYPE html>]]><!-- <!DOCTYPE html> -->');
    expect(await errorsIn(withManifest(text))).toEqual([]);
  });

  it('never makes libxml2 read a file that it names', async () => {
    const schema = new URL('../../manifest/control-documents/scorm12/adlcp_rootv1p2.xsd', import.meta.url);
    expect(readFileSync(schema, 'utf8')).toContain('masteryscore');
    const text = replaced(
      manifest,
      'adlcp_rootv1p2.xsd"',
      `${schema.pathname} urn:x http://127.0.0.1:9/x.xsd"`,
    )
      .replace('</item>', '<x:a xmlns:x="urn:x"/></item>')
      .replace(
        '</metadata>',
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/></metadata>',
      );
    expect(await errorsIn(withManifest(text))).toEqual([]);
  });

  it.each([
    ['UTF-16, little end first', Buffer.from(`\ufeff${manifest.replace('UTF-8', 'UTF-16')}`, 'utf16le')],
    [
      'UTF-16, big end first',
      Buffer.from(`\ufeff${manifest.replace('UTF-8', 'UTF-16')}`, 'utf16le').swap16(),
    ],
    ['UTF-16 without a mark', Buffer.from(manifest.replace('UTF-8', 'UTF-16'), 'utf16le')],
    [
      'Windows-1252',
      Buffer.from(manifest.replace('UTF-8', 'windows-1252').replace('A course', 'Caf\u00e9'), 'latin1'),
    ],
  ])('may be in %s', async (_name, bytes) => {
    const report = await checkPackage(withManifest(bytes), 'course.zip');
    expect(report.findings.map(({ rule }) => rule)).toEqual(['xml-not-utf8']);
    expect(report.package?.title).toMatch(/^A course$|^Café$/);
  });

  it.each([
    ['UTF-16 over bytes', Buffer.from(manifest.replace('UTF-8', 'UTF-16'))],
    ['UTF-8 over UTF-16', Buffer.from(`\ufeff${manifest}`, 'utf16le')],
    ['an encoding that nobody knows', Buffer.from(manifest.replace('UTF-8', 'x-course'))],
  ])('is read although its declaration is wrong: %s', async (_name, bytes) => {
    const report = await checkPackage(withManifest(bytes), 'course.zip');
    expect(errorsOf(report)).toEqual(['xml-encoding']);
    expect(report.package?.title).toBe('A course');
  });

  it('of elements in elements without end is refused', async () => {
    expect(await errorsIn(broken('scorm12', [['</resources>', '<a>'.repeat(100_000)]]))).toEqual([
      'xml-malformed',
    ]);
  });

  it('of more tags than any course needs is not parsed', async () => {
    const comments = '<a/>'.repeat(150_000);
    expect(await errorsIn(broken('scorm12', [['</resources>', `${comments}</resources>`]]))).toEqual([
      'manifest-too-large',
    ]);
  });

  it('with a long base before 70,000 addresses is read to its end', async () => {
    const files = Array.from({ length: 70_000 }, (_, index) => `<file href="${index}"/>`).join('');
    for (const [base, rule] of [
      ['a/'.repeat(240), 'file-missing'],
      ['a/'.repeat(1900), 'href-invalid'],
    ]) {
      const based: [string, string] = ['<resources>', `<resources xml:base="${base}">`];
      const zip = broken('scorm12', [['<file href="course.js"/>', files], based]);
      const { findings } = await checkPackage(zip, 'course.zip');
      const told = findings.filter((found) => found.rule === rule);
      expect(told).toHaveLength(rule === 'href-invalid' ? 1 : 21);
    }
  }, 60_000);

  it.each([
    ['a title', ['A course', 'T'.repeat(1_000_000)]],
    ['the name of an element', ['</metadata>', `<${'q'.repeat(40_000)}/></metadata>`]],
    ['a type', ['adlcp:scormtype="sco"', `scormtype="${'s'.repeat(1_000_000)}"`]],
    ['a value', ['identifierref="r"', `identifierref="r" isvisible="${'\u202e'.repeat(100_000)}"`]],
  ] as const)('is told in few words however long %s is', async (_name, change) => {
    const report = await checkPackage(broken('scorm12', [change]), 'course.zip');
    for (const line of formatReport(report).split('\n')) expect(line.length).toBeLessThan(500);
  });

  it('with a broken rule at 10,000 places is told in few words', async () => {
    const files = Array.from({ length: 10_000 }, (_, index) => `<file href="f${index}.js"/>`).join('');
    const { findings } = await checkPackage(
      broken('scorm12', [['<file href="course.js"/>', files]]),
      'course.zip',
    );
    const missing = findings.filter(({ rule }) => rule === 'file-missing');
    expect(missing).toHaveLength(21);
    expect(missing.some(({ message }) => message === 'and 9,980 more like this one')).toBe(true);
  });

  it.each([
    [
      '60,000 identifiers that are one',
      'scorm12',
      '</organization>',
      '<item identifier="i"/>'.repeat(60_000),
    ],
    [
      '4,500 elements with 20 bad attributes',
      'scorm12',
      '</resource>',
      `<file ${Array.from({ length: 20 }, (_, index) => `a${index}="" `).join('')}/>`.repeat(4500),
    ],
    [
      '20,000 activities that share 50,000 objectives',
      'scorm2004-4th',
      '</manifest>',
      `<imsss:sequencingCollection><imsss:sequencing ID="a"><imsss:objectives>${Array.from({ length: 50_000 }, (_, index) => `<imsss:objective objectiveID="a${index}"/>`).join('')}</imsss:objectives></imsss:sequencing>${'<imsss:sequencing IDRef="a"/>'.repeat(20_000)}</imsss:sequencingCollection>`,
    ],
    ['140,000 tags in one line', 'scorm12', '</resource>', '<file href="a"/>'.repeat(140_000)],
    ['100,000 elements of nobody', 'scorm12', '</resources>', '<b xmlns="urn:b"/>'.repeat(100_000)],
  ] as const)(
    'is read to its end with %s',
    async (_name, kind, part, more) => {
      const { package: identity } = await checkPackage(
        broken(kind, [[part, `${more}${part}`]]),
        'course.zip',
      );
      expect(identity?.title).toBe('A course');
    },
    20_000,
  );
});

describe('a launch page', () => {
  it.each([
    ['comments', '<!--'.repeat(1_500_000)],
    ['tags', '<img src='.repeat(700_000)],
    ['scripts', '<script '.repeat(900_000)],
    ['scripts that are open', '<script>'.repeat(900_000)],
    ['scripts, comments and templates', '<script></script><template></template><!---->'.repeat(150_000)],
    ['attributes', `<img ${' src '.repeat(1_000_000)}`],
    ['bases', '<base '.repeat(1_300_000)],
  ])(
    'of %s that never end is read to its end',
    async (_name, text) => {
      const seen = '<script src="https://example.net/a.js"></script>';
      const files = { ...goodFiles('scorm12'), 'index.html': `${seen}${text}` };
      const { findings } = await checkPackage(zipped(files), 'course.zip');
      expect(findings.map(({ rule }) => rule)).toContain('launch-page-third-party');
    },
    10_000,
  );

  it('is read until 32 MB of pages have been', async () => {
    const numbers = [1, 2, 3, 4, 5];
    const item = (n: number) => `<item identifier="i${n}" identifierref="r${n}"><title>t</title></item>`;
    const resource = (n: number) =>
      `<resource identifier="r${n}" type="webcontent" adlcp:scormtype="sco" href="p${n}.html"><file href="p${n}.html"/></resource>`;
    const text = manifest
      .replace('</organization>', `${numbers.map(item).join('')}$&`)
      .replace('</resources>', `${numbers.map(resource).join('')}$&`);
    const page = Buffer.from('<img src=a.gif>'.repeat(540_000));
    const pages = Object.fromEntries(numbers.map((n) => [`p${n}.html`, page]));
    const zip = zipped({ ...goodFiles('scorm12'), 'imsmanifest.xml': text, ...pages });
    const { findings } = await checkPackage(zip, 'course.zip');
    const read = findings.filter(({ rule }) => rule === 'launch-page-missing-file').map(({ file }) => file);
    expect(read).toEqual(['p1.html', 'p2.html', 'p3.html', 'p4.html']);
  }, 60_000);
});
