/** Knowing whether it was saved: what the LMS does not take is said to be unsaved, and told again until it is taken. */
import { press } from '../e2e/course-test.ts';
import type { PlainFaults } from '../fixtures/strict-lms.ts';
import { bothEditions, expect, fault } from './fault-test.ts';
import type { Weather } from './lms-server.ts';
import type { OpenCourse } from './open-course.ts';

/** The learner passes the quiz while the server takes no data, and then it takes them again. */
async function passWhileDown(course: OpenCourse, weather: (weather?: Weather) => void): Promise<void> {
  await course.read();
  await course.expectLine(/^Saved/);
  weather({ commits: 'down' });
  await course.takeQuiz();
  await course.expectLine(/^Not being saved/);
  weather();
  await course.expectLine(/^Saved again/);
  await course.expectRecord({ completion: 'completed', success: 'passed' });
  expect(Number(course.kept[course.names.raw])).toBe(100);
}

const failures: Readonly<Record<string, PlainFaults>> = {
  'Commit is refused': { refuses: ['Commit'] },
  'Commit throws': { throws: ['Commit'] },
  'Commit says true to values that are not taken': { ignores: ['cmi.suspend_data'] },
  'SetValue throws': { throws: ['SetValue'] },
  'SetValue is refused': { refuses: ['SetValue'] },
  'SetValue says false with error 0 and sets nothing': {
    refuses: ['cmi.suspend_data'],
    refusesWith: 0,
  },
  'the suspend data are refused': { refuses: ['cmi.suspend_data'] },
  'the session has expired': { expired: true },
};
for (const [index, [what, faults]] of Object.entries(failures).entries()) {
  const edition = index % 2 === 0 ? '1.2' : '2004';
  fault(`${edition}: ${what}, and then works again`, async ({ launch }) => {
    const course = await launch({ edition });
    await course.expectCalls('Commit', 1);
    await course.faults(faults);
    await course.turnTo('case-study');
    await course.expectLine(/^Not being saved\. Kept on this device\./);
    await course.mend();
    await course.expectLine(/^Saved again/);
    await course.expectRecord({ page: 'case-study' });
  });
}

fault('1.2: Commit is refused without an error, and the data are there', async ({ launch }) => {
  const course = await launch({
    edition: '1.2',
    faults: { deniesDoing: ['Commit', 'SetValue'], refusesWith: 0 },
  });
  await course.turnTo('case-study');
  await course.expectLine(/^Saved/);
  await course.expectRecord({ page: 'case-study' });
});

for (const edition of bothEditions) {
  fault(
    `${edition}: the network is down and Commit says true all the same, as Moodle’s does`,
    async ({ launch, weather }) => {
      const course = await launch({ edition, faults: { unreachable: 'says true' } });
      await course.turnTo('what-is-techdiplomacy');
      await course.expectLine(/^Saved/);
      weather({ network: 'down' });
      await course.takeQuiz();
      await course.expectLine(/^Not being saved/);
      weather();
      await course.expectLine(/^Saved again/);
      await course.expectRecord({ page: 'quiz' });
      expect(Number(course.kept[course.names.raw])).toBe(100);
      await course.expectKept({ 'cmi.interactions.8.id': /./ });
    },
  );

  fault(
    `${edition}: the learner is logged out: a login page answers everything, and Commit says true`,
    async ({ launch, weather }) => {
      const course = await launch({ edition, faults: { unreachable: 'says true' } });
      await course.turnTo('what-is-techdiplomacy');
      await course.expectLine(/^Saved/);
      weather({ session: 'lost' });
      await course.turnTo('case-study');
      await course.expectLine(/^Not being saved/);
      weather();
      const again = await course.relaunch();
      await again.expectPage('case-study');
      await again.expectLine(/^Saved/);
      await again.expectRecord({ page: 'case-study' });
    },
  );

  fault(`${edition}: the server takes no data while the quiz is submitted`, async ({ launch, weather }) => {
    const course = await launch({ edition });
    await passWhileDown(course, weather);
    await course.expectKept({ 'cmi.interactions.8.id': /./ });
  });
}

fault(
  '1.2: Moodle takes values for sent before it sends them, and sends again only what changes',
  async ({ launch, weather }) => {
    const course = await launch({ edition: '1.2', faults: { marksClean: 'until changed' } });
    await passWhileDown(course, weather);
    const results = Object.keys(course.kept).filter((name) => /^cmi\.interactions\.\d+\.result$/.test(name));
    const items = await course.asked();
    expect(results.length).toBeGreaterThanOrEqual(items.length);
    await course.leave('frame removed');
    const again = await course.relaunch();
    await again.turnTo('quiz');
    await again.expectAnswered(...items);
  },
);

fault('2004: the device goes offline and comes back', async ({ launch, weather }) => {
  const course = await launch({ edition: '2004' });
  await course.turnTo('standards');
  await course.expectLine(/^Saved/);
  weather({ network: 'down' });
  await course.network('offline');
  await course.expectLine(/^Not being saved/);
  await course.turnTo('case-study');
  weather();
  await course.network('online');
  await course.expectLine(/^Saved again/);
  await course.expectRecord({ page: 'case-study' });
});

fault(
  '1.2: the server gives no file to see whether it is there: that alone is no reason for doubt',
  async ({ launch, weather }) => {
    weather({ missing: ['online.txt'] });
    const course = await launch({ edition: '1.2' });
    await course.turnTo('standards');
    await course.expectLine(/^Saved/);
    await course.expectRecord({ page: 'standards' });
  },
);

fault(
  '2004: the server is slow: the line says that it is saving until it is true',
  async ({ launch, weather }) => {
    const course = await launch({ edition: '2004' });
    await course.turnTo('standards');
    await course.expectLine(/^Saved/);
    weather({ delay: 1500 });
    await course.turnTo('case-study');
    await course.expectLine(/^Saving…/);
    await course.expectLine(/^Saved/);
    await course.expectRecord({ page: 'case-study' });
  },
);

fault('1.2: an LMS that is down is asked with growing pauses, and reading goes on', async ({ launch }) => {
  const course = await launch({ edition: '1.2', clock: true });
  await course.expectCalls('Commit', 1);
  await course.faults({ refuses: ['Commit'] });
  await course.turnTo('standards');
  await course.passTime(1000);
  await course.expectLine(/^Not being saved/);
  // Second by second: between two tries the course asks the server whether it is there, and that takes no time of this clock.
  for (let second = 0; second < 60; second++) await course.passTime(1000);
  const commits = (await course.log()).filter((line) => line === 'LMSCommit').length;
  expect(commits).toBeGreaterThan(4);
  expect(commits).toBeLessThan(12);
  await course.turnTo('case-study');
});

fault('2004: the line stays as long as it is true, and says what it means', async ({ launch }) => {
  const course = await launch({ edition: '2004' });
  await course.expectCalls('Commit', 1);
  await course.faults({ refuses: ['Commit'] });
  await course.turnTo('standards');
  await course.expectLine(/^Not being saved/);
  const more = course.place.getByRole('button', { name: 'More about saving' });
  const help = course.place.getByText(/We try again by ourselves/);
  await press(more, (within) => expect(help).toBeVisible(within));
  await course.page.keyboard.press('Escape');
  await course.expectLine(/^Not being saved/);
  await course.turnTo('case-study');
  await course.expectLine(/^Not being saved/);
});

fault('1.2: a result is not said to be recorded before it is', async ({ launch, weather }) => {
  const course = await launch({ edition: '1.2' });
  await course.read();
  weather({ commits: 'down' });
  await course.takeQuiz();
  await course.turnTo('result');
  await course.expectText(/not recorded yet/);
  weather();
  await course.expectText(/Your result is recorded/);
});

for (const storage of ['denied', 'full', 'null'] as const) {
  fault(
    `2004: nothing can be kept, neither by the LMS nor on the device (storage ${storage})`,
    async ({ launch }) => {
      const course = await launch({ edition: '2004', storage });
      await course.expectCalls('Commit', 1);
      await course.faults({ refuses: ['Commit'] });
      await course.turnTo('standards');
      await course.expectLine(/^Not being saved\. Keep this page open\./);
      await course.mend();
      await course.expectLine(/^Saved again/);
      await course.expectRecord({ page: 'standards' });
    },
  );
}
