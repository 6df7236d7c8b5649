import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BuildOptions, buildPackages } from '../../manifest/build-packages.ts';
import { formatNames } from '../../src/model/format-names.ts';

// Each build bundles players.
vi.setConfig({ testTimeout: 30_000 });

const temporary = await mkdtemp(join(tmpdir(), 'build-'));
afterAll(() => rm(temporary, { recursive: true }));

const courseDir = join(temporary, 'course');
let outDir: string;
let builds = 0;

beforeEach(async () => {
  await rm(courseDir, { recursive: true, force: true });
  await cp('manifest/example-course', courseDir, { recursive: true });
  // The programs of its own are none of these tests' business.
  await rm(join(courseDir, 'programs'), { recursive: true, force: true });
  await mkdir(join(courseDir, 'programs'));
  await writeFile(join(courseDir, 'programs/short.yaml'), 'title: A sip of tea\nformats: [scorm12, web]\n');
  outDir = join(temporary, `dist-${++builds}`);
});

async function build(options: Partial<BuildOptions> = {}) {
  const result = await buildPackages({ courseDir, outDir, ...options });
  if (!result.ok)
    throw new Error(`the course has problems: ${result.problems.map(({ message }) => message)}`);
  return result;
}

const catalog = async () => JSON.parse(await readFile(join(outDir, 'catalog.json'), 'utf8')).packages;

/** Every file below the output, but for what is inside the unpacked packages. */
async function written(): Promise<string[]> {
  const names = await readdir(outDir, { recursive: true });
  return names.filter((name) => /^[^/]+(\/[^/]+)?$/.test(name)).sort();
}

const packagesOf = (program: string, formats: readonly string[]): string[] => [
  program,
  ...formats.flatMap((format) => [`${program}/tea-1.0.0-${format}`, `${program}/tea-1.0.0-${format}.zip`]),
];

describe('a build', () => {
  it('makes every format of every program, and a catalogue', async () => {
    await build();
    expect(await written()).toEqual(
      [
        'catalog.json',
        ...packagesOf('default', formatNames),
        ...packagesOf('short', ['scorm12', 'web']),
      ].sort(),
    );
  });

  it('says in the catalogue what each package is', async () => {
    await build();
    const packages = await catalog();
    expect(packages.map(({ program, format }: Record<string, string>) => `${program} ${format}`)).toEqual([
      ...formatNames.map((format) => `default ${format}`),
      'short scorm12',
      'short web',
    ]);
    for (const { file, size, sha256 } of packages) {
      const bytes = await readFile(join(outDir, file));
      expect(bytes).toHaveLength(size);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    }
    expect(packages.at(-2)).toEqual({
      course: 'tea',
      program: 'short',
      format: 'scorm12',
      standard: 'SCORM 1.2',
      title: 'A sip of tea',
      language: 'en',
      version: '1.0.0',
      file: 'short/tea-1.0.0-scorm12.zip',
      size: expect.any(Number),
      sha256: expect.any(String),
      completion: { pages: 'all', quiz: 'passed' },
      passing: { score: 50, counts: 'best', attempts: 'unlimited' },
    });
  });

  it('unpacks beside each zip just what is in it', async () => {
    await build({ program: 'short' });
    const entries = unzipSync(await readFile(join(outDir, 'short/tea-1.0.0-scorm12.zip')));
    const folder = join(outDir, 'short/tea-1.0.0-scorm12');
    const names = await readdir(folder, { recursive: true, withFileTypes: true });
    expect(names.filter((name) => name.isFile())).toHaveLength(Object.keys(entries).length);
    for (const [path, bytes] of Object.entries(entries)) {
      expect((await readFile(join(folder, path))).equals(bytes), path).toBe(true);
    }
  });

  it('of one program or format leaves the others and their entries as they are', async () => {
    await build();
    const before = await catalog();
    const file = join(outDir, 'default/tea-1.0.0-scorm12.zip');
    const { mtimeMs } = await stat(file);
    await writeFile(
      join(courseDir, 'programs/short.yaml'),
      'title: A gulp of tea\nformats: [scorm12, web]\n',
    );
    await build({ program: 'short', format: 'web' });
    expect((await stat(file)).mtimeMs).toBe(mtimeMs);
    const after = await catalog();
    expect(after.slice(0, -1)).toEqual(before.slice(0, -1));
    expect(after.at(-1)).toMatchObject({ program: 'short', format: 'web', title: 'A gulp of tea' });
  });

  it('of everything removes what an earlier one has left, and nothing else', async () => {
    await build();
    await writeFile(join(outDir, 'short/notes.txt'), 'mine');
    await rm(join(courseDir, 'programs/short.yaml'));
    const course = await readFile(join(courseDir, 'course.yaml'), 'utf8');
    await writeFile(join(courseDir, 'course.yaml'), course.replace('version: 1.0.0', 'version: 1.0.1'));
    await build();
    expect(await written()).toEqual(
      [
        'catalog.json',
        ...packagesOf('default', formatNames).map((name) => name.replace('1.0.0', '1.0.1')),
        'short',
        'short/notes.txt',
      ].sort(),
    );
  });

  it('keeps the packages of other courses', async () => {
    await build({ format: 'web' });
    const before = await catalog();
    const text = await readFile(join(courseDir, 'course.yaml'), 'utf8');
    await writeFile(join(courseDir, 'course.yaml'), text.replace('id: tea', 'id: coffee'));
    await build();
    expect(await catalog()).toEqual(expect.arrayContaining(before));
    expect(await written()).toEqual(
      expect.arrayContaining(['default/tea-1.0.0-web.zip', 'default/coffee-1.0.0-web.zip']),
    );
  });

  it('at the same time as another one loses none of its packages', async () => {
    await Promise.all([build({ program: 'short' }), build({ program: 'default' })]);
    expect(await catalog()).toHaveLength(formatNames.length + 2);
    expect((await written()).filter((name) => name.endsWith('.zip'))).toHaveLength(formatNames.length + 2);
  });

  it('goes on where one before it was cut off', async () => {
    const left = join(outDir, '.building');
    await mkdir(join(left, 'new'), { recursive: true });
    await utimes(left, 0, 0);
    await build({ format: 'web' });
    expect(await readdir(outDir)).not.toContain('.building');
    expect(await catalog()).toHaveLength(2);
  });

  /** Every file in the folder of packages, with what is in it. */
  const contents = async () => {
    const names = await readdir(outDir, { recursive: true, withFileTypes: true });
    const files = names.filter((name) => name.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    return Object.fromEntries(
      await Promise.all(files.sort().map(async (file) => [file, await readFile(file, 'base64')])),
    );
  };

  it.each([
    ['a file of the catalogue’s name', 'catalog.json', '{"mine":true}'],
    ['a catalogue that leads elsewhere', 'catalog.json', '{"packages":[{"program":"..","file":"../a.zip"}]}'],
    ['a zip', 'short/tea-1.0.0-web.zip', 'mine'],
    ['a file in a folder', 'short/tea-1.0.0-web/notes.txt', 'mine'],
  ])('that finds %s which no build has made says so, and changes nothing', async (_what, path, text) => {
    await build({ format: 'scorm12' });
    await mkdir(dirname(join(outDir, path)), { recursive: true });
    await writeFile(join(outDir, path), text);
    const before = await contents();
    await expect(build()).rejects.toThrow(/nothing has been changed[\s\S]*hint {6}choose another folder/);
    expect(await contents()).toEqual(before);
  });

  it('that cannot write all of it changes nothing', async () => {
    await build({ program: 'default' });
    await writeFile(join(outDir, 'short'), 'in the way');
    const text = await readFile(join(courseDir, 'course.yaml'), 'utf8');
    await writeFile(join(courseDir, 'course.yaml'), text.replace('version: 1.0.0', 'version: 1.0.1'));
    const before = await contents();
    await expect(build()).rejects.toThrow(/EEXIST|ENOTDIR/);
    expect(await contents()).toEqual(before);
    expect(await readdir(outDir)).not.toContain('.building');
  });

  it.each(['programs', 'programs/short', 'pages', 'media/packages'])(
    'does not put packages among what an author writes, in %s',
    async (folder) => {
      await expect(build({ outDir: join(courseDir, folder) })).rejects.toThrow('a folder of the course');
    },
  );

  it('inside the course’s folder, but not among its files, is as good as elsewhere', async () => {
    outDir = join(courseDir, 'packages');
    await build({ format: 'web' });
    expect(await catalog()).toHaveLength(2);
    await build({ format: 'web' });
  });

  it('of a course with problems leaves the disk as it was', async () => {
    await build({ format: 'web' });
    const before = await written();
    await writeFile(join(courseDir, 'programs/short.yaml'), 'tilte: A sip of tea\n');
    expect((await buildPackages({ courseDir, outDir })).ok).toBe(false);
    expect(await written()).toEqual(before);
  });

  it.each([
    [{ program: 'shrot' }, 'there is no program "shrot"', 'one of default, short'],
    [{ format: 'scorm13' }, 'there is no format "scorm13"', `one of ${formatNames.join(', ')}`],
    [
      { program: 'short', format: 'cmi5' },
      'the program "short" is not made into "cmi5"',
      'one of scorm12, web',
    ],
  ])('of %j is refused with what there is', async (options, complaint, known) => {
    await expect(build(options)).rejects.toThrow(complaint);
    await expect(build(options)).rejects.toThrow(known);
    await expect(readdir(outDir)).rejects.toThrow('ENOENT');
  });
});
