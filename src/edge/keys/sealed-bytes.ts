import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** AES-256 key size. */
export const KEY_BYTES = 32;

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** How much longer sealed bytes are than what they hold. */
export const SEAL_OVERHEAD_BYTES = NONCE_BYTES + TAG_BYTES;

/**
 * Encrypts and authenticates bytes under a key, bound to a context that must be given again.
 *
 * | offset | bytes | what |
 * |---|---|---|
 * | 0 | 12 | random nonce (NIST SP 800-38D §8.2.2: far fewer than 2^32 seals per key) |
 * | 12 | n | ciphertext |
 * | 12 + n | 16 | tag |
 */
export function sealBytes(key: Uint8Array, context: Uint8Array, clear: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(context);
  const sealed = new Uint8Array(clear.length + SEAL_OVERHEAD_BYTES);
  sealed.set(nonce);
  sealed.set(cipher.update(clear), NONCE_BYTES);
  cipher.final();
  sealed.set(cipher.getAuthTag(), NONCE_BYTES + clear.length);
  return sealed;
}

/** Opens what `sealBytes` wrote; `undefined` when key, context or bytes are not the same. */
export function openSealedBytes(
  key: Uint8Array,
  context: Uint8Array,
  sealed: Uint8Array,
): Uint8Array | undefined {
  if (sealed.length < SEAL_OVERHEAD_BYTES) return undefined;
  const tagAt = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(context);
  decipher.setAuthTag(sealed.subarray(tagAt));
  const clear = decipher.update(sealed.subarray(NONCE_BYTES, tagAt));
  try {
    decipher.final();
  } catch {
    // Not yet authenticated bytes are never released.
    clear.fill(0);
    return undefined;
  }
  const own = new Uint8Array(clear);
  clear.fill(0);
  return own;
}
