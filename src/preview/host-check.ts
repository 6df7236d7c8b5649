import { createMiddleware } from 'hono/factory';

const OWN_NAMES = new Set(['localhost', '127.0.0.1']);

/** Whether a `Host` header names this machine's loopback address, with any port. */
export function isOwnHost(host: string): boolean {
  return OWN_NAMES.has(host.replace(/:\d+$/, '').toLowerCase());
}

/**
 * Refuses requests for any other host name. Listening on loopback is not enough: a web page can point its own
 * name at 127.0.0.1 (DNS rebinding) and then read what this server answers as if it were its own.
 */
export const hostCheck = createMiddleware(async (context, next) => {
  const host = context.req.header('host') ?? new URL(context.req.url).host;
  if (!isOwnHost(host)) {
    return context.text(
      `This preview answers to localhost and 127.0.0.1 only, and was asked as "${host}". Use http://localhost and the port.`,
      403,
    );
  }
  return next();
});
