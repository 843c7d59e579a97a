import { returnReasons } from './card-answer-states.ts';
import type { CardSaying } from './card-answer-states.ts';

/** Records side by side in one piece of memory. */
const PIECE = 1_024;

/** By its number, from 1; 0 stands for a card that is not named. */
const sayings: readonly CardSaying[] = [
  { state: 'accepted' },
  { state: 'monitoring' },
  ...returnReasons.map((reason) => ({ state: 'returned', reason }) as const),
];

/**
 * What was said of each card that is named, by its record reference. A recipient may name every card of a list of millions:
 * a card takes a byte, and those around it that are not named another, 1,024 at a time.
 */
export class NamedCards {
  readonly #pieces = new Map<number, Uint8Array>();
  #size = 0;

  static of(entries: Iterable<readonly [record: number, saying: CardSaying]>): NamedCards {
    const named = new NamedCards();
    for (const [record, saying] of entries) named.set(record, saying);
    return named;
  }

  /** Cards that are named. */
  get size(): number {
    return this.#size;
  }

  get(record: number): CardSaying | undefined {
    const number = this.#pieces.get(Math.floor(record / PIECE))?.[record % PIECE] ?? 0;
    return sayings[number - 1];
  }

  set(record: number, saying: CardSaying): void {
    const place = Math.floor(record / PIECE);
    let piece = this.#pieces.get(place);
    if (piece === undefined) this.#pieces.set(place, (piece = new Uint8Array(PIECE)));
    const at = record % PIECE;
    if (piece[at] === 0) this.#size += 1;
    piece[at] = numberOf(saying);
  }

  copy(): NamedCards {
    const copied = new NamedCards();
    for (const [place, piece] of this.#pieces) copied.#pieces.set(place, piece.slice());
    copied.#size = this.#size;
    return copied;
  }

  /** In the order of the records. */
  *[Symbol.iterator](): Generator<readonly [record: number, saying: CardSaying], undefined> {
    for (const { record, saying } of this.rows()) yield [record, saying];
  }

  /** In the order of the records. */
  *rows(): Generator<{ readonly record: number; readonly saying: CardSaying }, undefined> {
    for (const place of [...this.#pieces.keys()].sort((one, other) => one - other)) {
      for (const [at, number] of this.#pieces.get(place)!.entries()) {
        if (number > 0) yield { record: place * PIECE + at, saying: sayings[number - 1]! };
      }
    }
  }

  /** How many there are of each saying; none of those that nobody said. */
  *counts(): Generator<{ readonly saying: CardSaying; readonly cards: number }, undefined> {
    const counts = new Float64Array(sayings.length + 1);
    for (const piece of this.#pieces.values()) {
      for (const number of piece) counts[number]! += 1;
    }
    for (const [at, saying] of sayings.entries()) {
      if (counts[at + 1]! > 0) yield { saying, cards: counts[at + 1]! };
    }
  }
}

function numberOf(saying: CardSaying): number {
  if (saying.state !== 'returned') return saying.state === 'accepted' ? 1 : 2;
  const at = returnReasons.indexOf(saying.reason);
  if (at < 0) throw new RangeError(`no reason for a return: ${saying.reason}`);
  return 3 + at;
}
