/** The quiz as a learner meets it. */
import { answer, expect, keptOnDevice, openPage, test } from './course-test.ts';

test.beforeEach(async ({ page, courseAddress }) => {
  await page.goto(`${courseAddress}#/quiz`);
  await expect(openPage(page).getByRole('button', { name: 'Submit answers' })).toBeVisible();
});

test('names the questions that have no answer and goes to the first', async ({ page, course }) => {
  const open = course.items.slice(2, 4);
  await answer(
    page,
    course.items.filter((item) => !open.includes(item)),
    () => true,
  );
  await page.getByRole('button', { name: 'Submit answers' }).click();
  await expect(page.getByRole('alert')).toHaveText('These questions have no answer yet: 3, 4.');
  const first = page.locator(`[data-item="${open[0]?.id}"]`);
  await expect(first.locator('input').first()).toBeFocused();
  await expect(first.locator('legend')).toBeInViewport();
  await expect(first.getByText('This question has no answer yet.')).toBeVisible();
  await answer(page, open, () => true);
  await expect(page.getByRole('alert')).toBeEmpty();
  await page.getByRole('button', { name: 'Submit answers' }).click();
  await expect(page.getByRole('heading', { name: 'Passed: you scored 100%' })).toBeFocused();
});

test('explains every chosen and every right option, and no other', async ({ page, course }) => {
  await expect(openPage(page).locator('.feedback:visible')).toHaveCount(0);
  await answer(page, course.items, () => false);
  await page.getByRole('button', { name: 'Submit answers' }).click();
  await expect(page.getByRole('heading', { name: 'Not passed yet: you scored 0%' })).toBeFocused();
  for (const item of course.items) {
    const question = page.locator(`[data-item="${item.id}"]`);
    await expect(question.getByText('Your answer is not right yet.')).toBeVisible();
    const right = item.kind === 'choice' ? item.options.filter(({ correct }) => correct).length : 1;
    await expect(question.locator('.feedback:visible')).toHaveCount(right + 1);
    await expect(question.locator('input:enabled')).toHaveCount(0);
  }
});

test('starts afresh with a new try and keeps the best score', async ({ page, course }) => {
  await answer(page, course.items, (item) => item !== course.items[0]);
  await page.getByRole('button', { name: 'Submit answers' }).click();
  await expect(page.getByRole('heading', { name: 'Passed: you scored 85%' })).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).first().click();
  await expect(openPage(page).locator('legend').first()).toBeFocused();
  await expect(openPage(page).locator('input:checked')).toHaveCount(0);
  await expect(page.getByText('Your best score so far is 85%.')).toBeVisible();
  await answer(page, course.items, () => false);
  await page.getByRole('button', { name: 'Submit answers' }).click();
  await expect(page.getByRole('heading', { name: 'Not passed yet: you scored 0%' })).toBeVisible();
  await page.getByRole('link', { name: 'Go to your result' }).click();
  const result = openPage(page).getByRole('region', { name: 'Your result' });
  await expect(result).toContainText('85%');
  await expect(result).toContainText('passed');
});

test('the result says what is still to do', async ({ page, course }) => {
  await answer(page, course.items, () => true);
  await page.getByRole('button', { name: 'Submit answers' }).click();
  await page.getByRole('link', { name: 'Go to your result' }).click();
  const result = openPage(page).getByRole('region', { name: 'Your result' });
  await expect(result.getByRole('heading', { name: 'You have not completed this module yet' })).toBeVisible();
  await expect(result.getByRole('listitem')).toHaveCount(6);
  await result.getByRole('link', { name: 'A techdiplomacy case study' }).click();
  await expect(openPage(page).getByRole('heading', { level: 1 })).toHaveText('A techdiplomacy case study');
});

test('Enter on an option does not submit the quiz', async ({ page, course }) => {
  await answer(page, course.items, () => true);
  await openPage(page).locator('input:checked').first().focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Submit answers' })).toBeVisible();
  await expect(openPage(page).locator('input:disabled')).toHaveCount(0);
});

test('counts the time to an answer from when its question was seen, in every try', async ({
  page,
  course,
}) => {
  const item = course.items[0];
  if (!item) throw new Error('the course has no questions');
  const latency = async () => (await keptOnDevice(page, course)).quiz.answers[item.id]?.latency;
  const question = page.locator(`[data-item="${item.id}"]`);

  await answer(page, course.items, () => false);
  await page.getByRole('button', { name: 'Submit answers' }).click();
  await page.getByRole('button', { name: 'Try again' }).first().click();
  await expect(question.locator('legend')).toBeInViewport();
  const seen = await page.evaluate(() => performance.now());
  await page.waitForFunction((since) => performance.now() > since + 250, seen);
  await answer(page, [item], () => true);
  await expect.poll(latency).toBeGreaterThanOrEqual(200);
});
