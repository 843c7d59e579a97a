/** Tables of recall-schema.ts. */
export interface RecallTables {
  recall_proposal: {
    batch: string;
    cards: number;
    untold: number;
    leaf: number;
    settled_leaf: number | null;
    /** As domain/recalls/recalled-runs.ts draws them; null where they are not known, or once the incident was purged. */
    out_runs: Uint8Array | null;
    untold_runs: Uint8Array | null;
  };
  recall_settled: { leaf: number; batch: string };
  recall: {
    batch: string;
    recalled: string;
    basis: string;
    /** As domain/recalls/recalled-runs.ts draws them; empty once the incident was purged. */
    runs: Uint8Array;
    proposal: number | null;
  };
}
