/**
 * The small course of the fixtures, which has every kind of question, for a place without an LMS: with the rules that its
 * author gave it, and with others, so that each kind can be met in each way.
 */
import { join } from 'node:path';
import type { CourseSource } from '../../src/content/read-course.ts';
import type { ItemRules } from '../../src/items/item.ts';
import type { Course } from '../../src/model/course.ts';
import { serveFolder } from '../fixtures/static-server.ts';
import { readSource, temporaryFolder, writeLocalCourse } from './local-course.ts';

/** The course with other rules: the quiz asks all questions. */
function asked(source: CourseSource, rules: Partial<ItemRules>): CourseSource {
  const { course } = source;
  const items = course.items.map((item) => ({ ...item, rules: { ...item.rules, ...rules } }));
  const quiz = { ...course.rules.quiz, draw: null };
  return { ...source, course: { ...course, rules: { ...course.rules, quiz }, items } };
}

/** A course that is served. */
export interface ServedCourse {
  readonly address: string;
  readonly course: Course;
}

/** The small course as its author wrote it; asking all questions; and judging each of them at once, twice at most. */
export type SmallCourses = Readonly<Record<'written' | 'whole' | 'atOnce', ServedCourse>>;

/** Writes and serves the courses until `use` is done with them. */
export async function serveSmallCourses(use: (small: SmallCourses) => Promise<void>): Promise<void> {
  await temporaryFolder(async (folder) => {
    const written = await readSource('manifest/example-course');
    const sources = {
      written,
      whole: asked(written, {}),
      atOnce: asked(written, { solution: 'at-once', attempts: 2 }),
    };
    for (const [name, source] of Object.entries(sources)) await writeLocalCourse(join(folder, name), source);
    const server = await serveFolder(folder);
    const served = (name: keyof typeof sources): ServedCourse => ({
      address: `http://127.0.0.1:${server.port}/${name}/index.html`,
      course: sources[name].course,
    });
    await use({ written: served('written'), whole: served('whole'), atOnce: served('atOnce') });
    await server.stop();
  });
}
