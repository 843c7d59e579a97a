import { describe, expect, it } from 'vitest';

import { holidayYears, isJapaneseHoliday } from '../../../src/domain/incident/japanese-holidays.ts';
import {
  addWorkingDays,
  isClosedDay,
  openDayFrom,
} from '../../../src/domain/incident/working-days.ts';

const missing = expect.objectContaining({ code: 'holiday-year-missing' }) as unknown;

describe('isJapaneseHoliday()', () => {
  it.each([
    // A substitute for a Sunday, the day between two holidays, and the equinox.
    ['2026-05-06', true],
    ['2026-09-22', true],
    ['2027-03-22', true],
    // Moved for 2020 and 2021 by special laws; the usual days were working days.
    ['2020-07-24', true],
    ['2020-10-12', false],
    ['2021-08-09', true],
    ['2021-08-11', false],
    ['2026-04-30', false],
    ['2026-12-23', false],
  ])('%s: %s', (date, is) => {
    expect(isJapaneseHoliday(date)).toBe(is);
  });

  it('refuses the years on both sides of its table, and what is no year', () => {
    const { first, last } = holidayYears;
    for (const date of [`${String(first - 1)}-12-31`, `${String(last + 1)}-01-01`, 'x']) {
      expect(() => isJapaneseHoliday(date)).toThrow(missing);
    }
  });
});

describe('isClosedDay()', () => {
  it.each([
    ['2026-12-28', false, false],
    ['2026-12-29', true, false],
    ['2026-12-30', true, false],
    ['2026-12-31', true, true],
    ['2027-01-01', true, true],
    // Saturday and Sunday; in 2025 the 2nd and 3rd were a Thursday and a Friday.
    ['2027-01-02', true, true],
    ['2025-01-02', true, true],
    ['2025-01-03', true, true],
    ['2027-01-04', false, false],
    ['2026-11-21', true, true],
    ['2026-11-23', true, true],
    ['2026-11-24', false, false],
  ])('%s: ministries %s, banks %s', (date, administrative, bank) => {
    expect(isClosedDay(date, 'administrative')).toBe(administrative);
    expect(isClosedDay(date, 'bank')).toBe(bank);
  });

  it('refuses a Sunday of a year that is not in the table', () => {
    expect(() => isClosedDay('2028-01-02', 'bank')).toThrow(missing);
  });
});

describe('openDayFrom()', () => {
  it.each([
    ['2026-05-02', '2026-05-07'],
    ['2026-09-19', '2026-09-24'],
    ['2026-05-07', '2026-05-07'],
  ])('%s leads to %s', (from, to) => {
    expect(openDayFrom(from, 'administrative')).toBe(to);
  });

  it('refuses to walk out of the table', () => {
    expect(() => openDayFrom('2027-12-31', 'bank')).toThrow(missing);
  });
});

describe('addWorkingDays()', () => {
  it.each([
    ['2026-04-30', 1, '2026-05-01', '2026-05-01'],
    ['2026-04-30', 3, '2026-05-08', '2026-05-08'],
    ['2026-05-03', 1, '2026-05-07', '2026-05-07'],
    ['2026-12-25', 1, '2026-12-28', '2026-12-28'],
    ['2026-12-25', 5, '2027-01-07', '2027-01-05'],
  ])('%s and %i days: ministries %s, banks %s', (from, days, administrative, bank) => {
    expect(addWorkingDays(from, days, 'administrative')).toBe(administrative);
    expect(addWorkingDays(from, days, 'bank')).toBe(bank);
  });
});
