/** A key of the log that another one followed. */
export interface EarlierLogKey {
  readonly vkey: string;
  /** The entry by which the other one followed. */
  readonly followedAt: number;
}

/** What was fixed when the workspace was made, as the database keeps it. */
export interface WorkspaceFacts {
  readonly id: string;
  readonly mode: 'drill' | 'live';
  /** Fingerprint of our OpenPGP certificate. */
  readonly signer: string;
  /** Verifier key of the log (C2SP), the one that signs now. */
  readonly vkey: string;
  /** Keys of the log that it followed, the oldest first; absent where there are none. */
  readonly earlierKeys?: readonly EarlierLogKey[];
}
