/** Values as SCORM 1.2 wants them (RTE 3.4.4, data types). */
import type { InteractionContent } from '../../items/item.ts';

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

const letters = '0123456789abcdefghijklmnopqrstuvwxyz';

/**
 * The letter that stands for an option: SCORM 1.2 allows one character (CMIFeedback, choice). `a` is the first
 * option in the author's order; after `z` come the digits.
 */
export function optionLetter(options: readonly string[], id: string): string {
  const index = options.indexOf(id);
  return letters.charAt((index + 10) % letters.length);
}

/** CMIFeedback of a response or of the pattern of the right one. */
export function feedback(content: InteractionContent, which: 'response' | 'correct'): string {
  switch (content.type) {
    case 'choice':
      return content[which].map((id) => optionLetter(content.options, id)).join(',');
    case 'true-false':
      return content[which] ? 't' : 'f';
  }
}
