/**
 * `<course-ended>`: stands in place of the course once its session has ended, also when the browser brings the page
 * back later. Nothing that is done now would be kept, so nothing can be done; a page can rarely close itself, so it
 * says that it may be closed.
 */
import { css, html, LitElement } from 'lit';
import { chromeStyles } from './chrome-styles.ts';
import { CourseController } from './course-controller.ts';
import { endText } from './saving-text.ts';

export class CourseEnded extends LitElement {
  static override styles = [
    chromeStyles,
    css`
      :host {
        display: grid;
        place-items: center;
        padding: var(--gutter);
        line-height: 1.5;
      }
      main {
        inline-size: min(100%, 34rem);
        padding: clamp(1.25rem, 4vw, 2rem);
        border: 1px solid var(--line);
        border-block-start: 4px solid var(--mark);
        border-radius: var(--radius);
        background: var(--surface);
      }
      .saved {
        border-block-start-color: var(--good);
      }
      .course {
        margin: 0 0 0.25rem;
        font-size: var(--text-small);
        color: var(--ink-soft);
      }
      h1 {
        margin: 0 0 0.75rem;
        font-family: var(--font-text);
        font-size: clamp(1.5rem, 1.3rem + 1vw, 2rem);
        line-height: 1.2;
      }
      p {
        margin: 0.5rem 0 0;
      }
      @media print {
        :host {
          display: block !important;
        }
      }
    `,
  ];

  static override properties = { review: { type: Boolean } };

  /** Whether nothing was recorded in the session. */
  declare review: boolean;

  readonly #course = new CourseController(this);

  constructor() {
    super();
    this.review = false;
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector('h1')?.focus();
  }

  protected override render() {
    const { course, saving } = this.#course;
    const { heading, paragraphs } = endText(saving, this.review);
    document.title = `${heading} – ${course.title}`;
    return html`<main class=${saving.outstanding === 'none' ? 'saved' : ''}>
      <p class="course">${course.title}</p>
      <h1 tabindex="-1">${heading}</h1>
      ${paragraphs.map((text) => html`<p>${text}</p>`)}
    </main>`;
  }
}
