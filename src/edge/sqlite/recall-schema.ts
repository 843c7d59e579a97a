/** What an amendment proposes for recall, and the recalls themselves. */
export const recallStatements: readonly string[] = [
  // Cards of a batch that an amended incident leaves out, recalled or not, and which they are where their windows tell it.
  `CREATE TABLE recall_proposal (batch TEXT PRIMARY KEY REFERENCES batch, cards INTEGER NOT NULL CHECK (cards >= 0),
     untold INTEGER NOT NULL CHECK (untold >= 0), leaf INTEGER NOT NULL REFERENCES leaf, settled_leaf INTEGER REFERENCES leaf,
     out_runs BLOB, untold_runs BLOB, CHECK ((out_runs IS NULL) = (untold_runs IS NULL)), CHECK (cards + untold > 0)) STRICT`,
  // Every time cards of a batch were settled: its recipient may have set them aside.
  `CREATE TABLE recall_settled (leaf INTEGER PRIMARY KEY REFERENCES leaf, batch TEXT NOT NULL REFERENCES batch) STRICT`,
  // Batches that are recall files: of which batch, and which of its cards. proposal: because of which amendment.
  `CREATE TABLE recall (batch TEXT PRIMARY KEY REFERENCES batch, recalled TEXT NOT NULL REFERENCES batch,
     basis TEXT NOT NULL CHECK (basis IN ('amendment', 'batches', 'records')), runs BLOB NOT NULL,
     proposal INTEGER REFERENCES leaf, CHECK (batch <> recalled), CHECK (proposal IS NULL OR basis = 'amendment')) STRICT`,
  `CREATE INDEX recall_of ON recall (recalled)`,
];
