/** What stands in the texts of a page, and what is wrong with them as far as one page can tell. */
import type { Nodes } from 'mdast';
import { visit } from 'unist-util-visit';
import * as v from 'valibot';
import { readAddress } from '../items/address.ts';
import { id as idSchema } from '../items/fields.ts';
import type { PageKind } from '../model/course.ts';
import type { CourseProblem, FilePlace } from '../model/course-problem.ts';
import { similar } from '../model/issue-problems.ts';
import {
  citedIds,
  type Directive,
  directives,
  isComplete,
  isDirective,
  isDirectiveName,
  valueAsked,
} from './directives.ts';
import { type MarkdownText, sectionId, wordsOf } from './markdown-text.ts';

/** A reference to something defined elsewhere. */
export interface Reference extends FilePlace {
  /** What is referred to; a question refers to a `section` of a lesson, a text to any `page` and its sections. */
  readonly to: 'source' | 'term' | 'takeaway' | 'check' | 'page' | 'section' | 'media' | 'value';
  /** The id referred to; for `page`, `page-id` or `page-id/section-id`; for `media`, a path. */
  readonly id: string;
  /** Id of the question that refers to a section. */
  readonly question?: string;
  /** Id of the part of a page that the reference stands in. */
  readonly part?: string;
}

/** A named piece of a page, which programs may replace. */
export interface Part extends FilePlace {
  readonly id: string;
}

/** The texts that a page is made of. */
export interface PageTexts {
  /** What the page itself says. */
  readonly body: MarkdownText;
  /** What stands in the place of its parts, by their ids. */
  readonly replaced: ReadonlyMap<string, MarkdownText>;
  /** What stands at its end. */
  readonly closing: MarkdownText | undefined;
  /** What stands there under {@link contactHeading}. */
  readonly contact: MarkdownText | undefined;
}

/** The heading above what a program says of whom to ask. */
export const contactHeading = 'Contact';

/** What stands in a page, in reading order. */
export interface PageFacts {
  readonly kind: PageKind;
  /** Where the directive stands that makes the page this kind; the page's beginning for a lesson. */
  readonly kindAt: FilePlace;
  readonly references: readonly Reference[];
  /** Ids of the sections, made from their headings. */
  readonly sections: readonly string[];
  readonly parts: readonly Part[];
  /** Whether the main takeaways stand on the page as a list. */
  readonly listsTakeaways: boolean;
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

/** The deepest level of a heading. */
const deepestLevel = 4;

/** Stands for the level of a heading that is not known: every other level may follow it. */
export const anyHeading = deepestLevel;

/** A problem whose place is known otherwise. */
type Finding = Omit<CourseProblem, keyof FilePlace>;

/**
 * Examines the texts of a page. References are collected, not followed: that needs the other files.
 *
 * @param texts the page
 * @param above the level of the heading above its first one; {@link anyHeading} where that is not known
 */
export function examinePage(
  texts: PageTexts,
  above = 1,
): { readonly facts: PageFacts; readonly problems: readonly CourseProblem[] } {
  const problems: CourseProblem[] = [];
  const references: Reference[] = [];
  const sections: string[] = [];
  const parts: Part[] = [];
  let shows: Pick<PageFacts, 'kind' | 'kindAt'> | undefined;
  let listsTakeaways = false;
  let depth = above;

  const addSection = (words: string, report: (what: Finding) => void) => {
    const section = sectionId(words);
    if (section === '' || sections.includes(section)) {
      report({
        message: section === '' ? 'a heading without letters' : 'two headings of a page read the same',
        expected: 'headings with letters or digits, each one different, because links lead to them',
        found: `"${words}"`,
        hint: section === '' ? 'add a word' : 'change the wording of one of them',
      });
    }
    sections.push(section);
  };

  /** Examines one of the texts. */
  const examine = (text: MarkdownText) => {
    const place = (node: Nodes): FilePlace => {
      const { line = 1, column = 1 } = node.position?.start ?? {};
      return { file: text.file, ...text.place({ line, column }) };
    };
    const sourceOf = (node: Nodes): string =>
      text.markdown.slice(node.position?.start.offset, node.position?.end.offset);
    const firstLineOf = (node: Nodes): string => sourceOf(node).split(/\r?\n/)[0] ?? '';
    const report = (node: Nodes, what: Finding) => {
      problems.push({ ...place(node), ...what });
    };

    /** The part that is being read. */
    let within: string | undefined;
    const refer = (to: Reference['to'], id: string, node: Nodes) => {
      references.push({ to, id, ...place(node), ...(within === undefined ? {} : { part: within }) });
    };

    const readHeading = (node: Nodes & { type: 'heading' }) => {
      const deepest = Math.min(depth + 1, deepestLevel);
      if (node.depth === 1 || node.depth > deepest) {
        report(node, {
          message:
            node.depth === 1
              ? 'a heading of level 1 inside a page'
              : depth >= deepestLevel
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
      addSection(wordsOf(node), (what) => report(node, what));
    };

    const readLink = (node: Nodes & { type: 'link' }) => {
      if (node.url.startsWith('#/')) {
        refer('page', readAddress(node.url.slice(2)), node);
      } else if (!/^https:\/\/|^mailto:[^\s@?]+@[^\s@?]+$/.test(node.url)) {
        report(node, {
          message: 'a link that cannot be used in a package',
          expected:
            '#/page-id, #/page-id/section-id, an address that starts with https://, or mailto: and an e-mail address',
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
        const words = node.type !== 'link' && (node.type !== 'textDirective' || node.name === 'value');
        if (node === outer || words) return;
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
      refer('media', node.url, node);
      if (!node.alt?.trim()) {
        report(node, {
          message: 'an image without a text alternative',
          expected: '![what the image says](media/name.svg)',
          found: firstLineOf(node),
          hint: 'say in the brackets what a reader learns from the image',
        });
      }
    };

    const readPart = (node: Directive, id: string) => {
      const own = text === texts.body;
      if (within !== undefined || !own) {
        report(node, {
          message: own ? 'a part inside another part' : 'a part in the text of a program',
          expected: 'a part in a page of the course, outside other parts',
          found: firstLineOf(node),
          hint: own ? 'close the first part before' : 'write what it holds without ":::part"',
        });
        return;
      }
      const valid = v.safeParse(idSchema, id);
      if (!valid.success) {
        report(node, {
          message: 'the id of the part cannot be used',
          expected: valid.issues[0].message,
          found: `"${id}"`,
          hint: 'use lower-case letters, digits and "-"',
        });
        return;
      }
      parts.push({ id, ...place(node) });
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
        const { usage, hint } = directives[name];
        report(node, {
          message: `the directive "${name}" is not written as it should be`,
          expected: usage,
          found: firstLineOf(node),
          hint,
        });
        return;
      }
      if (name === 'quiz' || name === 'result') {
        if (shows) {
          const { file, line } = shows.kindAt;
          report(node, {
            message: `::${name} on a page that shows ::${shows.kind} already`,
            expected: 'one ::quiz or ::result on a page',
            found: `::${shows.kind} in ${file === text.file ? '' : `${file}, `}line ${line}`,
            hint: name === shows.kind ? 'remove one of the two' : 'give it a page of its own',
          });
        }
        shows ??= { kind: name, kindAt: place(node) };
      }
      if (name === 'takeaways') listsTakeaways = true;
      if (name === 'term') readInside(node);
      const id = node.attributes?.['id'];
      if (name === 'cite') {
        for (const source of citedIds(node)) refer('source', source, node);
      }
      if (name === 'value') refer('value', valueAsked(node), node);
      if (!id) return;
      if (name === 'term' || name === 'takeaway' || name === 'check') {
        refer(name, id, node);
      }
      if (name === 'part') readPart(node, id);
    };

    const readStrayColons = (node: Nodes) => {
      report(node, {
        message: 'a line of colons that closes nothing',
        expected: 'as many of these lines as of those that open a note or a part',
        found: sourceOf(node),
        hint: 'what holds another one opens and closes with more colons: ::::part{#part-id} … ::::',
      });
    };

    const readNode = (node: Nodes) => {
      if (node.type === 'heading') readHeading(node);
      else if (node.type === 'link') {
        readLink(node);
        readInside(node);
      } else if (node.type === 'image') readImage(node);
      else if (node.type === 'table') readRows(node);
      else if (isDirective(node)) readDirective(node);
      else if (node.type === 'paragraph' && /^:{2,}$/.test(sourceOf(node))) readStrayColons(node);

      const isTask = node.type === 'listItem' && typeof node.checked === 'boolean';
      // A first line "---" without a second one reads as a horizontal line; the front matter is reported already.
      const isFront =
        node === texts.body.tree.children[0] && (node.type === 'yaml' || node.type === 'thematicBreak');
      if (isFront || (allowedNodes.has(node.type) && !isTask)) return;
      const name = isTask ? 'a box to tick' : (namesOfMarkdown[node.type] ?? node.type);
      report(node, {
        message: `${name} cannot stand in a page`,
        expected: 'headings, paragraphs, lists, tables, quotations, links, images and directives',
        found: firstLineOf(node),
        hint: hintsForMarkdown[node.type] ?? 'write it another way',
      });
    };

    const walk = (node: Nodes): void => {
      readNode(node);
      const around = within;
      if (isDirective(node) && node.name === 'part') within ??= node.attributes?.['id'] ?? undefined;
      const isOuter = around === undefined && within !== undefined && text === texts.body;
      const other = isOuter ? texts.replaced.get(within ?? '') : undefined;
      if (other) examine(other);
      else if ('children' in node) for (const child of node.children) walk(child);
      within = around;
    };
    walk(text.tree);
  };

  examine(texts.body);
  if (texts.closing) examine(texts.closing);
  if (texts.contact) {
    const { file, place } = texts.contact;
    const at = { file, ...place({ line: 1, column: 1 }) };
    depth = 2;
    addSection(contactHeading, (what) => problems.push({ ...at, ...what }));
    examine(texts.contact);
  }

  for (const { to, id, file, line, column } of references) {
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

  const { file } = texts.body;
  const lesson = { kind: 'lesson', kindAt: { file, line: 1, column: 1 } } as const;
  return { facts: { ...(shows ?? lesson), references, sections, parts, listsTakeaways }, problems };
}
