import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { runsOf } from '../../../src/domain/recalls/recalled-runs.ts';
import { incidentSchema } from '../../../src/domain/incident/incident.ts';
import type { Amendment, CountedFrom } from '../../../src/exchange/incident/amendments.ts';
import { incidentEntry } from '../../support/incident-entry.ts';
import { actOf, decideAct, refusedAct, StoreBench } from '../../support/store-bench.ts';

const id = 'shop-a-2020';

let store: StoreBench;
beforeEach(async () => {
  store = new StoreBench();
  await store.openIncident(id);
  await store.prepare({ id: 'h-0001', batches: [{ id: 'b-0001', cards: [1, 2, 3] }] });
  await store.decide('h-0001');
  await store.prepare({ id: 'h-0002', batches: [{ id: 'b-0002', cards: [4] }] });
});
afterEach(() => store.dispose());

/** What the use case would have read just now. */
async function counted(): Promise<CountedFrom> {
  return {
    incidentSha256: (await store.incidents.get(id)).documentSha256,
    ...{ handoffs: ['h-0001', 'h-0002'], undecided: ['h-0002'], unsent: [], batches: ['b-0001'] },
  };
}

function amend(
  from: CountedFrom,
  name = 'Another Shop',
  act = actOf('incident-amend', `incident:${id}`, {
    ...{ incident: id, windows: 1, document: '0'.repeat(64), replaced: from.incidentSha256 },
  }),
  records?: number,
): Promise<readonly string[]> {
  const proposal = { batch: 'b-0001', out: 2, untold: 1 };
  const amendment: Amendment = {
    incident: incidentSchema.parse(incidentEntry({ id, public_name: name })),
    ...{ counted: from, at: store.clock.now(), proposals: [proposal], records },
  };
  return store.amendments.amend(amendment, act, (handoff) => decideAct(handoff, 'cancel'));
}

const nameNow = async (): Promise<string> => (await store.incidents.get(id)).incident.public_name;

describe('SqliteAmendments.toRead()', () => {
  it('stays after an import of what was sent elsewhere, of which no source was read', async () => {
    await amend(await counted(), 'Another Shop', undefined, 7);
    const open = [{ incident: id, records: 7 }];
    expect(await store.amendments.toRead(id)).toMatchObject(open);
    store.nowMs += 1_000;
    await store.prepare({ id: 'h-0003', batches: [{ id: 'b-0003', cards: [5] }] });
    expect(await store.amendments.toRead(id)).toEqual([]);
    const { report } = await store.handoffs.get('h-0003');
    const imported = JSON.stringify({ ...report, isSentElsewhere: true });
    const ofImport = store.db.updateTable('handoff').set({ report: imported });
    await ofImport.where('id', '=', 'h-0003').execute();
    expect(await store.amendments.toRead(id)).toMatchObject(open);
  });
});

describe('SqliteAmendments.amend()', () => {
  it('replaces the document, voids what waits and keeps what is proposed, with a leaf each', async () => {
    const from = await counted();
    const size = await store.log.size();
    expect(await amend(from)).toEqual(['h-0002']);
    expect(await nameNow()).toBe('Another Shop');
    expect(await store.handoffs.get('h-0002')).toMatchObject({
      ...{ state: 'decided', outcome: 'cancel' },
    });
    expect(await store.amendments.recalls(id)).toMatchObject([{ batch: 'b-0001', cards: 2 }]);
    expect([...(await store.amendments.replaced(id)).keys()]).toEqual([from.incidentSha256]);
    expect((await store.acts()).slice(size)).toEqual(['handoff-cancel', 'incident-amend']);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['somebody approved a handoff that was to be voided', () => store.decide('h-0002')],
    ['somebody declined it', () => store.decide('h-0002', 'decline')],
    [
      'a batch that counts as handed off failed',
      () =>
        store.db.updateTable('batch').set({ state: 'failed' }).where('id', '=', 'b-0001').execute(),
    ],
    [
      'another handoff was prepared and approved',
      async () => {
        await store.decide('h-0002', 'decline');
        await store.prepare({ id: 'h-0003', batches: [{ id: 'b-0003', cards: [5] }] });
        await store.decide('h-0003');
      },
    ],
    [
      'another handoff ended with nothing to send',
      async () => {
        await store.decide('h-0002', 'decline');
        await store.prepare({ id: 'h-0003', batches: [] });
      },
    ],
  ])('changes nothing when, since it was counted, %s', async (_, meanwhile) => {
    const from = await counted();
    await meanwhile();
    const before = [await store.log.size(), await store.handoffs.list()];
    await expect(amend(from)).rejects.toMatchObject({
      ...{ code: 'incident-changed', retry: 'later', facts: { incident: id } },
    });
    expect(await nameNow()).toBe('Example Shop');
    expect([await store.log.size(), await store.handoffs.list()]).toEqual(before);
    expect(await store.amendments.recalls(id)).toEqual([]);
  });

  it('refuses the second of two that were counted from the same document', async () => {
    const from = await counted();
    const results = await Promise.allSettled([amend(from, 'One'), amend(from, 'Two')]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'incident-changed' },
    });
    const amended = (await store.acts()).filter((act) => act === 'incident-amend');
    expect(amended).toHaveLength(1);
  });

  it('refuses one counted from an older document, though no handoff changed', async () => {
    await store.decide('h-0002', 'decline');
    const from = { ...(await counted()), undecided: [] };
    await amend(from, 'One');
    await expect(amend(from, 'Two')).rejects.toMatchObject({ code: 'incident-changed' });
    expect(await nameNow()).toBe('One');
    await amend({ ...from, ...(await counted()), undecided: [] }, 'Two');
    expect(await nameNow()).toBe('Two');
  });

  it('refuses while a handoff is being prepared, and a closed incident', async () => {
    const from = await counted();
    await store.decide('h-0002', 'decline');
    await store.begin('h-0003');
    await expect(amend(from)).rejects.toMatchObject({
      ...{ code: 'handoff-undecided', facts: { handoff: 'h-0003', state: 'preparing' } },
    });
    await store.handoffs.discard('h-0003', [], undefined);
    const close = actOf('incident-close', `incident:${id}`, { incident: id });
    await store.incidents.close(id, close);
    await expect(amend(from)).rejects.toMatchObject({ code: 'incident-closed' });
  });

  it('changes nothing when its leaf is refused', async () => {
    const amending = amend(await counted(), 'Another Shop', refusedAct());
    await expect(amending).rejects.toMatchObject({ code: 'leaf-card-number' });
    expect(await nameNow()).toBe('Example Shop');
    expect((await store.handoffs.get('h-0002')).state).toBe('undecided');
  });
});

describe('SqliteAmendments.amend() on a recall file', () => {
  it('leaves one that is offered again after it was opened, and cancels one that is offered', async () => {
    await store.handoffs.cancel(
      'h-0002',
      store.clock.now(),
      'whole',
      decideAct('h-0002', 'cancel'),
    );
    const runs = runsOf([0, 1]);
    await store.prepare({
      ...{ id: 'h-0003', batches: [{ id: 'r-0001', cards: [1] }] },
      recalls: [{ batch: 'r-0001', recalled: 'b-0001', basis: 'amendment', runs }],
    });
    await store.decide('h-0003');
    const offer = (evidence: string): Promise<unknown> =>
      store.db
        .updateTable('batch')
        .set({ state: 'offered', evidence })
        .where('id', '=', 'r-0001')
        .execute();
    const state = async (): Promise<string> => (await store.handoffs.batch('r-0001')).state;
    const batches = ['b-0001', 'r-0001'];
    const from = { ...(await counted()), undecided: [], batches };
    const handoffs = [...from.handoffs, 'h-0003'];
    await offer('{"sentBytes":0}');
    await amend({ ...from, handoffs });
    expect(await state()).toBe('offered');
    await offer('{}');
    const again = { ...(await counted()), undecided: [], batches, handoffs, unsent: ['r-0001'] };
    await amend(again, 'A third Shop');
    expect(await state()).toBe('cancelled');
  });
});
