// One row of an issuer table, and the check that it can be used.

import { brandIndexOfWord } from './brand-words.ts';
import { BinsFault } from './errors.ts';

/** Most digits of a BIN range. Six are the old BIN, eight the present one; acquirers' tables divide further. */
export const BIN_DIGITS_MAX = 11;

export interface BinRange {
  /** First and last prefix, both included: 6 to 11 ASCII digits, the same number in both. */
  readonly low: string;
  readonly high: string;
  /** Id, name or usual short form; absent or empty: the table does not say. */
  readonly brand?: string;
  readonly issuer: string;
  /** ISO 3166-1 alpha-2 in any case; absent or empty: the table does not say. */
  readonly country?: string;
  /** First and last day in force, both included, YYYY-MM-DD; absent: no bound. */
  readonly validFrom?: string;
  readonly validTo?: string;
  /** Where it stood in its file, from 1. */
  readonly line?: number;
}

/** The value of a range that a lookup reads out. */
export interface BinEntry {
  /** Place in `brands`; 0 when the table does not say. */
  readonly brandIndex: number;
  readonly issuer: string;
  /** ISO 3166-1 alpha-2 in capitals, or empty. */
  readonly country: string;
}

const digitsPattern = /^[0-9]{6,11}$/;
const countryPattern = /^[A-Z]{2}$/;
const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * Checks digits and dates of a range, in force or not; `line` names it in a refusal.
 *
 * Throws BinsFault `bin-malformed` (with `column`) and `bin-reversed`.
 */
export function assertBinRange(range: BinRange, line: number): void {
  const { low, high, validFrom, validTo } = range;
  if (!digitsPattern.test(low)) throw malformed(line, 'low');
  if (!digitsPattern.test(high) || high.length !== low.length) throw malformed(line, 'high');
  if (high < low) throw new BinsFault('bin-reversed', { line, column: 'high' });
  if (validFrom !== undefined && !isDate(validFrom)) throw malformed(line, 'valid_from');
  if (validTo !== undefined && !isDate(validTo)) throw malformed(line, 'valid_to');
  if (validFrom !== undefined && validTo !== undefined && validTo < validFrom) {
    throw new BinsFault('bin-reversed', { line, column: 'valid_to' });
  }
}

/**
 * Reads what a range says about its cards; `line` names it in a refusal.
 *
 * Throws BinsFault `bin-malformed` (with `column`): no issuer, a brand or a country that is none.
 */
export function readBinEntry(range: BinRange, line: number): BinEntry {
  const issuer = range.issuer.trim();
  if (issuer === '') throw malformed(line, 'issuer');
  const country = (range.country ?? '').trim().toUpperCase();
  if (country !== '' && !countryPattern.test(country)) throw malformed(line, 'country');
  const word = (range.brand ?? '').trim();
  const brandIndex = word === '' ? 0 : brandIndexOfWord(word);
  if (brandIndex === undefined) throw malformed(line, 'brand');
  return { brandIndex, issuer, country };
}

/** Whether the range is in force on `on` (YYYY-MM-DD, as all dates compared as text). */
export function isInForce(range: BinRange, on: string): boolean {
  return (range.validFrom ?? '') <= on && on <= (range.validTo ?? '9999-12-31');
}

/** Whether the text is a day of the calendar, YYYY-MM-DD. */
export function isDate(text: string): boolean {
  const [, year, month, day] = datePattern.exec(text) ?? [];
  if (year === undefined || Number(month) < 1 || Number(month) > 12) return false;
  const days = new Date(Date.UTC(2000, Number(month), 0)).getUTCDate();
  const isLeap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0);
  return Number(day) >= 1 && Number(day) <= (month === '02' && !isLeap ? 28 : days);
}

function malformed(line: number, column: string): BinsFault {
  return new BinsFault('bin-malformed', { line, column });
}
