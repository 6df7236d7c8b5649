/** What axe has to say: nothing. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/**
 * Runs all of axe's rules on what is shown.
 *
 * @param state what is shown, for the message
 * @param exclude selector of a part that has tests of its own
 */
export async function expectNoViolations(page: Page, state: string, exclude?: string): Promise<void> {
  const axe = new AxeBuilder({ page });
  const { violations, passes } = await (exclude === undefined ? axe : axe.exclude(exclude)).analyze();
  expect(passes.length, `axe looked at ${state}`).toBeGreaterThan(10);
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
  expect(found, state).toEqual([]);
}
