import type { AnswerRow } from '../domain/responses/resolved-answer.ts';
import type { PinnedSender } from './card-process.ts';

/** Everything the CDE process needs to read an answer, but no secret. */
export interface AnswerJob {
  readonly path: string;
  readonly handoff: string;
  readonly batch: string;
  /** Whose signature counts: the recipient of the batch, with the certificate that is pinned now. */
  readonly recipient: PinnedSender;
  /** Milliseconds since 1970: a signature made earlier answers something else. */
  readonly signedFrom: number;
  /** In a drill, or where an officer gave a reason: an answer in clear is parsed. */
  readonly acceptsUnsigned: boolean;
  readonly workspaceKeyPath: string;
  readonly openpgpKeyPath: string;
  readonly workspaceId: string;
}

/** An answer that was read; nothing of it is stored yet. */
export interface ReadAnswer {
  /** Of the file as it came. */
  readonly bytes: number;
  readonly sha256: string;
  /** SHA-256 of the clear bytes: the same answer encrypted anew is the same answer. */
  readonly contentSha256: string;
  /** Whether it came encrypted to us and signed by the recipient. */
  readonly isSigned: boolean;
  readonly rows: readonly AnswerRow[];
}

/**
 * Reads an answer in the process that may see card numbers, since one may stand in it by mistake. It has to be of this
 * handoff and batch.
 *
 * Throws `response-*` of domain/responses, `source-*` of opening an OpenPGP message, `passphrase-wrong`,
 * `card-process-died`.
 */
export interface AnswerReader {
  readAnswer(job: AnswerJob, passphrase: Uint8Array, signal?: AbortSignal): Promise<ReadAnswer>;
}
