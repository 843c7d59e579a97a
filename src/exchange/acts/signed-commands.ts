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

/** Commands that officers signed: those that were run, and statements that wait for a signature made elsewhere. */
export interface SignedCommands {
  /** Stores it with its leaf, before the command does anything. Throws `statement-used` for a nonce that was used. */
  add(signed: SignedCommand, act: ActRecord): Promise<void>;
  /** Those whose statements have these digests, in the order in which they were run. */
  get(sha256: readonly string[]): Promise<readonly SignedCommand[]>;
  /** Keeps a statement until it comes back signed. Returns its path. */
  putWaiting(name: string, statement: Uint8Array): Promise<string>;
  /** Statements that wait, by their names. */
  waiting(): Promise<readonly { readonly name: string; readonly statement: Uint8Array }[]>;
  removeWaiting(name: string): Promise<void>;
}
