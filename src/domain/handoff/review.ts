import { encodeCanonicalJson } from '../canonical-json.ts';
import type { Json } from '../canonical-json.ts';
import type { PlannedRecall, PlannedRepeat, SentElsewhere } from './plan.ts';
import type { Stage } from './stage.ts';
import type { MerchantTally } from '../intake/merchant-book.ts';

/** Cards of one issuer in one batch. `issuer` is '' when the issuer table does not know it. */
export interface ReviewedIssuer {
  readonly issuer: string;
  readonly brand: string;
  readonly country: string;
  readonly cards: number;
  /** Up to five truncated numbers, the first in batch order. */
  readonly sample: readonly string[];
}

export interface ReviewedBatch {
  readonly batch: string;
  readonly recipient: string;
  readonly cards: number;
  /** It asks for a waiver of the reissue fee; missing where it does not. */
  readonly requestsWaiver?: true;
  readonly issuers: readonly ReviewedIssuer[];
}

/**
 * What the approver is shown: counts by recipient and issuer, every excluded and held reason, truncated samples. Its
 * digest is part of the approval, so that a person signs what was shown.
 */
export interface Review {
  readonly type: 'mimamori/review/v1';
  /**
   * 16 random bytes, 32 lower-case hex digits. The digest stands in the log for good: without these, whoever knows all else
   * would find the last four digits of a sample by trial, also once the review was purged.
   */
  readonly salt: string;
  readonly handoff: string;
  readonly incident: string;
  readonly mode: 'drill' | 'live';
  readonly stage?: Stage;
  /** What `cards` counts, where it is not cards. */
  readonly subject?: 'references';
  readonly read: number;
  readonly cards: number;
  readonly orders: number;
  readonly references: number;
  readonly excluded: Readonly<Record<string, number>>;
  readonly held: Readonly<Record<string, number>>;
  readonly warnings: Readonly<Record<string, number>>;
  /** For an incident that lists its merchants: what the records of each came to. */
  readonly merchants?: readonly MerchantTally[];
  readonly batches: readonly ReviewedBatch[];
  readonly repeats?: readonly PlannedRepeat[];
  /** Cards of a list that an officer had recalled one by one before; missing where there are none. */
  readonly recalledBefore?: number;
  readonly sentElsewhere?: SentElsewhere;
  readonly recall?: PlannedRecall;
  /** Why cards are recalled, as its requester put it: without it nobody could judge a recall. */
  readonly reason?: string;
}

/** The bytes of a review (RFC 8785). Throws nothing for a typed review. */
export function encodeReview(review: Review): Uint8Array {
  return encodeCanonicalJson(review as unknown as Json);
}
