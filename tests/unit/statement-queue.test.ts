/** The queue of statements where the LRS is slow, or refuses: what the last request of a session says. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { bytesOf, type LrsAnswer, outlives } from '../../src/tracking/cmi5/lrs.ts';
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
    find: async () => 'missing',
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

/** A queue whose LRS refuses whatever says `passed`, asked about it or not; and the ids of each request that was made. */
async function openRefusing(find: () => Promise<'missing'>) {
  const requests: string[][] = [];
  const queue = openQueue({
    lrs: async ({ body = '[]' }): Promise<LrsAnswer> => {
      const ids: string[] = JSON.parse(body);
      requests.push(ids);
      return ids.includes('passed')
        ? { status: 403, text: '', etag: null }
        : { status: 200, text: body, etag: null };
    },
    left: [],
    write: ({ id }) => JSON.stringify(id),
    find,
    onChange: () => undefined,
    onTaken: () => undefined,
  });
  queue.add(draft('passed'));
  void queue.send();
  for (let turn = 0; turn < 5; turn++) await nextTurn();
  queue.add(draft('answered'));
  queue.add(draft('terminated'));
  void queue.sendLast();
  return requests;
}

it.each([
  ['was refused', async () => 'missing' as const],
  ['is being asked about', () => new Promise<never>(() => undefined)],
])('does not end with what %s: the LMS would refuse `terminated` with it', async (_case, find) => {
  expect(await openRefusing(find)).toEqual([['passed'], ['answered', 'terminated']]);
});

it.each(['a', 'й', '字'])(
  'has room for as much as a browser sends of a page that is gone, in %s',
  (letter) => {
    let body = '';
    const queue = openQueue({
      lrs: (request) => {
        body = request.body ?? '';
        return new Promise(() => undefined);
      },
      left: [],
      write: ({ id }) => JSON.stringify({ id, text: letter.repeat(500) }),
      find: async () => 'missing',
      onChange: () => undefined,
      onTaken: () => undefined,
    });
    for (let answer = 0; answer < 100; answer++) queue.add(draft('answered', `answer-${answer}`));
    queue.add(draft('passed'));
    queue.add(draft('terminated'));
    void queue.sendLast();
    const ids = JSON.parse(body).map(({ id }: Draft) => id);
    expect(ids.slice(-2)).toEqual(['passed', 'terminated']);
    expect(ids[0]).toBe('answer-0');
    expect(bytesOf(body)).toBeLessThanOrEqual(outlives);
    // As many answers as there is room for.
    const answer = bytesOf(JSON.stringify({ id: `answer-${ids.length - 2}`, text: letter.repeat(500) })) + 1;
    expect(bytesOf(body) + answer).toBeGreaterThan(outlives);
  },
);
