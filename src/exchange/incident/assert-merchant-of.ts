import { IncidentFault } from '../../domain/incident/errors.ts';

/** Throws `merchants-absent` for an incident that lists no merchants, `merchant-unknown` for an id that is none of them. */
export function assertMerchantOf(
  incident: string,
  merchants: readonly string[] | undefined,
  merchant: string,
): void {
  if (merchants === undefined) throw new IncidentFault('merchants-absent', { incident });
  if (!merchants.includes(merchant)) {
    throw new IncidentFault('merchant-unknown', { incident, merchant });
  }
}
