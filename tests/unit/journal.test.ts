import { describe, expect, it } from 'vitest';
import { fingerprint, type JournalEntry, openJournal } from '../../src/tracking/journal.ts';
import { denied, storage } from '../fixtures/device-storage.ts';

const day = 24 * 3_600_000;
const entry: JournalEntry = { attempt: '2.abc123', reports: ['2.first'], acknowledged: false, at: day };

/** The journal of a session on `device`, `at` milliseconds after 1970. */
const open = (device: Storage | undefined, session = 'tab1', owner = 'small:ada', at = day) =>
  openJournal(device, owner, session, () => at);

describe('The journal on the device', () => {
  it('hands over at the next launch what was written and not taken', () => {
    const device = storage();
    open(device).write({ ...entry, attempt: '2.older' });
    open(device).write(entry);
    expect(open(device, 'tab2').left).toEqual([entry]);
  });

  it('is gone once the LMS has taken everything', () => {
    const kept = {};
    const journal = open(storage(kept));
    journal.write(entry);
    journal.clear();
    expect(kept).toEqual({});
  });

  it('takes the entries with it that this session has taken over, and no others', () => {
    const device = storage();
    open(device, 'tab1').write(entry);
    open(device, 'tab2').write({ ...entry, attempt: '2.other' });
    const journal = open(device, 'tab3');
    journal.adopt(journal.left.filter(({ attempt }) => attempt === entry.attempt));
    journal.clear();
    expect(open(device).left.map(({ attempt }) => attempt)).toEqual(['2.other']);
  });

  it('leaves an entry to which another tab has added in the meantime', () => {
    const device = storage();
    const other = open(device, 'tab1');
    other.write(entry);
    const journal = open(device, 'tab2');
    journal.adopt(journal.left);
    other.write({ ...entry, attempt: '2.more' });
    journal.clear();
    expect(open(device).left.map(({ attempt }) => attempt)).toEqual(['2.more']);
  });

  it('does not mix learners, nor courses', () => {
    const device = storage();
    open(device, 'tab1', 'small:ada').write(entry);
    expect(open(device, 'tab1', 'small:bob').left).toEqual([]);
    expect(open(device, 'tab1', 'other:ada').left).toEqual([]);
  });

  it('holds no name', () => {
    const kept: Record<string, string> = {};
    open(storage(kept), 'tab1', `small:${fingerprint('ada.lovelace@example.org')}`).write(entry);
    expect(JSON.stringify(kept)).not.toMatch(/ada|lovelace|example/i);
  });

  it('forgets an attempt that the LMS once had and has not asked for in 30 days, and only that', () => {
    const device = storage();
    open(device, 'tab1').write({ ...entry, attempt: '2.taken', acknowledged: true });
    open(device, 'tab2').write({ ...entry, attempt: '2.asked', acknowledged: true });
    open(device, 'tab3').write({ ...entry, attempt: '2.never' });
    const attempts = (at: number) => {
      const journal = open(device, 'tab4', 'small:ada', at);
      journal.adopt(journal.left.filter(({ attempt }) => attempt === '2.asked'));
      return open(device).left.map(({ attempt }) => attempt);
    };
    expect(attempts(31 * day)).toEqual(['2.taken', '2.asked', '2.never']);
    expect(attempts(31 * day + 1)).toEqual(['2.asked', '2.never']);
  });

  it('has one entry for all that it has taken over, once it is written', () => {
    const device = storage();
    open(device, 'tab1').write(entry);
    const journal = open(device, 'tab2');
    journal.adopt(journal.left);
    journal.write({ ...entry, attempt: '2.both' });
    expect(open(device).left.map(({ attempt }) => attempt)).toEqual(['2.both']);
  });

  it.each([
    ['as release 0.1.0 wrote it', { submissions: ['2.first', '2.second'] }, ['2.first', '2.second']],
    ['with the reports of both names', { submissions: ['2.old'], reports: ['2.new'] }, ['2.new']],
    ['without any', {}, []],
    ['with what are none', { reports: ['2.first', 7, null] }, ['2.first']],
    ['with something else in their place', { reports: '2.first' }, []],
  ])('reads the reports of an entry %s', (_, written, reports) => {
    const text = JSON.stringify({ attempt: '2.abc', acknowledged: true, at: day, ...written });
    expect(open(storage({ 'course-journal:small:ada:tab0': text })).left).toEqual([
      { attempt: '2.abc', acknowledged: true, at: day, reports },
    ]);
  });

  it.each(['', 'null', '7', '{"attempt":7,"at":1}', '{"attempt":"2.abc"}', '{'])(
    'passes over an entry that reads %j',
    (text) => {
      expect(open(storage({ 'course-journal:small:ada:tab0': text })).left).toEqual([]);
    },
  );

  it.each<[string, Storage | undefined]>([
    ['is denied', undefined],
    ['is full', { ...storage(), setItem: denied }],
  ])('says so where storage %s', (_, device) => {
    const journal = open(device);
    journal.write(entry);
    expect(journal.place).toBe('memory');
    expect(() => journal.clear()).not.toThrow();
  });

  it('says so once there is room again', () => {
    const device = storage();
    let full = true;
    const journal = open({ ...device, setItem: (...args) => (full ? denied() : device.setItem(...args)) });
    journal.write(entry);
    full = false;
    journal.write(entry);
    expect(journal.place).toBe('device');
    expect(open(device).left).toEqual([entry]);
  });
});

it('fingerprints tell texts apart', () => {
  const learners = Array.from({ length: 5000 }, (_, index) => `learner-${index}@example.org`);
  expect(new Set(learners.map(fingerprint)).size).toBe(5000);
});
