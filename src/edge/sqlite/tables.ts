import type { AnswerTables } from './answer-tables.ts';
import type { DecisionTable } from './decision-table.ts';
import type { EvidenceColumns } from './evidence-columns.ts';
import type { RefusedAttemptTable } from './refused-attempt-table.ts';
import type { KeyWarningTable, OwnKeyTable } from './key-tables.ts';
import type { PickupTables } from './pickup-tables.ts';
import type { RecallTables } from './recall-tables.ts';
import type { ServeTables } from './serve-tables.ts';
import type {
  ApprovedRecipientTable,
  ConfigurationApprovalTable,
  ConfigurationApproverTable,
  ConfigurationVersionTable,
} from './configuration-tables.ts';
import type { RecipientTestState } from '../../domain/recipients/recipient-test.ts';

/**
 * Column types of the database. Three kinds only, so that PostgreSQL can follow: text, whole numbers (instants are
 * milliseconds since 1970 UTC, flags are 0 or 1) and bytes.
 */
export interface Tables extends AnswerTables, PickupTables, RecallTables, ServeTables {
  workspace: { name: string; value: string };
  leaf: { number: number; bytes: Uint8Array; hash: Uint8Array };
  node: { level: number; number: number; hash: Uint8Array };
  checkpoint: { size: number; root: Uint8Array; note: string; signed_at: number };
  leaf_text: { leaf: number; field: string; text: string };
  signed_command: {
    sha256: string;
    leaf: number;
    nonce: string;
    officer: string;
    command: string;
    statement: Uint8Array;
    signature: Uint8Array;
    fingerprint: string;
    made_at: number;
  };
  incident: {
    id: string;
    document: string;
    state: 'open' | 'closed';
    opened_at: number;
    wrapped_key: Uint8Array | null;
    next_reference: number;
  };
  clock_entry: {
    incident: string;
    subject: string;
    revision: number;
    outcome: 'happened' | 'withdrawn' | 'met' | 'set-aside' | 'reopened';
    at: number | null;
    officer: string;
    recorded_at: number;
  };
  incident_version: {
    incident: string;
    leaf: number;
    document: string;
    sha256: string;
    replaced_at: number;
    to_read: number | null;
  };
  handoff: HandoffTable;
  decision: DecisionTable;
  configuration_version: ConfigurationVersionTable;
  configuration_approval: ConfigurationApprovalTable;
  configuration_drop: { sha256: string; leaf: number; officer: string; dropped_at: number };
  approved_recipient: ApprovedRecipientTable;
  configuration_approver: ConfigurationApproverTable;
  emergency: EmergencyTable;
  source: {
    handoff: string;
    number: number;
    name: string;
    kind: string;
    bytes: number;
    sha256: string;
    spec_sha256: string;
    records: number;
    encoding: string;
    sender: string | null;
    form: string;
    received: string | null;
  };
  key_warning: KeyWarningTable;
  own_key: OwnKeyTable;
  refused_attempt: RefusedAttemptTable;
  incident_purge: IncidentPurgeTable;
  source_removal: { leaf: number; sha256: string; removed_at: number };
  batch: BatchTable;
  card_page: { batch: string; number: number; first: number; cards: number; rows: Uint8Array };
  hash_page: { batch: string; first_hash: Uint8Array; cards: number; rows: Uint8Array };
  relied_page: {
    handoff: string;
    batch: string;
    cards: number;
    hashes: Uint8Array;
    is_repeated: 0 | 1;
  };
  finding_page: { handoff: string; number: number; findings: number; rows: Uint8Array };
  attempt: AttemptTable;
  allotted_name: AllottedNameTable;
  control_file: ControlFileTable;
  batch_checkpoint: { batch: string; size: number };
  batch_withdrawn: { batch: string; leaf: number; officer: string };
  notice: { incident: string; merchant: string; reference: string; step: string; at: number };
  reference_page: { handoff: string; number: number; rows: Uint8Array };
  person_page: { handoff: string; number: number; first_tag: Uint8Array; rows: Uint8Array };
  recipient_test: RecipientTestTable;
  persons_word: PersonsWordTable;
  told: ToldTable;
  look_up: { leaf: number; officer: string; origin: string; asked_at: number };
  response: ResponseTable;
  response_settled: {
    leaf: number;
    batch: string;
    unanswered: number;
    not_found: number;
    settled_at: number;
    officer: string;
  };
  answer: {
    response: number;
    batch: string;
    record: number;
    brand: string | null;
    issuer: string | null;
    last_four: string | null;
    reason: string | null;
  };
}

interface ResponseTable {
  leaf: number;
  batch: string;
  sha256: string;
  content_sha256: string;
  bytes: number;
  fingerprint: string | null;
  imported_at: number;
  officer: string;
  resolved: number;
  not_found: number;
  changed: number;
  differing: number;
  /** How it differs from the nonce of the file, where that was accepted. */
  nonce_differs: string | null;
}

interface PersonsWordTable extends EvidenceColumns {
  leaf: number;
  batch: string;
  rung: string;
  channel: string;
  said_at: number;
  recorded_at: number;
  officer: string;
}

interface ToldTable extends EvidenceColumns {
  leaf: number;
  incident: string;
  subject: string;
  party_kind: string;
  party: string;
  revision: number;
  outcome: string;
  since: number | null;
  day: string | null;
  said_at: number;
  channel: string | null;
  recorded_at: number;
  officer: string;
}

interface RecipientTestTable {
  id: string;
  leaf: number;
  recipient: string;
  combination: string;
  fingerprint: string;
  profile: string;
  file: string;
  bytes: number;
  sha256: string;
  wrapped_answer: Uint8Array;
  made_at: number;
  state: RecipientTestState;
  misreadings: number;
  spoken_at: number | null;
  answer_leaf: number | null;
  /** Of a file that answered; what was said over the phone has none. */
  answer_sha256: string | null;
}

interface HandoffTable {
  id: string;
  incident: string;
  state: 'preparing' | 'undecided' | 'decided' | 'nothing-to-send';
  mode: 'drill' | 'live';
  requester: string;
  prepared_at: number;
  lease_until: number | null;
  outcome: string | null;
  plan: Uint8Array | null;
  plan_sha256: string | null;
  plan_signature: Uint8Array | null;
  review: Uint8Array | null;
  review_sha256: string | null;
  report: string | null;
}

interface EmergencyTable {
  handoff: string;
  requester: string;
  plan_sha256: string;
  statement: Uint8Array;
  signature: Uint8Array;
  fingerprint: string;
  declared_at: number;
  due_at: number;
  is_open: 0 | 1;
  closed_at: number | null;
  overdue_leaf: number | null;
}

interface BatchTable {
  id: string;
  handoff: string;
  incident: string;
  recipient: string;
  file: string;
  bytes: number;
  sha256: string;
  /** What an answer names that repeats the nonce of the file; a purge forgets it. */
  nonce_sha256: string | null;
  subject: 'references' | null;
  cards: number;
  first_reference: number;
  issuers: string;
  state: string;
  fence: number;
  lease_until: number | null;
  leased_by: string | null;
  attempts: number;
  publishing_name: string | null;
  evidence: string | null;
  fault: string | null;
  changed_at: number;
  /** When its recipient could first have it; a failed attempt forgets it, nothing else does. */
  available_at: number | null;
  mode: 'drill' | 'live';
  tested_by: string | null;
  tested_state: 'read-back' | null;
  approved_in: string | null;
  /** Of a batch that may have left in what the log has lost: the leaf of the recovery. */
  doubted_leaf: number | null;
}

interface AllottedNameTable {
  batch: string;
  leaf: number;
  recipient: string;
  period: string;
  sequence: number | null;
  place: string;
  name: string;
  is_used: 0 | 1;
}

interface ControlFileTable {
  batch: string;
  name: string;
  step: 'owed' | 'announced';
  temporary_name: string | null;
  evidence: string;
}

interface AttemptTable {
  batch: string;
  number: number;
  fence: number;
  temporary_name: string;
  started_at: number;
  ended_at: number | null;
  outcome: string | null;
  evidence: string | null;
}

interface IncidentPurgeTable {
  incident: string;
  leaf: number;
  started_at: number;
  counts: string;
  answers: string;
  finished_leaf: number | null;
  finished_at: number | null;
}
