import type { Incident } from '../../domain/incident/incident.ts';
import type { ScopeCounts } from '../../domain/handoff/scope-change.ts';
import type { MerchantSetCount } from '../../domain/intake/merchant-book.ts';

/**
 * Cards of a batch that were seen only at merchants which the incident lists no more: they are out, whatever windows or a
 * list say. 0 where nobody counted by merchant.
 */
export function cardsGone(
  sets: readonly MerchantSetCount[] | undefined,
  { merchants }: Pick<Incident, 'merchants'>,
): number {
  if (sets === undefined || merchants === undefined) return 0;
  const left = new Set(merchants.map(({ id }) => id));
  return sets
    .filter((set) => !set.merchants.some((id) => left.has(id)))
    .reduce((sum, { cards }) => sum + cards, 0);
}

/**
 * Joins what windows leave out with what is gone with its merchants. Which cards these are is not known one by one: those
 * that may be both are told only by reading again, as is everything while the scope also takes in more (`isOpen`).
 */
export function withGone(
  { out, untold }: Readonly<ScopeCounts>,
  gone: number,
  cards: number,
  isOpen: boolean,
): ScopeCounts {
  if (gone === 0) return { out, untold };
  const sure = isOpen ? 0 : Math.max(out, gone);
  return { out: sure, untold: Math.min(cards, out + untold + gone) - sure };
}
