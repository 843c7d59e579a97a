import { configurationStatements } from './configuration-schema.ts';
import { decisionStatements } from './decision-schema.ts';
import { waiverStatements } from './waiver-schema.ts';
import { recallStatements } from './recall-schema.ts';
import { deliveryStatements } from './delivery-schema.ts';

/**
 * The schema, as one list of statements per version. STRICT tables, CHECKs and composite foreign keys, no triggers
 * and no dialect defaults, so that the same statements can be kept on PostgreSQL later. Earlier versions lack
 * tables or hold them otherwise; no released program wrote them, and they are refused as `store-version`.
 */
export const schemaVersion = 4;

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

  // Commands that an officer signed before they ran. The statement outlives a purge; what was said with it is a text of the leaf.
  `CREATE TABLE signed_command (sha256 TEXT PRIMARY KEY, leaf INTEGER NOT NULL UNIQUE REFERENCES leaf, nonce TEXT NOT NULL UNIQUE,
     officer TEXT NOT NULL, command TEXT NOT NULL, statement BLOB NOT NULL, signature BLOB NOT NULL,
     fingerprint TEXT NOT NULL, made_at INTEGER NOT NULL) STRICT`,

  `CREATE TABLE incident (id TEXT PRIMARY KEY, document TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
     opened_at INTEGER NOT NULL, wrapped_key BLOB, next_reference INTEGER NOT NULL CHECK (next_reference BETWEEN 1 AND 10000000000)) STRICT`,

  // What people said about start events and clocks; the highest revision of a subject counts, the others tell how it came.
  `CREATE TABLE clock_entry (
     incident TEXT NOT NULL REFERENCES incident, subject TEXT NOT NULL, revision INTEGER NOT NULL CHECK (revision > 0),
     outcome TEXT NOT NULL CHECK (outcome IN ('happened', 'withdrawn', 'met', 'set-aside', 'reopened')),
     at INTEGER, officer TEXT NOT NULL, recorded_at INTEGER NOT NULL,
     CHECK ((outcome IN ('happened', 'met')) = (at IS NOT NULL)),
     PRIMARY KEY (incident, subject, revision)) STRICT`,

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
     UNIQUE (id, plan_sha256),
     UNIQUE (id, mode)) STRICT`,
  // At most one handoff of an incident is being prepared or waits for its decision: the database keeps it so.
  `CREATE UNIQUE INDEX handoff_one_open ON handoff (incident) WHERE state IN ('preparing', 'undecided')`,

  ...decisionStatements,

  // Documents that an amendment replaced: what a plan names by digest. to_read: records that the new one may take in.
  `CREATE TABLE incident_version (
     incident TEXT NOT NULL REFERENCES incident, leaf INTEGER NOT NULL REFERENCES leaf, document TEXT NOT NULL, sha256 TEXT NOT NULL,
     replaced_at INTEGER NOT NULL, to_read INTEGER CHECK (to_read >= 0), PRIMARY KEY (incident, leaf)) STRICT`,

  // A handoff that its requester sent alone; one at a time. Only its own requester can have declared it.
  `CREATE TABLE emergency (
     handoff TEXT PRIMARY KEY, requester TEXT NOT NULL, plan_sha256 TEXT NOT NULL,
     statement BLOB NOT NULL, signature BLOB NOT NULL, fingerprint TEXT NOT NULL,
     declared_at INTEGER NOT NULL, due_at INTEGER NOT NULL, is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
     closed_at INTEGER, overdue_leaf INTEGER REFERENCES leaf,
     CHECK (due_at > declared_at), CHECK ((is_open = 0) = (closed_at IS NOT NULL)),
     FOREIGN KEY (handoff, requester) REFERENCES handoff (id, requester),
     FOREIGN KEY (handoff, plan_sha256) REFERENCES handoff (id, plan_sha256)) STRICT`,
  `CREATE UNIQUE INDEX emergency_one_open ON emergency (is_open) WHERE is_open = 1`,

  `CREATE TABLE source (handoff TEXT NOT NULL REFERENCES handoff, number INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
     bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, spec_sha256 TEXT NOT NULL, records INTEGER NOT NULL, encoding TEXT NOT NULL,
     sender TEXT, form TEXT NOT NULL CHECK (form IN ('clear', 'encrypted-signed', 'encrypted-unsigned')), received TEXT,
     PRIMARY KEY (handoff, number)) STRICT`,

  // Nothing live leaves before its recipient read back a test, and but by a configuration that was approved with that
  // recipient: the row names which ones. doubted_leaf: the recovery of the log in whose lost part the batch may have left.
  `CREATE TABLE batch (
     id TEXT PRIMARY KEY, handoff TEXT NOT NULL REFERENCES handoff, incident TEXT NOT NULL REFERENCES incident,
     recipient TEXT NOT NULL, file TEXT NOT NULL UNIQUE, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, nonce_sha256 TEXT,
     subject TEXT CHECK (subject = 'references'), cards INTEGER NOT NULL CHECK (cards > 0), first_reference INTEGER NOT NULL, issuers TEXT NOT NULL,
     state TEXT NOT NULL CHECK (state IN ('built', 'approved', 'sending', 'publishing', 'stored', 'presumed', 'conflict',
       'written', 'offered', 'partly-read', 'read', 'taken', 'failed', 'expired', 'cancelled', 'claimed',
       'sent-elsewhere')),
     fence INTEGER NOT NULL, lease_until INTEGER, leased_by TEXT, attempts INTEGER NOT NULL, publishing_name TEXT, evidence TEXT, fault TEXT,
     changed_at INTEGER NOT NULL, available_at INTEGER,
     mode TEXT NOT NULL, tested_by TEXT, tested_state TEXT CHECK (tested_state = 'read-back'),
     approved_in TEXT, doubted_leaf INTEGER REFERENCES own_key (leaf),
     CHECK ((tested_by IS NULL) = (tested_state IS NULL)),
     CHECK (mode = 'drill' OR (tested_by IS NOT NULL AND approved_in IS NOT NULL)
       OR state IN ('built', 'approved', 'expired', 'cancelled', 'claimed', 'sent-elsewhere')
       OR (doubted_leaf IS NOT NULL AND state IN ('presumed', 'publishing', 'conflict', 'stored', 'failed'))),
     FOREIGN KEY (handoff, mode) REFERENCES handoff (id, mode),
     FOREIGN KEY (tested_by, recipient, tested_state) REFERENCES recipient_test (id, recipient, state),
     FOREIGN KEY (approved_in, recipient) REFERENCES approved_recipient (configuration, recipient)) STRICT`,
  `CREATE INDEX batch_of_incident ON batch (incident, recipient)`,
  `CREATE INDEX batch_of_handoff ON batch (handoff)`,

  ...recallStatements,

  // A page has its own key and no WITHOUT ROWID: large blobs in an index tree are slow to write.
  `CREATE TABLE card_page (batch TEXT NOT NULL, number INTEGER NOT NULL, first INTEGER NOT NULL, cards INTEGER NOT NULL,
     rows BLOB NOT NULL, UNIQUE (batch, number)) STRICT`,
  // Pages of a batch's hashes in order: what a look-up reads is the last one that begins at or before the hash.
  `CREATE TABLE hash_page (batch TEXT NOT NULL, first_hash BLOB NOT NULL CHECK (length(first_hash) = 12), cards INTEGER NOT NULL,
     rows BLOB NOT NULL, UNIQUE (batch, first_hash)) STRICT`,
  // Cards of an earlier batch that a handoff met: left out because of it, or held again (is_repeated).
  `CREATE TABLE relied_page (handoff TEXT NOT NULL REFERENCES handoff, batch TEXT NOT NULL REFERENCES batch, cards INTEGER NOT NULL,
     hashes BLOB NOT NULL, is_repeated INTEGER NOT NULL CHECK (is_repeated IN (0, 1)), UNIQUE (handoff, batch)) STRICT`,
  `CREATE TABLE finding_page (handoff TEXT NOT NULL, number INTEGER NOT NULL, findings INTEGER NOT NULL, rows BLOB NOT NULL,
     UNIQUE (handoff, number)) STRICT`,

  `CREATE TABLE attempt (batch TEXT NOT NULL REFERENCES batch, number INTEGER NOT NULL, fence INTEGER NOT NULL,
     temporary_name TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER, outcome TEXT, evidence TEXT,
     PRIMARY KEY (batch, number)) STRICT`,

  // Failed deliveries that serve began again by itself.
  `CREATE TABLE delivery_repeat (leaf INTEGER PRIMARY KEY REFERENCES leaf, batch TEXT NOT NULL REFERENCES batch, at INTEGER NOT NULL) STRICT`,
  `CREATE INDEX delivery_repeat_of ON delivery_repeat (batch)`,
  // How the last run of each round of serve went: the code it ended with, and the leaf that told it first.
  `CREATE TABLE serve_round (name TEXT PRIMARY KEY, ran_at INTEGER NOT NULL, code TEXT, leaf INTEGER REFERENCES leaf,
     CHECK ((code IS NULL) = (leaf IS NULL))) STRICT`,

  // The process that serve began in last: one row, or none after an end in order.
  `CREATE TABLE serve_process (mark TEXT NOT NULL) STRICT`,

  // What a person has to see to, told once for each due time. subject: what it is about, as ids.
  `CREATE TABLE escalation (leaf INTEGER PRIMARY KEY REFERENCES leaf, kind TEXT NOT NULL, subject TEXT NOT NULL,
     due_at INTEGER NOT NULL, UNIQUE (kind, subject, due_at)) STRICT`,

  ...deliveryStatements,

  // What was sent so far of a batch that its recipient fetches: ranges of bytes, in order.
  `CREATE TABLE pickup_reading (batch TEXT PRIMARY KEY REFERENCES batch, ranges TEXT NOT NULL, changed_at INTEGER NOT NULL) STRICT`,
  // From where holders of pinned keys logged in, in the order in which they came.
  `CREATE TABLE familiar_address (address TEXT PRIMARY KEY, place INTEGER NOT NULL UNIQUE) STRICT`,
  // Test files that were put away in their box.
  `CREATE TABLE test_taken (test TEXT PRIMARY KEY REFERENCES recipient_test, leaf INTEGER NOT NULL UNIQUE REFERENCES leaf) STRICT`,
  // Files that were brought, answers and sources; the bytes lie in data/arrivals while they wait or are in quarantine.
  `CREATE TABLE arrival (id TEXT PRIMARY KEY, recipient TEXT NOT NULL, way TEXT NOT NULL CHECK (way IN ('inbox', 'directory', 'sources')),
     key TEXT, name TEXT NOT NULL, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL CHECK (bytes > 0),
     clear_bytes INTEGER CHECK (clear_bytes IS NULL OR (clear_bytes > 0 AND way = 'inbox' AND key IS NOT NULL)),
     state TEXT NOT NULL CHECK (state IN ('arrived', 'collected', 'repeated', 'quarantined', 'settled', 'cleared')),
     code TEXT, batch TEXT REFERENCES batch, leaf INTEGER NOT NULL UNIQUE REFERENCES leaf,
     arrived_at INTEGER NOT NULL, changed_at INTEGER NOT NULL, deaths INTEGER NOT NULL CHECK (deaths >= 0),
     CHECK (state NOT IN ('quarantined', 'settled') OR code IS NOT NULL),
     CHECK (state NOT IN ('collected', 'repeated') OR batch IS NOT NULL),
     CHECK (CASE way WHEN 'sources' THEN state IN ('arrived', 'cleared') AND key IS NOT NULL ELSE state <> 'cleared' END)) STRICT`,
  `CREATE UNIQUE INDEX arrival_once ON arrival (recipient, sha256, way = 'sources')`,
  // Files that were not taken, and of which nothing lies here.
  `CREATE TABLE refused_arrival (id TEXT PRIMARY KEY, recipient TEXT NOT NULL, way TEXT NOT NULL CHECK (way IN ('inbox', 'directory', 'sources')),
     name TEXT NOT NULL, code TEXT NOT NULL, leaf INTEGER NOT NULL UNIQUE REFERENCES leaf, refused_at INTEGER NOT NULL,
     is_there INTEGER NOT NULL CHECK (is_there IN (0, 1)), settled_leaf INTEGER REFERENCES leaf) STRICT`,
  `CREATE UNIQUE INDEX refused_arrival_once ON refused_arrival (recipient, way, name, code) WHERE settled_leaf IS NULL`,

  // The key that the pickup server shows.
  `CREATE TABLE host_key (number INTEGER PRIMARY KEY CHECK (number > 0), fingerprint TEXT NOT NULL UNIQUE,
     state TEXT NOT NULL CHECK (state IN ('shown', 'next', 'retired')), leaf INTEGER NOT NULL UNIQUE REFERENCES leaf,
     made_at INTEGER NOT NULL) STRICT`,
  `CREATE UNIQUE INDEX host_key_one_of_each ON host_key (state) WHERE state IN ('shown', 'next')`,

  // Order references of a handoff, for telling the persons; to go with the incident's cards.
  `CREATE TABLE reference_page (handoff TEXT NOT NULL, number INTEGER NOT NULL, rows BLOB NOT NULL, UNIQUE (handoff, number)) STRICT`,
  // Blind index of persons of a handoff, in the order of tags; what a look-up reads is the pages that may hold its tag.
  `CREATE TABLE person_page (handoff TEXT NOT NULL, number INTEGER NOT NULL, first_tag BLOB NOT NULL CHECK (length(first_tag) = 12),
     rows BLOB NOT NULL, UNIQUE (handoff, number)) STRICT`,
  `CREATE INDEX person_page_by_tag ON person_page (handoff, first_tag, number)`,
  // What was done to tell the person behind an order reference; to be purged with the references. merchant: '' where the
  // incident lists none.
  `CREATE TABLE notice (incident TEXT NOT NULL REFERENCES incident, merchant TEXT NOT NULL, reference TEXT NOT NULL,
     step TEXT NOT NULL CHECK (step IN ('mail-sent', 'mail-bounced', 'letter-sent')), at INTEGER NOT NULL,
     PRIMARY KEY (incident, merchant, reference, step, at)) STRICT`,
  // What persons said of batches. Who said it stands with the texts of the leaf.
  `CREATE TABLE persons_word (leaf INTEGER PRIMARY KEY REFERENCES leaf, batch TEXT NOT NULL REFERENCES batch,
     rung TEXT NOT NULL CHECK (rung IN ('stored', 'received')), channel TEXT NOT NULL CHECK (channel IN ('phone', 'mail', 'portal')),
     said_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL, officer TEXT NOT NULL,
     evidence_sha256 TEXT, evidence_bytes INTEGER, evidence_file TEXT,
     CHECK ((evidence_sha256 IS NULL) = (evidence_file IS NULL)), CHECK ((evidence_sha256 IS NULL) = (evidence_bytes IS NULL))) STRICT`,

  // What was told before a notice is published; the highest revision counts. Who said it, terms and reason stand with the
  // texts of the leaf. An issuer that the table does not know is ''.
  `CREATE TABLE told (leaf INTEGER PRIMARY KEY REFERENCES leaf, incident TEXT NOT NULL REFERENCES incident,
     subject TEXT NOT NULL CHECK (subject IN ('monitoring', 'waiver', 'publication', 'desk')),
     party_kind TEXT NOT NULL CHECK (party_kind IN ('issuer', 'recipient', 'desk')), party TEXT NOT NULL,
     revision INTEGER NOT NULL CHECK (revision > 0),
     outcome TEXT NOT NULL CHECK (outcome IN ('on', 'not-before', 'briefed', 'withdrawn', 'not-requested', 'requested',
       'granted', 'granted-with-terms', 'declined', 'no-answer', 'disputed', 'closed')),
     since INTEGER, day TEXT, said_at INTEGER NOT NULL, channel TEXT CHECK (channel IN ('phone', 'mail', 'portal')),
     recorded_at INTEGER NOT NULL, officer TEXT NOT NULL,
     evidence_sha256 TEXT, evidence_bytes INTEGER, evidence_file TEXT,
     CHECK ((outcome = 'on') = (since IS NOT NULL)), CHECK ((outcome = 'not-before') = (day IS NOT NULL)),
     CHECK ((subject = 'desk') = (party_kind = 'desk')), CHECK ((party_kind = 'desk') = (channel IS NULL)),
     CHECK ((evidence_sha256 IS NULL) = (evidence_file IS NULL)), CHECK ((evidence_sha256 IS NULL) = (evidence_bytes IS NULL)),
     UNIQUE (incident, party_kind, party, subject, revision)) STRICT`,
  ...waiverStatements,
  // Answers about references, each one once. Who sent one stands with the texts of its leaf.
  `CREATE TABLE response (leaf INTEGER PRIMARY KEY REFERENCES leaf, batch TEXT NOT NULL REFERENCES batch,
     sha256 TEXT NOT NULL UNIQUE, content_sha256 TEXT NOT NULL UNIQUE, bytes INTEGER NOT NULL, fingerprint TEXT,
     imported_at INTEGER NOT NULL, officer TEXT NOT NULL, resolved INTEGER NOT NULL CHECK (resolved >= 0),
     not_found INTEGER NOT NULL CHECK (not_found >= 0), changed INTEGER NOT NULL, differing INTEGER NOT NULL,
     nonce_differs TEXT CHECK (nonce_differs IN ('absent', 'other')), UNIQUE (leaf, batch)) STRICT`,
  // Of several answers about a reference the latest counts. No more than four digits of a card can be stored.
  `CREATE TABLE answer (response INTEGER NOT NULL, batch TEXT NOT NULL, record INTEGER NOT NULL, brand TEXT, issuer TEXT,
     last_four TEXT CHECK (length(last_four) = 4), reason TEXT,
     CHECK ((brand IS NULL) = (last_four IS NULL)), CHECK ((brand IS NULL) = (reason IS NOT NULL)),
     FOREIGN KEY (response, batch) REFERENCES response (leaf, batch), PRIMARY KEY (batch, record, response)) STRICT`,
  // References of a batch that nobody will resolve any more, as an officer said; why stands with the texts of the leaf.
  `CREATE TABLE response_settled (leaf INTEGER PRIMARY KEY REFERENCES leaf, batch TEXT NOT NULL REFERENCES batch,
     unanswered INTEGER NOT NULL CHECK (unanswered >= 0), not_found INTEGER NOT NULL CHECK (not_found >= 0),
     settled_at INTEGER NOT NULL, officer TEXT NOT NULL, CHECK (unanswered + not_found > 0)) STRICT`,

  // Answers about cards, each one once: what it says of cards that it does not name, and what stood once it had come.
  `CREATE TABLE card_answer (leaf INTEGER PRIMARY KEY REFERENCES leaf, batch TEXT NOT NULL REFERENCES batch, format TEXT NOT NULL,
     sha256 TEXT NOT NULL UNIQUE, content_sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, fingerprint TEXT, signed_at INTEGER,
     imported_at INTEGER NOT NULL, officer TEXT NOT NULL, rest TEXT CHECK (rest IN ('accepted', 'monitoring')),
     named INTEGER NOT NULL CHECK (named >= 0), changed INTEGER NOT NULL CHECK (changed >= 0),
     contradicted INTEGER NOT NULL CHECK (contradicted >= 0), standing TEXT NOT NULL, nonce_differs TEXT CHECK (nonce_differs IN ('absent', 'other')),
     part TEXT, sequence INTEGER, starts_again INTEGER NOT NULL, next_expected INTEGER, CHECK (part IN ('all', 'rejected')),
     CHECK ((fingerprint IS NULL) = (signed_at IS NULL)), UNIQUE (leaf, batch), UNIQUE (content_sha256, signed_at)) STRICT`,
  `CREATE INDEX card_answer_of_batch ON card_answer (batch)`,
  // Cards that an answer names, by record reference alone. Of several rows of a card that of the latest answer counts.
  `CREATE TABLE card_answer_row (answer INTEGER NOT NULL, batch TEXT NOT NULL, record INTEGER NOT NULL,
     state TEXT NOT NULL CHECK (state IN ('accepted', 'monitoring', 'returned')), reason TEXT,
     CHECK ((state = 'returned') = (reason IS NOT NULL)),
     FOREIGN KEY (answer, batch) REFERENCES card_answer (leaf, batch), PRIMARY KEY (batch, answer, record)) STRICT`,
  // Answers that were refused, until somebody settled it or the same file was taken in; nothing of their content.
  `CREATE TABLE refused_answer (leaf INTEGER PRIMARY KEY REFERENCES leaf, batch TEXT NOT NULL REFERENCES batch, code TEXT NOT NULL,
     line INTEGER, sha256 TEXT, refused_at INTEGER NOT NULL, officer TEXT NOT NULL, settled_leaf INTEGER REFERENCES leaf) STRICT`,
  // What was open about a batch of cards and waits for nobody any more; why stands with the texts of the leaf.
  `CREATE TABLE card_answer_settled (leaf INTEGER PRIMARY KEY REFERENCES leaf, batch TEXT NOT NULL REFERENCES batch,
     unanswered INTEGER NOT NULL CHECK (unanswered >= 0), returned INTEGER NOT NULL CHECK (returned >= 0),
     refused INTEGER NOT NULL CHECK (refused >= 0), settled_at INTEGER NOT NULL, officer TEXT NOT NULL,
     CHECK (unanswered + returned + refused > 0)) STRICT`,

  // Tests of recipients. Who read a file back stands with the texts of the leaf.
  `CREATE TABLE recipient_test (id TEXT PRIMARY KEY, leaf INTEGER NOT NULL UNIQUE REFERENCES leaf, recipient TEXT NOT NULL,
     combination TEXT NOT NULL, fingerprint TEXT NOT NULL, profile TEXT NOT NULL, file TEXT NOT NULL, bytes INTEGER NOT NULL,
     sha256 TEXT NOT NULL, wrapped_answer BLOB NOT NULL, made_at INTEGER NOT NULL,
     state TEXT NOT NULL CHECK (state IN ('unsent', 'awaiting-answer', 'read-back', 'misread', 'superseded')),
     misreadings INTEGER NOT NULL CHECK (misreadings >= 0), spoken_at INTEGER, answer_leaf INTEGER REFERENCES leaf,
     answer_sha256 TEXT, CHECK (answer_sha256 IS NULL OR answer_leaf IS NOT NULL),
     CHECK ((state = 'read-back') = (answer_leaf IS NOT NULL)), CHECK ((answer_leaf IS NULL) = (spoken_at IS NULL)),
     UNIQUE (id, recipient, state)) STRICT`,
  `CREATE INDEX recipient_test_of ON recipient_test (recipient, leaf)`,

  // Sources that were removed after their cards were handed over, by the digest they had.
  `CREATE TABLE source_removal (leaf INTEGER PRIMARY KEY REFERENCES leaf, sha256 TEXT NOT NULL, removed_at INTEGER NOT NULL) STRICT`,

  // An incident that was purged, and a purge that is under way. counts: what there was when it began; answers: by batch of
  // references what counted of its answers then.
  `CREATE TABLE incident_purge (incident TEXT PRIMARY KEY REFERENCES incident, leaf INTEGER NOT NULL UNIQUE REFERENCES leaf,
     started_at INTEGER NOT NULL, counts TEXT NOT NULL, answers TEXT NOT NULL, finished_leaf INTEGER REFERENCES leaf, finished_at INTEGER,
     CHECK ((finished_leaf IS NULL) = (finished_at IS NULL))) STRICT`,
  // Questions of callers that were answered: who asked and when, never what for.
  `CREATE TABLE look_up (leaf INTEGER PRIMARY KEY REFERENCES leaf, officer TEXT NOT NULL, origin TEXT NOT NULL,
     asked_at INTEGER NOT NULL) STRICT`,
  `CREATE INDEX look_up_by_time ON look_up (asked_at)`,

  // How often one and the same attempt was refused in an hour, so that a script fills no log and hides no other attempt.
  `CREATE TABLE refused_attempt (origin TEXT NOT NULL, actor TEXT NOT NULL, asked TEXT NOT NULL, code TEXT NOT NULL,
     hour INTEGER NOT NULL, attempts INTEGER NOT NULL CHECK (attempts > 0),
     PRIMARY KEY (origin, actor, asked, code, hour)) STRICT`,
  // What was told of keys that end: once for each key, end and threshold.
  `CREATE TABLE key_warning (leaf INTEGER PRIMARY KEY REFERENCES leaf, purpose TEXT NOT NULL, key TEXT NOT NULL,
     ends_at INTEGER NOT NULL, days INTEGER NOT NULL CHECK (days IN (90, 30, 7, 0)), UNIQUE (purpose, key, ends_at, days)) STRICT`,
  // Our keys of a purpose (of the log, whole verifier keys as fingerprints) once another followed that of init, which
  // is number 1: one is used, and at most one on its way out.
  `CREATE TABLE own_key (purpose TEXT NOT NULL CHECK (purpose IN ('openpgp', 'sftp', 'log')), number INTEGER NOT NULL CHECK (number > 0),
     fingerprint TEXT NOT NULL UNIQUE,
     state TEXT NOT NULL CHECK (state IN ('in-use', 'retiring', 'retired')), leaf INTEGER UNIQUE REFERENCES leaf, made_at INTEGER,
     CHECK ((number = 1) = (leaf IS NULL)), CHECK ((leaf IS NULL) = (made_at IS NULL)),
     CHECK (number > 1 OR state <> 'in-use'), PRIMARY KEY (purpose, number)) STRICT`,
  `CREATE UNIQUE INDEX own_key_one_of_each ON own_key (purpose, state) WHERE state IN ('in-use', 'retiring')`,
  ...configurationStatements,
];
