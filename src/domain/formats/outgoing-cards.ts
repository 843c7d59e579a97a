/**
 * Cards as columns: a card is its place in them. Nothing here is made per card. References that are handed over in place
 * of cards stand in the same columns, packed as packed-reference.ts says.
 */
export interface OutgoingColumns {
  /** Packed PANs, 10 bytes each (`packed-pan.ts`). */
  readonly packed: Uint8Array;
  /** Year times 12 plus month minus 1; 0 is no expiry date. */
  readonly expiry: Uint16Array;
  /** Place in `brandNames`. */
  readonly brand: Uint8Array;
  /** Milliseconds since the epoch; NaN is unknown. */
  readonly firstSeen: Float64Array;
  readonly lastSeen: Float64Array;
  /** Number of the shop's own reference, -1 when there is none. */
  readonly firstReference: Int32Array;
  /** UTF-8 of all references behind each other, and where each ends. */
  readonly referenceBytes: Uint8Array;
  readonly referenceEnds: Uint32Array;
  /** Windows matched, one bit each; only for references. */
  readonly windows?: Uint32Array;
  /** Number of the set of merchants each was seen at; only for a profile that names them. */
  readonly merchants?: Uint32Array;
  /** Bytes at the end of each reference that are none of its text. */
  readonly referenceMarkBytes?: number;
}

/** The merchants of one set, a space between them. */
export interface MerchantTexts {
  readonly ids: string;
  /** Merchant numbers; the id of one that has none. */
  readonly numbers: string;
}

/** Issuer of the cards of the file up to place `end`, from where the run before ends. */
export interface IssuerRun {
  readonly issuer: string;
  readonly end: number;
}

/** The cards of one file. */
export interface OutgoingCards {
  readonly columns: OutgoingColumns;
  /** The cards in the order of the file. */
  readonly order: Int32Array;
  /** Together they reach over all of `order`. */
  readonly issuers: readonly IssuerRun[];
  readonly brandNames: readonly string[];
  /** Record reference of the first card; each further card has the next one. */
  readonly firstReference: number;
  /** Names of the windows, in the order of their bits; only for references. */
  readonly windowNames?: readonly string[];
  /** How each set of merchants that occurs in `order` is written; only for a profile that names them. */
  readonly merchants?: ReadonlyMap<number, MerchantTexts>;
}
