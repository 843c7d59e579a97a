import { DAY_MARK, MONTH_MARK, YEAR_MARK } from './plain-text.ts';

export const EXPIRY_READ = 0;
export const EXPIRY_EMPTY = 1;
export const EXPIRY_UNREADABLE = 2;
/** Month and year can be read either way and differ. */
export const EXPIRY_AMBIGUOUS = 3;
export type ExpiryReading = 0 | 1 | 2 | 3;

/** What two-digit years and months stand in: month first, year first, or not known. */
export type ExpiryOrder = 'month-year' | 'year-month' | undefined;

/** Formats a source may declare; separators may be missing or any of `/ - . ` and space. */
export const expiryFormats = [
  ...['MMYY', 'YYMM', 'MM/YY', 'YY/MM'],
  ...['MM/YYYY', 'YYYY/MM', 'MMYYYY', 'YYYYMM'],
] as const;

const yearMin = 1990;
const yearMax = 2099;

/** The month count of an expiry: year * 12 + month - 1. */
export function monthCount(year: number, month: number): number {
  return year * 12 + month - 1;
}

/** The order a declared format says; undefined for `auto`. */
export function expiryOrderOf(format: string): ExpiryOrder {
  if (format.startsWith('M')) return 'month-year';
  return format.startsWith('Y') ? 'year-month' : undefined;
}

/**
 * Reads expiry dates: `MMYY`, `YYMM`, `MM/YY`, `YY/MM`, `MM/YYYY`, `YYYY/MM`, `MMYYYY`, `YYYYMM`, `YY年MM月`, a full date
 * with the year first, or month and year of two columns. `value` is year * 12 + month - 1; two-digit years are 20YY.
 *
 * A year of four digits tells itself. Of two pairs of digits, one reading may be impossible (no month 25); where both
 * are possible, `order` decides. Throws nothing; `wipe` is not needed, an expiry alone is no card data.
 */
export class ExpiryReader {
  value = 0;
  /** Set once it is declared or found out. */
  order: ExpiryOrder;
  /** What the latest two-pair value allowed. */
  canBeMonthYear = false;
  canBeYearMonth = false;
  readonly #groups = new Int32Array(4);
  readonly #widths = new Int32Array(4);
  /** The first group is called a year. */
  #isYearFirst = false;

  constructor(order: ExpiryOrder) {
    this.order = order;
  }

  /** Bytes are ASCII or those of a `PlainText`. */
  read(bytes: Uint8Array, start: number, end: number): ExpiryReading {
    // Two pairs of digits, with a sign between them or none: how nearly every source writes them.
    const length = end - start;
    if (this.order !== undefined && (length === 4 || (length === 5 && isSign(bytes[start + 2]!)))) {
      const first = twoDigits(bytes, start);
      const second = twoDigits(bytes, end - 2);
      if ((first | second) >= 0) return this.#readOrdered(first, second);
    }
    this.canBeMonthYear = false;
    this.canBeYearMonth = false;
    this.value = 0;
    const count = this.#split(bytes, start, end);
    if (count === 0) return EXPIRY_EMPTY;
    const [first, second, third] = this.#widths;
    if (count < 0 || count > 3) return EXPIRY_UNREADABLE;
    if (count === 1) return this.#readJoined(this.#groups[0]!, first!);
    const isDate = count === 3 && first === 4 && second! <= 2 && third! <= 2;
    if (count === 3 && !isDate) return EXPIRY_UNREADABLE;
    return this.#readPair(this.#groups[0]!, first!, this.#groups[1]!, second!);
  }

  /** Two pairs of digits in the known order. */
  #readOrdered(first: number, second: number): ExpiryReading {
    this.value = 0;
    const isMonthFirst = this.order === 'month-year';
    const month = isMonthFirst ? first : second;
    if (month < 1 || month > 12) return EXPIRY_UNREADABLE;
    this.value = monthCount(2000 + (isMonthFirst ? second : first), month);
    return EXPIRY_READ;
  }

  /** A month from a column of its own: 1 to 12, 0 where the field is empty, -1 where it is something else. */
  readMonth(bytes: Uint8Array, start: number, end: number): number {
    const count = this.#split(bytes, start, end);
    if (count === 0) return 0;
    const value = this.#groups[0]!;
    return count === 1 && this.#widths[0]! <= 2 && isMonth(value) ? value : -1;
  }

  /** A year from a column of its own, of two digits or four, to the month read before. */
  readYear(bytes: Uint8Array, start: number, end: number, month: number): ExpiryReading {
    this.value = 0;
    const count = this.#split(bytes, start, end);
    if (count === 0 && month === 0) return EXPIRY_EMPTY;
    const width = this.#widths[0]!;
    if (count !== 1 || (width !== 2 && width !== 4)) return EXPIRY_UNREADABLE;
    return this.#take(this.#groups[0]! + (width === 2 ? 2000 : 0), month);
  }

  /** One group of digits: four are two pairs, six a pair and a year. */
  #readJoined(value: number, width: number): ExpiryReading {
    if (width === 4) return this.#readPair(Math.floor(value / 100), 2, value % 100, 2);
    if (width !== 6) return EXPIRY_UNREADABLE;
    const isYearFirst = isYear(Math.floor(value / 100)) && isMonth(value % 100);
    if (isYearFirst) return this.#take(Math.floor(value / 100), value % 100);
    return this.#take(value % 10_000, Math.floor(value / 10_000));
  }

  #readPair(first: number, width1: number, second: number, width2: number): ExpiryReading {
    if (width1 === 4 && width2 <= 2) return this.#take(first, second);
    if (width2 === 4 && width1 <= 2) return this.#take(second, first);
    if (width1 > 2 || width2 > 2) return EXPIRY_UNREADABLE;
    if (this.#isYearFirst) return this.#take(2000 + first, second);
    this.canBeMonthYear = isMonth(first) && width2 === 2;
    this.canBeYearMonth = isMonth(second) && width1 === 2;
    if (this.order === 'month-year' || (!this.canBeYearMonth && this.order === undefined)) {
      return this.canBeMonthYear ? this.#take(2000 + second, first) : EXPIRY_UNREADABLE;
    }
    if (this.order === 'year-month' || !this.canBeMonthYear) {
      return this.canBeYearMonth ? this.#take(2000 + first, second) : EXPIRY_UNREADABLE;
    }
    return first === second ? this.#take(2000 + first, second) : EXPIRY_AMBIGUOUS;
  }

  #take(year: number, month: number): ExpiryReading {
    if (!isYear(year) || !isMonth(month)) return EXPIRY_UNREADABLE;
    this.value = monthCount(year, month);
    return EXPIRY_READ;
  }

  /** Puts groups of digits into `#groups` and `#widths`; returns their number, or -1 where something else stands. */
  #split(bytes: Uint8Array, start: number, end: number): number {
    let count = 0;
    let width = 0;
    this.#isYearFirst = false;
    for (let at = start; at < end; at++) {
      const byte = bytes[at]!;
      if (byte >= 0x30 && byte <= 0x39) {
        if (width === 0) {
          if (count === 4) return -1;
          this.#groups[count++] = 0;
        }
        width++;
        if (width > 8) return -1;
        this.#groups[count - 1] = this.#groups[count - 1]! * 10 + byte - 0x30;
        this.#widths[count - 1] = width;
      } else if (!isSeparator(byte)) return -1;
      else {
        if (byte === YEAR_MARK && count === 1) this.#isYearFirst = true;
        width = 0;
      }
    }
    return count;
  }
}

/** The number of the two digits that stand at `at`, or a negative one. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - 0x30;
  const ones = bytes[at + 1]! - 0x30;
  return tens >>> 0 > 9 || ones >>> 0 > 9 ? -1 : tens * 10 + ones;
}

function isMonth(value: number): boolean {
  return value >= 1 && value <= 12;
}

function isYear(value: number): boolean {
  return value >= yearMin && value <= yearMax;
}

/** Space, `-`, `.`, `/`. */
function isSign(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x2d && byte <= 0x2f);
}

/** A sign, or one of the Japanese marks behind year, month and day. */
function isSeparator(byte: number): boolean {
  return isSign(byte) || byte === YEAR_MARK || byte === MONTH_MARK || byte === DAY_MARK;
}
