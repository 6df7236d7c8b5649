/**
 * `<quiz-runner>`: the scored quiz. Shows the questions of the try in their order, submits it, says how it went, and lets
 * the learner try again.
 */
import { html, LitElement, nothing } from 'lit';
import { type Answers, mayTryAgain, unansweredItems } from '../attempt/attempt.ts';
import { askedItems } from '../attempt/draw.ts';
import { passes } from '../attempt/progress.ts';
import { questionIn } from '../attempt/question.ts';
import { judgedAtOnce } from '../items/item.ts';
import { CourseController } from './course-controller.ts';
import { ItemElement } from './item-element.ts';
import { percent } from './percent.ts';
import { reorder } from './reorder.ts';
import { pageHref } from './route.ts';
import { scrollToElement } from './scroll-to-element.ts';

export class QuizRunner extends LitElement {
  readonly #course = new CourseController(this, ({ id, quiz }) => [id, quiz]);
  /** The questions of the pool, by id. */
  readonly #items = new Map<string, ItemElement>();
  /** The answers as they were shown last. */
  #answers: Answers = {};
  /** What had the focus before the script had come over a slow line. */
  #begun: HTMLElement | undefined;

  /** What changes stands above the form; the form itself is the document's. */
  protected override createRenderRoot(): HTMLElement {
    const root = document.createElement('div');
    this.prepend(root);
    return root;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const item of this.querySelectorAll<HTMLElement>('[data-item]')) {
      if (item instanceof ItemElement) this.#items.set(item.dataset['item'] ?? '', item);
    }
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && this.contains(activeElement)) this.#begun = activeElement;
    this.addEventListener('submit', this.#onSubmit);
    this.addEventListener('keydown', this.#onKey);
    this.addEventListener('click', this.#onClick);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('submit', this.#onSubmit);
    this.removeEventListener('keydown', this.#onKey);
    this.removeEventListener('click', this.#onClick);
  }

  /** Enter on an option would submit the whole quiz, which nobody means who is choosing an answer. */
  readonly #onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
  };

  readonly #onClick = (event: Event) => {
    if (event.target instanceof Element && event.target.closest('.try-again')) void this.#tryAgain();
  };

  readonly #onSubmit = async (event: Event) => {
    event.preventDefault();
    const { attempt, course } = this.#course;
    const missing = unansweredItems(course, attempt);
    const [first] = missing;
    for (const [id, item] of this.#items) {
      // One that is judged at once would say it aloud, next to the message.
      item.missing = missing.includes(id) && !judgedAtOnce(item.item);
    }
    if (first !== undefined) {
      const asked = askedItems(course, attempt).map(({ id }) => id);
      const numbers = missing.map((id) => asked.indexOf(id) + 1);
      this.#say(
        numbers.length === 1
          ? `Question ${numbers[0]} has no answer yet.`
          : `These questions have no answer yet: ${numbers.join(', ')}.`,
      );
      const question = this.#items.get(first);
      if (question) scrollToElement(question);
      question?.nextControl?.focus({ preventScroll: true });
      return;
    }
    this.#course.dispatch({ type: 'quiz-submitted', at: Date.now() });
    await this.updateComplete;
    this.#goTo('.quiz-summary h2');
  };

  async #tryAgain(): Promise<void> {
    this.#course.dispatch({ type: 'quiz-restarted' });
    await this.updateComplete;
    this.#goTo('li:not([hidden]) legend');
  }

  /** Shows the questions that this try asks, numbered in their order. */
  #arrange(): void {
    const { attempt, course } = this.#course;
    const asked = askedItems(course, attempt).flatMap(({ id }) => this.#items.get(id) ?? []);
    const places = new Set(asked.flatMap((item) => item.closest('li') ?? []));
    for (const place of this.querySelectorAll<HTMLLIElement>('.questions > li')) {
      place.hidden = !places.has(place);
    }
    reorder([...places]);
    for (const [index, item] of asked.entries()) {
      const number = item.querySelector('.question-number');
      const text = `Question ${index + 1} of ${asked.length}`;
      if (number && number.textContent !== text) number.textContent = text;
    }
  }

  #goTo(selector: string): void {
    const element = this.querySelector<HTMLElement>(selector);
    if (!element) return;
    scrollToElement(element.closest('.quiz-summary, [data-item]') ?? element);
    element.focus({ preventScroll: true });
  }

  #say(message: string): void {
    const place = this.querySelector('.quiz-message');
    if (place) place.textContent = message;
  }

  protected override firstUpdated(): void {
    const begun = this.#begun;
    if (!begun) return;
    // When all of its questions have found their places.
    requestAnimationFrame(() => {
      // The page that is open may be another one.
      if (begun.offsetParent === null) return;
      scrollToElement(begun.closest('[data-item]') ?? begun);
      begun.focus({ preventScroll: true });
    });
  }

  protected override updated(): void {
    const { attempt, course } = this.#course;
    this.#arrange();
    // It was about the answers as they were.
    if (attempt.quiz.answers !== this.#answers) this.#say('');
    this.#answers = attempt.quiz.answers;
    const submitted = attempt.quiz.phase === 'submitted';
    const submit = this.querySelector<HTMLElement>('.quiz-actions [type="submit"]');
    if (submit) submit.hidden = submitted;
    const again = this.querySelector<HTMLElement>('.quiz-actions .try-again');
    if (again) again.hidden = !submitted || !mayTryAgain(course, attempt);
  }

  /** What to do after a try: as far as reasons are shown, and another try is allowed. */
  #advice(passed: boolean): string {
    const { attempt, course } = this.#course;
    const solved = askedItems(course, attempt).some((item) => questionIn(course, attempt, item).solved);
    if (passed) return solved ? 'Below you can read why each answer is right.' : '';
    return [
      `You need ${percent(course.rules.passing.scaled)}.`,
      solved ? 'Below you can read why the right answers are right.' : '',
      mayTryAgain(course, attempt) ? 'You can try again.' : '',
    ]
      .filter(Boolean)
      .join(' ');
  }

  protected override render() {
    const { attempt, course } = this.#course;
    const { quiz } = attempt;
    if (quiz.phase === 'answering') {
      return quiz.best === null
        ? nothing
        : html`<p>Your best score so far is <strong>${percent(quiz.best)}</strong>. You pass at ${percent(course.rules.passing.scaled)}.</p>`;
    }
    const last = quiz.last ?? 0;
    const passed = passes(course, last);
    const result = course.pages.find(({ kind }) => kind === 'result');
    return html`<section class="quiz-summary ${passed ? 'passed' : ''}" aria-labelledby="quiz-summary">
      <h2 id="quiz-summary" tabindex="-1">
        ${passed ? 'Passed' : 'Not passed yet'}: you scored ${percent(last)}
      </h2>
      <p>${this.#advice(passed)}</p>
      <p class="quiz-actions-after">
        ${
          mayTryAgain(course, attempt)
            ? html`<button type="button" class="try-again ${passed ? '' : 'primary'}">Try again</button>`
            : html`<span>No tries are left.</span>`
        }
        ${
          result
            ? html`<a class="button ${passed ? 'primary' : ''}" href=${pageHref(result.id)}>Go to your result</a>`
            : ''
        }
      </p>
    </section>`;
  }
}
