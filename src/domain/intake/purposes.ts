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
