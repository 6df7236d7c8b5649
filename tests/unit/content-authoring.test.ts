/** Authoring: what the development server shows while a course is being written. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { courseAuthoring } from '../../src/content/vite-plugin.ts';

const folder = await mkdtemp(join(tmpdir(), 'authoring-'));
const courseDir = join(folder, 'course');
const page = join(courseDir, 'pages/010-water.md');
let server: ViteDevServer;
let address: string;

beforeAll(async () => {
  await cp('manifest/example-course', courseDir, { recursive: true });
  server = await createServer({
    configFile: false,
    appType: 'mpa',
    logLevel: 'silent',
    server: { port: 0 },
    plugins: [courseAuthoring(courseDir)],
  });
  await server.listen();
  address = server.resolvedUrls?.local[0] ?? '';
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const get = async (path: string) => {
  const response = await fetch(new URL(path, address));
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
};

describe('the development server', () => {
  it('shows the course with the player as it stands in the source', async () => {
    const { text } = await get('/');
    expect(text).toContain('<course-page id="/water">');
    expect(text).toContain('src="/src/entries/local.ts"');
  });

  it('serves media of the course and nothing else of its folder', async () => {
    expect(await get('/media/cup.svg')).toMatchObject({ status: 200, type: 'image/svg+xml' });
    expect((await get('/media/no-such.svg')).status).toBe(404);
    expect((await get('/media/..%2fcourse.yaml')).status).toBe(404);
  });

  it('shows the program that the address names, in its own look, with its own logo', async () => {
    const { text } = await get('/?program=short');
    expect(text).toContain('<title>A quick cup of tea</title>');
    expect(text).not.toContain('<course-page id="/quiz">');
    expect(text.indexOf('--accent:#5a3068')).toBeGreaterThan(text.indexOf('<course-page'));
    expect(await get('/media/logo-short.svg')).toMatchObject({ status: 200, type: 'image/svg+xml' });
    expect((await get('/media/logo-strict.png')).status).toBe(200);
    expect((await get('/?program=default')).text).toContain('<course-page id="/quiz">');
  });

  it('lists the programs where the address names none of them', async () => {
    const { text } = await get('/?program=%3Cb%3Eshrt');
    expect(text).toContain('There is no program "&#x3C;b>shrt"');
    for (const name of ['default', 'short', 'strict']) expect(text).toContain(`href="/?program=${name}"`);
  });

  it('reloads after an edit of a program too', async () => {
    const send = vi.spyOn(server.ws, 'send');
    const program = join(courseDir, 'programs/short.yaml');
    const before = await readFile(program, 'utf8');
    await writeFile(program, before.replace('A quick cup', 'A small cup'));
    await vi.waitFor(() => expect(send).toHaveBeenCalledWith({ type: 'full-reload' }), { timeout: 10_000 });
    expect((await get('/?program=short')).text).toContain('A small cup');
    await writeFile(program, before);
  });

  it('reloads after an edit and shows it', async () => {
    const send = vi.spyOn(server.ws, 'send');
    const before = await readFile(page, 'utf8');
    await writeFile(page, before.replace('title: Water', 'title: Soft water'));
    await vi.waitFor(() => expect(send).toHaveBeenCalledWith({ type: 'full-reload' }), { timeout: 10_000 });
    expect((await get('/')).text).toContain('Soft water');
    await writeFile(page, before);
  });

  it('says what to run where a page is new', async () => {
    const before = await readFile(page, 'utf8');
    await writeFile(page, before.replace('id: water', 'id: rain'));
    const { text } = await get('/');
    expect(text).toContain('010-water.md:2:5  the page has no number yet');
    expect(text).toContain('npm run ids -- --rename pages water rain');
    await writeFile(page, before);
  });

  it('shows all problems in place of a course that has some', async () => {
    const before = await readFile(page, 'utf8');
    await writeFile(page, `${before}\n:cite[nobody]\n\n<b>bold</b>\n`);
    const { text } = await get('/');
    expect(text).toContain('Problems in the course');
    expect(text).toContain('unknown source');
    expect(text).toContain('&#x3C;b>');
    await writeFile(page, before);
    expect((await get('/')).text).toContain('<course-page id="/water">');
  });
});
