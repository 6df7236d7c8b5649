/** `<save-line>`: whether progress is being kept, and where. Quiet, and true. */
import { css, html, LitElement } from 'lit';
import { chromeStyles } from './chrome-styles.ts';
import { CourseController } from './course-controller.ts';
import type { Saving } from './services.ts';

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** What the line says. */
export function saveText({ keeper, state, savedAt }: Saving): string {
  if (state === 'off') return 'Review: nothing is recorded';
  if (state === 'ended') return 'Session ended: open the module again to go on';
  if (keeper === 'memory') return 'Not kept: this browser stores nothing';
  if (state === 'failed') return 'Not saved: the LMS did not take it';
  if (state === 'saving') return 'Saving…';
  if (savedAt === null) return keeper === 'device' ? 'Kept on this device' : 'Connected';
  return `Saved ${clock.format(savedAt)}`;
}

export class SaveLine extends LitElement {
  static override styles = [
    chromeStyles,
    css`
      :host {
        font-size: var(--text-small);
        color: var(--ink-soft);
      }
      .alert {
        color: var(--bad);
        font-weight: 600;
      }
    `,
  ];

  readonly #course = new CourseController(this);

  protected override render() {
    const { saving } = this.#course;
    const alert = saving.state === 'failed' || saving.state === 'ended' || saving.keeper === 'memory';
    // Only what needs the learner is announced: "saved" after every page would talk over the reading.
    return html`<span class=${alert ? 'alert' : ''} role=${alert ? 'status' : 'none'}>${saveText(saving)}</span>`;
  }
}
