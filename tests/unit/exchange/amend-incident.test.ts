import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { IncidentEntry } from '../../../src/domain/incident/incident.ts';
import { amendIncident } from '../../../src/exchange/incident/amend-incident.ts';
import type { Amended } from '../../../src/exchange/incident/amend-incident.ts';
import type { Amendments } from '../../../src/exchange/incident/amendments.ts';
import { settleRecall } from '../../../src/exchange/handoff/settle-recall.ts';
import { putInJanuary } from '../../support/card-pages.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';
import { incidentEntry } from '../../support/incident-entry.ts';

const incident = 'shop-a-2020';
const narrower = [{ name: 'web', channels: ['web'], from: '2020-03-01', to: '2020-04-08' }];

let desk: ExchangeDesk;
let handoff: string;
beforeEach(async () => {
  desk = new ExchangeDesk();
  handoff = await desk.requested();
});
afterEach(() => desk.dispose());

/** `meanwhile` happens after everything was read and counted, before anything is written. */
function amend(
  changes: Partial<IncidentEntry>,
  meanwhile = (): Promise<unknown> => Promise.resolve(),
): Promise<Amended> {
  desk.tables.tables.set('amended.toml', incidentEntry(changes));
  const amendments: Pick<Amendments, 'amend' | 'replaced'> = {
    replaced: (id) => desk.amendments.replaced(id),
    amend: async (...args) => {
      await meanwhile();
      return desk.amendments.amend(...args);
    },
  };
  const { origin, configuration, tables, incidents, handoffs, cardAnswers, words, clock } = desk;
  return amendIncident(
    {
      ...{ origin, configuration, tables, incidents, handoffs, cardAnswers, words, clock },
      amendments: amendments as never,
    },
    { incident, file: 'amended.toml', officer: 'officer-1', reason: 'final', isDryRun: false },
  );
}

const webFrom = async (): Promise<unknown> =>
  (await desk.incidents.get(incident)).incident.windows[0]?.from;

describe('amendIncident()', () => {
  it('voids the handoff that waits', async () => {
    expect((await amend({ windows: narrower })).voids).toEqual([handoff]);
    expect(await desk.handoffs.get(handoff)).toMatchObject({ outcome: 'cancel' });
  });

  it('is refused when the handoff is approved meanwhile; run again it counts its batch', async () => {
    const before = await webFrom();
    const amending = amend({ windows: narrower }, () => desk.decide(handoff));
    await expect(amending).rejects.toMatchObject({ code: 'incident-changed', retry: 'later' });
    expect(await webFrom()).toEqual(before);
    expect((await desk.acts()).at(-1)).toBe('handoff-approve');
    const again = await amend({ time_zone: 'Asia/Seoul' });
    expect(again.voids).toEqual([]);
    expect(again.recalls.map(({ handoff: of }) => of)).toEqual([handoff]);
    const proposed = await desk.amendments.recalls(incident);
    expect(proposed.map(({ handoff: of }) => of)).toEqual([handoff]);
  });

  it('changes nothing for a file that says the same, also the second time', async () => {
    const acts = await desk.acts();
    const { incident: is } = await desk.incidents.get(incident);
    expect(await amend(is)).toMatchObject({ voids: [], recalls: [], records: undefined });
    expect(await desk.acts()).toEqual(acts);
    expect((await desk.handoffs.get(handoff)).state).toBe('undecided');
    await amend({ windows: narrower });
    const { documentSha256 } = await desk.incidents.get(incident);
    const { handoff: next } = await desk.prepare();
    expect((await amend({ windows: narrower })).voids).toEqual([]);
    expect((await desk.handoffs.get(next)).state).toBe('undecided');
    expect((await desk.incidents.get(incident)).documentSha256).toBe(documentSha256);
    expect((await desk.acts()).filter((act) => act === 'incident-amend')).toHaveLength(1);
  });

  it('is refused when somebody else amends meanwhile, and leaves theirs', async () => {
    const theirs = (): Promise<unknown> => amend({ merchant: 'Theirs K.K.' });
    await expect(amend({ windows: narrower }, theirs)).rejects.toMatchObject({
      ...{ code: 'incident-changed', facts: { incident } },
    });
    expect((await desk.incidents.get(incident)).incident.merchant).toBe('Theirs K.K.');
    expect((await desk.acts()).filter((act) => act === 'incident-amend')).toHaveLength(1);
  });
});

describe('amendIncident() of an incident that listed merchants', () => {
  const merchants = [
    { id: 'shop-1', name: 'One' },
    { id: 'shop-2', name: 'Two' },
  ];
  const windows = [{ name: 'web', channels: ['web'], from: '2019-12-16', to: '2020-04-08' }];

  it.each<[string, Partial<IncidentEntry>, number]>([
    ['lists none any more, with narrower windows', { windows: narrower }, 3],
    ['lists none any more, with the same windows', { windows }, 0],
    ['lists one of two, with the same windows', { windows, merchants: merchants.slice(0, 1) }, 1],
  ])('which %s', async (_, changes, cards) => {
    await desk.decide(handoff, { decision: 'decline', reason: 'wrong' });
    await amend({ merchants, windows, merchant: undefined });
    const sets = [
      { merchants: ['shop-1'], cards: 2 },
      { merchants: ['shop-2'], cards: 1 },
    ];
    desk.cardProcess.merchantSets = { 'b-2': sets };
    const { handoff: next, result } = await desk.prepare();
    expect(result.batches.map(({ batch }) => batch)).toEqual(['b-2']);
    await desk.request(next);
    await desk.decide(next);
    await putInJanuary(desk.store, 'b-2');
    const shop = changes.merchants === undefined ? {} : { merchant: undefined };
    const { recalls } = await amend({ ...changes, ...shop });
    expect(recalls.reduce((sum, recall) => sum + recall.cards + recall.untold, 0)).toBe(cards);
  });
});

describe('amendIncident() after a whole list', () => {
  it.each([
    ['approved', 2],
    ['presumed', 2],
    ['stored', 1],
    ['written', 1],
  ] as const)('that is %s asks %i batches for recall', async (state, asked) => {
    await desk.decide(handoff);
    const lists = 'cumulative' as const;
    const { recipients } = desk.configuration;
    desk.configuration.recipients = recipients.map((entry) => ({ ...entry, lists }));
    const repeat = { recipient: 'psp', lists, cards: 3, repeated: 3, absent: 0 };
    desk.cardProcess.repeats = [repeat];
    const { handoff: whole, result } = await desk.prepare();
    await desk.request(whole);
    await desk.decide(whole);
    await desk.store.db
      .updateTable('batch')
      .set({ state })
      .where('id', '=', result.batches[0]!.batch)
      .execute();
    expect((await amend({ time_zone: 'Asia/Seoul' })).recalls).toHaveLength(asked);
  });
});

describe('prepareHandoff()', () => {
  it('sends again what was recalled and settled, once the scope takes in more', async () => {
    const wide = [{ name: 'web', channels: ['web'], from: '2019-12-16', to: '2020-04-09' }];
    await desk.decide(handoff);
    await amend({ time_zone: 'Asia/Seoul' });
    const [recall] = await desk.amendments.recalls(incident);
    await settleRecall(desk, { batch: recall!.batch, officer: 'officer-1', reason: 'set aside' });
    const { result: narrowed } = await desk.prepare();
    expect([narrowed.cards, narrowed.excluded]).toEqual([0, { 'already-handed-off': 3 }]);
    await amend({ windows: wide });
    const { result, handoff: again } = await desk.prepare();
    expect([result.cards, result.excluded]).toEqual([3, {}]);
    await desk.request(again);
    await desk.decide(again);
    const { result: last } = await desk.prepare();
    expect([last.cards, last.excluded]).toEqual([0, { 'already-handed-off': 3 }]);
  });

  it('is refused before anything is read when the incident is amended meanwhile', async () => {
    await desk.decide(handoff, { decision: 'decline', reason: 'wrong' });
    const jobs = desk.cardProcess.jobs.length;
    const { get } = desk.profiles;
    let amended = 0;
    desk.profiles.get = async (id) => {
      if ((amended += 1) === 1) await amend({ windows: narrower });
      return get(id);
    };
    await expect(desk.prepare()).rejects.toMatchObject({ code: 'incident-changed' });
    expect(desk.cardProcess.jobs).toHaveLength(jobs);
    expect(await desk.handoffs.isPreparing()).toBe(false);
    const { handoff: next } = await desk.prepare();
    const { documentSha256 } = await desk.incidents.get(incident);
    expect((await desk.planOf(next)).incidentSha256).toBe(documentSha256);
  });
});
