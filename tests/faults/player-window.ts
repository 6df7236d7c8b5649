/**
 * The LMS's page as the browser runs it: the strict LMS as the API, which sends what it keeps to the server as Moodle
 * does, by synchronous requests. What has not arrived there when the tab dies is lost.
 */
import { type Call, type Edition, StrictLms, type Values } from '../fixtures/strict-lms.ts';
import type { RunSettings } from './launch-settings.ts';

/** What tests find on the window of the LMS. */
export interface PlayerWindow extends Window {
  /** Put there by the server. */
  readonly launchSettings: RunSettings;
  lms: StrictLms;
  /** The LMS of the other edition, where both are offered. */
  otherLms: StrictLms;
  /** Puts the API where the course can find it. */
  offerApi(): void;
}

/** For how long after the learner's last movement the page counts as being scrolled or typed in. */
const busyFor = 100;

const player = window as unknown as PlayerWindow;
const settings = player.launchSettings;
const address = `/lms/${settings.run}`;

let leaving = false;
window.addEventListener('pagehide', () => {
  leaving = true;
});

/** As Moodle: a synchronous request, and what is not "true" is a failure. */
function keep(values: Values, terminates: boolean): boolean {
  const path = `${address}/keep${terminates ? '?terminates' : ''}`;
  const body = JSON.stringify(values);
  const request = new XMLHttpRequest();
  request.open('POST', path, false);
  try {
    request.send(body);
  } catch {
    // The network is down; or the course is being left, when Chromium lets nothing through but beacons.
    return settings.leaving === 'beacon' && navigator.sendBeacon(path, body);
  }
  return request.status === 200 && request.responseText === 'true';
}

/** Waits as a page does whose server is slow. The clock of the page may be a false one, so it is not asked. */
function wait(milliseconds: number): void {
  if (milliseconds === 0) return;
  const request = new XMLHttpRequest();
  request.open('GET', `/lms/wait?${milliseconds}`, false);
  try {
    request.send();
  } catch {
    // The page is being left, and Chromium waits for nothing.
  }
}

// What the learner is doing.

let last: { readonly what: string; readonly at: number } | undefined;

function watch(course: Window): void {
  const note = (what: string) => () => {
    last = { what, at: performance.now() };
  };
  for (const type of ['wheel', 'touchmove'])
    course.addEventListener(type, note('scrolling'), { capture: true, passive: true });
  course.addEventListener('keydown', note('typing'), { capture: true });
}

/** Watches the course where it can be reached: down the only frame of each window. */
function watchFrames(): void {
  try {
    let course: Window = window;
    while (course.frames[0]) course = course.frames[0];
    watch(course);
  } catch {
    // Of another origin.
  }
}
// The load of a frame does not bubble, but is seen on the way down.
window.addEventListener('load', watchFrames, { capture: true });

const activity = () => (last && performance.now() - last.at < busyFor ? last.what : undefined);

// What the course has called goes to the server too, so that it is known after the page has gone.

/** Calls and violations that have not been sent; and how many have. */
let unsent: { from: number; calls: Call[]; violations: string[] } = { from: 0, calls: [], violations: [] };

function send(): void {
  const { from, calls, violations } = unsent;
  if (calls.length + violations.length === 0) return;
  unsent = { from: from + calls.length, calls: [], violations: [] };
  const body = JSON.stringify({ from, calls, violations });
  // A beacon outlives the page, but its quota is small.
  if (leaving && navigator.sendBeacon(`${address}/calls`, body)) return;
  void fetch(`${address}/calls`, { method: 'POST', body }).catch(() => undefined);
}

function sendSoon(): void {
  if (leaving) send();
  else if (unsent.calls.length + unsent.violations.length === 1) queueMicrotask(send);
}

const surroundings = {
  keep,
  wait,
  activity,
  onCall(call: Call) {
    unsent.calls.push(call);
    sendSoon();
  },
  onViolation(violation: string) {
    unsent.violations.push(violation);
    sendSoon();
  },
};

player.lms = new StrictLms(settings.edition, settings.values, settings.faults, surroundings);
const other: Edition = settings.edition === '1.2' ? '2004' : '1.2';
player.otherLms = new StrictLms(other);
player.offerApi = () => {
  Reflect.set(window, player.lms.apiName, player.lms.api);
};
if (settings.offersBoth) Reflect.set(window, player.otherLms.apiName, player.otherLms.api);
if (settings.arrives === undefined) player.offerApi();
else if (settings.arrives !== 'when told') setTimeout(player.offerApi, settings.arrives);
