import { failingNumber } from './order-numbers.ts';
import { between, cardDigits, seededRandom } from './seeded-cards.ts';

export interface RecoveredList {
  /** UTF-8 with a byte order mark, semicolons, LF: as an investigator's tool writes it. */
  readonly bytes: Uint8Array;
  /** Records that name a card of the order export once more. */
  readonly overlapping: number;
  /** Distinct cards that no order record hands over. */
  readonly added: number;
}

/**
 * What an investigator recovered from a shop's server: some cards of the order export, most cards of the sales by phone,
 * cards that no order record shows, and what a dump holds besides.
 */
export function makeRecoveredList(
  seed: number,
  known: { readonly cards: readonly string[]; readonly listedOnly: readonly string[] },
): RecoveredList {
  const rng = seededRandom(seed);
  const overlapping = known.cards.filter(() => between(rng, 0, 19) === 0);
  const listed = known.listedOnly.filter(() => between(rng, 0, 2) > 0);
  const prefixes = ['400010', '510500', '492999', '370022'];
  const fresh = Array.from({ length: 40 }, (_, place) => {
    const prefix = prefixes[place % prefixes.length]!;
    return cardDigits(rng, { prefix, length: prefix.startsWith('37') ? 15 : 16 }).join('');
  });
  const rows = [
    ...[...overlapping, ...listed].map((digits) => `${digits};;orders`),
    ...fresh.map((digits) => `${digits};0${between(rng, 1, 9)}/${between(rng, 28, 33)};sessions`),
    ...fresh.slice(0, 7).map((digits) => `${digits};;sessions`),
    `${failingNumber(rng, '400010')};;sessions`,
    `${cardDigits(rng, { prefix: '99' }).join('')};;sessions`,
    'n/a;;sessions',
  ];
  // A dump has no order that means anything.
  rows.sort((a, b) => (a.slice(9, 15) < b.slice(9, 15) ? -1 : 1));
  return {
    bytes: new TextEncoder().encode(`\uFEFFcard_no;exp_date;found in\n${rows.join('\n')}\n`),
    overlapping: overlapping.length,
    added: listed.length + fresh.length,
  };
}
