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

async function add(
  cards: readonly (readonly [record: number, exception: Said])[],
  seen?: number,
  list = batch,
) {
  const at = store.clock.now();
  const exceptions: NewExceptions = {
    ...{ incident, issuer: 'Bank', saidAt: at, recordedAt: at, channel: 'mail' },
    ...{ officer: 'officer-1', evidence: undefined },
    cards: cards.map(([record, exception]) => ({ batch: list, record, exception })),
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
    const noted = await store.exceptions.ofIncident(incident);
    expect(noted.map(({ record, exception }) => [record, exception])).toEqual([
      [1, 'none'],
      [2, 'fee-charged'],
    ]);
    expect(noted[0]).toEqual({
      ...{ batch, record: 1, issuer: 'Bank', exception: 'none', isCarried: false },
      first: { batch, record: 1 },
    });
    expect(await store.exceptions.ofCard('Bank', [{ batch, record: 1 }])).toBeUndefined();
    expect(await store.exceptions.ofCard('Bank', [{ batch, record: 3 }])).toBeUndefined();
    const both = [1, 2].map((record) => ({ batch, record }));
    expect(await store.exceptions.ofCard('Bank', both)).toBeUndefined();
    expect(await store.exceptions.ofCard('Bank', both.slice(1))).toMatchObject({
      ...{ exception: 'fee-charged', by: 'Sato', channel: 'mail', issuer: 'Bank' },
    });
    expect(await store.exceptions.ofCard('Other bank', both.slice(1))).toBeUndefined();
  });

  it('follows a card to every list of the incident, and to none of another', async () => {
    // Card 2 stands on both lists of the incident, card 9 on the later one alone.
    await store.prepare({ id: 'h-0002', batches: [{ id: 'b-0002', cards: [9, 2] }] });
    await store.openIncident('shop-b-2020');
    await store.prepare({
      ...{ id: 'h-0003', incident: 'shop-b-2020' },
      batches: [{ id: 'b-0003', cards: [2] }],
    });
    await add([[2, 'fee-charged']]);
    const at = (list: string, record: number, exception: Said, isCarried: boolean) => ({
      ...{ batch: list, record, issuer: 'Bank', exception, isCarried },
      first: { batch, record: 2 },
    });
    expect(await store.exceptions.ofIncident(incident)).toEqual([
      at(batch, 2, 'fee-charged', false),
      at('b-0002', 5, 'fee-charged', true),
    ]);
    await add([[5, 'none']], undefined, 'b-0002');
    expect(await store.exceptions.ofIncident(incident)).toEqual([
      at(batch, 2, 'none', true),
      at('b-0002', 5, 'none', false),
    ]);
    const unknown = { batch, record: 99 };
    expect(await store.exceptions.listings(incident, [unknown])).toEqual([[unknown]]);
  });

  it('counts for nothing where its list was declined', async () => {
    await add([[1, 'not-waived']]);
    await store.db.updateTable('handoff').set({ outcome: 'decline' }).execute();
    expect(await store.exceptions.ofIncident(incident)).toEqual([]);
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
