import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { SqliteIncidentPurges } from '../../../src/edge/sqlite/incident-purges.ts';
import type { NewExceptions } from '../../../src/exchange/waivers/waiver-exceptions.ts';
import { actOf, StoreBench } from '../../support/store-bench.ts';

const incident = 'shop-a-2020';
const batch = 'b-0001';

let store: StoreBench;
beforeEach(async () => {
  store = new StoreBench();
  await store.approved(batch);
});
afterEach(() => store.dispose());

type Said = NewExceptions['cards'][number]['exception'];

async function add(cards: readonly (readonly [record: number, exception: Said])[], seen?: number) {
  const at = store.clock.now();
  const exceptions: NewExceptions = {
    ...{ incident, issuer: 'Bank', saidAt: at, recordedAt: at, channel: 'mail' },
    ...{ officer: 'officer-1', evidence: undefined },
    cards: cards.map(([record, exception]) => ({ batch, record, exception })),
  };
  const act = actOf('waiver-exceptions', `incident:${incident}`, {
    ...{ incident, exceptions: {}, saidAt: at.toISOString(), channel: 'mail' },
  });
  const newest = seen ?? (await store.exceptions.newest(incident));
  await store.exceptions.add(exceptions, { ...act, texts: { by: 'Sato' } }, newest, () =>
    Promise.resolve(),
  );
}

describe('SqliteWaiverExceptions', () => {
  it('tells of each card what was said last, with its source', async () => {
    await add([
      [1, 'not-waived'],
      [2, 'fee-charged'],
    ]);
    await add([[1, 'none']]);
    expect(await store.exceptions.ofIncident(incident)).toEqual([
      { batch, record: 1, issuer: 'Bank', exception: 'none' },
      { batch, record: 2, issuer: 'Bank', exception: 'fee-charged' },
    ]);
    expect(await store.exceptions.ofCard([{ batch, record: 1 }])).toBeUndefined();
    expect(await store.exceptions.ofCard([{ batch, record: 3 }])).toBeUndefined();
    const both = [1, 2].map((record) => ({ batch, record }));
    expect(await store.exceptions.ofCard(both)).toBeUndefined();
    expect(await store.exceptions.ofCard(both.slice(1))).toMatchObject({
      ...{ exception: 'fee-charged', by: 'Sato', channel: 'mail', issuer: 'Bank' },
    });
  });

  it('refuses what was judged by less than stands', async () => {
    const seen = await store.exceptions.newest(incident);
    await add([[1, 'not-waived']]);
    await expect(add([[1, 'fee-charged']], seen)).rejects.toMatchObject({
      code: 'statement-changed',
    });
    expect(await store.exceptions.ofIncident(incident)).toHaveLength(1);
  });

  it('is emptied by a purge, and takes nothing from its first step on', async () => {
    const purges = new SqliteIncidentPurges(store.db, store.clock);
    await add([[1, 'not-waived']]);
    expect((await purges.standing(incident)).rows).toMatchObject({ exceptions: 1, texts: 1 });
    await store.db.updateTable('batch').set({ state: 'stored' }).execute();
    const close = actOf('incident-close', `incident:${incident}`, { incident });
    await store.incidents.close(incident, close);
    const act = actOf('incident-purge-start', `incident:${incident}`, { incident, early: true });
    await purges.begin(incident, store.clock.now(), {}, act);
    await expect(add([[1, 'none']])).rejects.toMatchObject({ code: 'incident-purged' });
    await purges.removeRows(incident);
    expect(await store.exceptions.ofIncident(incident)).toEqual([]);
    expect((await purges.standing(incident)).rows).toMatchObject({ exceptions: 0, texts: 0 });
  });
});
