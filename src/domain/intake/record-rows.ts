import { wipeMemory } from './column-memory.ts';
import { COLUMNS_MAX, RECORD_BYTES_MAX, REFERENCE_BYTES_MAX } from './limits.ts';

/** Stands for "no reason" among the reasons. */
export const ROW_PASSED = 0xff;

/** Flags of a row. */
export const LUHN_WARNED = 1;
export const REFERENCE_WITHHELD = 2;
export const TEST_NUMBER_MET = 4;
/** Of an excluded row: its order is in scope if a list names its card, whose number stands in the row. */
export const LISTED_ONLY_MET = 8;

/** Words of 32 bits a row takes: 64 bytes, one line of the processor's cache, since another core reads what one wrote. */
export const ROW_WORDS = 16;
export const ROW_BYTES = ROW_WORDS * 4;

// Places in a row's words.

/** Physical line, from 1 where the scanner began. */
export const ROW_LINE = 0;
export const ROW_WINDOWS = 1;
/** Hash of the packed number, as `CardTable` wants it. */
export const ROW_CARD_HASH = 2;
/** Hash of the reference, as `ReferenceArena` wants it. */
export const ROW_REFERENCE_HASH = 3;
/** Entry of the issuer table, or -1. */
export const ROW_BIN = 4;
/** Where the row's reference ends in `text`; it begins where the row before ends. */
export const ROW_REFERENCE_END = 5;
/** Where its order key ends, which stands behind the reference. */
export const ROW_KEY_END = 6;
/** Hash of the field of the card number, for rows of a source that names its orders. */
export const ROW_NUMBER_HASH = 7;
/** Four bytes from the lowest on: reason, brand, expiry warning, flags; see `verdictOf`. */
export const ROW_VERDICT = 8;
/** Expiry in the lower 16 bits; above them the accepted held reasons it relies on, bits by their place in `reasons`. */
export const ROW_EXPIRY = 9;
/** The moment, milliseconds since the epoch, in two words: `seenMs` of a row is at half this place, and half the row's. */
export const ROW_SEEN = 10;
/** The packed number, ten bytes of three words. */
export const ROW_PACKED = 12;
/** In halves of words, behind the packed number: the merchant's place, or what `MerchantScreen` has in its place. */
export const ROW_MERCHANT = 29;
/** Hash of the order key, as `OrderKeys` wants it. */
export const ROW_KEY_HASH = 15;

/**
 * Where an incident lists merchants, references and order keys end with two bytes for theirs: shops number their orders
 * alike.
 */
export const MERCHANT_MARK_BYTES = 2;

/** References and keys are short; a block where they are not ends early. */
const textBytesPerRow = 24;
/** The longest texts one record can bring: a reference, and an order key with a space between its columns. */
const rowTextMax = REFERENCE_BYTES_MAX + RECORD_BYTES_MAX + COLUMNS_MAX + 2 * MERCHANT_MARK_BYTES;

/** Bytes of memory that blocks of `capacity` rows need. */
export function recordRowsBytes(capacity: number): number {
  return capacity * (ROW_BYTES + textBytesPerRow) + rowTextMax;
}

/**
 * The word at `ROW_VERDICT`. `reason`: place in `reasons`, or `ROW_PASSED`. `expiryWarning`: place in `warnings` plus 1,
 * or `AMBIGUOUS_EXPIRY` plus 1; 0 is none.
 */
export function verdictOf(
  reason: number,
  brand: number,
  expiryWarning: number,
  flags: number,
): number {
  return reason | (brand << 8) | (expiryWarning << 16) | (flags << 24);
}

/**
 * What a block of records came to, one row for each record that is not blank, over memory that threads may share.
 * Written by `RecordReader`, folded in input order by `RowFolder`.
 *
 * The memory holds card numbers: `wipe` it.
 */
export class RecordRows {
  readonly capacity: number;
  /** Rows written. */
  count = 0;
  /** Row by row, `ROW_WORDS` each. */
  readonly words: Int32Array;
  /** The same memory, for merchants; left as it is where the incident lists none. */
  readonly halves: Uint16Array;
  /** The same memory, for moments. */
  readonly moments: Float64Array;
  /** The same memory, for packed numbers. */
  readonly bytes: Uint8Array;
  readonly text: Uint8Array;

  /** `memory` has `recordRowsBytes(capacity)` from `at` on, a multiple of 8. */
  constructor(memory: ArrayBufferLike, capacity: number, at = 0) {
    this.capacity = capacity;
    const rowBytes = capacity * ROW_BYTES;
    this.words = new Int32Array(memory, at, capacity * ROW_WORDS);
    this.halves = new Uint16Array(memory, at, capacity * ROW_WORDS * 2);
    this.moments = new Float64Array(memory, at, (capacity * ROW_WORDS) / 2);
    this.bytes = new Uint8Array(memory, at, rowBytes);
    this.text = new Uint8Array(memory, at + rowBytes, recordRowsBytes(capacity) - rowBytes);
  }

  /** Whether another record surely fits. */
  hasRoom(): boolean {
    return this.count < this.capacity && this.textEnd(this.count - 1) <= this.textLimit;
  }

  /** Up to where the texts of the rows before may reach, so that those of another fit. */
  get textLimit(): number {
    return this.text.length - rowTextMax;
  }

  /** Where the texts of row `row` end; 0 for the row before the first. */
  textEnd(row: number): number {
    return row < 0 ? 0 : this.words[row * ROW_WORDS + ROW_KEY_END]!;
  }

  clear(): void {
    this.count = 0;
  }

  wipe(): void {
    wipeMemory(this.bytes);
    wipeMemory(this.text);
    this.count = 0;
  }
}
