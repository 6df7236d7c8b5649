/** Writing little, at the right moment. */
import type { Call } from '../fixtures/strict-lms.ts';
import { bothEditions, expect, fault } from './fault-test.ts';

/** Calls of the whole module with nine questions: 180, and two commits more where a busy machine saves in smaller parts. */
const callLimit = 190;

/** Settings that set what was set already. */
function idle(calls: readonly Call[]): string[] {
  const values = new Map<unknown, unknown>();
  const found: string[] = [];
  for (const { name, args } of calls) {
    if (!name.endsWith('SetValue')) continue;
    const [element, value] = args;
    if (values.get(element) === value) found.push(`${element} ${value}`);
    values.set(element, value);
  }
  return found;
}

/** How many calls each part of the record took, in words; for the message. */
function shares(calls: readonly Call[]): string {
  const parts = calls.map(({ name, args: [element = ''] }) =>
    name.endsWith('Value')
      ? (/^cmi\.(interactions|objectives)/.exec(String(element))?.[1] ?? 'other elements')
      : name,
  );
  return [...new Set(parts)]
    .map((part) => `${part} ${parts.filter((other) => other === part).length}`)
    .join(', ');
}

for (const edition of bothEditions) {
  fault(
    `${edition}: the whole module with its quiz takes few calls, and none that changes nothing`,
    async ({ launch }) => {
      const course = await launch({ edition });
      await course.expectCalls('Commit', 1);
      const before = (await course.calls()).length;
      await course.read();
      await course.turnTo('quiz');
      for (const item of await course.asked()) {
        await course.answer([item]);
        await course.expectLine(/^Saved/);
      }
      await course.submit();
      await course.expectLine(/^Saved/);
      await course.turnTo('result');
      await course.expectRecord({ page: 'result', completion: 'completed', success: 'passed', raw: '100' });
      await course.saveAndExit();
      await course.expectText('Your progress is saved');
      const calls = await course.calls();
      expect(before, 'calls before the learner acts').toBeLessThanOrEqual(15);
      expect(calls.length, `calls of the whole module: ${shares(calls)}`).toBeLessThanOrEqual(callLimit);
      expect(idle(calls)).toEqual([]);
      await course.expectKept({ 'cmi.interactions.8.id': /./ });
    },
  );
}

fault('1.2: nothing is told while the learner scrolls or types', async ({ launch, browserName }) => {
  const course = await launch({ edition: '1.2' });
  await course.expectCalls('Commit', 1);
  await course.turnTo('case-study');
  for (let turn = 0; turn < 8; turn++) {
    if (browserName === 'chromium') await course.page.mouse.wheel(0, 120);
    else await course.page.keyboard.press('ArrowDown');
  }
  await course.expectRecord({ page: 'case-study' });
  const busy = (await course.calls()).filter(
    ({ during, name }) => during !== undefined && /Commit/.test(name),
  );
  expect(busy).toEqual([]);
});

fault('2004: a slow LMS is asked less often, and the last answer arrives', async ({ launch }) => {
  const course = await launch({ edition: '2004', faults: { slow: { Commit: 600 } } });
  await course.turnTo('quiz');
  const items = await course.asked();
  await course.answer();
  await course.expectLine(/^Saved/);
  const commits = (await course.calls()).filter(({ name }) => name === 'Commit').length;
  expect(commits).toBeLessThan(items.length);
  const again = await course.relaunch({ faults: {} });
  await again.expectAnswered(...items);
});
