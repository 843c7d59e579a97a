import type { Weakness } from '../keys/certificates.ts';
import type { OurKeyFile } from '../keys/own-keys.ts';

/** Everything the CDE process needs to open a file that answers a test, but no secret. */
export interface AnswerFileJob {
  readonly path: string;
  readonly recipient: string;
  readonly test: string;
  /** Base64; as `TestFile` has it. */
  readonly wrappedAnswer: string;
  /** The recipient's pinned certificate: no other signature is accepted. */
  readonly signer: {
    readonly certificate: string;
    readonly fingerprint: string;
    readonly allow: readonly Weakness[];
  };
  /** Milliseconds since 1970: a signature made earlier answers something else. */
  readonly signedFrom: number;
  readonly workspaceKeyPath: string;
  readonly openpgpKeys: readonly OurKeyFile[];
  readonly workspaceId: string;
}

/** A file that was encrypted to us and signed by the recipient. */
export interface OpenedAnswer {
  /** Whether it holds exactly what the test file held. */
  readonly isSame: boolean;
  /** SHA-256 of the file as it came, and its size. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Opens answers to test files where our key may be used. Throws `source-*`, `passphrase-wrong`, `card-process-died`. */
export interface TestAnswerOpener {
  openAnswer(
    job: AnswerFileJob,
    passphrase: Uint8Array,
    signal?: AbortSignal,
  ): Promise<OpenedAnswer>;
}
