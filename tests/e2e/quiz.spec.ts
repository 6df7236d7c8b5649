/** The quiz as a learner meets it. */
import { askedIn, questionOf, seeQuestion } from './answering.ts';
import { answer, answerAtOnce, expect, keptOnDevice, openPage, test } from './course-test.ts';

test.beforeEach(async ({ page, courseAddress }) => {
  await page.goto(`${courseAddress}#/quiz`);
  await expect(openPage(page).getByRole('button', { name: 'Submit answers' })).toBeVisible();
});

test('asks as many questions of each takeaway as its author says, and numbers them', async ({
  page,
  course,
}) => {
  const { draw } = course.rules.quiz;
  const asked = await askedIn(page, course);
  const counts = Object.fromEntries(
    course.takeaways.map(({ id }) => [id, asked.filter(({ takeaway }) => takeaway === id).length]),
  );
  expect(counts).toEqual(draw);
  await expect(openPage(page).locator('.question-number:visible')).toHaveText(
    asked.map((_, index) => `Question ${index + 1} of ${asked.length}`),
  );
  // What is not asked cannot be seen, reached or searched.
  await expect(openPage(page).locator('[data-item]:visible')).toHaveCount(asked.length);
});

test('names the questions that have no answer and goes to the first', async ({ page, course }) => {
  const asked = await askedIn(page, course);
  const open = asked.slice(2, 4);
  await answer(
    page,
    asked.filter((item) => !open.includes(item)),
    () => true,
  );
  await page.getByRole('button', { name: 'Submit answers' }).click();
  await expect(page.getByRole('alert')).toHaveText('These questions have no answer yet: 3, 4.');
  const first = page.locator(`[data-item="${open[0]?.id}"]`);
  await expect(first.locator(':focus')).toHaveCount(1);
  await expect(first.locator('legend')).toBeInViewport();
  await expect(first.locator('.outcome')).not.toBeEmpty();
  await answer(page, open, () => true);
  await expect(page.getByRole('alert')).toBeEmpty();
  await page.getByRole('button', { name: 'Submit answers' }).click();
  await expect(page.getByRole('heading', { name: 'Passed: you scored 100%' })).toBeFocused();
});

test('says of every answer whether it is right, and closes the questions', async ({ page, course }) => {
  const asked = await askedIn(page, course);
  await expect(openPage(page).locator('.feedback:visible')).toHaveCount(0);
  await answer(page, asked, () => false);
  await page.getByRole('button', { name: 'Submit answers' }).click();
  await expect(page.getByRole('heading', { name: 'Not passed yet: you scored 0%' })).toBeFocused();
  for (const item of asked) {
    const question = questionOf(page, item);
    await expect(question.getByText('Your answer is not right.')).toBeVisible();
    const enabled = 'input:enabled:not([readonly]), select:enabled, .moves button';
    await expect(question.locator(enabled).filter({ visible: true })).toHaveCount(0);
    // One for the wrong choice and one for each right one; parts of a whole each have their own.
    const explained = {
      choice: () => (item.kind === 'choice' ? item.options.filter(({ correct }) => correct).length + 1 : 0),
      'true-false': () => 2,
      matching: () => (item.kind === 'matching' ? item.pairs.length : 0),
      sequencing: () => (item.kind === 'sequencing' ? item.options.length : 0),
      'fill-in': () => 0,
      numeric: () => 0,
      likert: () => 0,
    }[item.kind]();
    await expect(question.locator('.feedback:visible'), item.id).toHaveCount(explained);
  }
});

test('starts afresh with a new try and keeps the best score', async ({ page, course }) => {
  const asked = await askedIn(page, course);
  await answer(page, asked, (item) => item !== asked[0]);
  await page.getByRole('button', { name: 'Submit answers' }).click();
  await expect(page.getByRole('heading', { name: 'Passed: you scored 88%' })).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).first().click();
  await expect(openPage(page).locator('legend:visible').first()).toBeFocused();
  const next = await askedIn(page, course);
  expect(next).not.toEqual(asked);
  for (const item of next.filter(({ kind }) => kind !== 'sequencing')) {
    expect((await seeQuestion(questionOf(page, item))).held.join('')).toBe('');
  }
  await expect(page.getByText('Your best score so far is 88%.')).toBeVisible();
  await answerAtOnce(page, next, () => false);
  await page.getByRole('button', { name: 'Submit answers' }).click();
  await expect(page.getByRole('heading', { name: 'Not passed yet: you scored 0%' })).toBeVisible();
  await page.getByRole('link', { name: 'Go to your result' }).click();
  const result = openPage(page).getByRole('region', { name: 'Your result' });
  await expect(result).toContainText('88%');
  await expect(result).toContainText('passed');
});

test.describe('the result', () => {
  test('says what is still to do', async ({ page, course }) => {
    await answerAtOnce(page, await askedIn(page, course), () => true);
    await page.getByRole('button', { name: 'Submit answers' }).click();
    await page.getByRole('link', { name: 'Go to your result' }).click();
    const result = openPage(page).getByRole('region', { name: 'Your result' });
    await expect(
      result.getByRole('heading', { name: 'You have not completed this module yet' }),
    ).toBeVisible();
    await expect(result.getByRole('listitem')).toHaveCount(6);
    await result.getByRole('link', { name: 'A techdiplomacy case study' }).click();
    await expect(openPage(page).getByRole('heading', { level: 1 })).toHaveText('A techdiplomacy case study');
  });

  test('shows each takeaway, what to read again, and each question with its answers', async ({
    page,
    course,
  }) => {
    const asked = await askedIn(page, course);
    const wrong = asked.slice(0, 2);
    await answerAtOnce(page, asked, (item) => !wrong.includes(item));
    await page.getByRole('button', { name: 'Submit answers' }).click();
    await page.getByRole('link', { name: 'Go to your result' }).click();

    const takeaways = openPage(page).getByRole('region', { name: 'Takeaway by takeaway' });
    const scores = course.takeaways.map(({ id }) => {
      const its = asked.filter(({ takeaway }) => takeaway === id);
      const right = its.filter((item) => !wrong.includes(item));
      return `${Math.floor((100 * right.length) / its.length)}%`;
    });
    await expect(takeaways.getByRole('listitem').locator('strong')).toHaveText(scores);

    const again = openPage(page).getByRole('region', { name: 'What to read again' });
    const sections = new Set(wrong.map(({ rules }) => `#/${rules.section}`));
    const links = again.getByRole('link');
    expect(await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')))).toEqual([
      ...sections,
    ]);

    const questions = openPage(page).getByRole('region', { name: 'Question by question' });
    await expect(questions.locator('.review h3')).toHaveText(asked.map(({ prompt }) => prompt));
    await expect(questions.locator('.review > .mark')).toHaveText(
      asked.map((item) => (wrong.includes(item) ? '✗ Not right' : '✓ Right')),
    );
    for (const [index, item] of asked.entries()) {
      const terms = questions.locator('.review').nth(index).locator('dt');
      await expect(terms.first()).toHaveText('Your answer');
      await expect(terms.filter({ hasText: 'The right answer' })).toHaveCount(wrong.includes(item) ? 1 : 0);
    }

    // A link leads to the section and is followed by the keyboard, too.
    await links.first().focus();
    await page.keyboard.press('Enter');
    const [section = ''] = sections;
    const target = page.locator(`[id="${section.slice(1)}"]`);
    await expect(target).toBeInViewport();
  });

  test('is printed on request', async ({ page, course, browserName }) => {
    await answerAtOnce(page, await askedIn(page, course), () => false);
    await page.getByRole('button', { name: 'Submit answers' }).click();
    await page.getByRole('link', { name: 'Go to your result' }).click();
    await page.evaluate(() => {
      window.print = () => Reflect.set(window, 'printed', true);
    });
    await page.getByRole('button', { name: 'Print this page' }).click();
    expect(await page.evaluate(() => Reflect.get(window, 'printed'))).toBe(true);
    // Firefox cannot be made to show paper from outside.
    if (browserName !== 'chromium') return;
    await page.emulateMedia({ media: 'print' });
    await expect(openPage(page).locator('.review:visible')).toHaveCount(9);
    await expect(page.getByRole('button', { name: 'Print this page' })).toBeHidden();
  });
});

test('Enter on an option does not submit the quiz', async ({ page, course }) => {
  await answerAtOnce(page, await askedIn(page, course), () => true);
  await openPage(page).locator('input:visible').first().focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Submit answers' })).toBeVisible();
  await expect(openPage(page).locator('input:disabled')).toHaveCount(0);
});

test('counts the time to an answer from when its question was seen, in every try', async ({
  page,
  course,
}) => {
  await answerAtOnce(page, await askedIn(page, course), () => false);
  await page.getByRole('button', { name: 'Submit answers' }).click();
  await page.getByRole('button', { name: 'Try again' }).first().click();
  const [item] = await askedIn(page, course);
  if (!item) throw new Error('the course has no questions');
  const latency = async () => (await keptOnDevice(page, course)).quiz.answers[item.id]?.latency;
  await expect(questionOf(page, item).locator('legend')).toBeInViewport();
  const seen = await page.evaluate(() => performance.now());
  await page.waitForFunction((since) => performance.now() > since + 250, seen);
  await answer(page, [item], () => true);
  await expect.poll(latency).toBeGreaterThanOrEqual(200);
});
