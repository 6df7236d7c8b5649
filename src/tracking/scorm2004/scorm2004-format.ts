/** Values as SCORM 2004 4th Edition wants them (RTE 4.1.1.7, data types), in the reading of the strictest LMS. */
import type { InteractionContent, Pairs } from '../../items/item.ts';
import { decimal } from '../numbers.ts';

/** timeinterval(second,10,2), `PT1H5M30.5S`; more than 9,999 hours are cut to that, as in SCORM 1.2. */
export function timeInterval(milliseconds: number): string {
  const total = Math.min(Math.max(0, Math.floor(milliseconds / 10)), 9999 * 360_000);
  const hours = Math.floor(total / 360_000);
  const minutes = Math.floor(total / 6000) % 60;
  const seconds = (total % 6000) / 100;
  return `PT${hours}H${minutes}M${seconds}S`;
}

/** time(second,10,0) without zone and fraction: several LMSs refuse three decimals and offsets. UTC. */
export function timestamp(at: number): string {
  return new Date(at).toISOString().slice(0, 19);
}

const matched = (pairs: Pairs): string => pairs.map((pair) => pair.join('[.]')).join('[,]');

/**
 * Text on one line (a line break is refused with 406) that does not begin with `{`: there readers expect the language
 * of the text (RTE 4.1.1.6). Half of a character is refused too.
 */
const plainLine = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/\p{Cs}/gu, '\ufffd')
    .replace(/^\{/, '(');

/** Most texts of a fill-in (RTE 4.2.9.1, SPM). */
const mostTexts = 10;

/**
 * A written text as a string of a fill-in, at most 250 characters: `[,]` would begin another string. scorm-again takes
 * each comma for that: no brace may follow one either, and there may not be too many.
 */
function writtenText(text: string): string {
  const whole = plainLine(text).replaceAll('[,]', '[, ]').replaceAll(',{', ',(');
  let texts = 1;
  return cutAt(
    whole.replaceAll(',', () => (++texts <= mostTexts ? ',' : ';')),
    250,
  ).trimEnd();
}

/** As a pattern without any comma: of those scorm-again refuses most. */
const acceptedText = (text: string): string => writtenText(text.replaceAll(',', ';'));

/** Largest number whose digits before the point every LMS takes (Moodle 4.5 takes five). */
const largestReal = 99_999;

/** A real(10,7) as every LMS takes it: what is larger is reported as the largest. */
const real = (value: number): string => decimal(Math.max(-largestReal, Math.min(largestReal, value)), 4);

/** `text` with at most `most` code units; the cut may go through a character of two, and half of one is refused. */
const cutAt = (text: string, most: number): string => text.slice(0, most).replace(/[\ud800-\udbff]$/, '');

/** The learner's response (RTE 4.2.9.1, learner_response by type). */
export function learnerResponse(content: InteractionContent): string {
  switch (content.type) {
    case 'choice':
    case 'sequencing':
      return content.response.join('[,]');
    case 'true-false':
      return String(content.response);
    case 'matching':
      return matched(content.response);
    case 'fill-in':
      return writtenText(content.response);
    case 'numeric':
      return real(content.response);
    case 'likert':
      return content.response;
  }
}

/** Most patterns of a fill-in that an LMS has to keep (RTE 4.2.9.1, SPM). */
const mostPatterns = 5;

/** The pattern of every response that is right (RTE 4.2.9.2); of more than an LMS has to keep, the first. */
export function correctPatterns(content: InteractionContent): readonly string[] {
  switch (content.type) {
    case 'choice':
    case 'sequencing':
      return [content.correct.join('[,]')];
    case 'true-false':
      return [String(content.correct)];
    case 'matching':
      return [matched(content.correct)];
    case 'fill-in':
      return content.correct.slice(0, mostPatterns).map(acceptedText);
    case 'numeric':
      return [`${real(content.correct.min)}[:]${real(content.correct.max)}`];
    case 'likert':
      return [];
  }
}

/** localized_string_type of at most 250 characters. */
export function description(text: string): string {
  const line = plainLine(text);
  return line.length <= 250 ? line : `${cutAt(line, 249)}…`;
}
