import type { OurKeyFile } from './own-keys.ts';

/** As at `init`. */
export type OpenpgpKeyKind = 'rsa4096' | 'ed25519';

/** Everything the CDE process needs to make a key that follows ours, but no secret. */
export interface NewKeyJob {
  readonly organisation: string;
  readonly kind: OpenpgpKeyKind;
  readonly createdAt: string;
  readonly workspaceKeyPath: string;
  /** The key in use, which vouches for the new one. */
  readonly openpgpKeys: readonly OurKeyFile[];
  readonly workspaceId: string;
}

/** A key as it is kept: the private half under the workspace passphrase, all of it armored. */
export interface MadeOpenpgpKey {
  readonly fingerprint: string;
  readonly certificate: string;
  readonly privateKey: string;
  readonly revocationCertificate: string;
  /** Whether the certificate carries a certification by the key in use; one that has expired can make none. */
  readonly isVouchedFor: boolean;
}

/**
 * Makes an OpenPGP key in the process that alone opens ours.
 *
 * Throws `passphrase-wrong`, `key-file-altered`, `key-unreadable`, `card-process-died`.
 */
export interface OpenpgpKeyMaker {
  makeOpenpgpKey(
    job: NewKeyJob,
    passphrase: Uint8Array,
    signal?: AbortSignal,
  ): Promise<MadeOpenpgpKey>;
}
