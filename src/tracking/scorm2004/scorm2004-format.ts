/** Values as SCORM 2004 4th Edition wants them (RTE 4.1.1.7, data types), in the reading of the strictest LMS. */
import type { InteractionContent } from '../../items/item.ts';

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

/** Learner response, or a correct responses pattern. */
export function response(content: InteractionContent, which: 'response' | 'correct'): string {
  switch (content.type) {
    case 'choice':
      return content[which].join('[,]');
    case 'true-false':
      return String(content[which]);
  }
}

/** localized_string_type of at most 250 characters on one line (a line break is refused with 406). */
export function description(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  // The cut may go through a character of two code units, and half of one is refused.
  return line.length <= 250 ? line : `${line.slice(0, 249).replace(/\p{Cs}$/u, '')}…`;
}
