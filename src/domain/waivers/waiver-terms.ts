/** Who bears the reissue fee. */
export const feeBearers = ['issuer', 'merchant', 'processor', 'cardholder'] as const;
export type FeeBearer = (typeof feeBearers)[number];

/** What holds for cards that were reissued before: the fee is paid back, it is not, or we asked for it. */
export const reissuedTerms = ['refunded', 'not-refunded', 'asked'] as const;
export type ReissuedTerm = (typeof reissuedTerms)[number];

/** Largest amount: shorter than any card number. */
export const AMOUNT_MAX = 999_999_999;

/** The terms of a waiver as they were told. What nobody named is left out: no amount is ever assumed. */
export interface WaiverTerms {
  readonly feeBy?: FeeBearer;
  /** In whole units of `currency`, for one card. */
  readonly unitPrice?: number;
  /** The same, for all. */
  readonly cap?: number;
  /** ISO 4217; there where there is an amount. */
  readonly currency?: string;
  readonly reissued?: ReissuedTerm;
  /** Days, both included. */
  readonly from?: string;
  readonly until?: string;
}
