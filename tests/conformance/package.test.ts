import { unzipSync } from 'fflate';
import { XmlAttribute, XmlDocument } from 'libxml2-wasm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { assemblePackage } from '../../manifest/assemble-package.ts';
import { checkPackage } from '../../manifest/check/check-package.ts';
import { formatOf } from '../../manifest/formats.ts';
import { zipPackage } from '../../manifest/zip.ts';
import { readCourse } from '../../src/content/read-course.ts';
import { type FormatName, formatNames } from '../../src/model/format-names.ts';

// What the bundler would make; a package does not depend on what is in it.
const player = { script: '/* script */', style: '/* style */' };

const read = await readCourse('course');
if (!read.ok) throw new Error(`course/ has ${read.problems.length} problems: npm run build lists them`);
const { source } = read;
const packages = new Map(
  await Promise.all(
    formatNames.map(async (name) => [name, await assemblePackage(source, formatOf(name), player)] as const),
  ),
);
const filesOf = (name: FormatName) => packages.get(name) ?? [];

/** Values of the attributes of a manifest that `xpath` selects. */
function attributes(manifest: Uint8Array | undefined, xpath: string): string[] {
  const document = XmlDocument.fromBuffer(manifest ?? new Uint8Array());
  try {
    return document.find(xpath).flatMap((node) => (node instanceof XmlAttribute ? [node.value] : []));
  } finally {
    document.dispose();
  }
}

/** Lengths of the extra fields of all entries, from the local headers (PKWARE APPNOTE 4.3.7). */
function extraFieldLengths(zip: Uint8Array): number[] {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const lengths: number[] = [];
  let at = 0;
  while (view.getUint32(at, true) === 0x04034b50) {
    const extra = view.getUint16(at + 28, true);
    lengths.push(extra);
    at += 30 + view.getUint16(at + 26, true) + extra + view.getUint32(at + 18, true);
  }
  return lengths;
}

describe.each(formatNames)('the %s package', (name) => {
  const zip = zipPackage(filesOf(name));
  const entries = unzipSync(zip);
  const names = Object.keys(entries);

  it('carries document, script, style and all media of the course', () => {
    const media = source.media.map(({ path }) => path);
    for (const path of ['index.html', 'course.js', 'course.css', ...media]) expect(names).toContain(path);
  });

  it('has names in ASCII; those that are ours, not the standard’s, in lower case', () => {
    for (const path of names) expect(path).toMatch(/^[\w./-]+$/);
    const ours = names.filter((path) => !/\.(xsd|dtd)$/.test(path));
    expect(ours).toEqual(ours.map((path) => path.toLowerCase()));
  });

  it('has no extra fields', () => {
    expect(extraFieldLengths(zip)).toEqual(names.map(() => 0));
  });

  it('has the very document of every other one, but for the places that it may speak to', () => {
    const documentOf = (entry: Readonly<Record<string, Uint8Array>>) =>
      Buffer.from(entry['index.html'] ?? [])
        .toString()
        .replaceAll('&#x27;', "'");
    const places = / connect-src ([^;]+)/;
    const scorm = documentOf(unzipSync(zipPackage(filesOf('scorm12'))));
    expect(documentOf(entries).replace(places, '')).toBe(scorm.replace(places, ''));
    // An LRS may be anywhere; nobody else has anybody to speak to but the server that the package came from.
    const expected = name === 'cmi5' ? "'self' https: http:" : "'self'";
    expect(places.exec(documentOf(entries))?.[1]).toBe(expected);
  });
});

describe.each(formatNames.filter((name) => formatOf(name).manifest))('the %s package', (name) => {
  it('is one in which the package checker finds nothing', async () => {
    const zip = zipPackage(filesOf(name));
    expect((await checkPackage(zip, 'ours.zip')).findings).toEqual([]);
  });
});

const scormFormats = formatNames.filter((name) => formatOf(name).manifest?.path === 'imsmanifest.xml');

describe.each(scormFormats)('the %s package', (name) => {
  const entries = unzipSync(zipPackage(filesOf(name)));
  const names = Object.keys(entries);
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
    const references = attributes(manifest, '//@identifierref | //*[local-name()="organizations"]/@default');
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
});

describe('the cmi5 package', () => {
  it('has its course structure at the root, as the first entry, and names its document', () => {
    const entries = unzipSync(zipPackage(filesOf('cmi5')));
    expect(Object.keys(entries)[0]).toBe('cmi5.xml');
    expect(Buffer.from(entries['cmi5.xml'] ?? []).toString()).toContain('<url>index.html</url>');
  });
});

describe('the web package', () => {
  it('has nothing that a browser does not ask for', () => {
    const media = source.media.map(({ path }) => path);
    const names = Object.keys(unzipSync(zipPackage(filesOf('web'))));
    expect(names).toEqual(['course.css', 'course.js', 'index.html', ...media].sort());
  });
});

describe('a zip', () => {
  const files = filesOf('scorm12');
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
