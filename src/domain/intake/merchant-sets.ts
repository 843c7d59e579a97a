import { allocateMemory } from './column-memory.ts';

const firstSets = 64;
/** More than there are merchants: a set and a merchant make one number. */
const merchantsRange = 0x1_0000;

/**
 * Sets of merchants, numbered from 0, the empty one. A set is another one and one merchant more, so that a card keeps all
 * the merchants it was seen at in one number. Which number depends on the order in which they came.
 *
 * 6 bytes a set, and an entry of a map for each step from one to another that was asked for.
 */
export class MerchantSets {
  /** Number of sets. */
  count = 1;
  /** Per set, the one it was made from. */
  parents = new Int32Array(allocateMemory(firstSets * 4));
  /** Per set, the merchant that came last. */
  merchants = new Uint16Array(allocateMemory(firstSets * 2));
  readonly #steps = new Map<number, number>();

  /** The set that has this merchant as well: the same one where it had it. */
  with(set: number, merchant: number): number {
    if (set !== 0 && this.merchants[set] === merchant) return set;
    const step = set * merchantsRange + merchant;
    const known = this.#steps.get(step);
    if (known !== undefined) return known;
    const next = this.has(set, merchant) ? set : this.#append(set, merchant);
    this.#steps.set(step, next);
    return next;
  }

  has(set: number, merchant: number): boolean {
    for (let at = set; at !== 0; at = this.parents[at]!) {
      if (this.merchants[at] === merchant) return true;
    }
    return false;
  }

  /** The merchants of a set, the last first. */
  listOf(set: number): number[] {
    const list: number[] = [];
    for (let at = set; at !== 0; at = this.parents[at]!) list.push(this.merchants[at]!);
    return list;
  }

  #append(set: number, merchant: number): number {
    const next = this.count++;
    if (next === this.parents.length) {
      const parents = new Int32Array(allocateMemory(next * 8));
      parents.set(this.parents);
      this.parents = parents;
      const merchants = new Uint16Array(allocateMemory(next * 4));
      merchants.set(this.merchants);
      this.merchants = merchants;
    }
    this.parents[next] = set;
    this.merchants[next] = merchant;
    return next;
  }
}
