import type { WordEvidence } from '../../exchange/delivery/word-register.ts';

/** Columns of the file that backs a person's word: all of them, or none. */
export interface EvidenceColumns {
  evidence_sha256: string | null;
  evidence_bytes: number | null;
  evidence_file: string | null;
}

export function evidenceColumns(evidence: WordEvidence | undefined): EvidenceColumns {
  return {
    evidence_sha256: evidence?.sha256 ?? null,
    evidence_bytes: evidence?.bytes ?? null,
    evidence_file: evidence?.file ?? null,
  };
}

export function evidenceIn(row: EvidenceColumns): WordEvidence | undefined {
  const { evidence_sha256: sha256, evidence_bytes: bytes, evidence_file: file } = row;
  if (sha256 === null || bytes === null || file === null) return undefined;
  return { sha256, bytes, file };
}
