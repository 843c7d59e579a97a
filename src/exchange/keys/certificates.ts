/** What may be weak about a certificate and still be accepted, if an officer recorded that for this recipient. */
export type Weakness = 'rsa-2048' | 'sha1-self-signature';

/** The key of a certificate that files are encrypted to. Often a subkey, sometimes the primary key itself. */
interface EncryptionSubkey {
  /** 40 upper-case hex digits. */
  readonly fingerprint: string;
  /** 16 upper-case hex digits: what the outside of a sealed file shows. */
  readonly keyId: string;
  readonly algorithm: string;
  readonly expiresAt: Date | undefined;
}

/** What was found in a certificate that passed. */
export interface Certificate {
  /** 40 upper-case hex digits. */
  readonly fingerprint: string;
  /** As the holder wrote them, control characters replaced: shown to people, never matched on. */
  readonly userIds: readonly string[];
  /** Primary key and encryption subkey: `RSA-4096`, `Ed25519/X25519`. */
  readonly algorithm: string;
  readonly createdAt: Date;
  /** The earliest end among primary key and encryption subkey; `undefined` when none is set. */
  readonly expiresAt: Date | undefined;
  /** `undefined` only for a certificate that was inspected for signing and cannot be encrypted to. */
  readonly encryptionSubkey: EncryptionSubkey | undefined;
  /** Weaknesses that were found *and* allowed. Empty for most. */
  readonly weaknesses: readonly Weakness[];
  /** The certificate as it was read, armored afresh: what is stored, and used from then on. */
  readonly armored: string;
}

export interface InspectRequest {
  /** The fingerprint that the holder confirmed on another way than the file came; spaces and case do not matter. */
  readonly fingerprint: string;
  /** `encrypt` for recipients, `sign` for officers and for senders of sources. */
  readonly purpose: 'encrypt' | 'sign';
  readonly allow: readonly Weakness[];
  readonly at: Date;
}

/** Judges OpenPGP certificates before they are pinned, and again before anything relies on them. */
export interface Certificates {
  /**
   * Reads a certificate (binary or armored, at most 256 KiB, exactly one, no private key) and holds it against the
   * fingerprint and our rules. Rejects with a `certificate-*` code and facts that tell what to ask the holder for.
   */
  inspect(bytes: Uint8Array, request: InspectRequest): Promise<Certificate>;
  /**
   * Whether a certificate that was accepted earlier may still be relied on at `at`: not expired, not revoked, and
   * still choosing the pinned subkey. Rejects with `certificate-expired`, `certificate-revoked` or
   * `certificate-subkey-changed`.
   */
  stillGood(certificate: Certificate, subkeyFingerprint: string, at: Date): Promise<void>;
}
