import { spawnSync } from 'node:child_process';
import { expect, it, vi } from 'vitest';

// Each case starts a process of its own.
vi.setConfig({ testTimeout: 30_000 });

/** Runs the command line as `npm run` does. */
function run(...args: string[]) {
  return spawnSync(process.execPath, ['--import', 'tsx', 'manifest/cli.ts', ...args], { encoding: 'utf8' });
}

it.each([
  { args: [], complaint: 'a command is missing' },
  { args: ['bild'], complaint: 'unknown command "bild"' },
  { args: ['toString'], complaint: 'unknown command "toString"' },
  { args: ['build', 'all'], complaint: '"build" takes nothing else, found "all"' },
  { args: ['build', '--fast'], complaint: "Unknown option '--fast'" },
])('the command line $args is refused with the commands that there are', ({ args, complaint }) => {
  const { status, stderr, stdout } = run(...args);
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain(complaint);
  expect(stderr).toContain('  build     make a package of every format in dist/');
  expect(stderr).toContain('  manifest  rewrite imsmanifest.xml of the default package');
});
