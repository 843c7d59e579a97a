import type { RecallFile } from '../../domain/recalls/recall-file.ts';
import type { RoutedRecipient } from '../handoff/card-process.ts';
import type { OurKeyFile } from '../keys/own-keys.ts';

/** One recall file to be sealed; the process that seals draws id and nonce of its batch. */
export interface RecallOrder {
  readonly recipient: RoutedRecipient;
  readonly recall: Omit<RecallFile, 'batch' | 'nonce' | 'runs'> & {
    /** Base64 of the runs. */
    readonly runs: string;
  };
}

/** Everything the CDE process needs to seal recall files, but no secret. It reads no card for it. */
export interface RecallJob {
  readonly orders: readonly RecallOrder[];
  readonly outbox: string;
  readonly workspaceKeyPath: string;
  readonly openpgpKeys: readonly OurKeyFile[];
  readonly workspaceId: string;
}

/** A recall file as it lies in the outbox. */
export interface SealedRecall {
  readonly batch: string;
  readonly file: string;
  readonly bytes: number;
  /** Of the sealed bytes, lower-case hexadecimal. */
  readonly sha256: string;
  /** Of the nonce that stands in it. */
  readonly nonceSha256: string;
}

/**
 * Writes sealed recall files into the outbox, in the process that alone opens our OpenPGP key: one for each order, in their
 * order. Throws what sealing and writing throw, `passphrase-wrong`, `card-process-died`; files that were written by then
 * are nobody's.
 */
export interface RecallSealer {
  sealRecalls(
    job: RecallJob,
    passphrase: Uint8Array,
    signal?: AbortSignal,
  ): Promise<readonly SealedRecall[]>;
}
