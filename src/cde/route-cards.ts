import type { BinTable } from '../domain/bins/bin-table.ts';
import { brands } from '../domain/cards/brands.ts';
import { compileRoutes } from '../domain/incident/routes.ts';
import type { CardRoutes } from '../domain/incident/routes.ts';
import type { Subject } from '../domain/intake/source-kinds.ts';
import type { CardRouter } from '../domain/intake/card-router.ts';
import type { PrepareJob } from '../exchange/card-process.ts';
import { IssuerClassifier } from './classify-cards.ts';

const UNASKED = -2;
/** No brand's word: a reference that says no brand goes where no brand is asked for, and by default to the default. */
const BRAND_UNSAID = '';

/**
 * Decides who receives a card: the incident's routes, by brand, issuer and country. Routes compare names, so their
 * answer is kept per issuer entry and brand: 2 bytes each, for 600,000 entries some 20 MB.
 */
export class IncidentRouter extends IssuerClassifier implements CardRouter {
  readonly #bins: BinTable;
  readonly #routes: CardRoutes;
  readonly #places: ReadonlyMap<string, number>;
  readonly #answers: Int16Array;
  readonly #noBrand: string;

  constructor(
    bins: BinTable,
    routes: PrepareJob['routes'],
    recipients: PrepareJob['recipients'],
    subject: Subject = 'cards',
  ) {
    super(bins.lookup);
    this.#noBrand = subject === 'references' ? BRAND_UNSAID : 'unknown';
    this.#bins = bins;
    this.#routes = compileRoutes(
      routes,
      recipients.map(({ id }) => ({ id, state: 'enabled' as const })),
    );
    this.#places = new Map(recipients.map(({ id }, place) => [id, place]));
    this.#answers = new Int16Array((bins.size + 1) * brands.length).fill(UNASKED);
  }

  recipientOf(binIndex: number, brandIndex: number): number {
    const key = (binIndex + 1) * brands.length + brandIndex;
    const known = this.#answers[key]!;
    return known === UNASKED ? this.#ask(binIndex, brandIndex, key) : known;
  }

  #ask(binIndex: number, brandIndex: number, key: number): number {
    const entry = binIndex < 0 ? undefined : this.#bins.entry(binIndex);
    const brand = brandIndex === 0 ? this.#noBrand : (brands[brandIndex]?.id ?? this.#noBrand);
    const match = this.#routes(brand, entry?.issuer ?? '', entry?.country ?? '');
    const place = match === undefined ? -1 : (this.#places.get(match.recipient) ?? -1);
    this.#answers[key] = place;
    return place;
  }
}
