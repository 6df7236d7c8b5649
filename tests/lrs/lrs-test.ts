/**
 * What the tests of the cmi5 package have at hand: an LRS of their own, and the built package launched by it. At its end each
 * test asserts that the course has kept to the rules of cmi5 and xAPI, and that nothing went wrong in its script.
 */
import { type BrowserContext, expect, type Page } from '@playwright/test';
import { decodeAttempt } from '../../src/attempt/suspend-data.ts';
import type { Item } from '../../src/items/items.ts';
import type { Course } from '../../src/model/course.ts';
import { askedIn } from '../e2e/answering.ts';
import { answerAtOnce, heading, openPage, press, readToEnd, turnTo } from '../e2e/course-test.ts';
import { type ProgramName, readProgram } from '../e2e/programs.ts';
import { test as base } from '../e2e/worker-test.ts';
import { unpackedPackage } from '../fixtures/built-packages.ts';
import { serveFolder } from '../fixtures/static-server.ts';
import type { Fault, LaunchWishes, LrsLaunch, Part, StrictLrs } from '../fixtures/strict-lrs.ts';
import { member } from '../fixtures/strict-lrs-rules.ts';
import { type LrsServer, startLrs } from './lrs-server.ts';

/** The course, launched in a tab. */
export class LaunchedCourse {
  readonly page: Page;
  readonly launch: LrsLaunch;
  readonly #lrs: StrictLrs;
  readonly #course: Course;

  constructor(page: Page, launch: LrsLaunch, lrs: StrictLrs, course: Course) {
    this.page = page;
    this.launch = launch;
    this.#lrs = lrs;
    this.#course = course;
  }

  // What the learner does

  async turnTo(id: string): Promise<void> {
    const page = this.#course.pages.find((other) => other.id === id);
    if (!page) throw new Error(`The course has no page "${id}".`);
    await turnTo(this.page, page);
  }

  /** Reads pages to their ends; all lessons unless told otherwise. */
  async read(...ids: string[]): Promise<void> {
    const lessons = this.#course.pages.filter(({ kind }) => kind === 'lesson');
    const pages = ids.length > 0 ? this.#course.pages.filter(({ id }) => ids.includes(id)) : lessons;
    for (const { id, title } of pages) {
      await this.turnTo(id);
      await readToEnd(this.page);
      const link = this.page.locator('page-list').getByRole('link', { name: title });
      await expect(link).toContainText('(done)');
    }
  }

  asked(): Promise<Item[]> {
    return askedIn(this.page, this.#course);
  }

  /** Takes the quiz, with the first so many answers right. */
  async takeQuiz(right = Number.POSITIVE_INFINITY): Promise<void> {
    await this.turnTo('quiz');
    const again = openPage(this.page).getByRole('button', { name: 'Try again' }).first();
    if (await again.isVisible()) await again.click();
    const asked = await this.asked();
    await answerAtOnce(this.page, asked, (item) => asked.indexOf(item) < right);
    const submit = openPage(this.page).getByRole('button', { name: 'Submit answers' });
    const summary = this.page.locator('.quiz-summary h2');
    await press(submit, (within) => expect(summary).toBeVisible(within));
  }

  /** Goes elsewhere, with all that a browser tells the course of it. */
  async leave(): Promise<void> {
    await this.page.goto('about:blank');
    await this.page.close();
  }

  /** The tab dies: the course is not told. */
  async kill(): Promise<void> {
    await this.page.evaluate(() => {
      const deafen = (event: Event) => event.stopImmediatePropagation();
      for (const type of ['pagehide', 'visibilitychange', 'beforeunload', 'unload', 'freeze'])
        window.addEventListener(type, deafen, { capture: true });
    });
    await this.page.close();
  }

  // What there is to see

  async expectPage(id: string): Promise<void> {
    const title = this.#course.pages.find((page) => page.id === id)?.title ?? '';
    await expect(heading(this.page)).toHaveText(title);
  }

  async expectLine(text: RegExp): Promise<void> {
    await expect(this.page.locator('save-line').getByText(text).first()).toBeVisible();
  }

  async expectDone(...ids: string[]): Promise<void> {
    const links = this.page.locator('page-list').getByRole('link').filter({ hasText: '(done)' });
    const titles = this.#course.pages.filter(({ id }) => ids.includes(id)).map(({ title }) => title);
    await expect(links).toHaveText(titles.map((title) => new RegExp(title.replaceAll(/[?()]/g, '\\$&'))));
  }

  /** Verbs of this session, without those of answers and of progress. */
  get verbs(): string[] {
    return this.#lrs.verbs(this.launch).filter((verb) => verb !== 'answered' && verb !== 'progressed');
  }

  /** Waits until the LRS has these verbs of this session, in this order. */
  async expectVerbs(...verbs: string[]): Promise<void> {
    await expect.poll(() => this.verbs).toEqual(verbs);
  }

  /** Waits until the LMS has so many answers of this session. */
  async expectAnswers(count: number): Promise<void> {
    const answers = () => this.#lrs.verbs(this.launch).filter((verb) => verb === 'answered').length;
    await expect.poll(answers).toBe(count);
  }

  /** Waits until the attempt that the LMS has says that these pages are done. */
  async expectKept(...ids: string[]): Promise<void> {
    const kept = () => {
      const text = member(this.#lrs.documents()['course-attempt'], 'suspendData');
      return decodeAttempt(this.#course, String(text ?? ''), '').attempt.viewed;
    };
    await expect.poll(kept).toEqual(expect.arrayContaining(ids));
  }
}

interface TestFixtures {
  /** Whose package is launched. */
  readonly program: ProgramName;
  /** Address of the package. */
  readonly package: string;
  readonly server: LrsServer;
  readonly lrs: StrictLrs;
  /** Launches the course in a new tab; on a new device if it is told so. */
  launch(
    options?: LaunchWishes & { readonly device?: 'another'; readonly early?: boolean },
  ): Promise<LaunchedCourse>;
  /** Opens the address of a launch again, in a new tab or in one that is there. */
  reopen(launched: LaunchedCourse, page?: Page): Promise<LaunchedCourse>;
  /** From now on requests go wrong so; without an argument none does. */
  faults(fault?: Fault, ...parts: readonly Part[]): void;
}

export const test = base.extend<TestFixtures & { readonly errors: string[] }>({
  program: ['default', { option: true }],
  package: async ({ program }, use) => {
    const server = await serveFolder(unpackedPackage(program, 'cmi5'));
    await use(`http://127.0.0.1:${server.port}/index.html`);
    await server.stop();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for a pattern
  server: async ({}, use) => {
    const server = await startLrs();
    await use(server);
    await server.stop();
  },
  errors: async ({ context }, use) => {
    const errors: string[] = [];
    collect(context, errors);
    await use(errors);
    expect.soft(errors, 'errors in the script').toEqual([]);
  },
  lrs: async ({ server, errors: _errors }, use) => {
    await use(server.lrs);
    expect.soft(server.lrs.violations, 'rules that the course broke').toEqual([]);
  },
  faults: async ({ lrs }, use) => {
    await use((fault, ...parts) => {
      const { fault: _fault, ...stays } = lrs.faults;
      const goesWrong = (part: Part) => (parts.length === 0 || parts.includes(part) ? fault : undefined);
      lrs.faults = fault === undefined ? stays : { ...stays, fault: goesWrong };
    });
  },
  launch: async ({ browser, context, errors, lrs, package: address, program, viewport }, use) => {
    const course = await readProgram(program);
    const devices: BrowserContext[] = [];
    await use(async ({ device, early, ...wishes } = {}) => {
      let tab = context;
      if (device) {
        tab = await browser.newContext({ viewport });
        devices.push(tab);
        collect(tab, errors);
      }
      const launch = lrs.launch(wishes);
      const page = await tab.newPage();
      await page.goto(address + launch.search);
      if (!early) await expect(heading(page)).toBeVisible();
      return new LaunchedCourse(page, launch, lrs, course);
    });
    await Promise.all(devices.map((device) => device.close()));
  },
  reopen: async ({ context, lrs, package: address, program }, use) => {
    const course = await readProgram(program);
    await use(async ({ launch }, tab) => {
      const page = tab ?? (await context.newPage());
      if (!tab) await page.goto(address + launch.search);
      await expect(heading(page)).toBeVisible();
      return new LaunchedCourse(page, launch, lrs, course);
    });
  },
});

/** Collects what goes wrong in the script. What an LRS does that is told to fail, browsers complain of, each in its way. */
function collect(context: BrowserContext, errors: string[]): void {
  const byNetwork = /Failed to load resource|net::|NetworkError|Cross-Origin Request Blocked|CORS/;
  const take = (message: string) => {
    if (!byNetwork.test(message)) errors.push(message);
  };
  context.on('weberror', (error) => take(String(error.error())));
  context.on('console', (message) => {
    if (message.type() === 'error') take(message.text());
  });
}

export { expect };
