import type { BinTable } from '../domain/bins/bin-table.ts';
import { brandIndexOf, brands } from '../domain/cards/brands.ts';
import { compileRoutes } from '../domain/incident/routes.ts';
import type { CardRoutes } from '../domain/incident/routes.ts';
import type { CardRouter } from '../domain/intake/card-router.ts';
import type { PrepareJob } from '../exchange/card-process.ts';

/**
 * Decides brand, issuer and recipient of a card: the issuer table, then the incident's routes.
 *
 * The answer stands in the fields until the next call. Routes compare names, so their answer is kept per issuer entry
 * and brand: nothing is allocated for a card whose kind was seen before.
 */
export class IncidentRouter implements CardRouter {
  brandIndex = 0;
  binIndex = -1;
  recipientIndex = -1;
  readonly #bins: BinTable;
  readonly #routes: CardRoutes;
  readonly #places: ReadonlyMap<string, number>;
  readonly #answers = new Map<number, number>();

  constructor(bins: BinTable, routes: PrepareJob['routes'], recipients: PrepareJob['recipients']) {
    this.#bins = bins;
    this.#routes = compileRoutes(
      routes,
      recipients.map(({ id }) => ({ id, state: 'enabled' as const })),
    );
    this.#places = new Map(recipients.map(({ id }, place) => [id, place]));
  }

  classify(digits: Uint8Array, length: number): void {
    this.binIndex = this.#bins.indexOf(digits, length);
    const stated = this.binIndex < 0 ? 0 : this.#bins.entry(this.binIndex).brandIndex;
    this.brandIndex = stated === 0 ? brandIndexOf(digits, length) : stated;
    const key = (this.binIndex + 1) * brands.length + this.brandIndex;
    this.recipientIndex = this.#answers.get(key) ?? this.#ask(key);
  }

  #ask(key: number): number {
    const entry = this.binIndex < 0 ? undefined : this.#bins.entry(this.binIndex);
    const brand = brands[this.brandIndex]?.id ?? 'unknown';
    const match = this.#routes(brand, entry?.issuer ?? '', entry?.country ?? '');
    const place = match === undefined ? -1 : (this.#places.get(match.recipient) ?? -1);
    this.#answers.set(key, place);
    return place;
  }
}
