import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Launch, LaunchRequest } from '../messages.ts';
import type { ScormApi } from './lms-api.ts';
import { type PreviewRecord, Recording } from './recording.ts';
import { commitStore } from './store-commit.ts';
import './session-inspector.ts';

declare global {
  interface Window {
    /** Where content of SCORM 1.2 finds the LMS. */
    API?: ScormApi;
    /** Where content of SCORM 2004 finds the LMS. */
    API_1484_11?: ScormApi;
    /**
     * What the inspector shows, as data: the session as it stands at the moment of asking. For tests and for
     * the browser's console.
     */
    readonly previewRecord: PreviewRecord | undefined;
  }
}

/** How long the content gets to go before the player leaves without it. */
const LEAVE_PATIENCE = 2000;

/** The page an LMS plays a course in: the API object, the content's frame, and the inspector. */
class PreviewPlayer extends LitElement {
  static override properties = {
    recording: { state: true },
    problem: { state: true },
    inspecting: { state: true },
    leaving: { state: true },
  };
  declare recording: Recording | undefined;
  declare problem: string;
  declare inspecting: boolean;
  declare leaving: boolean;

  constructor() {
    super();
    this.recording = undefined;
    this.problem = '';
    this.inspecting = true;
    this.leaving = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // `beforeunload` comes before any frame's `pagehide`, in which courses end their sessions.
    window.addEventListener('beforeunload', this.#pageLeaves);
    window.addEventListener('pagehide', this.#pageLeaves);
    window.addEventListener('pageshow', this.#pageStays);
    void this.#launch();
  }

  override disconnectedCallback(): void {
    window.removeEventListener('beforeunload', this.#pageLeaves);
    window.removeEventListener('pagehide', this.#pageLeaves);
    window.removeEventListener('pageshow', this.#pageStays);
    super.disconnectedCallback();
  }

  protected override createRenderRoot(): HTMLElement {
    this.replaceChildren();
    return this;
  }

  #pageIsLeaving = false;

  readonly #pageLeaves = () => {
    this.#pageIsLeaving = true;
  };

  readonly #pageStays = () => {
    this.#pageIsLeaving = false;
  };

  async #launch(): Promise<void> {
    const here = new URL(location.href);
    const newAttempt = here.searchParams.get('attempt') === 'new';
    // A reload is the next session of the same attempt, not yet another attempt.
    history.replaceState(null, '', here.pathname);
    try {
      const launch = await askForLaunch(here.pathname, { newAttempt });
      const store = commitStore(launch, () => this.#pageIsLeaving || this.leaving);
      const recording = new Recording(launch, store);
      // Both must be there before the content's first script runs: the frame is drawn after this.
      Object.defineProperty(window, 'previewRecord', { get: () => recording.snapshot() });
      window[launch.edition === '1.2' ? 'API' : 'API_1484_11'] = recording.api;
      this.recording = recording;
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
    }
  }

  readonly #toggleInspector = () => {
    this.inspecting = !this.inspecting;
  };

  /** Empties the frame first, so that the course can end its session while this page can still store it. */
  readonly #leave = () => {
    const frame = this.querySelector('iframe');
    this.leaving = true;
    const goBack = () => location.assign('/');
    if (!frame) {
      goBack();
      return;
    }
    frame.addEventListener('load', goBack, { once: true });
    setTimeout(goBack, LEAVE_PATIENCE);
    frame.contentWindow?.location.replace('about:blank');
  };

  protected override render(): TemplateResult {
    const launch = this.recording?.launch;
    return html`
      <header class="top">
        <p class="brand">
          <a href="/" title="Back to the shelf" @click=${this.#leaveByLink}><img src="/assets/icon.svg" alt="Preview LMS" width="28" height="28" /></a>
        </p>
        <h1>${launch?.title ?? 'Preview LMS'}</h1>
        ${
          launch
            ? html`<p class="about"><span class="edition">${launch.editionLabel}</span> Attempt ${launch.attempt}</p>`
            : nothing
        }
        <p class="actions">
          <button
            type="button"
            class="button"
            aria-expanded=${this.inspecting}
            aria-controls="inspector"
            @click=${this.#toggleInspector}
          >
            Inspector
          </button>
          <button type="button" class="button primary" ?disabled=${this.leaving} @click=${this.#leave}>Leave</button>
        </p>
      </header>
      ${this.problem ? html`<main class="problem"><p class="notice bad" role="alert">${this.problem}</p></main>` : nothing}
      ${launch ? this.#stage(launch) : nothing}
    `;
  }

  readonly #leaveByLink = (event: Event) => {
    event.preventDefault();
    this.#leave();
  };

  #stage({ contentUrl, title }: Launch) {
    return html`<div class="stage">
      <main><iframe src=${contentUrl} title="Course: ${title}" allow="fullscreen; autoplay"></iframe></main>
      <aside id="inspector" class="inspector" aria-label="Inspector" ?hidden=${!this.inspecting}>
        <session-inspector .recording=${this.recording}></session-inspector>
      </aside>
    </div>`;
  }
}

async function askForLaunch(playPath: string, request: LaunchRequest): Promise<Launch> {
  const response = await fetch(`${playPath.replace(/^\/play\//, '/api/packages/')}sessions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(request),
  }).catch(() => undefined);
  if (!response) {
    throw new Error("The preview's server does not answer. Is npm start still running?");
  }
  const answer = await response.json();
  if (!response.ok) throw new Error(`The package could not be launched: ${answer.error}`);
  return answer;
}

customElements.define('preview-player', PreviewPlayer);
