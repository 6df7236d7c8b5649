/** `npm run build`: makes packages. */
import { join, relative } from 'node:path';
import { formatNames } from '../../src/model/format-names.ts';
import { buildPackages, count } from '../build-packages.ts';
import { catalogName } from '../catalog.ts';
import { formatOf } from '../formats.ts';
import { courseOf, type RunCommand, reportProblems, reportWarnings } from './command.ts';

export const build: RunCommand = async (given) => {
  const { program, format, out = 'dist' } = given.options;
  const courseDir = courseOf(given);
  const result = await buildPackages({ courseDir, outDir: out, program, format });
  if (!result.ok) return reportProblems(courseDir, result.problems, result.warnings);
  reportWarnings(result.warnings);
  for (const { file, size, standard } of result.packages) {
    console.log(`${relative('', join(out, file))}  ${(size / 1024).toFixed(1)} KB  ${standard}`);
  }
  console.log(`${relative('', join(out, catalogName))}  what each of them is`);
  const limited = formatNames.map(formatOf).filter(({ stateLimit }) => Number.isFinite(stateLimit));
  const limits = limited.map(
    ({ title, stateLimit }, index) => `${count(stateLimit)}${index === 0 ? ' characters' : ''} (${title})`,
  );
  const largest = Math.max(...result.stateSizes.map(({ size }) => size));
  console.log(`State of a learner: at most ${count(largest)} of ${limits.join(', of ')}`);
  return 0;
};
