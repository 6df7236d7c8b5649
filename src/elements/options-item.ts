/** Questions answered by radio buttons or checkboxes: one base, and one element for each kind. */

import { shuffledOptions } from '../attempt/draw.ts';
import type { Question } from '../attempt/question.ts';
import { judgedAtOnce } from '../items/item.ts';
import type { ItemResponse } from '../items/items.ts';
import { ItemElement, type Review } from './item-element.ts';
import { reorder } from './reorder.ts';

/** What is said beside an option that was chosen or is right. */
const verdict = (chosen: boolean, right: boolean): string => {
  if (!chosen) return '✓ The right answer';
  return right ? '✓ Your answer, right' : '✗ Your answer, not right';
};

export abstract class OptionsItem extends ItemElement {
  /** The response that the chosen values amount to; null for none. */
  protected abstract toResponse(values: readonly string[]): ItemResponse | null;

  /** Values of the controls that a response chooses. */
  protected abstract toValues(response: ItemResponse): readonly string[];

  /** Values of the right answer; empty where no answer is right. */
  protected abstract rightValues(): readonly string[];

  /** Options stand as the author wrote them, but where a kind says otherwise. */
  protected override arrange(_seed: number): void {}

  get #controls(): HTMLInputElement[] {
    return [...this.querySelectorAll('input')];
  }

  protected override readControls(): ItemResponse | null {
    return this.toResponse(this.#controls.filter(({ checked }) => checked).map(({ value }) => value));
  }

  #chosen({ response }: Question): readonly string[] {
    return response === undefined ? [] : this.toValues(response);
  }

  /**
   * Where a question is judged at once and has one answer, what is said of it goes with the verdict, so that it is
   * read out with it.
   */
  get #saysAtOnce(): boolean {
    return judgedAtOnce(this.item) && this.querySelector('input')?.type === 'radio';
  }

  protected override said(question: Question): readonly string[] {
    const own = this.#saysAtOnce ? this.#chosen(question).map((value) => this.#feedback(value)) : [];
    return [...super.said(question), ...own];
  }

  #feedback(value: string): string {
    return this.partAt(value)?.querySelector('.feedback')?.textContent ?? '';
  }

  #label(value: string): string {
    // Without the mark.
    return this.partAt(value)?.querySelector('label')?.firstChild?.textContent ?? '';
  }

  protected override show(question: Question): void {
    const { open, judged, solved } = question;
    const chosen = this.#chosen(question);
    const right = this.rightValues();
    for (const control of this.#controls) {
      const { value } = control;
      const option = control.closest<HTMLElement>('.option');
      const feedback = option?.querySelector<HTMLElement>('.feedback');
      const mark = option?.querySelector('.mark');
      control.checked = chosen.includes(value);
      control.disabled = !open;
      const isRight = right.includes(value);
      const shown = right.length > 0 && ((judged && control.checked) || (solved && isRight));
      option?.classList.toggle('right', shown && isRight);
      option?.classList.toggle('wrong', shown && !isRight);
      if (mark) mark.textContent = shown ? verdict(control.checked, isRight) : '';
      if (!feedback) continue;
      feedback.hidden = !shown || (this.#saysAtOnce && control.checked);
      this.describe(control, [feedback]);
    }
  }

  override review(question: Question): Review {
    const right = this.rightValues();
    const chosen = this.#chosen(question);
    const wrong = chosen.filter((value) => !right.includes(value));
    return {
      prompt: this.prompt,
      given: chosen.map((value) => this.#label(value)),
      right: right.map((value) => this.#label(value)),
      why: [...wrong, ...right].map((value) => this.#feedback(value)),
    };
  }
}

/** `<choice-item>` */
export class ChoiceItemElement extends OptionsItem {
  protected override arrange(seed: number): void {
    const { item } = this;
    if (item.kind !== 'choice' || !item.rules.shuffle) return;
    reorder(shuffledOptions(item, item.options, seed).flatMap(({ id }) => this.partAt(id) ?? []));
  }

  protected override toResponse(values: readonly string[]): ItemResponse | null {
    const { item } = this;
    // In the author's order, whatever the order on the page.
    const chosen = item.kind === 'choice' ? item.options.map(({ id }) => id) : [];
    return values.length > 0 ? chosen.filter((id) => values.includes(id)) : null;
  }

  protected override toValues(response: ItemResponse): readonly string[] {
    return Array.isArray(response) ? response.map(String) : [];
  }

  protected override rightValues(): readonly string[] {
    const { item } = this;
    return item.kind === 'choice' ? item.options.filter(({ correct }) => correct).map(({ id }) => id) : [];
  }
}

/** `<true-false-item>` */
export class TrueFalseItemElement extends OptionsItem {
  protected override toResponse([value]: readonly string[]): ItemResponse | null {
    return value === undefined ? null : value === 'true';
  }

  protected override toValues(response: ItemResponse): readonly string[] {
    return [String(response)];
  }

  protected override rightValues(): readonly string[] {
    const { item } = this;
    return item.kind === 'true-false' ? [String(item.answer)] : [];
  }
}

/** `<likert-item>` */
export class LikertItemElement extends OptionsItem {
  protected override toResponse([value]: readonly string[]): ItemResponse | null {
    return value ?? null;
  }

  protected override toValues(response: ItemResponse): readonly string[] {
    return [String(response)];
  }

  protected override rightValues(): readonly string[] {
    return [];
  }
}
