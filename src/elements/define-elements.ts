/** Makes the browser know the course's elements. */
import type { ItemKind } from '../items/items.ts';
import { CourseEnded } from './course-ended.ts';
import { CoursePage } from './course-page.ts';
import { CoursePlayer } from './course-player.ts';
import { ExitButton } from './exit-button.ts';
import { FillInItemElement, NumericItemElement } from './field-item.ts';
import { MatchingItemElement } from './matching-item.ts';
import { ChoiceItemElement, LikertItemElement, TrueFalseItemElement } from './options-item.ts';
import { PageList } from './page-list.ts';
import { PageTurner } from './page-turner.ts';
import { ProgressBar } from './progress-bar.ts';
import { QuizResult } from './quiz-result.ts';
import { QuizRunner } from './quiz-runner.ts';
import { SaveLine } from './save-line.ts';
import { SequencingItemElement } from './sequencing-item.ts';

/** The element of each kind of question. A kind without one does not compile. */
const itemElements = {
  'choice-item': ChoiceItemElement,
  'true-false-item': TrueFalseItemElement,
  'matching-item': MatchingItemElement,
  'sequencing-item': SequencingItemElement,
  'fill-in-item': FillInItemElement,
  'numeric-item': NumericItemElement,
  'likert-item': LikertItemElement,
} satisfies Record<`${ItemKind}-item`, CustomElementConstructor>;

const elements: Record<string, CustomElementConstructor> = {
  ...itemElements,
  'course-page': CoursePage,
  'page-list': PageList,
  'page-turner': PageTurner,
  'progress-bar': ProgressBar,
  'save-line': SaveLine,
  'exit-button': ExitButton,
  'course-ended': CourseEnded,
  'quiz-runner': QuizRunner,
  'quiz-result': QuizResult,
  'course-player': CoursePlayer,
};

/** Defines all elements. The services must have been provided on the body before. */
export function defineElements(): void {
  for (const [name, element] of Object.entries(elements)) customElements.define(name, element);
}
