/**
 * `<quiz-result>`: what has been achieved and what is left to do; and of the try that was submitted last each question
 * with its answer, the right one and the reason. The words stand in the document, at the questions.
 */
import { html, LitElement } from 'lit';
import { mayTryAgain } from '../attempt/attempt.ts';
import { askedItems } from '../attempt/draw.ts';
import type { SuccessStatus } from '../attempt/progress.ts';
import { type Question, questionIn } from '../attempt/question.ts';
import type { Item } from '../items/items.ts';
import { CourseController } from './course-controller.ts';
import { ItemElement, type Outcome, outcomeOf } from './item-element.ts';
import { percent } from './percent.ts';
import { pageHref } from './route.ts';
import { resultText } from './saving-text.ts';

const outcome = { unknown: 'not taken yet', passed: 'passed', failed: 'not passed yet' } satisfies Record<
  SuccessStatus,
  string
>;

const marks = { right: '✓ Right', partly: 'Right in part', wrong: '✗ Not right', noted: '' } satisfies Record<
  Outcome,
  string
>;

const lines = (label: string, parts: readonly string[]) =>
  parts.length === 0
    ? ''
    : html`<div>
        <dt>${label}</dt>
        ${parts.map((part) => html`<dd dir="auto">${part}</dd>`)}
      </div>`;

export class QuizResult extends LitElement {
  readonly #course = new CourseController(this, ({ id, viewed, quiz }, saving) => [id, viewed, quiz, saving]);

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** The questions of the try that was submitted last, as they stand; none while a try is under way. */
  get #answered(): (readonly [Item, Question])[] {
    const { attempt, course } = this.#course;
    if (attempt.quiz.phase === 'answering') return [];
    return askedItems(course, attempt).map((item) => [item, questionIn(course, attempt, item)]);
  }

  readonly #tryAgain = () => {
    const quizPage = this.#course.course.pages.find(({ kind }) => kind === 'quiz');
    this.#course.dispatch({ type: 'quiz-restarted' });
    if (quizPage) window.location.hash = pageHref(quizPage.id);
  };

  protected override render() {
    return [this.#renderStanding(), this.#renderTakeaways(), this.#renderReading(), this.#renderQuestions()];
  }

  #renderStanding() {
    const { attempt, course, progress, saving } = this.#course;
    const { scaled, completion, success, lessonsLeft, done: donePages } = progress;
    const quizPage = course.pages.find(({ kind }) => kind === 'quiz');
    const done = completion === 'completed';
    const needed = percent(course.rules.passing.scaled);
    const { quiz: completionQuiz } = course.rules.completion;
    const asksForPages = course.rules.completion.pages === 'all';
    const lessons = course.pages.filter(({ kind }) => kind === 'lesson').length;
    const { tries } = attempt.quiz;

    return html`<section class="result ${done ? 'passed' : ''}" aria-label="Your result">
      <h2>${done ? 'You have completed this module' : 'You have not completed this module yet'}</h2>
      <dl class="figures">
        <div>
          <dt>Lesson pages read</dt>
          <dd>${lessons - lessonsLeft.length} of ${lessons}</dd>
        </div>
        ${
          course.items.length === 0
            ? ''
            : html`<div>
                <dt>Quiz</dt>
                <dd>
                  ${outcome[success]}
                  ${scaled === null ? '' : html`<span class="minor">score ${percent(scaled)}, tries: ${tries}</span>`}
                </dd>
              </div>`
        }
      </dl>
      ${done ? html`<p>${resultText(saving)}</p>` : html`<p>Still to do:</p>`}
      ${
        done
          ? ''
          : html`<ul>
              ${
                asksForPages
                  ? lessonsLeft.map(
                      (id) =>
                        html`<li>
                          Read <a href=${pageHref(id)}>${this.#titleOf(id)}</a> to its end
                        </li>`,
                    )
                  : ''
              }
              ${
                quizPage && completionQuiz !== 'none' && !donePages.has(quizPage.id)
                  ? html`<li>
                      ${completionQuiz === 'passed' ? 'Pass' : 'Take'} the <a href=${pageHref(quizPage.id)}>${quizPage.title}</a>${
                        completionQuiz === 'passed' ? ` with ${needed} or more` : ''
                      }
                    </li>`
                  : ''
              }
            </ul>`
      }
      ${
        tries === 0
          ? ''
          : html`<p class="quiz-actions-after">
              ${
                quizPage && (attempt.quiz.phase === 'answering' || mayTryAgain(course, attempt))
                  ? html`<button type="button" class=${success === 'passed' ? '' : 'primary'} @click=${this.#tryAgain}>
                      ${attempt.quiz.phase === 'submitted' ? 'Try the quiz again' : 'Go on with the quiz'}
                    </button>`
                  : ''
              }
              <button type="button" @click=${() => window.print()}>Print this page</button>
            </p>`
      }
    </section>`;
  }

  #renderTakeaways() {
    const { course, progress } = this.#course;
    const { objectives } = progress;
    if (objectives.length === 0) return '';
    const counts = course.rules.passing.counts === 'best' ? 'your best result' : 'your last result';
    return html`<section aria-labelledby="by-takeaway">
      <h2 id="by-takeaway">Takeaway by takeaway</h2>
      <p>Each one shows ${counts}. ${percent(course.rules.passing.scaled)} or more is enough.</p>
      <ul class="scores" role="list">
        ${objectives.map(
          ({ id, scaled }) =>
            html`<li>
              <span>${course.takeaways.find((takeaway) => takeaway.id === id)?.text}</span>
              <progress .value=${scaled} aria-hidden="true"></progress>
              <strong>${percent(scaled)}</strong>
            </li>`,
        )}
      </ul>
    </section>`;
  }

  /** The sections that belong to questions that were not answered right. */
  #renderReading() {
    const sections = this.#answered.flatMap(([{ rules }, question]) =>
      outcomeOf(question) === 'right' || rules.section === null ? [] : [rules.section],
    );
    if (sections.length === 0) return '';
    return html`<section aria-labelledby="read-again">
      <h2 id="read-again">What to read again</h2>
      <ul>
        ${[...new Set(sections)].map((section) => html`<li>${this.#sectionLink(section)}</li>`)}
      </ul>
    </section>`;
  }

  #renderQuestions() {
    const answered = this.#answered;
    if (answered.length === 0) return '';
    return html`<section aria-labelledby="each-question">
      <h2 id="each-question">Question by question</h2>
      <ol class="reviews" role="list">
        ${answered.map(([item, question]) => this.#renderQuestion(item, question))}
      </ol>
    </section>`;
  }

  #renderQuestion(item: Item, question: Question) {
    const element = document.querySelector(`[data-item="${CSS.escape(item.id)}"]`);
    const how = outcomeOf(question);
    if (!(element instanceof ItemElement) || how === undefined) return '';
    const { prompt, given, right, why } = element.review(question);
    const isRight = how === 'right';
    return html`<li class="review ${how}">
      <h3>${prompt}</h3>
      <p class="mark">${marks[how]}</p>
      <dl>
        ${lines('Your answer', given)} ${question.solved && !isRight ? lines('The right answer', right) : ''}
        ${question.solved ? lines('Why', why) : ''}
      </dl>
      ${isRight || item.rules.section === null ? '' : html`<p>Read again: ${this.#sectionLink(item.rules.section)}</p>`}
    </li>`;
  }

  #titleOf(page: string): string | undefined {
    return this.#course.course.pages.find(({ id }) => id === page)?.title;
  }

  #sectionLink(section: string) {
    const [page = '', part] = section.split('/');
    const heading = part === undefined ? undefined : document.getElementById(`/${section}`)?.textContent;
    return html`<a href=${pageHref(section)}>${heading ?? this.#titleOf(page)}</a>`;
  }
}
