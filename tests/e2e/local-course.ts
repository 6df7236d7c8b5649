/** Courses for a place without an LMS: written to a folder that lasts as long as a test. */
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type CourseSource, readCourse } from '../../src/content/read-course.ts';
import { renderDocument } from '../../src/content/render-document.ts';
import type { Course } from '../../src/model/course.ts';
import { unpackedPackage } from '../fixtures/built-packages.ts';

/** Makes a folder that lasts until `use` is done with it. */
export async function temporaryFolder<T>(use: (dir: string) => Promise<T>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'course-test-'));
  try {
    await use(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

const readings = new Map<string, ReturnType<typeof readCourse>>();

/** Reads a course once in each process: it takes as long as a page of a test. */
export function readOnce(folder: string): ReturnType<typeof readCourse> {
  const reading = readings.get(folder) ?? readCourse(folder);
  readings.set(folder, reading);
  return reading;
}

/** A course that has no problems, with all that its document is made of. */
export async function readSource(folder = 'course'): Promise<CourseSource> {
  const read = await readOnce(folder);
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
