import type { AnswerPart } from '../../domain/responses/paired-answers.ts';
import type { EvidenceColumns } from './evidence-columns.ts';

/** Columns of what recipients answered about cards, and what was told of waivers, as schema.ts makes them. */
export interface AnswerTables {
  waiver_terms: {
    leaf: number;
    fee_by: string | null;
    unit_price: number | null;
    cap: number | null;
    currency: string | null;
    reissued: string | null;
    from_day: string | null;
    until_day: string | null;
  };
  waiver_exception: EvidenceColumns & {
    leaf: number;
    incident: string;
    issuer: string;
    said_at: number;
    channel: string;
    recorded_at: number;
    officer: string;
  };
  card_exception: { leaf: number; batch: string; record: number; exception: string };
  card_answer: CardAnswerTable;
  card_answer_row: {
    answer: number;
    batch: string;
    record: number;
    state: string;
    reason: string | null;
  };
  refused_answer: {
    leaf: number;
    batch: string;
    code: string;
    line: number | null;
    sha256: string | null;
    refused_at: number;
    officer: string;
    settled_leaf: number | null;
  };
  card_answer_settled: {
    leaf: number;
    batch: string;
    unanswered: number;
    returned: number;
    refused: number;
    settled_at: number;
    officer: string;
  };
}

interface CardAnswerTable {
  leaf: number;
  batch: string;
  format: string;
  sha256: string;
  content_sha256: string;
  bytes: number;
  fingerprint: string | null;
  signed_at: number | null;
  imported_at: number;
  officer: string;
  rest: string | null;
  part: AnswerPart | null;
  sequence: number | null;
  starts_again: 0 | 1;
  /** How it differs from the nonce of the file, where that was accepted. */
  nonce_differs: string | null;
  next_expected: number | null;
  named: number;
  changed: number;
  contradicted: number;
  /** JSON. */
  standing: string;
}
