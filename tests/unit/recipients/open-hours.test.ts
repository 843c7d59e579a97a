import { describe, expect, it } from 'vitest';

import { IncidentFault } from '../../../src/domain/incident/errors.ts';
import { openFrom, openHoursSchema } from '../../../src/domain/recipients/open-hours.ts';

const from = (hours: object, now: string): string =>
  openFrom(openHoursSchema.parse(hours), new Date(now)).toISOString();

describe('openFrom()', () => {
  it('is now without hours, and inside a span', () => {
    const now = new Date('2026-11-24T03:00:00Z');
    expect(openFrom(undefined, now)).toEqual(now);
    expect(from({ between: ['09:00-17:00'] }, '2026-11-24T03:00:00Z')).toBe(now.toISOString());
  });

  it.each([
    ['before the first span', '2026-11-23T23:59:00Z', '2026-11-24T00:00:00.000Z'],
    ['at the begin of a span', '2026-11-24T00:00:00Z', '2026-11-24T00:00:00.000Z'],
    [
      'at the end of a span, which is not in it',
      '2026-11-24T03:00:00Z',
      '2026-11-24T04:00:00.000Z',
    ],
    ['after the cut-off', '2026-11-24T08:00:00Z', '2026-11-25T00:00:00.000Z'],
  ])('%s', (_what, now, expected) => {
    expect(from({ between: ['13:00-17:00', '09:00-12:00'] }, now)).toBe(expected);
  });

  it('leaves out days off: 2026-12-30 is one of ministries, 12-31 one of banks too', () => {
    const between = ['09:00-17:00'];
    const now = '2026-12-29T09:00:00Z';
    expect(from({ between, days: 'every-day' }, now)).toBe('2026-12-30T00:00:00.000Z');
    expect(from({ between, days: 'bank' }, now)).toBe('2026-12-30T00:00:00.000Z');
    expect(from({ between, days: 'administrative' }, now)).toBe('2027-01-04T00:00:00.000Z');
  });

  it('leaves out a national holiday: 2026-11-23', () => {
    const hours = { between: ['09:00-17:00'], days: 'bank' };
    expect(from(hours, '2026-11-20T09:00:00Z')).toBe('2026-11-24T00:00:00.000Z');
  });

  it('takes no unknown year for one without holidays', () => {
    const hours = openHoursSchema.parse({ between: ['09:00-17:00'], days: 'bank' });
    expect(() => openFrom(hours, new Date('2031-01-06T01:00:00Z'))).toThrow(
      new IncidentFault('holiday-year-missing', { year: '2031', first: '2015', last: '2027' }),
    );
  });

  it('follows the wall clock of the zone over a change of clocks', () => {
    const hours = { between: ['09:00-10:00'], time_zone: 'Europe/Berlin' };
    expect(from(hours, '2026-03-28T12:00:00Z')).toBe('2026-03-29T07:00:00.000Z');
    expect(from(hours, '2026-03-27T12:00:00Z')).toBe('2026-03-28T08:00:00.000Z');
  });

  it('reaches over midnight by two spans', () => {
    const hours = { between: ['22:00-24:00', '00:00-05:00'] };
    expect(from(hours, '2026-11-24T14:59:00Z')).toBe('2026-11-24T14:59:00.000Z');
    expect(from(hours, '2026-11-24T15:00:00Z')).toBe('2026-11-24T15:00:00.000Z');
    expect(from(hours, '2026-11-24T20:00:00Z')).toBe('2026-11-25T13:00:00.000Z');
  });
});

describe('openHoursSchema', () => {
  it('takes eight spans, one beginning as another ends', () => {
    const between = Array.from({ length: 8 }, (_, hour) => `0${hour}:00-0${hour + 1}:00`);
    expect(openHoursSchema.parse({ between: between.toReversed() })).toMatchObject({
      between: between.toReversed(),
    });
  });

  it.each([
    { between: [] },
    { between: ['9:00-17:00'] },
    { between: ['17:00-09:00'] },
    { between: ['09:00-09:00'] },
    { between: ['24:00-24:00'] },
    { between: ['09:00-24:01'] },
    { between: Array.from({ length: 9 }, (_, hour) => `0${hour}:00-0${hour}:30`) },
    { between: ['09:00-12:00', '10:00-11:00'] },
    { between: ['10:00-13:00', '09:00-10:01'] },
    { between: ['09:00-10:00', '09:00-10:00'] },
    { between: ['09:00-17:00'], days: 'working' },
    { between: ['09:00-17:00'], time_zone: '+09:00' },
    { between: ['09:00-17:00'], until: '18:00' },
  ])('refuses %j', (hours) => {
    expect(openHoursSchema.safeParse(hours).success).toBe(false);
  });
});
