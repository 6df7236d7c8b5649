/** The whole course with the keyboard alone. */
import { askedIn, handleByKeyboard, handlingOf, questionOf, tabTo } from './answering.ts';
import { expect, heading, test } from './course-test.ts';

test('is read, answered and passed', async ({ page, courseAddress, course }) => {
  test.setTimeout(180_000);
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
    await tabTo(page, page.getByRole('link', { name: /^Next/ }));
    await page.keyboard.press('Enter');
    await expect(heading(page)).not.toHaveText(title);
    await expect(heading(page)).toBeFocused();
  }

  for (const item of await askedIn(page, course)) {
    await handleByKeyboard(page, questionOf(page, item), handlingOf(item, true));
  }
  await tabTo(page, page.getByRole('button', { name: 'Submit answers' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Passed: you scored 100%' })).toBeFocused();
  await tabTo(page, page.getByRole('link', { name: 'Go to your result' }));
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
  await tabTo(page, link);
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
