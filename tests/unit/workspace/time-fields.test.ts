import { describe, expect, it } from 'vitest';
import { isInstant, isLocalDate, isTimeZone } from '../../../src/domain/workspace/time-fields.ts';

describe('isLocalDate()', () => {
  it.each(['2019-12-16', '2020-02-29', '2000-02-29'])('accepts %s', (text) => {
    expect(isLocalDate(text)).toBe(true);
  });

  it.each([
    '2019-02-29',
    '1900-02-29',
    '2020-02-31',
    '2020-13-01',
    '2020-00-01',
    '2020-1-1',
    '20200101',
    '2020-01-01 ',
  ])('refuses %s', (text) => {
    expect(isLocalDate(text)).toBe(false);
  });
});

describe('isInstant()', () => {
  it.each(['2020-04-07T15:00:00+09:00', '2020-04-07T15:00:00Z', '2020-04-07T15:00:00.5-03:30'])(
    'accepts %s',
    (text) => {
      expect(isInstant(text)).toBe(true);
    },
  );

  it.each([
    '2020-04-07',
    '2020-04-07T15:00:00',
    '2020-04-07T15:00+09:00',
    '2020-04-07 15:00:00+09:00',
    '2020-04-07T24:00:00+09:00',
    '2020-04-07T15:60:00+09:00',
    '2020-04-07T15:00:00+24:00',
    '2020-02-30T15:00:00+09:00',
    '2020-04-07T15:00:00.1234Z',
  ])('refuses %s', (text) => {
    expect(isInstant(text)).toBe(false);
  });
});

describe('isTimeZone()', () => {
  it.each(['Asia/Tokyo', 'UTC', 'America/Argentina/Ushuaia'])('accepts %s', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  it.each(['', 'Asia/Kyoto', '+09:00', 'JST/9', 'Asia/Tokyo '])('refuses "%s"', (name) => {
    expect(isTimeZone(name)).toBe(false);
  });
});
