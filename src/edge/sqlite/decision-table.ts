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
  valid_until: number | null;
}
