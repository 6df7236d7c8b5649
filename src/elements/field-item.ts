/** Questions answered in a field: one base, and one element for each kind. */
import type { Question } from '../attempt/question.ts';
import type { ItemResponse } from '../items/items.ts';
import { parseNumber } from '../items/numeric.ts';
import { ItemElement, outcomeOf, type Review } from './item-element.ts';

abstract class FieldItem extends ItemElement {
  /** The response that a text amounts to; null for none. */
  protected abstract toResponse(text: string): ItemResponse | null;

  /** The right answer in words. */
  protected abstract rightText(): string;

  protected get field(): HTMLInputElement | null {
    return this.querySelector('input');
  }

  protected get unit(): string {
    const unit = this.querySelector('.unit')?.textContent;
    return unit ? ` ${unit}` : '';
  }

  protected override readControls(): ItemResponse | null {
    return this.toResponse(this.field?.value ?? '');
  }

  protected override arrange(): void {
    if (this.field && this.question.response === undefined) this.field.value = '';
  }

  protected override show({ response, open, judged, score }: Question): void {
    const { field } = this;
    if (!field) return;
    // What has been written stays as it was written: 3.50 is 3.5 as well.
    const isOther = this.toResponse(field.value) !== (response ?? null);
    if (isOther && !this.isWriting) field.value = String(response ?? '');
    field.readOnly = !open;
    const isRight = score.state === 'scored' && score.scaled === 1;
    const box = field.closest('.field');
    box?.classList.toggle('right', judged && isRight);
    box?.classList.toggle('wrong', judged && !isRight);
    const mark = this.querySelector<HTMLElement>('.mark');
    if (!mark) return;
    mark.textContent = judged ? (isRight ? '✓ Right' : '✗ Not right') : '';
    this.describe(field, [this.querySelector<HTMLElement>('.unit'), mark]);
  }

  /** What is said of the answer itself, by how it missed the right one. */
  protected saidOf(question: Question): string {
    return this.textFor(outcomeOf(question) ?? '');
  }

  /** Once that may be known, the right answer and why it is right as well. */
  protected override said(question: Question): readonly string[] {
    const isRight = outcomeOf(question) === 'right';
    const solution =
      question.solved && !isRight ? [`Right is: ${this.rightText()}.`, this.textFor('right')] : [];
    return [this.saidOf(question), ...solution];
  }

  override review(question: Question): Review {
    const { response } = question;
    return {
      prompt: this.prompt,
      given: response === undefined ? [] : [`${response}${this.unit}`],
      right: [this.rightText()],
      why: [this.textFor('right')],
    };
  }
}

/** `<fill-in-item>` */
export class FillInItemElement extends FieldItem {
  protected override toResponse(text: string): ItemResponse | null {
    // Pasted text may hold a tab; and a text of which nothing can be seen is none.
    const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
    return /[^\p{C}\p{Z}]/u.test(line) ? line : null;
  }

  protected override rightText(): string {
    const { item } = this;
    return item.kind === 'fill-in' ? (item.accepted[0] ?? '') : '';
  }
}

/** `<numeric-item>` */
export class NumericItemElement extends FieldItem {
  protected override toResponse(text: string): ItemResponse | null {
    // Whoever writes the unit too means the number.
    return parseNumber(text.replace(this.unit.trim(), '').replace(/%\s*$/, '')) ?? null;
  }

  protected override rightText(): string {
    const { item } = this;
    if (item.kind !== 'numeric') return '';
    const { answer, min, max } = item;
    return min === max ? `${answer}${this.unit}` : `${answer}${this.unit} (from ${min} to ${max})`;
  }

  protected override whatIsMissing(): string {
    return this.field?.value.trim() ? 'Write a number, for example 12 or 3.5.' : super.whatIsMissing();
  }

  protected override saidOf({ response }: Question): string {
    const { item } = this;
    if (item.kind !== 'numeric' || typeof response !== 'number') return '';
    return this.textFor(response < item.min ? 'low' : response > item.max ? 'high' : 'right');
  }
}
