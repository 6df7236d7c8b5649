/** The cmi5 package through a whole life: as an LMS launches it, and as learners leave and come back. */
import { expect, test } from './lrs-test.ts';

/** So many right answers are too few for the course, and enough for an LMS that asks for a tenth. */
const fails = 2;

test('is read, failed, left, resumed, passed, and left by the button for where the LMS wants the learner', async ({
  launch,
  lrs,
  server,
  course,
}) => {
  const first = await launch({ masteryScore: 0.8, returnURL: server.home });
  await first.read();
  await first.takeQuiz(fails);
  await first.expectLine(/^Saved/);
  // The learner may still try again, and pass.
  await first.expectVerbs('initialized');
  await first.leave();
  await first.expectVerbs('initialized', 'failed', 'terminated');

  const second = await launch({ masteryScore: 0.8, returnURL: server.home });
  await second.expectPage('quiz');
  await second.expectDone(...course.pages.filter(({ kind }) => kind === 'lesson').map(({ id }) => id));
  await second.takeQuiz();
  await second.expectLine(/^Saved/);
  await second.expectVerbs('initialized', 'completed', 'passed');
  await second.page.getByRole('button', { name: 'Save and exit' }).click();
  await second.page.waitForURL(server.home);
  expect(second.verbs).toEqual(['initialized', 'completed', 'passed', 'terminated']);

  for (const launched of lrs.launches) lrs.expectEnded(launched);
  const answers = lrs.verbs().filter((verb) => verb === 'answered');
  expect(answers.length).toBeGreaterThanOrEqual(2 * 9);
  expect(lrs.requests.filter(({ part }) => part === 'fetch')).toHaveLength(2);
  // Another launch after that has nothing left to say.
  const third = await launch({ masteryScore: 0.8 });
  await third.expectLine(/^(Connected|Saved)/);
  await third.leave();
  await third.expectVerbs('initialized', 'terminated');
});

test('keeps to the mastery score of the LMS, not its own', async ({ launch }) => {
  const easy = await launch({ masteryScore: 0.1 });
  await easy.takeQuiz(fails);
  await easy.expectVerbs('initialized', 'passed');
  await expect(easy.page.locator('.quiz-summary h2')).toContainText('Passed');
  await easy.leave();

  const hard = await launch({ masteryScore: 1, registration: crypto.randomUUID() });
  await hard.turnTo('quiz');
  await hard.takeQuiz((await hard.asked()).length - 1);
  await hard.expectLine(/^Saved/);
  await hard.leave();
  await hard.expectVerbs('initialized', 'failed', 'terminated');
});

for (const launchMode of ['Review', 'Browse'] as const) {
  test(`in the mode ${launchMode} can be read and tried, and records nothing`, async ({ launch, lrs }) => {
    const first = await launch();
    await first.read('welcome', 'standards');
    await first.expectKept('welcome', 'standards');
    await first.leave();
    const before = lrs.documents();
    const again = await launch({ launchMode });
    await again.expectLine(/nothing is recorded/);
    await again.expectDone('welcome', 'standards');
    await again.takeQuiz();
    await again.leave();
    await again.expectVerbs('initialized', 'terminated');
    expect(lrs.verbs(again.launch)).toEqual(['initialized', 'terminated']);
    expect(lrs.documents()).toEqual(before);
  });
}

test('loaded anew by its script or the keyboard goes on in the same session', async ({
  launch,
  reopen,
  lrs,
}) => {
  const first = await launch();
  await first.read('welcome');
  await first.expectKept('welcome');
  await first.page.evaluate(() => location.reload());
  await first.page.waitForLoadState();
  const again = await reopen(first, first.page);
  await again.expectDone('welcome');
  await again.read('standards');
  await again.expectKept('welcome', 'standards');
  // A key as browsers tell the page of it; what the key does, the test does.
  await again.page.evaluate(() => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'F5' })));
  await again.page.reload();
  const third = await reopen(again, again.page);
  await third.expectDone('welcome', 'standards');
  await third.leave();
  await third.expectVerbs('initialized', 'terminated');
  expect(lrs.requests.filter(({ part }) => part === 'fetch')).toHaveLength(1);
});

test('loaded anew by a button of the browser is over for the LMS; what is done is told at the next launch', async ({
  launch,
  reopen,
}) => {
  const first = await launch();
  await first.read('welcome');
  await first.expectKept('welcome');
  await first.page.reload();
  const again = await reopen(first, first.page);
  await again.expectDone('welcome');
  await again.read('standards');
  await again.expectLine(/Not being saved\. Kept on this device/);
  await again.leave();
  const next = await launch();
  await next.expectKept('welcome', 'standards');
  await next.expectLine(/^Saved/);
});

test('in a tab that is duplicated has one session; what is done in the other tab is told by it', async ({
  context,
  launch,
  reopen,
  lrs,
}) => {
  const first = await launch();
  await first.read('welcome');
  await first.expectKept('welcome');
  // A window that a page opens gets a copy of what its tab remembers, as a duplicated tab does.
  const opened = context.waitForEvent('page');
  await first.page.evaluate(() => void window.open(location.href));
  const copy = await reopen(first, await opened);
  await copy.expectDone('welcome');
  await copy.read('standards');
  await first.expectKept('welcome', 'standards');
  await copy.leave();
  await first.read('case-study');
  await first.expectKept('welcome', 'standards', 'case-study');
  await first.leave();
  await first.expectVerbs('initialized', 'terminated');
  lrs.expectEnded(first.launch);
  expect(lrs.requests.filter(({ part }) => part === 'fetch')).toHaveLength(1);
});

test('is left within seconds by the button, though the LRS does not answer any more', async ({
  launch,
  lrs,
  server,
}) => {
  const first = await launch({ returnURL: server.home });
  await first.expectLine(/^(Connected|Saved)/);
  // Longer than anybody waits: answers come, if at all, once the test is over.
  lrs.faults = { delay: 60_000 };
  await first.read('welcome');
  await first.page.getByRole('button', { name: 'Save and exit' }).click();
  await first.page.waitForURL(server.home);
  lrs.faults = {};
  const next = await launch();
  await next.expectDone('welcome');
  await next.expectKept('welcome');
});

test('without an LMS keeps progress on the device', async ({ context, package: address, lrs }) => {
  const page = await context.newPage();
  await page.goto(address);
  await expect(page.getByText('Kept on this device').first()).toBeVisible();
  expect(lrs.requests).toEqual([]);
});
