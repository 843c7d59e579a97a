import type { PersonText } from '../lookup/person-index.ts';
import { ByteArena } from './byte-arena.ts';

const CARD = 0;
const LISTED = 1;
/** And the place of the reason. */
const NOWHERE = 2;
const HEAD_BYTES = 6;

/** One text of a person, and where it leads. */
export type PersonEntry = { readonly text: PersonText } & (
  | { readonly card: number }
  | { readonly listed: number }
  | { readonly reason: number; readonly windows: number }
);

/**
 * Under which names and details cards can be asked for: each text with each card once. Filled while rows are folded, for
 * sources whose spec maps look-up columns; read when all sources are.
 *
 * Holds names, postcodes and phone numbers: `wipe` it. An entry takes 15 to 25 bytes besides its text.
 */
export class PersonBook {
  readonly #entries = new ByteArena();
  /** By row of the block that is being folded. */
  readonly #texts = new Map<number, readonly PersonText[]>();
  #key = new Uint8Array(512);

  get count(): number {
    return this.#entries.count;
  }

  /** The texts of a row, before it is folded. */
  note(row: number, texts: readonly PersonText[]): void {
    this.#texts.set(row, texts);
  }

  /** The row became, or met, this card. */
  lead(row: number, card: number): void {
    this.#add(row, CARD, card);
  }

  /** The row is an order of `ListedOrders`: it counts where a list names its card. */
  leadListed(row: number, order: number): void {
    this.#add(row, LISTED, order);
  }

  /** The row lies in scope, and became no card for this reason. */
  leadNowhere(row: number, reason: number, windows: number): void {
    this.#add(row, NOWHERE + reason, windows);
  }

  /** Forgets the texts of rows that were folded. */
  endBlock(): void {
    for (const texts of this.#texts.values()) for (const { bytes } of texts) bytes.fill(0);
    this.#texts.clear();
  }

  /** The entries in the order they came. Texts are views that adding may invalidate. */
  *entries(): Generator<PersonEntry> {
    for (let entry = 0; entry < this.#entries.count; entry += 1) {
      const key = this.#entries.bytesOf(entry);
      const text = { field: key[1]!, bytes: key.subarray(HEAD_BYTES) };
      const value = valueIn(key);
      const kind = key[0]!;
      if (kind === CARD) yield { text, card: value };
      else if (kind === LISTED) yield { text, listed: value };
      else yield { text, reason: kind - NOWHERE, windows: value };
    }
  }

  wipe(): void {
    this.endBlock();
    this.#entries.wipe();
    this.#key.fill(0);
  }

  #add(row: number, kind: number, value: number): void {
    for (const { field, bytes } of this.#texts.get(row) ?? []) {
      const length = HEAD_BYTES + bytes.length;
      if (length > this.#key.length) this.#key = new Uint8Array(length * 2);
      const key = this.#key;
      key[0] = kind;
      key[1] = field;
      putValue(key, value);
      key.set(bytes, HEAD_BYTES);
      this.#entries.intern(key, 0, length);
    }
  }
}

/** Little-endian, byte by byte: a view for each of millions of entries would cost more than all else of them. */
function putValue(key: Uint8Array, value: number): void {
  for (let byte = 0; byte < 4; byte += 1) key[2 + byte] = value >>> (8 * byte);
}

function valueIn(key: Uint8Array): number {
  return (key[2]! | (key[3]! << 8) | (key[4]! << 16) | (key[5]! << 24)) >>> 0;
}
