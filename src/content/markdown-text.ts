/** A text in Markdown, wherever it stands: a page, or a value in the file of a program. */
import type { Nodes, Root } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import remarkDirective from 'remark-directive';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import type { Place } from '../model/course-problem.ts';
import type { DataFile, ValuePath } from '../model/data-file.ts';
import { isDirective, valueAsked } from './directives.ts';

/** A text in Markdown that knows where it stands. */
export interface MarkdownText {
  /** The file that it stands in. */
  readonly file: string;
  readonly markdown: string;
  readonly tree: Root;
  /** Where in the file a place in the text is. */
  place(inner: Place): Place;
}

const parser = unified().use(remarkParse).use(remarkGfm).use(remarkDirective);
const pageParser = unified().use(remarkParse).use(remarkFrontmatter).use(remarkGfm).use(remarkDirective);

/** Reads a file of Markdown with front matter. */
export const readMarkdownFile = (file: string, markdown: string): MarkdownText => ({
  file,
  markdown,
  tree: pageParser.parse(markdown),
  place: (inner) => inner,
});

/** Reads the Markdown at `path` of a file of data; undefined where there is no text. */
export function readMarkdownAt(source: DataFile, path: ValuePath, value: unknown): MarkdownText | undefined {
  if (typeof value !== 'string') return undefined;
  return {
    file: source.file,
    markdown: value,
    tree: parser.parse(value),
    place: (inner) => source.within(path, inner),
  };
}

/** A letter of another script than the Latin one, with its marks; or else any character. */
const letterOrOther = /((?!\p{Script=Latin}|\p{Script=Common})\p{L}[\p{M}\p{Diacritic}]*)|./gsu;

/** A Latin letter without its accents, `é` as `e`; a sign in plain letters or digits, `²` as `2`. */
const fold = (character: string): string =>
  character.normalize('NFKD').replaceAll(/[\p{M}\p{Diacritic}]/gu, '');

/**
 * Makes the id of a section from the text of its heading: `Who decides?` → `who-decides`, `お茶とは？` → `お茶とは`. Accents of
 * Latin letters are left out; what stands above or below the letters of other scripts are vowels or tones, and part of the word.
 */
export function sectionId(heading: string): string {
  return heading
    .normalize()
    .replaceAll(letterOrOther, (found, letter?: string) => letter ?? fold(found))
    .toLowerCase()
    .normalize()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
}

/**
 * The words of `node` as a reader reads them: citations are marks, not words.
 *
 * @param values the words for numbers of the course; without them the numbers' names stand there
 */
export function wordsOf(node: Nodes, values?: Readonly<Record<string, string>>): string {
  if (isDirective(node) && node.name === 'cite') return '';
  if (isDirective(node) && node.name === 'value') return values?.[valueAsked(node)] ?? valueAsked(node);
  return 'children' in node ? node.children.map((child) => wordsOf(child, values)).join('') : textOf(node);
}
