/** `npm run dev`: serves a course while it is being written. */
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { courseAuthoring } from '../../src/content/vite-plugin.ts';
import { courseOf, type RunCommand } from './command.ts';

export const dev: RunCommand = async (given) => {
  const server = await createServer({
    root: fileURLToPath(new URL('../../', import.meta.url)),
    plugins: [courseAuthoring(courseOf(given))],
  });
  await server.listen();
  server.printUrls();
  // It serves until the process is ended.
  return 0;
};
