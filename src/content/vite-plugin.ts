/**
 * Authoring: serves the course while it is being written, and shows every change, or every problem, at once. The program is
 * that of the address: `/?program=name`; without it, the course as it is.
 */
import { readFile } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import type { Element } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import type { Plugin } from 'vite';
import { defaultProgram } from '../model/course.ts';
import { type CourseProblem, formatProblem } from '../model/course-problem.ts';
import { type CourseSource, readCourse } from './read-course.ts';
import { renderDocument } from './render-document.ts';

const plainPage = (title: string, content: readonly Element[]): string =>
  `<!doctype html>${toHtml(
    h('html', { lang: 'en' }, [
      h('head', [
        h('meta', { charSet: 'utf-8' }),
        h('link', { rel: 'icon', href: 'data:,' }),
        h('title', title),
      ]),
      h('body', [...content]),
    ]),
  )}`;

const problemsPage = (problems: readonly CourseProblem[]): string =>
  plainPage('Problems in the course', [
    h('h1', `Problems in the course: ${problems.length}`),
    h('p', 'This page reloads when a file of the course is saved.'),
    h('pre', problems.map(formatProblem).join('\n\n')),
  ]);

const unknownProgramPage = (name: string, programs: readonly CourseSource[]): string =>
  plainPage('No such program', [
    h('h1', `There is no program "${name}"`),
    h(
      'ul',
      programs.map(({ course: { program, title } }) =>
        h('li', [h('a', { href: `/?program=${program}` }, program), ` ${title}`]),
      ),
    ),
  ]);

/** The document of a program, with the player as it stands in the source. */
function authoredDocument(source: CourseSource): string {
  const html = renderDocument(source, {
    script: { type: 'module', src: '/src/entries/local.ts' },
    style: undefined,
    policy: undefined,
  });
  // Last of all: the player's own style sheets come with its script.
  return source.style === '' ? html : html.replace('</body>', () => `<style>${source.style}</style></body>`);
}

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
        const { pathname: path, searchParams } = new URL(request.url ?? '/', 'http://localhost');
        try {
          const page = path === '/' || path === '/index.html';
          if (!page && !path.startsWith('/media/')) return next();
          const read = await readCourse(dir);
          if (page) {
            if (!read.ok) server.config.logger.error(read.problems.map(formatProblem).join('\n\n'));
            const name = searchParams.get('program') ?? defaultProgram;
            const source = read.ok && read.programs.find(({ course }) => course.program === name);
            const html = !read.ok
              ? problemsPage(read.problems)
              : source
                ? authoredDocument(source)
                : unknownProgramPage(name, read.programs);
            response.setHeader('Content-Type', 'text/html; charset=utf-8');
            response.end(await server.transformIndexHtml(path, html));
            return;
          }
          // Logos of programs differ in their names.
          const files = read.ok ? read.programs.flatMap(({ media }) => media) : [];
          const media = files.find((file) => `/${file.path}` === path);
          if (!media) return next();
          if (path.endsWith('.svg')) response.setHeader('Content-Type', 'image/svg+xml');
          response.end(await readFile(media.file));
        } catch (error) {
          next(error);
        }
      });
    },
  };
}
