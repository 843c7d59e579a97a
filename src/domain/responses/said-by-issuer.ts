import type { CardSaying } from './card-answer-states.ts';
import type { StandingCards } from './standing-cards.ts';

/** What an answer said to be accepted that took something back: of all it does not name, and of these. */
export interface TakenBack {
  /** When it was signed, or taken in where it came in clear. */
  readonly atMs: number;
  readonly isRest: boolean;
  readonly records: readonly number[];
}

/** What was said of the cards of one issuer on one list; what is neither was accepted, or nobody answered. */
export interface SaidOfIssuer {
  readonly cards: number;
  readonly monitoring: number;
  readonly returned: number;
  /** Accepted by answers that took something back: such a card at most once an answer. */
  readonly takenBack: readonly { readonly atMs: number; readonly cards: number }[];
}

/** A list as its cards stand in it. */
export interface SaidList {
  readonly firstReference: number;
  /** In the order of the cards. */
  readonly issuers: readonly { readonly issuer: string; readonly cards: number }[];
  /** Whether the card at this place counts: it was not recalled. */
  readonly isListed: (place: number) => boolean;
  /** Cards of an issuer that count. */
  readonly cardsOf: (issuer: string) => number;
}

/**
 * What stands of the cards of each issuer of a list. Costs as much as cards were named. Nothing about issuers of which the
 * list has no card that counts.
 */
export function saidByIssuer(
  list: SaidList,
  { own, rest }: StandingCards,
  takenBack: readonly TakenBack[],
): ReadonlyMap<string, SaidOfIssuer> {
  const issuerOf = issuersByPlace(list);
  const named = new Map<string, Record<CardSaying['state'], number>>();
  for (const [record, { state }] of own) {
    const issuer = issuerOf(record);
    if (issuer === undefined) continue;
    let counts = named.get(issuer);
    if (counts === undefined) {
      named.set(issuer, (counts = { accepted: 0, monitoring: 0, returned: 0 }));
    }
    counts[state] += 1;
  }
  const isAccepted = (record: number): boolean => (own.get(record)?.state ?? rest) === 'accepted';
  const back = takenBack.map(({ atMs, isRest, records }) => {
    const cards = new Map<string | undefined, number>();
    for (const record of records) {
      if (!isAccepted(record)) continue;
      const issuer = issuerOf(record);
      cards.set(issuer, (cards.get(issuer) ?? 0) + 1);
    }
    return { atMs, isRest, cards };
  });
  const issuers = [...new Set(list.issuers.map(({ issuer }) => issuer))];
  return new Map(
    issuers.flatMap((issuer) => {
      const cards = list.cardsOf(issuer);
      if (cards === 0) return [];
      const counts = named.get(issuer) ?? { accepted: 0, monitoring: 0, returned: 0 };
      if (rest !== undefined) {
        counts[rest] += cards - counts.accepted - counts.monitoring - counts.returned;
      }
      const said: SaidOfIssuer = {
        ...{ cards, monitoring: counts.monitoring, returned: counts.returned },
        takenBack: back
          .map(({ atMs, isRest, cards: of }) => {
            return { atMs, cards: isRest ? counts.accepted : (of.get(issuer) ?? 0) };
          })
          .filter((each) => each.cards > 0),
      };
      return [[issuer, said]] as const;
    }),
  );
}

/** The issuer of a card by its record reference; undefined for one that does not count. */
function issuersByPlace({
  firstReference,
  issuers,
  isListed,
}: SaidList): (record: number) => string | undefined {
  const ends: number[] = [];
  for (const { cards } of issuers) ends.push((ends.at(-1) ?? 0) + cards);
  return (record) => {
    const place = record - firstReference;
    if (!isListed(place)) return undefined;
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (ends[middle]! <= place) low = middle + 1;
      else high = middle;
    }
    return issuers[low]?.issuer;
  };
}
