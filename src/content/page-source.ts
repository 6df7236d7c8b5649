/** Reads one page: Markdown with front matter and the course's directives, and what is wrong with it. */
import type { Nodes, Parents, Root } from 'mdast';
import type { ContainerDirective, LeafDirective, TextDirective } from 'mdast-util-directive';
import { toString as textOf } from 'mdast-util-to-string';
import remarkDirective from 'remark-directive';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import type { PageKind } from '../model/course.ts';
import type { CourseProblem } from '../model/course-problem.ts';
import { type DataFile, suggest } from '../model/parse-course.ts';
import { readYaml, unreadable } from './read-yaml.ts';

/** A directive in Markdown: `:name[…]`, `::name` or `:::name`. */
export type Directive = TextDirective | LeafDirective | ContainerDirective;

/** A reference from a page to something defined elsewhere. */
export interface Reference {
  readonly to: 'source' | 'term' | 'takeaway' | 'page' | 'media';
  /** The id referred to; for `page`, `page-id` or `page-id/section-id`; for `media`, a path. */
  readonly id: string;
  readonly line: number;
  readonly column: number;
}

/** A page as read. */
export interface PageSource {
  readonly file: string;
  readonly frontMatter: DataFile;
  readonly kind: PageKind;
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
  note: { type: 'containerDirective', usage: ':::note[Title]' },
  quiz: { type: 'leafDirective', usage: '::quiz' },
  result: { type: 'leafDirective', usage: '::result' },
} as const;

/** Name of a directive that authors may write. */
export type DirectiveName = keyof typeof directives;

/** Whether `name` is a directive of the course. */
export function isDirectiveName(name: string): name is DirectiveName {
  return Object.hasOwn(directives, name);
}

/** What Markdown a page may hold; one way to do each thing, all of it accessible when rendered. */
const allowedNodes = new Set<Nodes['type']>([
  ...(['root', 'yaml', 'paragraph', 'text', 'heading', 'emphasis', 'strong', 'inlineCode', 'break'] as const),
  ...(['list', 'listItem', 'blockquote', 'link', 'image', 'table', 'tableRow', 'tableCell'] as const),
  ...(['textDirective', 'leafDirective', 'containerDirective'] as const),
]);

const parser = unified().use(remarkParse).use(remarkFrontmatter).use(remarkGfm).use(remarkDirective);

/** Makes the id of a section from the text of its heading: `Who decides?` → `who-decides`. */
export function sectionId(heading: string): string {
  return heading
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
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

const kindOfPage = (names: ReadonlySet<string>): PageKind =>
  names.has('quiz') ? 'quiz' : names.has('result') ? 'result' : 'lesson';

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
  const directiveNames = new Set<string>();

  const place = (node: Nodes) => ({
    line: node.position?.start.line ?? 1,
    column: node.position?.start.column ?? 1,
  });
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
    problems.push({
      file,
      line: 1,
      column: 1,
      message: 'the page has no front matter',
      expected: 'a first line "---", then id, title and minutes, then "---"',
      found: 'text from the first line on',
      hint: 'copy the head of another page and change its values',
    });
  }

  let depth = 1;
  const readHeading = (node: Nodes & { type: 'heading' }) => {
    if (node.depth === 1 || node.depth > depth + 1 || node.depth > 4) {
      report(node, {
        message: node.depth === 1 ? 'a heading of level 1 inside a page' : 'a heading skips a level',
        expected: `a heading of level 2 to ${Math.min(depth + 1, 4)}`,
        found: `level ${node.depth}`,
        hint:
          node.depth === 1
            ? 'use ##; the page title comes from the front matter'
            : `use ${'#'.repeat(Math.min(depth + 1, 4))}`,
      });
    }
    depth = Math.max(node.depth, 2);
    const section = sectionId(textOf(node));
    if (section === '' || sections.includes(section)) {
      report(node, {
        message: section === '' ? 'a heading without letters' : 'two headings of a page read the same',
        expected: 'headings from which different ids can be made',
        found: `"${textOf(node)}"`,
        hint: 'change the wording of one of them',
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
        hint: 'link to a page of the course by its id',
      });
    }
  };

  const readImage = (node: Nodes & { type: 'image' }) => {
    references.push({ to: 'media', id: node.url, ...place(node) });
    if (!node.alt?.trim()) {
      report(node, {
        message: 'an image without a text alternative',
        expected: '![what the image says](media/name.svg)',
        found: `![](${node.url})`,
        hint: 'say in the brackets what a reader learns from the image',
      });
    }
  };

  const readDirective = (node: Directive) => {
    if (!isDirectiveName(node.name)) {
      report(node, {
        message: 'unknown directive',
        expected: Object.values(directives)
          .map(({ usage }) => usage)
          .join('  '),
        found: `"${node.name}"`,
        hint: `${suggest(node.name, Object.keys(directives))} A colon in running text needs a space after it`,
      });
      return;
    }
    directiveNames.add(node.name);
    const { type, usage } = directives[node.name];
    const id = node.attributes?.['id'];
    if (
      node.type !== type ||
      (usage.includes('[') && node.children.length === 0) ||
      (usage.includes('{') && !id)
    ) {
      report(node, {
        message: `the directive "${node.name}" is not complete`,
        expected: usage,
        found: markdown.slice(node.position?.start.offset, node.position?.end.offset).split('\n')[0] ?? '',
        hint: 'write it as expected',
      });
      return;
    }
    if (node.name === 'cite') {
      for (const source of citedIds(node)) references.push({ to: 'source', id: source, ...place(node) });
    }
    if (node.name === 'term' && id) references.push({ to: 'term', id, ...place(node) });
    if (node.name === 'takeaway' && id) references.push({ to: 'takeaway', id, ...place(node) });
  };

  visit(tree, (node: Nodes, _index, parent: Parents | undefined) => {
    if (node.type === 'heading') readHeading(node);
    else if (node.type === 'link') readLink(node);
    else if (node.type === 'image') readImage(node);
    else if ('name' in node && 'attributes' in node) readDirective(node);
    if (allowedNodes.has(node.type) && (node.type !== 'yaml' || parent?.children[0] === node)) return;
    report(node, {
      message: 'this kind of Markdown is not used in courses',
      expected: 'headings, paragraphs, lists, tables, quotations, links, images and directives',
      found: node.type === 'html' ? `HTML: ${node.value.split('\n')[0]}` : node.type,
      hint: node.type === 'html' ? 'write it in Markdown; HTML is not passed on' : 'write it another way',
    });
  });

  return {
    page: {
      file,
      frontMatter: front.source,
      kind: kindOfPage(directiveNames),
      tree,
      references,
      sections,
    },
    problems,
  };
}
