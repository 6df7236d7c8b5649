/** `<exit-button>`: saves and leaves. Most learning platforms offer a way out too; not all of them let a page save first. */
import { css, html, LitElement } from 'lit';
import { chromeStyles } from './chrome-styles.ts';
import { CourseController } from './course-controller.ts';

/** Time for the browser to show that the button was heard: an LMS may block the browser next. In milliseconds. */
const heard = 30;

export class ExitButton extends LitElement {
  static override styles = [
    chromeStyles,
    css`
      button {
        white-space: nowrap;
      }
      [aria-disabled='true'] {
        color: var(--ink-soft);
        border-style: dashed;
        cursor: default;
      }
      .short {
        display: none;
      }
      @media (max-width: 39.99rem) {
        button {
          font-size: var(--text-small);
          padding-inline: 0.6rem;
        }
        .full {
          display: none;
        }
        .short {
          display: inline;
        }
      }
    `,
  ];

  static override properties = { leaving: { state: true } };

  declare protected leaving: boolean;

  readonly #course = new CourseController(this);

  constructor() {
    super();
    this.leaving = false;
  }

  readonly #onClick = async () => {
    if (this.leaving) return;
    this.leaving = true;
    await new Promise((resolve) => window.setTimeout(resolve, heard));
    try {
      await this.#course.leave();
    } finally {
      this.leaving = false;
    }
  };

  protected override render() {
    // In a review there is nothing to save.
    const [name, busy] =
      this.#course.saving.state === 'off' ? ['Exit', 'Closing…'] : ['Save and exit', 'Saving…'];
    return html`<button
      class="control stuck"
      type="button"
      aria-label=${this.leaving ? busy : name}
      aria-disabled=${this.leaving}
      @click=${this.#onClick}
    >
      ${this.leaving ? busy : html`<span class="full">${name}</span><span class="short">Exit</span>`}
    </button>`;
  }
}
