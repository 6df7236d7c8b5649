/** `<course-page>`: one page of the document. Notices when its end has been reached. */
import { ReactiveElement } from 'lit';
import { CourseController } from './course-controller.ts';

/** How long a page that fits the window has to be open before it counts as viewed, in milliseconds. */
const dwell = 2000;

export class CoursePage extends ReactiveElement {
  readonly #course = new CourseController(this, () => []);
  readonly #end = document.createElement('div');
  #observer: IntersectionObserver | undefined;
  #timer = 0;

  /** Id of the page; the element's own id is the address, `/page-id`. */
  get page(): string {
    return this.id.slice(1);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // The end of what is to be read; the sources below it are for reference.
    const sources = this.querySelector(':scope > .sources');
    this.#end.className = 'page-end';
    this.insertBefore(this.#end, sources);
    this.#observer = new IntersectionObserver((entries) => this.#seeEnd(entries.at(-1)), {
      // An end that has been jumped over lies above the window: it was reached too.
      rootMargin: '1000000px 0px 0px 0px',
    });
    this.#observer.observe(this.#end);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
    clearTimeout(this.#timer);
    this.#end.remove();
  }

  #seeEnd(entry: IntersectionObserverEntry | undefined): void {
    clearTimeout(this.#timer);
    if (!entry?.isIntersecting) return;
    // Following a reference to a source leaps over the text: that is not reading it.
    const leapt = entry.boundingClientRect.bottom < 0 && this.querySelector('.sources :focus') !== null;
    if (leapt) return;
    const scrolledTo = window.scrollY > 0;
    this.#timer = window.setTimeout(
      () => {
        if (document.visibilityState === 'visible') this.#viewed();
      },
      scrolledTo ? 0 : dwell,
    );
  }

  #viewed(): void {
    if (this.hidden || this.#course.attempt.location !== this.page) return;
    this.#course.dispatch({ type: 'page-viewed', page: this.page });
  }
}
