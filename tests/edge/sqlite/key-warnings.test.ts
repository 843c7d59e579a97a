import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { SqliteKeyWarnings } from '../../../src/edge/sqlite/key-warnings.ts';
import type { KeyWarning } from '../../../src/exchange/keys/key-warnings.ts';
import { StoreBench } from '../../support/store-bench.ts';

let store: StoreBench;
let warnings: SqliteKeyWarnings;
beforeEach(() => {
  store = new StoreBench();
  warnings = new SqliteKeyWarnings(store.db, store.clock);
});
afterEach(() => store.dispose());

const endsAt = new Date('2026-12-22T00:00:00Z');
const warning = (changes: Partial<KeyWarning> = {}): KeyWarning => ({
  ...{ purpose: 'sftp', key: 'SHA256:x', endsAt, days: 30 },
  act: {
    draft: {
      ...{ actor: 'system', act: 'key-ending', result: 'done', origin: 'cli:test' },
      object: 'workspace:drill-1',
      data: {
        ...{ purpose: 'sftp', key: 'drill-1', kind: 'cryptoperiod', days: 30 },
        ends: endsAt.toISOString(),
      },
    },
  },
  ...changes,
});

describe('SqliteKeyWarnings', () => {
  it('tells each key, end and threshold once', async () => {
    expect(await warnings.record('a', [warning()])).toBe(1);
    expect(await warnings.record('b', [warning(), warning({ days: 7 })])).toBe(1);
    const later = new Date(endsAt.getTime() + 1);
    const others = [warning({ endsAt: later }), warning({ key: 'y' }), warning({ purpose: 'log' })];
    expect(await warnings.record('c', others)).toBe(3);
    expect(await store.log.size()).toBe(5);
  });

  it('keeps the mark with the leaves, or neither', async () => {
    expect(await warnings.wasSeen('a')).toBe(false);
    await warnings.record('a', []);
    expect([await warnings.wasSeen('a'), await warnings.wasSeen('b')]).toEqual([true, false]);
    const bad = warning({ days: 8 as 7 });
    await expect(warnings.record('b', [warning(), bad])).rejects.toThrow();
    expect([await warnings.wasSeen('b'), await store.log.size()]).toEqual([false, 0]);
  });
});
