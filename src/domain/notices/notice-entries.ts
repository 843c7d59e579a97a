import { ByteArena } from '../intake/byte-arena.ts';
import { REFERENCE_BYTES_MAX } from '../intake/limits.ts';
import type { ReferenceCursor } from '../handoff/reference-page.ts';

/** Brand, reason and last four digits. */
const KEY_HEAD_BYTES = 4;

/**
 * Which references and entries of an incident were met already, so that one list over several handoffs says nothing
 * twice. Handoffs are given newest first: of an entry that several have, the newest counts.
 *
 * An entry without a card is left out where a newer handoff has the reference at all: there the record was settled.
 */
export class NoticeEntries {
  readonly #references = new ByteArena();
  readonly #entries = new ByteArena();
  readonly #key = new Uint8Array(KEY_HEAD_BYTES + REFERENCE_BYTES_MAX);
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
  take(row: ReferenceCursor): boolean {
    const reference = this.#references.intern(row.text, 0, row.length);
    if (row.reason >= 0 && reference < this.#newer) return false;
    const key = this.#keyOf(row);
    this.#entries.intern(key, 0, key.length);
    return this.#entries.wasNew;
  }

  /** Number of a reference, -1 for an unknown one. */
  find(bytes: Uint8Array): number {
    return this.#references.find(bytes, 0, bytes.length);
  }

  #keyOf({ text, length, brandIndex, reason, lastFour }: ReferenceCursor): Uint8Array {
    const digits = Number.parseInt(`0${lastFour}`, 16);
    this.#key.set([brandIndex, reason + 1, digits >> 8, digits & 0xff]);
    this.#key.set(text.subarray(0, length), KEY_HEAD_BYTES);
    return this.#key.subarray(0, KEY_HEAD_BYTES + length);
  }
}
