/** Where a caller's card number comes from. It never passes through this process. */
export type NumberPlace = 'terminal' | 'standard-input';

/** Everything the CDE process needs to recognise one card number, but no secret. */
export interface NumberJob {
  readonly from: NumberPlace;
  /** The question at the terminal, in the reader's language. */
  readonly prompt: string;
  /** Incidents that are looked through, each with its keyed-hash key, wrapped, in hex. */
  readonly incidents: readonly { readonly id: string; readonly wrappedKey: string }[];
  readonly workspaceKeyPath: string;
  readonly workspaceId: string;
}

/** The keyed hash of the number under the key of each incident, in hex, by the incident's id. */
export interface HashedNumber {
  readonly hashes: Readonly<Record<string, string>>;
  /**
   * Why it may have been misheard: not a length of its brand, or a check digit that does not fit. An issuer table may know
   * brands with other rules, so only a number that is found nowhere is refused for it.
   */
  readonly doubt?: 'length' | 'check-digit';
}

/**
 * Asks for one card number in the process that may see it, without echo, and hands out its keyed hashes alone.
 *
 * Throws `lookup-number-unreadable`, `terminal-needed`, `interrupted`, `passphrase-wrong`, `wrapped-key-altered`,
 * `card-process-died`.
 */
export interface CardNumberHasher {
  hashNumber(job: NumberJob, passphrase: Uint8Array, signal?: AbortSignal): Promise<HashedNumber>;
}
