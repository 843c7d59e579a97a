import { createHash } from 'node:crypto';

/** The largest count that the format can say, 65,011,712 bytes (RFC 9580 §3.7.1.3): a tenth of a second and more a try. */
export const STRETCH_COUNT_CODED = 0xff;
const STRETCH_COUNT = (16 + (STRETCH_COUNT_CODED & 15)) << ((STRETCH_COUNT_CODED >> 4) + 6);
const REPEATED_BYTES = 256 * 1024;

/**
 * A key of 32 bytes from a passphrase: OpenPGP's iterated and salted SHA-256, which every GnuPG can do. Weaker against
 * guessing than scrypt, as our own OpenPGP key under the same passphrase is. The caller zeroes the key.
 */
export function stretchPassphrase(passphrase: Uint8Array, salt: Uint8Array): Uint8Array {
  const once = salt.length + passphrase.length;
  const times = Math.max(1, Math.floor(REPEATED_BYTES / once));
  const repeated = new Uint8Array(times * once);
  for (let at = 0; at < repeated.length; at += once) {
    repeated.set(salt, at);
    repeated.set(passphrase, at + salt.length);
  }
  const hash = createHash('sha256');
  const count = Math.max(STRETCH_COUNT, once);
  let done = 0;
  for (; done + repeated.length <= count; done += repeated.length) hash.update(repeated);
  hash.update(repeated.subarray(0, count - done));
  repeated.fill(0);
  return new Uint8Array(hash.digest());
}
