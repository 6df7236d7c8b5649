/** What the browser tests share: a preview LMS, and how a learner handles the course. */
import { expect, type Frame, type FrameLocator, type Locator, type Page } from '@playwright/test';
import type { Attempt } from '../../src/attempt/attempt.ts';
import { decodeAttempt } from '../../src/attempt/suspend-data.ts';
import type { Item } from '../../src/items/items.ts';
import type { Course } from '../../src/model/course.ts';
import { handle, handleInPage, handlingOf, questionOf } from './answering.ts';
import { temporaryFolder } from './local-course.ts';
import { startPreview } from './preview-server.ts';
import { test as base } from './worker-test.ts';

/** A page or a frame: where the course is open. */
export type Place = Page | Frame | FrameLocator;

/** One edition's package, and the names of what it records. */
export interface Edition {
  /** As the shelf calls it. */
  readonly title: string;
  /** Format in the names of packages. */
  readonly format: string;
}

/** The editions that are built. */
export const editions = [
  { title: 'SCORM 1.2', format: 'scorm12' },
  { title: 'SCORM 2004 4th Edition', format: 'scorm2004' },
] as const satisfies readonly Edition[];

interface TestFixtures {
  /** A folder that lasts as long as the test. */
  readonly dataDir: string;
  /** A preview LMS without any attempts; the test stops and starts it as it likes. */
  readonly lms: { address: string; restart(): Promise<void> };
}

export const test = base.extend<TestFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for a pattern
  dataDir: async ({}, use) => {
    await temporaryFolder(use);
  },
  lms: async ({ dataDir }, use) => {
    let server = await startPreview(dataDir);
    const lms = {
      address: server.address,
      async restart() {
        await server.stop();
        server = await startPreview(dataDir);
        lms.address = server.address;
      },
    };
    await use(lms);
    await server.stop();
  },
});

export { expect };

/** The page that is open; before the script has run, none is. */
export const openPage = (place: Place) => place.locator('course-page:defined:not([hidden])');

/** Heading of the page that is open. */
export const heading = (place: Place) => openPage(place).getByRole('heading', { level: 1 });

/** Turns to a page by its address, as a link would. */
export async function turnTo(
  place: Page | Frame,
  { id, title }: { id: string; title: string },
): Promise<void> {
  await place.evaluate((address) => {
    location.hash = address;
  }, `#/${id}`);
  await expect(heading(place)).toHaveText(title);
}

/** Reads the open page to its end as a learner does, by scrolling. */
export async function readToEnd(place: Place): Promise<void> {
  // Not by `scrollIntoViewIfNeeded`, which first waits until nothing moves: three round trips in Chromium, fifteen in Firefox.
  await openPage(place)
    .locator('.page-end')
    .evaluate((end) => end.scrollIntoView());
}

/** How long something may take to show, in milliseconds. */
interface Patience {
  readonly timeout: number;
}

/**
 * Presses a button once, and waits for what should come of it. Firefox, and no other browser, drops a click that falls into
 * a synchronous request of the LMS: there the button, if it is still to be seen, is pressed until something has come of it.
 * It must be without effect then.
 */
export async function press(button: Locator, isDone: (within: Patience) => Promise<void>): Promise<void> {
  if (button.page().context().browser()?.browserType().name() !== 'firefox') {
    await button.click();
    return isDone({ timeout: 30_000 });
  }
  const soon = { timeout: 2000 };
  await expect(async () => {
    if (await button.isVisible()) await button.click(soon);
    await isDone(soon);
  }).toPass();
}

/** Leaves the course by the button of the preview LMS, which may be storing a commit when it is pressed. */
export async function leave(page: Page): Promise<void> {
  const shelf = page.getByRole('heading', { name: 'Try your packages' });
  await press(page.getByRole('button', { name: 'Leave' }), (within) => expect(shelf).toBeVisible(within));
}

/** Answers questions; those that `isRight` names right, the others wrong. */
export async function answer(
  place: Place,
  items: readonly Item[],
  isRight: (item: Item) => boolean,
): Promise<void> {
  for (const item of items) await handle(questionOf(place, item), handlingOf(item, isRight(item)));
}

/** Answers questions all in one moment, for tests to which it does not matter what answering is like. */
export async function answerAtOnce(
  place: Page | Frame,
  items: readonly Item[],
  isRight: (item: Item) => boolean,
): Promise<void> {
  await place.evaluate(
    handleInPage,
    items.map((item) => [item.id, handlingOf(item, isRight(item))] as const),
  );
}

/** What the preview LMS has recorded, by the names of the edition. */
export interface Recorded {
  readonly data: Readonly<Record<string, string>>;
  readonly state: string;
  readonly calls: readonly {
    readonly method: string;
    readonly args: readonly string[];
    readonly result: string;
    readonly error: string;
  }[];
}

/** Reads the record from the inspector's own data. */
export async function recorded(page: Page): Promise<Recorded> {
  const record: unknown = await page.evaluate(() => Reflect.get(window, 'previewRecord'));
  return record as Recorded;
}

/** Waits until the LMS holds all of `values`. */
export async function expectRecorded(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  await expect
    .poll(async () => {
      const { data } = await recorded(page);
      return Object.fromEntries(Object.keys(values).map((name) => [name, data[name]]));
    })
    .toEqual(values);
}

/** The attempt as the device keeps it where there is no LMS. */
export async function keptOnDevice(page: Page, course: Course): Promise<Attempt> {
  const text = await page.evaluate((id) => localStorage.getItem(`course:${id}`), course.id);
  const { suspendData = '', location = '' }: Record<string, string> = JSON.parse(text ?? '{}');
  return decodeAttempt(course, suspendData, location).attempt;
}
