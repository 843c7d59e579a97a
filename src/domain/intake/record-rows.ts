import { PACKED_PAN_BYTES } from '../cards/packed-pan.ts';
import { COLUMNS_MAX, RECORD_BYTES_MAX, REFERENCE_BYTES_MAX } from './limits.ts';

/** Stands for "no reason" in the reason column. */
export const ROW_PASSED = 0xff;

/** Flags of a row. */
export const LUHN_WARNED = 1;
export const REFERENCE_WITHHELD = 2;
export const TEST_NUMBER_MET = 4;

/** Bytes a row takes besides its texts. */
const rowBytes = 8 + 5 * 4 + 3 * 4 + 4 + 2 + 4 + PACKED_PAN_BYTES;
/** The longest texts one record can bring: a reference, and an order key with a space between its columns. */
const rowTextMax = REFERENCE_BYTES_MAX + RECORD_BYTES_MAX + COLUMNS_MAX;
/** References and keys are short; one that is not ends a block early. */
const textBytesPerRow = 24;

/** Bytes of memory that blocks of `capacity` rows need. */
export function recordRowsBytes(capacity: number): number {
  return capacity * (rowBytes + textBytesPerRow) + rowTextMax;
}

/**
 * What a block of records came to, one row for each record that is not blank: columns over one memory, which may be
 * shared between threads. Written by `RecordReader`, folded in input order by `RowFolder`.
 *
 * The memory holds card numbers: `wipe` it.
 */
export class RecordRows {
  readonly capacity: number;
  /** Rows written. */
  count = 0;
  readonly seenMs: Float64Array;
  /** Physical line, from 1 where the scanner began. */
  readonly line: Uint32Array;
  readonly windows: Uint32Array;
  /** Hash of the packed number, as `CardTable` wants it. */
  readonly cardHash: Int32Array;
  /** Hash of the reference, as `ReferenceArena` wants it. */
  readonly referenceHash: Int32Array;
  readonly bin: Int32Array;
  /** Where the row's reference ends in `text`; it begins where the row before ends. */
  readonly referenceEnd: Uint32Array;
  /** Where its order key ends, which stands behind the reference. */
  readonly keyEnd: Uint32Array;
  /** Hash of the field of the card number, for rows of a source that names its orders. */
  readonly numberHash: Uint32Array;
  readonly expiry: Uint16Array;
  /** Place in `reasons`, or `ROW_PASSED`. */
  readonly reason: Uint8Array;
  readonly brand: Uint8Array;
  /** Place in `warnings` plus 1, or `AMBIGUOUS_EXPIRY` plus 1; 0 is none. */
  readonly expiryWarning: Uint8Array;
  readonly flags: Uint8Array;
  /** Accepted held reasons the row relies on, bits by their place in `reasons`. */
  readonly relied: Uint8Array;
  readonly packed: Uint8Array;
  readonly text: Uint8Array;
  readonly #memory: ArrayBufferLike;

  /** `memory` is of `recordRowsBytes(capacity)`; `capacity` is a multiple of 8. */
  constructor(memory: ArrayBufferLike, capacity: number) {
    this.capacity = capacity;
    this.#memory = memory;
    let at = 0;
    const take = <T>(
      make: new (memory: ArrayBufferLike, at: number, length: number) => T,
      bytes: number,
    ): T => {
      const column = new make(memory, at, capacity);
      at += capacity * bytes;
      return column;
    };
    this.seenMs = take(Float64Array, 8);
    this.line = take(Uint32Array, 4);
    this.windows = take(Uint32Array, 4);
    this.cardHash = take(Int32Array, 4);
    this.referenceHash = take(Int32Array, 4);
    this.bin = take(Int32Array, 4);
    this.referenceEnd = take(Uint32Array, 4);
    this.keyEnd = take(Uint32Array, 4);
    this.numberHash = take(Uint32Array, 4);
    this.expiry = take(Uint16Array, 2);
    this.reason = take(Uint8Array, 1);
    this.brand = take(Uint8Array, 1);
    this.expiryWarning = take(Uint8Array, 1);
    this.flags = take(Uint8Array, 1);
    this.relied = take(Uint8Array, 1);
    this.packed = new Uint8Array(memory, at, capacity * PACKED_PAN_BYTES);
    at += capacity * PACKED_PAN_BYTES;
    this.text = new Uint8Array(memory, at);
  }

  /** Whether another record surely fits. */
  hasRoom(): boolean {
    if (this.count === this.capacity) return false;
    return this.textLength() + rowTextMax <= this.text.length;
  }

  /** Bytes of `text` written. */
  textLength(): number {
    return this.count === 0 ? 0 : this.keyEnd[this.count - 1]!;
  }

  clear(): void {
    this.count = 0;
  }

  wipe(): void {
    new Uint8Array(this.#memory).fill(0);
    this.count = 0;
  }
}
