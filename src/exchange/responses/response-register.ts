import type { AnswerCounts } from '../../domain/responses/answer-counts.ts';
import type { AnswerRow } from '../../domain/responses/resolved-answer.ts';
import type { ActRecord } from '../acts/act-record.ts';
import type { ReadAnswer } from './answer-reader.ts';

/** An answer that was imported. */
export interface ResponseRow {
  readonly batch: string;
  readonly handoff: string;
  readonly incident: string;
  readonly recipient: string;
  readonly sha256: string;
  readonly contentSha256: string;
  readonly bytes: number;
  /** The certificate that signed it; undefined for one that came in clear. */
  readonly fingerprint: string | undefined;
  /** Who sent it, as the officer noted it; undefined where nobody did, or once the text was purged. */
  readonly answeredBy: string | undefined;
  readonly officer: string;
  readonly importedAt: Date;
  readonly resolved: number;
  readonly notFound: number;
  readonly changed: number;
  readonly differing: number;
}

export type NewResponse = Omit<ResponseRow, 'answeredBy'> & Pick<ReadAnswer, 'nonceDiffers'>;

/** What was imported for a batch by a moment: another answer is judged by it. */
export interface StandingAnswers {
  /** Leaf of the newest answer; 0 where there is none. */
  readonly leaf: number;
  /** Whether one of them was signed. */
  readonly isSigned: boolean;
}

/** References of a batch that an officer said nobody will resolve any more. */
export interface Settlement {
  readonly unanswered: number;
  readonly notFound: number;
  readonly officer: string;
  readonly settledAt: Date;
  /** Undefined once purged. */
  readonly reason: string | undefined;
}

export type NewSettlement = Omit<Settlement, 'reason'> & { readonly batch: string };

/** How far a batch was settled. */
export interface SettledAnswers {
  /** The latest. */
  readonly settlement: Settlement;
  /** References that an answer which came after it did not find. */
  readonly notFoundSince: number;
}

/** Answers of recipients and what they say of each reference. Only ever added to. */
export interface ResponseRegister {
  /**
   * Keeps an answer with its rows; its leaf is in the same transaction. Throws `response-known` for one whose bytes or
   * content were imported before, for whatever batch, and `response-overtaken` when a newer answer about the batch
   * stands than `seen`, the leaf of the newest by which this one was judged.
   */
  add(
    response: NewResponse,
    rows: readonly AnswerRow[],
    act: ActRecord,
    seen: number,
  ): Promise<void>;
  /** To be read before `answersOf`, so that no answer that comes between is overlooked. Throws `incident-purged`. */
  standing(batch: string): Promise<StandingAnswers>;
  /**
   * With its leaf. Throws `response-overtaken` when a newer answer about the batch stands than `seen`, and
   * `incident-purged`.
   */
  settle(settlement: NewSettlement, act: ActRecord, seen: number): Promise<void>;
  /** Undefined for a batch that was never settled. */
  settled(batch: string): Promise<SettledAnswers | undefined>;
  /** Records an act about an answer that was refused. */
  note(act: ActRecord): Promise<void>;
  /** The batch for which bytes with one of these digests were imported; undefined for new ones. */
  known(sha256: string, contentSha256: string): Promise<string | undefined>;
  /** Oldest first; of one batch, or of all. */
  list(batch?: string): Promise<readonly ResponseRow[]>;
  /** What counts of each reference of a batch: its latest row, in the order of record references. */
  answersOf(batch: string): Promise<readonly AnswerRow[]>;
  /** What counted when the purge of its incident began; undefined for a batch of any other incident. */
  countsOfPurged(batch: string): Promise<AnswerCounts | undefined>;
}

/** What it takes to tell how far batches are answered. */
export type AnswersRead = Pick<
  ResponseRegister,
  'answersOf' | 'settled' | 'countsOfPurged' | 'list'
>;
