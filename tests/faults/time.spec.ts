/** Time: what the learner spent is counted once, and never backwards. */
import { bothEditions, expect, fault } from './fault-test.ts';

for (const edition of bothEditions) {
  fault(`${edition}: the time of two sessions adds up`, async ({ launch }) => {
    const course = await launch({ edition, clock: true, leaving: 'beacon' });
    await course.passTime(60_000);
    await course.leave('frame removed');
    await course.expectKept({ [course.names.sessionTime]: /01:0|1M/ });
    const again = await course.relaunch();
    await again.passTime(60_000);
    await again.leave('frame removed');
    await again.expectKept({
      [again.names.sessionTime]: /01:0|1M/,
      [again.names.totalTime]: /:01:0|0H1M/,
    });
  });
}

fault('1.2: the computer sleeps for eight hours: they do not count', async ({ launch }) => {
  const course = await launch({ edition: '1.2', clock: true, leaving: 'beacon' });
  await course.passTime(60_000);
  await course.turnTo('standards');
  await course.sleep(8 * 3_600_000);
  await course.turnTo('case-study');
  await course.passTime(60_000);
  await course.leave('frame removed');
  await course.expectKept({ 'cmi.core.session_time': /^0000:0[678]:/ });
});

fault('2004: a tab that dies has told its time up to a minute ago', async ({ launch }) => {
  const course = await launch({ edition: '2004', clock: true });
  await course.passTime(150_000);
  await course.turnTo('standards');
  await course.passTime(1000);
  await course.expectRecord({ page: 'standards' });
  await course.kill();
  expect(course.kept['cmi.session_time']).toMatch(/^PT0H2M/);
});
