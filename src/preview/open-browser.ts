import { spawn } from 'node:child_process';

/** Shows an address in the default browser; where that does not work nothing is said: the address is printed. */
export function openBrowser(address: string): void {
  const [command, ...args] = opener(address);
  const opening = spawn(command, args, { stdio: 'ignore', detached: true });
  opening.on('error', () => undefined);
  opening.unref();
}

function opener(address: string): readonly [string, ...string[]] {
  switch (process.platform) {
    case 'darwin':
      return ['open', address];
    case 'win32':
      // `start` is part of cmd, and takes its first quoted argument for a window title.
      return ['cmd', '/c', 'start', '', address];
    default:
      return ['xdg-open', address];
  }
}
