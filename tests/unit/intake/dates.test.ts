import { describe, expect, it } from 'vitest';

import { codePointRead } from '../../../src/domain/intake/code-points.ts';
import { parseDatePattern } from '../../../src/domain/intake/date-pattern.ts';
import {
  DATE_EMPTY,
  DATE_READ,
  DATE_UNREADABLE,
  DateReader,
} from '../../../src/domain/intake/dates.ts';
import { PlainText } from '../../../src/domain/intake/plain-text.ts';
import { ZoneClock } from '../../../src/domain/intake/zone-clock.ts';
import { encodeText } from '../../support/encoded-text.ts';

const DAY = 86_400_000;

function span(
  text: string,
  options: { zone?: string; format?: string; encoding?: 'utf-8' | 'shift_jis' | 'euc-jp' } = {},
): { from: string; length: number } | number {
  const { zone = 'Asia/Tokyo', encoding = 'utf-8' } = options;
  const steps = options.format === undefined ? undefined : parseDatePattern(options.format);
  const reader = new DateReader(new ZoneClock(zone), steps);
  const plain = new PlainText(codePointRead(encoding));
  const bytes = encodeText(text, encoding);
  plain.append(bytes, 0, bytes.length);
  plain.unwrap();
  const reading = reader.read(plain.bytes, 0, plain.length);
  if (reading !== DATE_READ) return reading;
  return { from: new Date(reader.fromMs).toISOString(), length: reader.toMs - reader.fromMs };
}

describe('DateReader', () => {
  it.each([
    ['2020-03-04 12:34:56', '2020-03-04T03:34:56.000Z', 1_000],
    ['2020-03-04T12:34:56', '2020-03-04T03:34:56.000Z', 1_000],
    ['2012-03-04 12:34:56.789012', '2012-03-04T03:34:56.789Z', 1],
    ['2020-03-04T12:34:56Z', '2020-03-04T12:34:56.000Z', 1_000],
    ['2020-03-04T12:34:56.5Z', '2020-03-04T12:34:56.500Z', 1],
    ['2026-09-03 10:15:00 -0400', '2026-09-03T14:15:00.000Z', 1_000],
    ['2007-07-14T18:54:21+00:00', '2007-07-14T18:54:21.000Z', 1_000],
    ['2020-03-04 12:34 UTC', '2020-03-04T12:34:00.000Z', 60_000],
    ['2020-03-04 12:34+09', '2020-03-04T03:34:00.000Z', 60_000],
    ['2020/3/4 1:02', '2020-03-03T16:02:00.000Z', 60_000],
    ['2020/03/04 01:02:03', '2020-03-03T16:02:03.000Z', 1_000],
    ['2022/8/10', '2022-08-09T15:00:00.000Z', DAY],
    ['2020-03-04', '2020-03-03T15:00:00.000Z', DAY],
    ['2020.3.4', '2020-03-03T15:00:00.000Z', DAY],
    ['20200304', '2020-03-03T15:00:00.000Z', DAY],
    ['20200304123456', '2020-03-04T03:34:56.000Z', 1_000],
    ['20200304 123456', '2020-03-04T03:34:56.000Z', 1_000],
    ['2022/8/10 103309', '2022-08-10T01:33:09.000Z', 1_000],
    ['2022/8/10 93309', '2022-08-10T00:33:09.000Z', 1_000],
    ['2020年3月4日', '2020-03-03T15:00:00.000Z', DAY],
    ['2020年3月4日 1:02', '2020-03-03T16:02:00.000Z', 60_000],
    ['2020年3月4日12時34分', '2020-03-04T03:34:00.000Z', 60_000],
    ['2020年3月4日 12時34分56秒', '2020-03-04T03:34:56.000Z', 1_000],
    ['２０２０／０３／０４　１２：３４', '2020-03-04T03:34:00.000Z', 60_000],
    ['  2020-03-04  ', '2020-03-03T15:00:00.000Z', DAY],
    ['="2020/03/04"', '2020-03-03T15:00:00.000Z', DAY],
    ["'2020/03/04", '2020-03-03T15:00:00.000Z', DAY],
    ['2020-02-29', '2020-02-28T15:00:00.000Z', DAY],
    ['2020-03-04 24:00:00', '2020-03-04T15:00:00.000Z', 1_000],
  ])('reads %s', (text, from, length) => {
    expect(span(text)).toEqual({ from, length });
  });

  it.each(['shift_jis', 'euc-jp'] as const)('reads Japanese dates of %s', (encoding) => {
    const expected = { from: '2020-03-04T03:34:00.000Z', length: 60_000 };
    expect(span('２０２０年３月４日　１２：３４', { encoding })).toEqual(expected);
    expect(span('2020年3月4日12時34分', { encoding })).toEqual(expected);
  });

  it.each([
    ...['2019-02-29', '2020-02-30', '2020-04-31', '2020-13-01', '2020-00-10', '2020-01-00'],
    ...['1899-12-31', '2200-01-01', '0000-00-00', '0000-00-00 00:00:00'],
    ...['2020-3', '202003', '2020', '20-03-04', '3/4/2020', '03-04-2020', '2020/3-4', '2020 3 4'],
    ...['2020-03-04 25:00', '2020-03-04 24:00:01', '2020-03-04 12:60', '2020-03-04 12:34:60'],
    ...['2020-03-04 1', '2020-03-04 12:3', '2020-03-04 12:34:5', '2020-03-04 12:34:56.'],
    ...['2020-03-04x', '2020-03-04 12:34x', '2020-03-04T', '2020-03-04 12:34:56 JST'],
    ...['2020-03-04 12:34+25:00', '2020-03-04 12:34+0', '2020-03-04 +09:00', '2020-03-04Z'],
    ...['2020年3月4', '2020年3月', '2020年3/4日', '2020/3月4日', '令和2年3月4日', 'yesterday'],
    ...['43894', '1583289296', '２０２０年', '2020-03-04 2020-03-04', '٢٠٢٠-03-04'],
    ...['2020-03-04,2020-03-05', '20200304T', '202003041234', `2020-03-04${' '.repeat(90)}x`],
  ])('finds %s unreadable', (text) => {
    expect(span(text)).toBe(DATE_UNREADABLE);
  });

  it.each(['', ' ', '　', '=""'])('finds nothing in %j', (text) => {
    expect(span(text)).toBe(DATE_EMPTY);
  });

  it.each([
    ['MM/DD/YYYY', '03/04/2020', '2020-03-03T15:00:00.000Z', DAY],
    ['D.M.YYYY H:mm', '4.3.2020 1:02', '2020-03-03T16:02:00.000Z', 60_000],
    ['MMM DD, YYYY, H:mm:ss', 'Mar 04, 2020, 1:02:03', '2020-03-03T16:02:03.000Z', 1_000],
    ['YYYY-MM-DD hh:mm:ss A', '2020-03-04 12:02:03 AM', '2020-03-03T15:02:03.000Z', 1_000],
    ['YYYY-MM-DD h:mm A', '2020-03-04 2:30 PM', '2020-03-04T05:30:00.000Z', 60_000],
    ['YY/MM/DD', '20/03/04', '2020-03-03T15:00:00.000Z', DAY],
    ['YYYY-MM-DD HH:mm:ss Z', '2020-03-04 12:00:00 -0400', '2020-03-04T16:00:00.000Z', 1_000],
    ['YYYYMMDDHHmmss', '20200304123456', '2020-03-04T03:34:56.000Z', 1_000],
  ])('reads the declared format %s', (format, text, from, length) => {
    expect(span(text, { format })).toEqual({ from, length });
  });

  it.each([
    ['MM/DD/YYYY', '2020-03-04'],
    ['MM/DD/YYYY', '13/04/2020'],
    ['MM/DD/YYYY', '3/4/2020'],
    ['MM/DD/YYYY', '03/04/2020 12:00'],
    ['MMM D, YYYY', 'Foo 4, 2020'],
    ['YYYY-MM-DD h:mm A', '2020-03-04 14:30 PM'],
    ['YYYY-MM-DD h:mm A', '2020-03-04 2:30'],
    ['YYYY-MM-DD HH:mm', '2020-03-04'],
  ])('refuses under %s what is written otherwise', (format, text) => {
    expect(span(text, { format })).toBe(DATE_UNREADABLE);
  });
});

describe('parseDatePattern()', () => {
  it.each(['YYYY-MM', 'MM/DD', 'HH:mm', 'YYYY-MM-DD EEE', 'Y-M-D', '2020-MM-DD', ''])(
    'refuses %j',
    (text) => {
      expect(parseDatePattern(text)).toBeUndefined();
    },
  );
});

describe('ZoneClock', () => {
  const at = (zone: string, date: string, time: string): string => {
    const wall = Date.parse(`${date}T${time}Z`);
    const day = Math.floor(wall / DAY);
    return new Date(new ZoneClock(zone).toEpochMs(day, wall - day * DAY)).toISOString();
  };

  it('follows offsets that change with the seasons', () => {
    expect(at('America/New_York', '2020-01-15', '12:00:00')).toBe('2020-01-15T17:00:00.000Z');
    expect(at('America/New_York', '2020-07-15', '12:00:00')).toBe('2020-07-15T16:00:00.000Z');
  });

  it('takes the first of two equal times, and the old offset for a skipped one', () => {
    expect(at('America/New_York', '2020-11-01', '01:30:00')).toBe('2020-11-01T05:30:00.000Z');
    expect(at('America/New_York', '2020-03-08', '02:30:00')).toBe('2020-03-08T07:30:00.000Z');
    expect(at('America/New_York', '2020-03-08', '01:59:59')).toBe('2020-03-08T06:59:59.000Z');
    expect(at('America/New_York', '2020-03-08', '03:00:00')).toBe('2020-03-08T07:00:00.000Z');
  });

  it('knows zones with odd offsets and a skipped day', () => {
    expect(at('Asia/Kathmandu', '2020-01-15', '12:00:00')).toBe('2020-01-15T06:15:00.000Z');
    expect(at('Pacific/Apia', '2011-12-31', '00:00:00')).toBe('2011-12-30T10:00:00.000Z');
    expect(at('Pacific/Apia', '2011-12-29', '23:59:59')).toBe('2011-12-30T09:59:59.000Z');
  });

  it('gives the same whether days are asked for the first time or again', () => {
    const clock = new ZoneClock('Europe/Berlin');
    const days = Array.from({ length: 5_000 }, (_, index) => (index * 7_919) % 30_000);
    const once = days.map((day) => clock.toEpochMs(day, 43_200_000));
    expect(days.map((day) => clock.toEpochMs(day, 43_200_000))).toEqual(once);
  });
});
