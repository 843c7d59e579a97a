import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { encodeCanonicalJson } from '../../../src/domain/canonical-json.ts';
import { digestOf } from '../../../src/domain/handoff/plan.ts';
import { SqliteIncidentPurges } from '../../../src/edge/sqlite/incident-purges.ts';
import type { IncidentPurges } from '../../../src/exchange/incident-purges.ts';
import { closeIncident } from '../../../src/exchange/open-incident.ts';
import { purgeIncident } from '../../../src/exchange/purge-incident.ts';
import type { PurgedIncident, PurgeIncidentRequest } from '../../../src/exchange/purge-incident.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';

const incident = 'shop-a-2020';
const dayMs = 86_400_000;
let desk: ExchangeDesk;
let purges: IncidentPurges;
let put: string[];

beforeEach(async () => {
  desk = new ExchangeDesk();
  purges = new SqliteIncidentPurges(desk.store.db, desk.clock);
  put = [];
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
    putIncidentDocument: (_: string, name: string) => {
      put.push(name);
      return Promise.resolve(`/workspace/data/incidents/${name}`);
    },
  });

function purge(
  changes: Partial<PurgeIncidentRequest> = {},
  ports: IncidentPurges = purges,
): Promise<PurgedIncident> {
  const places = { examine: () => Promise.resolve(undefined) };
  return purgeIncident(Object.assign(desk, { folder: folder(), purges: ports, places }), {
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

  it('needs no --early once the retention is over, to the millisecond', async () => {
    const { settings } = desk.configuration;
    desk.configuration.settings = { ...settings, retention: { incident_days: 30 } };
    const preparedMs = desk.store.nowMs;
    desk.store.nowMs = preparedMs + 30 * dayMs - 1;
    await expect(purge({ isEarly: false })).rejects.toMatchObject({ code: 'incident-retained' });
    desk.store.nowMs = preparedMs + 30 * dayMs;
    expect(await purge({ isEarly: false })).toMatchObject({ isResumed: false });
  });

  it('clears a prepare that died here before the incident was closed', async () => {
    const become = (state: 'open' | 'closed'): Promise<unknown> =>
      desk.store.db.updateTable('incident').set({ state }).execute();
    await become('open');
    await desk.store.begin('h-dead');
    await become('closed');
    const open = { facts: { incident, open: ['handoffs'] } };
    await expect(purge()).rejects.toMatchObject(open);
    desk.store.nowMs += 600_001;
    expect(await purge()).toMatchObject({ isResumed: false });
    await expect(desk.handoffs.get('h-dead')).rejects.toMatchObject({ code: 'handoff-unknown' });
  });

  it.each(['built', 'approved', 'sending', 'publishing', 'presumed', 'conflict', 'failed'])(
    'is refused while a batch is %s',
    async (state) => {
      await desk.store.db.updateTable('batch').set({ state }).execute();
      const fault = { code: 'incident-unfinished', facts: { incident, open: ['batches'] } };
      await expect(purge()).rejects.toMatchObject(fault);
      expect((await desk.incidents.get(incident)).purge).toBeUndefined();
    },
  );

  it('takes another officer in live mode before its time, who signs this purge and no other', async () => {
    desk.facts.mode = 'live';
    const required = { code: 'purge-second-required' };
    await expect(purge()).rejects.toMatchObject(required);
    expect(put).toEqual([]);
    const asked = { second: 'approver-1' };
    await expect(purge(asked)).rejects.toMatchObject({
      ...{ ...required, facts: { path: '/workspace/data/incidents/purge.json' } },
    });
    await expect(purge({ second: 'officer-1' })).rejects.toMatchObject({ code: 'role-missing' });
    const { fingerprint } = desk.configuration.officers.find(({ id }) => id === 'approver-1')!;
    const signature = (reason: string): Uint8Array => {
      const statement = encodeCanonicalJson({
        ...{ type: 'mimamori/incident-purge/v1', workspace: desk.facts.id, incident, reason },
        ...{ requester: 'officer-1', officer: 'approver-1' },
      });
      return new TextEncoder().encode(`${fingerprint}:${digestOf(statement)}`);
    };
    const other = { ...asked, secondSignature: signature('another reason') };
    await expect(purge(other)).rejects.toMatchObject({ code: 'signature-wrong' });
    await purge({ ...asked, secondSignature: signature('no need') });
    expect(put.at(-1)).toBe('purge.json.sig');
  });
});
