/**
 * `<save-line>`: whether progress is being kept, and where. Quiet, and true: what is wrong stands there as long as
 * it is wrong, and cannot be put away.
 *
 * Screen readers are told when something has gone wrong, once, and when it is well again; never of ordinary saves.
 * So the words that are told stand in a live region, and the others beside it.
 */
import { css, html, LitElement, nothing } from 'lit';
import { chromeStyles } from './chrome-styles.ts';
import { CourseController } from './course-controller.ts';
import { settling } from './live-region.ts';
import {
  elsewhereAdvice,
  elsewhereText,
  lineText,
  savedAgain,
  troubleAdvice,
  troubleText,
} from './saving-text.ts';
import type { Saving } from './services.ts';

export class SaveLine extends LitElement {
  static override styles = [
    chromeStyles,
    css`
      :host {
        font-size: var(--text-small);
        line-height: 1.4;
        color: var(--ink-soft);
      }
      .trouble {
        color: var(--bad);
        font-weight: 600;
      }
      .elsewhere {
        display: inline-block;
      }
      button {
        min-block-size: 1.5rem;
        padding: 0;
        border: 0;
        background: none;
        color: var(--link);
        text-decoration: underline;
        cursor: pointer;
      }
      [popover] {
        position: fixed;
        inset: calc(var(--header-size, var(--bar-size)) + 0.5rem) var(--gutter) auto auto;
        inline-size: min(100vw - 2 * var(--gutter), 26rem);
        max-block-size: calc(100vh - var(--header-size, var(--bar-size)) - 1rem);
        padding: 1rem 1.25rem;
        overflow-y: auto;
        border: 1px solid var(--line-strong);
        border-inline-start: 4px solid var(--mark);
        border-radius: var(--radius);
        background: var(--surface);
        color: var(--ink);
        line-height: 1.5;
        text-align: start;
        box-shadow: var(--shadow);
      }
      p {
        margin: 0 0 0.5rem;
      }
      p:last-child {
        margin: 0;
      }
      /* Where the line begins at the edge, and where it stands at the window's foot; see course-player. */
      @media (max-width: 63.99rem), (max-height: 24rem) {
        [popover] {
          inset-inline: var(--gutter) auto;
        }
      }
      @media (max-height: 24rem) {
        [popover] {
          inset-block: auto 3.5rem;
          max-block-size: calc(100vh - 4rem);
        }
      }
      /* Browsers without popovers show the line without advice. */
      @supports not selector(:popover-open) {
        button,
        [popover] {
          display: none;
        }
      }
    `,
  ];

  static override properties = {
    trouble: { type: Boolean, reflect: true },
    long: { type: Boolean, reflect: true },
  };

  /** Whether something is wrong. */
  declare trouble: boolean;
  /** Whether the line says more than a word or two. */
  declare long: boolean;

  readonly #course = new CourseController(this);
  #saving: Saving | undefined;
  /** The keeper has refused and has not taken anything since: trying again does not make that untrue. */
  #unsaved = false;
  /** It has just taken everything, after it had refused. */
  #again = false;
  #elsewhere = false;
  /** Whether the live region is listened to. */
  #settled = false;

  protected override willUpdate(): void {
    const { saving } = this.#course;
    if (saving === this.#saving) return;
    this.#saving = saving;
    const { keeper, state, elsewhere } = saving;
    this.#again = this.#unsaved && state === 'saved';
    this.#unsaved = state === 'unsaved' || (this.#unsaved && state === 'saving');
    this.trouble = state !== 'off' && (this.#unsaved || keeper === 'memory');
    // Two tabs matter only where something is kept.
    this.#elsewhere = elsewhere && state !== 'off' && keeper !== 'memory';
    this.long = this.trouble || this.#elsewhere || state === 'off';
  }

  protected override firstUpdated(): void {
    window.setTimeout(() => {
      this.#settled = true;
      this.requestUpdate();
    }, settling);
  }

  protected override render() {
    const { saving } = this.#course;
    const text = this.trouble ? troubleText(saving) : lineText(saving);
    const told = this.#again ? savedAgain(saving) : this.trouble && this.#settled ? text : '';
    const emphasis = this.trouble ? 'trouble' : '';
    const advice = [
      ...(this.trouble ? troubleAdvice(saving, this.#course.course.items.length > 0) : []),
      ...(this.#elsewhere ? [`${elsewhereText} ${elsewhereAdvice(saving)}`] : []),
    ];
    // Whoever is at the button keeps it, also when there is nothing to advise any more.
    const kept = this.renderRoot.querySelector(':focus') !== null;
    return html`
      <span class=${emphasis}>${told === '' ? text : ''}</span>
      <span role="status" aria-atomic="false">
        <span class=${emphasis}>${told}</span>
        ${
          this.#elsewhere && this.#settled
            ? html`&ensp;<span class="elsewhere">
                ${elsewhereText}<span class="visually-hidden"> ${elsewhereAdvice(saving)}</span>
              </span>`
            : ''
        }
      </span>
      ${
        advice.length > 0 || kept
          ? html`<button
                class="stuck"
                type="button"
                popovertarget="advice"
                aria-label="More about saving"
                @focusout=${() => this.requestUpdate()}
              >
                More
              </button>
              <div id="advice" popover role="group" aria-label="About saving" tabindex="0">
                ${(advice.length > 0 ? advice : [savedAgain(saving)]).map((paragraph) => html`<p>${paragraph}</p>`)}
              </div>`
          : nothing
      }
    `;
  }
}
