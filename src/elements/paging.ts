/**
 * Paging: shows one page of the document at a time. Follows addresses, moves focus on a page turn, and keeps the
 * reader's place: in the attempt for the next launch, in the history of the window for the way back.
 */
import type { ReactiveController, ReactiveElement } from 'lit';
import { CourseController } from './course-controller.ts';
import { pageHref, parseRoute, type Route } from './route.ts';
import { scrollToElement } from './scroll-to-element.ts';

/** How long scrolling has to rest before the position is noted, in milliseconds. */
const scrollRest = 300;

/** The element around the pages. */
export interface PagingHost extends ReactiveElement {
  /** Height of the window that its header covers, in pixels. */
  readonly covered: number;
  /** Puts away what lies over the text. */
  closeList(): void;
}

/** A place in a page: its id, and the share of its height above the window's upper edge. */
interface ReadingPlace {
  readonly page: string;
  readonly position: number;
}

/** Hides a page so that, where the browser can, its own search still finds what stands on it. */
function hide(page: HTMLElement): void {
  page.setAttribute('hidden', 'onbeforematch' in page ? 'until-found' : '');
}

/** Reads the mark that {@link Paging} leaves in the history of the window. */
function readScroll(state: unknown): number | undefined {
  if (typeof state !== 'object' || state === null || !('scroll' in state)) return undefined;
  return typeof state.scroll === 'number' ? state.scroll : undefined;
}

export class Paging implements ReactiveController {
  readonly #host: PagingHost;
  readonly #course: CourseController;
  /** Where somebody was reading before the script had come; known only until the frame replaces the document. */
  readonly #reading: ReadingPlace | undefined;
  /** Where an address that names no page leads: the page that was open first. */
  #launchRoute: Route | undefined;
  #shown: HTMLElement | null = null;
  /** The link that was followed last; the way back leads to it. */
  #followed: HTMLElement | undefined;
  #scrollTimer = 0;

  constructor(host: PagingHost) {
    this.#host = host;
    this.#course = new CourseController(host, () => []);
    this.#reading = this.#pageAtTop();
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('hashchange', this.#onHash);
    window.addEventListener('scroll', this.#onScroll, { passive: true });
    window.addEventListener('pagehide', this.#onLeave);
    document.addEventListener('visibilitychange', this.#onLeave);
    this.#host.addEventListener('click', this.#onClick);
    this.#host.addEventListener('beforematch', this.#onFound);
    history.scrollRestoration = 'manual';
    this.#begin();
  }

  hostDisconnected(): void {
    window.removeEventListener('hashchange', this.#onHash);
    window.removeEventListener('scroll', this.#onScroll);
    window.removeEventListener('pagehide', this.#onLeave);
    document.removeEventListener('visibilitychange', this.#onLeave);
    this.#host.removeEventListener('click', this.#onClick);
    this.#host.removeEventListener('beforematch', this.#onFound);
    clearTimeout(this.#scrollTimer);
  }

  /** Back, forward, or an address that was typed. */
  readonly #onHash = () => {
    // Back at the address of the launch, which names no page.
    const route = location.hash === '' ? this.#launchRoute : parseRoute(location.hash);
    if (route && this.#pageElement(route.page)) this.#goTo(route, readScroll(history.state));
    else this.#setAddress(this.#course.attempt.location);
  };

  /** Links inside the course are followed here: the browser would show both pages until it tells of the new address. */
  readonly #onClick = (event: MouseEvent) => {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    const route = link && link.target === '' ? parseRoute(link.hash) : undefined;
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || !route || elsewhere || !this.#pageElement(route.page)) return;
    event.preventDefault();
    this.#noteScroll();
    this.#followed = link;
    if (link.hash !== location.hash) history.pushState(null, '', link.hash);
    this.#goTo(route);
  };

  /** The browser's own search has found something on a page that is not open. */
  readonly #onFound = (event: Event) => {
    const page = event.target instanceof Element ? event.target.closest('course-page') : null;
    if (!page) return;
    const id = page.id.slice(1);
    // Following an address to the page is a find too. The page that it leaves goes now, and not with the event that tells of
    // the new address: it comes later, and both would stand there until then.
    if (parseRoute(location.hash)?.page === id) {
      if (this.#shown && this.#shown !== page) hide(this.#shown);
      return;
    }
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
    return this.#host.querySelector<HTMLElement>(`course-page[id="/${CSS.escape(page)}"]`);
  }

  #setAddress(page: string | null): void {
    if (page !== null) history.replaceState(null, '', pageHref(page));
  }

  /** Shows the page that the address names, or else the one where the learner left off. */
  #begin(): void {
    const reading = this.#reading;
    const { attempt, course } = this.#course;
    const route = parseRoute(location.hash);
    const linked = route && this.#pageElement(route.page) ? route : undefined;
    for (const page of this.#host.querySelectorAll<HTMLElement>('course-page')) hide(page);

    const page = linked?.page ?? attempt.location ?? reading?.page ?? course.pages[0]?.id;
    if (page === undefined) return;
    const position =
      page === attempt.location ? attempt.position : page === reading?.page ? reading.position : 0;
    if (!linked && location.hash !== '') this.#setAddress(page);
    this.#launchRoute = { page, target: undefined };
    this.#open(page);
    const target = linked?.target === undefined ? null : document.getElementById(linked.target);
    // When the frame is there: places in the page depend on it.
    void this.#host.updateComplete.then(() => {
      if (target) scrollToElement(target);
      else this.#restorePosition(position);
    });
  }

  /** The page that somebody has scrolled to in the whole document, before the script had come over a slow line. */
  #pageAtTop(): ReadingPlace | undefined {
    if (window.scrollY === 0) return undefined;
    const page = [...this.#host.querySelectorAll('course-page')].findLast(
      (candidate) => candidate.getBoundingClientRect().top <= 0,
    );
    if (!page) return undefined;
    const { top, height } = page.getBoundingClientRect();
    return { page: page.id.slice(1), position: height === 0 ? 0 : -top / height };
  }

  #open(page: string): void {
    const element = this.#pageElement(page);
    if (!element) return;
    this.#course.dispatch({ type: 'page-opened', page, at: Date.now() });
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

  /**
   * Shows the page of a route and moves focus there.
   *
   * @param scroll where the reader was, when the way leads back; undefined for the route's own target
   */
  #goTo({ page, target: id }: Route, scroll?: number): void {
    const turned = page !== this.#course.attempt.location;
    this.#host.closeList();
    this.#open(page);
    const target = id === undefined ? null : document.getElementById(id);
    if (scroll !== undefined) {
      window.scrollTo(0, scroll);
      if (turned) this.#focusHeading();
      else this.#followed?.focus({ preventScroll: true });
    } else if (target) {
      scrollToElement(target);
      target.focus({ preventScroll: true });
    } else {
      window.scrollTo(0, 0);
      this.#focusHeading();
    }
  }

  #focusHeading(): void {
    this.#shown?.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }

  /** Tells how far the page has been read. */
  #notePosition(): void {
    const page = this.#course.attempt.location;
    if (!this.#shown || page === null) return;
    const { top, height } = this.#shown.getBoundingClientRect();
    const position = height === 0 || window.scrollY === 0 ? 0 : (this.#host.covered - top) / height;
    this.#course.dispatch({ type: 'page-scrolled', page, position, at: Date.now() });
  }

  /** Leaves a mark in the history of the window, for the way back. */
  #noteScroll(): void {
    clearTimeout(this.#scrollTimer);
    history.replaceState({ scroll: window.scrollY }, '');
  }

  #restorePosition(position: number): void {
    const { top, height } = this.#shown?.getBoundingClientRect() ?? { top: 0, height: 0 };
    window.scrollTo(0, position === 0 ? 0 : window.scrollY + top + position * height - this.#host.covered);
  }
}
