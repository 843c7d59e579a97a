import { describe, expect, it } from 'vitest';
import { windowBounds } from '../../../src/domain/incident/windows.ts';

const bounds = (from: string, to: string, zone = 'Asia/Tokyo') => {
  const { fromMs, toMs } = windowBounds({ name: 'web', from, to }, zone);
  return [new Date(fromMs).toISOString(), new Date(toMs).toISOString()];
};

describe('windowBounds()', () => {
  it('includes both days', () => {
    expect(bounds('2019-12-16', '2020-04-08')).toEqual([
      '2019-12-15T15:00:00.000Z',
      '2020-04-08T15:00:00.000Z',
    ]);
  });

  it('follows the zone across a change of the clocks', () => {
    expect(bounds('2020-03-01', '2020-03-31', 'America/New_York')).toEqual([
      '2020-03-01T05:00:00.000Z',
      '2020-04-01T04:00:00.000Z',
    ]);
  });

  it('includes the whole second of an instant', () => {
    expect(bounds('2020-04-08T00:00:00+09:00', '2020-04-08T17:00:00+09:00')).toEqual([
      '2020-04-07T15:00:00.000Z',
      '2020-04-08T08:00:01.000Z',
    ]);
  });

  it('includes the millisecond of an instant with a fraction', () => {
    expect(bounds('2020-04-07', '2020-04-08T08:00:00.250Z')[1]).toBe('2020-04-08T08:00:00.251Z');
  });

  it('does not move instants with the zone', () => {
    const from = '2020-04-08T00:00:00Z';
    const to = '2020-04-08T12:00:00Z';
    expect(bounds(from, to, 'Pacific/Apia')).toEqual(bounds(from, to));
  });

  it.each([
    ['2020-04-08', '2020-04-07'],
    ['2020-04-08T17:00:01+09:00', '2020-04-08T17:00:00+09:00'],
    ['2020-04-09', '2020-04-08T23:59:59+09:00'],
    ['2020-04-08T15:00:00Z', '2020-04-08'],
  ])('refuses %s to %s', (from, to) => {
    expect(() => bounds(from, to)).toThrow(
      expect.objectContaining({ code: 'window-reversed', facts: { window: 'web', from, to } }),
    );
  });
});
