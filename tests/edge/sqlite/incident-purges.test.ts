import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { searchedIncidents } from '../../../src/domain/lookup/searched-incidents.ts';
import { incidentSchema } from '../../../src/domain/incident/incident.ts';
import { SqliteIncidentPurges } from '../../../src/edge/sqlite/incident-purges.ts';
import { SqliteLookUps } from '../../../src/edge/sqlite/look-ups.ts';
import { showResponse } from '../../../src/exchange/responses/show-response.ts';
import { incidentEntry } from '../../support/incident-entry.ts';
import { MemoryConfiguration } from '../../support/memory-workspace.ts';
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
      counted: {
        incidentSha256,
        handoffs: ['h-0001'],
        undecided: [],
        unsent: [],
        batches: ['b-0001'],
      },
      ...{ at: store.clock.now(), records: undefined },
      proposals: [{ batch: 'b-0001', out: cards, untold }],
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

const unfinished = async (): Promise<readonly string[]> =>
  (await purges.standing(id)).unfinished.map(({ what, of }) => [what, ...of].join(' '));

describe('SqliteIncidentPurges.standing()', () => {
  it('waits for a recall that is proposed, until it is settled', async () => {
    await amend({ cards: 2, untold: 0 });
    expect(await unfinished()).toEqual(['incident-open', 'recalls b-0001']);
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

describe('SqliteIncidentPurges.removeRows()', () => {
  it('forgets the nonce of each batch of the incident', async () => {
    const nonceSha256 = async (): Promise<string | undefined> =>
      (await store.handoffs.batch('b-0001')).nonceSha256;
    await store.db
      .updateTable('batch')
      .set({ nonce_sha256: 'a'.repeat(64) })
      .execute();
    expect(await nonceSha256()).toBe('a'.repeat(64));
    await begin();
    await purges.removeRows(id);
    expect(await nonceSha256()).toBeUndefined();
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
    [
      'answer to import',
      async () => {
        await store.responses.standing(batch);
      },
    ],
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

describe('SqliteIncidentRegister once a purge began', () => {
  it('neither closes, amends nor opens the incident again', async () => {
    await begin();
    const size = await store.log.size();
    const close = actOf('incident-close', `incident:${id}`, { incident: id });
    await expect(store.incidents.close(id, close)).rejects.toMatchObject({
      code: 'incident-closed',
    });
    await expect(amend({ cards: 1, untold: 0 })).rejects.toMatchObject({ code: 'incident-closed' });
    await expect(store.openIncident(id)).rejects.toMatchObject({ code: 'incident-exists' });
    expect(await store.log.size()).toBe(size);
  });
});

describe('answers about references', () => {
  const of = { batch: 'b-0001', handoff: 'h-0001', recipient: 'psp' };
  const found = { resolved: 2, notFound: 1, changed: 0, differing: 0 };
  const digests = { sha256: 'a'.repeat(64), contentSha256: 'a'.repeat(64), bytes: 9 };

  it('are counted after a purge as they were before, with nothing open', async () => {
    await store.db.updateTable('batch').set({ subject: 'references' }).execute();
    const card = { brand: 'visa', issuer: 'Bank', lastFour: '0042' };
    await store.responses.add(
      {
        ...{ ...of, ...digests, ...found, incident: id, fingerprint: undefined },
        ...{ officer: 'officer-1', importedAt: store.clock.now() },
      },
      [
        { record: 1, card, reason: '' },
        { record: 2, card, reason: '' },
        { record: 3, reason: 'cancelled' },
      ],
      actOf('response-import', 'batch:b-0001', { ...of, ...digests, ...found }),
      0,
    );
    const shown = Object.assign(Object.create(store) as StoreBench, {
      configuration: new MemoryConfiguration(),
    });
    const before = await showResponse(shown, 'b-0001');
    expect(before.answered).toMatchObject({ open: { unanswered: 0, notFound: 1 } });
    await begin();
    await purges.removeRows(id);
    const { answered, missing, notFound } = await showResponse(shown, 'b-0001');
    expect([missing, notFound]).toEqual([[], []]);
    const nothingOpen = { open: { unanswered: 0, notFound: 0 }, isPurged: true };
    expect(answered).toEqual({ ...before.answered, ...nothingOpen });
    expect(answered).toMatchObject({ resolved: 2, notFound: 1, references: 3 });
  });
});

describe('SqliteIncidentPurges.removeRows()', () => {
  it('removes the reasons of questions that looked through the incident, and of no other', async () => {
    const lookUps = new SqliteLookUps(store.db, store.clock);
    const at = store.clock.now();
    // More than an entry names.
    const many = [id, ...Array.from({ length: 1_000 }, (_, at) => `other-${at}`)];
    for (const incidents of [[id], ['other', id], ['other'], many]) {
      const data = { by: 'order', ...searchedIncidents(incidents), found: 0 };
      const { draft } = actOf('look-up', 'desk:order', data);
      const texts = { reason: incidents === many ? `of ${id}` : `asked in ${incidents.join()}` };
      await lookUps.add(at, new Date(0), incidents, { draft, texts });
    }
    await purges.removeRows(id);
    const left = await store.db.selectFrom('leaf_text').select('text').execute();
    expect(left.map(({ text }) => text)).toContain('asked in other');
    expect(JSON.stringify(left)).not.toContain(id);
  });

  it('leaves no question to be answered whose incident is purged meanwhile', async () => {
    const lookUps = new SqliteLookUps(store.db, store.clock);
    await begin();
    const data = { by: 'order', incidents: [], searched: 2, found: 1 } as const;
    const { draft } = actOf('look-up', 'desk:order', data);
    const size = await store.log.size();
    const act = { draft, texts: { reason: 'late' } };
    const asked = lookUps.add(store.clock.now(), new Date(0), ['other', id], act);
    await expect(asked).rejects.toMatchObject({ code: 'incident-purged' });
    expect(await store.log.size()).toBe(size);
  });

  it('counts no question among the texts that a second officer signs for', async () => {
    const lookUps = new SqliteLookUps(store.db, store.clock);
    const { texts } = (await purges.standing(id)).rows;
    const draft = actOf('look-up', 'desk:order', { by: 'order', incidents: [id], found: 1 }).draft;
    const act = { draft, texts: { reason: 'a caller' } };
    await lookUps.add(store.clock.now(), new Date(0), [id], act);
    expect((await purges.standing(id)).rows['texts']).toBe(texts);
  });
});
