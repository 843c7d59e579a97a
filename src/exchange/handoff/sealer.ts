import type { Weakness } from '../keys/certificates.ts';

/** Whom a message is for and what of that was pinned. */
export interface SealTerms {
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

/** What the sealer needs for one message to one recipient. */
export interface SealRequest extends SealTerms {
  /** The clear file, in chunks of any size. Read once, to its end; a chunk may be used again when the next is asked for. */
  readonly payload: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/**
 * Everything that is known of one sealed file before its first clear byte: plain data that can be cloned into another
 * thread, so that the bytes can be sealed where no private key is. Good for one file.
 */
export interface SealOpening {
  /** Key id of the pinned subkey, 16 hex digits: the one the session key packet must name. */
  readonly encryptionKeyId: string;
  /** The session key, encrypted to the pinned subkey: a whole packet. */
  readonly sessionKeyPacket: Uint8Array;
  /** 32 bytes for AES-256. Secret: whoever is done with a copy zeroes it. */
  readonly sessionKey: Uint8Array;
  /** The packet in front of the document that names our key and the hash. */
  readonly onePassPacket: Uint8Array;
  /** How the body of the literal packet starts: binary, no name, dated 0. */
  readonly literalHead: Uint8Array;
  /** What the document is hashed with, as `node:crypto` calls it: `sha512`, unless the recipient cannot read that. */
  readonly digest: string;
  /** Our signature packet's body as far as it is hashed: version to the end of the hashed subpackets. */
  readonly signaturePrefix: Uint8Array;
  readonly armor: boolean;
}

/** One file that is being sealed, as the side sees it that holds our key. */
export interface OpenedSeal {
  readonly opening: SealOpening;
  /**
   * The signature packet for the document whose digest this is (trailer included, RFC 9580 §5.2.4). Throws
   * `seal-failed` when the signature that was made does not verify with our own certificate.
   */
  readonly sign: (digest: Uint8Array) => Promise<Uint8Array>;
}

/**
 * Seals a file: signs it with our key and encrypts it to exactly one certificate, in one pass.
 *
 * Promises about the bytes it yields: one session key packet, for the pinned subkey; one integrity-protected data
 * packet of version 1 under AES-256; inside it one literal without a name, dated 0, not compressed, and our one
 * signature. Holds no chunk of the payload once it asks for the next one, and reads none ahead.
 */
export interface Sealer {
  /** Throws when certificate or key is not good now (`certificate-*`, `seal-key-unusable`), or `seal-failed`. */
  open(terms: SealTerms): Promise<OpenedSeal>;

  /**
   * The whole sealed file. Throws before the first byte what `open` throws, and while reading what the payload throws:
   * that error passes through and what was yielded so far is worthless.
   */
  seal(request: SealRequest): AsyncIterable<Uint8Array>;
}
