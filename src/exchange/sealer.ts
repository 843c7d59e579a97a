import type { Weakness } from './certificates.ts';

/** What the sealer needs for one message to one recipient. */
export interface SealRequest {
  /** The clear file. Chunks of 64 KiB and more: smaller ones cost up to 150 times the time. Read once, to its end. */
  readonly payload: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** The recipient's pinned certificate, exactly one, binary or armored. */
  readonly certificate: Uint8Array;
  /** Full fingerprint of the pinned certificate; the bytes above must hold that one. */
  readonly fingerprint: string;
  /** Fingerprint of the encryption subkey that was pinned with the certificate. */
  readonly encryptionSubkey: string;
  /** Weaknesses an officer recorded for this recipient; every other one is refused again here. */
  readonly allow: readonly Weakness[];
  /** ASCII armor for recipients that cannot take binary; a third larger. */
  readonly armor: boolean;
}

/**
 * Seals a file: signs it with our key and encrypts it to exactly one certificate, in one pass.
 *
 * Promises about the bytes it yields: one session key packet, for the pinned subkey; one integrity-protected data
 * packet of version 1 under AES-256; inside it one literal without a name, dated 0, not compressed, and our one
 * signature. Reads ahead of its reader by a few chunks at most. Does not zero the payload's chunks: the library still
 * holds some of them, and only the end of the process takes them all.
 *
 * Throws before the first byte when certificate or key is not good now (`certificate-*`, `seal-key-unusable`), and
 * while reading when the payload throws: that error passes through and what was yielded so far is worthless.
 */
export interface Sealer {
  seal(request: SealRequest): AsyncIterable<Uint8Array>;
}
