import { NO_DAY, tabledDay } from './calendar.ts';

const SLASH = 0x2f;
const HYPHEN = 0x2d;
const DOT = 0x2e;
const COLON = 0x3a;
const SPACE = 0x20;
const UPPER_T = 0x54;
const dateBytes = 10;
const secondsBytes = 19;

/** What `PlainDateReader` says of a value it cannot read: another form, or no date at all. */
export const NOT_PLAIN = -1;

/**
 * Reads the two forms in which nearly every export writes its dates, `YYYY-MM-DD` and `YYYY-MM-DD HH:MM:SS` (with `-`,
 * `/` or `.`, and a space or `T`), by their fixed places. Everything else is left to `readKnownDate`, which reads these
 * forms to the same result.
 */
export class PlainDateReader {
  /** Days from 1970-01-01. */
  day = 0;

  /** Milliseconds of the day; `NOT_PLAIN` for any other form. A date alone is 0. */
  read(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    if (length !== dateBytes && length !== secondsBytes) return NOT_PLAIN;
    const separator = bytes[start + 4]!;
    if (separator !== HYPHEN && separator !== SLASH && separator !== DOT) return NOT_PLAIN;
    if (bytes[start + 7] !== separator) return NOT_PLAIN;
    const century = pair(bytes, start);
    const year = pair(bytes, start + 2);
    const month = pair(bytes, start + 5);
    const day = pair(bytes, start + 8);
    if ((century | year | month | day) < 0) return NOT_PLAIN;
    this.day = tabledDay(century * 100 + year, month, day);
    if (this.day === NO_DAY) return NOT_PLAIN;
    return length === dateBytes ? 0 : readTime(bytes, start + dateBytes);
  }
}

function readTime(bytes: Uint8Array, at: number): number {
  const between = bytes[at]!;
  if (between !== SPACE && between !== UPPER_T) return NOT_PLAIN;
  if (bytes[at + 3] !== COLON || bytes[at + 6] !== COLON) return NOT_PLAIN;
  const hour = pair(bytes, at + 1);
  const minute = pair(bytes, at + 4);
  const second = pair(bytes, at + 7);
  if ((hour | minute | second) < 0) return NOT_PLAIN;
  if (hour > 23 || minute > 59 || second > 59) return NOT_PLAIN;
  return ((hour * 60 + minute) * 60 + second) * 1000;
}

/** The number of two digits, or a negative one. */
function pair(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - 0x30;
  const ones = bytes[at + 1]! - 0x30;
  if (tens < 0 || tens > 9 || ones < 0 || ones > 9) return -1;
  return tens * 10 + ones;
}
