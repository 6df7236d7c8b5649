/** `<page-list>`: all pages, which one is open and which are done. */
import { css, html, LitElement, nothing } from 'lit';
import { chromeStyles } from './chrome-styles.ts';
import { CourseController } from './course-controller.ts';
import { pageHref } from './route.ts';

export class PageList extends LitElement {
  static override styles = [
    chromeStyles,
    css`
      ol {
        list-style: none;
        margin: 0;
        padding: 0;
        display: grid;
        gap: 0.125rem;
      }
      a {
        display: grid;
        grid-template-columns: 1.5rem 1fr;
        gap: 0.7rem;
        align-items: start;
        min-block-size: 2.75rem;
        padding: 0.6rem 0.75rem;
        border-radius: var(--radius);
        border-inline-start: 3px solid transparent;
        text-decoration: none;
        line-height: 1.35;
      }
      a:hover {
        background: var(--surface-raised);
      }
      a[aria-current] {
        background: var(--accent-soft);
        border-inline-start-color: var(--accent);
        font-weight: 600;
      }
      @media (forced-colors: active) {
        a {
          border-inline-start-color: Canvas;
        }
        a[aria-current] {
          border-inline-start-color: Highlight;
        }
      }
      .mark {
        display: grid;
        place-items: center;
        inline-size: 1.5rem;
        block-size: 1.5rem;
        border: 1.5px solid var(--line-strong);
        border-radius: 50%;
        font-size: 0.75rem;
        font-weight: 600;
        font-variant-numeric: tabular-nums;
      }
      .done {
        background: var(--accent);
        border-color: var(--accent);
        color: var(--on-accent);
      }
      svg {
        inline-size: 0.8rem;
        fill: none;
        stroke: currentColor;
        stroke-width: 2.5;
        stroke-linecap: round;
        stroke-linejoin: round;
      }
    `,
  ];

  readonly #course = new CourseController(this);

  protected override render() {
    const { attempt, course, progress } = this.#course;
    return html`<ol>
      ${course.pages.map(({ id, title }, index) => {
        const done = progress.done.has(id);
        return html`<li>
          <a href=${pageHref(id)} aria-current=${id === attempt.location ? 'page' : nothing}>
            <span class="mark ${done ? 'done' : ''}">
              ${
                done
                  ? html`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3 8.5 6.5 12 13 4.5" /></svg>`
                  : html`<span aria-hidden="true">${index + 1}</span>`
              }
            </span>
            <span>${title}${done ? html`<span class="visually-hidden"> (done)</span>` : ''}</span>
          </a>
        </li>`;
      })}
    </ol>`;
  }
}
