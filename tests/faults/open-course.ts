/** A course that is open in the fake LMS: how a fault handles it, what it asks of it, and what it finds out. */
import { type BrowserContext, expect, type Frame, type Page } from '@playwright/test';
import type { Item } from '../../src/items/items.ts';
import type { Course } from '../../src/model/course.ts';
import { askedIn, handlingOf, heldBy, seeAsked } from '../e2e/answering.ts';
import { answerAtOnce, heading, openPage, press, readToEnd, turnTo } from '../e2e/course-test.ts';
import type { Call, PlainFaults, Values } from '../fixtures/strict-lms.ts';
import type { LaunchSettings } from './launch-settings.ts';
import { levelsOf, opensWindow } from './lms-pages.ts';
import type { LmsAttempt, LmsServer, Run } from './lms-server.ts';
import type { PlayerWindow } from './player-window.ts';

/** What a test says of a launch, as to the browser. */
export interface LaunchOptions extends LaunchSettings {
  /** The course in the package, where it is not that of the program `default`. */
  readonly course?: Course;
  /** What the device has stored for the course's origin before the launch. */
  readonly device?: Values;
  /** The page's clock can be wound (`passTime`). */
  readonly clock?: boolean;
  /** Launch, but do not wait until the course can be read. */
  readonly early?: boolean;
}

/** The elements that both editions have, by the names of each. */
export const elementNames = {
  '1.2': {
    location: 'cmi.core.lesson_location',
    entry: 'cmi.core.entry',
    exit: 'cmi.core.exit',
    mode: 'cmi.core.lesson_mode',
    credit: 'cmi.core.credit',
    raw: 'cmi.core.score.raw',
    sessionTime: 'cmi.core.session_time',
    totalTime: 'cmi.core.total_time',
    learner: 'cmi.core.student_id',
  },
  '2004': {
    location: 'cmi.location',
    entry: 'cmi.entry',
    exit: 'cmi.exit',
    mode: 'cmi.mode',
    credit: 'cmi.credit',
    raw: 'cmi.score.raw',
    sessionTime: 'cmi.session_time',
    totalTime: 'cmi.total_time',
    learner: 'cmi.learner_id',
  },
} as const;

/** What the record of either edition should say; the rest does not matter. */
export interface Expected {
  /** Id of the page that the bookmark names. */
  readonly page?: string;
  readonly completion?: 'incomplete' | 'completed';
  readonly success?: 'unknown' | 'passed' | 'failed';
  readonly raw?: string;
}

/** How a learner leaves: closes the tab, goes elsewhere; or the LMS takes the frame away, or puts it to another use. */
export type Leaving = 'close' | 'navigate' | 'frame removed' | 'frame reused';

/** What a launch has to do with. */
export interface Surroundings {
  readonly lms: LmsServer;
  readonly attempt: LmsAttempt;
  readonly context: BrowserContext;
  readonly course: Course;
  /** Makes another device: a browser without anything stored. */
  newDevice(): Promise<BrowserContext>;
  /** Hears of every launch. */
  onOpen(course: OpenCourse): void;
}

/** Follows the frames down to the course. */
async function courseFrame(page: Page, levels: number): Promise<Frame> {
  let frame = page.mainFrame();
  for (let level = 0; level < levels; level++) {
    const element = await frame.locator('iframe.way').elementHandle();
    const next = await element?.contentFrame();
    if (!next) throw new Error(`The ${level + 1}th frame on the way to the course is not there.`);
    frame = next;
  }
  return frame;
}

/** How many frames the course is down from the top of its tab. */
function depth(options: LaunchOptions): number {
  const { api = 'parent' } = options;
  if (api === 'self' || api === 'opener' || api === "opener's parent") return 0;
  return api === 'parent' || api === 'nowhere' ? levelsOf(options) : 1;
}

/** Opens the popup of the course, as a learner does: browsers want a click. */
async function openWindow(page: Page, { api }: LaunchOptions): Promise<Page> {
  const popup = page.waitForEvent('popup');
  const place = api === "opener's parent" ? page.frameLocator('iframe.way') : page;
  await place.getByRole('button').click();
  const opened = await popup;
  await opened.waitForLoadState();
  return opened;
}

/** Launches the course; each launch is a new page of the context. */
export async function launchCourse(around: Surroundings, options: LaunchOptions): Promise<OpenCourse> {
  const page = await around.context.newPage();
  if (options.device) {
    await page.goto(`${around.lms.origin}/lms/blank`);
    await page.evaluate((entries) => {
      for (const [key, value] of Object.entries(entries)) localStorage.setItem(key, value);
    }, options.device);
  }
  if (options.clock) await page.clock.install();
  await page.goto(around.lms.prepare(around.attempt, options));
  const tab = opensWindow(options) ? await openWindow(page, options) : page;
  return courseIn(around, options, page, tab);
}

/** Takes hold of the course that a tab has loaded. */
async function courseIn(
  around: Surroundings,
  options: LaunchOptions,
  page: Page,
  tab: Page,
): Promise<OpenCourse> {
  const course = new OpenCourse(around, options, page, tab, await courseFrame(tab, depth(options)));
  around.onOpen(course);
  if (!options.early) await expect(course.heading).toBeVisible();
  return course;
}

export class OpenCourse {
  /** The LMS's window. */
  readonly page: Page;
  /** The tab that the course is in: that of the LMS, or a popup. */
  readonly tab: Page;
  /** The frame that the course is in. */
  readonly place: Frame;
  readonly options: LaunchOptions;
  readonly attempt: LmsAttempt;
  readonly #around: Surroundings;
  readonly #run: Run | undefined;

  constructor(around: Surroundings, options: LaunchOptions, page: Page, tab: Page, place: Frame) {
    this.#around = { ...around, course: options.course ?? around.course };
    this.options = options;
    this.page = page;
    this.tab = tab;
    this.place = place;
    this.attempt = around.attempt;
    this.#run = around.attempt.runs.at(-1);
  }

  /** What this edition calls the elements that both have. */
  get names() {
    return elementNames[this.options.edition];
  }

  // What the learner does

  get heading() {
    return heading(this.place);
  }

  /** Turns to a page by its address. */
  async turnTo(id: string): Promise<void> {
    await turnTo(this.place, this.#page(id));
  }

  /** Reads the open page to its end. */
  async readToEnd(): Promise<void> {
    await readToEnd(this.place);
  }

  /** Reads pages to their ends, one after the other; all lessons unless told otherwise. */
  async read(...ids: string[]): Promise<void> {
    const lessons = this.course.pages.filter(({ kind }) => kind === 'lesson').map(({ id }) => id);
    for (const id of ids.length > 0 ? ids : lessons) {
      await this.turnTo(id);
      await this.readToEnd();
      const link = this.place.locator('page-list').getByRole('link', { name: this.#page(id).title });
      await expect(link).toContainText('(done)');
    }
  }

  /** The questions that the quiz asks in this try, in their order. */
  asked(): Promise<Item[]> {
    return askedIn(this.place, this.course);
  }

  /** Answers questions of the quiz, all that it asks unless told otherwise; right, unless `isRight` says otherwise. */
  async answer(items?: readonly Item[], isRight: (item: Item) => boolean = () => true): Promise<void> {
    await answerAtOnce(this.place, items ?? (await this.asked()), isRight);
  }

  /** Turns the wheel of the mouse over the text, notch by notch. */
  async scroll(notches = 5): Promise<void> {
    await this.tab.mouse.move(600, 400);
    for (let notch = 0; notch < notches; notch++) await this.tab.mouse.wheel(0, 120);
  }

  async submit(): Promise<void> {
    const summary = this.place.locator('.quiz-summary h2');
    const submit = openPage(this.place).getByRole('button', { name: 'Submit answers' });
    await press(submit, (within) => expect(summary).toBeVisible(within));
  }

  /** Leaves by the button of the course. */
  async saveAndExit(): Promise<void> {
    const ended = this.place.locator('course-ended');
    const button = this.place.getByRole('button', { name: 'Save and exit' });
    await press(button, (within) => expect(ended).toBeVisible(within));
  }

  /** The browser does not let the page close its window, as in most LMSs. */
  async keepWindowOpen(): Promise<void> {
    await this.place.evaluate(() => {
      window.close = () => undefined;
    });
  }

  /** Takes the quiz with the first so many answers right. */
  async takeQuiz(right = Number.POSITIVE_INFINITY): Promise<void> {
    await this.turnTo('quiz');
    const asked = await this.asked();
    await this.answer(asked, (item) => asked.indexOf(item) < right);
    await this.submit();
  }

  /** Leaves, with all that a browser tells the course of it. */
  async leave(how: Leaving = 'close'): Promise<void> {
    const iframe = this.page.locator('iframe.way');
    switch (how) {
      case 'close':
        // Firefox, told from outside to close a tab, seldom lets the page hear of it; see `kill` for that.
        await this.tab.goto('about:blank');
        return this.tab.close();
      case 'navigate':
        await this.tab.goto(`${this.#around.lms.origin}/away`);
        return;
      case 'frame removed':
        return iframe.evaluate((element) => element.remove());
      case 'frame reused':
        return iframe.evaluate((element) => element.setAttribute('src', '/away'));
    }
  }

  /** The tab dies: nobody is told, and nothing that is still under way arrives. */
  async kill(): Promise<void> {
    if (this.#run) this.#run.dead = true;
    await this.place
      .evaluate(() => {
        const deafen = (event: Event) => event.stopImmediatePropagation();
        for (const type of ['pagehide', 'visibilitychange', 'beforeunload', 'unload', 'freeze'])
          window.addEventListener(type, deafen, { capture: true });
      })
      .catch(() => undefined);
    await this.tab.close();
    if (this.page !== this.tab) await this.page.close();
  }

  /** Whether the tab was killed, and this page is its own or the one that it had the LMS in. */
  wasKilledIn(page: Page | null): boolean {
    return this.#run?.dead === true && (page === this.tab || page === this.page);
  }

  /** The window is covered or put away, or comes back. */
  async hide(state: 'hidden' | 'visible' = 'hidden'): Promise<void> {
    await this.place.evaluate((value) => {
      Object.defineProperty(document, 'visibilityState', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    }, state);
  }

  /** The page goes into the browser's cache and comes back as it was. */
  async backFromCache(): Promise<void> {
    await this.place.evaluate(() => {
      for (const type of ['pagehide', 'pageshow'])
        window.dispatchEvent(new PageTransitionEvent(type, { persisted: true }));
    });
  }

  /** The machine is told that the network has gone, or is there again. What gets through, the weather says. */
  async network(state: 'offline' | 'online'): Promise<void> {
    await this.place.evaluate((type) => {
      Object.defineProperty(navigator, 'onLine', { value: type === 'online', configurable: true });
      window.dispatchEvent(new Event(type));
    }, state);
  }

  /** Time passes at once; timers go off. Wants `clock: true` at the launch. */
  async passTime(milliseconds: number): Promise<void> {
    await this.tab.clock.runFor(milliseconds);
  }

  /** The machine sleeps: time passes, and timers go off at most once, afterwards. Wants `clock: true`. */
  async sleep(milliseconds: number): Promise<void> {
    await this.tab.clock.fastForward(milliseconds);
  }

  // What the LMS does

  /** From now on the LMS misbehaves so, and in no other way. */
  async faults(faults: PlainFaults): Promise<void> {
    await this.page.evaluate((given) => {
      (window as unknown as PlayerWindow).lms.faults = given;
    }, faults);
  }

  /** The LMS works again. */
  async mend(): Promise<void> {
    await this.faults({});
  }

  /** Now the API is there, which was to arrive when told. */
  async offerApi(): Promise<void> {
    await this.page.evaluate(() => (window as unknown as PlayerWindow).offerApi());
  }

  /** The LMS's window is closed while the course goes on in its own. */
  async closeOpener(): Promise<void> {
    await this.page.close();
  }

  /** An administrator deletes the attempt. */
  resetByAdmin(): void {
    this.attempt.kept = undefined;
  }

  // Other launches of the same attempt

  /** Leaves, if that has not happened, and launches again with what the LMS has kept. */
  async relaunch(options: Partial<LaunchOptions> = {}): Promise<OpenCourse> {
    if (!this.tab.isClosed()) await this.leave('close');
    if (!this.page.isClosed()) await this.page.close();
    return this.secondTab(options);
  }

  /** Loads the tab anew. Where the course is in the LMS's own tab, that is a launch. */
  async reload(): Promise<OpenCourse> {
    await this.tab.reload();
    return courseIn(this.#around, this.options, this.page, this.tab);
  }

  /** Launches again beside this one, in the same browser. */
  async secondTab(options: Partial<LaunchOptions> = {}): Promise<OpenCourse> {
    return launchCourse(this.#around, this.#again(options));
  }

  /** Launches again on a device that has nothing stored. */
  async otherDevice(options: Partial<LaunchOptions> = {}): Promise<OpenCourse> {
    const context = await this.#around.newDevice();
    return launchCourse({ ...this.#around, context }, this.#again(options));
  }

  /** Faults, weather and what the device held belong to a launch; where the API is stays. */
  #again(options: Partial<LaunchOptions>): LaunchOptions {
    const { faults: _faults, values: _values, device: _device, hash: _hash, ...stays } = this.options;
    return { ...stays, ...options };
  }

  // What is there to see

  async expectPage(id: string): Promise<void> {
    await expect(this.heading).toHaveText(this.#page(id).title);
  }

  /** What the line in the header says about saving. */
  async expectLine(text: RegExp): Promise<void> {
    const line = this.place.locator('save-line');
    // As it is seen: without what is put away, and on one line.
    const seen = () =>
      line.evaluate(({ shadowRoot }) =>
        [...(shadowRoot?.children ?? [])]
          .map((child) => (child instanceof HTMLElement ? child.innerText : ''))
          .join(' ')
          .replaceAll(/\s+/g, ' ')
          .trim(),
      );
    // The pauses between two tries grow to many seconds while an LMS is down, and a busy machine lets them.
    await expect.poll(seen, { message: 'the line about saving', timeout: 30_000 }).toMatch(text);
  }

  async expectText(text: string | RegExp): Promise<void> {
    await expect(this.place.getByText(text).first()).toBeVisible();
  }

  /** Pages that are marked as done in the list of pages. */
  async expectDone(...ids: string[]): Promise<void> {
    const links = this.place.locator('page-list').getByRole('link').filter({ hasText: '(done)' });
    await expect(links).toHaveText(
      ids.map((id) => new RegExp(this.#page(id).title.replaceAll(/[?()]/g, '\\$&'))),
    );
  }

  /** Waits until these questions show the answers that they were given right, and no other question of the quiz any. */
  async expectAnswered(...items: readonly Item[]): Promise<void> {
    const asked = await this.asked();
    const found = async () =>
      (await seeAsked(this.place)).map(({ id, held, options }) => {
        const item = asked.find((candidate) => candidate.id === id);
        const right = item ? heldBy(handlingOf(item, true), options) : [];
        // Steps always stand in some order; in the right one only where they have been moved.
        const isEmpty =
          item?.kind === 'sequencing' ? held.join() !== right.join() : held.every((value) => value === '');
        return [id, isEmpty ? 'nothing' : held.join() === right.join() ? 'right' : held];
      });
    expect(asked.map(({ id }) => id)).toEqual(expect.arrayContaining(items.map(({ id }) => id)));
    await expect
      .poll(found)
      .toEqual(asked.map(({ id }) => [id, items.some((item) => item.id === id) ? 'right' : 'nothing']));
  }

  // What the LMS and the device have

  /** What the LMS would give to the next launch, if this one ended now. */
  get kept(): Values {
    return this.attempt.kept ?? {};
  }

  /** Waits until the LMS has kept `values`; undefined stands for what it should not have. */
  async expectKept(values: Readonly<Record<string, string | RegExp | undefined>>): Promise<void> {
    const wanted = Object.entries(values);
    const matched = wanted.map(([name, value]) => [
      name,
      value instanceof RegExp ? expect.stringMatching(value) : value,
    ]);
    await expect
      .poll(() => Object.fromEntries(wanted.map(([name]) => [name, this.kept[name]])))
      .toEqual(Object.fromEntries(matched));
  }

  /** Waits until the record says so, in either edition. */
  async expectRecord({ page, completion, success, raw }: Expected): Promise<void> {
    const { location, raw: score } = this.names;
    // SCORM 1.2 has one status for both.
    const one =
      completion === 'incomplete' || success === undefined || success === 'unknown' ? completion : success;
    const status =
      this.options.edition === '1.2'
        ? { ...(one && { 'cmi.core.lesson_status': one }) }
        : {
            ...(completion && { 'cmi.completion_status': completion }),
            ...(success && { 'cmi.success_status': success }),
          };
    await this.expectKept({
      ...status,
      ...(page !== undefined && { [location]: page }),
      ...(raw !== undefined && { [score]: raw }),
    });
  }

  /** What the course has called in this launch, by now. */
  async calls(): Promise<readonly Call[]> {
    const sent = this.#run?.calls.filter((call) => call !== undefined) ?? [];
    // As text: what the LMS has said may be nothing that a browser sends.
    const seen = await this.#ask(() =>
      JSON.stringify((window as unknown as Partial<PlayerWindow>).lms?.calls ?? []),
    );
    const alive: readonly Call[] = JSON.parse(seen ?? '[]');
    return alive.length > sent.length ? alive : sent;
  }

  /** The same in words, one a line, such as `LMSSetValue cmi.core.exit suspend`. */
  async log(): Promise<string[]> {
    return (await this.calls()).map(({ name, args }) => [name, ...args].join(' ').trimEnd());
  }

  /** Waits until as many calls of a function have been made; by its 2004 name. */
  async expectCalls(name: 'Initialize' | 'Commit' | 'Terminate', count: number): Promise<void> {
    await expect.poll(async () => (await this.#callsOf(name)).length, `calls of ${name}`).toBe(count);
  }

  async #callsOf(name: 'Initialize' | 'Commit' | 'Terminate'): Promise<readonly Call[]> {
    const called = this.options.edition === '1.2' ? `LMS${name === 'Terminate' ? 'Finish' : name}` : name;
    return (await this.calls()).filter((call) => call.name === called);
  }

  /** What the course did against the rules. */
  async violations(): Promise<readonly string[]> {
    const alive = await this.#ask(() => {
      const { lms, otherLms } = window as unknown as Partial<PlayerWindow>;
      const strayed = otherLms?.calls.map(({ name }) => `${name} of the other edition`) ?? [];
      return [...(lms?.violations ?? []), ...strayed];
    });
    const sent = this.#run?.violations ?? [];
    return alive !== undefined && alive.length >= sent.length ? alive : sent;
  }

  /** What the device has stored for the course; undefined where storage is denied. */
  async stored(): Promise<Values | undefined> {
    if (!this.tab.isClosed()) return this.place.evaluate(readStorage);
    const page = await this.#around.context.newPage();
    await page.goto(`${this.#around.lms.origin}/lms/blank`);
    const stored = await page.evaluate(readStorage);
    await page.close();
    return stored;
  }

  get course(): Course {
    return this.#around.course;
  }

  /** Asks the LMS's window, which knows before the server does, unless it has gone. */
  async #ask<T>(question: () => T): Promise<T | undefined> {
    if (this.page.isClosed()) return undefined;
    return this.page.evaluate(question).catch(() => undefined);
  }

  #page(id: string): { id: string; title: string } {
    const page = this.course.pages.find((candidate) => candidate.id === id);
    if (!page) throw new Error(`The course has no page "${id}".`);
    return page;
  }
}

function readStorage(): Record<string, string> | undefined {
  try {
    return { ...localStorage };
  } catch {
    return undefined;
  }
}
