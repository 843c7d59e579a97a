import type { Facts } from '../../domain/fault.ts';
import { IncidentFault } from '../../domain/incident/errors.ts';

/** Enough to see a slip of the finger; `incident show` has all of them. */
const merchantsNamed = 20;

/**
 * Throws `merchants-absent` for an incident that lists no merchants, `merchant-unknown` for an id that is none of them, with
 * the first that are. `incident` is undefined where several are meant; `place` says where the id was named.
 */
export function assertMerchantOf(
  incident: string | undefined,
  merchants: readonly string[] | undefined,
  merchant: string,
  place: Facts = {},
): void {
  const facts = incident === undefined ? place : { ...place, incident };
  if (merchants === undefined) throw new IncidentFault('merchants-absent', facts);
  if (!merchants.includes(merchant)) {
    const known = merchants.slice(0, merchantsNamed);
    throw new IncidentFault('merchant-unknown', { ...facts, merchant, known });
  }
}
