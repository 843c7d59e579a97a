import { allocateMemory } from './column-memory.ts';
import { warnings } from './reasons.ts';

const firstRecords = 1_024;

/**
 * Which card each warning was about, for when some cards turn out not to be sent. 5 bytes per warning of a record; a card is
 * its place in the table of cards, a warning its place in `warnings`: nothing here is to be wiped.
 */
export class WarnedRecords {
  #count = 0;
  #cards = new Uint32Array(allocateMemory(firstRecords * 4));
  #warnings = new Uint8Array(allocateMemory(firstRecords));

  add(card: number, warning: number): void {
    if (this.#count === this.#warnings.length) this.#lengthen();
    this.#cards[this.#count] = card;
    this.#warnings[this.#count] = warning;
    this.#count += 1;
  }

  /** How many of each were about cards that have a 1 in `some`, by their place in `warnings`. */
  countIn(some: Uint8Array): Float64Array {
    const counts = new Float64Array(warnings.length);
    for (let at = 0; at < this.#count; at += 1) {
      if (some[this.#cards[at]!] === 1) counts[this.#warnings[at]!]! += 1;
    }
    return counts;
  }

  #lengthen(): void {
    const records = this.#count * 2;
    const cards = new Uint32Array(allocateMemory(records * 4));
    const kinds = new Uint8Array(allocateMemory(records));
    cards.set(this.#cards);
    kinds.set(this.#warnings);
    [this.#cards, this.#warnings] = [cards, kinds];
  }
}
