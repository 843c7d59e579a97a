/** What an amendment proposes for recall, and the recalls themselves. */
export const recallStatements: readonly string[] = [
  // Cards of a batch that an amended incident leaves out. Which ones stands in no row; the pages tell it again.
  `CREATE TABLE recall_proposal (batch TEXT PRIMARY KEY REFERENCES batch, cards INTEGER NOT NULL CHECK (cards >= 0),
     untold INTEGER NOT NULL CHECK (untold >= 0), leaf INTEGER NOT NULL REFERENCES leaf, settled_leaf INTEGER REFERENCES leaf,
     CHECK (cards + untold > 0)) STRICT`,
  // Every time cards of a batch were settled: its recipient may have set them aside.
  `CREATE TABLE recall_settled (leaf INTEGER PRIMARY KEY REFERENCES leaf, batch TEXT NOT NULL REFERENCES batch) STRICT`,
  // Batches that are recall files: of which batch, and which of its cards. proposed: how many of them the proposal of the
  // amendment with that leaf has.
  `CREATE TABLE recall (batch TEXT PRIMARY KEY REFERENCES batch, recalled TEXT NOT NULL REFERENCES batch,
     basis TEXT NOT NULL CHECK (basis IN ('amendment', 'batches', 'records')), runs BLOB NOT NULL,
     proposal INTEGER REFERENCES leaf, proposed INTEGER NOT NULL CHECK (proposed >= 0),
     CHECK (batch <> recalled), CHECK (proposal IS NOT NULL OR proposed = 0)) STRICT`,
  `CREATE INDEX recall_of ON recall (recalled)`,
];
