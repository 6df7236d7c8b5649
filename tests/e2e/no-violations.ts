/** What axe has to say: nothing. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type { ElementContext, RunOptions } from 'axe-core';

declare global {
  interface Window {
    readonly axe: typeof import('axe-core');
  }
}

/** Axe for the browser. */
const axeScript = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Of what passes one place each is told: that spares axe half of its time. Frames have tests of their own. */
const options = { resultTypes: ['violations'], iframes: false } satisfies RunOptions;

/**
 * Ways of looking at a state: both sizes and both colour schemes, each once. Colours do not depend on the size, nor does what
 * is laid out depend on the colours.
 */
export const looks = [
  { look: 'desktop, light', viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  { look: 'phone, dark', viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
] as const;

/**
 * Runs all of axe's rules on what is shown.
 *
 * @param state what is shown, for the message
 * @param part selectors of the only part to look at, and of a part that has tests of its own
 */
export async function expectNoViolations(
  page: Page,
  state: string,
  part: { readonly within?: string; readonly without?: string } = {},
): Promise<void> {
  const context = {
    include: [part.within ?? 'html'],
    ...(part.without !== undefined && { exclude: [part.without] }),
  } satisfies ElementContext;
  // It stays in a page until that is loaded anew: it is large.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeScript);
  const { violations, passes } = await page.evaluate((given) => window.axe.run(...given), [
    context,
    options,
  ] as const);
  expect(passes.length, `axe looked at ${state}`).toBeGreaterThan(10);
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
  expect(found, state).toEqual([]);
}
