import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { incidentSchema } from '../../../src/domain/incident/incident.ts';
import { SqliteIncidentPurges } from '../../../src/edge/sqlite/incident-purges.ts';
import { incidentEntry } from '../../support/incident-entry.ts';
import { actOf, decideAct, StoreBench } from '../../support/store-bench.ts';

const id = 'shop-a-2020';
const nothing = { cards: 0, hashes: 0, findings: 0, references: 0, answers: 0, notices: 0 };

let store: StoreBench;
let purges: SqliteIncidentPurges;
beforeEach(async () => {
  store = new StoreBench();
  purges = new SqliteIncidentPurges(store.db, store.clock);
  await store.approved();
  await store.db.updateTable('batch').set({ state: 'stored' }).execute();
});
afterEach(() => store.dispose());

/** An amendment that leaves one or more cards of the batch to recall, or to be told by the next prepare. */
async function amend({ cards, untold }: { cards: number; untold: number }): Promise<void> {
  const { documentSha256: incidentSha256 } = await store.incidents.get(id);
  await store.amendments.amend(
    {
      incident: incidentSchema.parse(incidentEntry({ id, public_name: 'Another Shop' })),
      counted: { incidentSha256, handoffs: ['h-0001'], undecided: [], batches: ['b-0001'] },
      ...{ at: store.clock.now(), records: undefined },
      recalls: [{ handoff: 'h-0001', batch: 'b-0001', recipient: 'psp', cards, untold }],
    },
    actOf('incident-amend', `incident:${id}`, {
      ...{ incident: id, windows: 1, document: '0'.repeat(64), replaced: incidentSha256 },
    }),
    (handoff) => decideAct(handoff, 'cancel'),
  );
  store.nowMs += 1_000;
}

async function begin(): Promise<void> {
  await store.incidents.close(id, actOf('incident-close', `incident:${id}`, { incident: id }));
  const act = actOf('incident-purge-start', `incident:${id}`, { incident: id, early: true });
  await purges.begin(id, store.clock.now(), { ...nothing, texts: 0 }, act);
}

const unfinished = async (): Promise<readonly string[]> => (await purges.standing(id)).unfinished;

describe('SqliteIncidentPurges.standing()', () => {
  it('waits for a recall that is proposed, until it is settled', async () => {
    await amend({ cards: 2, untold: 0 });
    expect(await unfinished()).toEqual(['incident-open', 'recalls']);
    await store.amendments.settle('b-0001', settleAct);
    expect(await unfinished()).toEqual(['incident-open']);
  });

  it('waits for no recall from a batch that ended badly since', async () => {
    await amend({ cards: 2, untold: 0 });
    await store.db.updateTable('batch').set({ state: 'expired' }).execute();
    expect(await unfinished()).toEqual(['incident-open']);
    await begin();
  });

  it('waits for no recall whose cards a later prepare met, also once its pages are gone', async () => {
    await amend({ cards: 0, untold: 3 });
    const relied = [{ batch: 'b-0001', cards: [1, 2, 3] }];
    await store.prepare({ id: 'h-0002', batches: [], relied });
    expect(await unfinished()).toEqual(['incident-open']);
    await begin();
    await purges.removeRows(id);
    expect(await store.amendments.recalls(id)).toEqual([]);
  });
});

const settleAct = actOf('recall-settle', 'batch:b-0001', {
  ...{ batch: 'b-0001', handoff: 'h-0001', recipient: 'psp', cards: 2, untold: 0 },
});

describe('an incident whose purge began', () => {
  const batch = 'b-0001';
  const answers = { batch, handoff: 'h-0001', recipient: 'psp', unanswered: 3, notFound: 0 };

  it.each<[string, () => Promise<void>]>([
    [
      'start event',
      () =>
        store.clockBook.add(
          {
            ...{ incident: id, subject: 'tip', revision: 1, outcome: 'happened' },
            ...{ officer: 'officer-1', at: store.clock.now(), recordedAt: store.clock.now() },
          },
          actOf('incident-record', `clock:${id}.tip`, {
            ...{ incident: id, event: 'tip', outcome: 'happened' },
          }),
        ),
    ],
    [
      'settled answer',
      () =>
        store.responses.settle(
          {
            ...{ batch, unanswered: 3, notFound: 0, officer: 'officer-1' },
            settledAt: store.clock.now(),
          },
          actOf('response-settle', `batch:${batch}`, answers),
          0,
        ),
    ],
    ['settled recall', () => store.amendments.settle(batch, settleAct)],
  ])('takes no %s any more, nor its text', async (_, add) => {
    await amend({ cards: 2, untold: 0 });
    // As an older version could leave it: begun although a recall was open.
    await store.db.updateTable('recall_proposal').set({ settled_leaf: 1 }).execute();
    await begin();
    await store.db.updateTable('recall_proposal').set({ settled_leaf: null }).execute();
    const size = await store.log.size();
    await expect(add()).rejects.toMatchObject({ code: 'incident-purged', facts: { incident: id } });
    expect(await store.log.size()).toBe(size);
  });
});
