/**
 * What a worker of the browser tests sets up once, for all of them. It stands in one place, because Playwright starts a new
 * worker, with a new browser, for tests that ask for other things of this kind; and a start takes as long as several tests.
 * A worker sets up only what its tests use.
 */
import { test as base } from '@playwright/test';
import type { Course } from '../../src/model/course.ts';
import { type LmsServer, startLms } from '../faults/lms-server.ts';
import { serveFolder } from '../fixtures/static-server.ts';
import { readTestCourse, temporaryFolder, writeLocalCourse } from './local-course.ts';
import { type SmallCourses, serveSmallCourses } from './small-courses.ts';

interface WorkerFixtures {
  /** The course that the packages hold. */
  readonly course: Course;
  /** A folder with the course for a place without an LMS. */
  readonly courseFolder: string;
  /** Address of the course outside of any LMS. */
  readonly courseAddress: string;
  /** The small courses, which have every kind of question. */
  readonly small: SmallCourses;
  /** An LMS that misbehaves on command. */
  readonly lmsServer: LmsServer;
}

export const test = base.extend<object, WorkerFixtures>({
  course: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for a pattern
    async ({}, use) => {
      await use(await readTestCourse());
    },
    { scope: 'worker' },
  ],
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
  courseAddress: [
    async ({ courseFolder }, use) => {
      const server = await serveFolder(courseFolder);
      await use(`http://127.0.0.1:${server.port}/index.html`);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  small: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for a pattern
    async ({}, use) => {
      await serveSmallCourses(use);
    },
    { scope: 'worker' },
  ],
  lmsServer: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for a pattern
    async ({}, use) => {
      const lms = await startLms();
      await use(lms);
      await lms.stop();
    },
    { scope: 'worker' },
  ],
});
