/** Tables of what was told of waivers of the reissue fee. */
export const waiverStatements: readonly string[] = [
  // What was named of fee, amounts and days with a statement about a waiver; NULL: nobody named it.
  `CREATE TABLE waiver_terms (leaf INTEGER PRIMARY KEY REFERENCES told, fee_by TEXT CHECK (fee_by IN ('issuer', 'merchant', 'processor', 'cardholder')),
     unit_price INTEGER CHECK (unit_price >= 0), cap INTEGER CHECK (cap >= 0), currency TEXT CHECK (length(currency) = 3),
     reissued TEXT CHECK (reissued IN ('refunded', 'not-refunded', 'asked')), from_day TEXT, until_day TEXT,
     CHECK ((currency IS NULL) = (unit_price IS NULL AND cap IS NULL)), CHECK (from_day <= until_day)) STRICT`,
  // What was said of single cards in place of what their issuer answered; who said it and why stand with the texts of the leaf.
  `CREATE TABLE waiver_exception (leaf INTEGER PRIMARY KEY REFERENCES leaf, incident TEXT NOT NULL REFERENCES incident, issuer TEXT NOT NULL,
     said_at INTEGER NOT NULL, channel TEXT NOT NULL CHECK (channel IN ('phone', 'mail', 'portal')), recorded_at INTEGER NOT NULL,
     officer TEXT NOT NULL, evidence_sha256 TEXT, evidence_bytes INTEGER, evidence_file TEXT,
     CHECK ((evidence_sha256 IS NULL) = (evidence_file IS NULL)), CHECK ((evidence_sha256 IS NULL) = (evidence_bytes IS NULL))) STRICT`,
  // The cards, by record reference alone. Of several rows of a card that of the latest leaf counts.
  `CREATE TABLE card_exception (leaf INTEGER NOT NULL REFERENCES waiver_exception, batch TEXT NOT NULL REFERENCES batch, record INTEGER NOT NULL,
     exception TEXT NOT NULL CHECK (exception IN ('not-waived', 'fee-charged', 'refund-asked', 'none')),
     PRIMARY KEY (batch, record, leaf)) STRICT`,
  `CREATE INDEX card_exception_by_leaf ON card_exception (leaf)`,
];
