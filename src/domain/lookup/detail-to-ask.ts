/** What a caller can say to tell their card or order from others that fit. */
export const askedDetails = ['last-four', 'shop'] as const;
export type AskedDetail = (typeof askedDetails)[number];

/** Something that fits an order number. */
export interface FittingEntry {
  readonly incident: { readonly id: string };
  /** '' where the incident lists none. */
  readonly merchant: string;
  readonly brandIndex: number;
  /** '' where nobody knows them, or there is no card. */
  readonly lastFour: string;
  /** Why there is no card; undefined for one with a card. */
  readonly reason: string | undefined;
}

/**
 * What to ask before anything is told of what fits an order number; undefined where it is one card, or one record, of one
 * shop. Shops number their orders alike: what fits in another shop or incident is another person's, and the last four
 * digits do not tell them apart. Among a thousand shops somebody's card ends like the caller's by chance.
 *
 * `entries`: all that fit, however their cards end. `said`: the last four digits that the caller has said.
 */
export function detailToAsk(
  entries: readonly FittingEntry[],
  said: string | undefined,
): AskedDetail | undefined {
  const shops = new Set(entries.map(({ incident, merchant }) => `${incident.id} ${merchant}`));
  if (shops.size > 1) return 'shop';
  const cards = entries.filter(({ reason }) => reason === undefined);
  const endings = new Set(cards.map(({ brandIndex, lastFour }) => `${brandIndex} ${lastFour}`));
  return said === undefined && endings.size > 1 ? 'last-four' : undefined;
}
