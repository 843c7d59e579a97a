// Who issued a card, who receives it and in which batch, decided by looking through lists.

import type { PrepareJob } from '../../src/exchange/handoff/card-process.ts';
import { issuerTable } from './shop-incident.ts';

export interface NaiveCard {
  readonly digits: string;
  readonly brand: string;
  readonly recipient: string;
  readonly issuer: string;
  readonly country: string;
  /** Source and line of its first record. */
  readonly place: string;
  /** Year × 100 + month; 0 where no record had one. */
  expiry: number;
  firstSeen: number;
  lastSeen: number;
  /** The first order reference any of its records had. */
  reference: string | undefined;
}

const brandIds: Readonly<Record<string, string>> = {
  ...{ VISA: 'visa', Mastercard: 'mastercard', JCB: 'jcb', 'American Express': 'american-express' },
  ...{ 'Diners Club': 'diners-club', UnionPay: 'unionpay' },
};

/** The range with the most digits wins; an unknown issuer has no name. */
export function issuerOf(digits: string): { issuer: string; brand: string; country: string } {
  let best: (typeof issuerTable)[number] | undefined;
  for (const range of issuerTable) {
    const [low, high] = range;
    const start = digits.slice(0, low.length);
    const isIn = start >= low && start <= high;
    if (isIn && (best === undefined || low.length > best[0].length)) best = range;
  }
  if (best === undefined) return { issuer: '', brand: '', country: '' };
  return { issuer: best[3], brand: brandIds[best[2]] ?? '', country: best[4] };
}

/** The first route that fits, then the default; a card of an unknown brand needs a route that says so. */
export function recipientFor(
  { routes, default_recipient: fallback }: PrepareJob['routes'],
  { digits, brand }: { readonly digits: string; readonly brand: string },
): string | undefined {
  const { issuer, country } = issuerOf(digits);
  for (const route of routes) {
    if (brand === 'unknown' && route.brand !== 'unknown') continue;
    // `unknown` is how a route names the issuers that the table does not.
    const wanted = route.issuer === 'unknown' ? '' : route.issuer;
    const isOther =
      (route.brand !== undefined && route.brand !== brand) ||
      (wanted !== undefined && wanted !== issuer) ||
      (route.country !== undefined && route.country !== country);
    if (!isOther) return route.recipient;
  }
  return brand === 'unknown' ? undefined : fallback;
}

/** A batch: its recipient, and its cards in the order of its file, one list for each issuer, brand and country. */
export interface NaiveBatch {
  readonly recipient: string;
  readonly groups: readonly (readonly NaiveCard[])[];
}

/** Issuers in code-unit order, unknown ones last; inside a group as they came. */
export function groupsOf(
  recipients: PrepareJob['recipients'],
  cards: readonly NaiveCard[],
): NaiveBatch[] {
  return recipients.flatMap(({ id, layout }) => {
    const groups = new Map<string, NaiveCard[]>();
    for (const card of cards.filter(({ recipient }) => recipient === id)) {
      const { issuer, brand, country } = card;
      const key = [issuer === '' ? '1' : '0', issuer, brand, country].join('\0');
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [card]);
      else group.push(card);
    }
    const sorted = [...groups.keys()].sort().map((key) => groups.get(key)!);
    if (sorted.length === 0) return [];
    if (layout === 'per-recipient') return [{ recipient: id, groups: sorted }];
    const byIssuer = Map.groupBy(sorted, ([card]) => card!.issuer);
    return [...byIssuer.values()].map((own) => ({ recipient: id, groups: own }));
  });
}
