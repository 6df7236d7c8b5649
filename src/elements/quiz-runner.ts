/** `<quiz-runner>`: the scored quiz. Submits it, says how it went, and lets the learner try again. */
import { html, LitElement, nothing } from 'lit';
import { mayTryAgain, unansweredItems } from '../attempt/attempt.ts';
import { passes } from '../attempt/progress.ts';
import { CourseController } from './course-controller.ts';
import { percent } from './percent.ts';
import { pageHref } from './route.ts';

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
    this.addEventListener('change', this.#onChange);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('submit', this.#onSubmit);
    this.removeEventListener('change', this.#onChange);
  }

  readonly #onChange = () => this.#say('');

  readonly #onSubmit = async (event: Event) => {
    event.preventDefault();
    const { attempt, course } = this.#course;
    const missing = unansweredItems(course, attempt);
    const [first] = missing;
    if (first !== undefined) {
      const numbers = missing.map((id) => course.items.findIndex((item) => item.id === id) + 1);
      this.#say(
        numbers.length === 1
          ? `Question ${numbers[0]} has no answer yet.`
          : `These questions have no answer yet: ${numbers.join(', ')}.`,
      );
      this.querySelector<HTMLElement>(`[data-item="${CSS.escape(first)}"] input`)?.focus();
      return;
    }
    this.#course.dispatch({ type: 'quiz-submitted' });
    await this.updateComplete;
    this.querySelector<HTMLElement>('.quiz-summary')?.scrollIntoView({ block: 'center' });
    this.querySelector<HTMLElement>('.quiz-summary h2')?.focus({ preventScroll: true });
  };

  async #tryAgain(): Promise<void> {
    this.#course.dispatch({ type: 'quiz-restarted' });
    await this.updateComplete;
    const legend = this.querySelector<HTMLElement>('legend');
    legend?.scrollIntoView({ block: 'center' });
    legend?.focus({ preventScroll: true });
  }

  #say(message: string): void {
    const place = this.querySelector('.quiz-message');
    if (place) place.textContent = message;
  }

  protected override updated(): void {
    const { phase } = this.#course.attempt.quiz;
    const submit = this.querySelector<HTMLElement>('.quiz-actions');
    if (submit) submit.hidden = phase === 'submitted';
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
    return html`<section class="quiz-summary ${passed ? 'passed' : 'failed'}" aria-labelledby="quiz-summary">
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
        ${result ? html`<a class="button primary" href=${pageHref(result.id)}>Go to your result</a>` : ''}
        ${
          mayTryAgain(course, attempt)
            ? html`<button type="button" @click=${this.#tryAgain}>Try again</button>`
            : html`<span>No tries are left.</span>`
        }
      </p>
    </section>`;
  }
}
