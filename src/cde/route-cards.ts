import type { BinTable } from '../domain/bins/bin-table.ts';
import { brands } from '../domain/cards/brands.ts';
import { compileRoutes } from '../domain/incident/routes.ts';
import type { CardRoutes, MerchantRoute } from '../domain/incident/routes.ts';
import type { Subject } from '../domain/intake/source-kinds.ts';
import type { CardRouter } from '../domain/intake/card-router.ts';
import type { PrepareJob } from '../exchange/handoff/card-process.ts';
import { IssuerClassifier } from './classify-cards.ts';

const UNASKED = -2;
/** No brand's word: a reference that says no brand goes where no brand is asked for, and by default to the default. */
const BRAND_UNSAID = '';
const NOBODY = -1;

/**
 * Decides who receives a card: the incident's routes, by brand, issuer, country and merchant. Routes compare names, so
 * which of them a card may take is kept per issuer entry and brand: 2 bytes each, for 600,000 entries some 20 MB; and
 * per such list of routes and merchant that a route names, whom it ends at.
 */
export class IncidentRouter extends IssuerClassifier implements CardRouter {
  readonly #bins: BinTable;
  readonly #routes: CardRoutes;
  readonly #places: ReadonlyMap<string, number>;
  readonly #lists: Int16Array;
  readonly #listPlaces = new Map<string, number>();
  /** Per merchant, its place among those that routes name, from 1; 0 for all others. */
  readonly #classes: Uint16Array;
  readonly #named: readonly (string | undefined)[];
  /** Per list of routes and class of merchants: place of the recipient, and the place of its route in the list. */
  readonly #recipients: number[] = [];
  readonly #ranks: number[] = [];
  readonly #noBrand: string;

  /** `merchants`: ids of those the incident lists. */
  constructor(
    bins: BinTable,
    routes: PrepareJob['routes'],
    recipients: PrepareJob['recipients'],
    subject: Subject = 'cards',
    merchants: readonly string[] = [],
  ) {
    super(bins.lookup);
    this.#noBrand = subject === 'references' ? BRAND_UNSAID : 'unknown';
    this.#bins = bins;
    this.#routes = compileRoutes(
      routes,
      recipients.map(({ id }) => ({ id, state: 'enabled' as const })),
    );
    this.#places = new Map(recipients.map(({ id }, place) => [id, place]));
    this.#lists = new Int16Array((bins.size + 1) * brands.length).fill(UNASKED);
    const named = new Set(routes.routes.flatMap(({ merchant }) => merchant ?? []));
    this.#named = [undefined, ...named];
    this.#classes = Uint16Array.from(merchants, (id) => Math.max(0, this.#named.indexOf(id)));
  }

  /** Whether routes name merchants, so that a card seen at several may go elsewhere than its first record says. */
  get dependsOnMerchant(): boolean {
    return this.#named.length > 1;
  }

  recipientOf(binIndex: number, brandIndex: number, merchant = 0): number {
    return this.#recipients[this.#answerOf(binIndex, brandIndex, merchant)]!;
  }

  /** Who receives a card seen at several merchants: by the first of its routes that takes it from one of them. */
  recipientOfAny(binIndex: number, brandIndex: number, merchants: readonly number[]): number {
    let best = NOBODY;
    let rank = Infinity;
    for (const merchant of merchants) {
      const answer = this.#answerOf(binIndex, brandIndex, merchant);
      if (this.#recipients[answer] === NOBODY || this.#ranks[answer]! >= rank) continue;
      best = this.#recipients[answer]!;
      rank = this.#ranks[answer]!;
    }
    return best;
  }

  #answerOf(binIndex: number, brandIndex: number, merchant: number): number {
    const key = (binIndex + 1) * brands.length + brandIndex;
    const known = this.#lists[key]!;
    const list = known === UNASKED ? this.#ask(binIndex, brandIndex, key) : known;
    return list * this.#named.length + (this.#classes[merchant] ?? 0);
  }

  #ask(binIndex: number, brandIndex: number, key: number): number {
    const entry = binIndex < 0 ? undefined : this.#bins.entry(binIndex);
    const brand = brandIndex === 0 ? this.#noBrand : (brands[brandIndex]?.id ?? this.#noBrand);
    const routes = this.#routes(brand, entry?.issuer ?? '', entry?.country ?? '');
    const name = JSON.stringify(routes.map(({ rule }) => rule));
    const place = this.#listPlaces.get(name) ?? this.#addList(name, routes);
    this.#lists[key] = place;
    return place;
  }

  #addList(name: string, routes: readonly MerchantRoute[]): number {
    const place = this.#listPlaces.size;
    this.#listPlaces.set(name, place);
    for (const merchant of this.#named) {
      const rank = routes.findIndex(
        (route) => route.merchant === undefined || route.merchant === merchant,
      );
      this.#ranks.push(rank);
      this.#recipients.push(this.#places.get(routes[rank]?.recipient ?? '') ?? NOBODY);
    }
    return place;
  }
}

/** The router of a job's incident. */
export function incidentRouter(
  { routes, recipients, subject, incident }: PrepareJob,
  bins: BinTable,
): IncidentRouter {
  const merchants = incident.merchants?.map(({ id }) => id);
  return new IncidentRouter(bins, routes, recipients, subject, merchants);
}
