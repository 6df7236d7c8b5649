/** The whole course as one HTML document. The document is the course: it can be read without script. */
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import type { Course } from '../model/course.ts';
import { directionOf, markOwnWords, own } from './language.ts';
import type { CourseSource } from './read-course.ts';
import { renderPage } from './render-page.ts';

/** Where the document finds its script and its style sheet; relative to itself in a package. */
export interface Assets {
  /** Attributes of the one script element. */
  readonly script: Readonly<Record<string, string | boolean>>;
  /** Address of the style sheet; undefined where the script brings it (authoring). */
  readonly style: string | undefined;
  /** Content security policy; undefined for none (authoring, where the server needs more). */
  readonly policy: string | undefined;
}

/**
 * What the script may ask over the network, in the words of a policy: the server of the package, to see whether an LMS
 * still serves it; a learning record store, which mostly is on another origin, and whose address comes with the launch
 * (cmi5 8.1); nobody. A page of https reaches none of http, whatever is said here.
 */
const connections = { package: "'self'", lrs: "'self' https: http:", nobody: "'none'" } as const;

/** What a document in a package links, by whom its script asks. */
export const packagedAssets = (asks: keyof typeof connections): Assets => ({
  script: { src: 'course.js', defer: true },
  style: 'course.css',
  policy: [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "media-src 'self'",
    `connect-src ${connections[asks]}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; '),
});

/** The course as a JSON data block, which no browser runs. `<` is escaped so that no text can end the block. */
const dataBlock = (course: Course) =>
  h(
    'script',
    { type: 'application/json', id: 'course-data' },
    JSON.stringify(course).replaceAll('<', '\\u003c'),
  );

/**
 * Renders the document.
 *
 * @returns a complete HTML document
 */
export function renderDocument(source: CourseSource, assets: Assets = packagedAssets('nobody')): string {
  const { course } = source;
  const html = h('html', { lang: course.language, dir: directionOf(course.language) }, [
    h('head', [
      h('meta', { charSet: 'utf-8' }),
      assets.policy && h('meta', { httpEquiv: 'Content-Security-Policy', content: assets.policy }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('title', course.title),
      h('meta', { name: 'color-scheme', content: 'light dark' }),
      // An empty icon, so that no browser asks the LMS for /favicon.ico.
      h('link', { rel: 'icon', href: 'data:,' }),
      assets.style && h('link', { rel: 'stylesheet', href: assets.style }),
      h('script', assets.script),
    ]),
    h('body', [
      h('course-player', [
        h('main', [
          // Seen only where the script has not run, after a while.
          h(
            'p.unenhanced',
            own('The text is complete, but the script of this course did not run: nothing is recorded.'),
          ),
          ...course.pages.flatMap((page, index) => {
            const pageSource = source.pages[index];
            return pageSource ? [renderPage(source, page, pageSource, index + 1)] : [];
          }),
        ]),
      ]),
      dataBlock(course),
    ]),
  ]);
  markOwnWords(html, course.language);
  return `<!doctype html>\n${toHtml(html)}\n`;
}
