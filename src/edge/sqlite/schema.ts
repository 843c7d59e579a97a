/**
 * The schema, as one list of statements per version. STRICT tables, CHECKs and composite foreign keys, no triggers
 * and no dialect defaults, so that the same statements can be kept on PostgreSQL later. Version 1 kept the hash index of
 * a batch as one value; no released program wrote it, and it is refused as `store-version`.
 */
export const schemaVersion = 2;

export const schemaStatements: readonly string[] = [
  `CREATE TABLE workspace (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT`,

  // The log. Leaf bytes are stored and hashed verbatim; nodes are the complete subtrees of RFC 6962.
  `CREATE TABLE leaf (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL, hash BLOB NOT NULL CHECK (length(hash) = 32)) STRICT`,
  `CREATE TABLE node (level INTEGER NOT NULL, number INTEGER NOT NULL, hash BLOB NOT NULL CHECK (length(hash) = 32),
     PRIMARY KEY (level, number)) STRICT`,
  `CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, root BLOB NOT NULL CHECK (length(root) = 32), note TEXT NOT NULL,
     signed_at INTEGER NOT NULL) STRICT`,
  // Free text stands outside the leaf, which binds it by a salted digest, so that it can be purged.
  `CREATE TABLE leaf_text (leaf INTEGER NOT NULL REFERENCES leaf, field TEXT NOT NULL, text TEXT NOT NULL,
     PRIMARY KEY (leaf, field)) STRICT`,

  `CREATE TABLE incident (id TEXT PRIMARY KEY, document TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
     opened_at INTEGER NOT NULL, wrapped_key BLOB, next_reference INTEGER NOT NULL CHECK (next_reference BETWEEN 1 AND 10000000000)) STRICT`,

  `CREATE TABLE handoff (
     id TEXT PRIMARY KEY,
     incident TEXT NOT NULL REFERENCES incident,
     state TEXT NOT NULL CHECK (state IN ('preparing', 'undecided', 'decided', 'nothing-to-send')),
     mode TEXT NOT NULL CHECK (mode IN ('drill', 'live')),
     requester TEXT NOT NULL,
     prepared_at INTEGER NOT NULL,
     lease_until INTEGER,
     outcome TEXT CHECK (outcome IN ('approve', 'decline', 'cancel')),
     plan BLOB, plan_sha256 TEXT, plan_signature BLOB, review BLOB, review_sha256 TEXT, report TEXT,
     CHECK ((state = 'preparing') = (lease_until IS NOT NULL)),
     CHECK ((state = 'decided') = (outcome IS NOT NULL)),
     CHECK (state = 'preparing' OR report IS NOT NULL),
     CHECK (state NOT IN ('undecided', 'decided') OR (plan IS NOT NULL AND plan_sha256 IS NOT NULL AND review_sha256 IS NOT NULL)),
     UNIQUE (id, requester),
     UNIQUE (id, plan_sha256)) STRICT`,
  // At most one handoff of an incident is being prepared or waits for its decision: the database keeps it so.
  `CREATE UNIQUE INDEX handoff_one_open ON handoff (incident) WHERE state IN ('preparing', 'undecided')`,

  // An approval of another plan, or by the requester, cannot be stored, whatever program tries.
  `CREATE TABLE decision (
     handoff TEXT NOT NULL, requester TEXT NOT NULL, officer TEXT NOT NULL,
     decision TEXT NOT NULL CHECK (decision IN ('approve', 'decline')),
     plan_sha256 TEXT NOT NULL, statement BLOB NOT NULL, signature BLOB NOT NULL, fingerprint TEXT NOT NULL,
     decided_at INTEGER NOT NULL,
     PRIMARY KEY (handoff, officer),
     CHECK (officer <> requester),
     FOREIGN KEY (handoff, requester) REFERENCES handoff (id, requester),
     FOREIGN KEY (handoff, plan_sha256) REFERENCES handoff (id, plan_sha256)) STRICT`,

  `CREATE TABLE source (handoff TEXT NOT NULL REFERENCES handoff, number INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
     bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, records INTEGER NOT NULL, encoding TEXT NOT NULL, sender TEXT,
     PRIMARY KEY (handoff, number)) STRICT`,

  `CREATE TABLE batch (
     id TEXT PRIMARY KEY, handoff TEXT NOT NULL REFERENCES handoff, incident TEXT NOT NULL REFERENCES incident,
     recipient TEXT NOT NULL, file TEXT NOT NULL UNIQUE, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL,
     cards INTEGER NOT NULL CHECK (cards > 0), first_reference INTEGER NOT NULL, issuers TEXT NOT NULL,
     state TEXT NOT NULL CHECK (state IN ('built', 'approved', 'sending', 'publishing', 'stored', 'presumed', 'conflict',
       'written', 'failed', 'expired', 'cancelled')),
     fence INTEGER NOT NULL, lease_until INTEGER, attempts INTEGER NOT NULL, publishing_name TEXT, evidence TEXT, fault TEXT,
     changed_at INTEGER NOT NULL) STRICT`,
  `CREATE INDEX batch_of_incident ON batch (incident, recipient)`,
  `CREATE INDEX batch_of_handoff ON batch (handoff)`,

  // A page has its own key and no WITHOUT ROWID: large blobs in an index tree are slow to write.
  `CREATE TABLE card_page (batch TEXT NOT NULL, number INTEGER NOT NULL, first INTEGER NOT NULL, cards INTEGER NOT NULL,
     rows BLOB NOT NULL, UNIQUE (batch, number)) STRICT`,
  // Pages of a batch's hashes in order: what a look-up reads is the last one that begins at or before the hash.
  `CREATE TABLE hash_page (batch TEXT NOT NULL, first_hash BLOB NOT NULL CHECK (length(first_hash) = 12), cards INTEGER NOT NULL,
     rows BLOB NOT NULL, UNIQUE (batch, first_hash)) STRICT`,
  `CREATE TABLE relied_page (handoff TEXT NOT NULL REFERENCES handoff, batch TEXT NOT NULL REFERENCES batch, cards INTEGER NOT NULL,
     hashes BLOB NOT NULL, UNIQUE (handoff, batch)) STRICT`,
  `CREATE TABLE finding_page (handoff TEXT NOT NULL, number INTEGER NOT NULL, findings INTEGER NOT NULL, rows BLOB NOT NULL,
     UNIQUE (handoff, number)) STRICT`,

  `CREATE TABLE attempt (batch TEXT NOT NULL REFERENCES batch, number INTEGER NOT NULL, fence INTEGER NOT NULL,
     temporary_name TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER, outcome TEXT, evidence TEXT,
     PRIMARY KEY (batch, number)) STRICT`,
];
