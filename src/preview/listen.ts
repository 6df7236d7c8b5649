import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';

/** A listening server and the port it got. */
export interface Listening {
  readonly server: Server;
  readonly port: number;
}

/** How many ports after the default are tried. */
const TRIES = 20;

/** Starts on exactly this port of the loopback address (0: any free one). */
export async function listenOn(app: Hono, port: number): Promise<Listening> {
  const server = createServer(getRequestListener(app.fetch));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve({ server, port: address && typeof address === 'object' ? address.port : port });
    });
  });
}

/** Starts on the first free port from this one on. */
export async function listenFrom(app: Hono, first: number): Promise<Listening> {
  for (let port = first; port < first + TRIES; port += 1) {
    try {
      return await listenOn(app, port);
    } catch (error) {
      if (!isPortTaken(error)) throw error;
    }
  }
  throw new Error(
    `Expected a free port between ${first} and ${first + TRIES - 1}, found none. Give one with --port, or --port 0 for any.`,
  );
}

/** Whether listening failed because something else listens there. */
export function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
