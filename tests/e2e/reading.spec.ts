/** Reading: page turns, addresses, focus, positions, what counts as viewed, and places without an LMS. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, heading, keptOnDevice, openPage, readToEnd, test } from './course-test.ts';

test.describe('turning pages', () => {
  test('moves focus to the heading, names the window and starts at the top', async ({
    page,
    courseAddress,
  }) => {
    await page.goto(courseAddress);
    await readToEnd(page);
    await page.getByRole('link', { name: /^Next/ }).click();
    await expect(heading(page)).toHaveText('What is techdiplomacy?');
    await expect(heading(page)).toBeFocused();
    await expect(heading(page)).toBeInViewport();
    await expect(page).toHaveTitle('What is techdiplomacy? – Techdiplomacy');
    expect(await page.evaluate(() => window.scrollY)).toBe(0);
    await page.getByRole('link', { name: /^Previous/ }).click();
    await expect(heading(page)).toHaveText('Welcome');
    await expect(heading(page)).toBeFocused();
  });

  test('never shows two pages at once', async ({ page, courseAddress }) => {
    await page.goto(courseAddress);
    await expect(heading(page)).toHaveText('Welcome');
    const shown = await page.getByRole('link', { name: /^Next/ }).evaluate((link: HTMLElement) => {
      link.click();
      return [...document.querySelectorAll('course-page:not([hidden])')].map(({ id }) => id);
    });
    expect(shown).toEqual(['/what-is-techdiplomacy']);
  });

  test('follows the back button of the browser', async ({ page, courseAddress }) => {
    await page.goto(courseAddress);
    await page.getByRole('link', { name: /^Next/ }).click();
    await expect(heading(page)).toHaveText('What is techdiplomacy?');
    await page.evaluate(() => history.back());
    await expect(heading(page)).toHaveText('Welcome');
  });
});

test.describe('addresses', () => {
  test('lead to a page', async ({ page, courseAddress }) => {
    await page.goto(`${courseAddress}#/standards`);
    await expect(heading(page)).toHaveText(
      'Why is techdiplomacy important for critical technology standards?',
    );
    await expect(page.getByRole('link', { name: /^Why is techdiplomacy/ })).toHaveAttribute(
      'aria-current',
      'page',
    );
  });

  test('lead to a section of a page', async ({ page, courseAddress }) => {
    await page.goto(`${courseAddress}#/standards/three-episodes`);
    await expect(page.getByRole('heading', { name: 'Three episodes' })).toBeInViewport();
  });

  test('never show two pages at once', async ({ page, courseAddress }) => {
    await page.goto(courseAddress);
    await page.getByRole('link', { name: /^Next/ }).click();
    await expect(heading(page)).toHaveText('What is techdiplomacy?');
    const most = await page.evaluate(async () => {
      const shown: number[] = [];
      const count = () => shown.push(document.querySelectorAll('course-page:not([hidden])').length);
      new MutationObserver(count).observe(document.body, { subtree: true, attributeFilter: ['hidden'] });
      for (const follow of [() => location.assign('#/standards'), () => history.back()]) {
        const followed = new Promise((resolve) =>
          window.addEventListener('hashchange', resolve, { once: true }),
        );
        follow();
        await followed;
        count();
      }
      return Math.max(...shown);
    });
    expect(most).toBe(1);
    await expect(heading(page)).toHaveText('What is techdiplomacy?');
  });

  test('that lead nowhere leave the learner on a page', async ({ page, courseAddress }) => {
    await page.goto(`${courseAddress}#/no-such-page`);
    await expect(heading(page)).toHaveText('Welcome');
    await page.evaluate(() => {
      location.hash = '#/neither-this';
    });
    await expect(page).toHaveURL(/#\/welcome$/);
    await expect(heading(page)).toHaveText('Welcome');
  });

  test('of sources go to the source and come back', async ({ page, courseAddress }) => {
    await page.goto(`${courseAddress}#/standards`);
    await openPage(page).getByRole('link', { name: 'Source 1', exact: true }).first().click();
    await expect(openPage(page).locator('.sources li').first()).toBeFocused();
    await expect(openPage(page).locator('.sources li').first()).toBeInViewport();
    await expect(heading(page)).toHaveText(/^Why is techdiplomacy/);
  });
});

test.describe('what has been read', () => {
  test('is marked in the page list and in the progress bar once the end of a page was reached', async ({
    page,
    courseAddress,
  }) => {
    await page.goto(courseAddress);
    const bar = page.getByRole('progressbar', { name: /of the module is done/ });
    await expect(bar).toHaveJSProperty('value', 0);
    const welcome = page
      .getByRole('navigation', { name: 'Pages', exact: true })
      .getByRole('link', { name: /^Welcome/ });
    await expect(welcome).not.toContainText('(done)');
    await readToEnd(page);
    await expect(welcome).toContainText('(done)');
    expect(
      await bar.evaluate((element) => Number(element.getAttribute('value') ?? Reflect.get(element, 'value'))),
    ).toBeCloseTo(1 / 7);
  });

  test('does not count for a page that was only opened', async ({ page, courseAddress }) => {
    await page.goto(`${courseAddress}#/case-study`);
    await expect(heading(page)).toBeVisible();
    await page.getByRole('link', { name: /^Questions to help/ }).click();
    await readToEnd(page);
    const list = page.getByRole('navigation', { name: 'Pages', exact: true });
    await expect(list.getByRole('link', { name: /^Questions to help/ })).toContainText('(done)');
    await expect(list.getByRole('link', { name: /^A techdiplomacy case/ })).not.toContainText('(done)');
  });

  test('counts for a page that fits the window and has been open a moment', async ({
    page,
    courseAddress,
  }) => {
    await page.setViewportSize({ width: 1280, height: 4000 });
    await page.goto(courseAddress);
    const list = page.getByRole('navigation', { name: 'Pages', exact: true });
    await expect(list.getByRole('link', { name: /^Welcome/ })).toContainText('(done)');
  });

  test('is found again on the same device, at the same place of the page', async ({
    page,
    courseAddress,
    course,
  }) => {
    await page.goto(courseAddress);
    await readToEnd(page);
    await page.getByRole('link', { name: /^Next/ }).click();
    await page.getByRole('link', { name: /^Next/ }).click();
    const landmark = page.getByRole('heading', { name: 'Different choices on 5G' });
    await landmark.evaluate((element) => element.scrollIntoView());
    const before = await landmark.evaluate((element) => element.getBoundingClientRect().top);
    await expect.poll(async () => (await keptOnDevice(page, course)).position).toBeGreaterThan(0.1);
    await page.goto('about:blank');
    await page.goto(courseAddress);
    await expect(heading(page)).toHaveText('Techdiplomacy in the Indo-Pacific context');
    await expect(landmark).toBeInViewport();
    const after = await landmark.evaluate((element) => element.getBoundingClientRect().top);
    expect(Math.abs(after - before)).toBeLessThan(60);
    const list = page.getByRole('navigation', { name: 'Pages', exact: true });
    await expect(list.getByRole('link', { name: /^Welcome/ })).toContainText('(done)');
  });
});

test.describe('leaping', () => {
  test('to a source does not count as reading the page, and Back leads to the same place', async ({
    page,
    courseAddress,
  }) => {
    await page.goto(`${courseAddress}#/standards`);
    const citation = openPage(page).getByRole('link', { name: 'Source 5', exact: true });
    await citation.scrollIntoViewIfNeeded();
    await expect(citation).toBeInViewport();
    const before = await page.evaluate(() => window.scrollY);
    await citation.click();
    await expect(openPage(page).locator('.sources li').nth(4)).toBeFocused();
    const list = page.getByRole('navigation', { name: 'Pages', exact: true });
    await page.evaluate(() => history.back());
    await expect(citation).toBeFocused();
    await expect(citation).toBeInViewport();
    expect(Math.abs((await page.evaluate(() => window.scrollY)) - before)).toBeLessThan(5);
    await expect(list.getByRole('link', { name: /^Why is techdiplomacy/ })).not.toContainText('(done)');
    await readToEnd(page);
    await expect(list.getByRole('link', { name: /^Why is techdiplomacy/ })).toContainText('(done)');
  });

  test('to the page that is open closes the list and goes to its beginning', async ({
    page,
    courseAddress,
  }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(`${courseAddress}#/standards`);
    await readToEnd(page);
    await page.getByRole('button', { name: 'Pages' }).click();
    const link = page.getByRole('link', { name: /^Why is techdiplomacy/ });
    await link.click();
    await expect(link).toBeHidden();
    await expect(heading(page)).toBeFocused();
    expect(await page.evaluate(() => window.scrollY)).toBe(0);
  });

  test('by the search of the browser opens the page where something was found', async ({
    page,
    courseAddress,
  }) => {
    await page.goto(courseAddress);
    await page
      .locator('[id="/standards/three-episodes"]')
      .evaluate((found) => found.dispatchEvent(new Event('beforematch', { bubbles: true })));
    await expect(heading(page)).toHaveText(/^Why is techdiplomacy/);
    await expect(page).toHaveURL(/#\/standards$/);
  });
});

test.describe('terms', () => {
  test('show their definition on request and put it away with Escape', async ({ page, courseAddress }) => {
    await page.goto(`${courseAddress}#/standards`);
    const term = page.getByRole('button', { name: 'SC 42' });
    await term.focus();
    await page.keyboard.press('Enter');
    const definition = openPage(page).getByText('The committee for artificial intelligence');
    await expect(definition).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(definition).toBeHidden();
    await expect(term).toBeFocused();
  });
});

test.describe('without an LMS', () => {
  test('the page says that progress stays on the device', async ({ page, courseAddress }) => {
    await page.goto(courseAddress);
    await expect(page.getByText('Your progress is kept on this device only.')).toBeVisible();
  });

  test('and without storage, the page says that nothing is kept', async ({ page, courseAddress }) => {
    await page.setContent(
      `<iframe sandbox="allow-scripts" title="course" width="1200" height="700" src="${courseAddress}"></iframe>`,
    );
    const frame = page.frameLocator('iframe');
    await expect(heading(frame)).toHaveText('Welcome');
    await expect(frame.getByRole('status')).toHaveText('Not kept: this browser stores nothing');
    // Clicked from inside: Firefox's remote control does not reach into a sandboxed frame.
    await frame.getByRole('link', { name: /^Next/ }).dispatchEvent('click');
    await expect(heading(frame)).toHaveText('What is techdiplomacy?');
  });

  test('the course runs from a folder', async ({ page, courseFolder }) => {
    await page.goto(pathToFileURL(join(courseFolder, 'index.html')).href);
    await expect(heading(page)).toHaveText('Welcome');
    await page.getByRole('link', { name: /^Next/ }).click();
    await expect(heading(page)).toBeFocused();
    await expect(page.locator('.cover')).toBeHidden();
  });
});

test.describe('on a slow line', () => {
  test('what was chosen and where somebody was reading is kept when the script arrives', async ({
    page,
    courseAddress,
    course,
  }) => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/course.js', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(courseAddress, { waitUntil: 'commit' });
    const item = course.items[0];
    const chosen = item?.kind === 'choice' ? item.options[0]?.id : undefined;
    const option = page.locator(`[data-item="${item?.id}"] input[value="${chosen}"]`);
    await option.check();
    await option.scrollIntoViewIfNeeded();
    release();
    await expect(heading(page)).toHaveText('Quiz on the takeaways');
    await expect(option).toBeChecked();
    await expect(option).toBeInViewport();
    await expect(option).toBeFocused();
    await expect
      .poll(async () => Object.keys((await keptOnDevice(page, course)).quiz.answers))
      .toEqual([item?.id]);
  });

  test('a script that never arrives leaves the text, and the page says that nothing is recorded', async ({
    page,
    courseAddress,
    course,
  }) => {
    await page.route('**/course.js', (route) => route.abort());
    await page.goto(courseAddress);
    for (const { title } of course.pages) {
      await expect(page.getByRole('heading', { level: 1, name: title, exact: true })).toBeVisible();
    }
    await expect(page.getByRole('button', { name: 'Submit answers' })).toBeHidden();
    await expect(page.getByText('nothing is recorded')).toBeVisible({ timeout: 20_000 });
  });
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('the whole text can be read', async ({ page, courseAddress, course }) => {
    await page.goto(courseAddress);
    for (const { title } of course.pages) {
      await expect(page.getByRole('heading', { level: 1, name: title, exact: true })).toBeVisible();
    }
    await expect(page.getByRole('radio').first()).toBeVisible();
  });
});
