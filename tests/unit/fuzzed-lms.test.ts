/** 1,000 seeded runs over several sessions with an LMS that answers at random: nothing is lost, nothing lowered. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Attempt, newAttempt } from '../../src/attempt/attempt.ts';
import { mergeAttempts } from '../../src/attempt/merge-attempts.ts';
import { encodeAttempt } from '../../src/attempt/suspend-data.ts';
import { courseAndEvents } from '../fixtures/arbitrary-course.ts';
import { makeChaotic } from '../fixtures/chaotic-lms.ts';
import { launch } from '../fixtures/course-launch.ts';
import { storage } from '../fixtures/device-storage.ts';
import { tryToOpen } from '../fixtures/scorm-session.ts';
import { type Edition, StrictLms, type Values } from '../fixtures/strict-lms.ts';

const numbers = fc.array(fc.nat(10_000), { minLength: 40, maxLength: 200 });
/** How each of the sessions ends: left, or killed; and after how many events. */
const endings = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 6 })), {
  minLength: 1,
  maxLength: 4,
});

const ranks = ['', 'not attempted', 'unknown', 'incomplete', 'failed', 'completed', 'passed'];
/** What an LMS has that must not fall, by element: results as numbers, those of objectives too. */
const results = (values: Values): ReadonlyMap<string, number> =>
  new Map(
    Object.entries(values).flatMap(([name, value]): [string, number][] => {
      if (/^cmi\.(objectives\.\d+\.)?(completion|success)_status$/.test(name))
        return [[name, ranks.indexOf(value)]];
      return /^cmi\.(core\.|objectives\.\d+\.)?score\.(raw|scaled)$/.test(name)
        ? [[name, Number(value)]]
        : [];
    }),
  );
/** The one status of SCORM 1.2; for the moment of a second try it may be a lesser one. */
const status12 = (values: Values): number => ranks.indexOf(values['cmi.core.lesson_status'] ?? '');

const fallen = (before: Values, after: Values): string[] => {
  const now = results(after);
  return [...results(before)].flatMap(([name, value]) => ((now.get(name) ?? -1) < value ? [name] : []));
};

it.each<Edition>(['1.2', '2004'])('SCORM %s', { timeout: 120_000 }, async (edition) => {
  const runs = fc.tuple(courseAndEvents, numbers, endings);
  await fc.assert(
    fc.asyncProperty(runs, async ([[anyCourse, events], chances, sessions]) => {
      const course = {
        ...anyCourse,
        rules: { ...anyCourse.rules, passing: { ...anyCourse.rules.passing, counts: 'best' as const } },
      };
      const device = storage();
      let lms = new StrictLms(edition);
      let done: Attempt = newAttempt;
      let best = -1;
      let next = 0;
      for (const [leaves, steps] of sessions) {
        const { confirm } = makeChaotic(lms, chances.slice(next % 7));
        const session = tryToOpen(lms);
        if (session) {
          const learner = launch(lms, { course, device, session, confirm });
          for (const event of events.slice(next, next + steps)) {
            const before = lms.values;
            await learner.doesAndWaits(event);
            expect(fallen(before, lms.values)).toEqual([]);
            best = Math.max(best, status12(lms.kept));
          }
          if (leaves) learner.tracker.end();
          done = mergeAttempts(course, done, learner.store.getState());
        }
        next += steps;
        // Asking whether a session runs that was said not to is the one thing that may be out of order.
        expect(lms.violations.filter((violation) => !violation.includes('Initialize first'))).toEqual([]);
        lms = lms.relaunch();
      }
      const last = launch(lms, { course, device });
      await last.waits();
      const { viewed, quiz } = last.resumption.attempt;
      expect({ viewed, quiz }).toEqual({
        viewed: mergeAttempts(course, last.resumption.attempt, done).viewed,
        quiz: mergeAttempts(course, last.resumption.attempt, done).quiz,
      });
      expect(status12(lms.kept)).toBeGreaterThanOrEqual(best);
      expect(lms.kept['cmi.suspend_data']).toBe(encodeAttempt(course, last.store.getState()));
    }),
    { seed: 20_261_123, numRuns: 500 },
  );
});
