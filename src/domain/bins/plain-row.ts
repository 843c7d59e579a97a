// One row of an issuer table as it stands in the file: where its cells are, without making text of them.

import { BIN_DIGITS_MAX, BIN_DIGITS_MIN, isDay } from './bin-range.ts';

const quote = 0x22;
const comma = 0x2c;
const hyphen = 0x2d;
const zero = 0x30;
export const lineFeed = 0x0a;
export const carriageReturn = 0x0d;

/** Reads the rows that nothing is to be said about; of all others it says so, and `csvRows` takes them. */
export class PlainRow {
  readonly bytes: Uint8Array;
  /** Where each cell begins and ends, without its quotes. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;

  /** `bytes` is UTF-8 of less than 2 GiB, `fieldCount` the number of fields in each row. */
  constructor(bytes: Uint8Array, fieldCount: number) {
    this.bytes = bytes;
    this.starts = new Int32Array(fieldCount);
    this.ends = new Int32Array(fieldCount);
  }

  /**
   * Finds the cells of the row that begins at `at`; returns where the next row begins. -1: not plain, that is with
   * another number of fields, with quotes or line ends inside quotes, or with a quote where none belongs.
   */
  cut(at: number): number {
    const { bytes, starts, ends } = this;
    const { length } = bytes;
    const last = starts.length - 1;
    for (let field = 0; field <= last; field++) {
      const isQuoted = bytes[at] === quote;
      if (isQuoted) at++;
      starts[field] = at;
      at = isQuoted ? this.#behindQuoted(at) : this.#behindBare(at);
      ends[field] = at;
      if (isQuoted) {
        if (bytes[at] !== quote) return -1;
        at++;
      }
      const delimiter = at < length ? bytes[at]! : lineFeed;
      if (delimiter === comma) at++;
      else if (field < last || (delimiter !== lineFeed && delimiter !== carriageReturn)) return -1;
      else return delimiter === carriageReturn && bytes[at + 1] === lineFeed ? at + 2 : at + 1;
    }
    return -1;
  }

  /** Digits in a cell that holds nothing else; 0 for an empty cell, -1 for one that no prefix can be. */
  widthOf(field: number): number {
    const width = this.ends[field]! - this.starts[field]!;
    return width === 0 || (width >= BIN_DIGITS_MIN && width <= BIN_DIGITS_MAX) ? width : -1;
  }

  /** The number in a cell of digits; -1 where anything else stands in it. */
  numberIn(field: number): number {
    return this.#number(this.starts[field]!, this.ends[field]!);
  }

  /** The day in a cell as the number 20261122; 0 for an empty cell, -1 for one without a day of the calendar. */
  dayIn(field: number): number {
    const start = this.starts[field]!;
    const length = this.ends[field]! - start;
    if (length === 0) return 0;
    const { bytes } = this;
    if (length !== 10 || bytes[start + 4] !== hyphen || bytes[start + 7] !== hyphen) return -1;
    const year = this.#number(start, start + 4);
    const month = this.#number(start + 5, start + 7);
    const day = this.#number(start + 8, start + 10);
    return isDay(year, month, day) ? year * 10_000 + month * 100 + day : -1;
  }

  #number(from: number, to: number): number {
    const { bytes } = this;
    let value = 0;
    for (let at = from; at < to; at++) {
      const digit = bytes[at]! - zero;
      if (digit < 0 || digit > 9) return -1;
      value = value * 10 + digit;
    }
    return value;
  }

  #behindQuoted(at: number): number {
    const { bytes } = this;
    const { length } = bytes;
    for (; at < length; at++) {
      const byte = bytes[at]!;
      if (byte <= quote && (byte === quote || byte === lineFeed || byte === carriageReturn)) break;
    }
    return at;
  }

  #behindBare(at: number): number {
    const { bytes } = this;
    const { length } = bytes;
    for (; at < length; at++) {
      const byte = bytes[at]!;
      if (byte > comma) continue;
      if (byte === comma || byte === lineFeed || byte === carriageReturn || byte === quote) break;
    }
    return at;
  }
}
