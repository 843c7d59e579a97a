import type { CardTable } from '../domain/intake/card-table.ts';
import type { MerchantBook } from '../domain/intake/merchant-book.ts';
import { warnings as warningNames } from '../domain/intake/reasons.ts';
import type { Warning } from '../domain/intake/reasons.ts';
import type { PrepareResult } from '../exchange/handoff/card-process.ts';
import { assertTally } from './assert-tally.ts';
import type { ScannedSources } from './scan-sources.ts';

/** Throws `tally-wrong` where the counts do not add up. */
export function closeTally(
  scanned: ScannedSources,
  already: number,
  cardsOut: number,
  merchants: MerchantBook | undefined,
): Pick<PrepareResult, 'read' | 'cards' | 'excluded' | 'held' | 'merchants'> {
  const excluded = { ...scanned.excluded };
  if (already > 0) excluded['already-handed-off'] = already;
  const tally = { read: scanned.read, cards: cardsOut, excluded, held: scanned.held };
  const tallies = merchants && { merchants: merchants.tallies() };
  assertTally({ ...tally, ...tallies });
  return { ...tally, ...tallies };
}

export function totalsOf({
  sources,
  orders,
  accepted,
}: ScannedSources): Pick<PrepareResult, 'sources' | 'orders' | 'accepted'> {
  return { sources, orders, accepted };
}

/** Without those about cards that stay out because they were handed off before: they are said to be of cards that are sent. */
export function warningsOfSent(
  { warnings }: Pick<ScannedSources, 'warnings'>,
  { warned }: Pick<CardTable, 'warned'>,
  covered: Uint8Array,
): PrepareResult['warnings'] {
  const out = warned?.countIn(covered);
  if (out === undefined) return warnings;
  const left = Object.entries(warnings).map(([name, count]) => {
    return [name, count - out[warningNames.indexOf(name as Warning)]!] as const;
  });
  return Object.fromEntries(left.filter(([, count]) => count > 0));
}
