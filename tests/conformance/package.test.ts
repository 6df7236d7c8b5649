/** What is in the packages that are shipped, each program in each format. */
import { unzipSync } from 'fflate';
import { XmlAttribute, XmlDocument } from 'libxml2-wasm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { assemblePackage } from '../../manifest/assemble-package.ts';
import { bundlePlayer } from '../../manifest/bundle-player.ts';
import { checkPackage } from '../../manifest/check/check-package.ts';
import { formatOf } from '../../manifest/formats.ts';
import { zipPackage } from '../../manifest/zip.ts';
import { readCourse } from '../../src/content/read-course.ts';
import { type FormatName, formatNames } from '../../src/model/format-names.ts';

const read = await readCourse('course');
if (!read.ok) throw new Error(`course/ has ${read.problems.length} problems: npm run build lists them`);
const players = new Map(
  await Promise.all(
    [...new Set(formatNames.map((name) => formatOf(name).wire))].map(
      async (wire) => [wire, await bundlePlayer(wire)] as const,
    ),
  ),
);
const packages = await Promise.all(
  read.programs.flatMap((source) =>
    source.formats.map(async (name) => {
      const player = players.get(formatOf(name).wire);
      if (!player) throw new Error(`no player for ${name}`);
      const files = await assemblePackage(source, formatOf(name), player);
      const zip = zipPackage(files);
      const entries = unzipSync(zip);
      const { program } = source.course;
      return { program, name, source, files, zip, entries, names: Object.keys(entries) };
    }),
  ),
);
const isScorm = (name: FormatName) => formatOf(name).manifest?.path === 'imsmanifest.xml';

/** Values of the attributes of a manifest that `xpath` selects. */
function attributes(manifest: Uint8Array | undefined, xpath: string): string[] {
  const document = XmlDocument.fromBuffer(manifest ?? new Uint8Array());
  try {
    return document.find(xpath).flatMap((node) => (node instanceof XmlAttribute ? [node.value] : []));
  } finally {
    document.dispose();
  }
}

/** Lengths of the extra fields and comments of all entries, in both headers of each (PKWARE APPNOTE 4.3.7, 4.3.12). */
function extraLengths(zip: Uint8Array): number[] {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const short = (at: number) => view.getUint16(at, true);
  const lengths: number[] = [];
  let at = 0;
  for (; view.getUint32(at, true) === 0x04034b50; at += 30 + short(at + 26) + view.getUint32(at + 18, true)) {
    lengths.push(short(at + 28));
  }
  for (; view.getUint32(at, true) === 0x02014b50; at += 46 + short(at + 28)) {
    lengths.push(short(at + 30), short(at + 32));
  }
  return lengths;
}

it('there are, for every program in every format that it is made into', () => {
  expect(packages.map(({ program, name }) => `${program} ${name}`)).toEqual(
    ['default', 'senior-officials', 'standards-body'].flatMap((program) =>
      formatNames.map((name) => `${program} ${name}`),
    ),
  );
});

describe.each(packages)('the package of $program as $name', ({ name, source, zip, entries, names }) => {
  it('carries document, script, style and all media of the course', () => {
    const media = source.media.map(({ path }) => path);
    for (const path of ['index.html', 'course.js', 'course.css', ...media]) expect(names).toContain(path);
  });

  it('has names in ASCII; those that are ours, not the standard’s, in lower case and short', () => {
    for (const path of names) expect(path).toMatch(/^[\w./-]+$/);
    const ours = names.filter((path) => !/\.(xsd|dtd)$/.test(path));
    expect(ours).toEqual(ours.map((path) => path.toLowerCase()));
    for (const path of ours) expect(path.length).toBeLessThanOrEqual(80);
  });

  it('has no hidden files, no source maps, and nothing that a developer left behind', () => {
    expect(names.filter((path) => /(^|\/)\.|\.map$|\.tsx?$|~$/.test(path))).toEqual([]);
    for (const path of ['course.js', 'course.css', 'index.html'])
      expect(Buffer.from(entries[path] ?? []).toString()).not.toMatch(/sourceMappingURL|dev mode/i);
  });

  it('has its entries in order, the manifest first, without extra fields and comments', () => {
    const { path } = formatOf(name).manifest ?? {};
    const others = names.filter((other) => other !== path);
    expect(names).toEqual([...(path === undefined ? [] : [path]), ...others.toSorted()]);
    expect(extraLengths(zip)).toEqual(names.flatMap(() => [0, 0, 0]));
  });

  it('has the very document of every other one, but for the places that it may speak to', () => {
    const documentOf = (entry: Readonly<Record<string, Uint8Array>>) =>
      Buffer.from(entry['index.html'] ?? [])
        .toString()
        .replaceAll('&#x27;', "'");
    const places = / connect-src ([^;]+)/;
    const other = packages.find(({ source: own }) => own === source);
    const scorm = documentOf(other?.entries ?? {});
    expect(documentOf(entries).replace(places, '')).toBe(scorm.replace(places, ''));
    // An LRS may be anywhere; a SCO asks the server that it came from, and without an LMS there is nobody to ask.
    const expected = name === 'cmi5' ? "'self' https: http:" : name === 'web' ? "'none'" : "'self'";
    expect(places.exec(documentOf(entries))?.[1]).toBe(expected);
  });
});

describe.each(packages.filter(({ name }) => formatOf(name).manifest))(
  'the package of $program as $name',
  ({ zip }) => {
    it('is one in which the package checker finds nothing', async () => {
      expect((await checkPackage(zip, 'ours.zip')).findings).toEqual([]);
    });
  },
);

describe.each(packages.filter(({ name }) => isScorm(name)))(
  'the package of $program as $name',
  ({ source, entries, names }) => {
    const manifest = entries['imsmanifest.xml'];

    it('has its manifest at the root, as the first entry', () => {
      expect(names[0]).toBe('imsmanifest.xml');
      expect(names.filter((path) => path.toLowerCase().endsWith('imsmanifest.xml'))).toHaveLength(1);
    });

    it('lists every entry but the manifest, and nothing else, once', () => {
      const listed = attributes(manifest, '//*[local-name()="file"]/@href');
      expect(listed.sort()).toEqual(names.filter((path) => path !== 'imsmanifest.xml').sort());
    });

    it('launches a document that is there', () => {
      expect(attributes(manifest, '//*[local-name()="resource"]/@href')).toEqual(['index.html']);
      expect(names).toContain('index.html');
    });

    it('has identifiers that are unique, and references that resolve', () => {
      const identifiers = attributes(manifest, '//@identifier');
      expect(new Set(identifiers).size).toBe(identifiers.length);
      const references = attributes(
        manifest,
        '//@identifierref | //*[local-name()="organizations"]/@default',
      );
      expect(references).toHaveLength(2);
      for (const reference of references) expect(identifiers).toContain(reference);
    });

    it('carries every schema that the manifest names', () => {
      const locations = attributes(manifest, '//@*[local-name()="schemaLocation"]').join(' ');
      const schemas = locations.split(/\s+/).filter((_part, index) => index % 2 === 1);
      expect(schemas.length).toBeGreaterThan(1);
      for (const schema of schemas) expect(names).toContain(schema);
    });

    it('carries the file by which the player sees that the LMS still serves the package', () => {
      expect(Buffer.from(entries['online.txt'] ?? []).toString()).toBe(`${source.course.id}\n`);
    });
  },
);

describe.each(packages.filter(({ name }) => name === 'cmi5'))('the package of $program as $name', (made) => {
  it('has its course structure at the root, as the first entry, and names its document', () => {
    expect(made.names[0]).toBe('cmi5.xml');
    expect(Buffer.from(made.entries['cmi5.xml'] ?? []).toString()).toContain('<url>index.html</url>');
  });
});

describe.each(packages.filter(({ name }) => name === 'web'))('the package of $program as $name', (made) => {
  it('has nothing that a browser does not ask for', () => {
    const media = made.source.media.map(({ path }) => path);
    expect(made.names).toEqual(['course.css', 'course.js', 'index.html', ...media].sort());
  });
});

describe('a zip', () => {
  const files = packages[0]?.files ?? [];
  const bytes = Buffer.from(zipPackage(files));

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
  });

  // Minutes behind UTC on the day that the entries carry.
  it.each([
    ['UTC', 0],
    ['Asia/Kathmandu', -345],
    ['Pacific/Kiritimati', -840],
    ['America/St_Johns', 210],
  ])('is the same to the byte in the time zone %s', (timeZone, offset) => {
    vi.stubEnv('TZ', timeZone);
    // Were the zone not to take effect, the test would prove nothing.
    expect(new Date(2020, 0, 1).getTimezoneOffset()).toBe(offset);
    expect(bytes.equals(zipPackage(files))).toBe(true);
  });

  it('is the same to the byte on another day', () => {
    vi.setSystemTime(new Date(2031, 6, 5));
    expect(bytes.equals(zipPackage(files))).toBe(true);
  });

  it('is the same to the byte from files in another order', () => {
    expect(bytes.equals(zipPackage([...files].reverse()))).toBe(true);
  });
});
