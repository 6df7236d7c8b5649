/** `<quiz-result>`: what has been achieved and what is left to do. */
import { html, LitElement } from 'lit';
import type { SuccessStatus } from '../attempt/progress.ts';
import { CourseController } from './course-controller.ts';
import { percent } from './percent.ts';
import { pageHref } from './route.ts';
import { resultText } from './saving-text.ts';

const outcome = { unknown: 'not taken yet', passed: 'passed', failed: 'not passed yet' } satisfies Record<
  SuccessStatus,
  string
>;

export class QuizResult extends LitElement {
  readonly #course = new CourseController(this);

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render() {
    const { attempt, course, progress, saving } = this.#course;
    const { scaled, completion, success, lessonsLeft, done: donePages } = progress;
    const quizPage = course.pages.find(({ kind }) => kind === 'quiz');
    const done = completion === 'completed';
    const needed = percent(course.rules.passing.scaled);
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
                          Read <a href=${pageHref(id)}>${course.pages.find((page) => page.id === id)?.title}</a> to its
                          end
                        </li>`,
                    )
                  : ''
              }
              ${
                quizPage && course.rules.completion.quiz !== 'none' && !donePages.has(quizPage.id)
                  ? html`<li>Pass the <a href=${pageHref(quizPage.id)}>${quizPage.title}</a> with ${needed} or more</li>`
                  : ''
              }
            </ul>`
      }
    </section>`;
  }
}
