/**
 * Browser tests in every browser that the machine has (`npm run browsers` sees to both): what a person sees (`e2e`),
 * and what becomes of their work in an LMS that misbehaves (`faults`: SCORM, `lrs`: cmi5).
 */
import { defineConfig } from '@playwright/test';
import { type BrowserName, findBrowser } from './tests/e2e/browsers.ts';

/**
 * Firefox, of which the system's own is driven at a third of the speed, takes part where browsers differ: in what is seen and
 * handled, stored on the device, and sent in the last moment.
 */
const inFirefox = {
  // What the course makes of the values and answers that an LMS gives is script alone.
  testIgnore: /faults\/(never-worse|suspend-data)|lrs\/(faults|programs)|e2e\/programs/,
  // A Firefox that is not Playwright's own can neither be made to prefer dark nor to run no script. What an LMS gets is
  // tried in it in one edition: what a browser does is the same for both. What axe reads is the same in both browsers.
  grepInvert: /dark|without script|on a phone|judged at once|where it closes| 2004: |SCORM 2004|axe/,
};

const projects = (['chromium', 'firefox'] satisfies BrowserName[]).flatMap((name) => {
  const found = findBrowser(name);
  if (!found) return [];
  const { launchOptions, channel } = found;
  return [
    {
      name,
      ...(name === 'firefox' ? inFirefox : {}),
      use: { browserName: name, launchOptions, ...(channel ? { channel } : {}) },
    },
  ];
});
if (projects.length < 2)
  throw new Error('The browser tests need Chromium and Firefox: run "npm run browsers".');

export default defineConfig({
  testDir: 'tests',
  testMatch: /(e2e|faults|lrs)\/.*\.spec\.ts$/,
  fullyParallel: true,
  // One more than most machines have processors: while one test waits, another works. More of them take longer.
  workers: 3,
  // Where nobody watches, a test has a second try, and the report names it as flaky. At a desk it has none, so that it is mended.
  retries: process.env['CI'] ? 1 : 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: process.env['CI'] ? [['dot']] : [['list']],
  use: { viewport: { width: 1280, height: 800 }, actionTimeout: 15_000 },
  projects,
});
