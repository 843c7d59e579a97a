import type { Reason } from '../../domain/intake/reasons.ts';

/** What becomes of a record: a card of its own, or the reason why not. */
export type Fate = 'card' | Reason;

/** The export, by what has to become of its records: 5,000 in all. The spec that reads it is config/demo/orders.toml. */
export const plannedOrders = {
  card: 2_958,
  duplicate: 420,
  'not-card': 380,
  'same-order': 240,
  'excluded-channel': 330,
  'unknown-channel': 7,
  'date-missing': 6,
  'date-unreadable': 4,
  'outside-window': 550,
  'masked-number': 24,
  // Fewer than one in a hundred: as many as that would refuse the whole file.
  'spreadsheet-damage': 12,
  characters: 9,
  length: 14,
  luhn: 41,
  'unknown-brand': 5,
} as const satisfies Partial<Record<Fate, number>>;

/** The investigator's list. Its cards are subscribers, phone and mail customers, of whom only those listed count. */
export const plannedRecovered = { card: 190, duplicate: 21, luhn: 3 } as const;

/** Of the listed cards so many stand in the export too, outside every window there; the others stand in no order at all. */
export const LISTED_IN_EXPORT = 150;

/** Of the duplicates so many are cards of web orders; the others stand in the list twice. */
export const LISTED_FROM_WEB = 20;
