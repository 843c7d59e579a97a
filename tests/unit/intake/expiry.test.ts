import { describe, expect, it } from 'vitest';

import { codePointRead } from '../../../src/domain/intake/code-points.ts';
import {
  EXPIRY_AMBIGUOUS,
  EXPIRY_EMPTY,
  EXPIRY_READ,
  EXPIRY_UNREADABLE,
  ExpiryReader,
  monthCount,
  type ExpiryOrder,
} from '../../../src/domain/intake/expiry.ts';
import { PlainText } from '../../../src/domain/intake/plain-text.ts';
import { encodeText } from '../../support/encoded-text.ts';

function plain(text: string): PlainText {
  const bytes = encodeText(text, 'utf-8');
  const result = new PlainText(codePointRead('utf-8'));
  result.append(bytes, 0, bytes.length);
  result.unwrap();
  return result;
}

function read(text: string, order?: ExpiryOrder): number | string {
  const reader = new ExpiryReader(order);
  const field = plain(text);
  const reading = reader.read(field.bytes, 0, field.length);
  if (reading !== EXPIRY_READ) return reading;
  return `${Math.floor(reader.value / 12)}-${(reader.value % 12) + 1}`;
}

describe('ExpiryReader', () => {
  it.each([
    ['1225', '2025-12'],
    ['12/25', '2025-12'],
    ['12-25', '2025-12'],
    ['12 / 25', '2025-12'],
    ['12.25', '2025-12'],
    ['1/25', '2025-1'],
    ['2512', '2025-12'],
    ['25/12', '2025-12'],
    ['25/1', '2025-1'],
    ['12/2025', '2025-12'],
    ['2025/12', '2025-12'],
    ['2025-1', '2025-1'],
    ['122025', '2025-12'],
    ['202512', '2025-12'],
    ['2025-12-31', '2025-12'],
    ['2025年12月', '2025-12'],
    ['11年12月', '2011-12'],
    ['１２／２５', '2025-12'],
    ['="1225"', '2025-12'],
    ["'1225", '2025-12'],
    ['1212', '2012-12'],
  ])('reads %s, which tells its own order', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['0811', 'month-year', '2011-8'],
    ['0811', 'year-month', '2008-11'],
    ['08/11', 'month-year', '2011-8'],
    ['08/11', 'year-month', '2008-11'],
  ] as const)('reads %s as declared %s', (text, order, expected) => {
    expect(read(text, order)).toBe(expected);
  });

  it.each(['0811', '08/11', '11-12'])('calls %s ambiguous without an order', (text) => {
    expect(read(text)).toBe(EXPIRY_AMBIGUOUS);
  });

  it.each([
    ...['1325', '0025', '0000', '9999', '125', '12', '12345', '1234567', '13/2025', '00/25'],
    ...['2025/13', '1225x', 'Dec-25', '12/25/01', '1989/12', '2100/01'],
    ...['1/5', '12+25', '１２：２５', '12/25 12/26', '2025-12-31 00:00', '999999', '٠١/٢٥'],
  ])('finds %s unreadable', (text) => {
    expect(read(text)).toBe(EXPIRY_UNREADABLE);
  });

  it.each([
    ['2512', 'month-year'],
    ['1225', 'year-month'],
    ['25/12', 'month-year'],
    ['12/25', 'year-month'],
  ] as const)('does not turn %s around where %s is declared', (text, order) => {
    expect(read(text, order)).toBe(EXPIRY_UNREADABLE);
  });

  it.each(['', ' ', '--', '/', '　', '=""'])('finds nothing in %j', (text) => {
    expect(read(text)).toBe(EXPIRY_EMPTY);
  });

  it('reads month and year of two columns', () => {
    const reader = new ExpiryReader(undefined);
    const columns = (month: string, year: string): number => {
      const months = plain(month);
      const years = plain(year);
      const value = reader.readMonth(months.bytes, 0, months.length);
      return reader.readYear(years.bytes, 0, years.length, value);
    };
    expect([columns('3', '25'), reader.value]).toEqual([EXPIRY_READ, monthCount(2025, 3)]);
    expect([columns('03', '2025'), reader.value]).toEqual([EXPIRY_READ, monthCount(2025, 3)]);
    expect([columns('3月', '2025年'), reader.value]).toEqual([EXPIRY_READ, monthCount(2025, 3)]);
    expect(columns('', '')).toBe(EXPIRY_EMPTY);
    for (const [month, year] of [
      ['3', ''],
      ['', '25'],
      ['13', '25'],
      ['0', '25'],
      ['3', '5'],
      ['3', '20255'],
      ['x', '25'],
      ['3', '2/5'],
    ]) {
      expect(columns(month!, year!)).toBe(EXPIRY_UNREADABLE);
    }
  });
});
