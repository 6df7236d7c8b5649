/** The session: what the LMS answers is understood, and the session ends once, however the learner leaves. */
import type { Saying } from '../fixtures/strict-lms.ts';
import { bothEditions, expect, fault } from './fault-test.ts';
import type { Leaving, OpenCourse } from './open-course.ts';

const sayings: readonly Saying[] = [
  'booleans',
  'numbers',
  'number strings',
  'capitals',
  'null',
  'nothing',
  'empty string',
  'always false',
];
for (const [index, says] of sayings.entries()) {
  const edition = index % 2 === 0 ? '1.2' : '2004';
  fault(`${edition}: yes and no are said as ${says}`, async ({ launch }) => {
    const course = await launch({ edition, faults: { says } });
    await course.turnTo('case-study');
    await course.expectLine(/^Saved/);
    await course.expectRecord({ page: 'case-study' });
  });
}

/** Calls that come after the session has ended. */
async function expectQuietAfterTheEnd(course: OpenCourse): Promise<void> {
  const after = (await course.log()).join('\n').split(/^(?:LMSFinish|Terminate)$/m)[1];
  expect(after, 'calls after the end').toMatch(/^\s*((LMS)?GetLastError\s*)?$/);
}

const ways: readonly Leaving[] = ['close', 'navigate', 'frame removed', 'frame reused'];
for (const edition of bothEditions) {
  for (const way of ways) {
    fault(`${edition}: the session ends once when the learner leaves (${way})`, async ({ launch }) => {
      const course = await launch({ edition });
      await course.turnTo('standards');
      await course.expectRecord({ page: 'standards' });
      await course.leave(way);
      await course.expectCalls('Terminate', 1);
      await expectQuietAfterTheEnd(course);
    });
  }

  fault(
    `${edition}: the learner leaves by the button, and is told that the page may be closed`,
    async ({ launch }) => {
      const course = await launch({ edition });
      await course.turnTo('standards');
      await course.saveAndExit();
      await course.expectText('Your progress is saved');
      await course.expectText(/You may close this page now/);
      await course.expectRecord({ page: 'standards' });
      await course.backFromCache();
      await course.leave('frame removed');
      await course.expectCalls('Terminate', 1);
      await expectQuietAfterTheEnd(course);
    },
  );

  fault(
    `${edition}: a page that comes back from the cache says that the session has ended`,
    async ({ launch }) => {
      const course = await launch({ edition });
      await course.turnTo('standards');
      await course.expectLine(/^Saved/);
      await course.backFromCache();
      await course.expectText(/open the module again/);
      await expect(course.place.getByRole('link', { name: /^Next/ })).toHaveCount(0);
      await expectQuietAfterTheEnd(course);
    },
  );

  fault(
    `${edition}: a session that is cut off at once can be resumed, for it says so from the start`,
    async ({ launch }) => {
      const course = await launch({ edition });
      await course.expectKept({ [course.names.exit]: 'suspend' });
      await course.kill();
    },
  );
}

fault(
  '1.2: the page is hidden, as when a phone rings: all is sent, and the session goes on',
  async ({ launch }) => {
    const course = await launch({ edition: '1.2' });
    await course.turnTo('standards');
    await course.hide();
    await course.expectRecord({ page: 'standards' });
    await course.hide('visible');
    await course.turnTo('case-study');
    await course.expectRecord({ page: 'case-study' });
    await course.expectCalls('Terminate', 0);
  },
);

fault(
  '2004: the button is pressed while nothing gets through: what is missing comes later',
  async ({ launch, weather }) => {
    const course = await launch({ edition: '2004' });
    weather({ commits: 'down' });
    await course.turnTo('standards');
    await course.saveAndExit();
    await course.expectText('Not everything could be sent');
    weather();
    const again = await course.relaunch();
    await again.expectPage('standards');
    await again.expectRecord({ page: 'standards' });
  },
);

fault(
  '1.2: the button does not end a session whose last work only this page has',
  async ({ launch, weather }) => {
    const course = await launch({ edition: '1.2', storage: 'denied' });
    weather({ commits: 'down' });
    await course.turnTo('standards');
    const button = course.place.getByRole('button', { name: 'Save and exit' });
    await button.click();
    // It says "Saving…" until it has tried. Before that, a page turn that was not saved may have changed the line.
    await expect(button).toBeVisible();
    await course.expectLine(/Keep this page open/);
    weather();
    // The words for it last a few seconds: `seen.spec.ts` reads them.
    await course.expectLine(/^Saved/);
    await course.expectRecord({ page: 'standards' });
  },
);

fault('1.2: the window that the LMS lived in is closed in mid-course', async ({ launch }) => {
  const course = await launch({ edition: '1.2', api: 'opener' });
  await course.turnTo('standards');
  await course.expectRecord({ page: 'standards' });
  await course.faults({ freed: true });
  await course.turnTo('case-study');
  await course.expectLine(/Not being saved/);
  const again = await course.relaunch();
  await again.expectPage('case-study');
  await again.expectRecord({ page: 'case-study' });
});

fault('2004: Terminate throws', async ({ launch }) => {
  const course = await launch({ edition: '2004' });
  await course.turnTo('standards');
  await course.expectRecord({ page: 'standards' });
  await course.faults({ throws: ['Terminate'] });
  await course.saveAndExit();
  await course.expectText('Your progress is saved');
});
