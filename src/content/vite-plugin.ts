/** Authoring: serves the course while it is being written, and shows every change, or every problem, at once. */
import { createReadStream } from 'node:fs';
import { resolve, sep } from 'node:path';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import type { Plugin } from 'vite';
import { type CourseProblem, formatProblem } from '../model/course-problem.ts';
import { readCourse } from './read-course.ts';
import { renderDocument } from './render-document.ts';

const problemsPage = (problems: readonly CourseProblem[]): string =>
  `<!doctype html>${toHtml(
    h('html', { lang: 'en' }, [
      h('head', [
        h('meta', { charSet: 'utf-8' }),
        h('link', { rel: 'icon', href: 'data:,' }),
        h('title', 'Problems in the course'),
      ]),
      h('body', [
        h('h1', `Problems in the course: ${problems.length}`),
        h('p', 'This page reloads when a file of the course is saved.'),
        h('pre', problems.map(formatProblem).join('\n\n')),
      ]),
    ]),
  )}`;

/**
 * Makes Vite's development server serve the course in `courseDir` at its root.
 *
 * @param courseDir folder of the course, relative to the working directory or absolute
 */
export function courseAuthoring(courseDir: string): Plugin {
  const dir = resolve(courseDir);
  return {
    name: 'course-authoring',
    apply: 'serve',
    configureServer(server) {
      server.watcher.add(dir);
      server.watcher.on('all', (_event, file) => {
        if (resolve(file).startsWith(dir + sep)) server.ws.send({ type: 'full-reload' });
      });
      server.middlewares.use(async (request, response, next) => {
        const path = (request.url ?? '/').split('?')[0] ?? '/';
        try {
          const page = path === '/' || path === '/index.html';
          if (!page && !path.startsWith('/media/')) return next();
          const read = await readCourse(dir);
          if (page) {
            if (!read.ok) server.config.logger.error(read.problems.map(formatProblem).join('\n\n'));
            const html = read.ok
              ? renderDocument(read.source, 'local', {
                  script: { type: 'module', src: '/src/main.ts' },
                  style: undefined,
                  policy: undefined,
                })
              : problemsPage(read.problems);
            response.setHeader('Content-Type', 'text/html; charset=utf-8');
            response.end(await server.transformIndexHtml(path, html));
            return;
          }
          const media = read.ok ? read.source.media.find((file) => `/${file.path}` === path) : undefined;
          if (!media) return next();
          if (path.endsWith('.svg')) response.setHeader('Content-Type', 'image/svg+xml');
          createReadStream(media.file).pipe(response);
        } catch (error) {
          next(error);
        }
      });
    },
  };
}
