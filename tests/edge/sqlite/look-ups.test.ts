import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { QUESTION_SPAN_MS, QUESTIONS_MAX } from '../../../src/domain/lookup/question-rate.ts';
import { SqliteLookUps } from '../../../src/edge/sqlite/look-ups.ts';
import type { ActRecord } from '../../../src/exchange/act-record.ts';
import { StoreBench } from '../../support/store-bench.ts';

const now = new Date('2020-04-10T09:00:00Z');
const since = new Date(now.getTime() - QUESTION_SPAN_MS);
const act: ActRecord = {
  draft: {
    ...{ actor: 'desk-1', act: 'look-up', result: 'done', origin: 'cli', object: 'desk:order' },
    data: { by: 'order', incidents: ['shop-a-2020'], found: 0 },
  },
  texts: { reason: 'a caller asks' },
};

let store: StoreBench;
let lookUps: SqliteLookUps;
beforeEach(async () => {
  store = new StoreBench();
  await store.openIncident();
  lookUps = new SqliteLookUps(store.db, { now: () => now });
});
afterEach(() => store.dispose());

const ask = (officer: string, at = now): Promise<void> => lookUps.add(officer, at, since, act);

describe('SqliteLookUps', () => {
  it('counts by officer, within the hour only', async () => {
    await ask('desk-1', since);
    await ask('desk-1');
    await ask('desk-2');
    expect(await lookUps.askedSince('desk-1', since)).toEqual([now.getTime()]);
    expect(await lookUps.askedSince('desk-1', new Date(since.getTime() - 1))).toHaveLength(2);
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
    await ask('desk-2');
  });
});
