/** `<sequencing-item>`: steps that are moved up and down, by buttons or by dragging. */
import { scrambledSteps } from '../attempt/draw.ts';
import type { Question } from '../attempt/question.ts';
import type { ItemResponse } from '../items/items.ts';
import type { SequencingItem } from '../items/sequencing.ts';
import { ItemElement, type Review } from './item-element.ts';
import { reorder } from './reorder.ts';

export class SequencingItemElement extends ItemElement {
  /** Whether the learner has moved a step: the order to begin with is no answer. */
  #moved = false;
  /** The step that is being dragged, by which pointer, and the order before. */
  #drag:
    | {
        readonly step: HTMLElement;
        readonly pointer: number;
        readonly moved: boolean;
        readonly before: HTMLElement[];
      }
    | undefined;

  get #item(): SequencingItem {
    const { item } = this;
    if (item.kind !== 'sequencing') throw new Error(`"${item.id}" is no sequencing question`);
    return item;
  }

  get #steps(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('.step')];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('click', this.#onMove);
    this.addEventListener('pointerdown', this.#onGrip);
    this.addEventListener('pointermove', this.#onDrag);
    this.addEventListener('pointerup', this.#onDrop);
    this.addEventListener('pointercancel', this.#onCancel);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('click', this.#onMove);
    this.removeEventListener('pointerdown', this.#onGrip);
    this.removeEventListener('pointermove', this.#onDrag);
    this.removeEventListener('pointerup', this.#onDrop);
    this.removeEventListener('pointercancel', this.#onCancel);
  }

  protected override readControls(): ItemResponse | null {
    return this.#moved ? this.#steps.map(({ dataset }) => dataset['value'] ?? '') : null;
  }

  protected override whatIsMissing(): string {
    return 'Move at least one step: the order at the start is not the right one.';
  }

  protected override arrange(seed: number): void {
    this.#moved = false;
    this.#order(scrambledSteps(this.#item, this.#item.options, seed).map(({ id }) => id));
  }

  #order(ids: readonly string[]): void {
    reorder(ids.flatMap((id) => this.partAt(id) ?? []));
  }

  readonly #onMove = (event: Event) => {
    const button = event.target instanceof Element ? event.target.closest('.moves button') : null;
    const step = button?.closest<HTMLElement>('.step');
    if (!button || !step || button.getAttribute('aria-disabled') === 'true') return;
    const steps = this.#steps;
    const from = steps.indexOf(step);
    this.#moveTo(step, button.classList.contains('up') ? from - 1 : from + 1);
    this.#tell(step);
    this.answer();
  };

  #moveTo(step: HTMLElement, place: number): void {
    const others = this.#steps.filter((other) => other !== step);
    this.#moved = true;
    reorder([...others.slice(0, place), step, ...others.slice(place)]);
    this.#number();
  }

  /** The button stays where the focus is; where the step went is told. */
  #tell(step: HTMLElement): void {
    const steps = this.#steps;
    const place = this.querySelector('.moved');
    if (place) {
      place.textContent = `${this.#textOf(step)}: place ${steps.indexOf(step) + 1} of ${steps.length}`;
    }
  }

  readonly #onGrip = (event: PointerEvent) => {
    const grip = event.target instanceof Element ? event.target.closest<HTMLElement>('.grip') : null;
    const step = grip?.closest<HTMLElement>('.step');
    if (!grip || !step || this.#drag || !this.question.open || event.button !== 0) return;
    event.preventDefault();
    this.setPointerCapture(event.pointerId);
    this.#drag = { step, pointer: event.pointerId, moved: this.#moved, before: this.#steps };
    step.classList.add('dragged');
  };

  readonly #onDrag = (event: PointerEvent) => {
    if (event.pointerId !== this.#drag?.pointer) return;
    const { step } = this.#drag;
    const steps = this.#steps;
    const middles = steps
      .filter((other) => other !== step)
      .map((other) => {
        const { top, height } = other.getBoundingClientRect();
        return top + height / 2;
      });
    const place = middles.filter((middle) => middle < event.clientY).length;
    if (place !== steps.indexOf(step)) this.#moveTo(step, place);
  };

  readonly #onDrop = (event: PointerEvent) => {
    if (event.pointerId !== this.#drag?.pointer) return;
    this.#endDrag();
    this.answer();
  };

  /** The browser has taken the pointer for something else: nothing has been moved. */
  readonly #onCancel = (event: PointerEvent) => {
    if (event.pointerId !== this.#drag?.pointer) return;
    const { before, moved } = this.#drag;
    this.#endDrag();
    reorder(before);
    this.#moved = moved;
    this.#number();
  };

  #endDrag(): void {
    this.#drag?.step.classList.remove('dragged');
    this.#drag = undefined;
  }

  /** At the ends there is one way only. The button stays in place: it may have the focus. */
  #number(): void {
    const steps = this.#steps;
    const { open } = this.question;
    for (const [index, step] of steps.entries()) {
      const ends = { '.up': index === 0, '.down': index === steps.length - 1 };
      for (const [button, isEnd] of Object.entries(ends)) {
        step.querySelector(button)?.setAttribute('aria-disabled', String(isEnd || !open));
      }
    }
  }

  #textOf(step: Element | null): string {
    return step?.querySelector('.step-text')?.textContent ?? '';
  }

  protected override firstUpdated(): void {
    super.firstUpdated();
    for (const step of this.#steps) {
      const grip = document.createElement('span');
      grip.className = 'grip';
      grip.ariaHidden = 'true';
      step.prepend(grip);
    }
  }

  protected override show({ response, open, judged, solved }: Question): void {
    // Not from under a finger.
    if (Array.isArray(response) && !this.#drag) {
      this.#moved = true;
      this.#order(response.map(String));
    }
    this.#number();
    this.classList.toggle('open', open);
    if (open && !judged) this.#clearMoved(response);
    const right = this.#item.options.map(({ id }) => id);
    for (const [index, step] of this.#steps.entries()) {
      const place = right.indexOf(step.dataset['value'] ?? '');
      step.classList.toggle('right', judged && place === index);
      step.classList.toggle('wrong', judged && place !== index);
      const mark = step.querySelector('.mark');
      if (mark) mark.textContent = judged ? this.#verdict(place, index, solved) : '';
      const feedback = step.querySelector<HTMLElement>('.feedback');
      if (feedback) feedback.hidden = !solved;
      const moves = step.querySelector<HTMLElement>('.moves');
      if (moves) moves.hidden = !open;
    }
  }

  /** A new try begins with nothing to tell. */
  #clearMoved(response: ItemResponse | undefined): void {
    const place = this.querySelector('.moved');
    if (place && response === undefined) place.textContent = '';
  }

  #verdict(place: number, index: number, solved: boolean): string {
    if (place === index) return '✓ In its place';
    return solved ? `✗ Its place is ${place + 1}` : '✗ Not in its place';
  }

  override review(question: Question): Review {
    const right = this.#item.options.map(({ id }) => id);
    const { response } = question;
    const given = Array.isArray(response) ? response.map(String) : [];
    const text = (id: string) => this.#textOf(this.partAt(id));
    return {
      prompt: this.prompt,
      given: given.map((id, index) => `${index + 1}. ${text(id)}`),
      right: right.map((id, index) => `${index + 1}. ${text(id)}`),
      why: right.map((id) => this.partAt(id)?.querySelector('.feedback')?.textContent ?? ''),
    };
  }
}
