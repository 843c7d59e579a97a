/** The table of what officers decided about plans. */
export const decisionStatements: readonly string[] = [
  // An approval of another plan, by the requester, or after what the officer may decide until, cannot be stored, whatever
  // program tries. A live one names the adopted configuration that has the officer as an approver, with certificate and
  // validity. valid_until: the last instant of time where none is said, since NULL would pass.
  `CREATE TABLE decision (
     handoff TEXT NOT NULL, requester TEXT NOT NULL, officer TEXT NOT NULL,
     decision TEXT NOT NULL CHECK (decision IN ('approve', 'decline')),
     plan_sha256 TEXT NOT NULL, statement BLOB NOT NULL, signature BLOB NOT NULL, fingerprint TEXT NOT NULL,
     decided_at INTEGER NOT NULL, valid_until INTEGER NOT NULL,
     mode TEXT NOT NULL, approver_in TEXT, approver_in_state TEXT CHECK (approver_in_state = 'adopted'),
     PRIMARY KEY (handoff, officer),
     CHECK (officer <> requester), CHECK (decided_at <= valid_until),
     CHECK (mode = 'drill' OR decision = 'decline' OR approver_in IS NOT NULL),
     CHECK ((approver_in IS NULL) = (approver_in_state IS NULL)),
     FOREIGN KEY (handoff, requester) REFERENCES handoff (id, requester),
     FOREIGN KEY (handoff, plan_sha256) REFERENCES handoff (id, plan_sha256),
     FOREIGN KEY (handoff, mode) REFERENCES handoff (id, mode),
     FOREIGN KEY (approver_in, approver_in_state) REFERENCES configuration_version (sha256, state),
     FOREIGN KEY (approver_in, officer, fingerprint, valid_until)
       REFERENCES configuration_approver (configuration, officer, fingerprint, valid_until)) STRICT`,
];
