/** The preview LMS as a trainer meets it. */
import { expect, heading, leave, press, readToEnd, test } from './course-test.ts';
import { expectNoViolations } from './no-violations.ts';
import { programNames } from './programs.ts';

/** The frame with the course has tests of its own. */
const preview = { without: 'iframe' };

test('shows the packages, plays one, and shows live what is recorded', async ({ page, lms, course }) => {
  await page.goto(lms.address);
  // Every program in the three formats that an LMS of this kind takes; the others are listed for where they belong.
  await expect(page.getByRole('heading', { level: 2 })).toContainText([
    ...programNames,
    'Built for other places',
  ]);
  await expect(page.getByRole('article')).toHaveCount(3 * programNames.length);
  await expectNoViolations(page, 'the shelf', preview);

  await page.getByRole('link', { name: `Start: ${course.title}, SCORM 2004 4th Edition` }).click();
  const frame = page.frameLocator('iframe');
  await expect(heading(frame)).toHaveText('Welcome');
  const inspector = page.locator('#inspector');
  await expect(inspector).toContainText('incomplete');
  await expect(inspector).toContainText('welcome');
  await readToEnd(frame);
  await expect(inspector.getByText('14 %')).toBeVisible();
  await expect(inspector.getByText('Commit').first()).toBeVisible();
  await expectNoViolations(page, 'the player', preview);

  await press(page.getByRole('button', { name: 'Inspector' }), (within) =>
    expect(inspector).toBeHidden(within),
  );
  await leave(page);
  const card = page.getByRole('article', { name: `${course.title} SCORM 2004 4th Edition`, exact: true });
  await expect(card).toContainText('incomplete');
  await expectNoViolations(page, 'the shelf with an attempt', preview);

  await card.getByRole('link', { name: /^New attempt/ }).click();
  await expect(heading(frame)).toHaveText('Welcome');
  await expect(frame.getByText('0%', { exact: true })).toBeVisible();
});

test('fits a phone', async ({ page, lms, course }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(lms.address);
  await expectNoViolations(page, 'the shelf on a phone', preview);
  await page.getByRole('link', { name: `Start: ${course.title}, SCORM 1.2` }).click();
  await expect(heading(page.frameLocator('iframe'))).toHaveText('Welcome');
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
  ).toBeLessThanOrEqual(0);
  await expectNoViolations(page, 'the player on a phone', preview);
});
