/** The same sources make the same bytes: in another folder, time zone and environment, at another time, built by itself. */
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const temporary = await mkdtemp(join(tmpdir(), 'reproducible-'));
afterAll(() => rm(temporary, { recursive: true }));

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** What a build is made of. */
const sources = ['course', 'src', 'manifest', 'vite.config.ts', 'package.json', 'tsconfig.json'];

/** What makes a clock tell a time three years from now. */
const later = `data:text/javascript,${encodeURIComponent(`
  const Clock = Date;
  globalThis.Date = class extends Clock {
    constructor(...given) { given.length > 0 ? super(...given) : super(Date.now()); }
    static now() { return Clock.now() + 94_608_000_000; }
  };
`)}`;

/** Builds every package in a copy of the repository; returns the folder with the packages. */
async function buildIn(
  folder: string,
  environment: Readonly<Record<string, string>>,
  ...imports: readonly string[]
): Promise<string> {
  for (const source of sources) await cp(source, join(folder, source), { recursive: true });
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
  // The tests' own environment is nobody's.
  const { NODE_ENV: _, VITEST: __, ...inherited } = process.env;
  const { status, stderr } = spawnSync(
    process.execPath,
    [tsx, ...imports]
      .flatMap((module) => ['--import', module])
      .concat(join(folder, 'manifest/cli.ts'), 'build'),
    { cwd: folder, encoding: 'utf8', env: { ...inherited, ...environment } },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return join(folder, 'dist');
}

it('two builds of one commit are the same to the byte, whatever the folder, time zone, clock and environment', async () => {
  const [near, far] = await Promise.all([
    buildIn(join(temporary, 'a'), { TZ: 'Pacific/Kiritimati' }),
    buildIn(
      join(temporary, 'another', 'folder-with-a-longer-name'),
      { TZ: 'America/St_Johns', NODE_ENV: 'development', LANG: 'de_DE.UTF-8' },
      later,
    ),
  ]);
  const catalog = await readFile(join(near, 'catalog.json'), 'utf8');
  expect(await readFile(join(far, 'catalog.json'), 'utf8')).toBe(catalog);
  // The catalogue holds the sums; that they are true is proved for one.
  const files: string[] = JSON.parse(catalog).packages.map(({ file }: { file: string }) => file);
  expect(files.length).toBeGreaterThan(10);
  for (const file of files) {
    const [one, other] = await Promise.all([readFile(join(near, file)), readFile(join(far, file))]);
    expect(one.equals(other), file).toBe(true);
  }
}, 120_000);
