/** Connects an element with the course: reads the attempt, sends events, updates the element when it changes. */
import { ContextConsumer } from '@lit/context';
import type { ReactiveController, ReactiveElement } from 'lit';
import type { Attempt, AttemptEvent } from '../attempt/attempt.ts';
import { type Progress, progressOf } from '../attempt/progress.ts';
import type { Course } from '../model/course.ts';
import { type CourseServices, type Saving, servicesContext } from './services.ts';

/** The one controller of the course's elements. Subscribes while its element is in the document. */
export class CourseController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #consumer: ContextConsumer<typeof servicesContext, ReactiveElement>;
  readonly #shows: (attempt: Attempt, saving: Saving) => readonly unknown[];
  #shown: readonly unknown[] = [];
  #stop: (() => void)[] = [];

  /**
   * @param shows parts of the attempt, and how saving goes, on which it depends what the element shows: it is updated
   *   when one of them is another one. Most of what happens is nothing to most elements.
   */
  constructor(
    host: ReactiveElement,
    shows: (attempt: Attempt, saving: Saving) => readonly unknown[] = (...all) => all,
  ) {
    this.#host = host;
    this.#shows = shows;
    this.#consumer = new ContextConsumer(host, { context: servicesContext });
    host.addController(this);
  }

  hostConnected(): void {
    const update = () => {
      const shown = this.#shows(this.attempt, this.saving);
      if (shown.every((part, index) => part === this.#shown[index])) return;
      this.#shown = shown;
      this.#host.requestUpdate();
    };
    this.#stop = [this.#services.store.subscribe(update), this.#services.saving.subscribe(update)];
  }

  hostDisconnected(): void {
    for (const stop of this.#stop) stop();
  }

  get #services(): CourseServices {
    const services = this.#consumer.value;
    if (!services) {
      throw new Error(
        `<${this.#host.localName}> found no course services: main.ts must provide them on the body before it defines elements`,
      );
    }
    return services;
  }

  get course(): Course {
    return this.#services.course;
  }

  get attempt(): Attempt {
    return this.#services.store.getState();
  }

  get progress(): Progress {
    return progressOf(this.course, this.attempt);
  }

  get saving(): Saving {
    return this.#services.saving.getState();
  }

  dispatch(event: AttemptEvent): void {
    this.#services.store.dispatch(event);
  }

  leave(): Promise<void> {
    return this.#services.leave();
  }
}
