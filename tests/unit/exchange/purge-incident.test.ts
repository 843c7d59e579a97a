import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { LeafDraft } from '../../../src/domain/audit/leaf.ts';
import { digestOf } from '../../../src/domain/handoff/plan.ts';
import { SqliteIncidentPurges } from '../../../src/edge/sqlite/incident-purges.ts';
import type { IncidentPurges } from '../../../src/exchange/purge/incident-purges.ts';
import { closeIncident } from '../../../src/exchange/incident/open-incident.ts';
import { settleCardAnswer } from '../../../src/exchange/responses/settle-card-answer.ts';
import { purgeIncident } from '../../../src/exchange/purge/purge-incident.ts';
import type {
  PurgedIncident,
  PurgeIncidentRequest,
} from '../../../src/exchange/purge/purge-incident.ts';
import { bytesOf } from '../../support/chunks.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';

const incident = 'shop-a-2020';
const dayMs = 86_400_000;
let desk: ExchangeDesk;
let purges: IncidentPurges;
let documents: Map<string, Uint8Array>;
let removed: string[];
/** When statements that wait are forgotten. */
let cardsLeft: unknown;

beforeEach(async () => {
  desk = new ExchangeDesk();
  purges = new SqliteIncidentPurges(desk.store.db, desk.clock);
  documents = new Map();
  removed = [];
  await desk.decide(await desk.requested());
  await desk.store.db.updateTable('batch').set({ state: 'stored' }).execute();
  await closeIncident(desk, { incident, officer: 'officer-1', reason: 'over' });
});
afterEach(() => desk.dispose());

/** The folder of the desk with what a purge needs besides. */
const folder = () =>
  Object.assign(desk.folder, {
    detailsOf: () => Promise.resolve([]),
    removeDetails: () => Promise.resolve(),
    removeIncidentDocuments: () => Promise.resolve(),
    readIncidentDocument: (_: string, name: string) => Promise.resolve(documents.get(name)),
    putIncidentDocument: (_: string, name: string, bytes: Uint8Array) => {
      documents.set(name, bytes);
      return Promise.resolve(`/workspace/data/incidents/${name}`);
    },
  });

function purge(
  changes: Partial<PurgeIncidentRequest> = {},
  ports: IncidentPurges = purges,
): Promise<PurgedIncident> {
  const places = { examine: () => Promise.resolve(undefined) };
  const arrivalFiles = { remove: (id: string) => Promise.resolve(void removed.push(id)) };
  const signedCommands = {
    forgetWaiting: async () => {
      cardsLeft = await desk.store.db.selectFrom('card_page').select('batch').execute();
    },
  };
  const given = { folder: folder(), purges: ports, places, arrivalFiles, signedCommands };
  return purgeIncident(Object.assign(desk, given), {
    ...{ incident, officer: 'officer-1', reason: 'no need', isEarly: true },
    ...{ second: undefined, secondSignature: undefined, ...changes },
  });
}

describe('purgeIncident()', () => {
  it.each(['removeRows', 'rewrite', 'finish'] as const)(
    'goes on after it stopped at %s, with one entry each',
    async (step) => {
      const stopped = Object.assign(Object.create(purges) as IncidentPurges, {
        begin: purges.begin.bind(purges),
        standing: purges.standing.bind(purges),
        removeRows: purges.removeRows.bind(purges),
        rewrite: purges.rewrite.bind(purges),
        [step]: () => Promise.reject(new Error('stopped')),
      });
      await expect(purge({}, stopped)).rejects.toThrow('stopped');
      expect((await desk.incidents.get(incident)).purge).toEqual({ at: undefined });
      const purged = await purge({ isEarly: false });
      expect(purged).toMatchObject({ isResumed: true, counts: { cards: 1 } });
      expect((await desk.incidents.get(incident)).purge?.at).toEqual(desk.clock.now());
      const acts = (await desk.acts()).filter((act) => act.startsWith('incident-purge'));
      expect(acts).toEqual(['incident-purge-start', 'incident-purge']);
      const left = await desk.store.db.selectFrom('card_page').select('batch').execute();
      expect([left, desk.folder.sealed.size]).toEqual([[], 0]);
      expect((await desk.incidents.get(incident)).wrappedKey).toBeUndefined();
    },
  );

  it('forgets statements that wait once the rows are gone', async () => {
    await purge();
    expect(cardsLeft).toEqual([]);
  });

  it('needs no --early once the retention is over, to the millisecond', async () => {
    const { settings } = desk.configuration;
    desk.configuration.settings = { ...settings, retention: { incident_days: 30 } };
    const preparedMs = desk.store.nowMs;
    desk.store.nowMs = preparedMs + 30 * dayMs - 1;
    await expect(purge({ isEarly: false })).rejects.toMatchObject({ code: 'incident-retained' });
    desk.store.nowMs = preparedMs + 30 * dayMs;
    expect(await purge({ isEarly: false })).toMatchObject({ isResumed: false });
  });

  it('waits for the answer about a waiver that a list asked for', async () => {
    const [row] = await desk.handoffs.list();
    const [batch] = await desk.handoffs.batchesOf(row!.id);
    const report = JSON.stringify({ ...row!.report, requestsWaiver: [batch!.id] });
    await desk.store.db.updateTable('handoff').set({ report }).execute();
    await expect(purge()).rejects.toMatchObject({
      code: 'incident-unfinished',
      facts: { open: ['waivers'], waivers: ['unknown'], issuer: 'unknown' },
    });
  });

  it('removes what lies in quarantine about it, keeps what may be about another, and says so', async () => {
    const batch = (await desk.handoffs.batchesOf((await desk.handoffs.list())[0]!.id))[0]!.id;
    for (const [id, named] of [
      ['a1', batch],
      ['a2', undefined],
    ] as const) {
      const file = { id, recipient: 'psp', way: 'inbox', name: `${id}.pgp`, bytes: 9 } as const;
      const row = { ...file, sha256: digestOf(new TextEncoder().encode(id)) };
      const told = { arrival: id, recipient: 'psp', sha256: row.sha256 };
      const leaf = { actor: 'system', origin: desk.origin, object: 'recipient:psp' } as const;
      await desk.arrivals.add(
        { ...row, arrivedAt: desk.clock.now() },
        {
          draft: {
            ...leaf,
            ...{ act: 'answer-arrived', result: 'done' },
            data: { ...told, bytes: 9, by: 'inbox' },
          },
        },
      );
      const code = 'response-holds-card';
      await desk.arrivals.move(
        id,
        { event: 'quarantine', code, ...(named === undefined ? {} : { batch: named }) },
        {
          draft: {
            ...leaf,
            ...{ act: 'answer-quarantined', result: 'refused', data: { ...told, code } },
          },
        },
      );
    }
    expect(await purge()).toMatchObject({ counts: { brought: 1 }, unknown: 1 });
    expect(removed).toEqual(['a1']);
    expect(await desk.arrivals.get('a1')).toMatchObject({ state: 'settled', name: '' });
    // Ended between its rows and its files, a purge that is asked for again still finds them.
    expect(await purges.removeRows(incident)).toEqual(['a1']);
    expect(await desk.arrivals.get('a2')).toMatchObject({ state: 'quarantined', name: 'a2.pgp' });
    const entries = await desk.arrivals.broughtInto('inbox', 'psp');
    expect(entries.map(({ id }) => id)).toEqual(['a2']);
  });

  it('gives no name back to an answer that was taken in, when its bytes come again', async () => {
    const [batch] = await desk.store.db.selectFrom('batch').select('id').execute();
    const sha256 = digestOf(bytesOf('a1'));
    const bring = (name: string): Promise<boolean> => {
      const draft: LeafDraft = {
        ...{ actor: 'system', act: 'answer-arrived', result: 'done', origin: desk.origin },
        object: 'recipient:psp',
        data: { arrival: 'a1', recipient: 'psp', sha256, bytes: 9, by: 'inbox' },
      };
      const file = { id: 'a1', recipient: 'psp', way: 'inbox', name, sha256, bytes: 9 } as const;
      return desk.arrivals.add({ ...file, arrivedAt: desk.clock.now() }, { draft });
    };
    expect(await bring('first.pgp')).toBe(true);
    await desk.arrivals.move('a1', { event: 'collect', batch: batch!.id });
    expect(await bring('second.pgp')).toBe(false);
    expect((await desk.arrivals.get('a1'))?.name).toBe('second.pgp');
    await purge();
    expect(await bring('third.pgp')).toBe(false);
    expect((await desk.arrivals.get('a1'))?.name).toBe('');
  });

  it('removes what came into quarantine while its files went', async () => {
    const [batch] = await desk.store.db.selectFrom('batch').select('id').execute();
    const late = Object.assign(Object.create(purges) as IncidentPurges, {
      standing: purges.standing.bind(purges),
      begin: purges.begin.bind(purges),
      rewrite: purges.rewrite.bind(purges),
      finish: purges.finish.bind(purges),
      removeRows: async (id: string) => {
        const sha256 = digestOf(bytesOf('late'));
        const file = { id: 'a1', recipient: 'psp', way: 'inbox', name: 'x', sha256 } as const;
        const draft: LeafDraft = {
          ...{ actor: 'system', act: 'answer-arrived', result: 'done', origin: desk.origin },
          object: 'recipient:psp',
          data: { arrival: 'a1', recipient: 'psp', sha256, bytes: 9, by: 'inbox' },
        };
        await desk.arrivals.add({ ...file, bytes: 9, arrivedAt: desk.clock.now() }, { draft });
        const aside = { event: 'quarantine', code: 'response-digits', batch: batch!.id } as const;
        await desk.arrivals.move('a1', aside);
        return purges.removeRows(id);
      },
    });
    await purge({}, late);
    expect(removed).toEqual(['a1']);
  });

  it('removes a source that was brought and read for it alone', async () => {
    const [handoff] = await desk.handoffs.list();
    const rows = ['a1', 'a2', 'a3'].map((id) => ({ id, sha256: digestOf(bytesOf(id)) }));
    const bring = async ({ id, sha256 }: (typeof rows)[number]): Promise<void> => {
      const key = `SHA256:${'A'.repeat(43)}`;
      const file = { id, recipient: 'pfi-1', way: 'sources', key, name: 'x', sha256 } as const;
      const draft: LeafDraft = {
        ...{ actor: 'system', act: 'source-brought', result: 'done', origin: desk.origin },
        ...{ object: 'box:pfi-1', data: { arrival: id, box: 'pfi-1', sha256, bytes: 9, key } },
      };
      await desk.arrivals.add({ ...file, bytes: 9, arrivedAt: desk.clock.now() }, { draft });
    };
    const read = (of: string, number: number, sha256: string) =>
      desk.store.db
        .insertInto('source')
        .values({
          ...{
            handoff: of,
            number,
            name: 'x',
            kind: 'orders',
            bytes: 9,
            sha256,
            records: 1,
            spec_sha256: sha256,
          },
          ...{ encoding: 'utf-8', sender: 'pfi-1', form: 'encrypted-signed', received: 'box' },
        })
        .execute();
    for (const row of rows) await bring(row);
    await desk.store.openIncident('shop-b');
    await desk.store.begin('h-other', 'shop-b');
    await read(handoff!.id, 8, rows[0]!.sha256);
    await read(handoff!.id, 9, rows[1]!.sha256);
    await read('h-other', 0, rows[1]!.sha256);
    expect(await purge()).toMatchObject({ counts: { brought: 1 }, unknown: 0 });
    expect(removed).toEqual(['a1']);
    expect((await desk.arrivals.sources()).map(({ id }) => id)).toEqual(['a2', 'a3']);
    expect(await desk.arrivals.get('a1')).toMatchObject({ state: 'cleared', name: '' });
  });

  it('clears a prepare that died here before the incident was closed', async () => {
    const become = (state: 'open' | 'closed'): Promise<unknown> =>
      desk.store.db.updateTable('incident').set({ state }).execute();
    await become('open');
    await desk.store.begin('h-dead');
    await become('closed');
    const open = { facts: { incident, open: ['handoffs'], handoffs: ['h-dead'] } };
    await expect(purge()).rejects.toMatchObject(open);
    desk.store.nowMs += 600_001;
    expect(await purge()).toMatchObject({ isResumed: false });
    await expect(desk.handoffs.get('h-dead')).rejects.toMatchObject({ code: 'handoff-unknown' });
  });

  it('is refused while answers about cards are open, until they are settled', async () => {
    desk.configuration.changeRecipient('psp', {
      answers: { format: 'card-answer', within_hours: 72 },
    });
    const [first] = await desk.store.db.selectFrom('batch').select(['id', 'handoff']).execute();
    const { id: batch, handoff } = first!;
    const facts = { incident, open: ['responses'], responses: [batch] };
    const fault = { code: 'incident-unfinished', facts };
    await expect(purge()).rejects.toMatchObject(fault);
    const settled = { batch, officer: 'officer-1', refusedOnly: false };
    await settleCardAnswer(desk, { ...settled, reason: 'they will not answer' });
    const refusal = { batch, code: 'response-digits', line: 2 };
    const draft: LeafDraft = {
      ...{ actor: 'officer-1', act: 'response-refused', result: 'refused', origin: desk.origin },
      ...{ object: `batch:${batch}`, data: { ...refusal, handoff, recipient: 'psp' } },
    };
    const when = { officer: 'officer-1', refusedAt: desk.clock.now() };
    const open = { ...refusal, sha256: undefined, isSettled: false };
    await desk.cardAnswers.refuse({ ...open, ...when }, { draft });
    await expect(purge()).rejects.toMatchObject(fault);
    await settleCardAnswer(desk, { ...settled, reason: 'asked by phone' });
    expect(await purge()).toMatchObject({ isResumed: false });
  });

  it.each(['built', 'approved', 'sending', 'publishing', 'presumed', 'conflict', 'failed'])(
    'is refused while a batch is %s',
    async (state) => {
      await desk.store.db.updateTable('batch').set({ state }).execute();
      const [batch] = await desk.store.db.selectFrom('batch').select(['id', 'handoff']).execute();
      const facts = { incident, open: ['batches'], batches: [batch!.id], handoff: batch!.handoff };
      const fault = { code: 'incident-unfinished', facts };
      await expect(purge()).rejects.toMatchObject(fault);
      expect((await desk.incidents.get(incident)).purge).toBeUndefined();
    },
  );

  it('takes another officer in live mode before its time, who signs this purge and no other', async () => {
    desk.facts.mode = 'live';
    const required = { code: 'purge-second-required' };
    await expect(purge()).rejects.toMatchObject(required);
    expect(documents.size).toBe(0);
    const asked = { second: 'approver-1' };
    const path = '/workspace/data/incidents/purge.json';
    await expect(purge(asked)).rejects.toMatchObject({ ...required, facts: { path } });
    await expect(purge({ second: 'officer-1' })).rejects.toMatchObject({ code: 'role-missing' });
    const old = { code: 'purge-statement-old', facts: { path } };
    const another = { ...asked, ...signed(), reason: 'another reason' };
    await expect(purge(another)).rejects.toMatchObject(old);
    const forOther = signed();
    await expect(purge({ ...asked, ...forOther })).rejects.toMatchObject(old);
    await expect(purge({ ...asked, ...forOther })).rejects.toMatchObject({
      code: 'signature-wrong',
    });
    await purge({ ...asked, ...signed() });
    expect([...documents.keys()]).toEqual(['purge.json', 'purge.json.sig']);
  });

  it('asks the other officer again for what changed since, and after 7 days', async () => {
    desk.facts.mode = 'live';
    const asked = { second: 'approver-1' };
    await expect(purge(asked)).rejects.toMatchObject({ code: 'purge-second-required' });
    const old = { code: 'purge-statement-old' };
    const { settings } = desk.configuration;
    desk.configuration.settings = { ...settings, retention: { incident_days: 30 } };
    await expect(purge({ ...asked, ...signed() })).rejects.toMatchObject(old);
    await desk.store.db.deleteFrom('finding_page').execute();
    await expect(purge({ ...asked, ...signed() })).rejects.toMatchObject(old);
    const last = signed();
    desk.store.nowMs += 7 * dayMs;
    await expect(purge({ ...asked, ...last })).rejects.toMatchObject(old);
    desk.store.nowMs += 7 * dayMs - 1;
    await purge({ ...asked, ...signed() });
  });
});

/** What `approver-1` signs: the statement that lies there. */
function signed(): { secondSignature: Uint8Array } {
  const { fingerprint } = desk.configuration.officers.find(({ id }) => id === 'approver-1')!;
  const digest = digestOf(documents.get('purge.json')!);
  return { secondSignature: new TextEncoder().encode(`${fingerprint}:${digest}`) };
}
