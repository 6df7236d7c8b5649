/** A course while it is being written, in a browser. */
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { courseAuthoring } from '../src/content/vite-plugin.ts';

/**
 * Serves a course as its author edits it, until the process ends, and says where.
 *
 * @param courseDir - the folder of the course
 */
export async function serveCourse(courseDir: string): Promise<void> {
  const server = await createServer({
    root: fileURLToPath(new URL('../', import.meta.url)),
    plugins: [courseAuthoring(courseDir)],
  });
  await server.listen();
  server.printUrls();
}
