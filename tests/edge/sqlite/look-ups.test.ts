import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { QUESTION_SPAN_MS, QUESTIONS_MAX } from '../../../src/domain/lookup/question-rate.ts';
import { SqliteLookUps } from '../../../src/edge/sqlite/look-ups.ts';
import type { ActRecord } from '../../../src/exchange/acts/act-record.ts';
import { StoreBench } from '../../support/store-bench.ts';

const now = new Date('2020-04-10T09:00:00Z');
const since = new Date(now.getTime() - QUESTION_SPAN_MS);
const origin = 'cli:desk:hanako';
const actOf = (actor: string, from: string): ActRecord => ({
  draft: {
    ...{ actor, act: 'look-up', result: 'done', origin: from, object: 'desk:order' },
    data: { by: 'order', incidents: ['shop-a-2020'], found: 0 },
  },
  texts: { reason: 'a caller asks' },
});

let store: StoreBench;
let lookUps: SqliteLookUps;
beforeEach(async () => {
  store = new StoreBench();
  await store.openIncident();
  lookUps = new SqliteLookUps(store.db, { now: () => now });
});
afterEach(() => store.dispose());

const ask = (actor: string, at = now, from = origin): Promise<void> =>
  lookUps.add(at, since, ['shop-a-2020'], actOf(actor, from));

describe('SqliteLookUps', () => {
  it('counts by officer and by account, within the hour only', async () => {
    await ask('desk-1', since);
    await ask('desk-1', now, 'cli:desk:taro');
    await ask('desk-2');
    const asked = (actor: string, from: string, of = since): Promise<readonly number[]> =>
      lookUps.askedSince({ actor, origin: from }, of);
    const at = now.getTime();
    expect(await asked('desk-1', 'cli:other:jiro')).toEqual([at]);
    expect(await asked('desk-3', origin)).toEqual([at]);
    expect(await asked('desk-1', origin)).toEqual([at, at]);
    expect(await asked('desk-3', 'cli:other:jiro')).toEqual([]);
    expect(await asked('desk-1', origin, new Date(since.getTime() - 1))).toHaveLength(3);
  });

  it('refuses one question too many with no leaf, also of two that ask at once', async () => {
    for (let asked = 0; asked < QUESTIONS_MAX - 1; asked += 1) await ask('desk-1');
    const before = await store.log.size();
    const both = await Promise.allSettled([ask('desk-1'), ask('desk-1')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'lookup-too-many' },
    });
    expect(await store.log.size()).toBe(before + 1);
  });

  it('takes another name from the same account for the same asker, and another account for another', async () => {
    for (let asked = 0; asked < QUESTIONS_MAX; asked += 1) await ask('desk-1');
    await expect(ask('desk-2')).rejects.toMatchObject({ code: 'lookup-too-many' });
    await ask('desk-2', now, 'cli:desk:taro');
  });
});
