import { describe, expect, it } from 'vitest';
import { endOfDayMs, startOfDayMs } from '../../../src/domain/incident/local-days.ts';

const iso = (ms: number) => new Date(ms).toISOString();

describe('startOfDayMs()', () => {
  it.each([
    ['Asia/Tokyo', '2019-12-16', '2019-12-15T15:00:00.000Z'],
    ['UTC', '2020-02-29', '2020-02-29T00:00:00.000Z'],
    ['America/New_York', '2020-03-08', '2020-03-08T05:00:00.000Z'],
    ['America/New_York', '2020-03-09', '2020-03-09T04:00:00.000Z'],
    ['Asia/Kathmandu', '2020-04-08', '2020-04-07T18:15:00.000Z'],
    ['Pacific/Kiritimati', '2020-04-08', '2020-04-07T10:00:00.000Z'],
    ['Pacific/Pago_Pago', '2020-04-08', '2020-04-08T11:00:00.000Z'],
  ])('%s %s', (zone, date, start) => {
    expect(iso(startOfDayMs(date, zone))).toBe(start);
  });

  it('takes the end of the jump where midnight is skipped', () => {
    // São Paulo, 2018-11-04: 00:00 became 01:00.
    expect(iso(startOfDayMs('2018-11-04', 'America/Sao_Paulo'))).toBe('2018-11-04T03:00:00.000Z');
  });

  it('takes the next day where the whole day is skipped', () => {
    // Samoa crossed the date line: no 2011-12-30.
    expect(iso(startOfDayMs('2011-12-30', 'Pacific/Apia'))).toBe('2011-12-30T10:00:00.000Z');
  });

  it('takes the first midnight where it comes twice', () => {
    // Havana, 2020-11-01: 01:00 became 00:00.
    expect(iso(startOfDayMs('2020-11-01', 'America/Havana'))).toBe('2020-11-01T04:00:00.000Z');
  });
});

describe('endOfDayMs()', () => {
  it('is the start of the next day on ordinary days', () => {
    expect(endOfDayMs('2020-04-08', 'Asia/Tokyo')).toBe(startOfDayMs('2020-04-09', 'Asia/Tokyo'));
    expect(iso(endOfDayMs('2020-02-28', 'UTC'))).toBe('2020-02-29T00:00:00.000Z');
  });

  it.each([
    ['2020-03-08', 23],
    ['2020-11-01', 25],
    ['2020-11-02', 24],
  ])('gives %s in New York %i hours', (date, hours) => {
    const zone = 'America/New_York';
    expect(endOfDayMs(date, zone) - startOfDayMs(date, zone)).toBe(hours * 3_600_000);
  });

  it('does not take in the first hour of the next day where midnight comes twice', () => {
    expect(iso(endOfDayMs('2020-10-31', 'America/Havana'))).toBe('2020-11-01T04:00:00.000Z');
  });

  it('takes in the last hour that comes twice', () => {
    // Newfoundland, 2010-11-07: at 00:01 the clocks went back to 23:01 of the day before.
    expect(iso(endOfDayMs('2010-11-06', 'America/St_Johns'))).toBe('2010-11-07T03:30:00.000Z');
    expect(iso(startOfDayMs('2010-11-07', 'America/St_Johns'))).toBe('2010-11-07T02:30:00.000Z');
  });
});
