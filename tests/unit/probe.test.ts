import { describe, expect, it } from 'vitest';
import { createProbe } from '../../src/tracking/probe.ts';

const loginPage = '<!doctype html><title>Log in</title>';
type Answer = Response | Error;
const file = () => new Response('small\n');

/** A probe of a server that answers as the test says. */
function probeOf() {
  let answer: Answer = file();
  let offline = false;
  const asked: RequestInit[] = [];
  const probe = createProbe({
    address: 'online.txt',
    expected: 'small',
    fetch: async (_address, init) => {
      asked.push(init ?? {});
      if (answer instanceof Error) throw answer;
      return answer.clone();
    },
    isOffline: () => offline,
  });
  return {
    asked,
    /** What it finds where the server answers like this. */
    finds(next: Answer, { isOffline = false } = {}) {
      answer = next;
      offline = isOffline;
      return probe();
    },
  };
}

const failures: [string, () => Answer][] = [
  ['no answer at all', () => new TypeError('Failed to fetch')],
  ['an answer that does not come in time', () => new DOMException('timed out', 'TimeoutError')],
  ['a login page instead of the file', () => new Response(loginPage)],
  ['an error', () => new Response('small', { status: 500 })],
  ['a file that is not there', () => new Response('', { status: 404 })],
];

describe('The probe of a packaged file', () => {
  it.each(failures)('gives reason for doubt: %s', async (_, failure) => {
    const probe = probeOf();
    expect(await probe.finds(file())).toBe(true);
    expect(await probe.finds(failure())).toBe(false);
    expect(await probe.finds(file())).toBe(true);
  });

  it.each(failures)('proves nothing as long as it has never worked: %s', async (_, failure) => {
    expect(await probeOf().finds(failure())).toBe(true);
  });

  it('gives reason for doubt where the device knows that it is offline', async () => {
    expect(await probeOf().finds(new TypeError('Failed to fetch'), { isOffline: true })).toBe(false);
  });

  it('believes the file more than the device, which may know a local network only', async () => {
    expect(await probeOf().finds(file(), { isOffline: true })).toBe(true);
  });

  it('is never answered from a cache, and not waited for without end', async () => {
    const probe = probeOf();
    await probe.finds(file());
    expect(probe.asked).toEqual([{ cache: 'no-store', signal: expect.any(AbortSignal) }]);
  });
});
