import type { RoutedRecipient } from '../handoff/card-process.ts';
import type { OurKeyFile } from '../keys/own-keys.ts';

/** Everything the CDE process needs to make a test file, but no secret. */
export interface TestFileJob {
  readonly recipient: RoutedRecipient;
  readonly createdAt: string;
  readonly sender: string;
  readonly contact: string;
  readonly timeZone: string;
  readonly workspaceKeyPath: string;
  readonly openpgpKeys: readonly OurKeyFile[];
  readonly workspaceId: string;
}

/** A sealed test file, small enough to be held. */
export interface TestFile {
  readonly test: string;
  readonly file: string;
  readonly sealed: Uint8Array;
  /** SHA-256 of the sealed bytes, lower-case hexadecimal. */
  readonly sha256: string;
  /** What the recipient will read back or send back (`encodeTestAnswer`), wrapped for `recipient-test/<test>`. */
  readonly wrappedAnswer: Uint8Array;
}

/**
 * Makes test files: published test numbers drawn at random, in the recipient's own profile, marked TEST, sealed with
 * our key to the pinned certificate. The numbers are drawn where nobody can look, and what they read leaves that
 * process wrapped: who sends the file cannot know the answer.
 *
 * Throws `recipient-test-unreadable` for a profile that shows no last four digits, what sealing and writing profiles
 * throw, `passphrase-wrong`, `card-process-died`.
 */
export interface TestSealer {
  sealTest(job: TestFileJob, passphrase: Uint8Array, signal?: AbortSignal): Promise<TestFile>;
}
