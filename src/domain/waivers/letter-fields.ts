/** What a letter that asks for a waiver may say: each stands in a template as `{{name}}`. */
export const letterFields = [
  ...(['date', 'organisation', 'contact', 'officer'] as const),
  ...(['incident', 'case_number', 'public_name', 'merchant', 'discovered', 'windows'] as const),
  ...(['issuer', 'cards', 'brands', 'lists', 'refund_asked', 'requested_terms'] as const),
  ...(['annex', 'annex_rows', 'annex_sha256'] as const),
] as const;
export type LetterField = (typeof letterFields)[number];
