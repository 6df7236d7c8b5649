import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { LatestAttempt, PlayablePackage, Shelf, ShelfPackage } from '../messages.ts';
import { describeScore, readResults } from './results.ts';
import { chip, lastUsed } from './words.ts';

const LAUNCH_LABEL = {
  start: 'Start',
  resume: 'Resume',
  'start-again': 'Start again',
} as const satisfies Record<PlayablePackage['next'], string>;

/** When the shelf looks again after the learner has come back to it, in milliseconds. */
const SECOND_LOOK = 1000;

/** The shelf: the packages that were built, and how far the latest attempt at each has come. */
class PreviewShelf extends LitElement {
  static override properties = { shelf: { state: true }, problem: { state: true } };
  declare shelf: Shelf | undefined;
  declare problem: string;

  constructor() {
    super();
    this.shelf = undefined;
    this.problem = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Coming back to this page, by whatever way, shows what has been recorded meanwhile.
    window.addEventListener('pageshow', this.#comeBack);
    document.addEventListener('visibilitychange', this.#comeBack);
  }

  override disconnectedCallback(): void {
    window.removeEventListener('pageshow', this.#comeBack);
    document.removeEventListener('visibilitychange', this.#comeBack);
    super.disconnectedCallback();
  }

  /** In the page's own tree: one stylesheet serves all. */
  protected override createRenderRoot(): HTMLElement {
    this.replaceChildren();
    return this;
  }

  readonly #comeBack = async () => {
    if (document.visibilityState === 'hidden') return;
    await this.#refresh();
    // A page that was closed sends its last commit as a beacon, which may arrive after this page's first look.
    setTimeout(() => void this.#refresh(), SECOND_LOOK);
  };

  async #refresh(): Promise<void> {
    try {
      const response = await fetch('/api/packages');
      if (!response.ok) throw new Error(`the server answered ${response.status}`);
      this.shelf = await response.json();
      this.problem = '';
    } catch (error) {
      this.problem = `The preview's server does not answer (${error instanceof Error ? error.message : error}). Is npm start still running?`;
    }
  }

  protected override render(): TemplateResult {
    return html`
      <header class="top">
        <p class="brand"><img src="/assets/icon.svg" alt="" width="28" height="28" /> Preview LMS</p>
      </header>
      <main class="shelf">
        <h1>Try your packages</h1>
        <p class="lead">
          Take the module as a learner would, and see what an LMS records: status, score, progress, every answer.
          Nothing leaves this machine.
        </p>
        ${this.problem ? html`<p class="notice bad" role="alert">${this.problem}</p>` : nothing}
        ${this.shelf?.setAside.map(
          (file) => html`<p class="notice bad" role="alert">
            A file of attempts could not be read and was set aside: <code>${file}</code>. Recording goes on in a new
            file. Delete the one set aside when you do not need it.
          </p>`,
        )}
        ${this.shelf ? this.#packages(this.shelf) : html`<p class="loading">Reading the shelf …</p>`}
      </main>
      ${
        this.shelf
          ? html`<footer class="foot">
              <p>
                Attempts are kept in <code>${this.shelf.attemptsFolder}</code>. Delete that folder, or one file in
                it, to forget them. The learner is always “Sample, Learner”.
              </p>
            </footer>`
          : nothing
      }
    `;
  }

  #packages({ packages, packagesFolder }: Shelf) {
    if (packages.length === 0) {
      return html`<div class="empty">
        <h2>No packages yet</h2>
        <p>
          There is no zip in <code>${packagesFolder}</code>. Run <code>npm run build</code>, then come back to this
          page.
        </p>
      </div>`;
    }
    const isElsewhere = (each: ShelfPackage) => each.kind === 'unplayable' && each.isForElsewhere;
    const here = packages.filter((each) => !isElsewhere(each));
    const programs = [...new Set(here.map(programOf))];
    return html`
      ${programs.map(
        (program) => html`
          <h2>${program}</h2>
          <ul class="cards">
            ${here.map((each, index) =>
              programOf(each) === program ? html`<li>${card(each, `package-${index}`)}</li>` : nothing,
            )}
          </ul>
        `,
      )}
      ${
        here.length < packages.length
          ? html`
              <h2>Built for other places</h2>
              <p class="hint">This preview plays SCORM. These are for an LMS with cmi5, or for a web server.</p>
              <ul class="files">
                ${packages.filter(isElsewhere).map(({ file }) => html`<li><code>${file}</code></li>`)}
              </ul>
            `
          : nothing
      }
    `;
  }
}

/** The folder of a package names the training program that it is for. */
const programOf = (each: ShelfPackage): string => each.package.split('/')[0] ?? '';

function card(each: ShelfPackage, id: string) {
  if (each.kind === 'unplayable') {
    return html`<article class="card" aria-labelledby=${id}>
      <h3 id=${id}>${each.package}</h3>
      <p class="notice bad">${each.problem}</p>
      <p class="file"><code>${each.file}</code></p>
    </article>`;
  }
  const { title, editionLabel, file, playUrl, next, latest } = each;
  const name = `${title}, ${editionLabel}`;
  return html`<article class="card" aria-labelledby="${id} ${id}-edition">
    <p class="edition" id="${id}-edition">${editionLabel}</p>
    <h3 id=${id}>${title}</h3>
    <p class="file"><code>${file}</code></p>
    ${latest ? attempt(each, latest) : html`<p class="untouched">Not started.</p>`}
    <p class="actions">
      <a class="button primary" href=${playUrl} aria-label="${LAUNCH_LABEL[next]}: ${name}">${LAUNCH_LABEL[next]}</a>
      ${
        next === 'resume'
          ? html`<a class="button" href="${playUrl}?attempt=new" aria-label="New attempt: ${name}">New attempt</a>`
          : nothing
      }
    </p>
  </article>`;
}

function attempt({ edition, next, attempts }: PlayablePackage, latest: LatestAttempt) {
  const results = readResults(edition, latest.values);
  return html`
    <dl class="results">
      <div><dt>Attempt</dt><dd>${latest.number}${attempts > 1 ? `, ${attempts - 1} earlier kept` : ''}</dd></div>
      ${results.statuses.map((each) => html`<div><dt>${each.label}</dt><dd>${chip(each)}</dd></div>`)}
      <div><dt>Score</dt><dd>${describeScore(results) || 'none yet'}</dd></div>
      <div><dt>Last used</dt><dd>${lastUsed(latest.lastUsed)}</dd></div>
    </dl>
    ${
      latest.ended
        ? nothing
        : html`<p class="hint">
            The course has not ended its last session: it is open in another window, or was left without
            ${edition === '1.2' ? 'LMSFinish' : 'Terminate'}. What it committed is kept.
          </p>`
    }
    ${
      next === 'start-again'
        ? html`<p class="hint">
            The last session did not end with the exit “suspend”, so SCORM 2004 starts a new attempt. The results above
            are kept.
          </p>`
        : nothing
    }
  `;
}

customElements.define('preview-shelf', PreviewShelf);
