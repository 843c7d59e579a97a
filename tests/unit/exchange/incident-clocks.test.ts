import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ClockId } from '../../../src/domain/incident/clock-rules.ts';
import type { Clock } from '../../../src/domain/incident/compute-clocks.ts';
import { incidentClocks, owedByAll } from '../../../src/exchange/incident/incident-clocks.ts';
import { recordStartEvent } from '../../../src/exchange/incident/record-start-event.ts';
import type { StartRequest } from '../../../src/exchange/incident/record-start-event.ts';
import { settleClock } from '../../../src/exchange/incident/settle-clock.ts';
import type { SettleRequest } from '../../../src/exchange/incident/settle-clock.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';

const id = 'shop-a-2020';

let desk: ExchangeDesk;
beforeEach(async () => {
  desk = new ExchangeDesk();
  desk.store.nowMs = Date.parse('2026-11-22T10:00:00Z');
  await desk.openIncident({ discovered_at: '2026-11-20T10:00:00+09:00' });
});
afterEach(() => desk.dispose());

const record = (event: string, changes: Partial<StartRequest> = {}): Promise<unknown> =>
  recordStartEvent(desk, {
    ...{ incident: id, event, at: '2026-11-21 09:30', officer: 'officer-1', reason: undefined },
    ...changes,
  });

const settle = (clock: string, changes: Partial<SettleRequest> = {}): Promise<unknown> =>
  settleClock(desk, {
    ...{ incident: id, clock, outcome: 'met', at: undefined, officer: 'officer-1' },
    reason: undefined,
    ...changes,
  });

const clock = async (wanted: ClockId): Promise<Clock> =>
  (await incidentClocks(desk, id)).clocks.find((each) => each.id === wanted)!;

describe('incidentClocks()', () => {
  it('start with awareness as the file tells it, before anybody recorded anything', async () => {
    const { starts } = await incidentClocks(desk, id);
    expect(starts).toEqual([{ event: 'awareness', at: new Date('2026-11-20T01:00:00Z') }]);
    expect(await clock('ppc-preliminary')).toMatchObject({
      state: 'due-soon',
      times: { aimDay: '2026-11-22', dueDay: '2026-11-24' },
    });
    expect(await clock('mastercard-report')).toMatchObject({ state: 'overdue' });
    expect(await clock('pfi-preliminary')).toMatchObject({ state: 'not-started' });
  });

  it('become soon on the day to aim for, and late with the first moment after the last day', async () => {
    const at = async (now: string): Promise<string> => {
      desk.store.nowMs = Date.parse(now);
      return (await clock('ppc-preliminary')).state;
    };
    expect(await at('2026-11-21T23:59:59+09:00')).toBe('running');
    expect(await at('2026-11-22T00:00:00+09:00')).toBe('due-soon');
    expect(await at('2026-11-24T23:59:59+09:00')).toBe('due-soon');
    expect(await at('2026-11-25T00:00:00+09:00')).toBe('overdue');
  });

  it('leave out what the file leaves out', async () => {
    const clocks = { wrongful_purpose: true, brands: ['jcb' as const] };
    await desk.openIncident({ id: 'shop-b', clocks });
    const ids = (await incidentClocks(desk, 'shop-b')).clocks.map((each) => each.id);
    expect(ids).toEqual([
      ...['ppc-preliminary', 'ppc-final-wrongful', 'ppc-persons-notice', 'meti-report'],
      ...['acquirer-notice', 'jcb-report', 'pfi-preliminary'],
    ]);
  });

  it('is refused for an incident that is not there', async () => {
    await expect(incidentClocks(desk, 'nobody')).rejects.toMatchObject({
      code: 'incident-unknown',
    });
  });
});

describe('owedByAll()', () => {
  it('has what is still owed, the first to end in front', async () => {
    const ids = (await owedByAll(desk)).map((owed) => owed.clock.id);
    expect(ids.slice(0, 3)).toEqual(['mastercard-report', 'amex-notice', 'visa-notice']);
    await settle('mastercard-report', { outcome: 'set-aside', reason: 'no such cards' });
    await settle('amex-notice');
    expect((await owedByAll(desk))[0]!.clock.id).toBe('visa-notice');
  });
});

describe('recordStartEvent()', () => {
  it('starts a clock, on the clock of the incident, and leaves a leaf', async () => {
    await record('pfi-engaged');
    expect(await clock('pfi-preliminary')).toMatchObject({
      start: { event: 'pfi-engaged', atMs: Date.parse('2026-11-21T09:30:00+09:00') },
      // Saturday; 11-23 is a holiday.
      times: { dueDay: '2026-11-30' },
    });
    const { starts } = await incidentClocks(desk, id);
    expect(starts.at(-1)).toMatchObject({
      event: 'pfi-engaged',
      recorded: { officer: 'officer-1' },
    });
    expect(await desk.acts(1)).toEqual(['incident-record']);
  });

  it('needs a reason to change what is known, also by the file', async () => {
    await expect(record('awareness')).rejects.toMatchObject({ code: 'reason-required' });
    await record('awareness', { reason: 'the desk was told a day later' });
    expect((await clock('ppc-preliminary')).times).toMatchObject({ dueDay: '2026-11-25' });
    await record('tip');
    await expect(record('tip', { at: '2026-11-20 09:00' })).rejects.toMatchObject({
      code: 'reason-required',
    });
    expect(await desk.acts(1)).toEqual(['incident-record', 'incident-record']);
  });

  it('takes back what was recorded, with a reason', async () => {
    await record('window-set');
    const gone = { at: undefined } as const;
    await expect(record('window-set', gone)).rejects.toMatchObject({ code: 'reason-required' });
    await record('window-set', { ...gone, reason: 'it was another incident' });
    const { starts } = await incidentClocks(desk, id);
    expect(starts.map(({ event }) => event)).toEqual(['awareness']);
    await expect(record('window-set', { ...gone, reason: 'again' })).rejects.toMatchObject({
      code: 'start-event-unrecorded',
    });
  });

  it.each([
    ['start-event-unknown', 'launch', {}],
    ['start-event-unrecorded', 'tip', { at: undefined, reason: 'x' }],
    ['clock-time-ahead', 'tip', { at: '2026-11-22T19:00:01+09:00' }],
    ['usage', 'tip', { at: 'yesterday' }],
    ['usage', 'tip', { at: '2026-02-30 10:00' }],
    ['usage', 'tip', { at: '2026-11-21 24:00' }],
    ['officer-required', 'tip', { officer: undefined }],
    ['role-missing', 'tip', { officer: 'approver-1' }],
    ['incident-unknown', 'tip', { incident: 'nobody' }],
  ] as const)('is refused as %s', async (code, event, changes) => {
    await expect(record(event, changes)).rejects.toMatchObject({ code });
    expect(await desk.acts(1)).toEqual([]);
  });

  it('is refused when somebody else records the same at the same moment', async () => {
    const { origin, configuration, incidents, clock: time, clockBook } = desk;
    const ports = { origin, configuration, incidents, clock: time };
    const stale = { add: clockBook.add.bind(clockBook), entries: () => Promise.resolve([]) };
    await record('tip');
    const request = { incident: id, event: 'tip', at: '2026-11-21', officer: 'officer-1' };
    await expect(
      recordStartEvent({ ...ports, clockBook: stale }, { ...request, reason: undefined }),
    ).rejects.toMatchObject({ code: 'clock-entry-changed' });
    expect(await desk.acts(1)).toEqual(['incident-record']);
  });

  it('goes on when the incident is closed: its clocks do', async () => {
    await desk.store.db.updateTable('incident').set({ state: 'closed' }).execute();
    await record('final-report');
    expect(await clock('amex-accounts')).toMatchObject({ state: 'running' });
  });
});

describe('settleClock()', () => {
  it('marks what was done in time, and what was done late', async () => {
    await settle('ppc-preliminary', { at: '2026-11-22 18:00' });
    await settle('mastercard-report', { at: '2026-11-21 10:00' });
    expect(await clock('ppc-preliminary')).toMatchObject({ state: 'met' });
    // Due at 10:00 on the 21st: that very moment is the first that is too late.
    expect(await clock('mastercard-report')).toMatchObject({ state: 'met-late' });
    expect(await desk.acts(1)).toEqual(['clock-settle', 'clock-settle']);
  });

  it('frees the entrusted party from report and notice once its principal was told', async () => {
    await desk.openIncident({ id: 'shop-b', clocks: { entrusted: true } });
    await settle('ppc-principal-notice', { incident: 'shop-b' });
    const { clocks } = await incidentClocks(desk, 'shop-b');
    const states = clocks.filter((each) => each.id.startsWith('ppc-')).map(({ state }) => state);
    expect(states).toEqual(['discharged', 'discharged', 'discharged', 'discharged', 'met']);
  });

  it('needs a reason for all but a first report', async () => {
    const reasonless = { code: 'reason-required' };
    await expect(settle('amex-notice', { outcome: 'set-aside' })).rejects.toMatchObject(reasonless);
    await settle('amex-notice');
    await expect(settle('amex-notice')).rejects.toMatchObject(reasonless);
    await expect(settle('amex-notice', { outcome: 'reopened' })).rejects.toMatchObject(reasonless);
    await settle('amex-notice', { outcome: 'reopened', reason: 'the mail came back' });
    expect(await clock('amex-notice')).toMatchObject({ state: 'due-soon' });
    await settle('amex-notice');
    expect(await clock('amex-notice')).toMatchObject({ state: 'met' });
  });

  it.each([
    ['clock-unknown', 'ppc', {}],
    // The file does not say that the data is held for another business.
    ['clock-unknown', 'ppc-principal-notice', {}],
    ['clock-time-ahead', 'ppc-preliminary', { at: '2026-11-23' }],
    ['usage', 'ppc-preliminary', { at: '11/22' }],
    ['role-missing', 'ppc-preliminary', { officer: 'approver-1' }],
  ] as const)('is refused as %s for %s', async (code, wanted, changes) => {
    await expect(settle(wanted, changes)).rejects.toMatchObject({ code });
    expect(await desk.acts(1)).toEqual([]);
  });
});

describe('clocks of one merchant', () => {
  const gateway = 'gateway';
  const merchants = [
    { id: 'shop-1', name: 'One' },
    { id: 'shop-2', name: 'Two' },
  ];
  const own = { incident: gateway, merchant: 'shop-2' };
  const clocksOf = async () => (await incidentClocks(desk, gateway)).merchants ?? [];
  beforeEach(() =>
    desk.openIncident({
      ...{ id: gateway, merchant: undefined, merchants },
      ...{ discovered_at: '2026-11-10T10:00:00+09:00', clocks: { entrusted: true } },
    }),
  );

  it('run from when that merchant knew, by the rules it reports for itself by', async () => {
    expect((await incidentClocks(desk, gateway)).merchants).toBeUndefined();
    await record('awareness', { ...own, at: '2026-11-21 09:30' });
    const [shop, ...others] = await clocksOf();
    expect([shop!.merchant, others]).toEqual(['shop-2', []]);
    expect(shop!.clocks.map(({ id: clockId }) => clockId)).toEqual([
      ...['ppc-preliminary', 'ppc-final', 'ppc-final-wrongful', 'ppc-persons-notice'],
    ]);
    expect(shop!.clocks[0]).toMatchObject({ times: { dueDay: '2026-11-25' } });
    const { clocks } = await incidentClocks(desk, gateway);
    expect(clocks[0]).toMatchObject({ times: { dueDay: '2026-11-14' }, state: 'overdue' });
    const owed = (await owedByAll(desk)).filter(({ merchant }) => merchant === 'shop-2');
    expect(owed.map(({ clock: { id: clockId } }) => clockId)).toEqual([
      ...['ppc-preliminary', 'ppc-final', 'ppc-final-wrongful'],
    ]);
  });

  it('are settled one by one, and by no notice of whoever held its data', async () => {
    await record('awareness', own);
    await settle('ppc-principal-notice', { incident: gateway });
    const { clocks } = await incidentClocks(desk, gateway);
    expect(clocks[0]).toMatchObject({ id: 'ppc-preliminary', state: 'discharged' });
    await settle('ppc-final', { ...own, outcome: 'set-aside', reason: 'reported jointly' });
    const [shop] = await clocksOf();
    expect(shop!.clocks.map(({ state }) => state)).toEqual([
      ...['running', 'set-aside', 'running', 'running'],
    ]);
    expect(shop!.settled).toMatchObject([{ clock: 'ppc-final', officer: 'officer-1' }]);
  });

  it('are changed and withdrawn with a reason only', async () => {
    await record('awareness', own);
    const later = { ...own, at: '2026-11-22 09:30' };
    await expect(record('awareness', later)).rejects.toMatchObject({ code: 'reason-required' });
    await record('awareness', { ...later, reason: 'they read the mail on Sunday' });
    expect((await clocksOf())[0]!.clocks[0]).toMatchObject({ times: { dueDay: '2026-11-26' } });
    await record('awareness', { ...own, at: undefined, reason: 'not told yet' });
    expect((await clocksOf())[0]!.clocks[0]).toMatchObject({ state: 'not-started' });
  });

  it.each<[string, () => Promise<unknown>, string]>([
    [
      'an unlisted merchant',
      () => record('awareness', { ...own, merchant: 'x' }),
      'merchant-unknown',
    ],
    ['an incident of one', () => record('awareness', { merchant: 'shop-2' }), 'merchants-absent'],
    ['an event of the whole incident', () => record('pfi-engaged', own), 'usage'],
    ['a clock of the whole incident', () => settle('visa-notice', own), 'clock-unknown'],
    [
      'an event nobody recorded',
      () => record('awareness', { ...own, at: undefined }),
      'start-event-unrecorded',
    ],
  ])('are refused for %s', async (_, act, code) => {
    await expect(act()).rejects.toMatchObject({ code });
  });
});
