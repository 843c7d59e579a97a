import { describe, expect, it } from 'vitest';

import { scrub } from '../../../src/domain/cards/scrubber.ts';
import {
  clockIn,
  dayIn,
  durationIn,
  figure,
  fingerprintGroups,
  shortDigest,
  sizeIn,
  timeIn,
} from '../../../src/doors/cli/figures.ts';
import { seededRandom } from '../../support/seeded-cards.ts';

describe('figure()', () => {
  it('separates thousands', () => {
    expect([0, 999, 1000, 50_000_000].map(figure)).toEqual(['0', '999', '1,000', '50,000,000']);
  });
});

describe('sizeIn()', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1 KB'],
    [74_000, '74 KB'],
    [1_240_000, '1.2 MB'],
    [999_700, '1 MB'],
    [9_960, '10 KB'],
    [5_000_000_000_000_000, '5000 TB'],
  ])('says %i bytes as %s', (bytes, text) => {
    expect(sizeIn(bytes, 'en')).toBe(text);
  });

  it('counts bytes in Japanese', () => {
    expect(sizeIn(812, 'ja')).toBe('812バイト');
  });
});

describe('durationIn()', () => {
  it.each([
    [-5, '0.0 s', '0.0秒'],
    [1230, '1.2 s', '1.2秒'],
    [59_999, '59 s', '59秒'],
    [41 * 60_000, '41 min', '41分'],
    [3_600_000, '1 h', '1時間'],
    [3_900_000, '1 h 5 min', '1時間5分'],
    [52 * 3_600_000, '2 days 4 h', '2日4時間'],
    [24 * 3_600_000, '1 day', '1日'],
    [1200 * 24 * 3_600_000, '1,200 days', '1,200日'],
  ])('says %i ms as %s and %s', (ms, en, ja) => {
    expect(durationIn(ms, 'en')).toBe(en);
    expect(durationIn(ms, 'ja')).toBe(ja);
  });
});

describe('timeIn()', () => {
  const at = new Date('2026-11-21T17:14:30Z');

  it.each([
    ['Asia/Tokyo', '2026-11-22 02:14 JST'],
    ['UTC', '2026-11-21 17:14 UTC'],
    ['America/New_York', '2026-11-21 12:14 EST'],
    ['Asia/Kathmandu', '2026-11-21 22:59 UTC+5:45'],
  ])('names the zone %s', (zone, text) => {
    expect(timeIn(at, zone)).toBe(text);
    expect(`${dayIn(at, zone)} ${clockIn(at, zone)}`).toBe(text);
  });

  it('calls midnight 00:00', () => {
    expect(clockIn(new Date('2026-11-21T15:00:00Z'), 'Asia/Tokyo')).toBe('00:00 JST');
  });
});

describe('fingerprintGroups()', () => {
  it('groups by four, two by two', () => {
    expect(fingerprintGroups('4F2A91C05D137E21AB')).toBe('4F2A 91C0  5D13 7E21  AB');
    expect(shortDigest('9f2c41aa00')).toBe('9f2c 41aa …');
    expect(shortDigest('9f2c')).toBe('9f2c');
  });

  it('is never taken for a card number, also when all its digits are decimal', () => {
    const random = seededRandom(20261122);
    for (let n = 0; n < 20_000; n += 1) {
      const digits = Array.from({ length: 40 }, () => Math.floor(random() * 10)).join('');
      expect(scrub(`key ${fingerprintGroups(digits)} · until`).hits).toBe(0);
    }
  });
});
