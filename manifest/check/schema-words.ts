/** From what libxml2 says of a manifest that breaks a schema to words that its maker knows. */
import { listed, quote } from './finding.ts';

/** A complaint of libxml2, taken apart. */
export interface Complaint {
  /** Name of the element, without its namespace. */
  readonly element: string;
  readonly attribute: string | undefined;
  /** Whether it is about a value, and not about where something stands. */
  readonly isValue: boolean;
  /** The facet that a value breaks, such as `maxLength`, where it is known. */
  readonly facet: string | undefined;
  readonly expected: string;
  readonly found: string;
}

/** `Element '{uri}item', attribute '{uri}a': [facet 'enumeration'] The value 'b' is not an element of the set {'c'}.` */
export function complaintOf(raw: string): Complaint {
  const message = raw.trim();
  const [, element = 'manifest', attribute, rest = message] =
    /^Element '(?:\{[^}']*\})?([^']*)'(?:, attribute '(?:\{[^}']*\})?([^']*)')?: ([\s\S]*)$/.exec(message) ??
    [];
  const facet = /^\[facet '(\w+)'\]/.exec(rest)?.[1];
  const isValue = facet !== undefined || /^'[\s\S]*' is not a valid value of /.test(rest);
  const what = attribute === undefined ? `<${element}>` : attribute;
  for (const [pattern, words] of patterns) {
    const match = pattern.exec(rest);
    if (match) return { element, attribute, isValue, facet, ...words(match, what) };
  }
  return { element, attribute, isValue, facet, expected: 'what the schema allows here', found: plain(rest) };
}

/** Without the namespaces that libxml2 puts before names; the sets of values that it puts in braces stay. */
const plain = (text: string): string => text.replaceAll(/\{[^}' ]*\}(?=[^\s,.}'])/g, '');

type InWords = (match: RegExpExecArray, what: string) => Pick<Complaint, 'expected' | 'found'>;

const patterns: readonly (readonly [RegExp, InWords])[] = [
  [
    /^This element is not expected\.(?: Expected is (?:one of )?\( ([\s\S]*) \)\.)?$/,
    ([, names], what) => ({
      expected: names === undefined ? 'nothing more here, or another order' : elementsOf(names),
      found: `${what}, which does not belong here`,
    }),
  ],
  [
    /^Missing child element\(s\)\.(?: Expected is (?:one of )?\( ([\s\S]*) \)\.)?$/,
    ([, names], what) => ({
      expected: names === undefined ? 'more elements' : elementsOf(names),
      found: `${what} without it`,
    }),
  ],
  [
    /^The attribute '([^']*)' is not allowed\.$/,
    () => ({ expected: 'no such attribute', found: 'an attribute that the schema does not have here' }),
  ],
  [
    /^The attribute '([^']*)' is required but missing\.$/,
    ([, name = '']) => ({ expected: `${plain(name)}="…"`, found: 'no such attribute' }),
  ],
  [
    /^No matching global (element|attribute) declaration available/,
    ([, kind = ''], what) => ({
      expected: `an ${kind} that the schema of its namespace has`,
      found: `${what}, which it does not have`,
    }),
  ],
  [
    /^\[facet 'enumeration'\] The value '([\s\S]*)' is not an element of the set \{'([\s\S]*)'\}\.$/,
    ([, value = '', set = '']) => {
      const values = set.split("', '");
      return { expected: `${values.length > 1 ? 'one of ' : ''}${listed(values, 12)}`, found: quote(value) };
    },
  ],
  [
    /^\[facet '(max|min)(?:In|Ex)clusive'\] The value '([\s\S]*)' (?:is|must be) [^']*\('([^']*)'\)\.$/,
    ([, bound, value = '', limit = '']) => ({
      expected: `a number of ${bound === 'max' ? 'at most' : 'at least'} ${limit}`,
      found: quote(value),
    }),
  ],
  [
    /^'([\s\S]*)' is not a valid value of the (?:local )?(?:atomic|union|list) type(?: '(?:\{[^}']*\})?([^']*)')?\.$/,
    ([, value = '', type = '']) => ({
      expected: kinds[type.replace(/^xsd?:/, '')] ?? 'another kind of value',
      found: quote(value),
    }),
  ],
  [
    /^Character content .*is not allowed/,
    (_match, what) => ({ expected: 'elements only, or nothing', found: `text in ${what}` }),
  ],
  [
    /^Element content is not allowed/,
    (_match, what) => ({ expected: 'text only, or nothing', found: `elements in ${what}` }),
  ],
];

/** `{uri}title, {uri}item, ##other{uri}*`: names, and a place for elements of others. */
function elementsOf(names: string): string {
  const all = names.split(', ').map(plain);
  const own = all.filter((name) => !name.startsWith('##'));
  if (own.length === 0) return 'elements of other namespaces only';
  const shown = own.slice(0, 12).map((name) => `<${name}>`);
  return `${shown.join(', ')}${own.length > shown.length ? ' or others' : ''}`;
}

/** What values of the types look like that the schemas use. */
const kinds: Readonly<Record<string, string>> = {
  boolean: '"true" or "false"',
  decimal: 'a number such as "0.8"',
  integer: 'a whole number',
  nonNegativeInteger: 'a whole number, 0 or more',
  positiveInteger: 'a whole number, 1 or more',
  duration: 'a duration such as "PT30M" for 30 minutes',
  dateTime: 'a time such as "2026-12-31T12:00:00Z"',
  language: 'a language such as "en" or "pt-BR"',
  anyURI: 'an address',
  ID: 'a name that no other element has, of letters, digits, ".", "_" and "-", a letter or "_" first',
  IDREF: 'the name of another element',
  measureType: 'a number from -1 to 1',
};
