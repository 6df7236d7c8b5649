/** `npm run new`: begins a course. */
import { relative } from 'node:path';
import { newCourse } from '../new-course.ts';
import type { RunCommand } from './command.ts';

export const begin: RunCommand = async ({ operands }) => {
  const [dir, ...more] = operands;
  if (dir === undefined || more.length > 0) return `"new" takes one folder, found ${operands.length}`;
  await newCourse(dir);
  const shown = relative('', dir) || '.';
  const quoted = /\s/.test(shown) ? `"${shown}"` : shown;
  console.log(`${shown}/  begun; read ${shown}/course.yaml first`);
  console.log(`npm run dev -- --course ${quoted}  shows it while you write`);
  console.log(`npm run build -- --course ${quoted}  makes its packages`);
  return 0;
};
