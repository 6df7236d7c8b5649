/** Takes the pictures that the documentation shows (`npm run pictures`, after `npm run build`), so that they stay true. */
import { join } from 'node:path';
import { type Browser, chromium, type Page, type ViewportSize } from '@playwright/test';
import { serveFolder } from '../fixtures/static-server.ts';
import { askedIn } from './answering.ts';
import { findBrowser } from './browsers.ts';
import { answer, heading, openPage, readToEnd } from './course-test.ts';
import { readTestCourse, temporaryFolder, writeLocalCourse } from './local-course.ts';
import { startPreview } from './preview-server.ts';

const folder = 'docs/pictures';
const course = await readTestCourse();

async function newPage(browser: Browser, viewport: ViewportSize, dark = false): Promise<Page> {
  const context = await browser.newContext({ viewport, colorScheme: dark ? 'dark' : 'light' });
  return context.newPage();
}

/** The course in the preview LMS, some pages read. */
async function takePreview(browser: Browser, address: string): Promise<void> {
  const page = await newPage(browser, { width: 1280, height: 800 });
  await page.goto(address);
  await page.getByRole('link', { name: `Start: ${course.title}, SCORM 2004 4th Edition` }).click();
  const frame = page.frameLocator('iframe');
  for (const { title } of course.pages.slice(1, 3)) {
    await readToEnd(frame);
    await frame.getByRole('link', { name: /^Next/ }).click();
    await heading(frame).filter({ hasText: title }).waitFor();
  }
  await frame.getByText(/^Saved/).waitFor();
  await page.screenshot({ path: join(folder, 'preview.png') });
}

/** The course by itself. */
async function takeCourse(browser: Browser, address: string): Promise<void> {
  const cover = await newPage(browser, { width: 1280, height: 800 });
  await cover.goto(address);
  await heading(cover).waitFor();
  await cover.screenshot({ path: join(folder, 'cover.png') });

  const lesson = await newPage(browser, { width: 1280, height: 800 }, true);
  await lesson.goto(`${address}#/what-is-techdiplomacy`);
  await heading(lesson).waitFor();
  await lesson.screenshot({ path: join(folder, 'lesson-dark.png') });

  const phone = await newPage(browser, { width: 360, height: 740 });
  await phone.goto(`${address}#/quiz`);
  const asked = await askedIn(phone, course);
  const wrong = asked.find(({ kind }) => kind === 'choice') ?? asked[0];
  await answer(phone, asked, (item) => item !== wrong);
  await phone.getByRole('button', { name: 'Submit answers' }).click();
  await openPage(phone)
    .locator(`[data-item="${wrong?.id}"]`)
    .evaluate((element) => element.scrollIntoView());
  await phone.screenshot({ path: join(folder, 'quiz-phone.png') });
}

const found = findBrowser('chromium');
if (!found) throw new Error('Pictures need Chromium: run "npm run browsers".');
const browser = await chromium.launch(found.launchOptions);
await temporaryFolder(async (dataDir) => {
  const preview = await startPreview(dataDir);
  await takePreview(browser, preview.address);
  await preview.stop();
});
await temporaryFolder(async (folder) => {
  await writeLocalCourse(folder);
  const server = await serveFolder(folder);
  await takeCourse(browser, `http://127.0.0.1:${server.port}/index.html`);
  await server.stop();
});
await browser.close();
