import { afterEach, describe, expect, it, vi } from 'vitest';
import { openSiblingTabs, type SiblingTabs } from '../../src/tracking/sibling-tabs.ts';

const tabs: SiblingTabs[] = [];
afterEach(() => {
  for (const tab of tabs.splice(0)) tab.close();
});

/** A tab of the course, with the waiting in the test's hands. */
function open(session: string, { owner = 'small:ada', fresh = false } = {}) {
  const told: string[] = [];
  const presence: boolean[] = [];
  const waiting: (() => void)[] = [];
  const tab = openSiblingTabs({
    owner,
    session,
    attempt: () => ({ attempt: `attempt of ${session}`, fresh }),
    onAttempt({ attempt, fresh: isFresh }) {
      told.push(`${attempt}${isFresh ? ', fresh' : ''}`);
      return !attempt.includes('stranger');
    },
    onPresence: (elsewhere) => presence.push(elsewhere),
    later: (task) => waiting.push(task),
  });
  tabs.push(tab);
  return {
    ...tab,
    told,
    elsewhere: () => presence.at(-1),
    /** Lets the time pass that the others have to answer, or until they are asked again. */
    waits() {
      for (const task of waiting.splice(0)) task();
    },
  };
}

describe('The course in two tabs', () => {
  it('tells each what the other has, and that there is another', async () => {
    const first = open('tab1', { fresh: true });
    const second = open('tab2');
    second.ask();
    await vi.waitFor(() => expect(second.told).toEqual(['attempt of tab1, fresh']));
    expect(first.told).toEqual(['attempt of tab2']);
    expect([first.elsewhere(), second.elsewhere()]).toEqual([true, true]);
  });

  it('tells every change', async () => {
    const first = open('tab1');
    const second = open('tab2');
    first.tell();
    await vi.waitFor(() => expect(second.told).toEqual(['attempt of tab1']));
  });

  it('is alone where the other one is at another attempt', async () => {
    const first = open('tab1');
    const second = open('stranger');
    second.tell();
    await vi.waitFor(() => expect(first.told).toEqual(['attempt of stranger']));
    expect(first.elsewhere()).toBe(false);
  });

  it('knows when the other one has gone', async () => {
    const first = open('tab1');
    const second = open('tab2');
    second.ask();
    await vi.waitFor(() => expect(first.elsewhere()).toBe(true));
    second.close();
    await vi.waitFor(() => expect(first.elsewhere()).toBe(false));
  });

  it('finds out that another one has crashed, which does not say so', async () => {
    const crashed = new BroadcastChannel('course-tabs:small:ada');
    const tab = open('tab1');
    crashed.postMessage({ from: 'tab2', type: 'here', attempt: '', fresh: false });
    await vi.waitFor(() => expect(tab.elsewhere()).toBe(true));
    crashed.close();
    tab.ask();
    tab.waits();
    expect(tab.elsewhere()).toBe(false);
  });

  it('of another learner, or of another course, is none of its business', async () => {
    const first = open('tab1');
    const others = [open('tab2', { owner: 'small:bob' }), open('tab3', { owner: 'other:ada' })];
    const sibling = open('tab4');
    for (const other of others) other.tell();
    sibling.tell();
    await vi.waitFor(() => expect(first.told).toEqual(['attempt of tab4']));
  });

  it('understands its own kind only', async () => {
    const first = open('tab1');
    const stranger = new BroadcastChannel('course-tabs:small:ada');
    for (const message of [
      null,
      'here',
      { type: 'here' },
      { from: 'x', type: 'shout', attempt: '', fresh: true },
    ]) {
      stranger.postMessage(message);
    }
    const sibling = open('tab2');
    sibling.tell();
    await vi.waitFor(() => expect(first.told).toEqual(['attempt of tab2']));
    stranger.close();
  });
});
