import { PACKED_PAN_BYTES } from '../cards/packed-pan.ts';
import { ByteArena } from './byte-arena.ts';
import type { CardTable } from './card-table.ts';
import { allocateMemory, wipeMemory } from './column-memory.ts';

const firstOrders = 64;

/**
 * Orders as plain columns over shared memory: of each its card, or -1, its windows, and which text is its reference;
 * the texts one behind the other, and where each ends.
 */
export interface ListedColumns {
  readonly count: number;
  readonly cards: Int32Array;
  readonly windows: Uint32Array;
  readonly texts: Int32Array;
  readonly bytes: Uint8Array;
  readonly ends: Uint32Array;
}

/**
 * Orders that lie in no window but one that takes recovered sources alone: each is excluded, and the person behind it is
 * told if a list names the card. Which it does is known once all sources are read, so that number, reference and windows
 * are kept until then. 18 bytes an order and its reference.
 *
 * Holds card numbers: `wipe` it.
 */
export class ListedOrders {
  count = 0;
  readonly #texts = new ByteArena();
  #packed = new Uint8Array(allocateMemory(firstOrders * PACKED_PAN_BYTES));
  #text = new Int32Array(allocateMemory(firstOrders * 4));
  #windows = new Uint32Array(allocateMemory(firstOrders * 4));
  /** Per order its card, or -1; empty until `match`. */
  #cards: Int32Array = new Int32Array(0);

  /** Keeps an order: packed number at `packedAt`, normalised UTF-8 of its reference, the windows it lies in. */
  add(
    packed: Uint8Array,
    packedAt: number,
    text: Uint8Array,
    start: number,
    end: number,
    windows: number,
  ): void {
    if (this.count === this.#text.length) this.#lengthen();
    const order = this.count++;
    this.#packed.set(
      packed.subarray(packedAt, packedAt + PACKED_PAN_BYTES),
      order * PACKED_PAN_BYTES,
    );
    this.#text[order] = this.#texts.intern(text, start, end);
    this.#windows[order] = windows;
  }

  /** Finds the cards of the orders in the table, and lets go of the numbers. To be called before the table settles. */
  match(cards: CardTable): void {
    this.#cards = new Int32Array(allocateMemory(this.count * 4));
    for (let order = 0; order < this.count; order++) {
      this.#cards[order] = cards.find(this.#packed, order * PACKED_PAN_BYTES);
    }
    wipeMemory(this.#packed);
  }

  /** The card of an order; -1 where no list names it, and before `match`. */
  cardOf(order: number): number {
    return this.#cards[order] ?? -1;
  }

  /** All orders, after `match`. Columns are replaced when orders are added. */
  get columns(): ListedColumns {
    const { count } = this;
    const { bytes, ends } = this.#texts.columns;
    return { count, cards: this.#cards, windows: this.#windows, texts: this.#text, bytes, ends };
  }

  wipe(): void {
    wipeMemory(this.#packed);
    this.#texts.wipe();
    this.#windows.fill(0);
    this.count = 0;
  }

  #lengthen(): void {
    const packed = new Uint8Array(allocateMemory(this.#packed.length * 2));
    packed.set(this.#packed);
    wipeMemory(this.#packed);
    this.#packed = packed;
    const text = new Int32Array(allocateMemory(this.count * 8));
    text.set(this.#text);
    this.#text = text;
    const windows = new Uint32Array(allocateMemory(this.count * 8));
    windows.set(this.#windows);
    this.#windows = windows;
  }
}
