import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { deliveryStates } from '../../../src/domain/handoff/delivery-states.ts';
import type { DeliveryState } from '../../../src/domain/handoff/delivery-states.ts';
import { incidentSchema } from '../../../src/domain/incident/incident.ts';
import type { RecallBasis } from '../../../src/domain/recalls/recall-basis.ts';
import { runsOf } from '../../../src/domain/recalls/recalled-runs.ts';
import { SqliteIncidentPurges } from '../../../src/edge/sqlite/incident-purges.ts';
import { addCardAnswer, returnedCard } from '../../support/card-answer-of.ts';
import { hashPage } from '../../support/card-pages.ts';
import { incidentEntry } from '../../support/incident-entry.ts';
import { actOf, decideAct, StoreBench } from '../../support/store-bench.ts';

const id = 'shop-a-2020';

let store: StoreBench;
beforeEach(async () => {
  store = new StoreBench();
  await store.openIncident(id);
  await store.prepare({ id: 'h-0001', batches: [{ id: 'b-0001', cards: [1, 2, 3, 4] }] });
  await store.decide('h-0001');
});
afterEach(() => store.dispose());

/** A recall of these places of the first batch, in this state. */
async function recall(
  places: readonly number[],
  state: DeliveryState = 'stored',
  basis: RecallBasis = 'records',
  name = 'r-0001',
): Promise<void> {
  const runs = runsOf(places);
  await store.begin(`h-${name}`);
  await store.finish({
    id: `h-${name}`,
    batches: [{ id: name, cards: places }],
    recalls: [{ batch: name, recalled: 'b-0001', basis, runs }],
  });
  await store.decide(`h-${name}`);
  await store.db.updateTable('batch').set({ state }).where('id', '=', name).execute();
}

const earlier = async (): Promise<readonly string[]> =>
  (await store.handoffs.earlierBatches(id)).map(({ batch }) => batch);

describe('a recall file', () => {
  it('is read back with what it recalls, and allots no record reference', async () => {
    const { nextReference } = await store.incidents.get(id);
    await recall([0, 2]);
    const [batch] = await store.handoffs.batchesOf('h-r-0001');
    expect(batch).toMatchObject({
      recalls: { batch: 'b-0001', basis: 'records', runs: runsOf([0, 2]) },
    });
    expect((await store.handoffs.batch('b-0001')).recalls).toBeUndefined();
    expect((await store.incidents.get(id)).nextReference).toBe(nextReference);
  });

  it('cannot recall itself, nor for a reason that nobody knows', async () => {
    await recall([0]);
    const row = { batch: 'b-0001', basis: 'records', runs: new Uint8Array(8) };
    const insert = (more: object): Promise<unknown> =>
      store.db
        .insertInto('recall')
        .values({ ...row, recalled: 'r-0001', proposal: null, ...more })
        .execute();
    await expect(insert({ recalled: 'b-0001' })).rejects.toThrow('CHECK');
    await expect(insert({ basis: 'whim' })).rejects.toThrow('CHECK');
    await expect(insert({ proposal: 1 })).rejects.toThrow('CHECK');
    await expect(insert({ recalled: 'none' })).rejects.toThrow('FOREIGN KEY');
  });

  it('says no more which cards it named, once its incident is purged', async () => {
    await recall([0, 2]);
    await new SqliteIncidentPurges(store.db, store.clock).removeRows(id);
    const { recalls, cards } = await store.handoffs.batch('r-0001');
    expect([recalls?.runs.length, cards]).toEqual([0, 2]);
  });
});

describe('SqliteHandoffRegister.earlierBatches() after a recall', () => {
  it.each(deliveryStates)(
    'knows whether a recall that is %s takes its cards out',
    async (state) => {
      await recall([0, 2], state);
      const [batch] = await store.handoffs.earlierBatches(id);
      const isOut = state !== 'built' && state !== 'cancelled';
      const kept = [1, 2, 3, 4].filter((_, at) => !isOut || at === 1 || at === 3);
      const all = hashPage([1, 2, 3, 4]);
      const rows = [...Array(4).keys()].map((at) => all.subarray(at * 16, at * 16 + 16));
      const places = rows.filter((row) => kept.includes(row[12]! + 1));
      expect(batch!.rows).toEqual(new Uint8Array(Buffer.concat(places)));
    },
  );

  it('leaves out a batch that is recalled whole, and the recall itself', async () => {
    await recall([0, 1, 2, 3]);
    expect(await earlier()).toEqual([]);
  });
});

describe('SqliteHandoffRegister.uncovered() after a recall', () => {
  beforeEach(() =>
    store.prepare({
      id: 'h-0002',
      batches: [{ id: 'b-0002', cards: [5] }],
      relied: [{ batch: 'b-0001', cards: [1, 2] }],
    }),
  );
  const uncovered = async (): Promise<number[]> =>
    (await store.handoffs.uncovered()).map(({ cards }) => cards);

  it.each([
    ['batches', [2]],
    ['records', []],
    ['amendment', []],
  ] as const)('counts cards left to a batch that is recalled by %s', async (basis, counts) => {
    await store.decide('h-0002');
    await recall([0, 1, 2, 3], 'stored', basis);
    expect(await uncovered()).toEqual(counts);
  });

  it('counts a recalled card that the only other batch lost', async () => {
    await store.decide('h-0002');
    await store.prepare({ id: 'h-0003', batches: [{ id: 'b-0003', cards: [1, 2] }] });
    await store.decide('h-0003');
    const failed = store.db.updateTable('batch').set({ state: 'failed' });
    await failed.where('id', '=', 'b-0003').execute();
    await store.prepare({
      id: 'h-0004',
      batches: [{ id: 'b-0004', cards: [6] }],
      relied: [{ batch: 'b-0003', cards: [1, 2] }],
    });
    await store.decide('h-0004');
    expect(await uncovered()).toEqual([]);
    await recall([0]);
    expect(await uncovered()).toEqual([1]);
  });
});

describe('SqliteAmendments after a recall', () => {
  async function amend(
    unsent: readonly string[] = [],
    out?: readonly number[],
  ): Promise<readonly string[]> {
    const { documentSha256: incidentSha256 } = await store.incidents.get(id);
    const handoffs = (await store.handoffs.list(id)).map((row) => row.id);
    const counting = store.db.selectFrom('batch').select('id').where('state', '<>', 'failed');
    const batches = (await counting.execute()).map((row) => row.id);
    const places = out && { out: runsOf(out), untold: runsOf([]) };
    const proposals = [{ batch: 'b-0001', out: 3, untold: 0, places }];
    const act = actOf('incident-amend', `incident:${id}`, {
      ...{ incident: id, windows: 1, document: '0'.repeat(64), replaced: incidentSha256 },
    });
    const voided = await store.amendments.amend(
      {
        incident: incidentSchema.parse(incidentEntry({ id, public_name: 'Another Shop' })),
        counted: { incidentSha256, handoffs, undecided: [], unsent, batches },
        ...{ at: store.clock.now(), proposals, records: 7 },
      },
      act,
      (handoff) => decideAct(handoff, 'cancel'),
    );
    store.nowMs += 1_000;
    return voided;
  }
  const stateOf = async (batch: string): Promise<DeliveryState> =>
    (await store.handoffs.batch(batch)).state;
  const proposed = async (): Promise<number[]> =>
    (await store.amendments.recalls(id)).map(({ cards }) => cards);

  it.each([
    ['stored', [1]],
    ['presumed', [1]],
    ['failed', [3]],
    ['expired', [3]],
    ['partly-read', [3]],
    ['built', [3]],
    ['cancelled', [3]],
  ] as const)('proposes what a recall that is %s does not name', async (state, counts) => {
    await amend();
    await recall([0, 2], state, 'amendment');
    expect(await proposed()).toEqual(counts);
  });

  it('proposes nothing that an earlier recall on its way names, until that one comes to nothing', async () => {
    await amend();
    await recall([0, 3], 'presumed', 'amendment');
    await amend([], [0, 1, 2]);
    expect(await proposed()).toEqual([2]);
    const lost = store.db.updateTable('batch').set({ state: 'failed' });
    await lost.where('id', '=', 'r-0001').execute();
    expect(await proposed()).toEqual([3]);
  });

  it('proposes cards again that were returned when they were recalled', async () => {
    await amend([], [0, 1, 2]);
    await recall([0, 1, 2], 'stored', 'amendment');
    expect(await proposed()).toEqual([]);
    const { firstReference } = await store.handoffs.batch('r-0001');
    const rows = [returnedCard(firstReference + 1)];
    await addCardAnswer(store, 'r-0001', 'a', { rest: 'accepted', rows });
    expect(await proposed()).toEqual([1]);
    await addCardAnswer(store, 'r-0001', 'b', { rest: 'accepted', rows: [] });
    expect(await proposed()).toEqual([]);
  });

  it('takes whoever answers for one who has the recall, though it was read in part alone', async () => {
    await amend([], [0, 1, 2]);
    await recall([0, 1], 'partly-read', 'amendment');
    expect(await proposed()).toEqual([3]);
    await addCardAnswer(store, 'r-0001', 'a', { rest: 'accepted', rows: [] });
    expect(await proposed()).toEqual([1]);
  });

  it('says no more which cards were proposed, once the incident is purged', async () => {
    await amend([], [0, 1, 2]);
    await new SqliteIncidentPurges(store.db, store.clock).removeRows(id);
    const rows = await store.db.selectFrom('recall_proposal').selectAll().execute();
    expect(rows.map(({ cards, out_runs }) => [cards, out_runs])).toEqual([[3, null]]);
  });

  it.each(['approved', 'offered', 'failed'] as const)(
    'takes back a recall that follows from the old document and is %s',
    async (state) => {
      await recall([0, 2], state, 'amendment');
      const size = await store.log.size();
      expect(await amend(['r-0001'])).toEqual(['h-r-0001']);
      expect(await stateOf('r-0001')).toBe('cancelled');
      expect((await store.acts()).slice(size)).toEqual(['handoff-cancel', 'incident-amend']);
    },
  );

  it('leaves one that has left, and one that an officer named', async () => {
    await recall([0], 'stored', 'amendment');
    await recall([1], 'approved', 'records', 'r-0002');
    expect(await amend()).toEqual([]);
    expect([await stateOf('r-0001'), await stateOf('r-0002')]).toEqual(['stored', 'approved']);
  });

  it('changes nothing while one is being sent, nor where one left since it was counted', async () => {
    await recall([0, 2], 'sending', 'amendment');
    const lease = store.db.updateTable('batch').where('id', '=', 'r-0001');
    await lease.set({ lease_until: store.nowMs + 1_000 }).execute();
    await expect(amend()).rejects.toMatchObject({ code: 'batch-busy' });
    await lease.set({ state: 'stored', lease_until: null }).execute();
    await expect(amend(['r-0001'])).rejects.toMatchObject({ code: 'incident-changed' });
    expect([await stateOf('r-0001'), await proposed()]).toEqual(['stored', []]);
  });

  it('proposes nothing once all of it is recalled, and reads no source by it', async () => {
    await amend();
    await recall([0, 1, 2], 'stored', 'amendment');
    expect(await proposed()).toEqual([]);
    expect(await store.amendments.toRead(id)).toMatchObject([{ records: 7 }]);
  });
});
