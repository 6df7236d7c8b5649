/**
 * `<progress-bar>`: how much of the module is done. On a phone the bar is the lower edge of the header, which is the
 * next positioned box.
 */
import { css, html, LitElement } from 'lit';
import { chromeStyles } from './chrome-styles.ts';
import { CourseController } from './course-controller.ts';
import { percent } from './percent.ts';

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
      @media (max-width: 39.99rem) {
        progress {
          position: absolute;
          inset-inline: 0;
          inset-block-end: 0;
          inline-size: 100%;
          block-size: 5px;
          border: 0;
          border-radius: 0;
          background: var(--line);
        }
        progress::-webkit-progress-bar {
          background: var(--line);
        }
      }
      @media (forced-colors: active) {
        progress::-webkit-progress-value {
          forced-color-adjust: none;
          background: Highlight;
        }
        progress::-moz-progress-bar {
          forced-color-adjust: none;
          background: Highlight;
        }
      }
    `,
  ];

  readonly #course = new CourseController(this);

  protected override render() {
    const { measure } = this.#course.progress;
    return html`
      <span aria-hidden="true">${percent(measure)}</span>
      <progress aria-label="${percent(measure)} of the module is done" max="1" .value=${measure}></progress>
    `;
  }
}
