/**
 * Questions answered by native radio buttons or checkboxes, which stand in the document. One base, and one
 * element for each kind.
 */
import { ReactiveElement } from 'lit';
import { responseOf } from '../attempt/attempt.ts';
import type { ItemResponse } from '../items/items.ts';
import { scoreItem } from '../items/items.ts';
import { CourseController } from './course-controller.ts';

/** What is said beside an option that was chosen or is right. */
const verdict = (chosen: boolean, right: boolean): string => {
  if (!chosen) return '✓ The right answer';
  return right ? '✓ Your answer, right' : '✗ Your answer, not right';
};

export abstract class OptionsItem extends ReactiveElement {
  static override properties = { missing: { type: Boolean } };

  /** Whether the learner has been told that the answer is missing. */
  declare missing: boolean;

  constructor() {
    super();
    this.missing = false;
  }

  readonly #course = new CourseController(this);
  /** When the question was first seen in this try; latency counts from here. */
  #seenAt: number | undefined;
  readonly #observer = new IntersectionObserver(([entry]) => {
    if (entry?.isIntersecting) this.#seenAt ??= performance.now();
  });

  /** The response that the chosen values amount to; null for none. */
  protected abstract toResponse(values: readonly string[]): ItemResponse | null;

  /** Values of the controls that a response chooses. */
  protected abstract toValues(response: ItemResponse): readonly string[];

  /** Values of the right answer. */
  protected abstract rightValues(): readonly string[];

  protected get item() {
    const { item: id } = this.dataset;
    const item = this.#course.course.items.find((candidate) => candidate.id === id);
    if (!item)
      throw new Error(`<${this.localName}> names the question "${id}", which the course does not have`);
    return item;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('change', this.#onChange);
    this.#observer.observe(this);
    // Chosen before the script had come over a slow line.
    const { answers } = this.#course.attempt.quiz;
    if (responseOf(answers, this.item.id) === undefined && this.querySelector('input:checked'))
      this.#onChange();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('change', this.#onChange);
    this.#observer.disconnect();
  }

  /** A new try: the observer tells again whether the question is in view. */
  #seeAfresh(): void {
    this.#seenAt = undefined;
    this.#observer.unobserve(this);
    this.#observer.observe(this);
  }

  get #controls(): NodeListOf<HTMLInputElement> {
    return this.querySelectorAll('input');
  }

  readonly #onChange = () => {
    const values = [...this.#controls].filter(({ checked }) => checked).map(({ value }) => value);
    const now = performance.now();
    this.#course.dispatch({
      type: 'item-answered',
      item: this.item.id,
      response: this.toResponse(values),
      at: Date.now(),
      latency: now - (this.#seenAt ?? now),
    });
  };

  protected override updated(): void {
    const { quiz } = this.#course.attempt;
    const response = responseOf(quiz.answers, this.item.id);
    const answered = response !== undefined;
    const submitted = quiz.phase === 'submitted';
    if (!submitted && !answered && this.hasAttribute('data-result')) this.#seeAfresh();

    const chosen = answered ? this.toValues(response) : [];
    const right = this.rightValues();
    for (const control of this.#controls) {
      control.checked = chosen.includes(control.value);
      control.disabled = submitted;
      const option = control.closest<HTMLElement>('.option');
      const feedback = option?.querySelector<HTMLElement>('.feedback');
      const isRight = right.includes(control.value);
      const shown = submitted && (control.checked || isRight);
      option?.classList.toggle('right', submitted && isRight);
      option?.classList.toggle('wrong', submitted && control.checked && !isRight);
      if (feedback) feedback.hidden = !shown;
      const mark = option?.querySelector('.mark');
      if (mark) mark.textContent = shown ? verdict(control.checked, isRight) : '';
      if (shown && feedback) control.setAttribute('aria-describedby', feedback.id);
      else control.removeAttribute('aria-describedby');
    }

    const outcome = this.querySelector<HTMLElement>('.outcome');
    if (outcome) {
      const score = scoreItem(this.item, response);
      const correct = score.state === 'scored' && score.scaled === 1;
      const missing = this.missing && !answered;
      outcome.hidden = !submitted && !missing;
      outcome.textContent = missing
        ? 'This question has no answer yet.'
        : correct
          ? 'Your answer is right.'
          : 'Your answer is not right yet.';
      if (submitted) this.dataset['result'] = correct ? 'right' : 'wrong';
      else delete this.dataset['result'];
    }
  }
}

/** `<choice-item>` */
export class ChoiceItemElement extends OptionsItem {
  protected override toResponse(values: readonly string[]): ItemResponse | null {
    return values.length > 0 ? values : null;
  }

  protected override toValues(response: ItemResponse): readonly string[] {
    return Array.isArray(response) ? response : [];
  }

  protected override rightValues(): readonly string[] {
    const { item } = this;
    return item.kind === 'choice' ? item.options.filter(({ correct }) => correct).map(({ id }) => id) : [];
  }
}

/** `<true-false-item>` */
export class TrueFalseItemElement extends OptionsItem {
  protected override toResponse(values: readonly string[]): ItemResponse | null {
    return values[0] === undefined ? null : values[0] === 'true';
  }

  protected override toValues(response: ItemResponse): readonly string[] {
    return [String(response)];
  }

  protected override rightValues(): readonly string[] {
    const { item } = this;
    return item.kind === 'true-false' ? [String(item.answer)] : [];
  }
}
