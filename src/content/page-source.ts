/** Reads one page: Markdown with front matter and the course's directives, and what is wrong with it. */
import type { Nodes, Root } from 'mdast';
import type { ContainerDirective, LeafDirective, TextDirective } from 'mdast-util-directive';
import { toString as textOf } from 'mdast-util-to-string';
import remarkDirective from 'remark-directive';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import type { PageKind } from '../model/course.ts';
import type { CourseProblem, Place } from '../model/course-problem.ts';
import { similar } from '../model/issue-problems.ts';
import type { PageData } from '../model/parse-course.ts';
import { readYaml, unreadable } from './read-yaml.ts';

/** A directive in Markdown: `:name[…]`, `::name` or `:::name`. */
export type Directive = TextDirective | LeafDirective | ContainerDirective;

/** A reference from a page to something defined elsewhere. */
export interface Reference extends Place {
  readonly to: 'source' | 'term' | 'takeaway' | 'check' | 'page' | 'media';
  /** The id referred to; for `page`, `page-id` or `page-id/section-id`; for `media`, a path. */
  readonly id: string;
}

/** A page as read. */
export interface PageSource extends PageData {
  readonly file: string;
  readonly tree: Root;
  readonly references: readonly Reference[];
  /** Ids of the sections, made from their headings, in order. */
  readonly sections: readonly string[];
}

const directives = {
  cite: { type: 'textDirective', usage: ':cite[source-id]' },
  term: { type: 'textDirective', usage: ':term[words shown]{#term-id}' },
  takeaways: { type: 'leafDirective', usage: '::takeaways' },
  takeaway: { type: 'leafDirective', usage: '::takeaway{#takeaway-id}' },
  check: { type: 'leafDirective', usage: '::check{#check-id}' },
  note: { type: 'containerDirective', usage: ':::note[Title], then text, then :::' },
  quiz: { type: 'leafDirective', usage: '::quiz' },
  result: { type: 'leafDirective', usage: '::result' },
} as const;

/** How each form of directive is written. */
const forms = {
  textDirective: 'write it inside a line, with one colon, as shown',
  leafDirective: 'write it on a line of its own, with two colons, as shown',
  containerDirective: 'open it with three colons and a title, and close it with a line ":::"',
} satisfies Record<Directive['type'], string>;

/** Name of a directive that authors may write. */
export type DirectiveName = keyof typeof directives;

/** Whether `name` is a directive of the course. */
export function isDirectiveName(name: string): name is DirectiveName {
  return Object.hasOwn(directives, name);
}

/** What Markdown a page may hold; one way to do each thing, all of it accessible when rendered. */
const allowedNodes = new Set<Nodes['type']>([
  ...(['root', 'paragraph', 'text', 'heading', 'emphasis', 'strong', 'inlineCode', 'break'] as const),
  ...(['list', 'listItem', 'blockquote', 'link', 'image', 'table', 'tableRow', 'tableCell'] as const),
  ...(['textDirective', 'leafDirective', 'containerDirective'] as const),
]);

/** How an author would name Markdown that a page may not hold. */
const namesOfMarkdown: Partial<Record<Nodes['type'], string>> = {
  html: 'HTML',
  code: 'a code block',
  thematicBreak: 'a horizontal line',
  delete: 'struck-out text',
  definition: 'an address apart from its link',
  linkReference: 'a link without its address',
  imageReference: 'an image without its address',
  footnoteReference: 'a footnote mark',
  footnoteDefinition: 'a footnote',
};

const hintsForMarkdown: Partial<Record<Nodes['type'], string>> = {
  html: 'write it in Markdown; HTML is not passed on',
  code: 'start the line at the margin; write words of a program as `words`',
  footnoteReference: 'cite a source with :cite[source-id] or say it in the text',
  footnoteDefinition: 'cite a source with :cite[source-id] or say it in the text',
  linkReference: 'write [words](address)',
  definition: 'write [words](address) where the link stands',
};

const parser = unified().use(remarkParse).use(remarkFrontmatter).use(remarkGfm).use(remarkDirective);

/** Makes the id of a section from the text of its heading: `Who decides?` → `who-decides`. */
export function sectionId(heading: string): string {
  return heading
    .normalize('NFKD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

/** The words of `node` as a reader reads them: citations are marks, not words. */
export function wordsOf(node: Nodes): string {
  if (node.type === 'textDirective' && node.name === 'cite') return '';
  return 'children' in node ? node.children.map(wordsOf).join('') : textOf(node);
}

/** Ids named by a directive `:cite[a, b]`. */
export function citedIds(directive: Directive): string[] {
  return textOf(directive)
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
}

/** Whether `node` is the `[Title]` of a container directive. */
export function isDirectiveLabel(node: Nodes): boolean {
  return node.type === 'paragraph' && node.data !== undefined && 'directiveLabel' in node.data;
}

/** Whether a directive of a known name has all the parts that its usage shows, and no words that would be lost. */
function isComplete(node: Directive & { name: DirectiveName }, source: string): boolean {
  const { type, usage } = directives[node.name];
  if (node.type !== type || (usage.includes('{') && !node.attributes?.['id'])) return false;
  switch (node.name) {
    case 'note': {
      const [label, ...body] = node.children;
      const titled = label !== undefined && isDirectiveLabel(label) && wordsOf(label).trim() !== '';
      return titled && body.length > 0 && source.trimEnd().endsWith(':::');
    }
    case 'cite':
      return citedIds(node).length > 0;
    default:
      return usage.includes('[') === (textOf(node).trim() !== '');
  }
}

/**
 * Reads a page. References are collected, not followed: that needs the other files.
 *
 * @returns the page, and every problem that can be seen in this file alone
 */
export function readPage(
  file: string,
  markdown: string,
): { readonly page: PageSource; readonly problems: readonly CourseProblem[] } {
  const tree = parser.parse(markdown);
  const problems: CourseProblem[] = [];
  const references: Reference[] = [];
  const sections: string[] = [];
  let shows: { readonly kind: PageKind; readonly kindAt: Place } | undefined;

  const place = (node: Nodes) => ({
    line: node.position?.start.line ?? 1,
    column: node.position?.start.column ?? 1,
  });
  const sourceOf = (node: Nodes): string =>
    markdown.slice(node.position?.start.offset, node.position?.end.offset);
  const firstLineOf = (node: Nodes): string => sourceOf(node).split(/\r?\n/)[0] ?? '';
  const report = (node: Nodes, what: Omit<CourseProblem, 'file' | 'line' | 'column'>) => {
    problems.push({ file, ...place(node), ...what });
  };

  const first = tree.children[0];
  const front =
    first?.type === 'yaml'
      ? readYaml(file, first.value, first.position?.start.line ?? 1)
      : { source: unreadable(file), problems: [] };
  problems.push(...front.problems);
  if (first?.type !== 'yaml') {
    const start = markdown.split(/\r?\n/)[0];
    problems.push({
      file,
      line: 1,
      column: 1,
      message: 'the page has no front matter',
      expected: 'a first line "---", then id, title and minutes, then a line "---"',
      found: markdown.trim() === '' ? 'an empty file' : `a first line "${start}"`,
      hint:
        start === '---'
          ? 'close it with a second line "---"'
          : 'copy the head of another page and change its values',
    });
  }

  let depth = 1;
  const readHeading = (node: Nodes & { type: 'heading' }) => {
    const deepest = Math.min(depth + 1, 4);
    if (node.depth === 1 || node.depth > deepest) {
      report(node, {
        message:
          node.depth === 1
            ? 'a heading of level 1 inside a page'
            : depth >= 4
              ? 'a heading of a level that courses do not use'
              : 'a heading skips a level',
        expected: deepest === 2 ? 'a heading of level 2' : `a heading of level 2 to ${deepest}`,
        found: `level ${node.depth}: ${firstLineOf(node)}`,
        hint:
          node.depth === 1
            ? 'use ##; the page title comes from the front matter'
            : `use ${'#'.repeat(deepest)}`,
      });
    }
    depth = Math.max(node.depth, 2);
    const section = sectionId(wordsOf(node));
    if (section === '' || sections.includes(section)) {
      report(node, {
        message: section === '' ? 'a heading without letters' : 'two headings of a page read the same',
        expected: 'headings with letters a–z or digits, each one different, because links lead to them',
        found: `"${wordsOf(node)}"`,
        hint: section === '' ? 'add a word' : 'change the wording of one of them',
      });
    }
    sections.push(section);
  };

  const readLink = (node: Nodes & { type: 'link' }) => {
    if (node.url.startsWith('#/')) {
      references.push({ to: 'page', id: node.url.slice(2), ...place(node) });
    } else if (!/^https:\/\//.test(node.url)) {
      report(node, {
        message: 'a link that cannot be used in a package',
        expected: '#/page-id, #/page-id/section-id or an address that starts with https://',
        found: `"${node.url}"`,
        hint: node.url.startsWith('http://')
          ? 'write https:// if the site has it'
          : 'link to a page of the course by its id, or write the words without a link',
      });
    }
    if (wordsOf(node).trim() === '') {
      report(node, {
        message: 'a link without words',
        expected: '[words that say where it leads](address)',
        found: firstLineOf(node),
        hint: 'write the words between [ and ]',
      });
    }
  };

  /** A link or button inside another cannot be clicked, and browsers take it out. */
  const readInside = (outer: Nodes) => {
    visit(outer, (node: Nodes) => {
      if (node === outer || (node.type !== 'link' && node.type !== 'textDirective')) return;
      report(node, {
        message: `${node.type === 'link' ? 'a link' : `:${node.name}`} inside a link or term`,
        expected: 'plain words there',
        found: firstLineOf(outer),
        hint: 'place it before or after the other',
      });
    });
  };

  const readRows = ({ children: [head, ...rows] }: Nodes & { type: 'table' }) => {
    for (const row of rows) {
      if (row.children.length === head?.children.length) continue;
      report(row, {
        message: 'a row of a table does not fit its head',
        expected: `${head?.children.length} cells`,
        found: `${row.children.length}`,
        hint: 'add or remove a "|"; write \\| where a cell shows one',
      });
    }
  };

  const readImage = (node: Nodes & { type: 'image' }) => {
    references.push({ to: 'media', id: node.url, ...place(node) });
    if (!node.alt?.trim()) {
      report(node, {
        message: 'an image without a text alternative',
        expected: '![what the image says](media/name.svg)',
        found: firstLineOf(node),
        hint: 'say in the brackets what a reader learns from the image',
      });
    }
  };

  const readDirective = (node: Directive) => {
    const { name } = node;
    if (!isDirectiveName(name)) {
      const meant = similar(name, Object.keys(directives));
      report(node, {
        message: `unknown directive "${name}"`,
        expected: Object.values(directives)
          .map(({ usage }) => usage)
          .join(', '),
        found: firstLineOf(node),
        hint: meant ? `did you mean "${meant}"?` : 'put a space after a colon that belongs to the text',
      });
      return;
    }
    if (!isComplete({ ...node, name }, sourceOf(node))) {
      report(node, {
        message: `the directive "${name}" is not written as it should be`,
        expected: directives[name].usage,
        found: firstLineOf(node),
        hint: forms[directives[name].type],
      });
      return;
    }
    if (name === 'quiz' || name === 'result') {
      if (shows) {
        report(node, {
          message: `::${name} on a page that shows ::${shows.kind} already`,
          expected: 'one ::quiz or ::result on a page',
          found: `::${shows.kind} in line ${shows.kindAt.line}`,
          hint: name === shows.kind ? 'remove one of the two' : 'give it a page of its own',
        });
      }
      shows ??= { kind: name, kindAt: place(node) };
    }
    if (name === 'term') readInside(node);
    const id = node.attributes?.['id'];
    if (name === 'cite') {
      for (const source of citedIds(node)) references.push({ to: 'source', id: source, ...place(node) });
    }
    if (name === 'term' && id) references.push({ to: 'term', id, ...place(node) });
    if ((name === 'takeaway' || name === 'check') && id) references.push({ to: name, id, ...place(node) });
  };

  visit(tree, (node: Nodes) => {
    if (node.type === 'heading') readHeading(node);
    else if (node.type === 'link') {
      readLink(node);
      readInside(node);
    } else if (node.type === 'image') readImage(node);
    else if (node.type === 'table') readRows(node);
    else if ('name' in node && 'attributes' in node) readDirective(node);

    const isTask = node.type === 'listItem' && typeof node.checked === 'boolean';
    // A first line "---" without a second one reads as a horizontal line; the front matter is reported already.
    const isFront = node === first && (node.type === 'yaml' || node.type === 'thematicBreak');
    if (isFront || (allowedNodes.has(node.type) && !isTask)) return;
    const name = isTask ? 'a box to tick' : (namesOfMarkdown[node.type] ?? node.type);
    report(node, {
      message: `${name} cannot stand in a page`,
      expected: 'headings, paragraphs, lists, tables, quotations, links, images and directives',
      found: firstLineOf(node),
      hint: hintsForMarkdown[node.type] ?? 'write it another way',
    });
  });

  for (const { to, id, line, column } of references) {
    if (to !== 'check' || shows?.kind !== 'quiz') continue;
    problems.push({
      file,
      line,
      column,
      message: '::check on the page of the quiz',
      expected: 'a check on a page to read',
      found: `::check{#${id}} and ::quiz`,
      hint: 'move it to the page that it is about',
    });
  }

  return {
    page: {
      file,
      frontMatter: front.source,
      ...(shows ?? { kind: 'lesson', kindAt: { line: 1, column: 1 } }),
      tree,
      references,
      sections,
    },
    problems,
  };
}
