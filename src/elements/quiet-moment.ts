/**
 * Waits for a moment when nobody is scrolling or typing. An LMS is told by calls that block the browser, some for
 * seconds; in such a moment nobody notices.
 */

/** What shows that somebody is at it. Firefox drops a click between whose halves the browser was blocked. */
const activities = ['scroll', 'keydown', 'input', 'pointerdown', 'pointermove'] as const;

const listening = { capture: true, passive: true };

/**
 * Makes a function that runs a task in the first quiet moment after a delay, and returns what cancels it. It listens
 * only while a task waits.
 *
 * @param options `rest`: how long it has to be quiet; `longest`: how long a task waits for that after its delay, at
 *   most; both in milliseconds
 */
export function createQuietMoment({
  rest = 400,
  longest = 5000,
}: {
  rest?: number;
  longest?: number;
} = {}): (task: () => void, delay: number) => () => void {
  return (task, delay) => {
    const latest = performance.now() + delay + longest;
    let actedAt = Number.NEGATIVE_INFINITY;

    const onActivity = (event: Event) => {
      // A pointer that only passes by disturbs nobody; one that drags does.
      if (event instanceof PointerEvent && event.buttons === 0) return;
      actedAt = performance.now();
    };
    const cancel = () => {
      clearTimeout(timer);
      for (const type of activities) window.removeEventListener(type, onActivity, listening);
    };
    const runOrWait = () => {
      const wait = Math.min(actedAt + rest, latest) - performance.now();
      if (wait > 0) {
        timer = window.setTimeout(runOrWait, wait);
        return;
      }
      cancel();
      task();
    };

    for (const type of activities) window.addEventListener(type, onActivity, listening);
    let timer = window.setTimeout(runOrWait, delay);
    return cancel;
  };
}
