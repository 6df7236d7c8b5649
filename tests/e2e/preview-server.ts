/** The preview LMS as a process of its own, as `npm start` runs it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A running preview LMS. */
export interface PreviewServer {
  /** Address of the shelf, ending with a slash. */
  readonly address: string;
  stop(): Promise<void>;
}

/**
 * Starts the preview LMS on a free port with the packages in `dist/`.
 *
 * @param dataDir folder where it keeps attempts
 * @throws Error with what it printed where it ends before it is ready
 */
export async function startPreview(dataDir: string): Promise<PreviewServer> {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', 'tsx', 'src/preview/server.ts', '--port', '0', '--data', dataDir, '--no-open'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const printed: string[] = [];
  if (!child.stdout) throw new Error('The preview LMS has no output to read its address from.');
  for await (const line of createInterface(child.stdout)) {
    printed.push(line);
    if (line.startsWith('Stop with')) break;
  }
  const address = /http:\/\/\S+/.exec(printed.join('\n'))?.[0];
  if (address === undefined)
    throw new Error(`The preview LMS did not start. It printed:\n${printed.join('\n')}`);
  return {
    address,
    async stop() {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}
