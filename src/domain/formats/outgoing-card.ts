/** Digits of the longest card number, ISO/IEC 7812-1. */
const PAN_DIGITS_MAX = 19;

/**
 * The card that is being written. The writer keeps one, and asks for it to be filled again for every card, so that
 * no number is ever held by more than one short-lived object.
 */
export interface OutgoingCard {
  /** Values 0..9, not ASCII; `length` of them count. */
  readonly digits: Uint8Array;
  length: number;
  /** Year times 12 plus month minus 1; 0 is no expiry date. */
  expiry: number;
  /** Record reference, 0 … 9 999 999 999. */
  reference: number;
  /** The shop's own reference, UTF-8; `undefined` when there is none. */
  orderReference: Uint8Array | undefined;
  brandName: string;
  issuer: string;
  /** Milliseconds since the epoch; NaN is unknown. */
  firstSeenMs: number;
  lastSeenMs: number;
}

/** An empty card for `load` to fill. */
export function blankCard(): OutgoingCard {
  return {
    digits: new Uint8Array(PAN_DIGITS_MAX),
    length: 0,
    expiry: 0,
    reference: 0,
    orderReference: undefined,
    brandName: '',
    issuer: '',
    firstSeenMs: NaN,
    lastSeenMs: NaN,
  };
}
