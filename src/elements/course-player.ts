/**
 * `<course-player>`: pages the document. Shows one page at a time, follows addresses, moves focus on a page turn,
 * remembers how far a page has been read, and frames it all with the list of pages and the progress.
 */
import { css, html, LitElement } from 'lit';
import { chromeStyles } from './chrome-styles.ts';
import { CourseController } from './course-controller.ts';
import { pageHref, parseRoute, type Route } from './route.ts';

/** From this width on the list of pages stands beside the text. */
const wideWindow = '(min-width: 64rem)';

/** How long scrolling has to rest before the position is noted, in milliseconds. */
const scrollRest = 300;

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
      .menu {
        display: inline-flex;
        align-items: center;
        gap: 0.5rem;
        min-block-size: 2.75rem;
        padding: 0 0.9rem;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        background: transparent;
        cursor: pointer;
      }
      .menu:hover {
        background: var(--surface-raised);
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
        margin-inline-start: auto;
      }
      .pages {
        padding: 1rem;
        background: var(--surface);
      }
      .pages[popover] {
        inset: var(--bar-size) auto 0 0;
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
      @media (max-width: 39.99rem) {
        .title {
          display: none;
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
          inset-block-start: var(--bar-size);
          block-size: calc(100vh - var(--bar-size));
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
  readonly #wideWindow = window.matchMedia(wideWindow);
  /** Where an address that names no page leads: the page that was open first. */
  #launchRoute: Route | undefined;
  #shown: HTMLElement | null = null;
  #scrollTimer = 0;

  constructor() {
    super();
    this.wide = this.#wideWindow.matches;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#wideWindow.addEventListener('change', this.#onWidth);
    window.addEventListener('hashchange', this.#onHash);
    window.addEventListener('scroll', this.#onScroll, { passive: true });
    window.addEventListener('pagehide', this.#onLeave);
    document.addEventListener('visibilitychange', this.#onLeave);
    history.scrollRestoration = 'manual';
    this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#wideWindow.removeEventListener('change', this.#onWidth);
    window.removeEventListener('hashchange', this.#onHash);
    window.removeEventListener('scroll', this.#onScroll);
    window.removeEventListener('pagehide', this.#onLeave);
    document.removeEventListener('visibilitychange', this.#onLeave);
    clearTimeout(this.#scrollTimer);
  }

  readonly #onWidth = () => {
    this.wide = this.#wideWindow.matches;
  };

  readonly #onHash = () => {
    // Back at the address of the launch, which names no page.
    const route = location.hash === '' ? this.#launchRoute : parseRoute(location.hash);
    if (!route || !this.#pageElement(route.page)) {
      this.#setAddress(this.#course.attempt.location);
      return;
    }
    this.#closeList();
    const turned = route.page !== this.#course.attempt.location;
    this.#notePosition();
    this.#open(route.page);
    const target = route.target === undefined ? null : document.getElementById(route.target);
    if (target) {
      target.scrollIntoView();
      target.focus({ preventScroll: true });
    } else if (turned) {
      window.scrollTo(0, 0);
      this.#focusHeading();
    }
  };

  readonly #onLeave = () => this.#notePosition();

  readonly #onScroll = () => {
    clearTimeout(this.#scrollTimer);
    this.#scrollTimer = window.setTimeout(() => this.#notePosition(), scrollRest);
  };

  #pageElement(page: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(`course-page[id="/${CSS.escape(page)}"]`);
  }

  #setAddress(page: string | null): void {
    if (page !== null) history.replaceState(null, '', pageHref(page));
  }

  /** Shows the page that the address names, or else the one where the learner left off. */
  #begin(): void {
    const { attempt, course } = this.#course;
    for (const page of this.querySelectorAll<HTMLElement>('course-page')) page.hidden = true;
    const route = parseRoute(location.hash);
    const linked = route && this.#pageElement(route.page) ? route : undefined;
    const page = linked?.page ?? attempt.location ?? course.pages[0]?.id;
    if (page === undefined) return;
    const position = page === attempt.location ? attempt.position : 0;
    if (!linked && location.hash !== '') this.#setAddress(page);
    this.#launchRoute = { page, target: undefined };
    this.#open(page);
    const target = linked?.target === undefined ? null : document.getElementById(linked.target);
    const place = () => {
      if (target) target.scrollIntoView();
      else this.#restorePosition(position);
    };
    // At once, because the browser may have scrolled the whole document, and again when the frame is there.
    place();
    void this.updateComplete.then(place);
  }

  #open(page: string): void {
    const element = this.#pageElement(page);
    if (!element) return;
    this.#course.dispatch({ type: 'page-opened', page });
    if (this.#shown && this.#shown !== element) this.#shown.hidden = true;
    element.hidden = false;
    this.#shown = element;
    const { course } = this.#course;
    const title = course.pages.find(({ id }) => id === page)?.title;
    document.title = title === undefined ? course.title : `${title} – ${course.title}`;
  }

  #focusHeading(): void {
    this.#shown?.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }

  /** Height of the window that the sticky header covers. */
  get #covered(): number {
    return this.renderRoot.querySelector('header')?.getBoundingClientRect().height ?? 0;
  }

  #notePosition(): void {
    clearTimeout(this.#scrollTimer);
    const page = this.#course.attempt.location;
    if (!this.#shown || page === null) return;
    const { top, height } = this.#shown.getBoundingClientRect();
    const position = height === 0 || window.scrollY === 0 ? 0 : (this.#covered - top) / height;
    this.#course.dispatch({ type: 'page-scrolled', page, position });
  }

  #restorePosition(position: number): void {
    const { top, height } = this.#shown?.getBoundingClientRect() ?? { top: 0, height: 0 };
    window.scrollTo(0, position === 0 ? 0 : window.scrollY + top + position * height - this.#covered);
  }

  get #list(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.pages');
  }

  #closeList(): void {
    const list = this.#list;
    if (list?.hasAttribute('popover') && list.matches(':popover-open')) list.hidePopover();
  }

  #skip(event: Event): void {
    event.preventDefault();
    this.#focusHeading();
  }

  protected override render() {
    const { attempt, course, saving } = this.#course;
    return html`
      <header>
        <a class="skip" href=${pageHref(attempt.location ?? '')} @click=${this.#skip}>Skip to the text</a>
        <button class="menu" type="button" popovertarget="pages">
          <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2 4h12M2 8h12M2 12h12" /></svg>
          Pages
        </button>
        <a class="title" href=${pageHref(course.pages[0]?.id ?? '')}>${course.title}</a>
        <save-line></save-line>
        <progress-bar></progress-bar>
      </header>
      ${
        this.wide
          ? html`<nav class="pages" aria-label="Pages"><page-list></page-list></nav>`
          : html`<nav class="pages" id="pages" aria-label="Pages" popover><page-list></page-list></nav>`
      }
      <div class="text"><slot></slot></div>
      <page-turner></page-turner>
      ${
        saving.keeper === 'lms'
          ? ''
          : html`<footer class="foot">
              This course is not connected to a learning-management system (LMS). Your progress is kept
              ${saving.keeper === 'device' ? 'on this device only' : 'until you close this page'}.
            </footer>`
      }
    `;
  }
}
