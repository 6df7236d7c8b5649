/** The wire of cmi5: opens a session with the LMS that has launched the course, and goes on without one where none has. */
import { fingerprint } from '../journal.ts';
import { openOnDevice } from '../local/local-session.ts';
import type { OpenSession, SessionOptions } from '../session.ts';
import { type Cmi5Opening, openCmi5Session, stateId, stateQuery } from './cmi5-session.ts';
import { parseJson, parseObject, textOf } from './json.ts';
import {
  type LaunchData,
  type LaunchParameters,
  readLaunchData,
  readParameters,
  recordOwner,
} from './launch-data.ts';
import { ask, isSuccess, type Lrs, mayPass, openLrs } from './lrs.ts';
import { openSessionStore, type SessionStore } from './session-memory.ts';
import { type Version, versionOf } from './state-document.ts';

/**
 * How often the LMS is tried, how long the course waits in between, and after what time it is not tried again, in
 * milliseconds. More often where the browser stores nothing: what the learner does without the LMS would be gone with the
 * page.
 */
const patience = { rounds: 8, roundsWithoutStorage: 60, pause: 1000, time: 60_000, notice: 500 };

/** How long the token is waited for, in milliseconds. Longer than for anything else: it is handed out once. */
const tokenPatience = 60_000;

/** How long another page of the session is given to go, in milliseconds: the one that is being loaded anew, say. */
const handover = 2000;

/** How long after the learner has asked for it a page is loaded anew at the latest, in milliseconds. */
const reloadTime = 5000;

/** Storage of the tab; undefined where the browser denies it. */
function tabStorage(window: Window): Storage | undefined {
  try {
    return window.sessionStorage ?? undefined;
  } catch {
    return undefined;
  }
}

/**
 * Tells whether a page that is leaving is going to be loaded anew, as far as that can be known: then the session goes
 * on. Of a button of the browser nothing is heard.
 */
function watchReloads(window: Window): () => boolean {
  const { performance } = window;
  let asked = Number.NEGATIVE_INFINITY;
  const note = () => {
    asked = performance.now();
  };
  window.addEventListener('keydown', ({ key, ctrlKey, metaKey }) => {
    if (key === 'F5' || ((ctrlKey || metaKey) && /^r$/i.test(key))) note();
  });
  // Not in the browsers of early 2023.
  const navigation: EventTarget | undefined = Reflect.get(window, 'navigation');
  navigation?.addEventListener('navigate', (event) => {
    if (Reflect.get(event, 'navigationType') === 'reload') note();
  });
  return () => performance.now() - asked < reloadTime;
}

/**
 * Takes the session for this page, as long as the page lives. A tab that is duplicated has the token too, and two pages
 * cannot both be the one that says `terminated`, last (cmi5 9.3.8).
 *
 * @returns false where another page has it. Where the browser cannot tell (no https, a sandbox), there is none.
 */
function takeSession({ navigator }: Window, name: string): Promise<boolean> {
  return new Promise((resolve) => {
    if (!navigator?.locks) return resolve(true);
    const held = () => {
      resolve(true);
      return new Promise<never>(() => undefined);
    };
    navigator.locks
      .request(name, { signal: AbortSignal.timeout(handover) }, held)
      .catch(({ name: reason }: DOMException) => resolve(!/^(Timeout|Abort)Error$/.test(reason)));
  });
}

/** What the LMS has said of the launch. */
type Briefing = Pick<Cmi5Opening, 'launchData' | 'muted' | 'document' | 'lrs'>;

/** Asks the LMS once: it can be asked again where it has not answered, unless that is in vain. */
async function brief(
  window: Window,
  parameters: LaunchParameters,
  store: SessionStore,
  isLastRound: boolean,
): Promise<Briefing | 'again' | 'in vain'> {
  const fetch = window.fetch.bind(window);
  let { token } = store.memory;
  if (token === undefined) {
    // POST, and once (cmi5 8.2): it is asked for again only where no answer has come.
    const signal = AbortSignal.timeout(tokenPatience);
    const answer = await ask(fetch, parameters.fetch, { method: 'POST', signal });
    token = textOf(parseObject(isSuccess(answer) ? answer.text : '')['auth-token']);
    if (token === '') return mayPass(answer) ? 'again' : 'in vain';
    store.remember({ token });
  }
  const lrs = openLrs(fetch, parameters.endpoint, token);
  const [data, document, preferences] = await Promise.all([
    lrs({ resource: 'activities/state', query: stateQuery(parameters, 'LMS.LaunchData') }),
    lrs({ resource: 'activities/state', query: stateQuery(parameters, stateId) }),
    // cmi5 11: before `initialized`. It is not there where the learner has none, and may be forbidden.
    lrs({
      resource: 'agents/profile',
      query: { agent: parameters.agent, profileId: 'cmi5LearnerPreferences' },
    }),
  ]);
  if (data.status === 401 || data.status === 403) return 'in vain';
  const launchData = isSuccess(data) ? readLaunchData(data.text, window.location.href) : undefined;
  // Some LRSs say 204 of a document that is not there.
  const isMissing = document.status === 404 || document.status === 204;
  if (!launchData || !(isMissing || isSuccess(document))) return 'again';
  const text = isMissing ? undefined : document.text;
  // What is no JSON may be damaged, or an answer of something else than an LRS.
  const isDoubtful = text !== undefined && parseJson(text) === undefined;
  if ((isDoubtful || mayPass(preferences)) && !isLastRound) return 'again';
  // cmi5 11.2; the language preference is for courses of several languages.
  const muted = mayPass(preferences)
    ? store.memory.muted === true
    : isSuccess(preferences) && parseObject(preferences.text)['audioPreference'] === 'off';
  store.remember({ launchData: data.text, muted, ...(text === undefined ? {} : { document: text }) });
  return { launchData, muted, document: { text, version: versionOf(text, document.etag) }, lrs };
}

const nobody: Lrs = async () => ({ status: 0, text: '', etag: null });

/**
 * Without a word from the LMS: as it was when the page was loaded before, or as if nothing was known.
 *
 * @param isOver nothing can be told in this session any more
 */
function remembered(
  window: Window,
  parameters: LaunchParameters,
  store: SessionStore,
  isOver: boolean,
): Briefing & Pick<Cmi5Opening, 'live'> {
  const { token, launchData: data = '', document: text, muted = false } = store.memory;
  const unknown: LaunchData = { contextTemplate: {}, recording: true, masteryScore: null, returnUrl: null };
  const launchData = readLaunchData(data, window.location.href);
  const version: Version = text === undefined ? 'none' : 'unseen';
  const known = { launchData: launchData ?? unknown, muted, document: { text, version } };
  // The session goes on: it is only that the LMS does not answer at the moment.
  if (launchData && token !== undefined && !isOver)
    return { ...known, lrs: openLrs(window.fetch.bind(window), parameters.endpoint, token), live: true };
  // The LMS can be told nothing in this session. What the learner does is kept on the device, and told in the next one.
  return { ...known, lrs: nobody, live: false };
}

/** Opens a session with the LMS. */
async function openWithLms(parameters: LaunchParameters, options: SessionOptions) {
  const { window, storage, wait, onWaiting } = options;
  const surroundings = { ...options, now: () => Date.now(), isReloading: watchReloads(window) };
  // The address that hands out the token is another one for every session.
  const session = fingerprint(parameters.fetch);
  const store = openSessionStore(tabStorage(window), fingerprint(recordOwner(parameters)), session);
  let answered = false;
  void wait(patience.notice).then(() => {
    if (!answered) onWaiting();
  });
  const isOurs = !store.memory.ended && (await takeSession(window, `course-session:${session}`));
  const rounds = storage ? patience.rounds : patience.roundsWithoutStorage;
  const { performance } = window;
  const begun = performance.now();
  const isLate = () => performance.now() - begun > patience.time;
  let briefing: Briefing | 'again' | 'in vain' = isOurs ? 'again' : 'in vain';
  for (let round = 1; briefing === 'again' && round <= rounds && !isLate(); round++) {
    if (round > 1) await wait(patience.pause);
    briefing = await brief(window, parameters, store, round === rounds);
  }
  answered = true;
  const opening =
    typeof briefing === 'string'
      ? remembered(window, parameters, store, briefing === 'in vain')
      : { ...briefing, live: true };
  return openCmi5Session({ ...opening, parameters, store }, surroundings);
}

/** Opens sessions with the LMS that has launched the course. */
export const openCmi5: OpenSession = async (options) => {
  const parameters = readParameters(options.window.location.search);
  return parameters ? openWithLms(parameters, options) : openOnDevice(options);
};
