/** `npm run manifest`: rewrites the manifest at the root of the repository. */
import { writeFile } from 'node:fs/promises';
import { readCourse } from '../../src/content/read-course.ts';
import { packageManifest } from '../assemble-package.ts';
import { defaultFormat, formats } from '../formats.ts';
import { courseOf, type RunCommand, reportProblems, reportWarnings } from './command.ts';

export const manifest: RunCommand = async (given) => {
  const { path } = formats[defaultFormat].manifest;
  const read = await readCourse(courseOf(given));
  if (!read.ok) return reportProblems(courseOf(given), read.problems, read.warnings);
  reportWarnings(read.warnings);
  await writeFile(path, await packageManifest(read.source, formats[defaultFormat]));
  console.log(path);
  return 0;
};
