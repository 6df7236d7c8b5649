/** `<matching-item>`: a list to choose from for each thing that is to be matched. */
import { shuffledOptions } from '../attempt/draw.ts';
import type { Question } from '../attempt/question.ts';
import type { Pairs } from '../items/item.ts';
import type { ItemResponse } from '../items/items.ts';
import type { MatchingItem } from '../items/matching.ts';
import { ItemElement, type Review } from './item-element.ts';
import { reorder } from './reorder.ts';

const pairsOf = (response: ItemResponse | undefined): ReadonlyMap<string, string> =>
  new Map(Array.isArray(response) ? (response as Pairs) : []);

export class MatchingItemElement extends ItemElement {
  get #item(): MatchingItem {
    const { item } = this;
    if (item.kind !== 'matching') throw new Error(`"${item.id}" is no matching question`);
    return item;
  }

  #select(source: string): HTMLSelectElement | null {
    return this.partAt(source)?.querySelector('select') ?? null;
  }

  protected override readControls(): ItemResponse | null {
    const pairs = this.#item.pairs.flatMap(({ id }): [string, string][] => {
      const target = this.#select(id)?.value ?? '';
      return target === '' ? [] : [[id, target]];
    });
    return pairs.length > 0 ? pairs : null;
  }

  protected override arrange(seed: number): void {
    const { targets, rules } = this.#item;
    if (!rules.shuffle) return;
    const order = shuffledOptions(this.#item, targets, seed).map(({ id }) => id);
    for (const select of this.querySelectorAll('select')) {
      const options = [...select.options].filter(({ value }) => value !== '');
      reorder(order.flatMap((id) => options.find(({ value }) => value === id) ?? []));
    }
  }

  override get nextControl(): HTMLElement | null {
    return [...this.querySelectorAll('select')].find(({ value }) => value === '') ?? super.nextControl;
  }

  #textOf(target: string | undefined): string {
    const options = [...(this.querySelector('select')?.options ?? [])];
    return options.find(({ value }) => value === target && value !== '')?.text ?? '';
  }

  protected override show({ response, open, judged, solved }: Question): void {
    const chosen = pairsOf(response);
    for (const { id, target } of this.#item.pairs) {
      const pair = this.partAt(id);
      const select = this.#select(id);
      if (!pair || !select) continue;
      const isRight = chosen.get(id) === target;
      select.value = chosen.get(id) ?? '';
      select.disabled = !open;
      pair.classList.toggle('right', judged && isRight);
      pair.classList.toggle('wrong', judged && !isRight);
      const words = pair.querySelector('.chosen');
      if (words) words.textContent = this.#textOf(chosen.get(id));
      const mark = pair.querySelector<HTMLElement>('.mark');
      if (mark) mark.textContent = judged ? this.#verdict(chosen.get(id), target, solved) : '';
      const feedback = pair.querySelector<HTMLElement>('.feedback');
      if (feedback) feedback.hidden = !solved;
      this.describe(select, [mark, feedback]);
    }
  }

  #verdict(chosen: string | undefined, target: string, solved: boolean): string {
    if (chosen === target) return '✓ Right';
    return solved ? `✗ Not right. Right is: ${this.#textOf(target)}` : '✗ Not right';
  }

  /** What is said of targets that fit nothing, where one of them was chosen. */
  protected override said(question: Question): readonly string[] {
    const chosen = question.solved ? [...new Set(pairsOf(question.response).values())] : [];
    const spare = chosen.map(
      (target) => this.querySelector(`.spare[data-value="${CSS.escape(target)}"]`)?.textContent ?? '',
    );
    return [...super.said(question), ...spare];
  }

  override review(question: Question): Review {
    const { pairs } = this.#item;
    const chosen = pairsOf(question.response);
    const line = (source: string, target: string | undefined) =>
      `${this.partAt(source)?.querySelector('label')?.textContent}: ${this.#textOf(target)}`;
    return {
      prompt: this.prompt,
      given: pairs.map(({ id }) => line(id, chosen.get(id))),
      right: pairs.map(({ id, target }) => line(id, target)),
      why: pairs.map(({ id }) => this.partAt(id)?.querySelector('.feedback')?.textContent ?? ''),
    };
  }
}
