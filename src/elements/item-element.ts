/**
 * What the elements of all kinds of question have in common: they hand over what the learner answers, and show how it
 * was judged. Controls and texts stand in the document; the elements only set them.
 */
import { ReactiveElement } from 'lit';
import { type Question, questionIn } from '../attempt/question.ts';
import { judgedAtOnce } from '../items/item.ts';
import type { Item, ItemResponse } from '../items/items.ts';
import { findItem } from '../model/course.ts';
import { CourseController } from './course-controller.ts';

/** An answer in words, for the result page; one line for each part. */
export interface Review {
  readonly prompt: string;
  readonly given: readonly string[];
  readonly right: readonly string[];
  /** Why the right answer is right. */
  readonly why: readonly string[];
}

/** How good an answer is, in one word. */
export type Outcome = 'right' | 'partly' | 'wrong' | 'noted';

/** Tells how good the answer is; undefined where there is none to judge. */
export function outcomeOf({ score }: Question): Outcome | undefined {
  if (score.state === 'unscored') return 'noted';
  if (score.state !== 'scored') return undefined;
  if (score.scaled === 1) return 'right';
  return score.scaled > 0 ? 'partly' : 'wrong';
}

const verdicts = {
  right: 'Your answer is right.',
  partly: 'Your answer is right in part.',
  wrong: 'Your answer is not right.',
  noted: '',
} satisfies Record<Outcome, string>;

/** How long writing has to rest before it counts as an answer, in milliseconds. */
const writingRest = 500;

export abstract class ItemElement extends ReactiveElement {
  static override properties = { missing: { type: Boolean } };

  /** Whether the learner has been told that the answer, or a part of it, is missing. */
  declare missing: boolean;

  readonly #course = new CourseController(this, ({ id, quiz, checks }) => {
    const { item = '' } = this.dataset;
    return [id, quiz.phase, quiz.tries, quiz.best, quiz.answers[item], checks[item]];
  });
  /** When the question was first seen in this try; latency counts from here. */
  #seenAt: number | undefined;
  readonly #observer = new IntersectionObserver(([entry]) => {
    if (entry?.isIntersecting) this.#seenAt ??= performance.now();
  });
  #arranged: number | undefined;
  #wasAnswered = false;
  #wasOpen = false;
  #writing = 0;

  constructor() {
    super();
    this.missing = false;
  }

  /** The response that the controls amount to; null for none. */
  protected abstract readControls(): ItemResponse | null;

  /** Sets the controls, and what stands beside them. */
  protected abstract show(question: Question): void;

  /** Makes ready for a try: puts the options in the order of `seed`. */
  protected abstract arrange(seed: number): void;

  /** What is said of the answer as a whole; by default by its outcome. */
  protected said(question: Question): readonly string[] {
    return [this.textFor(outcomeOf(question) ?? '')];
  }

  /** What is missing, where the controls hold something that is no answer. */
  protected whatIsMissing(): string {
    return this.readControls() === null
      ? 'This question has no answer yet.'
      : 'A part of this question has no answer yet.';
  }

  /** The control to go to where something is missing. */
  get nextControl(): HTMLElement | null {
    return this.querySelector('input, select, button:not([aria-disabled="true"])');
  }

  /** The answer in words, and the right one. */
  abstract review(question: Question): Review;

  /** The question that the element is for. */
  get item(): Item {
    const { item: id = '' } = this.dataset;
    const item = findItem(this.#course.course, id);
    if (!item)
      throw new Error(`<${this.localName}> names the question "${id}", which the course does not have`);
    return item;
  }

  protected get question(): Question {
    const { course, attempt } = this.#course;
    return questionIn(course, attempt, this.item);
  }

  get prompt(): string {
    return this.querySelector('.prompt')?.textContent ?? '';
  }

  /** The author's words for an outcome; empty where there are none. */
  protected textFor(outcome: string): string {
    return this.querySelector(`.said[data-outcome="${outcome}"]`)?.textContent ?? '';
  }

  /** The part of the question with that value. */
  protected partAt(value: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(`[data-value="${CSS.escape(value)}"]`);
  }

  /** Makes the texts beside a control, those that are there, its description. */
  protected describe(control: Element, texts: readonly (HTMLElement | null | undefined)[]): void {
    const ids = texts.flatMap((text, index) => {
      if (!text || text.hidden || text.textContent === '') return [];
      text.id ||= `${control.id}:${index}`;
      return [text.id];
    });
    if (ids.length > 0) control.setAttribute('aria-describedby', ids.join(' '));
    else control.removeAttribute('aria-describedby');
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('change', this.answer);
    this.addEventListener('input', this.#onWriting);
    this.addEventListener('click', this.#onClick);
    this.addEventListener('keydown', this.#onKey);
    this.addEventListener('focusout', this.#onLeave);
    // Before the tracker, which saves what is there when the page is hidden.
    document.addEventListener('visibilitychange', this.#onLeave, { capture: true });
    window.addEventListener('pagehide', this.#onLeave, { capture: true });
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('change', this.answer);
    this.removeEventListener('input', this.#onWriting);
    this.removeEventListener('click', this.#onClick);
    this.removeEventListener('keydown', this.#onKey);
    this.removeEventListener('focusout', this.#onLeave);
    document.removeEventListener('visibilitychange', this.#onLeave, { capture: true });
    window.removeEventListener('pagehide', this.#onLeave, { capture: true });
    this.#observer.disconnect();
  }

  protected override firstUpdated(): void {
    // Chosen before the script had come over a slow line.
    if (this.question.response === undefined && this.readControls() !== null) this.answer();
  }

  /** Hands over what the controls hold. */
  protected readonly answer = () => {
    clearTimeout(this.#writing);
    this.#writing = 0;
    const now = performance.now();
    this.#course.dispatch({
      type: 'item-answered',
      item: this.item.id,
      response: this.readControls(),
      at: Date.now(),
      latency: now - (this.#seenAt ?? now),
    });
  };

  /** Text is an answer once writing rests: every letter would be one for the record. */
  readonly #onWriting = (event: Event) => {
    if (!(event.target instanceof HTMLInputElement) || event.target.type !== 'text') return;
    clearTimeout(this.#writing);
    // What is said of the answer before goes with the first letter. Were it to go when the field is left, all below it
    // would move up under the mouse, and the click that left the field would be lost.
    if (this.missing || this.question.judged) this.answer();
    else this.#writing = window.setTimeout(this.answer, writingRest);
  };

  /** Whether something has been written that is not handed over yet. */
  protected get isWriting(): boolean {
    return this.#writing !== 0;
  }

  /** Of the field, or of the page. Text that was put in by a script, as by dictation, makes no change event. */
  readonly #onLeave = () => {
    if (this.#writing !== 0) this.answer();
  };

  readonly #onClick = (event: Event) => {
    if (event.target instanceof Element && event.target.closest('.judge button')) this.#judge();
  };

  /** Enter in a field judges it, where that can be done at once. */
  readonly #onKey = (event: KeyboardEvent) => {
    const isField = event.target instanceof HTMLInputElement && event.target.type === 'text';
    if (event.key !== 'Enter' || !isField || !judgedAtOnce(this.item)) return;
    event.preventDefault();
    this.#judge();
  };

  #judge(): void {
    if (this.#writing !== 0) this.answer();
    const { state } = this.question.score;
    this.missing = state === 'unanswered';
    this.#course.dispatch({ type: 'item-checked', item: this.item.id });
  }

  /** A new try: the observer tells again whether the question is in view. */
  #seeAfresh(): void {
    this.#seenAt = undefined;
    this.#observer.unobserve(this);
    this.#observer.observe(this);
  }

  protected override updated(): void {
    const { question } = this;
    const answered = question.response !== undefined;
    if (this.#wasAnswered && !answered && question.open) this.#seeAfresh();
    this.#wasAnswered = answered;
    if (question.score.state !== 'unanswered') this.missing = false;
    if (this.#arranged !== question.seed) {
      this.#arranged = question.seed;
      this.arrange(question.seed);
    }
    this.show(question);
    this.#showOutcome(question);
    // After the first text, which is no news: it says how a question stands that was answered before.
    if (judgedAtOnce(this.item)) this.querySelector('.outcome')?.setAttribute('role', 'status');
  }

  #showOutcome(question: Question): void {
    const outcome = question.judged ? outcomeOf(question) : undefined;
    if (outcome) this.dataset['result'] = outcome;
    else delete this.dataset['result'];

    const button = this.querySelector<HTMLButtonElement>('.judge button');
    if (button) {
      // One that was there stays: it may have the focus, and what stands below it must not move under the mouse.
      this.#wasOpen ||= question.open;
      button.hidden = !this.#wasOpen;
      button.ariaDisabled = question.open ? null : 'true';
    }

    const place = this.querySelector<HTMLElement>('.outcome');
    const [verdict, ...more] = this.#outcomeSentences(question, outcome);
    const said = more.join(' ');
    const spoken = [verdict, said].filter(Boolean).join(' ');
    // A live region speaks whenever it is set, even to the same words.
    if (!place || place.textContent === spoken) return;
    const strong = document.createElement('strong');
    strong.textContent = verdict ?? '';
    place.replaceChildren(...(verdict ? [strong] : []), ...(said ? [verdict ? ` ${said}` : said] : []));
  }

  /** What is said below the question: the verdict, which may be empty, and more; nothing where nothing is to be said. */
  #outcomeSentences(question: Question, outcome: Outcome | undefined): readonly string[] {
    const { score, open, attemptsLeft } = question;
    if (this.missing && open && score.state === 'unanswered') return [this.whatIsMissing()];
    if (!outcome) return [];
    const mayChange = judgedAtOnce(this.item) && open && outcome !== 'noted' && attemptsLeft !== 0;
    return [
      verdicts[outcome],
      ...this.said(question).filter((sentence) => sentence !== ''),
      ...(mayChange ? ['You can change your answer and check it again.'] : []),
    ];
  }
}
