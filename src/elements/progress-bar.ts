/** `<progress-bar>`: how much of the module is done. */
import { css, html, LitElement } from 'lit';
import { chromeStyles } from './chrome-styles.ts';
import { CourseController } from './course-controller.ts';

export class ProgressBar extends LitElement {
  static override styles = [
    chromeStyles,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 0.6rem;
        font-size: var(--text-small);
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      progress {
        appearance: none;
        inline-size: clamp(4rem, 14vw, 10rem);
        block-size: 0.5rem;
        border: 1px solid var(--line-strong);
        border-radius: 1rem;
        background: var(--surface);
        overflow: hidden;
      }
      progress::-webkit-progress-bar {
        background: var(--surface);
      }
      progress::-webkit-progress-value {
        background: var(--accent);
      }
      progress::-moz-progress-bar {
        background: var(--accent);
      }
      @media (forced-colors: active) {
        progress {
          appearance: auto;
        }
      }
    `,
  ];

  readonly #course = new CourseController(this);

  protected override render() {
    const percent = Math.floor(this.#course.progress.measure * 100);
    return html`
      <label for="bar">${percent} % <span class="visually-hidden">of the module is done</span></label>
      <progress id="bar" max="100" .value=${percent}></progress>
    `;
  }
}
