/** Suspend data: whatever the LMS hands back, the course opens with what is sound of it; and a package may be replaced. */
import { readFileSync } from 'node:fs';
import { packagedAssets, renderDocument } from '../../src/content/render-document.ts';
import { readSource } from '../e2e/local-course.ts';
import type { Misreading } from '../fixtures/strict-lms.ts';
import { expect, fault } from './fault-test.ts';

const misreadings: Readonly<Record<string, Misreading>> = {
  'as "null"': { says: 'null' },
  'as null': { says: null },
  'cut to 30 characters': { cutTo: 30 },
  'as a page of HTML': { encoded: 'html' },
};
for (const [index, [how, misreading]] of Object.entries(misreadings).entries()) {
  const edition = index % 2 === 0 ? '1.2' : '2004';
  fault(`${edition}: the suspend data come back ${how}: the bookmark is followed`, async ({ launch }) => {
    const course = await launch({ edition });
    await course.read('welcome');
    await course.turnTo('standards');
    await course.expectRecord({ page: 'standards' });
    const again = await course.relaunch({ faults: { misreads: { 'cmi.suspend_data': misreading } } });
    await again.expectPage('standards');
  });
}

for (const encoded of ['url', 'url twice', 'latin-1'] as const) {
  fault(
    `1.2: the suspend data come back as ${encoded} leaves them: nothing is missing`,
    async ({ launch }) => {
      const course = await launch({ edition: '1.2' });
      await course.read('welcome', 'case-study');
      await course.expectLine(/^Saved/);
      const again = await course.relaunch({ faults: { misreads: { 'cmi.suspend_data': { encoded } } } });
      await again.expectDone('welcome', 'case-study');
    },
  );
}

fault(
  '1.2: the LMS keeps the beginning only: what is sound of it is there, the score above all',
  async ({ launch }) => {
    const course = await launch({ edition: '1.2', faults: { keepsOnly: { 'cmi.suspend_data': 52 } } });
    await course.read('welcome', 'case-study');
    await course.takeQuiz(8);
    await course.expectLine(/^Saved/);
    const again = await course.relaunch();
    await again.turnTo('result');
    await again.expectText(/score 88%, tries: 1/);
  },
);

fault('2004: what a later version of the course has written is not touched', async ({ launch }) => {
  const later = '3.abcdef.somethingthatonlyitcanread';
  const course = await launch({
    edition: '2004',
    values: { 'cmi.suspend_data': later, 'cmi.location': 'standards' },
  });
  await course.expectPage('standards');
  await course.read('welcome');
  await course.expectLine(/^Not being saved\. Kept on this device\./);
  await course.expectKept({ 'cmi.suspend_data': later, 'cmi.location': 'welcome' });
  const again = await course.relaunch();
  await again.expectDone('welcome');
});

fault('1.2: what version 0.1.0 of the course has written is all there', async ({ launch }) => {
  const released = readFileSync('tests/fixtures/suspend-data/v1-course.txt', 'utf8').trim();
  const course = await launch({ edition: '1.2', values: { 'cmi.suspend_data': released } });
  const { s: viewed }: { s: string[] } = JSON.parse(released);
  await course.expectDone(...viewed);
  await course.turnTo('result');
  await course.expectText(/score 85%, tries: 2/);
});

fault(
  '1.2: the package is replaced: pages and questions have moved, gone, and got new names',
  async ({ launch }) => {
    const source = await readSource();
    const gone = source.course.pages.findIndex(({ id }) => id === 'questions');
    const order = [3, 0, 1, 2, 4, 6, 7];
    expect(order).not.toContain(gone);

    const course = await launch({ edition: '1.2' });
    await course.read('welcome', 'questions', 'case-study');
    await course.turnTo('quiz');
    const items = await course.asked();
    await course.answer(items.slice(0, 6));
    await course.expectLine(/^Saved/);

    const stays = ({ id }: { readonly id: string }) => id !== items[0]?.id;
    const replaced = {
      ...source,
      course: {
        ...source.course,
        version: '9.0.0',
        pages: order.flatMap((index) => source.course.pages[index] ?? []),
        items: source.course.items.filter(stays).toReversed(),
      },
      pages: order.flatMap((index) => source.pages[index] ?? []),
      items: source.items.filter(stays).toReversed(),
    };
    const again = await course.relaunch({ document: renderDocument(replaced, packagedAssets('package')) });
    await again.expectPage('quiz');
    // In the order of the new version: the case study comes first now.
    await again.expectDone('case-study', 'welcome');
    await again.expectAnswered(...items.slice(1, 6));
    // Another one has come for the one that has gone; the others stand as they did.
    const now = await again.asked();
    expect(now).toHaveLength(items.length);
    expect(now.filter((item) => items.includes(item))).toEqual(items.slice(1));
  },
);

fault('1.2: an LMS that has no suspend data says so, and reading goes on', async ({ launch, allow }) => {
  allow({ violations: /an element of the data model/ });
  const course = await launch({ edition: '1.2', faults: { lacks: ['cmi.suspend_data'] } });
  await course.read('welcome');
  await course.expectLine(/^Not being saved/);
  await course.kill();
  const again = await course.relaunch({ faults: { lacks: ['cmi.suspend_data'] } });
  await again.expectDone('welcome');
});
