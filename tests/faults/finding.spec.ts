/** Finding the LMS: wherever its API is, however late it comes, and whatever stands in the way. */
import { expect, fault } from './fault-test.ts';
import type { Layout } from './launch-settings.ts';

const places: Readonly<Record<string, Layout>> = {
  'in the own window of the course': { api: 'self' },
  'in the parent': { api: 'parent' },
  'seven parents up': { levels: 7 },
  'in the opener': { api: 'opener' },
  'in the parent of the opener': { api: "opener's parent" },
  'in the opener of the parent': { api: "parent's opener" },
  'behind a frame of another origin': { between: 'foreign' },
  'behind an empty object of its name': { between: 'decoy object' },
  'behind a frame of its name': { between: 'decoy frame' },
  'behind an element of its name': { between: 'decoy element' },
  'behind one that throws when it is looked at': { between: 'decoy that throws' },
  'beside that of the other edition': { offersBoth: true },
};

for (const [index, [place, layout]] of Object.entries(places).entries()) {
  const edition = index % 2 === 0 ? '1.2' : '2004';
  fault(`${edition}: the API is ${place}`, async ({ launch }) => {
    const course = await launch({ edition, ...layout });
    await course.turnTo('standards');
    await course.expectRecord({ page: 'standards', completion: 'incomplete' });
  });
}

/** Longer than the course looks for an LMS. */
const tooLong = 10_500;

fault('1.2: the API comes late, and the learner is told that it is waited for', async ({ launch }) => {
  const course = await launch({ edition: '1.2', arrives: 'when told', early: true });
  await course.expectText(/Connecting/);
  await course.offerApi();
  await course.expectPage('welcome');
  await expect(course.place.getByText(/Connecting/)).toHaveCount(0);
  await course.turnTo('standards');
  await course.expectRecord({ page: 'standards' });
});

fault('2004: what is chosen while the LMS is waited for is kept', async ({ launch, course: { items } }) => {
  const course = await launch({ edition: '2004', arrives: 'when told', early: true });
  await course.expectText(/Connecting/);
  await course.answer(items.slice(0, 1));
  await course.offerApi();
  await course.expectPage('welcome');
  await course.expectLine(/^Saved/);
  const again = await course.relaunch({ early: true });
  await again.offerApi();
  await again.expectPage('welcome');
  await again.turnTo('quiz');
  await again.expectAnswered(...items.slice(0, 1));
});

fault('1.2: an API that comes after all is not mixed in', async ({ launch }) => {
  const course = await launch({ edition: '1.2', arrives: 'when told', early: true, clock: true });
  await course.passTime(tooLong);
  await course.expectPage('welcome');
  await course.expectText(/not connected/);
  await course.offerApi();
  await course.turnTo('standards');
  await course.expectLine(/^(Saved|Kept on this device)/);
  expect(await course.calls()).toEqual([]);
});

fault(
  '2004: there is no API anywhere: progress is kept on the device, and it says so',
  async ({ launch }) => {
    const options = { edition: '2004', api: 'nowhere', early: true, clock: true } as const;
    const course = await launch(options);
    await course.passTime(tooLong);
    await course.expectText(/kept\s+on this device only/);
    await course.turnTo('standards');
    const again = await course.relaunch();
    await again.passTime(tooLong);
    await again.expectPage('standards');
  },
);

fault('1.2: the parents of the window lead back to itself', async ({ launch }) => {
  const course = await launch({
    edition: '1.2',
    between: 'cyclic',
    api: 'nowhere',
    early: true,
    clock: true,
  });
  await course.passTime(tooLong);
  await course.expectText(/not connected/);
  await course.turnTo('standards');
});

fault(
  '1.2: the frame is sandboxed: neither an LMS nor a device, and the course can be read',
  async ({ launch }) => {
    const course = await launch({ edition: '1.2', sandboxed: true, early: true, clock: true });
    await course.passTime(tooLong);
    await course.expectLine(/Not kept: this browser stores nothing/);
    await course.turnTo('standards');
  },
);

fault('1.2: the API is in a window of another origin, out of reach', async ({ launch }) => {
  const course = await launch({ edition: '1.2', api: 'foreign', early: true, clock: true });
  await course.passTime(tooLong);
  await course.expectText(/not connected/);
});

fault(
  '1.2: Initialize is refused for good: the learner is told that nothing is sent',
  async ({ launch, allow }) => {
    allow({ violations: /Initialize first/ });
    const course = await launch({
      edition: '1.2',
      faults: { refuses: ['Initialize'] },
      early: true,
      clock: true,
    });
    await course.passTime(tooLong);
    await course.turnTo('standards');
    await course.expectText(/not connected/);
    expect(course.attempt.arrivals).toEqual([]);
  },
);

fault('2004: Initialize is refused twice, then works', async ({ launch, allow }) => {
  allow({ violations: /Initialize first/ });
  const course = await launch({ edition: '2004', faults: { refusesFirst: { Initialize: 2 } } });
  await course.turnTo('standards');
  await course.expectRecord({ page: 'standards' });
});

for (const edition of ['1.2', '2004'] as const) {
  fault(`${edition}: Initialize says false to a session that runs`, async ({ launch }) => {
    const course = await launch({ edition, faults: { deniesDoing: ['Initialize'] } });
    await course.turnTo('standards');
    await course.expectRecord({ page: 'standards' });
  });
}

fault(
  '2004: Initialize throws to a session that runs, and nothing stands in the way of that',
  async ({ launch, allow }) => {
    allow({ violations: /Initialize first/ });
    const course = await launch({ edition: '2004', faults: { throws: ['Initialize'] }, early: true });
    await course.expectText(/Connecting/);
    await course.mend();
    await course.expectPage('welcome');
    await course.expectLine(/^Saved/);
  },
);
