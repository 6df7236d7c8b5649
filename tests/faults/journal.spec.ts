/** The journal on the device: what the LMS never took is there at the next launch, and nothing else. */
import type { Item } from '../../src/items/items.ts';
import { bothEditions, expect, fault } from './fault-test.ts';
import type { OpenCourse } from './open-course.ts';

/** Whether the device holds anything that the LMS has not taken. */
const journal = async (course: OpenCourse): Promise<string[]> =>
  Object.keys((await course.stored()) ?? {}).filter((key) => key.startsWith('course-journal:'));

for (const edition of bothEditions) {
  fault(`${edition}: the tab dies after a commit`, async ({ launch }) => {
    const course = await launch({ edition });
    await course.read('welcome', 'what-is-techdiplomacy');
    await course.turnTo('standards');
    await course.expectRecord({ page: 'standards' });
    await course.kill();
    const again = await course.relaunch();
    await again.expectPage('standards');
    await again.expectDone('welcome', 'what-is-techdiplomacy');
  });

  fault(`${edition}: the tab dies before any commit`, async ({ launch }) => {
    const course = await launch({ edition, faults: { refuses: ['Commit'] } });
    await course.read('welcome');
    await course.turnTo('case-study');
    await course.expectLine(/^Not being saved/);
    await course.kill();
    const again = await course.relaunch({ faults: {} });
    await again.expectPage('case-study');
    await again.expectDone('welcome');
    await again.expectLine(/^Saved/);
    await again.expectRecord({ page: 'case-study' });
    expect(await journal(again)).toEqual([]);
  });

  fault(`${edition}: the quiz is taken while nothing is saved, and the tab dies`, async ({ launch }) => {
    const course = await launch({ edition });
    await course.read();
    await course.expectLine(/^Saved/);
    await course.faults({ refuses: ['Commit'] });
    await course.takeQuiz();
    await course.expectLine(/^Not being saved/);
    await course.kill();
    const again = await course.relaunch();
    await again.expectLine(/^Saved/);
    await again.expectRecord({ page: 'quiz', completion: 'completed', success: 'passed', raw: '100' });
    await again.expectKept({ 'cmi.interactions.8.id': /./ });
  });

  fault(`${edition}: an administrator has reset the attempt: it stays reset`, async ({ launch }) => {
    const course = await launch({ edition });
    await course.read('welcome');
    await course.expectLine(/^Saved/);
    await course.faults({ refuses: ['Commit'] });
    await course.turnTo('case-study');
    await course.expectLine(/^Not being saved/);
    await course.kill();
    course.resetByAdmin();
    const again = await course.relaunch();
    await again.expectPage('welcome');
    await again.expectDone();
  });

  fault(`${edition}: the tab dies at ten moments of a course`, async ({ launch, course: { pages } }) => {
    // Seeded: the same moments in every run.
    let seed = edition === '1.2' ? 12 : 2004;
    const chance = (most: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % most;
    };
    const lessons = pages.filter(({ kind }) => kind === 'lesson').map(({ id }) => id);
    const read = new Set<string>();
    const answered = new Set<Item>();
    let course = await launch({ edition });
    const items = await course.asked();
    for (let death = 0; death < 10; death++) {
      const failing = chance(3) === 0;
      if (failing) await course.faults({ refuses: ['Commit'] });
      const lesson = lessons[chance(lessons.length)] ?? '';
      await course.read(lesson);
      read.add(lesson);
      await course.turnTo('quiz');
      const question = items.slice(chance(items.length)).slice(0, 1);
      await course.answer(question);
      for (const item of question) answered.add(item);
      if (chance(2) === 0) await course.expectLine(failing ? /^Not being saved/ : /^Saved/);
      await course.kill();
      course = await course.relaunch();
      await course.expectPage('quiz');
      await course.expectDone(...lessons.filter((id) => read.has(id)));
      expect(await course.asked()).toEqual(items);
      await course.expectAnswered(...answered);
    }
  });
}

fault('1.2: nothing stays on a shared computer once the LMS has it', async ({ launch }) => {
  const course = await launch({ edition: '1.2' });
  await course.read('welcome');
  await course.takeQuiz();
  await course.expectLine(/^Saved/);
  expect(await course.stored()).toEqual({});
  await course.saveAndExit();
  await course.expectText('Your progress is saved');
  expect(await course.stored()).toEqual({});
});

fault('2004: what is kept holds no name', async ({ launch }) => {
  const course = await launch({
    edition: '2004',
    values: { 'cmi.learner_id': 'ada.lovelace@example.org', 'cmi.learner_name': 'Lovelace, Ada' },
    faults: { refuses: ['Commit'] },
  });
  await course.turnTo('case-study');
  await course.expectLine(/^Not being saved/);
  expect(await journal(course)).toHaveLength(1);
  expect(JSON.stringify(await course.stored())).not.toMatch(/ada|lovelace|example/i);
});

fault('1.2: another learner on the same computer gets nothing of it', async ({ launch }) => {
  const course = await launch({ edition: '1.2', faults: { refuses: ['Commit'] } });
  await course.read('welcome');
  await course.expectLine(/^Not being saved/);
  await course.kill();
  const other = await launch({ edition: '1.2', values: { 'cmi.core.student_id': 'learner-2' } });
  await other.expectPage('welcome');
  await other.expectDone();
});

fault('2004: the device stores nothing, and the LMS is all there is', async ({ launch }) => {
  const course = await launch({ edition: '2004', storage: 'denied' });
  await course.turnTo('standards');
  await course.expectLine(/^Saved/);
  await course.kill();
  const again = await course.relaunch();
  await again.expectPage('standards');
});
