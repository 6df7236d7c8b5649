/**
 * Asks whether the server that the package comes from still answers as it should. An LMS may say that it has saved
 * when it has not: Moodle's Commit is "true" without a network, and a session that has timed out answers every
 * request with a login page.
 */

/** How long an answer may take, in milliseconds. */
const patience = 10_000;

/** What a probe needs. */
export interface ProbeOptions {
  /** Address of a file of the package. */
  readonly address: string;
  /** What stands in it, but for white space around it. */
  readonly expected: string;
  readonly fetch: typeof fetch;
  /** Whether the device knows that it has no network. */
  readonly isOffline: () => boolean;
}

/**
 * Makes a probe.
 *
 * @returns a function that tells whether there is no reason for doubt. A file that has never been read (some
 * servers refuse its kind, a sandbox refuses all) proves nothing and gives none. Never rejects.
 */
export function createProbe({ address, expected, fetch, isOffline }: ProbeOptions): () => Promise<boolean> {
  let works = false;
  return async () => {
    try {
      const response = await fetch(address, { cache: 'no-store', signal: AbortSignal.timeout(patience) });
      const answers = response.ok && (await response.text()).trim() === expected;
      works ||= answers;
      return answers || !works;
    } catch {
      return !works && !isOffline();
    }
  };
}
