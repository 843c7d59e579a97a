import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { digestOf } from '../../../src/domain/handoff/plan.ts';
import type { Tables } from '../../../src/edge/sqlite/tables.ts';
import { allOf } from '../../support/all-of.ts';
import { hashPage } from '../../support/card-pages.ts';
import { incidentEntry } from '../../support/incident-entry.ts';
import { decideAct, prepareAct, refusedAct, StoreBench } from '../../support/store-bench.ts';

let store: StoreBench;
beforeEach(async () => {
  store = new StoreBench();
  await store.openIncident();
});
afterEach(() => store.dispose());

const one = { id: 'h-0001', batches: [{ id: 'b-0001', cards: [1, 2, 3] }] };

const pageTables = ['card_page', 'hash_page', 'relied_page', 'finding_page'] as const;

async function rowsOf(table: keyof Tables): Promise<number> {
  const { rows } = await store.db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as('rows'))
    .executeTakeFirstOrThrow();
  return rows;
}

const pagesLeft = async (): Promise<number> =>
  (await Promise.all(pageTables.map(rowsOf))).reduce((sum, rows) => sum + rows, 0);

describe('SqliteHandoffRegister.begin()', () => {
  it('hides a handoff while it is being prepared', async () => {
    await store.begin('h-0001');
    expect(await store.handoffs.list()).toEqual([]);
    await expect(store.handoffs.get('h-0001')).rejects.toMatchObject({ code: 'handoff-unknown' });
    expect(await store.handoffs.isPreparing()).toBe(true);
  });

  it('refuses a second prepare of the incident, and names the first', async () => {
    await store.begin('h-0001');
    await expect(store.begin('h-0002')).rejects.toMatchObject({
      ...{ code: 'handoff-undecided', retry: 'later' },
      facts: { handoff: 'h-0001', state: 'preparing' },
    });
  });

  it('refuses while a handoff waits for its decision, not after it', async () => {
    await store.prepare(one);
    await expect(store.begin('h-0002')).rejects.toMatchObject({ code: 'handoff-undecided' });
    await store.decide('h-0001');
    await store.begin('h-0002');
  });

  it.each([
    ['another document of the incident', {}, 'incident-changed'],
    ['an incident that was closed meanwhile', { state: 'closed' }, 'incident-closed'],
  ] as const)('refuses %s than was read, and leaves no row', async (_, changes, code) => {
    const { documentSha256: incidentSha256 } = await store.incidents.get('shop-a-2020');
    const document = JSON.stringify(incidentEntry({ merchant: 'Another K.K.' }));
    await store.db
      .updateTable('incident')
      .set({ document, ...changes })
      .execute();
    const begun = store.handoffs.begin(
      {
        ...{ id: 'h-0001', incident: 'shop-a-2020', incidentSha256, mode: 'drill' },
        ...{ requester: 'officer-1', at: store.clock.now() },
      },
      new Date(store.nowMs + 1),
    );
    await expect(begun).rejects.toMatchObject({ code, facts: { incident: 'shop-a-2020' } });
    expect(await store.handoffs.isPreparing()).toBe(false);
  });

  it('does not mind another incident', async () => {
    await store.openIncident('shop-b');
    await store.begin('h-0001');
    await store.begin('h-0002', 'shop-b');
  });

  it('of two at the same moment lets one through', async () => {
    const results = await Promise.allSettled([store.begin('h-0001'), store.begin('h-0002')]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('SqliteHandoffRegister.finish()', () => {
  it('makes the handoff visible with its batches, pages and one leaf', async () => {
    await store.prepare(one);
    const row = await store.handoffs.get('h-0001');
    expect(row).toMatchObject({ state: 'undecided', requester: 'officer-1', outcome: undefined });
    expect(digestOf(row.plan!)).toBe(row.planSha256);
    const [batch] = await store.handoffs.batchesOf('h-0001');
    expect(batch).toMatchObject({ id: 'b-0001', state: 'built', cards: 3, firstReference: 1 });
    const pages = await allOf(store.handoffs.cardPages('b-0001'));
    expect(pages.map(({ first, rows }) => [first, rows.length])).toEqual([[0, 84]]);
    expect((await allOf(store.handoffs.findingPages('h-0001')))[0]).toHaveLength(16);
    expect((await store.acts()).filter((act) => act === 'handoff-prepare')).toHaveLength(1);
  });

  it('ends as nothing-to-send without a batch', async () => {
    await store.prepare({ id: 'h-0001', batches: [] });
    expect((await store.handoffs.get('h-0001')).state).toBe('nothing-to-send');
    await store.begin('h-0002');
  });

  it('stays undone when its leaf is refused', async () => {
    await store.begin('h-0001');
    await store.addPages(one);
    const size = await store.log.size();
    await expect(store.finish(one, refusedAct())).rejects.toMatchObject({
      code: 'leaf-card-number',
    });
    expect(await store.handoffs.list()).toEqual([]);
    expect(await rowsOf('batch')).toBe(0);
    expect(await store.log.size()).toBe(size);
    expect((await store.incidents.get('shop-a-2020')).nextReference).toBe(1);
  });

  it('refuses a prepare that was taken for dead and swept', async () => {
    await store.begin('h-0001');
    await store.handoffs.discard('h-0001', [], undefined);
    await expect(store.finish(one)).rejects.toMatchObject({ code: 'handoff-unknown' });
    expect(await rowsOf('batch')).toBe(0);
  });

  it('never allots a record reference twice, also after a cancel', async () => {
    await store.prepare(one);
    const act = decideAct('h-0001', 'cancel');
    await store.handoffs.cancel('h-0001', store.clock.now(), 'whole', act);
    await store.prepare({ id: 'h-0002', batches: [{ id: 'b-0002', cards: [1, 2] }] });
    expect((await store.handoffs.batch('b-0002')).firstReference).toBe(4);
    expect((await store.incidents.get('shop-a-2020')).nextReference).toBe(6);
  });

  it('refuses a prepare that read the incident before another one ended', async () => {
    await store.prepare(one);
    await store.decide('h-0001');
    await store.begin('h-0002');
    const stale = store.handoffs.finish(
      { ...(await finished('h-0002', 2)), nextReference: 3 },
      store.clock.now(),
      prepareAct('h-0002'),
    );
    await expect(stale).rejects.toMatchObject({ code: 'handoff-undecided' });
    expect((await store.incidents.get('shop-a-2020')).nextReference).toBe(4);
    expect(await rowsOf('batch')).toBe(1);
  });

  it('never replaces the keyed-hash key of an incident', async () => {
    await store.begin('h-0001');
    const first = { ...(await finished('h-0001', 0)), wrappedKey: new Uint8Array([1]) };
    await store.handoffs.finish(first, store.clock.now(), prepareAct('h-0001'));
    expect((await store.incidents.get('shop-a-2020')).wrappedKey).toEqual(new Uint8Array([1]));
    await store.begin('h-0002');
    const second = { ...(await finished('h-0002', 0)), wrappedKey: new Uint8Array([2]) };
    await expect(
      store.handoffs.finish(second, store.clock.now(), prepareAct('h-0002')),
    ).rejects.toMatchObject({ code: 'handoff-undecided' });
    expect((await store.incidents.get('shop-a-2020')).wrappedKey).toEqual(new Uint8Array([1]));
  });
});

async function finished(
  id: string,
  cards: number,
): Promise<Parameters<StoreBench['handoffs']['finish']>[0]> {
  const plan = new TextEncoder().encode(`{"handoff":"${id}"}`);
  const counts = { excluded: {}, held: {}, warnings: {}, accepted: {} };
  return Promise.resolve({
    id,
    report: { ...counts, read: cards, cards, orders: 0, references: 0 },
    plan,
    planSha256: digestOf(plan),
    review: plan,
    reviewSha256: digestOf(plan),
    sources: [],
    batches: [],
    wrappedKey: undefined,
    nextReference: 1 + cards,
  });
}

describe('SqliteHandoffRegister.discard()', () => {
  it('removes the row and every page, and keeps the leaf that says why', async () => {
    await store.prepare(one);
    await store.decide('h-0001');
    const before = await pagesLeft();
    const next = {
      id: 'h-0002',
      batches: [{ id: 'b-0002', cards: [7] }],
      relied: [{ batch: 'b-0001', cards: [1] }],
    };
    await store.begin('h-0002');
    await store.addPages(next);
    expect(await pagesLeft()).toBe(before + 4);
    await store.handoffs.discard('h-0002', ['b-0002'], decideAct('h-0002', 'cancel'));
    expect(await pagesLeft()).toBe(before);
    expect(await store.handoffs.isPreparing()).toBe(false);
    expect((await store.acts()).at(-1)).toBe('handoff-cancel');
  });

  it('finds the pages of a dead process by itself', async () => {
    await store.begin('h-0001');
    await store.addPages(one);
    await store.handoffs.discard('h-0001', [], undefined);
    expect(await pagesLeft()).toBe(0);
  });

  it('clears what one that was taken for dead wrote on after it was swept, and nothing else', async () => {
    await store.prepare(one);
    const write = async (handoff: string): Promise<void> => {
      const page = { handoff, number: 7, rows: new Uint8Array(1) };
      const first_tag = new Uint8Array(12);
      await store.db
        .insertInto('person_page')
        .values({ ...page, first_tag })
        .execute();
      await store.db.insertInto('reference_page').values(page).execute();
      await store.db
        .insertInto('finding_page')
        .values({ ...page, findings: 1 })
        .execute();
    };
    const left = async (): Promise<number> =>
      (await pagesLeft()) + (await rowsOf('person_page')) + (await rowsOf('reference_page'));
    await write('h-0001');
    const before = await left();
    await write('h-0002');
    expect(await left()).toBe(before + 3);
    await store.handoffs.discard('h-0003', [], undefined);
    expect(await left()).toBe(before);
  });

  it('spares the pages of another prepare that is alive', async () => {
    await store.openIncident('shop-b');
    const other = { id: 'h-0002', batches: [{ id: 'b-0002', cards: [9] }] };
    await store.begin('h-0001');
    await store.begin('h-0002', 'shop-b');
    await store.addPages(one);
    await store.addPages(other);
    await store.handoffs.discard('h-0001', ['b-0001'], undefined);
    expect(await Promise.all(pageTables.map(rowsOf))).toEqual([1, 1, 0, 1]);
    await store.finish({ ...other, incident: 'shop-b' });
    const [page] = await store.handoffs.earlierBatches('shop-b');
    expect(page!.rows).toEqual(hashPage([9]));
  });

  it('touches nothing of a handoff that became visible meanwhile', async () => {
    await store.prepare(one);
    const before = await pagesLeft();
    await store.handoffs.discard('h-0001', ['b-0001'], undefined);
    expect(await pagesLeft()).toBe(before);
    expect((await store.handoffs.get('h-0001')).state).toBe('undecided');
  });

  it('does nothing when its leaf is refused', async () => {
    await store.begin('h-0001');
    await store.addPages(one);
    await expect(store.handoffs.discard('h-0001', ['b-0001'], refusedAct())).rejects.toMatchObject({
      code: 'leaf-card-number',
    });
    expect(await store.handoffs.isPreparing()).toBe(true);
    expect(await pagesLeft()).toBe(3);
  });
});

describe('SqliteHandoffRegister.abandoned()', () => {
  it('names a prepare whose lease ran out, and none before', async () => {
    await store.begin('h-0001');
    store.nowMs += 600_000;
    expect(await store.handoffs.abandoned(store.clock.now())).toEqual([]);
    store.nowMs += 1;
    expect(await store.handoffs.abandoned(store.clock.now())).toEqual(['h-0001']);
  });

  it('does not name one that renewed its lease', async () => {
    await store.begin('h-0001');
    store.nowMs += 599_000;
    await store.handoffs.renew('h-0001', new Date(store.nowMs + 600_000));
    store.nowMs += 100_000;
    expect(await store.handoffs.abandoned(store.clock.now())).toEqual([]);
  });

  it('renew() does not give a lease to a handoff that is finished', async () => {
    await store.prepare(one);
    await store.handoffs.renew('h-0001', new Date(store.nowMs + 1));
    store.nowMs += 10_000_000;
    expect(await store.handoffs.abandoned(store.clock.now())).toEqual([]);
  });
});

describe('SqliteHandoffRegister.knownFiles()', () => {
  it('holds the files of visible batches only', async () => {
    await store.begin('h-0001');
    await store.addPages(one);
    expect([...(await store.handoffs.knownFiles())]).toEqual([]);
    await store.finish(one);
    expect([...(await store.handoffs.knownFiles())]).toEqual(['test-b-0001.pgp']);
  });
});
