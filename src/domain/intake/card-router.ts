/**
 * Says which brand and issuer a card belongs to and who receives it.
 *
 * `classify` takes digit values 0 to 9 and leaves its answer in the fields until the next call, so that nothing is
 * allocated per card. Index 0 is the unknown brand; -1 is no entry in the issuer table, or no recipient.
 */
export interface CardRouter {
  classify(digits: Uint8Array, length: number): void;
  readonly brandIndex: number;
  readonly binIndex: number;
  readonly recipientIndex: number;
}
