/** What making all pages of a card takes, of what sealing it does; seen in processor seconds of threads. */
const pagesShare = 0.8;

/**
 * What each thread has been given to do when all is read, in cards to be sealed. Files are of any size and their order is
 * chance, since each is opened first: one after the other in turns, a large one may come to the thread that makes pages.
 */
export class LaneLoads {
  readonly #loads: number[];

  constructor(lanes: number) {
    this.#loads = Array.from({ length: lanes }, () => 0);
  }

  /** The last thread makes the pages of so many cards: references, cards and hashes. */
  page(cards: number): void {
    this.#loads[this.#loads.length - 1]! += cards * pagesShare;
  }

  /** The thread that has least to do gets so many cards to seal; the first of several. Returns its place. */
  seal(cards: number): number {
    const lane = this.#loads.indexOf(Math.min(...this.#loads));
    this.#loads[lane]! += cards;
    return lane;
  }
}
