import { MINUTE_MS, type DateCursor } from './date-cursor.ts';
import { eraByLetter, isOfEra, type Era } from './eras.ts';
import {
  DAY_MARK,
  HOUR_MARK,
  MINUTE_MARK,
  MONTH_MARK,
  SECOND_MARK,
  YEAR_MARK,
} from './plain-text.ts';

const SLASH = 0x2f;
const HYPHEN = 0x2d;
const DOT = 0x2e;
const COMMA = 0x2c;
const COLON = 0x3a;
const SECOND_MS = 1_000;

/** The era whose letter stands here. */
function readEra(cursor: DateCursor): Era | undefined {
  if (cursor.isAtEnd() || cursor.isDigitHere()) return undefined;
  const era = eraByLetter(cursor.bytes[cursor.at]!);
  if (era !== undefined) cursor.at++;
  return era;
}

/**
 * Reads a date, perhaps with time and zone, in one of the forms that have one meaning only: year first, of four digits or
 * of an era (`R2.4.8`; `EraText` makes that of 令和2年4月8日).
 * Whether the calendar has it, and whether anything follows, is for the caller to see.
 */
export function readKnownDate(cursor: DateCursor): boolean {
  if (!readDate(cursor)) return false;
  if (cursor.isAtEnd()) return true;
  const next = cursor.bytes[cursor.at]!;
  const wasKanji = cursor.bytes[cursor.at - 1] === DAY_MARK;
  if (next === 0x54 || next === 0x74) cursor.at++;
  else if (next === 0x20) cursor.passSpaces();
  else if (cursor.isDigitHere() && !wasKanji) return readPackedTime(cursor);
  else if (!wasKanji) return false;
  if (!readTime(cursor)) return false;
  if (cursor.isAtEnd()) return true;
  cursor.passSpaces();
  return cursor.readZone();
}

/** `YYYYMMDD`, `YYYY/M/D` with `/`, `-` or `.`, or `YYYY年M月D日`; the latter also with a year of an era. */
function readDate(cursor: DateCursor): boolean {
  const era = readEra(cursor);
  if (era !== undefined) {
    cursor.year = cursor.number(1, 2);
    const isRead = cursor.year > 0 && !cursor.isDigitHere() && readMonthAndDay(cursor);
    cursor.year += era.yearZero;
    return isRead && isOfEra(era, cursor.year, cursor.month, cursor.day);
  }
  cursor.year = cursor.number(4, 4);
  if (cursor.year < 0 || cursor.isAtEnd()) return false;
  if (cursor.isDigitHere()) {
    cursor.month = cursor.number(2, 2);
    cursor.day = cursor.number(2, 2);
    return cursor.month > 0 && cursor.day > 0;
  }
  return readMonthAndDay(cursor);
}

/** What follows the year: a sign, month, the same sign, day. */
function readMonthAndDay(cursor: DateCursor): boolean {
  if (cursor.isAtEnd()) return false;
  const separator = cursor.bytes[cursor.at++]!;
  const isKanji = separator === YEAR_MARK;
  if (!isKanji && separator !== SLASH && separator !== HYPHEN && separator !== DOT) return false;
  cursor.month = cursor.number(1, 2);
  if (cursor.month < 0 || !cursor.pass(isKanji ? MONTH_MARK : separator)) return false;
  cursor.day = cursor.number(1, 2);
  return cursor.day >= 0 && (!isKanji || cursor.pass(DAY_MARK));
}

/** `H:MM[:SS[.fff]]`, `H時M分[S秒]`, or six digits, of which a spreadsheet may have taken a leading zero. */
function readTime(cursor: DateCursor): boolean {
  const start = cursor.at;
  const hour = cursor.number(1, 2);
  if (hour < 0) return false;
  if (cursor.pass(COLON)) return readClock(cursor, hour);
  if (cursor.pass(HOUR_MARK)) return readKanjiClock(cursor, hour);
  cursor.at = start;
  return readPackedTime(cursor);
}

function readClock(cursor: DateCursor, hour: number): boolean {
  const minute = cursor.number(2, 2);
  if (!cursor.pass(COLON)) return cursor.setTime(hour, minute, 0, MINUTE_MS);
  const second = cursor.number(2, 2);
  if (!cursor.setTime(hour, minute, second, SECOND_MS)) return false;
  const hasFraction = cursor.pass(DOT) || cursor.pass(COMMA);
  return !hasFraction || cursor.readFraction();
}

function readKanjiClock(cursor: DateCursor, hour: number): boolean {
  const minute = cursor.number(1, 2);
  if (!cursor.pass(MINUTE_MARK)) return false;
  if (!cursor.isDigitHere()) return cursor.setTime(hour, minute, 0, MINUTE_MS);
  const second = cursor.number(1, 2);
  return cursor.pass(SECOND_MARK) && cursor.setTime(hour, minute, second, SECOND_MS);
}

function readPackedTime(cursor: DateCursor): boolean {
  const start = cursor.at;
  while (cursor.isDigitHere()) cursor.at++;
  const digits = cursor.at - start;
  cursor.at = start;
  if (digits !== 5 && digits !== 6) return false;
  const hour = cursor.number(digits - 4, digits - 4);
  const minute = cursor.number(2, 2);
  return cursor.setTime(hour, minute, cursor.number(2, 2), SECOND_MS);
}
