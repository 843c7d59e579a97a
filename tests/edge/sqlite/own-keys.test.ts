import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { SqliteOwnKeys } from '../../../src/edge/sqlite/own-keys.ts';
import type { ActRecord } from '../../../src/exchange/acts/act-record.ts';
import { StoreBench } from '../../support/store-bench.ts';

let store: StoreBench;
let keys: SqliteOwnKeys;
let raw: Database.Database;
beforeEach(() => {
  store = new StoreBench();
  keys = new SqliteOwnKeys(store.db, store.clock);
  raw = new Database(store.path);
  raw.pragma('foreign_keys = ON');
});
afterEach(async () => {
  raw.close();
  await store.dispose();
});

const pin = (letter: string): string => `SHA256:${letter.repeat(43)}`;
const act: ActRecord = {
  draft: {
    ...{ actor: 'officer-1', act: 'key-retire', result: 'done', origin: 'cli:test' },
    ...{ object: 'workspace:drill-1', data: { purpose: 'sftp', pin: pin('a') } },
  },
};
const rotate = (from: number, letters: string): Promise<void> =>
  keys.rotate(
    'sftp',
    { number: from, fingerprint: pin(letters[0]!) },
    { number: from + 1, fingerprint: pin(letters[1]!), madeAt: store.clock.now() },
    act,
  );
const states = async (): Promise<string[]> => (await keys.list('sftp')).map(({ state }) => state);

describe('SqliteOwnKeys', () => {
  it('knows one in use and at most one that is retiring', async () => {
    expect(await states()).toEqual([]);
    await rotate(1, 'ab');
    expect(await states()).toEqual(['retiring', 'in-use']);
    const before = await store.log.size();
    await expect(rotate(2, 'bc')).rejects.toMatchObject({ code: 'key-still-retiring' });
    await expect(keys.retire('sftp', 2, act)).rejects.toMatchObject({ code: 'key-not-retiring' });
    expect(await store.log.size()).toBe(before);
    await keys.retire('sftp', 1, act);
    await rotate(2, 'bc');
    expect(await states()).toEqual(['retired', 'retiring', 'in-use']);
  });

  it.each([
    ['a second key in use', "UPDATE own_key SET state = 'in-use' WHERE number = 2"],
    ['the key of init, back in use', "UPDATE own_key SET state = 'in-use' WHERE number = 1"],
    ['a second one retiring', "UPDATE own_key SET state = 'retiring' WHERE number = 1"],
    ['a key without a leaf', 'UPDATE own_key SET leaf = NULL WHERE number = 3'],
    ['another state', "UPDATE own_key SET state = 'lost' WHERE number = 3"],
  ])('is kept by the database from %s', async (_, sql) => {
    await rotate(1, 'ab');
    await keys.retire('sftp', 1, act);
    await rotate(2, 'bc');
    expect(() => raw.exec(sql)).toThrow(/constraint/i);
  });
});
