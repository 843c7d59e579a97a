import { ByteArena } from './byte-arena.ts';
import { allocateMemory } from './column-memory.ts';
import { FieldView } from './field-view.ts';
import { hashBytes } from './hash-slots.ts';
import type { RecordScanner } from './scanner.ts';

const firstKeys = 256;

/**
 * The orders of a source that has a row per item. A row belongs to an order already read where its key is known and its
 * card number is empty or written as in the order's first row: an order paid with two cards loses neither.
 *
 * Keys are compared as bytes without the spaces around them; card numbers by a 32-bit hash of their bytes.
 */
export class OrderKeys {
  readonly #view: FieldView;
  readonly #numbers: FieldView;
  readonly #keys = new ByteArena();
  #firstNumbers = new Uint32Array(allocateMemory(firstKeys * 4));

  constructor(scanner: RecordScanner, key: readonly number[], pan: readonly number[]) {
    this.#view = new FieldView(scanner, key);
    this.#numbers = new FieldView(scanner, pan);
  }

  /** Whether the source names its orders. */
  get isMapped(): boolean {
    return this.#view.isMapped;
  }

  /** Number of distinct keys so far. */
  get count(): number {
    return this.#keys.count;
  }

  /** Notes the record's order; true where the record is a further row of it. Rows without a key are never. */
  isKnown(scanner: RecordScanner): boolean {
    const view = this.#view;
    view.take(scanner);
    let { start, end } = view;
    while (start < end && view.bytes[start] === 0x20) start++;
    while (end > start && view.bytes[end - 1] === 0x20) end--;
    if (start === end) return false;
    const key = this.#keys.intern(view.bytes, start, end);
    const numbers = this.#numbers;
    numbers.take(scanner);
    const number = hashBytes(numbers.bytes, numbers.start, numbers.end) >>> 0;
    if (!this.#keys.wasNew) return numbers.isEmpty || this.#firstNumbers[key] === number;
    if (key === this.#firstNumbers.length) {
      const longer = new Uint32Array(allocateMemory(key * 8));
      longer.set(this.#firstNumbers);
      this.#firstNumbers = longer;
    }
    this.#firstNumbers[key] = number;
    return false;
  }

  wipe(): void {
    this.#view.wipe();
    this.#numbers.wipe();
    this.#keys.wipe();
    this.#firstNumbers.fill(0);
  }
}
