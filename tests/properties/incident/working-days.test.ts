import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { clockRules } from '../../../src/domain/incident/compute-clocks.ts';
import { clockTimes } from '../../../src/domain/incident/clock-times.ts';
import {
  addCalendarDays,
  addWorkingDays,
  isClosedDay,
} from '../../../src/domain/incident/working-days.ts';
import { endOfDayMs, startOfDayMs } from '../../../src/domain/incident/local-days.ts';
import { ZoneDays } from '../../../src/domain/incident/zone-days.ts';

const calendars = fc.constantFrom('administrative', 'bank');
/** Days from which every clock ends inside the table. */
const dates = fc
  .integer({ min: 0, max: 12 * 365 })
  .map((days) => addCalendarDays('2015-01-01', days));
const counts = fc.integer({ min: 1, max: 60 });

describe('addWorkingDays()', () => {
  it('never lands on a closed day, and counts every open day on the way', () => {
    fc.assert(
      fc.property(dates, counts, calendars, (date, count, calendar) => {
        const end = addWorkingDays(date, count, calendar);
        let open = 0;
        for (let day = addCalendarDays(date, 1); day <= end; day = addCalendarDays(day, 1)) {
          if (!isClosedDay(day, calendar)) open += 1;
        }
        expect([isClosedDay(end, calendar), open]).toEqual([false, count]);
      }),
      { numRuns: 60 },
    );
  });

  it('is monotone in the day and strictly in the count', () => {
    fc.assert(
      fc.property(dates, counts, calendars, (date, count, calendar) => {
        const end = addWorkingDays(date, count, calendar);
        expect(addWorkingDays(addCalendarDays(date, 1), count, calendar) >= end).toBe(true);
        expect(addWorkingDays(date, count + 1, calendar) > end).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('ends no earlier for ministries than for banks', () => {
    fc.assert(
      fc.property(dates, counts, (date, count) => {
        const bank = addWorkingDays(date, count, 'bank');
        expect(addWorkingDays(date, count, 'administrative') >= bank).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('clockTimes()', () => {
  const starts = dates.chain((date) =>
    fc.integer({ min: 0, max: 86_399 }).map((s) => Date.parse(`${date}T00:00:00Z`) + s * 1000),
  );
  const numbered = clockRules.filter(({ length }) => 'due' in length);
  const rules = fc.constantFrom(...numbered);

  it('ends after its start, and becomes soon before it ends', () => {
    fc.assert(
      fc.property(rules, starts, (rule, startMs) => {
        const { dueMs, soonMs } = clockTimes(rule, startMs, 'Asia/Tokyo')!;
        expect([dueMs > startMs, soonMs < dueMs]).toEqual([true, true]);
      }),
    );
  });

  it('never ends earlier for a later start', () => {
    fc.assert(
      fc.property(rules, starts, fc.nat(40 * 3_600_000), (rule, startMs, laterMs) => {
        const first = clockTimes(rule, startMs, 'Asia/Tokyo')!;
        expect(clockTimes(rule, startMs + laterMs, 'Asia/Tokyo')!.dueMs >= first.dueMs).toBe(true);
      }),
    );
  });

  it('ends with the end of its last day, on an open day where it is moved', () => {
    fc.assert(
      fc.property(rules, starts, (rule, startMs) => {
        const { dueMs, dueDay, timeZone } = clockTimes(rule, startMs, 'Asia/Tokyo')!;
        if (dueDay === undefined) return;
        const days = ZoneDays.of(timeZone);
        expect(days.dateOf(dueMs - 1)).toBe(dueDay);
        expect(days.dateOf(dueMs)).toBe(addCalendarDays(dueDay, 1));
        const isMoved = rule.length.unit === 'calendar-days' && rule.length.isRolled;
        if (isMoved) expect(isClosedDay(dueDay, 'administrative')).toBe(false);
      }),
    );
  });
});

describe('ZoneDays', () => {
  const zones = fc.constantFrom('Asia/Tokyo', 'UTC', 'America/New_York', 'America/Sao_Paulo');

  it('begin and end where the zone data say, and know the day between', () => {
    fc.assert(
      fc.property(dates, zones, (date, zone) => {
        const days = ZoneDays.of(zone);
        const [start, end] = [days.startMs(date), days.endMs(date)];
        expect([start, end]).toEqual([startOfDayMs(date, zone), endOfDayMs(date, zone)]);
        expect([days.dateOf(start), days.dateOf(end - 1)]).toEqual([date, date]);
      }),
      { numRuns: 60 },
    );
  });
});
