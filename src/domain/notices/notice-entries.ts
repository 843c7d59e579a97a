import { ByteArena } from '../intake/byte-arena.ts';
import { REFERENCE_BYTES_MAX } from '../intake/limits.ts';
import type { ReferenceCursor } from '../handoff/reference-page.ts';

/** Brand, reason and last four digits; number of the merchant. */
const KEY_HEAD_BYTES = 6;
const MERCHANT_BYTES = 2;

/** What of a row tells it from others. */
type ReferenceRow = Pick<ReferenceCursor, 'text' | 'length' | 'brandIndex' | 'reason' | 'lastFour'>;

/**
 * Which references and entries of an incident were met already, so that one list over several handoffs says nothing
 * twice. Handoffs are given newest first: of an entry that several have, the newest counts.
 *
 * References are told by merchant: shops number their orders alike.
 *
 * An incident may list merchants only since an amendment: what an older handoff knows of no merchant is left out where a
 * newer one has the reference for one.
 *
 * An entry without a card is left out where a newer handoff has the reference at all: there the record was settled.
 */
export class NoticeEntries {
  readonly #references = new ByteArena();
  readonly #entries = new ByteArena();
  readonly #key = new Uint8Array(KEY_HEAD_BYTES + REFERENCE_BYTES_MAX);
  /** Merchants by id, '' among them for an incident that lists none. */
  readonly #merchants = new Map<string, number>();
  /** References that newer handoffs have. */
  #newer = 0;

  /** Distinct references so far. */
  get references(): number {
    return this.#references.count;
  }

  /** Tells that what comes next is of an older handoff. */
  beginHandoff(): void {
    this.#newer = this.#references.count;
  }

  /** Takes the row the cursor stands on; false where it adds nothing. */
  take(row: ReferenceRow, merchant: string): boolean {
    if (merchant === '' && this.#isOfSome(row)) return false;
    const key = this.#keyOf(row, this.#numberOf(merchant));
    const from = KEY_HEAD_BYTES - MERCHANT_BYTES;
    const reference = this.#references.intern(key, from, key.length);
    if (row.reason >= 0 && reference < this.#newer) return false;
    this.#entries.intern(key, 0, key.length);
    return this.#entries.wasNew;
  }

  /** Merchants that have a reference; the one without an id where the incident lists none. */
  merchantsOf(bytes: Uint8Array): readonly string[] {
    const key = new Uint8Array(MERCHANT_BYTES + bytes.length);
    key.set(bytes, MERCHANT_BYTES);
    return [...this.#merchants].flatMap(([merchant, number]) => {
      key.set([number & 0xff, number >> 8]);
      return this.#references.find(key, 0, key.length) < 0 ? [] : [merchant];
    });
  }

  #isOfSome({ text, length }: ReferenceRow): boolean {
    if (this.#merchants.size === (this.#merchants.has('') ? 1 : 0)) return false;
    return this.merchantsOf(text.subarray(0, length)).some((merchant) => merchant !== '');
  }

  #numberOf(merchant: string): number {
    const known = this.#merchants.get(merchant);
    if (known !== undefined) return known;
    this.#merchants.set(merchant, this.#merchants.size);
    return this.#merchants.size - 1;
  }

  #keyOf(
    { text, length, brandIndex, reason, lastFour }: ReferenceRow,
    merchant: number,
  ): Uint8Array {
    const digits = Number.parseInt(`0${lastFour}`, 16);
    this.#key.set([brandIndex, reason + 1, digits >> 8, digits & 0xff]);
    this.#key.set([merchant & 0xff, merchant >> 8], KEY_HEAD_BYTES - MERCHANT_BYTES);
    this.#key.set(text.subarray(0, length), KEY_HEAD_BYTES);
    return this.#key.subarray(0, KEY_HEAD_BYTES + length);
  }
}
