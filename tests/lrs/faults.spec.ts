/** The cmi5 package with an LMS that fails: nothing that the learner did is lost, and nothing is said twice. */
import { expect, test } from './lrs-test.ts';

test('the LRS goes down and comes up: all arrives, in order', async ({ launch, faults, lrs }) => {
  const course = await launch();
  await course.read('welcome');
  await course.expectKept('welcome');
  faults('down');
  await course.read();
  await course.takeQuiz();
  await course.expectLine(/Not being saved\. Kept on this device/);
  faults();
  await course.expectVerbs('initialized', 'completed', 'passed');
  await course.expectAnswers((await course.asked()).length);
  await course.expectLine(/^Saved/);
  await course.leave();
  await course.expectVerbs('initialized', 'completed', 'passed', 'terminated');
  lrs.expectEnded(course.launch);
});

test('answers of the LRS get lost: nothing is there twice', async ({ launch, faults }) => {
  const course = await launch();
  faults('lost', 'statements', 'state');
  await course.read();
  await course.takeQuiz();
  await course.expectLine(/Not being saved/);
  faults();
  await course.expectVerbs('initialized', 'completed', 'passed');
  await course.expectAnswers((await course.asked()).length);
  await course.expectLine(/^Saved/);
});

test('the LRS says for a while that another version is meant: it is looked at again, and written', async ({
  launch,
  faults,
  lrs,
}) => {
  const course = await launch();
  faults(409, 'state');
  await course.read('welcome');
  await course.expectLine(/Not being saved/);
  faults();
  await course.expectKept('welcome');
  await course.expectLine(/^Saved/);
  expect(lrs.requests.some(({ status }) => status === 409)).toBe(true);
});

test('the LRS takes two seconds for everything: the last answer arrives', async ({ launch, lrs }) => {
  lrs.faults = { delay: 2000 };
  const course = await launch({ early: true });
  await expect(course.page.getByText('Connecting to your learning platform…')).toBeVisible();
  await course.read('welcome', 'standards');
  await course.takeQuiz();
  await course.page.goto('about:blank');
  await expect.poll(() => course.verbs.at(-1), { timeout: 20_000 }).toBe('terminated');
  lrs.faults = {};
  const again = await launch();
  await again.expectDone('welcome', 'standards', 'quiz');
  await expect.poll(() => lrs.verbs().filter((verb) => verb === 'passed')).toEqual(['passed']);
  await expect
    .poll(() => lrs.verbs().filter((verb) => verb === 'answered').length)
    .toBe((await again.asked()).length);
});

test('the token expires in mid-course: the next launch tells what was left', async ({ launch, lrs }) => {
  const course = await launch();
  await course.read('welcome');
  await course.expectKept('welcome');
  course.launch.state = 'expired';
  await course.read();
  await course.takeQuiz();
  await course.expectLine(/Not being saved\. Kept on this device/);
  await course.leave();
  const again = await launch();
  await again.expectVerbs('initialized', 'completed', 'passed');
  await again.expectAnswers((await again.asked()).length);
  await again.expectLine(/^Saved/);
  expect(lrs.verbs(course.launch)).not.toContain('completed');
});

test('two devices at a time: each has what the other has done, and so has the LMS', async ({
  launch,
  lrs,
}) => {
  const one = await launch();
  await one.read('welcome');
  await one.expectKept('welcome');
  const other = await launch({ device: 'another', beside: true });
  await other.read('standards');
  await other.expectKept('welcome', 'standards');
  await one.read('case-study');
  await one.expectKept('welcome', 'standards', 'case-study');
  expect(lrs.requests.some(({ status }) => status === 412)).toBe(true);
  await one.expectDone('welcome', 'standards', 'case-study');
  await other.takeQuiz();
  await other.expectVerbs('initialized', 'passed');
  await one.read();
  await one.expectVerbs('initialized', 'completed');
  expect(lrs.verbs().filter((verb) => verb === 'completed')).toHaveLength(1);
});

test('the tab dies while the LRS is down: the next launch has all of it', async ({ launch, faults }) => {
  const course = await launch();
  faults('down');
  await course.read('welcome', 'standards');
  await course.takeQuiz();
  await course.expectLine(/Not being saved\. Kept on this device/);
  await course.kill();
  faults();
  const again = await launch();
  await again.expectDone('welcome', 'standards', 'quiz');
  await again.expectVerbs('initialized', 'passed');
  await again.expectKept('welcome', 'standards');
});

test('the LMS cannot be reached at the launch: the course opens, and the next launch tells', async ({
  launch,
  faults,
}) => {
  faults('down');
  const course = await launch({ early: true });
  const notice = course.page.getByText('Connecting to your learning platform…');
  await expect(notice).toBeVisible();
  // It asks eight times, and Firefox tries each request again by itself.
  await expect(notice).toBeHidden({ timeout: 45_000 });
  await course.read('welcome');
  await course.expectLine(/Not being saved\. Kept on this device/);
  await course.leave();
  faults();
  const again = await launch();
  await again.expectDone('welcome');
  await again.expectKept('welcome');
  await again.expectLine(/^Saved/);
});

test('the LMS is away when the learner leaves: it is told of the rest at the next launch', async ({
  launch,
  faults,
}) => {
  const course = await launch();
  await course.read('welcome');
  await course.expectKept('welcome');
  faults('down');
  await course.read('standards');
  await course.page.getByRole('button', { name: 'Save and exit' }).click();
  await expect(course.page.getByText('Not everything could be sent')).toBeVisible();
  faults();
  await course.page.close();
  const again = await launch();
  await again.expectDone('welcome', 'standards');
  await again.expectKept('welcome', 'standards');
});
