import { describe, expect, it } from 'vitest';

import { computeClocks } from '../../../src/domain/incident/compute-clocks.ts';
import type { Clock, StartTimes } from '../../../src/domain/incident/compute-clocks.ts';
import { clockIds } from '../../../src/domain/incident/clock-rules.ts';
import type { ClockId } from '../../../src/domain/incident/clock-rules.ts';
import type { StartEvent } from '../../../src/domain/incident/start-events.ts';

/** A row of a table made by hand: the day to aim for, the last day, the day it was moved from; or a moment in Japan. */
type Row = readonly [aim: string, due: string, movedFrom?: string] | string;

const table = (starts: Readonly<Partial<Record<StartEvent, string>>>): Map<ClockId, Clock> => {
  const times = Object.entries(starts).map(([event, at]) => [event, Date.parse(`${at}+09:00`)]);
  const clocks = computeClocks({
    incident: { time_zone: 'Asia/Tokyo', clocks: { entrusted: true } },
    starts: Object.fromEntries(times) as StartTimes,
    settlements: {},
    nowMs: 0,
  });
  return new Map(clocks.map((clock) => [clock.id, clock]));
};

const shown = ({ times, state, missingYear }: Clock): Row => {
  if (times === undefined) {
    return missingYear === undefined ? state : `no ${String(missingYear)}`;
  }
  const { dueDay, dueMs, aimDay, movedFrom } = times;
  if (dueDay === undefined) return new Date(dueMs + 9 * 3_600_000).toISOString().slice(0, 16);
  return movedFrom === undefined ? [aimDay ?? '', dueDay] : [aimDay ?? '', dueDay, movedFrom];
};

const computed = (starts: Parameters<typeof table>[0]): Record<string, Row> =>
  Object.fromEntries([...table(starts)].map(([id, clock]) => [id, shown(clock)]));

/** What has no number, whatever the dates are. */
const withoutNumber = {
  ...{ 'ppc-persons-notice': 'running', 'meti-report': 'running', 'acquirer-notice': 'running' },
  ...{ 'jcb-report': 'running', 'diners-discover-report': 'running', 'unionpay-report': 'running' },
} as const;

describe('clocks of a shop that learns of it from the police before Golden Week', () => {
  // 2026: 04-29 Wed is a holiday, 04-30 Thu and 05-01 Fri are not, 05-02 Sat … 05-06 Wed is closed.
  const starts = {
    tip: '2026-04-30T10:00:00',
    awareness: '2026-04-30T15:00:00',
    'pfi-engaged': '2026-05-01T11:00:00',
    'final-report': '2026-06-12T18:00:00',
  };

  it('agree with the table made by hand', () => {
    expect(computed(starts)).toEqual({
      ...withoutNumber,
      // Day 1 is 04-30; days 3 and 5 are 05-02 and 05-04. A holiday does not move "about 3 to 5 days".
      'ppc-preliminary': ['2026-05-02', '2026-05-04'],
      'ppc-principal-notice': ['2026-05-02', '2026-05-04'],
      // 05-01 is day 2, so 05-29 Fri is day 30.
      'ppc-final': ['', '2026-05-29'],
      // 05-31 is day 32, so day 60 is 06-28, a Sunday: Monday.
      'ppc-final-wrongful': ['', '2026-06-29', '2026-06-28'],
      // The edition of 2023: three days after 04-30.
      'visa-notice': ['2026-05-02', '2026-05-03'],
      // Japan's page alone is in force: 05-01 (1), 05-07 (2), 05-08 (3).
      'visa-incident-report': ['2026-05-07', '2026-05-08'],
      // … 05-11 to 05-15 are 4 to 8, 05-18 (9), 05-19 (10).
      'visa-accounts': ['2026-05-18', '2026-05-19'],
      'mastercard-report': '2026-05-01T15:00',
      'amex-notice': '2026-05-03T15:00',
      'amex-accounts': 'running',
      // 05-07 (1), 05-08 (2), 05-11 (3), 05-12 (4), 05-13 (5).
      'pfi-preliminary': ['2026-05-12', '2026-05-13'],
    });
  });
});

describe('clocks of a shop that learns of it from its processor before the year ends', () => {
  // 2026-12-04 is a Friday; 2027-01-01 is a Friday, 01-04 a Monday.
  const starts = {
    tip: '2026-12-03T17:00:00',
    awareness: '2026-12-04T09:00:00',
    'acquirer-told': '2026-12-04T10:00:00',
    'pfi-engaged': '2026-12-25T11:00:00',
    'window-set': '2026-12-28T14:00:00',
  };

  it('agree with the table made by hand', () => {
    expect(computed(starts)).toEqual({
      ...withoutNumber,
      'ppc-preliminary': ['2026-12-06', '2026-12-08'],
      'ppc-principal-notice': ['2026-12-06', '2026-12-08'],
      // 12-31 is day 28, day 30 is Saturday 01-02; ministries open on 01-04.
      'ppc-final': ['', '2027-01-04', '2027-01-02'],
      // 01-31 is day 59: Monday 02-01.
      'ppc-final-wrongful': ['', '2027-02-01'],
      'visa-notice': ['2026-12-06', '2026-12-07'],
      // Three calendar days after the acquirer was told: 12-07; Japan's page would allow 12-09.
      'visa-incident-report': ['2026-12-06', '2026-12-07'],
      // Ten working days after 12-04: 12-18. Three days after the window was set: 12-31.
      'visa-accounts': ['2026-12-17', '2026-12-18'],
      'mastercard-report': '2026-12-05T09:00',
      'amex-notice': '2026-12-07T09:00',
      'amex-accounts': 'not-started',
      // 12-28 (1), 12-29 (2), 12-30 (3): banks work. 01-04 (4), 01-05 (5).
      'pfi-preliminary': ['2027-01-04', '2027-01-05'],
    });
  });

  it('name the other edition that allows more', () => {
    const others = table(starts)
      .get('visa-incident-report')!
      .others.map(({ rule, times }) => [rule.confidence, times.dueDay]);
    expect(others).toEqual([['rule-owner', '2026-12-09']]);
  });
});

describe('clocks of the two shops in the years they happened', () => {
  const before = {
    ...{ 'ppc-preliminary': 'not-in-force', 'ppc-principal-notice': 'not-in-force' },
    ...{ 'ppc-final': 'not-in-force', 'ppc-final-wrongful': 'not-in-force' },
    ...{ 'ppc-persons-notice': 'not-in-force', 'amex-accounts': 'not-started' },
  };

  it('2020: the duty to report to the PPC did not exist, the notice to Visa did', () => {
    expect(computed({ awareness: '2020-04-07T15:00:00' })).toEqual({
      ...withoutNumber,
      ...before,
      // The edition of 2019.
      'visa-notice': ['2020-04-09', '2020-04-10'],
      'visa-incident-report': ['2020-04-09', '2020-04-10'],
      // 04-08 … 04-10 (3), 04-13 … 04-17 (8), 04-20 (9), 04-21 (10).
      'visa-accounts': ['2020-04-20', '2020-04-21'],
      'mastercard-report': '2020-04-08T15:00',
      'amex-notice': '2020-04-10T15:00',
      'pfi-preliminary': 'not-started',
    });
  });

  it('2015: no dated edition was in force yet', () => {
    expect(computed({ awareness: '2015-09-11T12:00:00' })).toEqual({
      ...withoutNumber,
      ...before,
      'visa-notice': 'not-in-force',
      'visa-incident-report': ['2015-09-15', '2015-09-16'],
      // 09-14 … 09-18 (5), 09-21 … 09-23 are holidays, 09-24 (6), 09-25 (7), 09-28 (8), 09-29 (9), 09-30 (10).
      'visa-accounts': ['2015-09-29', '2015-09-30'],
      'mastercard-report': 'not-in-force',
      'amex-notice': '2015-09-14T12:00',
      'pfi-preliminary': 'not-started',
    });
  });
});

describe('the final report to the PPC', () => {
  // The day of knowing is day 1; a last day that is closed moves on.
  it.each([
    ['2025-08-04', '2025-09-02', '2025-10-02'],
    ['2026-03-02', '2026-03-31', '2026-04-30'],
    ['2026-04-10', '2026-05-11', '2026-06-08'],
    ['2026-07-22', '2026-08-20', '2026-09-24'],
    ['2026-11-02', '2026-12-01', '2027-01-04'],
    ['2026-11-21', '2026-12-21', '2027-01-19'],
  ])('known on %s is due on %s, or %s for a wrongful purpose', (known, short, long) => {
    const clocks = table({ awareness: `${known}T23:59:59` });
    expect(clocks.get('ppc-final')!.times!.dueDay).toBe(short);
    expect(clocks.get('ppc-final-wrongful')!.times!.dueDay).toBe(long);
  });

  it('counts days of Japan, whatever the zone of the incident is', () => {
    const [clock] = computeClocks({
      incident: { time_zone: 'America/New_York' },
      // Already the 22nd in Tokyo.
      starts: { awareness: Date.parse('2026-07-21T12:00:00-04:00') },
      settlements: {},
      nowMs: 0,
    }).filter(({ id }) => id === 'ppc-final');
    expect(clock!.times).toMatchObject({ dueDay: '2026-08-20', timeZone: 'Asia/Tokyo' });
    expect(clock!.times!.dueMs).toBe(Date.parse('2026-08-21T00:00:00+09:00'));
  });

  it('is not computed past the table of holidays', () => {
    // 2027-12-29 is a Wednesday: day 30 and the third working day lie in 2028, days 3 and 5 need no table.
    expect(computed({ awareness: '2027-12-29T09:00:00' })).toMatchObject({
      'ppc-preliminary': ['2027-12-31', '2028-01-02'],
      'ppc-final': 'no 2028',
      'ppc-final-wrongful': 'no 2028',
      'visa-incident-report': 'no 2028',
      'mastercard-report': '2027-12-30T09:00',
    });
  });

  it('does not hide an edition that needs no table behind one that does', () => {
    const starts = { awareness: '2027-12-29T09:00:00', 'acquirer-told': '2027-12-29T10:00:00' };
    const clock = table(starts).get('visa-incident-report')!;
    expect([clock.times?.dueDay, clock.missingYear]).toEqual(['2028-01-01', 2028]);
  });
});

describe('clockIds', () => {
  it('have a row in both tables made by hand', () => {
    const rows = Object.keys(computed({ awareness: '2026-12-04T09:00:00' }));
    expect(rows).toEqual([...clockIds]);
  });
});
