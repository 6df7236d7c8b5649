/**
 * `<course-player>`: the frame around the pages: header with progress, list of pages, previous and next. Where the
 * window is low (a phone on its side, 400 % zoom) the header scrolls away with the text; what is wrong with saving
 * then stands at the foot of the window. Once the session has ended, a word about that takes the place of it all.
 */
import { css, html, LitElement, nothing } from 'lit';
import { chromeStyles } from './chrome-styles.ts';
import { CourseController } from './course-controller.ts';
import { Paging } from './paging.ts';
import { pageHref } from './route.ts';

/** From this width on the list of pages stands beside the text. */
const wideWindow = '(min-width: 64rem)';

export class CoursePlayer extends LitElement {
  static override styles = [
    chromeStyles,
    css`
      :host {
        display: grid;
        grid-template: 'header' auto 'text' 1fr 'turner' auto 'foot' auto / minmax(0, 1fr);
        min-block-size: 100vh;
      }
      header {
        grid-area: header;
        position: sticky;
        inset-block-start: 0;
        z-index: 1;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.25rem 1rem;
        min-block-size: var(--bar-size);
        padding: 0.35rem var(--gutter);
        background: var(--surface);
        border-block-end: 1px solid var(--line);
      }
      .menu svg {
        inline-size: 1rem;
        stroke: currentColor;
        stroke-width: 2;
        stroke-linecap: round;
      }
      .title {
        font-family: var(--font-text);
        font-weight: 600;
        font-size: 1.1rem;
        text-decoration: none;
      }
      save-line {
        max-inline-size: 25rem;
        margin-inline-start: auto;
        text-align: end;
      }
      course-ended {
        grid-area: 1 / 1 / -1 / -1;
      }
      .pages {
        padding: 1rem;
        background: var(--surface);
      }
      .pages[popover] {
        inset: var(--header-size, var(--bar-size)) auto 0 0;
        inline-size: min(22rem, 100vw);
        block-size: auto;
        max-block-size: none;
        margin: 0;
        border: 0;
        border-inline-end: 1px solid var(--line);
        color: inherit;
        overflow-y: auto;
        overscroll-behavior: contain;
        box-shadow: var(--shadow);
      }
      .pages[popover]::backdrop {
        background: rgb(0 0 0 / 0.35);
      }
      .text {
        grid-area: text;
        min-inline-size: 0;
      }
      page-turner {
        grid-area: turner;
        inline-size: min(100% - 2 * var(--gutter), var(--measure));
        margin: 1rem auto 2rem;
      }
      .foot {
        grid-area: foot;
        inline-size: min(100% - 2 * var(--gutter), var(--measure));
        margin: 0 auto 2rem;
        font-size: var(--text-small);
        color: var(--ink-soft);
      }
      .skip {
        position: absolute;
        z-index: 2;
        inset-block-start: -10rem;
        padding: 0.75rem 1rem;
        background: var(--surface);
        color: var(--link);
      }
      .skip:focus {
        inset-block-start: 0.25rem;
      }
      @media (max-width: 63.99rem) {
        save-line[long] {
          order: 1;
          flex: 1 0 100%;
          max-inline-size: none;
          text-align: start;
        }
        save-line[long] ~ progress-bar {
          margin-inline-start: auto;
        }
      }
      @media (max-width: 39.99rem) {
        header {
          column-gap: 0.5rem;
        }
        .title {
          display: none;
        }
        .menu {
          padding-inline: 0.7rem;
        }
        /* Where it has little room its words stand in two lines, and nothing around it moves. */
        save-line {
          flex: 1 1 4rem;
        }
      }
      /* A line of its own: beside the controls it would come and go with every save. */
      @media (max-width: 22.49rem) {
        save-line {
          order: 1;
          flex: 1 0 100%;
          font-size: 0.8125rem;
          text-align: start;
        }
        progress-bar {
          margin-inline-start: auto;
        }
      }
      @media (max-height: 24rem) {
        header {
          position: static;
        }
        save-line[trouble] {
          position: fixed;
          z-index: 1;
          inset: auto 0 0;
          max-inline-size: none;
          padding: 0.25rem var(--gutter);
          background: var(--surface);
          border-block-start: 1px solid var(--line);
          text-align: start;
        }
        .foot,
        page-turner {
          margin-block-end: 4rem;
        }
      }
      @media (min-width: 64rem) {
        :host {
          grid-template:
            'header header' auto
            'pages text' 1fr
            'pages turner' auto
            'pages foot' auto / 19rem minmax(0, 1fr);
        }
        .menu {
          display: none;
        }
        .pages {
          grid-area: pages;
          position: sticky;
          inset-block-start: var(--header-size, var(--bar-size));
          block-size: calc(100vh - var(--header-size, var(--bar-size)));
          overflow-y: auto;
          padding: 1.5rem 1rem;
          border-inline-end: 1px solid var(--line);
        }
      }
      @media print {
        :host {
          display: block !important;
        }
        header,
        .pages,
        page-turner,
        .foot,
        .skip {
          display: none !important;
        }
      }
    `,
  ];

  static override properties = { wide: { state: true } };

  declare protected wide: boolean;

  readonly #course = new CourseController(this);
  readonly #paging: Paging;
  /** Whether nothing is recorded in this session; once it has ended, its state no longer tells. */
  #review = false;
  readonly #wideWindow = window.matchMedia(wideWindow);
  /** Tells the style sheet how much of the window the header covers: its text may wrap. */
  readonly #headerSize = new ResizeObserver(() => {
    document.documentElement.style.setProperty('--header-size', `${this.covered}px`);
  });

  constructor() {
    super();
    this.wide = this.#wideWindow.matches;
    this.#paging = new Paging(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#wideWindow.addEventListener('change', this.#onWidth);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#wideWindow.removeEventListener('change', this.#onWidth);
    this.#headerSize.disconnect();
  }

  protected override willUpdate(): void {
    const { state } = this.#course.saving;
    if (state === 'off') this.#review = true;
    if (state !== 'ended') return;
    // The text is not there any more: where it is scrolled to would be noted as the reader's place.
    this.removeController(this.#paging);
    this.#paging.hostDisconnected();
  }

  protected override firstUpdated(): void {
    const header = this.renderRoot.querySelector('header');
    if (header) this.#headerSize.observe(header);
  }

  readonly #onWidth = () => {
    this.wide = this.#wideWindow.matches;
  };

  /** Height of the window that the header covers while it sticks, in pixels. */
  get covered(): number {
    const header = this.renderRoot.querySelector('header');
    return header && getComputedStyle(header).position === 'sticky'
      ? header.getBoundingClientRect().height
      : 0;
  }

  /** Closes the list of pages where it lies over the text. */
  closeList(): void {
    const list = this.renderRoot.querySelector<HTMLElement>('.pages');
    if (list?.hasAttribute('popover')) list.hidePopover?.();
  }

  protected override render() {
    const { attempt, course, saving } = this.#course;
    // Without a slot the text is not shown, not read and cannot be reached.
    if (saving.state === 'ended') return html`<course-ended .review=${this.#review}></course-ended>`;
    return html`
      <header>
        <a class="stuck skip" href=${pageHref(attempt.location ?? '')}>Skip to the text</a>
        <button class="control stuck menu" type="button" popovertarget="pages">
          <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2 4h12M2 8h12M2 12h12" /></svg>
          Pages
        </button>
        <a class="stuck title" href=${pageHref(course.pages[0]?.id ?? '')}>${course.title}</a>
        <save-line></save-line>
        <progress-bar></progress-bar>
        ${saving.keeper === 'lms' ? html`<exit-button></exit-button>` : ''}
      </header>
      <nav class="pages" id="pages" aria-label="Pages" popover=${this.wide ? nothing : 'auto'}>
        <page-list></page-list>
      </nav>
      <div class="text"><slot></slot></div>
      <page-turner></page-turner>
      ${
        saving.keeper === 'lms'
          ? ''
          : html`<footer class="foot">
              This course is not connected to a learning-management system (LMS). Your progress is kept
              ${saving.keeper === 'device' && saving.outstanding !== 'memory' ? 'on this device only' : 'until you close this page'}.
            </footer>`
      }
    `;
  }
}
