/** What was fixed when the workspace was made, as the database keeps it. */
export interface WorkspaceFacts {
  readonly id: string;
  readonly mode: 'drill' | 'live';
  /** Fingerprint of our OpenPGP certificate. */
  readonly signer: string;
  /** Verifier key of the log (C2SP). */
  readonly vkey: string;
}
