import { dayNumber, isCalendarDate } from './calendar.ts';
import { DateCursor, DAY_MS, HOUR_MS, MINUTE_MS } from './date-cursor.ts';
import type { DateStep } from './date-pattern.ts';
import { readDeclaredDate } from './declared-dates.ts';
import { readKnownDate } from './known-dates.ts';
import { NOT_PLAIN, PlainDateReader } from './plain-date.ts';
import type { ZoneClock } from './zone-clock.ts';

export const DATE_READ = 0;
export const DATE_EMPTY = 1;
export const DATE_UNREADABLE = 2;
export type DateReading = 0 | 1 | 2;

const yearMin = 1900;
const yearMax = 2199;

/**
 * Reads dates and times. `fromMs` and `toMs` (exclusive) are what the value covers: a date its whole local day, a time
 * the minute, second or millisecond it is written to.
 *
 * Without a declared format: ISO 8601 (`T` or space, fraction, `Z`, `±hh:mm`, `±hhmm`, ` UTC`), `YYYY/M/D`, `YYYY-M-D`,
 * `YYYY.M.D`, `YYYYMMDD`, `YYYY年M月D日`, each alone or with `H:MM[:SS]`, `H時M分[S秒]` or `HMMSS`; and `YYYYMMDDHHMMSS`.
 * Years of an era, `R2.4.8` or `R2年4月8日`, where the day lies in it.
 * Two-digit years and days before months are never guessed. Dates the calendar does not have are unreadable, and so is
 * a value with anything behind the date. Years 1900 to 2199.
 *
 * Bytes are ASCII or those of a `PlainText`. Times without a zone are the source's wall clock. Throws nothing.
 */
export class DateReader {
  fromMs = Number.NaN;
  toMs = Number.NaN;
  readonly #clock: ZoneClock;
  readonly #steps: readonly DateStep[] | undefined;
  readonly #cursor = new DateCursor();
  readonly #plain = new PlainDateReader();

  /** `steps`: the declared format, from `parseDatePattern`. */
  constructor(clock: ZoneClock, steps?: readonly DateStep[]) {
    this.#clock = clock;
    this.#steps = steps;
  }

  read(bytes: Uint8Array, start: number, end: number): DateReading {
    if (this.#steps === undefined && this.#readPlain(bytes, start, end)) return DATE_READ;
    const cursor = this.#cursor;
    cursor.start(bytes, start, end);
    if (cursor.isAtEnd()) return DATE_EMPTY;
    const isRead =
      this.#steps === undefined ? readKnownDate(cursor) : readDeclaredDate(cursor, this.#steps);
    if (!isRead || !cursor.isAtEnd()) return DATE_UNREADABLE;
    if (cursor.year < yearMin || cursor.year > yearMax) return DATE_UNREADABLE;
    if (!isCalendarDate(cursor.year, cursor.month, cursor.day)) return DATE_UNREADABLE;
    this.#settle();
    return DATE_READ;
  }

  /**
   * Reads a plain date, without a declared format. False too where a clock changes on that day or near it, so that
   * moments of the day are not as far from its beginning as the clock says.
   */
  readEvenDay(bytes: Uint8Array, start: number, end: number): boolean {
    if (!this.#readPlain(bytes, start, end)) return false;
    const { day } = this.#plain;
    return this.toMs - this.fromMs === DAY_MS && this.#clock.isEven(day);
  }

  #readPlain(bytes: Uint8Array, start: number, end: number): boolean {
    const plain = this.#plain;
    const msOfDay = plain.read(bytes, start, end);
    if (msOfDay === NOT_PLAIN) return false;
    const isWholeDay = end - start === 10;
    this.fromMs = this.#clock.toEpochMs(plain.day, msOfDay);
    this.toMs = isWholeDay ? this.#clock.toEpochMs(plain.day + 1, 0) : this.fromMs + 1_000;
    return true;
  }

  #settle(): void {
    const cursor = this.#cursor;
    const day = dayNumber(cursor.year, cursor.month, cursor.day);
    const msOfDay =
      cursor.hour * HOUR_MS + cursor.minute * MINUTE_MS + cursor.second * 1_000 + cursor.fractionMs;
    if (cursor.hasZone) this.fromMs = day * DAY_MS + msOfDay - cursor.zoneMs;
    else this.fromMs = this.#clock.toEpochMs(day, msOfDay);
    const isWholeDay = cursor.precisionMs === DAY_MS && !cursor.hasZone;
    this.toMs = isWholeDay ? this.#clock.toEpochMs(day + 1, 0) : this.fromMs + cursor.precisionMs;
  }
}
