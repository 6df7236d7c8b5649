/** `<page-turner>`: to the previous and to the next page. Stands below the page, where the reading ends. */
import { css, html, LitElement } from 'lit';
import type { Page } from '../model/course.ts';
import { chromeStyles } from './chrome-styles.ts';
import { CourseController } from './course-controller.ts';
import { pageHref } from './route.ts';

const link = (page: Page, direction: 'previous' | 'next') => html`
  <a class=${direction} href=${pageHref(page.id)} rel=${direction === 'next' ? 'next' : 'prev'}>
    <span class="direction">${direction === 'next' ? 'Next' : 'Previous'}</span>
    <span class="title">${page.title}</span>
  </a>
`;

export class PageTurner extends LitElement {
  static override styles = [
    chromeStyles,
    css`
      nav {
        display: grid;
        gap: 0.75rem;
        grid-template-columns: auto minmax(0, 1fr);
      }
      a {
        display: grid;
        gap: 0.15rem;
        align-content: center;
        min-block-size: 4rem;
        padding: 0.75rem 1.1rem;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        text-decoration: none;
        line-height: 1.3;
        overflow-wrap: anywhere;
      }
      a:hover {
        border-color: var(--accent);
        background: var(--accent-soft);
      }
      .next {
        grid-column: 2;
        text-align: end;
        background: var(--accent);
        border-color: var(--accent);
        color: var(--on-accent);
      }
      .next:hover {
        background: var(--accent-strong);
      }
      .direction {
        font-size: var(--text-small);
      }
      .title {
        font-weight: 600;
      }
      .next .direction::after {
        content: ' →';
        content: ' →' / '';
      }
      .previous .direction::before {
        content: '← ';
        content: '← ' / '';
      }
      @media (max-width: 39.99rem) {
        .previous .title {
          position: absolute;
          inline-size: 1px;
          block-size: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
      }
      @media (min-width: 40rem) {
        nav {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
      }
    `,
  ];

  readonly #course = new CourseController(this);

  protected override render() {
    const { attempt, course } = this.#course;
    const index = course.pages.findIndex(({ id }) => id === attempt.location);
    const previous = course.pages[index - 1];
    const next = index < 0 ? undefined : course.pages[index + 1];
    return html`<nav aria-label="Previous and next page">
      ${previous ? link(previous, 'previous') : ''} ${next ? link(next, 'next') : ''}
    </nav>`;
  }
}
