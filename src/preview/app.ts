import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import { csrf } from 'hono/csrf';
import { createMiddleware } from 'hono/factory';
import { HTTPException } from 'hono/http-exception';
import { address } from './address.ts';
import { parseCommit, parseLaunchRequest } from './attempt-record.ts';
import type { AttemptStore } from './attempt-store.ts';
import type { Asset } from './client-assets.ts';
import { contentType } from './content-type.ts';
import { hostCheck } from './host-check.ts';
import type { Launch, Shelf } from './messages.ts';
import { beginSession, storeCommit } from './next-launch.ts';
import { isPlayable, type PackageShelf } from './package-shelf.ts';
import { playPage, problemPage, shelfPage } from './pages.ts';
import { shelfPackage } from './shelf-package.ts';

/** What the application works on. */
export interface AppParts {
  readonly shelf: PackageShelf;
  readonly attempts: AttemptStore;
  /** Scripts, styles and icon of the preview's own pages, by file name. */
  readonly assets: ReadonlyMap<string, Asset>;
}

/** A SCORM 2004 session may hold 250 interactions with long texts; nothing honest is larger than this. */
const MOST_COMMIT_BYTES = 8 * 1024 * 1024;

/** The preview's own pages load nothing from anywhere else. Content is left as its author wrote it. */
const ownPages = createMiddleware(async (context, next) => {
  await next();
  context.header(
    'Content-Security-Policy',
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  context.header('Referrer-Policy', 'no-referrer');
});

/** The preview LMS as an HTTP application; it knows nothing of ports and can be tested without one. */
export function createApp({ shelf, attempts, assets }: AppParts): Hono {
  const app = new Hono();
  app.use(hostCheck);
  app.use(csrf());
  app.use(compress());
  app.use(async (context, next) => {
    await next();
    context.header('X-Content-Type-Options', 'nosniff');
    // Packages are rebuilt while the preview runs, and results change: nothing may come from a cache.
    context.header('Cache-Control', 'no-store');
  });

  app.get('/', ownPages, (context) => context.html(shelfPage()));

  app.get('/play/:program/:name/', ownPages, async (context) => {
    const found = await shelf.find(keyOf(context));
    if (!found) {
      const explanation = `There is no package "${keyOf(context)}" in ${shelf.folder}. It may have been built under another name.`;
      return context.html(problemPage('Package not found', explanation), 404);
    }
    if (!isPlayable(found)) {
      return context.html(problemPage('This package cannot be played', found.problem), 422);
    }
    return context.html(playPage(found.manifest.title));
  });

  app.get('/assets/:name', ownPages, (context) => {
    const asset = assets.get(context.req.param('name'));
    if (!asset) return context.notFound();
    return context.body(asset.body, 200, { 'Content-Type': asset.type });
  });

  app.get('/content/:program/:name/*', async (context) => {
    const found = await shelf.find(keyOf(context));
    const name = entryName(context.req.url);
    const bytes = found && isPlayable(found) && name !== undefined ? found.entries.get(name) : undefined;
    // Never a fallback page: a missing file must look to the course as it would on an LMS.
    if (name === undefined || bytes === undefined) return context.text('Not in the package', 404);
    return context.body(new Uint8Array(bytes), 200, { 'Content-Type': contentType(name) });
  });

  app.get('/api/packages', async (context) => {
    const found = await shelf.list();
    return context.json({
      packages: await Promise.all(
        found.map(async (each) => shelfPackage(each, await attempts.read(each.key))),
      ),
      packagesFolder: shelf.folder,
      attemptsFolder: attempts.folder,
      setAside: await attempts.setAside(),
    } satisfies Shelf);
  });

  app.get('/api/attempts', async (context) => context.json(await attempts.readAll()));

  app.post('/api/packages/:program/:name/sessions', async (context) => {
    const request = parseLaunchRequest(await jsonBody(context));
    if (!request.success) return context.json({ error: 'Expected {"newAttempt": true or false}.' }, 400);
    const found = await shelf.find(keyOf(context));
    if (!found || !isPlayable(found)) {
      return context.json({ error: found?.problem ?? `No package "${keyOf(context)}".` }, 404);
    }
    const session = randomUUID();
    const circumstances = {
      newAttempt: request.output.newAttempt,
      session,
      now: new Date().toISOString(),
      contentUrl: `${address('content', found.key)}${found.manifest.href}`,
    };
    let launch: Launch | undefined;
    await attempts.update(found.key, (record) => {
      const begun = beginSession(found, record, circumstances);
      launch = begun.launch;
      return begun.record;
    });
    return context.json(launch, 201);
  });

  // PUT from the course's commits; POST because a beacon, the last resort of a page being closed, can only post.
  app.on(
    ['PUT', 'POST'],
    '/api/packages/:program/:name/attempts/:number',
    bodyLimit({ maxSize: MOST_COMMIT_BYTES }),
    async (context) => {
      const commit = parseCommit(await jsonBody(context));
      if (!commit.success) {
        return context.json({ stored: false, error: 'Expected a session, ends and values.' }, 400);
      }
      const key = keyOf(context);
      if (!(await shelf.find(key)))
        return context.json({ stored: false, error: `No package "${key}".` }, 404);
      const number = Number(context.req.param('number'));
      const now = new Date().toISOString();
      try {
        await attempts.update(key, (record) => {
          const stored = storeCommit(record, number, commit.output, now);
          if (!stored) throw new UnknownSession();
          return stored;
        });
      } catch (error) {
        if (!(error instanceof UnknownSession)) throw error;
        return context.json({ stored: false, error: 'The attempt has no such session any more.' }, 409);
      }
      return context.json({ stored: true });
    },
  );

  app.notFound((context) => context.text('Not found', 404));
  app.onError((error, context) => {
    // Refusals of the middleware (foreign origin, too large) come as errors with their own answer.
    if (error instanceof HTTPException) return error.getResponse();
    console.error(error);
    return context.json({ stored: false, error: `The preview failed: ${error.message}` }, 500);
  });
  return app;
}

/** The commit's attempt was deleted or set aside while its session was open. */
class UnknownSession extends Error {
  override readonly name = 'UnknownSession';
}

function keyOf(context: Context): string {
  return `${context.req.param('program')}/${context.req.param('name')}`;
}

async function jsonBody(context: Context): Promise<unknown> {
  try {
    return await context.req.json();
  } catch {
    return undefined;
  }
}

/**
 * The entry that an address names, exactly as the zip spells it: `/content/<program>/<name>/<entry>`. An
 * encoded slash or a backslash is no part of any name, so no spelling of `..` gets past the lookup.
 */
function entryName(url: string): string | undefined {
  const segments = new URL(url).pathname.split('/').slice(4);
  try {
    const names = segments.map(decodeURIComponent);
    return names.some((name) => /[/\\\0]/.test(name)) ? undefined : names.join('/');
  } catch {
    return undefined;
  }
}
