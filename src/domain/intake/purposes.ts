/** What a source can tell about a record; the keys of `columns` in a source spec. */
export const purposes = [
  'pan',
  'expiry',
  'expiry_month',
  'expiry_year',
  'ordered_at',
  'channel',
  'reference',
  'payment_method',
  'brand',
  'last_four',
  'merchant',
] as const;
export type Purpose = (typeof purposes)[number];

/** What it can tell about the person who ordered: read only where the incident says `look_up_by_name`, and never guessed. */
export const personPurposes = ['name', 'name_kana', 'postcode', 'phone'] as const;
export type PersonPurpose = (typeof personPurposes)[number];
