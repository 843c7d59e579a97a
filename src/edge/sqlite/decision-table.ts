/** Columns of `decision`. */
export interface DecisionTable {
  handoff: string;
  requester: string;
  officer: string;
  decision: 'approve' | 'decline';
  plan_sha256: string;
  statement: Uint8Array;
  signature: Uint8Array;
  fingerprint: string;
  decided_at: number;
  valid_until: number;
  /** That of the handoff. */
  mode: 'drill' | 'live';
  /** The adopted configuration that has the officer as an approver; of every live approval. */
  approver_in: string | null;
  approver_in_state: 'adopted' | null;
}
