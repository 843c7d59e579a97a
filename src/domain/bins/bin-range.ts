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

export const BIN_DIGITS_MIN = 6;
const countryPattern = /^[A-Z]{2}$/;

/**
 * Checks digits and dates of a range, in force or not; `line` names it in a refusal.
 *
 * Throws BinsFault `bin-malformed` (with `column`) and `bin-reversed`.
 */
export function assertBinRange(range: BinRange, line: number): void {
  const { low, high, validFrom, validTo } = range;
  if (prefixValue(low) < 0) throw malformed(line, 'low');
  if (prefixValue(high) < 0 || high.length !== low.length) throw malformed(line, 'high');
  if (prefixValue(high) < prefixValue(low))
    throw new BinsFault('bin-reversed', { line, column: 'high' });
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

/** A prefix of 6 to 11 ASCII digits as a number; -1 for any other text. */
export function prefixValue(text: string): number {
  const { length } = text;
  return length < BIN_DIGITS_MIN || length > BIN_DIGITS_MAX ? -1 : digitsValue(text, 0, length);
}

/** How many eleven-digit beginnings one prefix of `width` digits covers. */
export function prefixStep(width: number): number {
  return 10 ** (BIN_DIGITS_MAX - width);
}

/** Whether the text is a day of the calendar, YYYY-MM-DD. */
export function isDate(text: string): boolean {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return false;
  const year = digitsValue(text, 0, 4);
  const month = digitsValue(text, 5, 7);
  const day = digitsValue(text, 8, 10);
  return isDay(year, month, day);
}

/** Whether there is such a day in the calendar. Takes -1 for a number that could not be read. */
export function isDay(year: number, month: number, day: number): boolean {
  if (year < 0 || month < 1 || month > 12) return false;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day >= 1 && day <= (month === 2 && isLeap ? 29 : daysOfMonth[month - 1]!);
}

const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Digits are read one by one, since a table has millions of them to check; -1 where one is none. */
function digitsValue(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function malformed(line: number, column: string): BinsFault {
  return new BinsFault('bin-malformed', { line, column });
}
