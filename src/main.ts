/** The composition root: the only file of the player that sees every room. An entry hands it the wire. */
import './styles/tokens.css';
import './styles/text.css';
import './styles/quiz.css';
import './styles/print.css';
import { ContextProvider } from '@lit/context';
import { createAttemptStore } from './attempt/attempt-store.ts';
import { createStore } from './attempt/store.ts';
import { decodeAttempt, encodeAttempt } from './attempt/suspend-data.ts';
import { showConnecting } from './elements/connecting-notice.ts';
import { defineElements } from './elements/define-elements.ts';
import { createQuietMoment } from './elements/quiet-moment.ts';
import { type Saving, servicesContext } from './elements/services.ts';
import { type Course, recordName } from './model/course.ts';
import { fingerprint, openJournal } from './tracking/journal.ts';
import { resume } from './tracking/resume.ts';
import type { OpenSession } from './tracking/session.ts';
import { createSessionClock } from './tracking/session-clock.ts';
import { openSiblingTabs } from './tracking/sibling-tabs.ts';
import { hasProgressed, startTracker } from './tracking/tracker.ts';

/** The course that the document carries. The build has checked it; see content/render-document.ts. */
function readCourseData(): Course {
  const text = document.getElementById('course-data')?.textContent;
  if (!text) throw new Error('The document carries no course data: build it with `npm run build`.');
  return JSON.parse(text);
}

/** The course with the passing score that the LMS sets, where it sets one. */
function withPassingScore(course: Course, scaled: number | null): Course {
  if (scaled === null) return course;
  const { rules } = course;
  return { ...course, rules: { ...rules, passing: { ...rules.passing, scaled } } };
}

function deviceStorage(): Storage | undefined {
  try {
    // Reading the property throws where storage is denied (sandboxed frames, privacy settings).
    // It is null where Firefox has storage switched off.
    return window.localStorage ?? undefined;
  } catch {
    return undefined;
  }
}

/** Six random letters: enough to tell the attempts and the tabs of one learner apart. */
function newId(): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  return Array.from(bytes, (byte) => letters.charAt(byte % letters.length)).join('');
}

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    window.setTimeout(resolve, milliseconds);
  });

/** How long the end of a session may hold up whoever leaves it, in milliseconds. */
const longestGoodbye = 5000;

/**
 * Starts the player in the document that has been parsed.
 *
 * @param open the wire; each package has the code of its own only (see entries/)
 */
export async function start(open: OpenSession): Promise<void> {
  const carried = readCourseData();
  const now = () => Date.now();
  const clock = createSessionClock(() => performance.now());
  const storage = deviceStorage();
  let hideConnecting = () => {};
  const session = await open({
    window,
    storage,
    course: carried,
    elapsed: clock.elapsed,
    wait,
    onWaiting: () => {
      hideConnecting = showConnecting();
    },
    onElsewhere: (suspendData) => {
      store.dispatch({ type: 'attempt-merged', attempt: decodeAttempt(course, suspendData, '').attempt });
    },
  });
  hideConnecting();

  const { launch } = session;
  if (launch.muted) {
    for (const media of document.querySelectorAll<HTMLMediaElement>('audio, video')) media.muted = true;
  }
  const inLms = session.keeper === 'lms';
  const course = withPassingScore(carried, launch.passingScore);
  const tab = newId();
  const owner = `${recordName(course)}:${fingerprint(`${location.origin} ${inLms ? launch.learner : ''}`)}`;
  // Without an LMS the record itself is on the device.
  const journal = openJournal(inLms && launch.recording ? storage : undefined, owner, tab, now);
  const resumption = resume(course, launch, journal.left, newId);
  journal.adopt(resumption.adopted);

  const store = createAttemptStore(course, resumption.attempt);
  const saving = createStore<Saving, Partial<Saving>>((state, change) => ({ ...state, ...change }), {
    keeper: session.keeper,
    state: 'ready',
    savedAt: null,
    outstanding: 'none',
    elsewhere: false,
  });
  const leave = async () => {
    const saved = tracker.save();
    const patience = wait(longestGoodbye);
    // What the device has can be told in the next session.
    await (journal.place === 'device' ? Promise.race([saved, patience]) : saved);
    // What only this page has is not given up while there is hope.
    if (saving.getState().outstanding === 'memory') return;
    const closed = tracker.end();
    tabs?.close();
    // The LMS is to know of the end before the learner is back there; but nobody waits for long.
    await Promise.race([closed, patience]);
    if (launch.returnTo === null) window.close();
    else window.location.assign(launch.returnTo);
  };
  new ContextProvider(document.body, {
    context: servicesContext,
    initialValue: { course, store, saving, leave },
  });
  defineElements();

  const quietMoment = createQuietMoment();
  const tracker = startTracker({
    course,
    attempts: store,
    session,
    journal,
    resumption,
    now,
    later: quietMoment,
    confirm: session.confirm,
    onSave: (save) =>
      saving.dispatch({
        keeper: session.keeper,
        ...save,
        ...(save.state === 'saved' ? { savedAt: now() } : {}),
      }),
  });
  store.subscribe(clock.touch);

  // Once while all is well, so that it is known later what an answer is worth.
  if (inLms && launch.recording) quietMoment(() => void session.confirm(), 3000);

  const tabs = launch.recording
    ? openSiblingTabs({
        // Of the same package: another activity of the LMS has a copy of its own.
        owner: `${owner}:${fingerprint(location.pathname)}`,
        session: tab,
        attempt: () => ({
          attempt: encodeAttempt(course, store.getState()),
          fresh: !resumption.acknowledged,
        }),
        onAttempt(told) {
          const { attempt } = decodeAttempt(course, told.attempt, '');
          // Two that have begun with nothing become one.
          const same = attempt.id === store.getState().id || (told.fresh && !resumption.acknowledged);
          if (same) store.dispatch({ type: 'attempt-merged', attempt });
          return same;
        },
        onPresence: (elsewhere) => {
          if (elsewhere !== saving.getState().elsewhere) saving.dispatch({ elsewhere });
        },
        later: (task, delay) => window.setTimeout(task, delay),
      })
    : undefined;
  store.subscribe((attempt, before) => {
    if (hasProgressed(before, attempt)) tabs?.tell();
  });
  tabs?.ask();

  // After the elements have added theirs, so that the position in the page has been noted before it is saved.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void tracker.save();
    else tabs?.ask();
  });
  if (inLms) window.addEventListener('offline', tracker.doubt);
  window.addEventListener('online', () => void tracker.save());
  window.addEventListener('pagehide', () => {
    tabs?.close();
    if (inLms) void tracker.end();
    else void tracker.save();
  });
  // Back from the browser's cache. The session with the LMS has ended, and the page says so; a record on the device
  // may have been written by another tab.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted && !inLms) window.location.reload();
  });
}
