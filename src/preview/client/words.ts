import { html } from 'lit';
import type { Status } from './results.ts';

/** A status as a coloured chip; the word says it, the colour only helps. */
export function chip({ value, tone }: Status) {
  return html`<span class="chip ${tone}">${value}</span>`;
}

const DAY_AND_TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const TIME = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const NUMBER = new Intl.NumberFormat('en');

/** A moment with its day, for the shelf. */
export function lastUsed(timestamp: string) {
  return html`<time datetime=${timestamp}>${DAY_AND_TIME.format(new Date(timestamp))}</time>`;
}

/** A moment of this session, for the inspector. */
export function clock(timestamp: string) {
  return html`<time datetime=${timestamp}>${TIME.format(new Date(timestamp))}</time>`;
}

/** A count with thousands apart. */
export function count(value: number): string {
  return NUMBER.format(value);
}
