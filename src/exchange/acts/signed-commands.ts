import type { SignableCommand } from '../../domain/audit/command-statement.ts';
import type { ActRecord } from './act-record.ts';

/** One command that an officer signed. */
export interface SignedCommand {
  /** SHA-256 of the statement, in hex: what the leaves of the command name. */
  readonly sha256: string;
  readonly nonce: string;
  readonly officer: string;
  readonly command: string;
  readonly statement: Uint8Array;
  readonly signature: Uint8Array;
  readonly fingerprint: string;
  readonly madeAt: Date;
}

/** One that was run, and what was said with it; undefined once that was purged. */
export type StoredCommand = SignedCommand & { readonly said: Uint8Array | undefined };

/** A statement that waits for a signature made elsewhere. */
export type WaitingCommand = SignableCommand & { readonly name: string };

/** Commands that officers signed: those that were run, and statements that wait for a signature made elsewhere. */
export interface SignedCommands {
  /**
   * Stores it with its leaf, before the command does anything; of what was said with it nothing where that names an
   * incident that was purged. Throws `statement-used` for a nonce that was used.
   */
  add(signed: SignedCommand, act: ActRecord): Promise<void>;
  /** Those whose statements have these digests, in the order in which they were run. */
  get(sha256: readonly string[]): Promise<readonly StoredCommand[]>;
  /**
   * Keeps a statement until it comes back signed. Returns its path; what was said lies beside it. Throws `incident-purged`
   * where that names an incident that was purged, or is being purged.
   */
  putWaiting(name: string, command: SignableCommand): Promise<string>;
  /** Statements that wait, by their names. */
  waiting(): Promise<readonly WaitingCommand[]>;
  removeWaiting(name: string): Promise<void>;
  /** Removes all that wait, also parts of them. */
  forgetWaiting(): Promise<void>;
}
