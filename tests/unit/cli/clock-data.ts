// Clocks of one incident in every state there is, for the screens.

import {
  computeClocks,
  computeMerchantClocks,
  owedClocks,
} from '../../../src/domain/incident/compute-clocks.ts';
import type { IncidentClocks, OwedClock } from '../../../src/exchange/incident/incident-clocks.ts';
import { incidentOf } from './screen-data.ts';
import type { Size } from './screen-data.ts';

const at = new Date('2026-09-08T03:00:00Z');

export function clocksOf(size: Size): IncidentClocks {
  const incident = { ...incidentOf(size), clocks: { entrusted: true } };
  const awareness = new Date('2026-07-22T04:30:00Z');
  const windowSet = new Date('2026-09-07T00:00:00Z');
  const told = new Date('2026-07-22T04:00:00Z');
  const recorded = { officer: size.id, at, revision: 3 };
  const clocks = computeClocks({
    incident,
    starts: {
      awareness: awareness.getTime(),
      'window-set': windowSet.getTime(),
      'acquirer-told': told.getTime(),
    },
    settlements: {
      'visa-notice': { outcome: 'met', atMs: told.getTime() },
      'visa-incident-report': { outcome: 'met', atMs: at.getTime() },
      'unionpay-report': { outcome: 'set-aside' },
    },
    nowMs: at.getTime(),
  });
  const own = computeMerchantClocks({
    ...{ incident, nowMs: at.getTime(), settlements: {} },
    starts: { awareness: windowSet.getTime() },
  });
  const merchant = {
    ...{ merchant: size.id, settled: [], clocks: own },
    starts: [{ event: 'awareness' as const, at: windowSet, recorded }],
  };
  return {
    incident,
    at,
    merchants: Array.from({ length: 61 }, () => merchant),
    settled: [{ clock: 'visa-notice', officer: size.id, recordedAt: at }],
    starts: [
      { event: 'tip', at: told, recorded },
      { event: 'awareness', at: awareness },
      { event: 'window-set', at: windowSet, recorded },
    ],
    clocks: clocks.map(({ times, ...clock }) =>
      clock.id === 'amex-notice'
        ? { ...clock, state: 'uncomputed', missingYear: 2028 }
        : { ...clock, ...(times === undefined ? {} : { times }) },
    ),
  };
}

export function owedOf(size: Size): OwedClock[] {
  const { incident, clocks } = clocksOf(size);
  return owedClocks(clocks).map((clock) => ({ incident: incident.id, merchant: size.id, clock }));
}
