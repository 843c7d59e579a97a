import type { AnswerFormat } from '../../domain/responses/answer-format.ts';
import type { AnsweredList, CardAnswer } from '../../domain/responses/card-answer.ts';
import type { CardSayings } from '../../domain/responses/standing-cards.ts';
import type { AnswerRow } from '../../domain/responses/resolved-answer.ts';
import type { PinnedSender } from '../handoff/card-process.ts';
import type { OurKeyFile } from '../keys/own-keys.ts';

/** A batch that an answer may speak of. */
export interface AskedBatch {
  readonly handoff: string;
  readonly batch: string;
  /** Milliseconds since 1970: a signature made earlier answers something else. */
  readonly signedFrom: number;
  /** SHA-256 of the nonce that stands in its file; absent: none does. */
  readonly nonceSha256?: string | undefined;
  /** Of a batch of cards; `runs` as base64. Absent: it holds references. */
  readonly list?: Omit<AnsweredList, 'runs'> & { readonly runs?: string };
}

/** Everything the CDE process needs to read an answer, but no secret. */
export interface AnswerJob {
  readonly path: string;
  /** The answer says of which of them it speaks, and it has to be one of them. Never empty. */
  readonly batches: readonly AskedBatch[];
  /** Whose signature counts: the recipient of all of them, with the certificate that is pinned now. */
  readonly recipient: PinnedSender;
  /** How the recipient writes of cards. */
  readonly format: AnswerFormat;
  readonly mode: 'drill' | 'live';
  /** In a drill, or where an officer gave a reason: an answer in clear is parsed. */
  readonly acceptsUnsigned: boolean;
  /** Also one that is encrypted to us and signed by nobody known: we encrypted it as it came, or an officer gave a reason. */
  readonly acceptsSealedUnsigned: boolean;
  /** An officer gave a reason: an answer that does not name the nonce of the file is parsed. */
  readonly acceptsOtherNonce: boolean;
  readonly workspaceKeyPath: string;
  readonly openpgpKeys: readonly OurKeyFile[];
  readonly workspaceId: string;
}

/** It names no nonce where the file holds one, or another one than the file. */
export type NonceDifference = 'absent' | 'other';

/** An answer that was read; nothing of it is stored yet. */
export interface ReadAnswer {
  /** Of which batch it speaks. */
  readonly batch: string;
  /** Of the file as it came. */
  readonly bytes: number;
  readonly sha256: string;
  /** SHA-256 of the clear bytes: the same answer encrypted anew is the same answer. */
  readonly contentSha256: string;
  /** Whether it came encrypted to us and signed by the recipient. */
  readonly isSigned: boolean;
  /** Milliseconds since 1970 when it was signed, as its signature says; undefined for one in clear. */
  readonly signedAt?: number | undefined;
  /** How it differs from the nonce of the file, where that was accepted. */
  readonly nonceDiffers?: NonceDifference | undefined;
  /** Of references; none for an answer about cards. */
  readonly rows: readonly AnswerRow[];
  /** What an answer about cards says of them. */
  readonly cards?: CardSayings & Partial<Pick<CardAnswer, 'part' | 'sequence' | 'nextExpected'>>;
}

/**
 * Reads an answer in the process that may see card numbers, since one may stand in it by mistake. It has to be of one of
 * these batches.
 *
 * Throws `response-*` of domain/responses, `source-*` of opening an OpenPGP message, `passphrase-wrong`,
 * `card-process-died`.
 */
export interface AnswerReader {
  readAnswer(job: AnswerJob, passphrase: Uint8Array, signal?: AbortSignal): Promise<ReadAnswer>;
}
