/** The strict LRS on the network, on an origin of its own, as browsers meet it: with CORS, and as slow as it is told to be. */
import { setTimeout as wait } from 'node:timers/promises';
import { bodyOf, listen } from '../fixtures/static-server.ts';
import { StrictLrs } from '../fixtures/strict-lrs.ts';

/** A running LRS. */
export interface LrsServer {
  readonly lrs: StrictLrs;
  /** Address of a page of the LMS, for whoever comes back from the course. */
  readonly home: string;
  stop(): Promise<void>;
}

/** What a page of another origin may send and see (Fetch, CORS protocol): no more than an AU needs. */
const cors = {
  'access-control-allow-methods': 'GET, PUT, POST',
  'access-control-allow-headers':
    'authorization, content-type, if-match, if-none-match, x-experience-api-version',
  'access-control-expose-headers': 'etag, x-experience-api-version',
  'access-control-max-age': '600',
};

/** Starts an LRS without anything in it. */
export async function startLrs(): Promise<LrsServer> {
  let lrs = new StrictLrs();
  const server = await listen(async (request, response) => {
    const { method = 'GET', headers } = request;
    const allowed = { ...cors, 'access-control-allow-origin': headers.origin ?? '*' };
    // What has been sent counts, also of a page that has gone before the answer.
    const body = await bodyOf(request);
    if (request.url === '/home') {
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><title>LMS</title><h1>Welcome back</h1>');
      return;
    }
    if (method === 'OPTIONS') {
      response.writeHead(204, allowed).end();
      return;
    }
    await wait(lrs.faults.delay ?? 0);
    const answer = lrs.handle({
      method,
      url: `${origin}${request.url}`,
      headers: Object.fromEntries(
        Object.entries(headers).flatMap(([name, value]) =>
          typeof value === 'string' ? [[name, value]] : [],
        ),
      ),
      body,
    });
    if (!answer) request.socket.destroy();
    else response.writeHead(answer.status, { ...answer.headers, ...allowed }).end(answer.body);
  });
  const origin = `http://127.0.0.1:${server.port}`;
  lrs = new StrictLrs(origin);
  return { lrs, home: `${origin}/home`, stop: server.stop };
}
