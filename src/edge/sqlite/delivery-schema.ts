/** Tables of what goes along with a batch to its recipient: its name there, its control file and the checkpoint in that. */
export const deliveryStatements: readonly string[] = [
  // What a batch is called at its recipient, from its first delivery on. is_used: an attempt to send it has begun.
  `CREATE TABLE allotted_name (batch TEXT PRIMARY KEY REFERENCES batch, leaf INTEGER NOT NULL UNIQUE REFERENCES leaf,
     recipient TEXT NOT NULL, period TEXT NOT NULL, sequence INTEGER CHECK (sequence > 0), place TEXT NOT NULL, name TEXT NOT NULL,
     is_used INTEGER NOT NULL CHECK (is_used IN (0, 1)), UNIQUE (place, name), UNIQUE (recipient, period, sequence)) STRICT`,

  // The control file of a batch whose data file is there; temporary_name: what it is written under first.
  `CREATE TABLE control_file (batch TEXT PRIMARY KEY REFERENCES batch, name TEXT NOT NULL,
     step TEXT NOT NULL CHECK (step IN ('owed', 'announced')), temporary_name TEXT, evidence TEXT NOT NULL) STRICT`,

  // The checkpoint that a batch takes with it in its control file, from its first delivery on.
  `CREATE TABLE batch_checkpoint (batch TEXT PRIMARY KEY REFERENCES batch,
     size INTEGER NOT NULL REFERENCES checkpoint) STRICT`,

  // Who said that nobody waits for a batch any more of which the machine could not know the outcome; why stands with the leaf.
  `CREATE TABLE batch_withdrawn (batch TEXT PRIMARY KEY REFERENCES batch, leaf INTEGER NOT NULL UNIQUE REFERENCES leaf,
     officer TEXT NOT NULL) STRICT`,
];
