/**
 * `<course-player>`: pages the document. Shows one page at a time, follows addresses, moves focus on a page turn,
 * remembers how far a page has been read, and frames it all with the list of pages and the progress.
 */
import { css, html, LitElement, nothing } from 'lit';
import { chromeStyles } from './chrome-styles.ts';
import { CourseController } from './course-controller.ts';
import { pageHref, parseRoute, type Route } from './route.ts';
import { scrollToElement } from './scroll-to-element.ts';

/** From this width on the list of pages stands beside the text. */
const wideWindow = '(min-width: 64rem)';

/** How long scrolling has to rest before the position is noted, in milliseconds. */
const scrollRest = 300;

/** A place in a page: its id, and the share of its height above the window's upper edge. */
interface ReadingPlace {
  readonly page: string;
  readonly position: number;
}

/** Hides a page so that, where the browser can, its own search still finds what stands on it. */
function hide(page: HTMLElement): void {
  page.setAttribute('hidden', 'onbeforematch' in page ? 'until-found' : '');
}

/** Reads the mark that {@link CoursePlayer} leaves in the history of the window. */
function readScroll(state: unknown): number | undefined {
  if (typeof state !== 'object' || state === null || !('scroll' in state)) return undefined;
  return typeof state.scroll === 'number' ? state.scroll : undefined;
}

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
      /* Where the window is low (a phone on its side, 400 % zoom) the header scrolls away with the text. */
      @media (max-height: 24rem) {
        header {
          position: static;
        }
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
  readonly #wideWindow = window.matchMedia(wideWindow);
  /** Tells the style sheet how much of the window the header covers: its text may wrap. */
  readonly #headerSize = new ResizeObserver(() => {
    document.documentElement.style.setProperty('--header-size', `${this.#covered}px`);
  });
  /** Where an address that names no page leads: the page that was open first. */
  #launchRoute: Route | undefined;
  #shown: HTMLElement | null = null;
  /** The link that was followed last; the way back leads to it. */
  #followed: HTMLElement | undefined;
  #scrollTimer = 0;

  constructor() {
    super();
    this.wide = this.#wideWindow.matches;
  }

  override connectedCallback(): void {
    // Before the frame replaces the document that somebody may have begun to read.
    const reading = this.#pageAtTop();
    super.connectedCallback();
    this.#wideWindow.addEventListener('change', this.#onWidth);
    window.addEventListener('hashchange', this.#onHash);
    window.addEventListener('scroll', this.#onScroll, { passive: true });
    window.addEventListener('pagehide', this.#onLeave);
    document.addEventListener('visibilitychange', this.#onLeave);
    this.addEventListener('click', this.#onClick);
    this.addEventListener('beforematch', this.#onFound);
    history.scrollRestoration = 'manual';
    this.#begin(reading);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#wideWindow.removeEventListener('change', this.#onWidth);
    window.removeEventListener('hashchange', this.#onHash);
    window.removeEventListener('scroll', this.#onScroll);
    window.removeEventListener('pagehide', this.#onLeave);
    document.removeEventListener('visibilitychange', this.#onLeave);
    this.removeEventListener('click', this.#onClick);
    this.removeEventListener('beforematch', this.#onFound);
    this.#headerSize.disconnect();
    clearTimeout(this.#scrollTimer);
  }

  protected override firstUpdated(): void {
    const header = this.renderRoot.querySelector('header');
    if (header) this.#headerSize.observe(header);
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
    const turned = route.page !== this.#course.attempt.location;
    this.#closeList();
    this.#open(route.page);
    const target = route.target === undefined ? null : document.getElementById(route.target);
    const before = readScroll(history.state);
    if (before !== undefined) {
      // Back or forward: to where the reader was.
      window.scrollTo(0, before);
      if (turned) this.#focusHeading();
      else this.#followed?.focus({ preventScroll: true });
    } else if (target) {
      scrollToElement(target);
      target.focus({ preventScroll: true });
    } else {
      this.#goToTop();
    }
  };

  readonly #onClick = (event: Event) => {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (!link?.hash.startsWith('#/') || link.target !== '') return;
    this.#noteScroll();
    this.#followed = link;
    if (link.hash !== location.hash) return;
    // The browser has nowhere to go: it would leave the list open and the focus nowhere.
    event.preventDefault();
    this.#closeList();
    this.#goToTop();
  };

  /** The browser's own search has found something on a page that is not open. */
  readonly #onFound = (event: Event) => {
    const page = event.target instanceof Element ? event.target.closest('course-page') : null;
    if (!page) return;
    const id = page.id.slice(1);
    // Following an address to the page is a find too.
    if (parseRoute(location.hash)?.page === id) return;
    history.pushState(null, '', pageHref(id));
    this.#open(id);
  };

  readonly #onLeave = () => this.#notePosition();

  readonly #onScroll = () => {
    clearTimeout(this.#scrollTimer);
    this.#scrollTimer = window.setTimeout(() => {
      this.#notePosition();
      this.#noteScroll();
    }, scrollRest);
  };

  #pageElement(page: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(`course-page[id="/${CSS.escape(page)}"]`);
  }

  #setAddress(page: string | null): void {
    if (page !== null) history.replaceState(null, '', pageHref(page));
  }

  /** Shows the page that the address names, or else the one where the learner left off. */
  #begin(reading: ReadingPlace | undefined): void {
    const { attempt, course } = this.#course;
    const route = parseRoute(location.hash);
    const linked = route && this.#pageElement(route.page) ? route : undefined;
    for (const page of this.querySelectorAll<HTMLElement>('course-page')) hide(page);

    const page = linked?.page ?? attempt.location ?? reading?.page ?? course.pages[0]?.id;
    if (page === undefined) return;
    const position =
      page === attempt.location ? attempt.position : page === reading?.page ? reading.position : 0;
    if (!linked && location.hash !== '') this.#setAddress(page);
    this.#launchRoute = { page, target: undefined };
    this.#open(page);
    const target = linked?.target === undefined ? null : document.getElementById(linked.target);
    // When the frame is there: places in the page depend on it.
    void this.updateComplete.then(() => {
      if (target) scrollToElement(target);
      else this.#restorePosition(position);
    });
  }

  /** The page that somebody has scrolled to in the whole document, before the script had come over a slow line. */
  #pageAtTop(): ReadingPlace | undefined {
    if (window.scrollY === 0) return undefined;
    const page = [...this.querySelectorAll('course-page')].findLast(
      (candidate) => candidate.getBoundingClientRect().top <= 0,
    );
    if (!page) return undefined;
    const { top, height } = page.getBoundingClientRect();
    return { page: page.id.slice(1), position: height === 0 ? 0 : -top / height };
  }

  #open(page: string): void {
    const element = this.#pageElement(page);
    if (!element) return;
    this.#notePosition();
    this.#course.dispatch({ type: 'page-opened', page });
    if (this.#shown && this.#shown !== element) {
      for (const open of this.#shown.querySelectorAll<HTMLElement>('[popover]')) open.hidePopover?.();
      hide(this.#shown);
    }
    element.hidden = false;
    this.#shown = element;
    const { course } = this.#course;
    const title = course.pages.find(({ id }) => id === page)?.title;
    document.title = title === undefined ? course.title : `${title} – ${course.title}`;
  }

  #goToTop(): void {
    window.scrollTo(0, 0);
    this.#focusHeading();
  }

  #focusHeading(): void {
    this.#shown?.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }

  /** Height of the window that the header covers while it sticks. */
  get #covered(): number {
    const header = this.renderRoot.querySelector('header');
    return header && getComputedStyle(header).position === 'sticky'
      ? header.getBoundingClientRect().height
      : 0;
  }

  /** Tells how far the page has been read. */
  #notePosition(): void {
    const page = this.#course.attempt.location;
    if (!this.#shown || page === null) return;
    const { top, height } = this.#shown.getBoundingClientRect();
    const position = height === 0 || window.scrollY === 0 ? 0 : (this.#covered - top) / height;
    this.#course.dispatch({ type: 'page-scrolled', page, position });
  }

  /** Leaves a mark in the history of the window, for the way back. */
  #noteScroll(): void {
    clearTimeout(this.#scrollTimer);
    history.replaceState({ scroll: window.scrollY }, '');
  }

  #restorePosition(position: number): void {
    const { top, height } = this.#shown?.getBoundingClientRect() ?? { top: 0, height: 0 };
    window.scrollTo(0, position === 0 ? 0 : window.scrollY + top + position * height - this.#covered);
  }

  #closeList(): void {
    const list = this.renderRoot.querySelector<HTMLElement>('.pages');
    if (list?.hasAttribute('popover')) list.hidePopover?.();
  }

  protected override render() {
    const { attempt, course, saving } = this.#course;
    return html`
      <header>
        <a class="skip" href=${pageHref(attempt.location ?? '')}>Skip to the text</a>
        <button class="menu" type="button" popovertarget="pages">
          <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2 4h12M2 8h12M2 12h12" /></svg>
          Pages
        </button>
        <a class="title" href=${pageHref(course.pages[0]?.id ?? '')}>${course.title}</a>
        <save-line></save-line>
        <progress-bar></progress-bar>
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
              ${saving.keeper === 'device' ? 'on this device only' : 'until you close this page'}.
            </footer>`
      }
    `;
  }
}
