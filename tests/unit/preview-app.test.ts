import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import type { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApp } from '../../src/preview/app.ts';
import type { PackageRecord } from '../../src/preview/attempt-record.ts';
import { AttemptStore } from '../../src/preview/attempt-store.ts';
import { listenFrom, listenOn } from '../../src/preview/listen.ts';
import type { Launch, PlayablePackage, Shelf } from '../../src/preview/messages.ts';
import { PackageShelf } from '../../src/preview/package-shelf.ts';

const KEY_12 = 'default/course-1.0.0-scorm12';
const KEY_2004 = 'default/course-1.0.0-scorm2004';

let folder: string;
let packages: string;
let data: string;
let app: Hono;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'preview-'));
  packages = join(folder, 'dist');
  data = join(folder, 'attempts');
  await mkdir(join(packages, 'default'), { recursive: true });
  await writeZip(KEY_12, courseFiles('1.2'));
  await writeZip(KEY_2004, courseFiles('2004 4th Edition'));
  app = openApp();
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

/** A new application on the same folders: what a restart of the server is. */
function openApp(): Hono {
  return createApp({
    shelf: new PackageShelf(packages),
    attempts: new AttemptStore(data),
    assets: new Map(),
  });
}

function courseFiles(schemaVersion: string): Record<string, string> {
  return {
    'imsmanifest.xml': `<?xml version="1.0"?>
      <manifest identifier="course" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2">
        <metadata><schema>ADL SCORM</schema><schemaversion>${schemaVersion}</schemaversion></metadata>
        <organizations default="o"><organization identifier="o"><title>A course</title>
          <item identifier="i" identifierref="r"><title>The SCO</title></item>
        </organization></organizations>
        <resources><resource identifier="r" type="webcontent" href="index.html"/></resources>
      </manifest>`,
    'index.html': '<!doctype html><title>A course</title>',
    'media/map one.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'script.js': `console.log(${JSON.stringify('long '.repeat(1000))})`,
  };
}

async function writeZip(key: string, files: Record<string, string>): Promise<string> {
  const file = join(packages, `${key}.zip`);
  const bytes = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]));
  await writeFile(file, zipSync(bytes));
  return file;
}

async function readShelf(): Promise<Shelf> {
  return (await app.request('/api/packages')).json();
}

async function shelved(key: string): Promise<PlayablePackage> {
  const found = (await readShelf()).packages.find((each) => each.package === key);
  if (found?.kind !== 'playable') throw new Error(`Expected ${key} to be playable.`);
  return found;
}

async function launch(key: string, newAttempt = false): Promise<Launch> {
  const response = await app.request(`/api/packages/${key}/sessions`, json('POST', { newAttempt }));
  expect(response.status).toBe(201);
  return response.json();
}

function commit({ package: key, attempt, session }: Launch, values: Record<string, string>, ends = false) {
  return app.request(`/api/packages/${key}/attempts/${attempt}`, json('PUT', { session, ends, values }));
}

function json(method: string, body: unknown): RequestInit {
  return { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

describe('hosts', () => {
  it.each(['localhost', 'localhost:4173', '127.0.0.1:80'])('answers to %s', async (host) => {
    expect((await app.request('/', { headers: { host } })).status).toBe(200);
  });

  it.each(['evil.example', 'localhost.evil.example', 'evil.example:4173', '0.0.0.0', ''])(
    'refuses to answer to "%s"',
    async (host) => {
      const response = await app.request('/api/attempts', { headers: { host } });
      expect(response.status).toBe(403);
    },
  );

  it('refuses what another site sends without asking first', async () => {
    const response = await app.request(`/api/packages/${KEY_12}/sessions`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/plain', Origin: 'http://evil.example' },
      body: '{"newAttempt":true}',
    });
    expect(response.status).toBe(403);
  });
});

describe('pages', () => {
  it('serves shelf and player under a policy without inline script', async () => {
    for (const path of ['/', `/play/${KEY_12}/`]) {
      const response = await app.request(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
      expect(await response.text()).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=/);
    }
  });

  it('escapes what a manifest says', async () => {
    await writeZip(KEY_12, {
      ...courseFiles('1.2'),
      'imsmanifest.xml': courseFiles('1.2')['imsmanifest.xml']?.replace('A course', '&lt;img src=x>') ?? '',
    });
    expect(await (await app.request(`/play/${KEY_12}/`)).text()).toContain('Launching &lt;img src=x&gt;');
  });

  it('says which package there is not', async () => {
    const response = await app.request('/play/default/other/');
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('no package &quot;default/other&quot;');
  });
});

describe('content', () => {
  const content = (path: string, init?: RequestInit) => app.request(`/content/${KEY_12}/${path}`, init);

  it('serves the bytes of the zip with their type, unchanged by any policy of ours', async () => {
    const response = await content('index.html');
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(response.headers.has('content-security-policy')).toBe(false);
    expect(await response.text()).toBe('<!doctype html><title>A course</title>');
  });

  it('decodes names and knows their types', async () => {
    const response = await content('media/map%20one.svg?v=1');
    expect(response.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
  });

  it('compresses where that is accepted', async () => {
    const response = await content('script.js', { headers: { 'Accept-Encoding': 'gzip, br' } });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect((await content('script.js')).headers.has('content-encoding')).toBe(false);
  });

  it.each([
    '',
    'INDEX.HTML',
    'missing.js',
    'media',
    'media/',
    'media%2Fmap%20one.svg',
    'media%5cmap%20one.svg',
    './media/../missing.html',
    '..%2f..%2f..%2fpackage.json',
    '%2e%2e/%2e%2e/package.json',
    '..%5c..%5cpackage.json',
    'index.html%00',
    '%E0%A4%A',
    'constructor',
  ])('answers 404 to "%s"', async (path) => {
    const response = await content(path);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('<');
  });

  it('reads a zip again when it has been rebuilt', async () => {
    expect((await content('new.html')).status).toBe(404);
    const file = await writeZip(KEY_12, { ...courseFiles('1.2'), 'new.html': 'new' });
    await utimes(file, new Date(), new Date(Date.now() + 5000));
    expect(await (await content('new.html')).text()).toBe('new');
  });
});

describe('shelf', () => {
  it('lists both editions with title and address', async () => {
    expect((await readShelf()).packages).toMatchObject([
      { title: 'A course', edition: '1.2', playUrl: `/play/${KEY_12}/`, next: 'start', latest: null },
      { title: 'A course', edition: '2004', editionLabel: 'SCORM 2004 4th Edition', next: 'start' },
    ]);
  });

  it.each([
    ['default/course-1.0.0-cmi5', { 'cmi5.xml': '<courseStructure/>' }],
    ['default/course-1.0.0-web', { 'index.html': '' }],
  ])('does not find fault with %s, which is made for another place', async (key, entries) => {
    await writeZip(key, entries);
    const found = (await readShelf()).packages.find((each) => each.package === key);
    expect(found).toMatchObject({ kind: 'unplayable', isForElsewhere: true });
    expect((await app.request(`/play/${key}/`)).status).toBe(422);
  });

  it('is empty when nothing has been built', async () => {
    await rm(packages, { recursive: true });
    expect((await readShelf()).packages).toEqual([]);
  });

  it.each([
    ['no zip', () => writeFile(join(packages, `${KEY_12}.zip`), 'no zip'), /Expected a zip file/],
    ['no manifest', () => writeZip(KEY_12, { 'index.html': '' }), /Expected imsmanifest.xml/],
    [
      'a broken manifest',
      () => writeZip(KEY_12, { 'imsmanifest.xml': '<manifest>' }),
      /expected well-formed XML/,
    ],
    [
      'no launch page',
      () => writeZip(KEY_12, { 'imsmanifest.xml': courseFiles('1.2')['imsmanifest.xml'] ?? '' }),
      /launches index.html, which is not in the zip/,
    ],
  ])('shows the problem of a package with %s, and plays the others', async (_name, breakIt, problem) => {
    await breakIt();
    const [broken, whole] = (await readShelf()).packages;
    expect(broken).toMatchObject({
      kind: 'unplayable',
      problem: expect.stringMatching(problem),
      isForElsewhere: false,
    });
    expect(whole).toMatchObject({ kind: 'playable' });
    expect((await app.request(`/play/${KEY_12}/`)).status).toBe(422);
  });
});

describe('attempts', () => {
  const suspended = { 'cmi.core.lesson_status': 'incomplete', 'cmi.core.exit': 'suspend' };

  it('keeps what was committed over a restart, each package for itself', async () => {
    const session = await launch(KEY_12);
    expect(session).toMatchObject({ attempt: 1, entry: 'ab-initio', suspendDataLimit: 4096 });
    const answer = await commit(session, { ...suspended, 'cmi.suspend_data': 'page 3' });
    expect(await answer.json()).toEqual({ stored: true });

    app = openApp();
    expect(await shelved(KEY_12)).toMatchObject({
      next: 'resume',
      attempts: 1,
      latest: { number: 1, ended: false, values: { 'cmi.suspend_data': 'page 3' } },
    });
    expect(await shelved(KEY_2004)).toMatchObject({ next: 'start', latest: null });
    expect(await launch(KEY_12)).toMatchObject({
      attempt: 1,
      entry: 'resume',
      values: { 'cmi.suspend_data': 'page 3', 'cmi.core.entry': 'resume' },
    });
  });

  it('starts a new attempt on request and keeps the old one', async () => {
    await commit(await launch(KEY_12), suspended, true);
    const again = await launch(KEY_12, true);
    expect(again).toMatchObject({ attempt: 2, entry: 'ab-initio' });
    expect(again.values).not.toHaveProperty(['cmi.core.lesson_status']);
    const records: PackageRecord[] = await (await app.request('/api/attempts')).json();
    expect(records.map((record) => record.attempts.map((attempt) => attempt.values))).toEqual([
      [suspended, {}],
    ]);
  });

  it('uses up no attempt number for launches in which nothing was committed', async () => {
    await launch(KEY_12, true);
    expect(await launch(KEY_12, true)).toMatchObject({ attempt: 1, entry: 'ab-initio' });
  });

  it('takes a beacon, which can only post', async () => {
    const { package: key, attempt, session } = await launch(KEY_2004);
    const body = json('POST', { session, ends: true, values: { 'cmi.exit': 'suspend' } });
    const response = await app.request(`/api/packages/${key}/attempts/${attempt}`, body);
    expect(await response.json()).toEqual({ stored: true });
    expect(await shelved(KEY_2004)).toMatchObject({ next: 'resume', latest: { ended: true } });
  });

  it('does not say stored when it is not', async () => {
    const session = await launch(KEY_12);
    const wrong = await app.request(`/api/packages/${KEY_12}/attempts/1`, json('PUT', { values: { a: 1 } }));
    expect([wrong.status, await wrong.json()]).toMatchObject([400, { stored: false }]);

    const foreign = await commit({ ...session, session: 'other' }, suspended);
    expect([foreign.status, await foreign.json()]).toMatchObject([409, { stored: false }]);

    await rm(data, { recursive: true });
    const forgotten = await commit(session, suspended);
    expect(await forgotten.json()).toMatchObject({ stored: false });

    vi.spyOn(console, 'error').mockReturnValue();
    await writeFile(data, 'a file where the folder should be');
    const unwritable = await commit(session, suspended);
    expect([unwritable.status, await unwritable.json()]).toMatchObject([500, { stored: false }]);
  });

  it('loses nothing when commits come at once', async () => {
    const sessions = await Promise.all([launch(KEY_12), launch(KEY_12), launch(KEY_12)]);
    await Promise.all(sessions.map((session) => commit(session, suspended, true)));
    const records: PackageRecord[] = await (await app.request('/api/attempts')).json();
    expect(records[0]?.attempts[0]?.sessions.map(({ ended }) => ended)).toEqual([true, true, true]);
  });

  it.each([
    ['no JSON', '{"version":1,', /no JSON/],
    ['another version', '{"version":2}', /found 2 at version instead of 1/],
    ['another shape', '{"version":1,"package":"p","title":"t","edition":"1.2"}', /at attempts instead of/],
  ])('sets a file with %s aside, says so, and goes on', async (_name, damaged, message) => {
    const said = vi.spyOn(console, 'warn').mockReturnValue();
    await mkdir(join(data, 'default'), { recursive: true });
    await writeFile(join(data, `${KEY_12}.json`), damaged);

    expect(await launch(KEY_12)).toMatchObject({ attempt: 1, entry: 'ab-initio' });
    expect(said.mock.calls).toEqual([[expect.stringMatching(message)]]);
    const { setAside } = await readShelf();
    expect(setAside).toEqual([expect.stringMatching(/course-1\.0\.0-scorm12\.json\.unreadable-\d{4}-/)]);
    expect(await readFile(setAside[0] ?? '', 'utf8')).toBe(damaged);
    expect(await readdir(join(data, 'default'))).toHaveLength(2);
  });
});

describe('ports', () => {
  it('takes the next free port, and reports a wanted one that is taken', async () => {
    const first = await listenOn(app, 0);
    const second = await listenFrom(app, first.port);
    expect(second.port).toBeGreaterThan(first.port);
    await expect(listenOn(app, first.port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(await (await fetch(`http://127.0.0.1:${second.port}/api/attempts`)).json()).toEqual([]);
    for (const { server } of [first, second]) server.close();
  });
});
