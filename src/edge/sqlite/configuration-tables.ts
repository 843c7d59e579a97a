import type { ConfigurationState } from '../../exchange/configuration/configuration-versions.ts';

/** A row of a configuration as it was proposed. */
export interface ConfigurationVersionTable {
  sha256: string;
  replaces: string | null;
  document: Uint8Array;
  leaf: number;
  proposer: string;
  proposer_fingerprint: string;
  signature: Uint8Array;
  proposed_at: number;
  state: ConfigurationState;
  number: number | null;
  effective_from: number | null;
  adopted_by: string | null;
  started_leaf: number | null;
  cooling_off_ms: number;
  /** Of the version that it replaces. */
  replaced_cooling_off_ms: number | null;
  is_guarded: 0 | 1;
  /** The instant of the approval that adopted it, and whether that one asked for haste. */
  adopted_at: number | null;
  is_emergency: 0 | 1 | null;
  /** The version whose approvers may approve it: what it replaces, or itself where it is the first. */
  approvers_in: string;
}

/** A row of an approver in a version, adopted or not. */
export interface ConfigurationApproverTable {
  configuration: string;
  officer: string;
  fingerprint: string;
  valid_until: number;
}

/** A row of a recipient in a version that was adopted. */
export interface ApprovedRecipientTable {
  configuration: string;
  state: 'adopted';
  recipient: string;
}

/** A row of one officer's approval. */
export interface ConfigurationApprovalTable {
  sha256: string;
  proposer: string;
  proposer_fingerprint: string;
  officer: string;
  fingerprint: string;
  statement: Uint8Array;
  signature: Uint8Array;
  leaf: number;
  is_emergency: 0 | 1;
  approved_at: number;
  approver_in: string;
  /** Null of the first version, whose own approvers approve it. */
  approver_in_state: 'adopted' | null;
  valid_until: number;
}
