/** The whole course with the keyboard alone. */
import { expect, heading, openPage, test } from './course-test.ts';

/** Presses Tab until what has focus fits; fails where focus comes back to where it was. */
async function tabTo(page: import('@playwright/test').Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press('Tab');
    const text = await page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element?.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '';
    });
    if (name.test(text)) return;
  }
  throw new Error(`Tab never reached ${name}`);
}

test('is read, answered and passed', async ({ page, courseAddress, course }) => {
  await page.goto(courseAddress);
  for (const { kind, title } of course.pages) {
    await expect(heading(page)).toHaveText(title);
    if (kind === 'quiz') break;
    const list = page.getByRole('navigation', { name: 'Pages', exact: true });
    // The browser itself may still be scrolling to the page that the address names when the key is pressed.
    await expect(async () => {
      await page.keyboard.press('End');
      await expect(list.getByRole('link', { name: `${title} (done)` })).toBeVisible({ timeout: 1000 });
    }).toPass();
    await tabTo(page, /^Next/);
    await page.keyboard.press('Enter');
    await expect(heading(page)).not.toHaveText(title);
    await expect(heading(page)).toBeFocused();
  }

  for (const item of course.items) {
    const right =
      item.kind === 'choice'
        ? item.options.flatMap(({ id, correct }) => (correct ? [id] : []))
        : [String(item.answer)];
    const inputs = openPage(page).locator(`[data-item="${item.id}"] input`);
    const values = await inputs.evaluateAll((all) => all.map((input) => input.getAttribute('value') ?? ''));
    await inputs.first().focus();
    for (const [index, value] of values.entries()) {
      const control = inputs.nth(index);
      if (await control.evaluate((input) => input.getAttribute('type') === 'checkbox')) {
        if (right.includes(value)) await page.keyboard.press('Space');
        if (index < values.length - 1) await page.keyboard.press('Tab');
      } else if (right.includes(value)) {
        await page.keyboard.press('Space');
        await expect(control).toBeChecked();
      } else if (!(await inputs.nth(values.indexOf(right[0] ?? '')).isChecked())) {
        await page.keyboard.press('ArrowDown');
        if (values[index + 1] === right[0]) break;
      }
    }
  }
  await tabTo(page, /^Submit answers$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Passed: you scored 100%' })).toBeFocused();
  await tabTo(page, /^Go to your result$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'You have completed this module' })).toBeVisible();
});

test('the page list opens, closes and gives focus back', async ({ page, courseAddress }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(courseAddress);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the text' })).toBeFocused();
  await page.keyboard.press('Tab');
  const button = page.getByRole('button', { name: 'Pages' });
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
  const link = page.getByRole('link', { name: /^A techdiplomacy case study/ });
  await expect(link).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(link).toBeHidden();
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
  await tabTo(page, /A techdiplomacy case study/);
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText('A techdiplomacy case study');
  await expect(heading(page)).toBeFocused();
  await expect(link).toBeHidden();
});

test('the skip link goes to the text', async ({ page, courseAddress }) => {
  await page.goto(courseAddress);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(heading(page)).toBeFocused();
});
