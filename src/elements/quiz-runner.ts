/**
 * `<quiz-runner>`: the scored quiz. Shows the questions of the try in their order, submits it, says how it went, and lets
 * the learner try again.
 */
import { html, LitElement, nothing } from 'lit';
import { mayTryAgain, unansweredItems } from '../attempt/attempt.ts';
import { askedItems } from '../attempt/draw.ts';
import { passes } from '../attempt/progress.ts';
import { CourseController } from './course-controller.ts';
import { ItemElement } from './item-element.ts';
import { percent } from './percent.ts';
import { reorder } from './reorder.ts';
import { pageHref } from './route.ts';
import { scrollToElement } from './scroll-to-element.ts';

export class QuizRunner extends LitElement {
  readonly #course = new CourseController(this);

  /** What changes stands above the form; the form itself is the document's. */
  protected override createRenderRoot(): HTMLElement {
    const root = document.createElement('div');
    this.prepend(root);
    return root;
  }

  override connectedCallback(): void {
    super.connectedCallback();
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
    this.#say('');
    if (event.target instanceof Element && event.target.closest('.try-again')) void this.#tryAgain();
  };

  readonly #onSubmit = async (event: Event) => {
    event.preventDefault();
    const { attempt, course } = this.#course;
    const missing = unansweredItems(course, attempt);
    const [first] = missing;
    for (const item of this.querySelectorAll('[data-item]')) {
      if (item instanceof ItemElement) item.missing = missing.includes(item.dataset['item'] ?? '');
    }
    if (first !== undefined) {
      const asked = askedItems(course, attempt).map(({ id }) => id);
      const numbers = missing.map((id) => asked.indexOf(id) + 1);
      this.#say(
        numbers.length === 1
          ? `Question ${numbers[0]} has no answer yet.`
          : `These questions have no answer yet: ${numbers.join(', ')}.`,
      );
      const question = this.#itemElement(first);
      if (question) scrollToElement(question);
      const control = 'input, select, button:not([aria-disabled="true"])';
      question?.querySelector<HTMLElement>(control)?.focus({ preventScroll: true });
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

  #itemElement(id: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(`[data-item="${CSS.escape(id)}"]`);
  }

  /** Shows the questions that this try asks, numbered in their order. */
  #arrange(): void {
    const { attempt, course } = this.#course;
    const asked = askedItems(course, attempt).flatMap(({ id }) => this.#itemElement(id) ?? []);
    const places = asked.flatMap((item) => item.closest('li') ?? []);
    for (const place of this.querySelectorAll<HTMLElement>('.questions > li')) {
      place.hidden = !places.includes(place as HTMLLIElement);
    }
    reorder(places);
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
    // Somebody has begun before the script had come over a slow line: their question has found its place now.
    const item = document.activeElement?.closest('[data-item]');
    if (item && this.contains(item)) requestAnimationFrame(() => scrollToElement(item));
  }

  protected override updated(): void {
    const { attempt, course } = this.#course;
    this.#arrange();
    const submitted = attempt.quiz.phase === 'submitted';
    const submit = this.querySelector<HTMLElement>('.quiz-actions [type="submit"]');
    if (submit) submit.hidden = submitted;
    const again = this.querySelector<HTMLElement>('.quiz-actions .try-again');
    if (again) again.hidden = !submitted || !mayTryAgain(course, attempt);
  }

  protected override render() {
    const { attempt, course } = this.#course;
    const { quiz } = attempt;
    const { scaled: needed } = course.rules.passing;
    if (quiz.phase === 'answering') {
      return quiz.best === null
        ? nothing
        : html`<p>Your best score so far is <strong>${percent(quiz.best)}</strong>. You pass at ${percent(needed)}.</p>`;
    }
    const last = quiz.last ?? 0;
    const passed = passes(course, last);
    const result = course.pages.find(({ kind }) => kind === 'result');
    return html`<section class="quiz-summary ${passed ? 'passed' : ''}" aria-labelledby="quiz-summary">
      <h2 id="quiz-summary" tabindex="-1">
        ${passed ? 'Passed' : 'Not passed yet'}: you scored ${percent(last)}
      </h2>
      <p>
        ${
          passed
            ? 'Below you can read why each answer is right.'
            : `You need ${percent(needed)}. Read the notes below; then try again.`
        }
      </p>
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
