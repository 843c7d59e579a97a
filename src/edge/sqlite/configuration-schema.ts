/** Tables of the configuration: versions, who may approve by them, approvals, and whom an adopted one lets be sent to. */
export const configurationStatements: readonly string[] = [
  // The configuration as it was proposed, approved and put in force. Of two accepted ones the higher number replaces the other;
  // each replaces one version, and no two the same. None is accepted without the name of an approval of exactly it, nor
  // starts before that approval; where it changes what is guarded and the approval is no emergency, not before the
  // cooling-off time has passed that the version it replaces prescribes.
  `CREATE TABLE configuration_version (
     sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64), replaces TEXT REFERENCES configuration_version,
     document BLOB NOT NULL, leaf INTEGER NOT NULL UNIQUE REFERENCES leaf, proposer TEXT NOT NULL, proposer_fingerprint TEXT NOT NULL,
     signature BLOB NOT NULL, proposed_at INTEGER NOT NULL,
     state TEXT NOT NULL CHECK (state IN ('proposed', 'adopted', 'dropped')),
     number INTEGER UNIQUE CHECK (number > 0), effective_from INTEGER UNIQUE, adopted_by TEXT, started_leaf INTEGER REFERENCES leaf,
     cooling_off_ms INTEGER NOT NULL CHECK (cooling_off_ms >= 0), replaced_cooling_off_ms INTEGER,
     is_guarded INTEGER NOT NULL CHECK (is_guarded IN (0, 1)), adopted_at INTEGER, is_emergency INTEGER,
     approvers_in TEXT NOT NULL CHECK (approvers_in = coalesce(replaces, sha256)),
     CHECK (replaces <> sha256),
     CHECK ((state = 'adopted') = (number IS NOT NULL)), CHECK ((number IS NULL) = (effective_from IS NULL)),
     CHECK ((number IS NULL) = (adopted_by IS NULL)), CHECK (started_leaf IS NULL OR number IS NOT NULL),
     CHECK (number IS NULL OR (number = 1) = (replaces IS NULL)),
     CHECK ((number IS NULL) = (adopted_at IS NULL)), CHECK ((number IS NULL) = (is_emergency IS NULL)),
     CHECK ((replaces IS NULL) = (replaced_cooling_off_ms IS NULL)), CHECK (effective_from >= adopted_at),
     CHECK (is_guarded = 0 OR is_emergency = 1 OR effective_from - adopted_at >= replaced_cooling_off_ms),
     FOREIGN KEY (replaces, replaced_cooling_off_ms) REFERENCES configuration_version (sha256, cooling_off_ms),
     FOREIGN KEY (sha256, adopted_by, adopted_at, is_emergency)
       REFERENCES configuration_approval (sha256, officer, approved_at, is_emergency),
     UNIQUE (sha256, proposer, proposer_fingerprint), UNIQUE (sha256, cooling_off_ms), UNIQUE (sha256, state),
     UNIQUE (sha256, approvers_in)) STRICT`,
  `CREATE UNIQUE INDEX configuration_one_successor ON configuration_version (replaces) WHERE state = 'adopted'`,
  // Approvers of a version that are enabled, and until when each may act: the last instant of time where nothing is said, since
  // NULL would pass every CHECK and foreign key.
  `CREATE TABLE configuration_approver (
     configuration TEXT NOT NULL REFERENCES configuration_version, officer TEXT NOT NULL, fingerprint TEXT NOT NULL,
     valid_until INTEGER NOT NULL, PRIMARY KEY (configuration, officer),
     UNIQUE (configuration, officer, fingerprint, valid_until)) STRICT`,
  // By someone else than the proposer, with another certificate; each officer and each certificate once. By an approver of the
  // version that is replaced, which was adopted, or of the first version itself, and before their validity ends.
  `CREATE TABLE configuration_approval (
     sha256 TEXT NOT NULL, proposer TEXT NOT NULL, proposer_fingerprint TEXT NOT NULL,
     officer TEXT NOT NULL, fingerprint TEXT NOT NULL, statement BLOB NOT NULL, signature BLOB NOT NULL,
     leaf INTEGER NOT NULL UNIQUE REFERENCES leaf, is_emergency INTEGER NOT NULL CHECK (is_emergency IN (0, 1)), approved_at INTEGER NOT NULL,
     approver_in TEXT NOT NULL, approver_in_state TEXT CHECK (approver_in_state = 'adopted'), valid_until INTEGER NOT NULL,
     PRIMARY KEY (sha256, officer), UNIQUE (sha256, fingerprint), UNIQUE (sha256, officer, approved_at, is_emergency),
     CHECK (officer <> proposer), CHECK (fingerprint <> proposer_fingerprint),
     CHECK (approved_at <= valid_until), CHECK ((approver_in = sha256) = (approver_in_state IS NULL)),
     FOREIGN KEY (sha256, approver_in) REFERENCES configuration_version (sha256, approvers_in),
     FOREIGN KEY (approver_in, approver_in_state) REFERENCES configuration_version (sha256, state),
     FOREIGN KEY (approver_in, officer, fingerprint, valid_until)
       REFERENCES configuration_approver (configuration, officer, fingerprint, valid_until),
     FOREIGN KEY (sha256, proposer, proposer_fingerprint)
       REFERENCES configuration_version (sha256, proposer, proposer_fingerprint)) STRICT`,
  // Who took a version back before it was in force; the reason stands with the texts of the leaf. One that another overtook is
  // not here.
  `CREATE TABLE configuration_drop (
     sha256 TEXT PRIMARY KEY REFERENCES configuration_version, leaf INTEGER NOT NULL UNIQUE REFERENCES leaf,
     officer TEXT NOT NULL, dropped_at INTEGER NOT NULL) STRICT`,
  // Recipients that may be sent to by a version that was adopted.
  `CREATE TABLE approved_recipient (
     configuration TEXT NOT NULL, state TEXT NOT NULL CHECK (state = 'adopted'), recipient TEXT NOT NULL,
     PRIMARY KEY (configuration, recipient),
     FOREIGN KEY (configuration, state) REFERENCES configuration_version (sha256, state)) STRICT`,
];
