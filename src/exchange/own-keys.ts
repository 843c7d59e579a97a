import type { ActRecord } from './act-record.ts';

/** A key to log in at recipients with, as the database knows it. */
export interface OwnKey {
  /** 1 for the one that `init` made. */
  readonly number: number;
  /** As OpenSSH prints it. */
  readonly fingerprint: string;
  readonly state: 'in-use' | 'retiring' | 'retired';
  /** Undefined for the one of `init`. */
  readonly madeAt: Date | undefined;
}

/** Which of our SFTP keys are used. The files hold keys; which of them counts is told here alone. */
export interface OwnKeys {
  /** By number. Empty until a key follows the one of `init`. */
  list(): Promise<readonly OwnKey[]>;
  /**
   * Puts a key in use; the one that was, `before`, retires. With the leaf, in one transaction. Throws KeyLifeFault
   * `key-still-retiring`.
   */
  rotate(
    before: Pick<OwnKey, 'number' | 'fingerprint'>,
    next: { readonly number: number; readonly fingerprint: string; readonly madeAt: Date },
    act: ActRecord,
  ): Promise<void>;
  /** Throws KeyLifeFault `key-not-retiring`. */
  retire(number: number, act: ActRecord): Promise<void>;
}

export type SftpKeyKind = 'ed25519' | 'rsa-3072';

/** Keys as files. A file that no row names is nobody's key. */
export interface SftpKeyFiles {
  /** Makes a key pair and stores it wrapped, under this number or, where a file has it already, the next one that is free. */
  make(number: number, kind: SftpKeyKind): Promise<Pick<OwnKey, 'number' | 'fingerprint'>>;
  /** Removes the private half; does nothing where there is none. */
  remove(number: number): Promise<void>;
}

/** The key that counts: its number is 1 until another follows. */
export function currentNumber(keys: readonly OwnKey[]): number {
  return keys.find(({ state }) => state === 'in-use')?.number ?? 1;
}
