import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Values } from '../messages.ts';
import { type ApiCall, toneOf } from './call-log.ts';
import type { PreviewRecord, Recording } from './recording.ts';
import { describeRawScore, type Interaction, type Results, readResults } from './results.ts';
import { chip, clock, count } from './words.ts';

/** What is being recorded now, drawn from {@link PreviewRecord} after every call of the course. */
export class SessionInspector extends LitElement {
  static override properties = { recording: { attribute: false } };
  declare recording: Recording | undefined;
  #stop: () => void = () => undefined;

  override disconnectedCallback(): void {
    this.#stop();
    super.disconnectedCallback();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('recording')) return;
    this.#stop();
    this.#stop = this.recording?.subscribe(() => this.requestUpdate()) ?? (() => undefined);
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.recording) return nothing;
    const record = this.recording.snapshot();
    const results = readResults(record.edition, record.data);
    return html`
      <h2 class="inspector-title">What the LMS records</h2>
      ${storing(record)}
      ${
        record.notRestored.length > 0
          ? html`<p class="notice bad">
              Not taken back from the earlier session: ${record.notRestored.join(', ')}
            </p>`
          : nothing
      }
      <section aria-labelledby="inspect-result">
        <h3 id="inspect-result">Result</h3>
        <dl class="results">
          ${results.statuses.map((each) => html`<div><dt>${each.label}</dt><dd>${chip(each)}</dd></div>`)}
          ${term('Score', describeRawScore(results))}
          ${
            record.edition === '2004'
              ? html`${term('Scaled score', results.scoreScaled)} ${progress(results.progressMeasure)}`
              : nothing
          }
          ${term('Location', results.location, 'code')} ${term('Session time', results.sessionTime, 'code')}
          ${term('Total time', results.totalTime, 'code')} ${term('Exit', results.exit, 'code')}
          ${term('Entry', record.entry, 'code')}
        </dl>
      </section>
      ${suspendData(results, this.recording.launch.suspendDataLimit)} ${interactions(results.interactions)}
      ${calls(record.calls)} ${dataModel(record.data)}
    `;
  }
}

function storing({ state, lastCommit, unsaved }: PreviewRecord) {
  const session = {
    waiting: 'The course has not called the LMS yet.',
    running: 'Session running.',
    ended: 'The course has ended its session.',
  }[state];
  if (lastCommit && !lastCommit.stored) {
    return html`<p class="storing bad" role="alert">
      ${session} The commit at ${clock(lastCommit.at)} could not be stored. Is npm start still running?
    </p>`;
  }
  const saved = lastCommit
    ? html`Last stored at ${clock(lastCommit.at)}.`
    : state === 'waiting'
      ? ''
      : 'Nothing stored yet.';
  return html`<p class="storing ${unsaved ? 'open' : ''}">
    ${session} ${saved} ${unsaved ? 'The course has set values since.' : ''}
  </p>`;
}

function term(label: string, value: string, kind: 'text' | 'code' = 'text') {
  const shown =
    value === ''
      ? html`<span class="unset">not set</span>`
      : kind === 'code'
        ? html`<code>${value}</code>`
        : value;
  return html`<div><dt>${label}</dt><dd>${shown}</dd></div>`;
}

function progress(measure: string) {
  if (measure === '') return term('Progress', '');
  const percent = Math.round(Number(measure) * 100);
  return html`<div>
    <dt>Progress</dt>
    <dd class="measured">
      <meter min="0" max="1" value=${measure} aria-label="Progress measure"></meter> ${percent} %
    </dd>
  </div>`;
}

function suspendData({ suspendData: data }: Results, limit: number) {
  return html`<details>
    <summary>
      <h3>Suspend data</h3>
      <span class="amount ${data.length > limit ? 'bad' : ''}">${count(data.length)} of ${count(limit)}</span>
    </summary>
    <div class="body">
      <p>${count(data.length)} characters; this edition allows ${count(limit)}.</p>
      ${data ? html`<pre tabindex="0" aria-label="Suspend data">${data}</pre>` : html`<p class="unset">Nothing yet.</p>`}
    </div>
  </details>`;
}

function interactions(all: readonly Interaction[]) {
  return html`<details>
    <summary><h3>Interactions</h3><span class="amount">${count(all.length)}</span></summary>
    ${
      all.length === 0
        ? html`<p class="body unset">No question answered yet.</p>`
        : html`<div class="body wide" tabindex="0" role="region" aria-label="Interactions">
            <table>
              <thead>
                <tr><th scope="col">No.</th><th scope="col">Id</th><th scope="col">Result</th><th scope="col">Response</th><th scope="col">Correct</th><th scope="col">Type</th><th scope="col">Latency</th></tr>
              </thead>
              <tbody>
                ${all.map(
                  (each) => html`<tr>
                    <td>${each.number}</td>
                    <th scope="row">${each.id}</th>
                    <td>${each.result}</td>
                    <td><code>${each.response}</code></td>
                    <td><code>${each.correct}</code></td>
                    <td>${each.type}</td>
                    <td>${each.latency}</td>
                  </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
  </details>`;
}

function calls(all: readonly ApiCall[]) {
  const loud = all.filter((each) => toneOf(each) === 'loud').length;
  return html`<details open>
    <summary>
      <h3>API calls</h3>
      <span class="amount ${loud > 0 ? 'bad' : ''}">
        ${count(all.length)}${loud > 0 ? `, ${count(loud)} with errors` : ''}
      </span>
    </summary>
    ${all.length === 0 ? html`<p class="body unset">None yet.</p>` : nothing}
    <ol class="calls" reversed aria-label="API calls, newest first" tabindex="0">
      ${repeat(
        all.toReversed(),
        (each) => each.number,
        (each) => html`<li class=${toneOf(each)}>
          <span class="call"><b>${each.method}</b>(<span class="args">${describeArgs(each)}</span>)</span>
          <span class="outcome">
            → <code>${JSON.stringify(each.result)}</code>
          </span>
          <span class="when">${clock(each.time)} · ${each.latency} ms</span>
          ${each.error === '0' ? nothing : html`<span class="error">Error ${each.error}: ${each.errorText}</span>`}
        </li>`,
      )}
    </ol>
  </details>`;
}

/** Long values are cut for the eye; `window.previewRecord` has them whole. */
function describeArgs({ args }: ApiCall): string {
  return args
    .map((arg) =>
      JSON.stringify(arg.length > 200 ? `${arg.slice(0, 200)} … (${count(arg.length)} characters)` : arg),
    )
    .join(', ');
}

function dataModel(data: Values) {
  const elements = Object.entries(data).sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  return html`<details>
    <summary><h3>Data model</h3><span class="amount">${count(elements.length)} elements</span></summary>
    <dl class="body">
      ${elements.map(([element, value]) => html`<div class="element"><dt><code>${element}</code></dt><dd>${value}</dd></div>`)}
    </dl>
  </details>`;
}

customElements.define('session-inspector', SessionInspector);
