/** Fields of one card, or of one reference. `pan` is the only one that holds the number; `merchant` is a batch field, too. */
export const cardFields = [
  'pan',
  'pan_length',
  'truncated_pan',
  'expiry',
  'expiry_month',
  'expiry_year',
  'record_reference',
  'order_reference',
  'brand',
  'issuer',
  'first_seen',
  'last_seen',
  'reference_kind',
  'last_four',
  'matched_windows',
  'merchant',
] as const;

/** Fields that only a card has: what is known of its number. */
export const numberFields: ReadonlySet<Field> = new Set<Field>([
  ...(['pan', 'pan_length', 'truncated_pan'] as const),
  ...(['expiry', 'expiry_month', 'expiry_year', 'issuer'] as const),
]);

/** Fields that only a reference has that is handed over in place of a card. */
export const referenceFields: ReadonlySet<Field> = new Set<Field>([
  'reference_kind',
  'last_four',
  'matched_windows',
]);

/** Fields of the batch, for header and trailer records. `card_count` counts cards, `record_count` every record. */
export const batchFields = [
  'mode',
  'batch',
  'handoff',
  'incident',
  'case_number',
  'merchant',
  'stage',
  'lists',
  'windows',
  'elements',
  'card_count',
  'record_count',
  'contact',
  'sender',
  'created_date',
  'waiver_request',
  'nonce',
] as const;

/** Fields any record may have: fixed text, and the number of the record in the file, from 1. */
export const commonFields = ['literal', 'sequence'] as const;

export type CardField = (typeof cardFields)[number];
export type BatchField = (typeof batchFields)[number];
type CommonField = (typeof commonFields)[number];
export type Field = CardField | BatchField | CommonField;

/** Whether a field belongs to a card. */
export function isCardField(field: Field): field is CardField {
  return (cardFields as readonly Field[]).includes(field);
}

/** Whether a field belongs to the batch. */
export function isBatchField(field: Field): field is BatchField {
  return (batchFields as readonly Field[]).includes(field);
}

/** How an expiry date is written. The year is of two digits but in the forms with `YYYY`. */
const expiryFormats = ['MMYY', 'YYMM', 'MM/YY', 'YYYY-MM', 'YYYYMM'] as const;

/** How a day is written, in the incident's time zone. */
const dateFormats = ['YYYY-MM-DD', 'YYYYMMDD', 'YYYY/MM/DD'] as const;
export type DateFormat = (typeof dateFormats)[number];

/** How the merchants of a card are named: a merchant without a number by its id. */
const merchantFormats = ['id', 'number'] as const;
export type MerchantFormat = (typeof merchantFormats)[number];

const formatsOf: Partial<Record<Field, readonly string[]>> = {
  expiry: expiryFormats,
  expiry_year: ['YY', 'YYYY'],
  first_seen: dateFormats,
  last_seen: dateFormats,
  created_date: dateFormats,
};

/** The forms a field may be written in, the first one being the default; `undefined` for a field with one form. */
export function formatsOfField(field: Field, isCard: boolean): readonly string[] | undefined {
  return field === 'merchant' && isCard ? merchantFormats : formatsOf[field];
}

/** Fields that hold text from outside (order systems, BIN table, settings): quoted, guarded and checked. */
export const textFields: ReadonlySet<Field> = new Set<Field>([
  'order_reference',
  'brand',
  'issuer',
  'reference_kind',
  'matched_windows',
  'mode',
  'batch',
  'handoff',
  'incident',
  'case_number',
  'merchant',
  'stage',
  'lists',
  'windows',
  'elements',
  'contact',
  'sender',
  'waiver_request',
  'nonce',
]);
