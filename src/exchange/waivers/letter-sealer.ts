import type { RoutedRecipient } from '../handoff/card-process.ts';
import type { OurKeyFile } from '../keys/own-keys.ts';
import type { NewFolder } from '../workspace/new-folders.ts';

/** Everything the CDE process needs to seal the files of a letter, but no secret. It reads no card for it. */
export interface LetterJob {
  readonly recipient: RoutedRecipient;
  /** Where sealed files go. */
  readonly folder: string;
  readonly workspaceKeyPath: string;
  readonly openpgpKeys: readonly OurKeyFile[];
  readonly workspaceId: string;
}

/** What a letter is written into: a folder, or the seal. */
export type LetterTarget = Pick<NewFolder, 'write'>;

/** A sealed file as it lies in the folder. */
export interface SealedLetter {
  /** That of the clear file, and `.pgp`. */
  readonly name: string;
  readonly bytes: number;
  /** Of the sealed bytes, lower-case hexadecimal. */
  readonly sha256: string;
}

/**
 * Seals files in the process that alone opens our OpenPGP key, in the order in which `fill` writes them. What is clear goes
 * there piece by piece and onto no disk.
 *
 * Throws what `fill` throws, what sealing and writing throw, `passphrase-wrong`, `card-process-died`; files that were
 * written by then are nobody's.
 */
export interface LetterSealer {
  sealLetters<T>(
    job: LetterJob,
    passphrase: Uint8Array,
    fill: (into: LetterTarget) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<{ readonly filled: T; readonly sealed: readonly SealedLetter[] }>;
}
