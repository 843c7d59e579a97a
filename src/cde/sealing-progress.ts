import { frameKind } from './frames.ts';
import type { Outbound } from './outbound.ts';

/** Adds up how far the batches have come that are sealed at the same time. */
export class SealingProgress {
  readonly #outbound: Outbound;
  readonly #total: number;
  readonly #done = new Map<string, number>();
  #sent: Promise<void> = Promise.resolve();

  /** `total`: cards of all batches together. */
  constructor(outbound: Outbound, total: number) {
    this.#outbound = outbound;
    this.#total = total;
  }

  /** What to call with the cards of one batch that are done. */
  of(batch: string): (cards: number) => void {
    return (cards) => {
      this.#done.set(batch, cards);
      const done = [...this.#done.values()].reduce((sum, one) => sum + one, 0);
      const document = { phase: 'sealing', done, total: this.#total, records: this.#total };
      this.#sent = this.#sent.then(() => this.#outbound.sendDocument(frameKind.progress, document));
    };
  }

  /** Resolves when all of it went out. */
  sent(): Promise<void> {
    return this.#sent;
  }
}
