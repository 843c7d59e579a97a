import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ClockEntry } from '../../../src/exchange/incident/clock-book.ts';
import { actOf, refusedAct, StoreBench } from '../../support/store-bench.ts';

let store: StoreBench;
beforeEach(async () => {
  store = new StoreBench();
  await store.openIncident();
});
afterEach(() => store.dispose());

const incident = 'shop-a-2020';
const act = actOf('incident-record', `clock:${incident}.tip`, {
  ...{ incident, event: 'tip', outcome: 'happened' },
});

const entry = (changes: Partial<ClockEntry> = {}): ClockEntry => ({
  ...{ incident, subject: 'tip', revision: 1, outcome: 'happened', officer: 'officer-1' },
  at: new Date('2026-11-20T00:00:00Z'),
  recordedAt: store.clock.now(),
  ...changes,
});

describe('SqliteClockBook', () => {
  it('gives back what was added, older entries of a subject first', async () => {
    const first = entry();
    const second = entry({ revision: 2, outcome: 'withdrawn', at: undefined });
    const other = entry({ subject: 'awareness' });
    for (const each of [first, second, other]) await store.clockBook.add(each, act);
    expect(await store.clockBook.entries(incident)).toEqual([other, first, second]);
    expect(await store.acts()).toEqual([
      'incident-open',
      ...[1, 2, 3].map(() => 'incident-record'),
    ]);
  });

  it('keeps incidents apart', async () => {
    await store.clockBook.add(entry(), act);
    expect(await store.clockBook.entries('shop-b')).toEqual([]);
  });

  it('adds no entry without its leaf', async () => {
    await expect(store.clockBook.add(entry(), refusedAct())).rejects.toThrow();
    expect(await store.clockBook.entries(incident)).toEqual([]);
  });

  it('refuses a revision that is there, without another leaf', async () => {
    await store.clockBook.add(entry({ revision: 2 }), act);
    for (const revision of [1, 2]) {
      await expect(store.clockBook.add(entry({ revision }), act)).rejects.toMatchObject({
        code: 'clock-entry-changed',
      });
    }
    expect(await store.log.size()).toBe(2);
  });

  it.each([
    ['a time for what has none', { outcome: 'withdrawn' }],
    ['no time for what has one', { at: undefined }],
    ['an incident that is not there', { incident: 'nobody' }],
    ['a revision below 1', { revision: 0 }],
  ] as const)('stores nothing with %s', async (_what, changes) => {
    await expect(store.clockBook.add(entry(changes), act)).rejects.toThrow();
    expect(await store.log.size()).toBe(1);
  });
});
