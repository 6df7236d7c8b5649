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
import { ask, isSuccess, mayPass, openLrs } from './lrs.ts';
import { openSessionStore, type SessionStore } from './session-memory.ts';

/** How often the LMS is tried, and how long the course waits in between, in milliseconds. */
const patience = { rounds: 8, pause: 1000, notice: 500 };

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
  const note = (reloads: boolean) => {
    asked = reloads ? performance.now() : Number.NEGATIVE_INFINITY;
  };
  window.addEventListener('keydown', ({ key, ctrlKey, metaKey }) => {
    if (key === 'F5' || ((ctrlKey || metaKey) && /^r$/i.test(key))) note(true);
  });
  // Not in the browsers of early 2023.
  const navigation: EventTarget | undefined = Reflect.get(window, 'navigation');
  navigation?.addEventListener('navigate', (event) => {
    const type: unknown = Reflect.get(event, 'navigationType');
    if (type === 'reload') note(true);
    else if (performance.now() - asked > reloadTime) note(false);
  });
  return () => performance.now() - asked < reloadTime;
}

/** What the LMS has said of the launch. */
type Briefing = Pick<Cmi5Opening, 'launchData' | 'muted' | 'document' | 'lrs'>;

/** Asks the LMS once; undefined where it can be asked again, null where that is in vain. */
async function brief(
  window: Window,
  parameters: LaunchParameters,
  store: SessionStore,
  isLastRound: boolean,
): Promise<Briefing | undefined | null> {
  const fetch = window.fetch.bind(window);
  let { token } = store.memory;
  if (token === undefined) {
    // POST, and once (cmi5 8.2): it is asked for again only where no answer has come.
    const answer = await ask(fetch, parameters.fetch, { method: 'POST' });
    token = textOf(parseObject(isSuccess(answer) ? answer.text : '')['auth-token']);
    if (token === '') return mayPass(answer) ? undefined : null;
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
  if (data.status === 401 || data.status === 403) return null;
  const launchData = isSuccess(data) ? readLaunchData(data.text, window.location.href) : undefined;
  const exists = isSuccess(document);
  if (!launchData || (!exists && document.status !== 404)) return undefined;
  // What is no JSON may be damaged, or an answer of something else than an LRS.
  const isDoubtful = exists && parseJson(document.text) === undefined;
  if ((isDoubtful || mayPass(preferences)) && !isLastRound) return undefined;
  store.remember({ launchData: data.text, ...(exists ? { document: document.text } : {}) });
  return {
    launchData,
    // cmi5 11.2; the language preference is for courses of several languages.
    muted: isSuccess(preferences) && parseObject(preferences.text)['audioPreference'] === 'off',
    document: { text: exists ? document.text : undefined, etag: document.etag },
    lrs,
  };
}

/** Without a word from the LMS: as it was when the page was loaded before, or as if nothing was known. */
function remembered(
  store: SessionStore,
  base: string,
): Omit<Cmi5Opening, 'parameters' | 'store' | 'live' | 'lrs'> {
  const { launchData, document } = store.memory;
  const unknown: LaunchData = { contextTemplate: {}, recording: true, masteryScore: null, returnUrl: null };
  return {
    launchData: readLaunchData(launchData ?? '', base) ?? unknown,
    muted: false,
    document: { text: document, etag: null },
  };
}

/** Opens a session with the LMS. */
async function openWithLms(parameters: LaunchParameters, options: SessionOptions) {
  const { window, wait, onWaiting } = options;
  const surroundings = { ...options, now: () => Date.now(), isReloading: watchReloads(window) };
  // The address that hands out the token is another one for every session.
  const store = openSessionStore(
    tabStorage(window),
    fingerprint(recordOwner(parameters)),
    fingerprint(parameters.fetch),
  );
  let answered = false;
  if (!store.memory.ended) {
    void wait(patience.notice).then(() => {
      if (!answered) onWaiting();
    });
    for (let round = 1; round <= patience.rounds; round++) {
      const briefing = await brief(window, parameters, store, round === patience.rounds);
      answered = briefing !== undefined;
      if (briefing) return openCmi5Session({ ...briefing, parameters, store, live: true }, surroundings);
      if (briefing === null) break;
      if (round < patience.rounds) await wait(patience.pause);
    }
    answered = true;
  }
  // The LMS can be told nothing in this session. What the learner does is kept on the device, and told in the next one.
  const lrs = async () => ({ status: 0, text: '', etag: null });
  const opening = { ...remembered(store, window.location.href), parameters, store, lrs, live: false };
  return openCmi5Session(opening, surroundings);
}

/** Opens sessions with the LMS that has launched the course. */
export const openCmi5: OpenSession = async (options) => {
  const parameters = readParameters(options.window.location.search);
  return parameters ? openWithLms(parameters, options) : openOnDevice(options);
};
