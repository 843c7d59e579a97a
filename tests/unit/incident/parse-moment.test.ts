import { describe, expect, it } from 'vitest';

import { parseMoment } from '../../../src/domain/incident/parse-moment.ts';

describe('parseMoment()', () => {
  it.each([
    ['2026-05-01T22:30:00+09:00', 'UTC', '2026-05-01T13:30:00Z'],
    ['2026-05-01T22:30', 'Asia/Tokyo', '2026-05-01T13:30:00Z'],
    ['2026-05-01 22:30:15', 'Asia/Tokyo', '2026-05-01T13:30:15Z'],
    // A day alone is its first moment.
    ['2026-05-01', 'Asia/Tokyo', '2026-04-30T15:00:00Z'],
    // 02:30 came twice: the first one. 02:30 was skipped: as before the jump.
    ['2026-11-01 01:30', 'America/New_York', '2026-11-01T05:30:00Z'],
    ['2026-03-08 02:30', 'America/New_York', '2026-03-08T07:30:00Z'],
  ])('reads %s in %s', (text, zone, moment) => {
    expect(parseMoment(text, zone)).toBe(Date.parse(moment));
  });

  it.each([
    ...['', 'today', '22:30', '2026-05-01T22', '2026-13-01', '2026-02-29 10:00', '2026/05/01'],
    ...['2026-05-01 24:00', '2026-05-01 10:60', '2026-05-01 10:00 JST', ' 2026-05-01'],
  ])('does not read "%s"', (text) => {
    expect(parseMoment(text, 'Asia/Tokyo')).toBeUndefined();
  });
});
