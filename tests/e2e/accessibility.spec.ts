/** axe on every page and in every state of the quiz, and the widths and zooms that WCAG 2.2 asks for. */
import { defaultProgram, findItem } from '../../src/model/course.ts';
import { unpackedPackage } from '../fixtures/built-packages.ts';
import { serveFolder } from '../fixtures/static-server.ts';
import { askedIn, handle, handlingOf } from './answering.ts';
import { answerAtOnce, expect, heading, openPage, test, turnTo } from './course-test.ts';
import { expectNoViolations, looks } from './no-violations.ts';
import { programNames, readProgram } from './programs.ts';

for (const { look, viewport, colorScheme } of looks) {
  test(`axe finds nothing on any page (${look})`, async ({ page, courseAddress, course }) => {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await page.goto(courseAddress);
    for (const target of course.pages) {
      await turnTo(page, target);
      await expectNoViolations(page, target.id);
    }
  });

  test(`axe finds nothing in the colours and on the pages of any program (${look})`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    for (const program of programNames.filter((name) => name !== defaultProgram)) {
      const server = await serveFolder(unpackedPackage(program, 'web'));
      await page.goto(`http://127.0.0.1:${server.port}/index.html`);
      for (const target of (await readProgram(program)).pages) {
        await turnTo(page, target);
        await expectNoViolations(page, `${program}: ${target.id}`);
      }
      await server.stop();
    }
  });

  test(`axe finds nothing in any state of the quiz (${look})`, async ({ page, courseAddress, course }) => {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await page.goto(`${courseAddress}#/quiz`);
    const submit = page.getByRole('button', { name: 'Submit answers' });
    await submit.click();
    await expect(page.getByRole('alert')).not.toBeEmpty();
    await expectNoViolations(page, 'unanswered and refused');
    const asked = await askedIn(page, course);
    await answerAtOnce(page, asked, (item) => item === asked[0]);
    await expectNoViolations(page, 'answered');
    await submit.click();
    await expect(page.getByRole('heading', { name: /^Not passed yet/ })).toBeVisible();
    await expectNoViolations(page, 'not passed');
    const result = page.getByRole('link', { name: 'Go to your result' });
    await result.click();
    await expect(openPage(page).locator('.review')).toHaveCount(asked.length);
    await expectNoViolations(page, 'result, not passed');
    await page.getByRole('button', { name: 'Try the quiz again' }).click();
    await expect(submit).toBeVisible();
    await answerAtOnce(page, await askedIn(page, course), () => true);
    await submit.click();
    await expect(page.getByRole('heading', { name: /^Passed/ })).toBeVisible();
    await expectNoViolations(page, 'passed');
    await result.click();
    await expect(heading(page)).toHaveText('Result and what to do next');
    await expectNoViolations(page, 'result, passed');
  });

  test(`axe finds nothing in any state of the questions in lessons (${look})`, async ({
    page,
    courseAddress,
    course,
  }) => {
    // Axe runs for each state of each lesson.
    test.setTimeout(240_000);
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await page.goto(courseAddress);
    for (const target of course.pages.filter(({ kind }) => kind !== 'quiz')) {
      await turnTo(page, target);
      const questions = openPage(page).locator('[data-item]');
      if ((await questions.count()) === 0) continue;
      for (const right of [false, true]) {
        for (const question of await questions.all()) {
          const item = findItem(course, (await question.getAttribute('data-item')) ?? '');
          if (!item || (right && (item.kind === 'likert' || item.rules.attempts === 1))) continue;
          for (const control of await question.locator('input[type="checkbox"]:checked').all())
            await control.uncheck();
          await handle(question, handlingOf(item, right));
          await question.locator('.judge button').click();
          await expect(question).toHaveAttribute('data-result');
        }
        await expectNoViolations(page, `${target.id}, ${right ? 'right' : 'wrong'}`);
      }
    }
  });
}

test('axe finds nothing with the page list or a definition open', async ({ page, courseAddress }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(courseAddress);
  await page.getByRole('button', { name: 'Pages' }).click();
  await expect(page.getByRole('link', { name: /^Result and/ })).toBeVisible();
  await expectNoViolations(page, 'page list');
  await page.keyboard.press('Escape');
  await openPage(page).locator('.term').first().click();
  await expect(openPage(page).locator('.definition').first()).toBeVisible();
  await expectNoViolations(page, 'definition');
});

test('nothing has to be scrolled sideways, down to 320 px', async ({ page, courseAddress, course }) => {
  await page.goto(courseAddress);
  for (const width of [320, 360, 941, 1600]) {
    await page.setViewportSize({ width, height: 666 });
    for (const target of course.pages) {
      await turnTo(page, target);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `${target.id} at ${width} px`).toBeLessThanOrEqual(0);
    }
  }
});

test('nothing has to be scrolled sideways where all is answered and explained, down to 320 px', async ({
  page,
  courseAddress,
  course,
}) => {
  await page.goto(`${courseAddress}#/quiz`);
  await answerAtOnce(page, await askedIn(page, course), () => false);
  await page.getByRole('button', { name: 'Submit answers' }).click();
  await expect(page.getByRole('heading', { name: /^Not passed yet/ })).toBeVisible();
  for (const width of [320, 360, 941]) {
    await page.setViewportSize({ width, height: 666 });
    for (const target of course.pages.filter(({ kind }) => kind !== 'lesson')) {
      await turnTo(page, target);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `${target.id} at ${width} px`).toBeLessThanOrEqual(0);
    }
  }
});

test('text spacing as WCAG 1.4.12 asks for loses nothing', async ({ page, courseAddress, course }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(courseAddress);
  await page.evaluate(() => {
    const spacing = new CSSStyleSheet();
    spacing.replaceSync(
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }',
    );
    const style = (root: Document | ShadowRoot) => {
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, spacing];
      for (const element of root.querySelectorAll('*')) if (element.shadowRoot) style(element.shadowRoot);
    };
    style(document);
  });
  for (const target of course.pages) {
    await turnTo(page, target);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, target.id).toBeLessThanOrEqual(0);
  }
});

test('controls are large enough to hit on a phone', async ({ page, courseAddress }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${courseAddress}#/quiz`);
  for (const control of [
    page.getByRole('button', { name: 'Pages' }),
    page.getByRole('button', { name: 'Submit answers' }),
    page.getByRole('link', { name: /^Next/ }),
    page.getByRole('link', { name: /^Previous/ }),
    openPage(page).locator('label:visible').first(),
  ]) {
    const box = await control.boundingBox();
    expect(box?.height ?? 0).toBeGreaterThanOrEqual(24);
    expect(box?.width ?? 0).toBeGreaterThanOrEqual(24);
  }
});
