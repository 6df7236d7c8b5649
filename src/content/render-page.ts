/** One page as HTML: Markdown through a library, directives by the handlers below, text always escaped. */
import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import type { Nodes, Table } from 'mdast';
import { type Handlers, type State, toHast } from 'mdast-util-to-hast';
import { readAddress } from '../items/address.ts';
import { judgedAtOnce } from '../items/item.ts';
import type { Page } from '../model/course.ts';
import { courseValues } from '../model/course-values.ts';
import type { GlossaryTerm, Source } from '../model/parse-course.ts';
import {
  citedIds,
  type Directive,
  type DirectiveName,
  isDirectiveLabel,
  isDirectiveName,
  valueAsked,
} from './directives.ts';
import { contactHeading } from './examine-page.ts';
import { own } from './language.ts';
import { type MarkdownText, sectionId, wordsOf } from './markdown-text.ts';
import type { PageSource } from './page-source.ts';
import type { Logo } from './program-source.ts';
import type { CourseSource } from './read-course.ts';
import { renderCheck, renderQuiz } from './render-items.ts';

/** The words for numbers of the course, by their names. */
type Values = Readonly<Record<string, string>>;

const children = (state: State, node: Nodes): ElementContent[] => ('children' in node ? state.all(node) : []);

/** Ids of the sources that a page cites, in the order of their numbers. */
const citedOnPage = (page: PageSource): string[] => [
  ...new Set(page.references.filter(({ to }) => to === 'source').map(({ id }) => id)),
];

/**
 * A table whose cells carry the heading of their column, so that a narrow screen can show a row as a list.
 * Roles are spelled out because CSS that changes `display` takes them away in some browsers.
 */
function renderTable(state: State, table: Table, values: Values): Element {
  const [head, ...rows] = table.children;
  const headings = (head?.children ?? []).map((cell) => wordsOf(cell, values));
  return h('table', { role: 'table' }, [
    h('thead', { role: 'rowgroup' }, [
      h(
        'tr',
        { role: 'row' },
        (head?.children ?? []).map((cell) =>
          h('th', { scope: 'col', role: 'columnheader' }, children(state, cell)),
        ),
      ),
    ]),
    h(
      'tbody',
      { role: 'rowgroup' },
      rows.map((row) =>
        h(
          'tr',
          { role: 'row' },
          row.children.map((cell, index) =>
            index === 0
              ? h('th', { scope: 'row', role: 'rowheader' }, children(state, cell))
              : h('td', { role: 'cell', dataLabel: headings[index] ?? '' }, children(state, cell)),
          ),
        ),
      ),
    ),
  ]);
}

function renderTerm(state: State, node: Directive, page: Page, term: GlossaryTerm, nth: number): Element[] {
  const id = `/${page.id}/term:${term.id}:${nth}`;
  return [
    h('button.term', { type: 'button', popoverTarget: id }, children(state, node)),
    h('span.definition', { id, popover: '' }, [h('strong', term.term), ' ', h('span', term.definition)]),
  ];
}

const renderNote = (state: State, node: Directive, values: Values): Element => {
  const [first, ...rest] = node.children;
  const label = first && isDirectiveLabel(first) ? first : undefined;
  const title = label ? wordsOf(label, values) : '';
  const body = (label ? rest : node.children).map((child) => state.one(child, node));
  return h('div.note', { role: 'note' }, [h('p.note-title', title), ...body.flatMap((child) => child ?? [])]);
};

function renderSources(page: Page, sources: readonly Source[]): Element[] {
  if (sources.length === 0) return [];
  return [
    // Without a name of its own: in the whole document there would be a landmark "Sources" for every page.
    h('section.sources', [
      h('h2', own('Sources for this page')),
      h(
        'ol',
        sources.map(({ author, title, date, url }, index) =>
          h('li', { id: `/${page.id}/source:${index + 1}`, tabIndex: -1 }, [
            `${author}, `,
            // A new window: inside an LMS, following a link in the frame would end the session.
            h('a', { href: url, target: '_blank', rel: ['noopener', 'noreferrer'] }, title),
            date === undefined ? '.' : `, ${date}.`,
          ]),
        ),
      ),
    ]),
  ];
}

function renderCover({ course, logo }: CourseSource): Element {
  return h('p.cover', [
    ...(logo ? [renderLogo(logo)] : []),
    h('span', course.series),
    h('strong', course.title),
  ]);
}

/** With its size, so that nothing moves when it has come. */
const renderLogo = ({ alt, width, height, media }: Logo): Element =>
  h('img.logo', { src: media.path, alt, width, height });

/**
 * Renders one page.
 *
 * @param number place in the course, from 1
 */
export function renderPage(
  source: CourseSource,
  page: Page,
  pageSource: PageSource,
  number: number,
): Element {
  const { course, items, checks } = source;
  const cited = citedOnPage(pageSource);
  const values: Values = courseValues(course);
  let terms = 0;

  const directives: Record<
    DirectiveName,
    (state: State, node: Directive) => ElementContent | ElementContent[]
  > = {
    cite: (_state, node) =>
      h(
        'sup.cite',
        citedIds(node).map((id) => {
          const n = cited.indexOf(id) + 1;
          return h('a', { href: `#/${page.id}/source:${n}`, ariaLabel: `Source ${n}` }, String(n));
        }),
      ),
    term: (state, node) => {
      const term = source.glossary.find(({ id }) => id === node.attributes?.['id']);
      return term ? renderTerm(state, node, page, term, ++terms) : children(state, node);
    },
    takeaways: () =>
      h(
        'ol.takeaways',
        course.takeaways.filter(({ main }) => main).map(({ text }) => h('li', text)),
      ),
    takeaway: (_state, node) =>
      h('p.takeaway', [
        h('strong', own('In one sentence')),
        ' ',
        course.takeaways.find(({ id }) => id === node.attributes?.['id'])?.text ?? '',
      ]),
    note: (state, node) => renderNote(state, node, values),
    part: (state, node) => {
      const text = pageSource.replaced.get(node.attributes?.['id'] ?? '');
      return text ? state.all(text.tree) : children(state, node);
    },
    value: (_state, node) => ({ type: 'text', value: values[valueAsked(node)] ?? '' }),
    check: (_state, node) => {
      const item = checks.find(({ id }) => id === node.attributes?.['id']);
      return item ? renderCheck(item) : [];
    },
    quiz: () => renderQuiz(items, new Set(course.items.filter(judgedAtOnce).map(({ id }) => id))),
    result: () => h('quiz-result'),
  };
  const directive = (state: State, node: Directive) =>
    isDirectiveName(node.name) ? directives[node.name](state, node) : undefined;

  const heading = (depth: number, words: string, content: ElementContent[]) =>
    h(`h${depth}`, { id: `/${page.id}/${sectionId(words)}`, tabIndex: -1 }, content);
  const handlers: Handlers = {
    heading: (state: State, node: Nodes & { type: 'heading' }) =>
      heading(node.depth, wordsOf(node), children(state, node)),
    image: (_state: State, node: Nodes & { type: 'image' }) =>
      h('img', { src: node.url, alt: node.alt ?? '', loading: 'lazy' }),
    link: (state: State, node: Nodes & { type: 'link' }) =>
      h(
        'a',
        node.url.startsWith('#')
          ? { href: `#/${readAddress(node.url.slice(2))}` }
          : { href: node.url, target: '_blank', rel: ['noopener', 'noreferrer'] },
        children(state, node),
      ),
    table: (state: State, node: Table) => renderTable(state, node, values),
    textDirective: directive,
    leafDirective: directive,
    containerDirective: directive,
  };
  const render = (text: MarkdownText | undefined): ElementContent[] => {
    const html = text && toHast(text.tree, { handlers });
    return html && 'children' in html
      ? html.children.flatMap((child) => (child.type === 'doctype' ? [] : [child]))
      : [];
  };
  const { body, closing, contact } = pageSource;
  const minutes = page.minutes === 1 ? '1 minute' : `${page.minutes} minutes`;

  return h('course-page', { id: `/${page.id}` }, [
    ...(number === 1 ? [renderCover(source)] : []),
    h('p.eyebrow', own(`Page ${number} of ${course.pages.length} · about ${minutes}`)),
    h('h1', { tabIndex: -1 }, page.title),
    ...render(body),
    ...render(closing),
    ...(contact ? [heading(2, contactHeading, [own(contactHeading)]), ...render(contact)] : []),
    ...renderSources(
      page,
      cited.flatMap((id) => source.sources.find((entry) => entry.id === id) ?? []),
    ),
  ]);
}
