// Short lists for journeys that are about something else than reading them.

import { cardDigits } from './seeded-cards.ts';

const header = 'order id,ordered at,channel,card number,expiry';

export interface RowWish {
  readonly orderedAt?: string;
  readonly channel?: string;
}

/** One web order of January 2020 with an expiry in 2030, in the columns of `plainList`. */
export function plainRow(card: string, place: number, wish: RowWish = {}): string {
  const { orderedAt = '2020-01-05 10:00', channel = 'web' } = wish;
  return `A-${place},${orderedAt},${channel},${card},12/30`;
}

/** An order export in UTF-8 with well-known column names. */
export function plainList(cards: readonly string[], wish: RowWish = {}): string {
  return `${[header, ...cards.map((card, place) => plainRow(card, place, wish))].join('\n')}\n`;
}

/** Cards for `psp`, and every fourth for `amex`. */
export function someCards(rng: () => number, count: number): string[] {
  return Array.from({ length: count }, (_, place) => {
    const isAmericanExpress = place % 4 === 3;
    const prefix = isAmericanExpress ? '370015' : '490020';
    return cardDigits(rng, { prefix, length: isAmericanExpress ? 15 : 16 }).join('');
  });
}
