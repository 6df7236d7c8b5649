/** `<save-line>`: whether progress is being kept, and where. Quiet, and true. */
import { css, html, LitElement, nothing } from 'lit';
import { chromeStyles } from './chrome-styles.ts';
import { CourseController } from './course-controller.ts';
import type { Saving } from './services.ts';

const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });

/** What the line says. */
function saveText({ keeper, state, savedAt }: Saving): string {
  if (state === 'off') return 'Review: nothing is recorded';
  if (state === 'ended') return 'Session ended: open the module again to go on';
  if (keeper === 'memory') return 'Not kept: this browser stores nothing';
  if (state === 'failed') return 'Not saved. We will try again.';
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

  #announced = '';

  protected override render() {
    const { saving } = this.#course;
    const text = saveText(saving);
    const alert = saving.state === 'failed' || saving.state === 'ended' || saving.keeper === 'memory';
    // Only what needs the learner is announced, and once: it stands until saving has worked again.
    if (alert) this.#announced = text;
    else if (saving.state !== 'saving') this.#announced = '';
    return html`
      <span class=${alert ? 'alert' : ''} aria-hidden=${alert ? 'true' : nothing}>${text}</span>
      <span class="visually-hidden" role="status">${this.#announced}</span>
    `;
  }
}
