import { brandIndexById } from '../cards/brands.ts';
import { IncidentFault } from './errors.ts';
import type { Incident, Route } from './incident.ts';

/** Where a card goes, and why. */
export interface RouteMatch {
  readonly recipient: string;
  /** Index of the route that matched, or `DEFAULT_RULE`. */
  readonly rule: number;
}

/** `rule` of a card that no route matched and the default recipient takes. */
export const DEFAULT_RULE = -1;

/**
 * @param brandId stable brand word; `unknown` where no brand is known
 * @param issuer as the BIN table names it, empty where unknown
 * @param country ISO 3166-1 alpha-2, empty where unknown
 * @returns the routes that may take the card, in their order: those of some merchants, behind them the one that takes it
 * from all others; none where it has to wait for a person's decision
 */
export type CardRoutes = (
  brandId: string,
  issuer: string,
  country: string,
) => readonly MerchantRoute[];

/** A match for the cards of one merchant; for those of all where `merchant` is undefined. */
export interface MerchantRoute extends RouteMatch {
  readonly merchant: string | undefined;
}

/**
 * The first of a card's routes that takes it from one of the merchants it was seen at: whichever of its records came
 * first plays no part. Undefined where none does.
 */
export function routeFor(
  routes: readonly MerchantRoute[],
  merchants: readonly string[] = [],
): RouteMatch | undefined {
  const found = routes.find(
    ({ merchant }) => merchant === undefined || merchants.includes(merchant),
  );
  return found && { recipient: found.recipient, rule: found.rule };
}

/** What a route word stands for when the BIN table or the brand table knows nothing. */
const UNKNOWN = 'unknown';

/**
 * Makes the routes of an incident ready to ask. The first route whose conditions all hold decides, then the default
 * recipient. Issuer names are compared without regard to case and width. A card of an unknown brand goes only where
 * a route says `brand = "unknown"`: that a person decided it must show in the plan.
 *
 * @param recipients every recipient of the workspace
 * @throws IncidentFault `route-brand-unknown`, `route-recipient-unknown`, `route-recipient-disabled`
 */
export function compileRoutes(
  incident: Pick<Incident, 'routes' | 'default_recipient'>,
  recipients: readonly { readonly id: string; readonly state: 'enabled' | 'disabled' }[],
): CardRoutes {
  const states = new Map(recipients.map(({ id, state }) => [id, state]));
  const { routes, default_recipient: fallback } = incident;
  routes.forEach((route, index) => {
    assertUsable(states, route.recipient, index + 1);
    if (route.brand !== undefined && route.brand !== UNKNOWN && brandIndexById(route.brand) === 0) {
      throw new IncidentFault('route-brand-unknown', { route: index + 1, brand: route.brand });
    }
  });
  if (fallback !== undefined) assertUsable(states, fallback, 0);
  const conditions = routes.map(conditionOf);
  return (brandId, issuer, country) => {
    const folded = foldIssuer(issuer);
    const found: MerchantRoute[] = [];
    for (const [rule, holds] of conditions.entries()) {
      if (!holds(brandId, folded, country)) continue;
      const { recipient, merchant } = routes[rule]!;
      found.push({ recipient, rule, merchant });
      if (merchant === undefined) return found;
    }
    if (brandId === UNKNOWN || fallback === undefined) return found;
    return [...found, { recipient: fallback, rule: DEFAULT_RULE, merchant: undefined }];
  };
}

function assertUsable(
  states: ReadonlyMap<string, 'enabled' | 'disabled'>,
  recipient: string,
  route: number,
): void {
  const state = states.get(recipient);
  if (state === undefined) throw new IncidentFault('route-recipient-unknown', { route, recipient });
  if (state === 'disabled')
    throw new IncidentFault('route-recipient-disabled', { route, recipient });
}

function conditionOf(route: Route): (brandId: string, issuer: string, country: string) => boolean {
  const issuer = route.issuer === undefined ? undefined : foldIssuer(route.issuer);
  const issuerWanted = issuer === UNKNOWN ? '' : issuer;
  return (brandId, foldedIssuer, country) =>
    (brandId !== UNKNOWN || route.brand === UNKNOWN) &&
    (route.brand === undefined || route.brand === brandId) &&
    (issuerWanted === undefined || issuerWanted === foldedIssuer) &&
    (route.country === undefined || route.country === country);
}

function foldIssuer(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}
