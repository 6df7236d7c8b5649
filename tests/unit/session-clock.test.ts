import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSessionClock } from '../../src/tracking/session-clock.ts';

const minute = 60_000;

/** A clock whose time the test sets. */
function clockAt(start: number) {
  let now = start;
  const clock = createSessionClock(() => now);
  return {
    ...clock,
    /** Lets time pass. */
    pass(milliseconds: number) {
      now += milliseconds;
    },
  };
}

it('counts from the launch, wherever the clock stands', () => {
  const clock = clockAt(5_000_000);
  clock.pass(90_000);
  expect(clock.elapsed()).toBe(90_000);
});

it('counts a pause of more than five minutes as five: the computer slept, or nobody was there', () => {
  const clock = clockAt(0);
  clock.pass(minute);
  clock.touch();
  clock.pass(8 * 60 * minute);
  expect(clock.elapsed()).toBe(6 * minute);
  clock.touch();
  clock.pass(minute);
  expect(clock.elapsed()).toBe(7 * minute);
});

it('is never negative and never goes back, whatever the clock below does', () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: -1e7, max: 1e7 }), fc.boolean()));
  fc.assert(
    fc.property(steps, (list) => {
      const clock = clockAt(1e9);
      let before = 0;
      for (const [step, acts] of list) {
        clock.pass(step);
        if (acts) clock.touch();
        const elapsed = clock.elapsed();
        expect(elapsed).toBeGreaterThanOrEqual(before);
        before = elapsed;
      }
    }),
  );
});
