/**
 * XML as a plain tree. A document of libxml2 lives in WebAssembly memory and must be disposed of; the tree does not, and
 * rules can walk it at their ease.
 */
import {
  ParseOption,
  XmlCData,
  XmlDocument,
  XmlElement,
  XmlLibError,
  type XmlNode,
  XmlText,
  XmlTreeNode,
} from 'libxml2-wasm';
import { type Finding, finding, quote } from './finding.ts';

/** An element of a manifest. */
export interface ManifestElement {
  /** Name without its prefix. */
  readonly name: string;
  /** Prefix as written; empty where there is none. Namespaces say what an element is; Moodle goes by the prefix. */
  readonly prefix: string;
  /** URI of the namespace; empty where there is none. */
  readonly namespace: string;
  readonly attributes: readonly ManifestAttribute[];
  readonly children: readonly ManifestElement[];
  readonly parent: ManifestElement | undefined;
  /** The text that stands directly in the element, as written. */
  readonly text: string;
  /** Where its start tag begins. */
  readonly line: number;
  /** Where its start tag ends, which is what libxml2 calls its line. */
  readonly lastLine: number;
}

/** An attribute of an element. */
export interface ManifestAttribute {
  readonly name: string;
  readonly prefix: string;
  readonly namespace: string;
  readonly value: string;
}

/** Bytes of a manifest, and its tags. 10,000 files take about 1 MB and 10,000 tags. */
export const mostManifestBytes = 8 * 1024 ** 2;
const mostTags = 150_000;

/**
 * No entity of a manifest is ever expanded, and nothing beside the text is ever read: a document type has been refused
 * before, and libxml2 is told not to look for files, networks or catalogs. The text has been decoded already.
 */
export const parseOptions =
  ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_NO_SYS_CATALOG |
  ParseOption.XML_PARSE_IGNORE_ENC |
  ParseOption.XML_PARSE_BIG_LINES;

/**
 * Parses the text of an XML file.
 *
 * @param text - the file, decoded
 * @param file - its path in the zip
 * @returns the root element; undefined, and findings that say why, where the file is not well-formed or not safe to parse
 */
export function* parseManifest(text: string, file: string): Generator<Finding, ManifestElement | undefined> {
  const tags = text.split('<').length - 1;
  if (tags > mostTags) {
    yield tooLarge(file, `${tags.toLocaleString('en')} tags`);
    return undefined;
  }
  const doctype = doctypeAt(text);
  if (doctype !== undefined) {
    yield documentType(file, lineAt(text, doctype), quote(text.slice(doctype, doctype + 60)));
    return undefined;
  }
  try {
    const document = XmlDocument.fromString(text, { option: parseOptions });
    try {
      // The parser has the last word on what a document type is.
      if (document.dtd) {
        yield documentType(file, 1, 'a document type');
        return undefined;
      }
      return treeOf(document.root, undefined, tagLines(text));
    } finally {
      document.dispose();
    }
  } catch (error) {
    yield malformed(file, error);
    return undefined;
  }
}

const documentType = (file: string, line: number, found: string): Finding =>
  finding(
    'xml-doctype',
    { file, line },
    {
      message: 'the file has a document type, by which entities could be defined',
      expected: 'no <!DOCTYPE …>',
      found,
      hint: 'remove it; a parser that follows it can be made to read files of the server or to run out of memory',
    },
  );

/** Says that a manifest is more than this checker reads. */
export const tooLarge = (file: string, found: string): Finding =>
  finding(
    'manifest-too-large',
    { file },
    {
      message: 'the manifest is larger than this checker reads',
      expected: `at most ${mostManifestBytes / 1024 ** 2} MB and ${mostTags.toLocaleString('en')} tags`,
      found,
      hint: 'LMSs read it whole, in memory, at every upload; list fewer files, or put many small files together',
    },
  );

function malformed(file: string, error: unknown): Finding {
  const details = error instanceof XmlLibError ? error.details : [];
  const [first] = details;
  const reason = first?.message ?? (text(error) || 'no element at all');
  return finding(
    'xml-malformed',
    { file, ...(first && first.line > 0 ? { line: first.line } : {}) },
    {
      message: 'the file is not well-formed XML, so no LMS can read it',
      expected: 'XML whose tags, quotes and "&" are in order',
      found: `${plainReason(reason)}${first && first.col > 0 ? `, at column ${first.col}` : ''}`,
      hint: 'write "&amp;" for "&" and "&lt;" for "<", and close every tag; an XML editor shows the place',
    },
  );
}

/** What libxml2 says, without the names of its functions. */
function plainReason(reason: string): string {
  if (/^(xmlParseEntityRef|EntityRef)/.test(reason)) return 'an "&" that starts no character reference';
  return reason
    .replace(/^xml\w+ ?: /, '')
    .trim()
    .replaceAll(/\s+/g, ' ');
}

const text = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Where the document type starts; only space, comments and processing instructions stand before it (XML 1.0, 2.8). */
function doctypeAt(source: string): number | undefined {
  let at = 0;
  for (;;) {
    while (/\s/.test(source[at] ?? '')) at += 1;
    const end = source.startsWith('<!--', at) ? '-->' : source.startsWith('<?', at) ? '?>' : undefined;
    if (end === undefined) return source.startsWith('<!DOCTYPE', at) ? at : undefined;
    const close = source.indexOf(end, at + (end === '-->' ? 4 : 2));
    if (close < 0) return undefined;
    at = close + end.length;
  }
}

const lineAt = (source: string, at: number): number => source.slice(0, at).split('\n').length;

/** The line of every start tag of a well-formed text without document type, in order. */
function* tagLines(source: string): Generator<number> {
  let line = 1;
  let lineEnd = source.indexOf('\n');
  let at = source.indexOf('<');
  while (at >= 0) {
    const other = others.find(([start]) => source.startsWith(start, at));
    if (!other) {
      for (; lineEnd >= 0 && lineEnd < at; lineEnd = source.indexOf('\n', lineEnd + 1)) line += 1;
      yield line;
    }
    // No "<" stands in a value (XML 1.0, 3.1): the next one is another tag.
    const end = other ? source.indexOf(other[1], at + other[0].length) : at;
    at = source.indexOf('<', Math.max(at, end) + 1);
  }
}

/** What starts with "<" and is no start tag, and how it ends. */
const others = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
  ['</', '>'],
] as const;

// libxml2 refuses elements nested deeper than 256, so this does not recurse deeper either.
function treeOf(
  element: XmlElement,
  parent: ManifestElement | undefined,
  lines: Iterator<number>,
): ManifestElement {
  const begun = lines.next();
  const children: ManifestElement[] = [];
  let content = '';
  const tree = {
    name: element.name,
    prefix: element.prefix,
    namespace: element.namespaceUri,
    attributes: element.attrs.map(({ name, prefix, namespaceUri, value }) => ({
      name,
      prefix,
      namespace: namespaceUri,
      value,
    })),
    children,
    parent,
    get text() {
      return content;
    },
    line: begun.done ? element.line : begun.value,
    lastLine: element.line,
  };
  for (const node of nodesIn(element)) {
    if (node instanceof XmlElement) children.push(treeOf(node, tree, lines));
    else if (node instanceof XmlText || node instanceof XmlCData) content += node.content;
  }
  return tree;
}

/** What stands in an element. Of a processing instruction, libxml2-wasm does not tell what comes next, but XPath does. */
function nodesIn(element: XmlElement): XmlNode[] {
  const nodes: XmlNode[] = [];
  for (let node: XmlNode | null = element.firstChild; node; node = node.next) {
    if (!(node instanceof XmlTreeNode)) return element.find('node()');
    nodes.push(node);
  }
  return nodes;
}

/** Value of an attribute that is in no namespace; undefined where the element has none. */
export function attribute(element: ManifestElement, name: string, namespace = ''): string | undefined {
  return element.attributes.find((found) => found.name === name && found.namespace === namespace)?.value;
}

/** The element and everything in it, from top to bottom. */
export function* withDescendants(element: ManifestElement): Generator<ManifestElement> {
  const waiting = [element];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    yield next;
    for (const child of next.children.toReversed()) waiting.push(child);
  }
}

/** Elements of a name, of any namespace, anywhere in an element. */
export function descendants(element: ManifestElement, name: string): ManifestElement[] {
  return [...withDescendants(element)].filter((found) => found.name === name && found !== element);
}

/** Elements of a name, of any namespace, directly in an element. */
export function childrenNamed(element: ManifestElement | undefined, name: string): ManifestElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** Text of an element, without the space around it. */
export const trimmed = (element: ManifestElement | undefined): string => element?.text.trim() ?? '';
