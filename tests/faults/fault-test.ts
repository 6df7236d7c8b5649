/**
 * What every fault has at hand: an LMS that misbehaves on command, and the built package opened in it.
 *
 * At its end each fault asserts of all its launches that the course has kept to the rules of SCORM and that nothing
 * went wrong in its script, unless the fault `allows` it.
 */
import { type BrowserContext, expect } from '@playwright/test';
import { test as base } from '../e2e/worker-test.ts';
import type { Edition } from '../fixtures/strict-lms.ts';
import type { Weather } from './lms-server.ts';
import { type LaunchOptions, launchCourse, type OpenCourse } from './open-course.ts';

/** What a fault may allow that is an error otherwise. */
export interface Allowances {
  /** Violations of the rules of SCORM. */
  readonly violations?: RegExp;
  /** Errors in the console, or thrown and not caught. */
  readonly errors?: RegExp;
}

export interface FaultFixtures {
  /** Launches the course in a new attempt. */
  launch(options: LaunchOptions): Promise<OpenCourse>;
  /** Makes the weather of the LMS; without an argument it is fair. */
  weather(weather?: Weather): void;
  allow(allowances: Allowances): void;
}

/** What a fault has done so far that its end has to know. */
interface Bench {
  readonly opened: OpenCourse[];
  readonly errors: string[];
  allowed: Allowances;
  /** Whether the weather was ever foul: browsers complain of that in the console. */
  foul: boolean;
}

/** Collects what goes wrong in the script of the course, as far as the browser tells. */
function collectErrors(context: BrowserContext, bench: Bench): void {
  context.on('weberror', (error) => bench.errors.push(String(error.error())));
  context.on('console', (message) => {
    const byNetwork = /Failed to load resource|net::|NetworkError/.test(message.text());
    // What a killed tab was still sending breaks off, and may do so before the tab has gone.
    const broken = bench.foul || bench.opened.some((course) => course.wasKilledIn(message.page()));
    if (message.type() === 'error' && !(byNetwork && broken)) bench.errors.push(message.text());
  });
}

export const fault = base.extend<FaultFixtures & { readonly bench: Bench }>({
  bench: async ({ context, lmsServer }, use) => {
    const bench: Bench = { opened: [], errors: [], allowed: {}, foul: false };
    collectErrors(context, bench);
    lmsServer.weather = {};
    await use(bench);
    const without = (found: readonly string[], allowed: RegExp | undefined) =>
      found.filter((one) => !allowed?.test(one));
    const broken = (await Promise.all(bench.opened.map((course) => course.violations()))).flat();
    expect.soft(without(broken, bench.allowed.violations), 'rules that the course broke').toEqual([]);
    expect.soft(without(bench.errors, bench.allowed.errors), 'errors in the console').toEqual([]);
  },
  weather: async ({ bench, lmsServer }, use) => {
    await use((weather = {}) => {
      lmsServer.weather = weather;
      bench.foul = true;
    });
  },
  allow: async ({ bench }, use) => {
    await use((allowances) => {
      bench.allowed = { ...bench.allowed, ...allowances };
    });
  },
  launch: async ({ bench, browser, context, course, lmsServer: lms, viewport }, use) => {
    const devices: BrowserContext[] = [];
    const newDevice = async () => {
      const device = await browser.newContext({ viewport });
      devices.push(device);
      collectErrors(device, bench);
      return device;
    };
    await use((options) =>
      launchCourse(
        {
          lms,
          context,
          course,
          newDevice,
          attempt: lms.newAttempt(options.edition),
          onOpen: (opened) => bench.opened.push(opened),
        },
        options,
      ),
    );
    // What the course does now still counts: the end of the bench comes after this.
    await Promise.all(devices.map((device) => device.close()));
  },
});

/** Both editions; most faults are the same in both. */
export const bothEditions = ['1.2', '2004'] as const satisfies readonly Edition[];

export { expect };
