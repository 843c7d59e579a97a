import { allocateMemory } from './column-memory.ts';
import { MerchantSets } from './merchant-sets.ts';
import { reasonIndex, reasons, type Reason } from './reasons.ts';

const DUPLICATE = reasonIndex('duplicate');
const HANDED_OFF = reasonIndex('already-handed-off');
const firstCards = 1_024;

/**
 * What the records of one merchant came to, as if they had been the only ones: `read` = `cards` + all `excluded` + all
 * `held`. A card that was seen at several merchants is one of each; `duplicate` are records of a card of the same
 * merchant. So cards and duplicates of all merchants add up to no less, and no more, than those of the whole together,
 * and everything else adds up exactly.
 */
export interface MerchantTally {
  /** Id; '' for the records whose merchant is none of the incident. */
  readonly merchant: string;
  readonly read: number;
  readonly cards: number;
  /** Distinct references of its included records. */
  readonly references: number;
  readonly excluded: Readonly<Partial<Record<Reason, number>>>;
  readonly held: Readonly<Partial<Record<Reason, number>>>;
}

/** Cards that were seen at exactly these merchants. */
export interface MerchantSetCount {
  /** Ids, against the incident's order. */
  readonly merchants: readonly string[];
  readonly cards: number;
}

/** They are kept with the report of a handoff. */
const setsMax = 10_000;

/**
 * Which merchants each card of a prepare was seen at, and what the records of each came to. One increment per record;
 * 4 bytes a card.
 */
export class MerchantBook {
  readonly sets = new MerchantSets();
  /** Of the merchants, in the incident's order; the place behind the last is for records of none. */
  readonly ids: readonly string[];
  #ofCard = new Uint32Array(allocateMemory(firstCards * 4));
  readonly #cards: Float64Array;
  readonly #references: Float64Array;
  readonly #byReason: Float64Array;

  constructor(ids: readonly string[]) {
    this.ids = ids;
    const places = ids.length + 1;
    this.#cards = new Float64Array(places);
    this.#references = new Float64Array(places);
    this.#byReason = new Float64Array(places * reasons.length);
  }

  /** Per card, the number of its set in `sets`. */
  get ofCard(): Uint32Array {
    return this.#ofCard;
  }

  /** Counts a record that became no part of a card. */
  count(merchant: number, reason: number): void {
    const place = Math.min(merchant, this.ids.length);
    this.#byReason[place * reasons.length + reason]! += 1;
  }

  /** Counts a record that was folded into a card. */
  include(card: number, merchant: number): void {
    if (card >= this.#ofCard.length) this.#lengthen(Math.max(card + 1, this.#ofCard.length * 2));
    const before = this.#ofCard[card]!;
    const set = this.sets.with(before, merchant);
    if (set === before) this.count(merchant, DUPLICATE);
    else {
      this.#ofCard[card] = set;
      this.#cards[merchant]! += 1;
    }
  }

  /** Counts a reference of a merchant that was not met before. */
  refer(merchant: number): void {
    this.#references[merchant]! += 1;
  }

  /** The merchant at which a card was seen first. */
  firstOf(card: number): number {
    return this.sets.listOf(this.#ofCard[card]!).at(-1)!;
  }

  /** How many of these cards were seen at each set of merchants; undefined for more sets than anybody reads. */
  setsOf(cards: Int32Array): readonly MerchantSetCount[] | undefined {
    const bySet = new Map<number, number>();
    for (const card of cards) {
      const set = this.#ofCard[card]!;
      bySet.set(set, (bySet.get(set) ?? 0) + 1);
    }
    // One set has several numbers, by the order in which its merchants came.
    const counts = new Map<number, number>();
    for (const [set, count] of bySet) {
      const inOrder = this.sets.listOf(set).toSorted((a, b) => a - b);
      const ordered = inOrder.reduce((before, merchant) => this.sets.with(before, merchant), 0);
      counts.set(ordered, (counts.get(ordered) ?? 0) + count);
    }
    if (counts.size > setsMax) return undefined;
    return [...counts].map(([set, count]) => ({
      merchants: this.sets.listOf(set).map((place) => this.ids[place]!),
      cards: count,
    }));
  }

  /** Takes a card out that an earlier batch covers. */
  cover(card: number): void {
    for (const merchant of this.sets.listOf(this.#ofCard[card]!)) {
      this.#cards[merchant]! -= 1;
      this.count(merchant, HANDED_OFF);
    }
  }

  /** What each merchant came to, in their order; behind them those of none, where there are any. */
  tallies(): readonly MerchantTally[] {
    const all = [...this.ids, ''].map((merchant, place) => this.#tallyOf(merchant, place));
    return all.filter(({ merchant, read }) => merchant !== '' || read > 0);
  }

  wipe(): void {
    this.#ofCard.fill(0);
  }

  #tallyOf(merchant: string, place: number): MerchantTally {
    const excluded: Partial<Record<Reason, number>> = {};
    const held: Partial<Record<Reason, number>> = {};
    const cards = this.#cards[place]!;
    let read = cards;
    for (const [index, { id, kind }] of reasons.entries()) {
      const count = this.#byReason[place * reasons.length + index]!;
      if (count === 0) continue;
      (kind === 'held' ? held : excluded)[id] = count;
      read += count;
    }
    return { merchant, read, cards, references: this.#references[place]!, excluded, held };
  }

  #lengthen(cards: number): void {
    const longer = new Uint32Array(allocateMemory(cards * 4));
    longer.set(this.#ofCard);
    this.#ofCard = longer;
  }
}
