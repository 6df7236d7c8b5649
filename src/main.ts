/** The composition root: the only file of the player that sees every room. */
import './styles/tokens.css';
import './styles/text.css';
import './styles/quiz.css';
import './styles/print.css';
import { ContextProvider } from '@lit/context';
import { type Attempt, type AttemptEvent, reduceAttempt } from './attempt/attempt.ts';
import { createStore } from './attempt/store.ts';
import { resumeAttempt } from './attempt/suspend-data.ts';
import { defineElements } from './elements/define-elements.ts';
import { type Saving, servicesContext } from './elements/services.ts';
import type { Course } from './model/course.ts';
import { openSession } from './tracking/open-session.ts';
import { startTracker } from './tracking/tracker.ts';

/** The course that the document carries. The build has checked it; see content/render-document.ts. */
function readCourseData(): Course {
  const text = document.getElementById('course-data')?.textContent;
  if (!text) throw new Error('The document carries no course data: build it with `npm run build`.');
  return JSON.parse(text);
}

async function start(): Promise<void> {
  const course = readCourseData();
  const session = await openSession({
    wire: document.documentElement.dataset['wire'],
    window,
    courseId: course.id,
  });
  const { location, suspendData } = session.launch;
  const store = createStore<Attempt, AttemptEvent>(
    (attempt, event) => reduceAttempt(course, attempt, event),
    resumeAttempt(course, suspendData, location),
  );
  const saving = createStore<Saving, Partial<Saving>>((state, change) => ({ ...state, ...change }), {
    keeper: session.keeper,
    state: 'ready',
    savedAt: null,
  });

  const tracker = startTracker({
    course,
    attempts: store,
    session,
    now: () => Date.now(),
    // A little later than the event, so that the page has turned before a slow LMS blocks the browser.
    soon: (task) => window.setTimeout(task, 50),
    onSave: (save) =>
      saving.dispatch({
        keeper: session.keeper,
        state: save.state,
        ...(save.state === 'saved' ? { savedAt: save.at } : {}),
      }),
  });
  new ContextProvider(document.body, {
    context: servicesContext,
    initialValue: { course, store, saving },
  });
  defineElements();

  // After the elements have added theirs, so that the position in the page has been noted before it is saved.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void tracker.save();
  });
  window.addEventListener('pagehide', () => tracker.end());
  // Back from the browser's cache, after the session has ended. On a device one can simply begin anew.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted && session.keeper !== 'lms') window.location.reload();
  });
}

void start();
