import { createHash, timingSafeEqual } from 'node:crypto';

import { DeliveryFault } from '../../exchange/delivery/delivery-errors.ts';

const pinPattern = /^SHA256:([A-Za-z0-9+/]{43})=?$/;

/** The fingerprint of a public key blob as `ssh-keygen -l` prints it: `SHA256:` and unpadded base64. */
export function fingerprintOf(keyBlob: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(keyBlob).digest('base64').replace('=', '')}`;
}

/**
 * The host keys a recipient confirmed: the current one and, around a change, the next.
 *
 * The ssh2 library accepts any host key when it is given no verifier, so no connection is opened without one of these,
 * and one cannot be made empty.
 */
export class HostKeyPins {
  readonly fingerprints: readonly string[];
  readonly #digests: readonly Uint8Array[];

  /** Throws DeliveryFault `host-key-missing` for an empty list or an entry that is no SHA-256 fingerprint. */
  constructor(fingerprints: readonly string[]) {
    if (fingerprints.length === 0) throw new DeliveryFault('host-key-missing', { pins: 0 });
    this.#digests = fingerprints.map((pin) => {
      const found = pinPattern.exec(pin)?.[1];
      if (found === undefined) {
        throw new DeliveryFault('host-key-missing', { expectedForm: 'SHA256:<43 characters>' });
      }
      return new Uint8Array(Buffer.from(found, 'base64'));
    });
    this.fingerprints = fingerprints;
  }

  /** Whether the key is pinned. Compares with every pin, in time that does not depend on the key. */
  accepts(keyBlob: Uint8Array): boolean {
    const presented = createHash('sha256').update(keyBlob).digest();
    let accepted = false;
    for (const digest of this.#digests) accepted = timingSafeEqual(digest, presented) || accepted;
    return accepted;
  }
}

/** The key type named inside a public key blob (RFC 4253 section 6.6); '' when it holds none. */
export function keyTypeOf(keyBlob: Uint8Array): string {
  if (keyBlob.length < 4) return '';
  const length = new DataView(keyBlob.buffer, keyBlob.byteOffset).getUint32(0);
  return Buffer.from(keyBlob.subarray(4, 4 + Math.min(length, 64))).toString('latin1');
}
