/** The queue of statements where the LRS is slow: what the last request of a session says. */
import { expect, it } from 'vitest';
import { openQueue } from '../../src/tracking/cmi5/statement-queue.ts';
import type { Draft, Verb } from '../../src/tracking/cmi5/statements.ts';

const draft = (verb: Verb, id: string = verb): Draft => ({ id, verb, timestamp: '2026-11-23T09:00:00Z' });

/** A queue whose LRS answers nothing, and the ids of each request that was made. */
function openUnanswered() {
  const requests: string[][] = [];
  const queue = openQueue({
    lrs: ({ body = '[]' }) => {
      requests.push(JSON.parse(body));
      return new Promise(() => undefined);
    },
    left: [],
    write: ({ id }) => JSON.stringify(id),
    onChange: () => undefined,
    onTaken: () => undefined,
  });
  return { queue, requests };
}

/** Puts statements under way, then ends: what the last request says. */
function lastAfter(...underWay: readonly Draft[]) {
  const { queue, requests } = openUnanswered();
  for (const each of underWay) queue.add(each);
  void queue.send();
  expect(requests).toEqual([underWay.map(({ id }) => id)]);
  queue.add(draft('terminated'));
  void queue.sendLast();
  return requests[1];
}

it('says answers that are under way once more before `terminated`: theirs could arrive after it', () => {
  expect(lastAfter(draft('answered', 'first'), draft('progressed'), draft('answered', 'second'))).toEqual([
    'first',
    'progressed',
    'second',
    'terminated',
  ]);
});

it('does not say results once more that are under way: some LMSs refuse them the second time', () => {
  expect(lastAfter(draft('completed'), draft('passed'), draft('answered'))).toEqual([
    'answered',
    'terminated',
  ]);
});

it('says all once more with an `initialized` that is under way: without it the LMS takes nothing', () => {
  expect(lastAfter(draft('initialized'), draft('completed'), draft('answered'))).toEqual([
    'initialized',
    'completed',
    'answered',
    'terminated',
  ]);
});
