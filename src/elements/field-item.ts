/** Questions answered in a field: one base, and one element for each kind. */
import type { Question } from '../attempt/question.ts';
import type { ItemResponse } from '../items/items.ts';
import { parseNumber } from '../items/numeric.ts';
import { ItemElement, type Review } from './item-element.ts';

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

  protected override show({ response, open, judged, solved, score }: Question): void {
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
    const mark = this.querySelector('.mark');
    if (!mark) return;
    const wrong = solved ? `✗ Not right. Right is: ${this.rightText()}` : '✗ Not right';
    mark.textContent = judged ? (isRight ? '✓ Right' : wrong) : '';
  }

  /** Once the answer is known, why it is right. */
  protected override said(question: Question): readonly string[] {
    const own = super.said(question);
    return question.solved && question.judged && !own.includes(this.textFor('right'))
      ? [...own, this.textFor('right')]
      : own;
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
    // Pasted text may hold a tab.
    return text.replace(/[\s\p{Cc}]+/gu, ' ').trim() || null;
  }

  protected override rightText(): string {
    const { item } = this;
    return item.kind === 'fill-in' ? (item.accepted[0] ?? '') : '';
  }
}

/** `<numeric-item>` */
export class NumericItemElement extends FieldItem {
  protected override toResponse(text: string): ItemResponse | null {
    return parseNumber(text) ?? null;
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

  protected override said(question: Question): readonly string[] {
    const { item } = this;
    const { response, score } = question;
    if (item.kind !== 'numeric' || typeof response !== 'number' || score.state !== 'scored') return [];
    const outcome = response < item.min ? 'low' : response > item.max ? 'high' : 'right';
    const right = question.solved && outcome !== 'right' ? [this.textFor('right')] : [];
    return [this.textFor(outcome), ...right];
  }
}
