/** What axe has to say: nothing. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

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
  // Of what passes one place each is told, and no page of its own is opened to put frames of other origins together: there are
  // none. That spares axe half of its time.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode();
  if (part.within !== undefined) axe.include(part.within);
  if (part.without !== undefined) axe.exclude(part.without);
  const { violations, passes } = await axe.analyze();
  expect(passes.length, `axe looked at ${state}`).toBeGreaterThan(10);
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
  expect(found, state).toEqual([]);
}
