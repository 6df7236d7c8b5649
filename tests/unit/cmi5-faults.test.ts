/** Several sessions by cmi5 with an LMS that fails at random: all is there in the end, each once, and no rule is broken. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Attempt, newAttempt } from '../../src/attempt/attempt.ts';
import { mergeAttempts } from '../../src/attempt/merge-attempts.ts';
import { progressOf } from '../../src/attempt/progress.ts';
import { encodeAttempt } from '../../src/attempt/suspend-data.ts';
import type { Interaction } from '../../src/tracking/session.ts';
import { courseAndEvents } from '../fixtures/arbitrary-course.ts';
import { storage } from '../fixtures/device-storage.ts';
import { type Fault, type LrsFaults, StrictLrs } from '../fixtures/strict-lrs.ts';
import { type CoursePage, newTab, openPage } from '../fixtures/strict-lrs-launch.ts';
import { isMap, member } from '../fixtures/strict-lrs-rules.ts';

/** What becomes of requests, one after another; most are answered as they should be. */
const weather = fc.array(
  fc.option(fc.constantFrom<Fault>('down', 'lost', 'login', 'garbage', 401, 403, 404, 409, 412, 429, 500), {
    freq: 2,
    nil: undefined,
  }),
  { minLength: 20, maxLength: 120 },
);

/** How a page goes, after how many events, and whether its session goes on. */
const endings = fc.array(
  fc.tuple(
    fc.constantFrom('left', 'killed', 'loaded anew', 'killed and loaded anew'),
    fc.integer({ min: 1, max: 8 }),
  ),
  { minLength: 1, maxLength: 4 },
);

/** An LMS may hide statements, or not; it may look at verbs only where it shows them. */
const habits: fc.Arbitrary<LrsFaults> = fc.constantFrom<LrsFaults>(
  {},
  { hidesStatements: true },
  { looksAtVerbsFirst: true },
  { hidesEtags: true },
  { weakensEtags: true },
);

it('is told everything by the end, in order, each thing once', { timeout: 240_000 }, async () => {
  const runs = fc.tuple(
    courseAndEvents,
    weather,
    endings,
    habits,
    fc.option(fc.integer({ min: 0, max: 100 })),
  );
  await fc.assert(
    fc.asyncProperty(runs, async ([[course, events], faults, pages, habit, mastery]) => {
      const lrs = new StrictLrs();
      const device = storage();
      const wishes = mastery === null ? {} : { masteryScore: mastery / 100 };
      const reported = new Set<string>();
      let [launched, tab] = [lrs.launch(wishes), newTab(device)];
      let request = 0;
      let versionRefused = false;
      let garbled = false;
      const fault: LrsFaults['fault'] = (part, method) => {
        const next = faults[request++ % faults.length];
        // Whoever says falsely that it has a statement, and then that it may not be shown, is believed.
        if (part === 'statements' && next === 409) return undefined;
        // Whoever says falsely that there is no attempt gets a new one, as after a reset by an administrator.
        if (part === 'state' && method === 'GET' && next === 404) return undefined;
        // Of a document that is spoilt for good, at every look, the course thinks that it is.
        if (part === 'state' && method === 'GET' && next === 'garbage') {
          if (garbled) return undefined;
          garbled = true;
        }
        if (part !== 'state' || method !== 'PUT') return next;
        // Of an LRS that refuses the right version twice the course thinks that it cannot name versions.
        versionRefused = !versionRefused && (next === 409 || next === 412);
        return versionRefused || (next !== 409 && next !== 412) ? next : undefined;
      };
      let done: Attempt = newAttempt;
      let next = 0;

      const open = async (): Promise<CoursePage> => {
        const page = await openPage(lrs, launched, { course, tab });
        const { session } = page;
        const record = session.recordInteraction;
        session.recordInteraction = (interaction: Interaction, ordinal) => {
          const { id, at, content } = interaction;
          reported.add(JSON.stringify([id, at, content.response]));
          record(interaction, ordinal);
        };
        for (let turn = 0; turn < 3; turn++) await page.waits();
        return page;
      };

      for (const [how, steps] of pages) {
        lrs.faults = { ...habit, fault };
        garbled = false;
        const page = await open();
        for (const event of events.slice(next, next + steps)) {
          page.does(event);
          await page.waits();
        }
        next += steps;
        done = mergeAttempts(page.course, done, page.store.getState());
        if (how === 'loaded anew') page.presses({ key: 'F5' });
        if (how.startsWith('killed')) page.kill();
        else await page.leaves();
        if (!how.endsWith('loaded anew')) [launched, tab] = [lrs.launch(wishes), newTab(device)];
      }

      lrs.faults = { ...habit };
      [launched, tab] = [lrs.launch(wishes), newTab(device)];
      const last = await open();
      await last.rests();
      expect(last.lastSave()?.state).toBe('saved');
      const attempt = last.store.getState();
      const { viewed, quiz } = mergeAttempts(last.course, attempt, done);
      expect({ viewed: attempt.viewed, quiz: attempt.quiz }).toEqual({ viewed, quiz });
      const document = lrs.documents()['course-attempt'];
      expect(member(document, 'suspendData')).toBe(encodeAttempt(last.course, attempt));

      await last.leaves();
      expect(lrs.violations).toEqual([]);
      lrs.expectEnded(launched);
      expect(lrs.violations).toEqual([]);
      const { completion, success } = progressOf(last.course, attempt);
      const verbs = lrs.verbs();
      const count = (verb: string) => verbs.filter((other) => other === verb).length;
      // What was reached once stays, even if the last try counts.
      expect(count('completed')).toBe(completion === 'completed' || count('completed') > 0 ? 1 : 0);
      expect(count('passed')).toBe(success === 'passed' ? 1 : count('passed'));
      // Where nobody may ask, what was said last and not heard is taken for said.
      const hidden = lrs.requests.some(({ method, status }) => method === 'GET' && status === 403);
      if (success === 'failed' && !hidden) expect(count('failed')).toBeGreaterThan(0);
      const answers = lrs.statements.filter(({ statement }) =>
        isMap(member(statement, 'object', 'definition')),
      );
      expect(answers).toHaveLength(reported.size);
    }),
    { seed: 20_261_124, numRuns: 400 },
  );
});
