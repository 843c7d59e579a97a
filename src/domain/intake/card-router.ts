/**
 * Says which brand and issuer a card belongs to.
 *
 * `classify` takes digit values 0 to 9 and leaves its answer in the fields until the next call, so that nothing is
 * allocated per card. Index 0 is the unknown brand; -1 is no entry in the issuer table.
 */
export interface CardClassifier {
  classify(digits: Uint8Array, length: number): void;
  readonly brandIndex: number;
  readonly binIndex: number;
}

/**
 * Says who receives the cards of a brand, an entry of the issuer table and a merchant (its place; 0 where the incident
 * lists none); -1 is nobody. Allocates nothing.
 */
export interface CardRouter {
  recipientOf(binIndex: number, brandIndex: number, merchant: number): number;
}
