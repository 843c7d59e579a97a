// Why a record did not become a card of its own, in the order in which the checks are made: the first one that fails
// names the record. Places in the list are the codes that findings carry.

/**
 * `excluded` is settled; `held` waits for a person: a route or an issuer table for brand and recipient, a merchant of
 * the incident for `unknown-merchant`, an accepted reason for the others. `already-handed-off` is decided per card,
 * after screening, by whoever knows earlier handoffs.
 */
export const reasons = [
  { id: 'not-card', kind: 'excluded' },
  { id: 'same-order', kind: 'excluded' },
  { id: 'unknown-merchant', kind: 'held' },
  { id: 'excluded-channel', kind: 'excluded' },
  { id: 'unknown-channel', kind: 'held' },
  { id: 'date-missing', kind: 'held' },
  { id: 'date-unreadable', kind: 'held' },
  { id: 'outside-window', kind: 'excluded' },
  { id: 'masked-number', kind: 'excluded' },
  { id: 'spreadsheet-damage', kind: 'excluded' },
  { id: 'characters', kind: 'excluded' },
  { id: 'length', kind: 'excluded' },
  { id: 'luhn', kind: 'excluded' },
  { id: 'unknown-brand', kind: 'held' },
  { id: 'no-recipient', kind: 'held' },
  { id: 'test-number', kind: 'held' },
  { id: 'duplicate', kind: 'excluded' },
  { id: 'already-handed-off', kind: 'excluded' },
  // Checks of `references` sources, where the card number's stand otherwise. Last, since places are stored.
  { id: 'reference-missing', kind: 'excluded' },
  { id: 'reference-too-long', kind: 'excluded' },
  { id: 'reference-is-number', kind: 'held' },
] as const satisfies readonly { readonly id: string; readonly kind: 'excluded' | 'held' }[];

export type Reason = (typeof reasons)[number]['id'];

/** Held reasons that a person may accept: the record then goes on as if the check had passed. */
export const acceptableReasons = [
  'unknown-channel',
  'date-missing',
  'date-unreadable',
  'test-number',
] as const satisfies readonly Reason[];

/** Place of a reason in `reasons`. */
export function reasonIndex(id: Reason): number {
  return reasons.findIndex((reason) => reason.id === id);
}

/**
 * What is counted about records that were included, and changes nothing: `luhn` where the brand does not demand the
 * check digit, `expiry-differs` where a row of a known card says another expiry, `reference-withheld` where an order
 * reference was too long or looked like a card number itself and was left out. Of `references` sources:
 * `detail-unreadable` where brand or last four digits were given and could not be read, `detail-differs` where a record
 * of a known reference says others.
 */
export const warnings = [
  'luhn',
  'expiry-missing',
  'expiry-unreadable',
  'expired',
  'expiry-differs',
  'reference-withheld',
  'detail-unreadable',
  'detail-differs',
] as const;

export type Warning = (typeof warnings)[number];
