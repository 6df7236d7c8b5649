/** What is seen and heard while something is wrong: accessible, quiet, and not in the way. */
import { expectNoViolations } from '../e2e/no-violations.ts';
import { expect, fault } from './fault-test.ts';

for (const [size, viewport] of Object.entries({
  desktop: { width: 1280, height: 800 },
  phone: { width: 360, height: 740 },
})) {
  fault.describe(() => {
    fault.use({ viewport });

    fault(`axe finds nothing while the LMS is waited for (${size})`, async ({ launch }) => {
      const course = await launch({ edition: '1.2', api: 'self', arrives: 'when told', early: true });
      await course.expectText(/Connecting/);
      await expectNoViolations(course.page, 'connecting');
    });

    fault(`axe finds nothing in any state of saving (${size})`, async ({ launch }) => {
      const course = await launch({ edition: '1.2', api: 'self' });
      const { page } = course;
      await course.expectLine(/^Saved/);
      await expectNoViolations(page, 'saved');
      await course.faults({ refuses: ['Commit'] });
      await course.turnTo('standards');
      await course.expectLine(/^Not being saved/);
      await expectNoViolations(page, 'not being saved');
      await page.getByRole('button', { name: 'More about saving' }).click();
      await course.expectText(/We try again by ourselves/);
      await expectNoViolations(page, 'help');
      await page.keyboard.press('Escape');
      await course.keepWindowOpen();
      await course.saveAndExit();
      await course.expectText('Not everything could be sent');
      await expectNoViolations(page, 'ended, not everything sent');
      const again = await course.relaunch();
      await again.expectLine(/^Saved/);
      await again.keepWindowOpen();
      await again.saveAndExit();
      await again.expectText('Your progress is saved');
      await expectNoViolations(again.page, 'ended');
    });
  });
}

fault('nothing has to be scrolled sideways at 320 px, with everything wrong at once', async ({ launch }) => {
  const course = await launch({ edition: '2004', api: 'self' });
  const second = await course.secondTab();
  await course.expectLine(/Also open in another tab/);
  await course.page.setViewportSize({ width: 320, height: 256 });
  await course.faults({ refuses: ['Commit'] });
  await course.turnTo('standards');
  await course.expectLine(/^Not being saved/);
  const overflow = await course.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await expect(course.place.locator('save-line')).toBeInViewport();
  await second.kill();
});

fault('a screen reader hears of trouble once, and once that it is over', async ({ launch }) => {
  const course = await launch({ edition: '1.2' });
  await course.expectLine(/^Saved/);
  await course.place.evaluate(() => {
    const root = document.querySelector('course-player')?.shadowRoot?.querySelector('save-line')?.shadowRoot;
    const status = root?.querySelector('[role="status"]');
    const heard: string[] = [];
    Reflect.set(window, 'heard', heard);
    if (!status) return;
    new MutationObserver(() => {
      const text = status.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '';
      if (text !== '' && text !== heard.at(-1)) heard.push(text);
    }).observe(status, { childList: true, characterData: true, subtree: true });
  });
  await course.turnTo('case-study');
  await course.expectRecord({ page: 'case-study' });
  await course.faults({ refuses: ['Commit'] });
  await course.turnTo('standards');
  await course.expectLine(/^Not being saved/);
  // Two tries that fail, so that the line could flicker.
  const commits = async () => (await course.log()).filter((line) => line === 'LMSCommit').length;
  const before = await commits();
  await expect.poll(commits).toBeGreaterThanOrEqual(before + 2);
  await course.mend();
  await course.expectLine(/^Saved again/);
  const heard = await course.place.evaluate(() => Reflect.get(window, 'heard'));
  expect(heard).toEqual([
    expect.stringMatching(/^Not being saved\. Kept on this device\./),
    expect.stringMatching(/^Saved again/),
  ]);
});

fault('the learner leaves by keyboard alone, and is taken to what is said then', async ({ launch }) => {
  const course = await launch({ edition: '2004', api: 'self' });
  await course.expectLine(/^Saved/);
  await course.keepWindowOpen();
  await course.page.getByRole('button', { name: 'Save and exit' }).focus();
  await course.page.keyboard.press('Enter');
  await expect(course.page.getByRole('heading', { name: 'Your progress is saved' })).toBeFocused();
  // Nothing of the course can be reached any more.
  await expect(course.page.getByRole('link')).toHaveCount(0);
});
