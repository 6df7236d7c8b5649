/** What the browser tests share: a preview LMS, the course as its author wrote it, and how a learner handles it. */
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  test as base,
  expect,
  type Frame,
  type FrameLocator,
  type Locator,
  type Page,
} from '@playwright/test';
import type { Attempt } from '../../src/attempt/attempt.ts';
import { decodeAttempt } from '../../src/attempt/suspend-data.ts';
import { type CourseSource, readCourse } from '../../src/content/read-course.ts';
import { renderDocument } from '../../src/content/render-document.ts';
import type { Item } from '../../src/items/items.ts';
import type { Course } from '../../src/model/course.ts';
import { unpackedPackage } from '../fixtures/built-packages.ts';
import { serveFolder } from '../fixtures/static-server.ts';
import { handle, handleInPage, handlingOf, questionOf } from './answering.ts';
import { startPreview } from './preview-server.ts';

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

/** Reads a course that has no problems, with all that its document is made of. */
export async function readSource(folder = 'course'): Promise<CourseSource> {
  const read = await readCourse(folder);
  if (!read.ok)
    throw new Error(`The course in ${folder}/ has problems: see what "npm run build" says of it.`);
  return read.source;
}

/** The course that the packages hold. */
export async function readTestCourse(): Promise<Course> {
  return (await readSource()).course;
}

/** Writes a course for a place where there is no LMS and none is looked for, with the player of the package for the web. */
export async function writeLocalCourse(folder: string, source?: CourseSource): Promise<void> {
  const shipped = unpackedPackage('default', 'web');
  await mkdir(folder, { recursive: true });
  for (const file of ['course.js', 'course.css']) await copyFile(join(shipped, file), join(folder, file));
  const read = source ?? (await readSource());
  for (const { path, file } of read.media) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await copyFile(file, join(folder, path));
  }
  await writeFile(join(folder, 'index.html'), renderDocument(read));
}

interface TestFixtures {
  /** A folder that lasts as long as the test. */
  readonly dataDir: string;
  /** A preview LMS without any attempts; the test stops and starts it as it likes. */
  readonly lms: { address: string; restart(): Promise<void> };
  /** Address of the course outside of any LMS. */
  readonly courseAddress: string;
}

interface WorkerFixtures {
  readonly course: Course;
  /** A folder with the course for a place without an LMS. */
  readonly courseFolder: string;
  /** Address of that folder on the network. */
  readonly served: string;
}

/** Makes a folder that lasts until `use` is done with it. */
export async function temporaryFolder<T>(use: (dir: string) => Promise<T>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'course-test-'));
  try {
    await use(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  course: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for a pattern
    async ({}, use) => {
      await use(await readTestCourse());
    },
    { scope: 'worker' },
  ],
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
  courseFolder: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for a pattern
    async ({}, use) => {
      await temporaryFolder(async (folder) => {
        await writeLocalCourse(folder);
        await use(folder);
      });
    },
    { scope: 'worker' },
  ],
  served: [
    async ({ courseFolder }, use) => {
      const server = await serveFolder(courseFolder);
      await use(`http://127.0.0.1:${server.port}/`);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  courseAddress: async ({ served }, use) => {
    await use(`${served}index.html`);
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

/**
 * Presses a button until what should come of it is there; it must be gone or without effect then. Firefox drops a
 * click that falls into a synchronous request of the LMS.
 */
export async function press(button: Locator, isDone: () => Promise<void>): Promise<void> {
  await expect(async () => {
    if (await button.isVisible()) await button.click({ timeout: 2000 });
    await isDone();
  }).toPass();
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
