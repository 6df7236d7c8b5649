/**
 * Which browsers the tests run in. Run as a command (`npm run browsers`), it installs what is missing.
 *
 * In this order: a browser that Playwright brought, one that the system has, Debian's packages (as root), then
 * Playwright's own download.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BrowserType, chromium, firefox, type LaunchOptions } from '@playwright/test';

/** How to launch a browser that was found. */
export interface FoundBrowser {
  readonly launchOptions: LaunchOptions;
  /** Playwright's name for a Firefox that is not its own. */
  readonly channel?: string;
}

/** A browser by name, or undefined where there is none. */
export type BrowserName = 'chromium' | 'firefox';

const types: Record<BrowserName, BrowserType> = { chromium, firefox };
/**
 * Where there are several, the first one is taken. Chromium's headless shell (what Playwright itself downloads, too) is
 * Chromium without its windows, and takes less than half of the time of the whole browser.
 */
const commands: Record<BrowserName, readonly string[]> = {
  chromium: ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'],
  firefox: ['firefox-esr', 'firefox'],
};

/** For machines without a display, without a sandbox (root) or without a way to the internet. */
const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function onPath(names: readonly string[]): string | undefined {
  // Elsewhere than on Linux the system's browsers are not of a version that Playwright knows how to drive.
  if (process.platform !== 'linux') return undefined;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

/**
 * A Firefox in which the last tab of a site closes stops the script of that tab, also in the middle of its farewell. With
 * the processors as busy as tests make them that is often, and would be tested instead of the course. What becomes of a
 * course that could not say farewell has tests of its own, which kill the tab.
 */
const firefoxPreferences = { 'dom.abort_script_on_child_shutdown': false };

/** Looks for a browser that can be launched. */
export function findBrowser(name: BrowserName): FoundBrowser | undefined {
  const options = name === 'chromium' ? { args: chromiumArgs } : { firefoxUserPrefs: firefoxPreferences };
  if (existsSync(types[name].executablePath())) return { launchOptions: options };
  const executablePath = onPath(commands[name]);
  if (executablePath === undefined) return undefined;
  return {
    launchOptions: { ...options, executablePath },
    ...(name === 'firefox' ? { channel: 'moz-firefox' } : {}),
  };
}

function run(command: string, ...args: string[]): boolean {
  process.stdout.write(`${[command, ...args].join(' ')}\n`);
  return spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0;
}

/** Debian's packages, the best first: not every Debian has the headless shell. */
const debianPackages: Record<BrowserName, readonly string[]> = {
  chromium: ['chromium-headless-shell', 'chromium'],
  firefox: ['firefox-esr'],
};

function install(name: BrowserName): void {
  const debian = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  if (
    debian &&
    run('apt-get', 'update') &&
    debianPackages[name].some((debianPackage) => run('apt-get', 'install', '-y', debianPackage))
  )
    return;
  run('npx', 'playwright', 'install', name);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const name of ['chromium', 'firefox'] as const) {
    if (findBrowser(name) === undefined) install(name);
    if (findBrowser(name) === undefined) {
      process.stderr.write(
        `No ${name} was found and none could be installed.\n` +
          `The browser tests need it: install one of ${commands[name].join(', ')}, or run "npx playwright install ${name}".\n`,
      );
      process.exitCode = 1;
    }
  }
}
