import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { packageManifest } from '../../manifest/assemble-package.ts';
import { defaultFormat, formats } from '../../manifest/formats.ts';
import { readCourse } from '../../src/content/read-course.ts';

it('imsmanifest.xml at the root of the repository is the manifest of the default package', async () => {
  const read = await readCourse('course');
  if (!read.ok) throw new Error(`course/ has ${read.problems.length} problems: npm run build lists them`);
  const committed = await readFile('imsmanifest.xml', 'utf8').catch(() => 'no such file');
  expect(committed, 'imsmanifest.xml is stale: run `npm run manifest` and commit it').toBe(
    await packageManifest(read.source, formats[defaultFormat]),
  );
});
