/** The language of a document: which way it is written, and which of its words are in another one. */
import type { Nodes, Text } from 'hast';
import { h } from 'hastscript';
import { SKIP, visit } from 'unist-util-visit';

declare module 'hast' {
  interface TextData {
    /** Whether the words are the player's own and not the author's. */
    isOwn?: true;
  }
}

/** Scripts in use that run from right to left, by their codes (ISO 15924). */
const rightToLeft = ['Adlm', 'Arab', 'Aran', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa', 'Yezi'];

/** The script that a language is mostly written in, where its tag does not name another one. */
function scriptOf(tag: string): string | undefined {
  try {
    return new Intl.Locale(tag).maximize().script;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // What stands behind the language may be no part of any tag.
    const [language = ''] = tag.split('-');
    return language === tag ? undefined : scriptOf(language);
  }
}

/** The direction of a document that is not written from left to right, as most are. */
export const directionOf = (language: string): 'rtl' | undefined =>
  rightToLeft.includes(scriptOf(language) ?? '') ? 'rtl' : undefined;

/** Words of the player's own, which are English whatever the language of the course. */
export const own = (words: string): Text => ({ type: 'text', value: words, data: { isOwn: true } });

/** Marks the player's {@link own} words in a document of another language, for screen readers and for the order of signs. */
export function markOwnWords(document: Nodes, language: string): void {
  if (/^en(-|$)/.test(language)) return;
  const english = { lang: 'en', dir: 'ltr' } as const;
  visit(document, 'text', (node, index, parent) => {
    if (!node.data?.isOwn || index === undefined || !parent) return undefined;
    // An option of a list can hold nothing but text.
    if (parent.type === 'element' && parent.tagName === 'option') Object.assign(parent.properties, english);
    else parent.children[index] = h('span', english, node);
    return SKIP;
  });
}
