import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { encodeCanonicalJson } from '../../../src/domain/canonical-json.ts';
import type { Json } from '../../../src/domain/canonical-json.ts';
import { digestOf } from '../../../src/domain/handoff/plan.ts';
import { incidentSchema } from '../../../src/domain/incident/incident.ts';
import { loadFacts, storeFacts } from '../../../src/edge/sqlite/workspace-facts.ts';
import { incidentEntry } from '../../support/incident-entry.ts';
import { actOf, decideAct, refusedAct, StoreBench } from '../../support/store-bench.ts';

let store: StoreBench;
beforeEach(() => {
  store = new StoreBench();
});
afterEach(() => store.dispose());

const closeAct = actOf('incident-close', 'incident:shop-a-2020', { incident: 'shop-a-2020' });

describe('SqliteIncidentRegister', () => {
  it('open() keeps the incident as it was given, and its first reference is 1', async () => {
    await store.openIncident();
    const row = await store.incidents.get('shop-a-2020');
    expect(row).toMatchObject({ state: 'open', wrappedKey: undefined, nextReference: 1 });
    expect(row.incident).toEqual(incidentSchema.parse(incidentEntry()));
    expect(row.openedAt).toEqual(store.clock.now());
  });

  it('documentSha256 is that of the canonical document, as a leaf names it', async () => {
    await store.openIncident();
    const { incident, documentSha256 } = await store.incidents.get('shop-a-2020');
    const plain = JSON.parse(JSON.stringify(incident)) as Json;
    expect(documentSha256).toBe(digestOf(encodeCanonicalJson(plain)));
  });

  it('open() refuses an id a second time, without another leaf', async () => {
    await store.openIncident();
    await expect(store.openIncident()).rejects.toMatchObject({ code: 'incident-exists' });
    expect(await store.log.size()).toBe(1);
  });

  it('open() stores nothing when the leaf is refused', async () => {
    const incident = incidentSchema.parse(incidentEntry());
    const opening = store.incidents.open(incident, store.clock.now(), refusedAct());
    await expect(opening).rejects.toMatchObject({ code: 'leaf-card-number' });
    expect(await store.incidents.list()).toEqual([]);
  });

  it('close() closes once', async () => {
    await store.openIncident();
    await store.incidents.close('shop-a-2020', closeAct);
    expect((await store.incidents.get('shop-a-2020')).state).toBe('closed');
    await expect(store.incidents.close('shop-a-2020', closeAct)).rejects.toMatchObject({
      code: 'incident-closed',
    });
    expect(await store.acts()).toEqual(['incident-open', 'incident-close']);
  });

  it('close() changes nothing when the leaf is refused', async () => {
    await store.openIncident();
    await expect(store.incidents.close('shop-a-2020', refusedAct())).rejects.toThrow();
    expect((await store.incidents.get('shop-a-2020')).state).toBe('open');
  });

  it('get() refuses an unknown incident', async () => {
    await expect(store.incidents.get('none')).rejects.toMatchObject({ code: 'incident-unknown' });
  });

  it('list() gives them in the order in which they were opened', async () => {
    for (const id of ['zz', 'aa', 'mm']) {
      await store.openIncident(id);
      store.nowMs += 1;
    }
    const ids = (await store.incidents.list()).map(({ incident }) => incident.id);
    expect(ids).toEqual(['zz', 'aa', 'mm']);
  });
});

describe('storeFacts() and loadFacts()', () => {
  const facts = { id: 'w-1', mode: 'live', signer: 'A'.repeat(40), vkey: 'v' } as const;

  it('gives back what init stored, with one leaf', async () => {
    await storeFacts(store.db, store.clock, facts, decideAct('h-1', 'approve'));
    expect(await loadFacts(store.db)).toEqual(facts);
    expect(await store.log.size()).toBe(1);
  });

  it('refuses a database that init never finished', async () => {
    await expect(loadFacts(store.db)).rejects.toMatchObject({ code: 'store-missing' });
    await expect(storeFacts(store.db, store.clock, facts, refusedAct())).rejects.toMatchObject({
      code: 'leaf-card-number',
    });
    await expect(loadFacts(store.db)).rejects.toMatchObject({ code: 'store-missing' });
  });

  it('refuses to make a workspace a second time', async () => {
    await storeFacts(store.db, store.clock, facts, decideAct('h-1', 'approve'));
    const again = { ...facts, mode: 'drill' } as const;
    await expect(
      storeFacts(store.db, store.clock, again, decideAct('h-1', 'approve')),
    ).rejects.toThrow();
    expect((await loadFacts(store.db)).mode).toBe('live');
  });

  it.each(['id', 'signer', 'vkey', 'mode'])('refuses a database that lost its %s', async (name) => {
    await storeFacts(store.db, store.clock, facts, decideAct('h-1', 'approve'));
    await store.db.deleteFrom('workspace').where('name', '=', name).execute();
    await expect(loadFacts(store.db)).rejects.toMatchObject({ code: 'store-missing' });
  });
});
