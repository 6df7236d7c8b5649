/** Requests to a learning record store (xAPI 1.0.3, Part 3). */

import { parseJson } from './json.ts';

/** How long an answer may take, in milliseconds. */
const patience = 30_000;

/**
 * Bytes of a body that a browser goes on sending when the page is gone. All requests of a page share 64 KiB
 * (Fetch, "keepalive"); there are two of ours at a time.
 */
export const outlives = 30_000;

/** Length of a text on its way, in bytes. */
export const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** What came of a request. */
export interface LrsAnswer {
  /** HTTP status; 0 where there was no answer, or one that no LRS gives: a login page, a notice of a proxy. */
  readonly status: number;
  readonly text: string;
  readonly etag: string | null;
}

/** A request. */
export interface LrsRequest {
  readonly method?: 'GET' | 'PUT' | 'POST';
  /** Below the endpoint, such as `statements`. */
  readonly resource: string;
  readonly query?: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a request at once, before it returns. Never rejects. */
export type Lrs = (request: LrsRequest) => Promise<LrsAnswer>;

const none: LrsAnswer = { status: 0, text: '', etag: null };

/** Asks for something; whatever goes wrong is an answer with status 0. Never rejects. */
export async function ask(fetch: Window['fetch'], address: string, init: RequestInit): Promise<LrsAnswer> {
  try {
    const response = await fetch(address, {
      signal: AbortSignal.timeout(patience),
      ...init,
    });
    const text = await response.text();
    // A session that has timed out is often answered with a login page and status 200. Some servers call JSON a page, too.
    const isPage = response.ok && /html/i.test(response.headers.get('content-type') ?? '');
    if (isPage && parseJson(text) === undefined) return none;
    return { status: response.status, text, etag: response.headers.get('etag') };
  } catch {
    return none;
  }
}

export const isSuccess = ({ status }: LrsAnswer): boolean => status >= 200 && status < 300;

/** Whether it is worth asking again: there was no answer, or one that speaks of the moment. */
export const mayPass = ({ status }: LrsAnswer): boolean =>
  status === 0 || status === 408 || status === 429 || status >= 500;

/**
 * Makes what sends requests.
 *
 * @param endpoint as the LMS has launched with (cmi5 8.1.1)
 * @param token for basic authentication (cmi5 8.2.1)
 */
export function openLrs(fetch: Window['fetch'], endpoint: string, token: string): Lrs {
  const base = endpoint.endsWith('/') ? endpoint : `${endpoint}/`;
  return ({ method = 'GET', resource, query, body, headers }) => {
    const search = query ? `?${new URLSearchParams(query)}` : '';
    return ask(fetch, `${base}${resource}${search}`, {
      method,
      // Only where it matters: for what passes the cache by, Firefox asks the LRS for leave every time (CORS preflight).
      ...(method === 'GET' ? { cache: 'no-store' } : {}),
      headers: {
        // Some LMSs hand out the whole value of the header.
        Authorization: `Basic ${token.replace(/^Basic /i, '')}`,
        'X-Experience-API-Version': '1.0.3',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body, keepalive: bytesOf(body) <= outlives }),
    });
  };
}
