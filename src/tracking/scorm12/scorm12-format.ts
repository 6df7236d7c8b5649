/** Values as SCORM 1.2 wants them (RTE 3.4.4, data types). */
import type { InteractionContent, Pairs } from '../../items/item.ts';
import { decimal } from '../numbers.ts';

const two = (value: number): string => String(value).padStart(2, '0');

const hundredths = (milliseconds: number): number => Math.max(0, Math.floor(milliseconds / 10));

/** CMITimespan `HHHH:MM:SS.SS`; more than 9,999 hours are cut to that. */
export function timespan(milliseconds: number): string {
  const total = Math.min(hundredths(milliseconds), 9999 * 360_000);
  const hours = Math.floor(total / 360_000);
  const minutes = Math.floor(total / 6000) % 60;
  const seconds = Math.floor(total / 100) % 60;
  return `${String(hours).padStart(4, '0')}:${two(minutes)}:${two(seconds)}.${two(total % 100)}`;
}

/** CMITime `HH:MM:SS` of the learner's own clock. */
export function timeOfDay(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

/**
 * The letter that stands for an option: SCORM 1.2 allows one character (CMIFeedback, choice). `a` is the first
 * option in the author's order; after `z` come the digits.
 */
export function optionLetter(options: readonly string[], id: string): string {
  return letters.charAt(options.indexOf(id) % letters.length);
}

const numerals = '1234567890abcdefghijklmnopqrstuvwxyz';

/** The character that stands for what is to be matched: `1` is the first; after `9` come `0` and the letters. */
const sourceNumeral = (sources: readonly string[], id: string): string =>
  numerals.charAt(sources.indexOf(id) % numerals.length);

/** Longest text of CMIString255. */
const longestText = 255;

/** Typographic signs that ASCII has another for. */
const plainSigns: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
};

/** A character as ASCII has it: without accents, and where there is none, as in JSON: `\u0936`. */
function asciiCharacter(character: string): string {
  const plain = plainSigns[character] ?? character.normalize('NFKD').replace(/[\u0300-\u036f]/g, '');
  if (/^[ -~]*$/.test(plain)) return plain;
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

/** A written text as CMIString255, which is ASCII; nothing is cut in the middle of a character. */
function writtenText(text: string): string {
  let told = '';
  for (const character of text.normalize('NFC')) {
    const next = asciiCharacter(character);
    if (told.length + next.length > longestText) break;
    told += next;
  }
  return told;
}

/** The standard names no number of patterns: so many as an LMS has to keep in SCORM 2004. */
const mostPatterns = 5;

/** CMIFeedback of the learner's response. */
export function studentResponse(content: InteractionContent): string {
  switch (content.type) {
    case 'choice':
    case 'sequencing':
      return content.response.map((id) => optionLetter(content.options, id)).join(',');
    case 'true-false':
      return content.response ? 't' : 'f';
    case 'matching':
      return matched(content, content.response);
    case 'fill-in':
      return writtenText(content.response);
    case 'numeric':
      return decimal(content.response, 4);
    case 'likert':
      return optionLetter(content.options, content.response);
  }
}

const matched = (
  { sources, targets }: InteractionContent & { readonly type: 'matching' },
  pairs: Pairs,
): string =>
  pairs
    .map(([source, target]) => `${sourceNumeral(sources, source)}.${optionLetter(targets, target)}`)
    .join(',');

/** CMIFeedback of every response that is right. A range is not among what it can say: the best number stands for it. */
export function correctPatterns(content: InteractionContent): readonly string[] {
  switch (content.type) {
    case 'choice':
    case 'sequencing':
      return [content.correct.map((id) => optionLetter(content.options, id)).join(',')];
    case 'true-false':
      return [content.correct ? 't' : 'f'];
    case 'matching':
      return [matched(content, content.correct)];
    case 'fill-in':
      return content.correct.slice(0, mostPatterns).map(writtenText);
    case 'numeric':
      return [decimal(content.correct.answer, 4)];
    case 'likert':
      return [];
  }
}
