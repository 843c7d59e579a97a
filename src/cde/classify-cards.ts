import type { BinLookup } from '../domain/bins/bin-lookup.ts';
import { brandIndexOf } from '../domain/cards/brands.ts';
import type { CardClassifier } from '../domain/intake/card-router.ts';

/** Decides brand and issuer of a card by the issuer table, else by the brand ranges. Allocates nothing. */
export class IssuerClassifier implements CardClassifier {
  brandIndex = 0;
  binIndex = -1;
  readonly #bins: BinLookup;

  constructor(bins: BinLookup) {
    this.#bins = bins;
  }

  classify(digits: Uint8Array, length: number): void {
    const bin = this.#bins.indexOf(digits, length);
    const stated = bin < 0 ? 0 : this.#bins.brandOf(bin);
    this.binIndex = bin;
    this.brandIndex = stated === 0 ? brandIndexOf(digits, length) : stated;
  }
}
