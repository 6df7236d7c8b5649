/** The directives that authors may write in Markdown: `:name[…]`, `::name` or `:::name`. */
import type { Nodes } from 'mdast';
import type { ContainerDirective, LeafDirective, TextDirective } from 'mdast-util-directive';
import { toString as textOf } from 'mdast-util-to-string';

/** A directive in Markdown. */
export type Directive = TextDirective | LeafDirective | ContainerDirective;

/** How each form of directive is written. */
const forms = {
  textDirective: 'write it inside a line, with one colon, as shown',
  leafDirective: 'write it on a line of its own, with two colons, as shown',
} satisfies Record<Exclude<Directive['type'], 'containerDirective'>, string>;

interface DirectiveForm {
  readonly type: Directive['type'];
  readonly usage: string;
  /** How it is written. */
  readonly hint: string;
}

const inLine = (usage: string) => ({ type: 'textDirective', usage, hint: forms.textDirective }) as const;
const onLine = (usage: string) => ({ type: 'leafDirective', usage, hint: forms.leafDirective }) as const;

/** The directives by name. */
export const directives = {
  cite: inLine(':cite[source-id]'),
  term: inLine(':term[words shown]{#term-id}'),
  value: inLine(':value[pages]'),
  takeaways: onLine('::takeaways'),
  takeaway: onLine('::takeaway{#takeaway-id}'),
  check: onLine('::check{#check-id}'),
  note: {
    type: 'containerDirective',
    usage: ':::note[Title], then text, then :::',
    hint: 'open it with three colons and a title, and close it with a line ":::"; inside a part, the part has more colons',
  },
  part: {
    type: 'containerDirective',
    usage: ':::part{#part-id}, then text, then :::',
    hint: 'close it with as many colons as open it; write more of them, ::::part, where it holds a :::note',
  },
  quiz: onLine('::quiz'),
  result: onLine('::result'),
} as const satisfies Record<string, DirectiveForm>;

/** Name of a directive that authors may write. */
export type DirectiveName = keyof typeof directives;

/** Whether `name` is a directive of the course. */
export function isDirectiveName(name: string): name is DirectiveName {
  return Object.hasOwn(directives, name);
}

/** Whether `node` is a directive, of whatever name. */
export function isDirective(node: Nodes): node is Directive {
  return node.type === 'textDirective' || node.type === 'leafDirective' || node.type === 'containerDirective';
}

/** Ids named by a directive `:cite[a, b]`. */
export function citedIds(directive: Directive): string[] {
  return textOf(directive)
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
}

/** Name of the number that a directive `:value[name]` asks for. */
export const valueAsked = (directive: Directive): string => textOf(directive).trim();

/** Whether `node` is the `[Title]` of a container directive. */
export function isDirectiveLabel(node: Nodes): boolean {
  return node.type === 'paragraph' && node.data !== undefined && 'directiveLabel' in node.data;
}

/** Whether the last line of a container has as many colons as the first one begins with. */
function isClosed(source: string): boolean {
  const [opening = ''] = /^:+/.exec(source) ?? [];
  const [closing = ''] = /:+$/.exec(source.trimEnd()) ?? [];
  return closing.length >= opening.length && source.includes('\n');
}

/**
 * Whether a directive of a known name has all the parts that its usage shows, and no words that would be lost.
 *
 * @param source the directive as its author wrote it
 */
export function isComplete(node: Directive & { name: DirectiveName }, source: string): boolean {
  const { type, usage } = directives[node.name];
  if (node.type !== type || (usage.includes('{') && !node.attributes?.['id'])) return false;
  switch (node.name) {
    case 'note': {
      const [label, ...body] = node.children;
      const titled = label !== undefined && isDirectiveLabel(label) && textOf(label).trim() !== '';
      return titled && body.length > 0 && isClosed(source);
    }
    case 'part': {
      const [label] = node.children;
      return !(label && isDirectiveLabel(label)) && isClosed(source);
    }
    case 'cite':
      return citedIds(node).length > 0;
    default:
      return usage.includes('[') === (textOf(node).trim() !== '');
  }
}
