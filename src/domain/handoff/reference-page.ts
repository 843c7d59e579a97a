import { REFERENCE_BYTES_MAX } from '../intake/limits.ts';
import { referenceKinds, type ReferenceKind } from '../intake/source-kinds.ts';

/**
 * Rows of a page of order references, one after the other, each of its own length. Numbers of one to five bytes are in
 * groups of seven bits, the lowest first, the highest bit of a byte telling that another follows (LEB128).
 *
 * | bytes | field |
 * |---|---|
 * | 1 | bytes at the start that it shares with the reference before it in the page; 0 in the first row |
 * | 1 | brand index of the card; 0 where there is none |
 * | 1 | 0 for a card; 253 to 255 for a reference handed over in its place, by its kind; else the reason's place, plus 1 |
 * | 2 | last four digits of the card, two a byte; 0 where there is none, 0xFFFF where a reference came without |
 * | 1 to 5 | windows matched, one bit each |
 * | 1 to 5 | merchant, its place among those of the handoff; only in handoffs whose incident lists them |
 * | 1 to 5 | bytes of the rest of the reference |
 * | … | the rest of the reference, UTF-8 |
 */
export const REFERENCE_HEAD_BYTES = 5;

/** The third byte of a reference that was handed over in place of a card: this, and the place of its kind. */
export const REFERENCE_HANDED = 253;

/** Stands in place of last four digits that nobody gave. */
export const NO_LAST_FOUR = 0xffff;

/** A number of 32 bits takes so many bytes at most. */
export const VARIABLE_BYTES_MAX = 5;

/** So much of a reference may be taken from the one before. */
export const SHARED_BYTES_MAX = 255;

/** A page is sent and stored once it has so many bytes. */
export const REFERENCE_PAGE_BYTES = 64 * 1024;

/**
 * Walks the rows of a page. The page was written by this program; one whose rows run past its end, or share more than
 * there is, throws RangeError.
 */
export class ReferenceCursor {
  brandIndex = 0;
  /** Place in `reasons` of a record without a card; -1 for a card, and for a reference in its place. */
  reason = -1;
  /** Of a reference that was handed over in place of a card. */
  kind: ReferenceKind | undefined;
  windows = 0;
  /** Place of the merchant; 0 in handoffs whose incident lists none. */
  merchant = 0;
  /** UTF-8 of the reference, `length` bytes; overwritten by the next row. */
  readonly text = new Uint8Array(REFERENCE_BYTES_MAX);
  length = 0;
  readonly #page: Uint8Array;
  readonly #hasMerchants: boolean;
  #at = 0;
  #lastFour = 0;

  constructor(page: Uint8Array, hasMerchants = false) {
    this.#page = page;
    this.#hasMerchants = hasMerchants;
  }

  /** Goes to the next row; false behind the last. */
  next(): boolean {
    if (this.#at === this.#page.length) return false;
    const shared = this.#byte();
    this.brandIndex = this.#byte();
    const third = this.#byte();
    this.kind = referenceKinds[third - REFERENCE_HANDED];
    this.reason = this.kind === undefined ? third - 1 : -1;
    this.#lastFour = (this.#byte() << 8) | this.#byte();
    this.windows = this.#variable();
    if (this.#hasMerchants) this.merchant = this.#variable();
    const end = shared + this.#variable();
    if (shared > this.length || end > this.text.length) throw new RangeError('no such reference');
    for (let to = shared; to < end; to += 1) this.text[to] = this.#byte();
    this.length = end;
    return true;
  }

  /** The card's last four digits; '' where there is no card, or nobody gave them. */
  get lastFour(): string {
    return this.reason < 0 && this.#lastFour !== NO_LAST_FOUR
      ? this.#lastFour.toString(16).padStart(4, '0')
      : '';
  }

  #variable(): number {
    let value = 0;
    for (let shift = 0; shift < 7 * VARIABLE_BYTES_MAX; shift += 7) {
      const byte = this.#byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    throw new RangeError('number too long');
  }

  #byte(): number {
    const byte = this.#page[this.#at];
    if (byte === undefined) throw new RangeError('past the end of the page');
    this.#at += 1;
    return byte;
  }
}
