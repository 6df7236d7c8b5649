/** Merging: two tabs, two devices, one attempt. */
import { bothEditions, expect, fault } from './fault-test.ts';

for (const edition of bothEditions) {
  fault(`${edition}: the course goes on on another device`, async ({ launch }) => {
    const course = await launch({ edition });
    await course.turnTo('quiz');
    const items = await course.asked();
    await course.answer(items.slice(0, 2));
    await course.expectLine(/^Saved/);
    await course.leave('frame removed');
    const phone = await course.otherDevice();
    await phone.expectPage('quiz');
    expect(await phone.asked()).toEqual(items);
    await phone.expectAnswered(...items.slice(0, 2));
  });

  fault(
    `${edition}: two tabs know of each other, and put together what is done in both`,
    async ({ launch }) => {
      const first = await launch({ edition });
      await first.read('welcome');
      await first.expectLine(/^Saved/);
      const second = await first.secondTab();
      await first.expectLine(/Also open in another tab/);
      await second.expectLine(/Also open in another tab/);
      await second.read('case-study');
      await first.expectDone('welcome', 'case-study');
      await first.read('standards');
      await second.expectDone('welcome', 'case-study', 'standards');
      // The reader of each stays where they are.
      await second.expectPage('case-study');
      await first.expectLine(/^Saved/);
      await second.expectLine(/^Saved/);
      await second.kill();
      await first.kill();
      const again = await first.relaunch();
      await again.expectDone('welcome', 'case-study', 'standards');
    },
  );
}

fault('2004: two tabs that are opened before anything is saved are one attempt', async ({ launch }) => {
  const first = await launch({ edition: '2004', faults: { refuses: ['Commit'] } });
  const second = await first.secondTab({ faults: { refuses: ['Commit'] } });
  await first.read('welcome');
  await second.read('case-study');
  await first.expectDone('welcome', 'case-study');
  await first.mend();
  await second.mend();
  await first.expectLine(/^Saved/);
  await second.expectLine(/^Saved/);
  await first.kill();
  await second.kill();
  const again = await first.relaunch({ faults: {} });
  await again.expectDone('welcome', 'case-study');
});

fault('1.2: one of two tabs is closed, and the other says so no longer', async ({ launch }) => {
  const first = await launch({ edition: '1.2' });
  const second = await first.secondTab();
  await first.expectLine(/Also open in another tab/);
  await second.leave('close');
  await expect(first.place.getByText(/Also open in another tab/).first()).toBeHidden();
});

fault(
  '1.2: what a device had still to send goes into what another one has done since',
  async ({ launch }) => {
    const course = await launch({ edition: '1.2' });
    await course.read('welcome');
    await course.expectLine(/^Saved/);
    await course.faults({ refuses: ['Commit'] });
    await course.read('case-study');
    await course.expectLine(/^Not being saved/);
    await course.kill();
    const phone = await course.otherDevice();
    await phone.read('standards');
    await phone.expectLine(/^Saved/);
    await phone.leave('close');
    const again = await course.relaunch();
    await again.expectDone('welcome', 'case-study', 'standards');
    await again.expectLine(/^Saved/);
    const third = await again.otherDevice();
    await third.expectDone('welcome', 'case-study', 'standards');
  },
);
