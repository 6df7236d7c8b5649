import { unzipSync } from 'fflate';
import { XmlAttribute, XmlDocument } from 'libxml2-wasm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { assemblePackage } from '../../manifest/assemble-package.ts';
import { formatNames, formats } from '../../manifest/formats.ts';
import type { PackageFile } from '../../manifest/package-file.ts';
import { zipPackage } from '../../manifest/zip.ts';
import { readCourse } from '../../src/content/read-course.ts';

// What the bundler would make; a package does not depend on what is in it.
const player: PackageFile[] = ['course.js', 'course.css'].map((path) => ({
  path,
  bytes: Buffer.from(`/* ${path} */`),
}));

const read = await readCourse('course');
if (!read.ok) throw new Error(`course/ has ${read.problems.length} problems: npm run build lists them`);
const { source } = read;
const packages = {
  scorm12: await assemblePackage(source, formats.scorm12, player),
  scorm2004: await assemblePackage(source, formats.scorm2004, player),
};

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
  const zip = zipPackage(packages[name]);
  const entries = unzipSync(zip);
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
    const [locations = ''] = attributes(manifest, '/*/@*[local-name()="schemaLocation"]');
    const schemas = locations.split(' ').filter((_part, index) => index % 2 === 1);
    expect(schemas.length).toBeGreaterThan(1);
    for (const schema of schemas) expect(names).toContain(schema);
  });

  it('carries the script, the style and all media of the course', () => {
    const media = source.media.map(({ path }) => path);
    for (const path of ['course.js', 'course.css', ...media]) expect(names).toContain(path);
  });

  it('carries the file by which the player sees that the LMS still serves the package', () => {
    expect(Buffer.from(entries['online.txt'] ?? []).toString()).toBe(`${source.course.id}\n`);
  });

  it('has names in ASCII; those that are ours, not the standard’s, in lower case', () => {
    for (const path of names) expect(path).toMatch(/^[\w./-]+$/);
    const ours = names.filter((path) => !/\.(xsd|dtd)$/.test(path));
    expect(ours).toEqual(ours.map((path) => path.toLowerCase()));
  });

  it('has no extra fields', () => {
    expect(extraFieldLengths(zip)).toEqual(names.map(() => 0));
  });
});

describe('a zip', () => {
  const { scorm12: files } = packages;
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
