import { createDecipheriv, createHash, timingSafeEqual, type Decipheriv } from 'node:crypto';
import { OpenpgpFault } from './errors.ts';

/** Ciphers a source may be encrypted with, and what OpenSSL calls them. */
export const sourceCiphers = {
  aes128: 'aes-128-cfb',
  aes192: 'aes-192-cfb',
  aes256: 'aes-256-cfb',
} as const;

export type SourceCipher = keyof typeof sourceCiphers;

/** AES block, of which the last two bytes are repeated: random bytes in front of the data. */
const PREFIX_BYTES = 18;
/** Header byte, length byte and SHA-1 of the modification detection code packet. */
const MDC_BYTES = 22;

/**
 * Decrypts an integrity-protected data packet of version 1 while it streams (RFC 9580 §5.13.1).
 *
 * Ours instead of the library's: openpgp.js 6.3 waits for ever on some altered messages when it is asked to stream
 * (a packet of a kind it did not expect is never read to its end). Holds the last 22 bytes and nothing else.
 */
export class ProtectedData {
  readonly #decipher: Decipheriv;
  readonly #hash = createHash('sha1');
  #prefixLeft = PREFIX_BYTES;
  #held = new Uint8Array(0);

  constructor(cipher: SourceCipher, sessionKey: Uint8Array) {
    this.#decipher = createDecipheriv(sourceCiphers[cipher], sessionKey, new Uint8Array(16));
  }

  /** The clear bytes that this part completes. Provisional until `finish()` returns. */
  feed(encrypted: Uint8Array): Uint8Array {
    const clear = this.#decipher.update(encrypted);
    const joined = new Uint8Array(this.#held.length + clear.length);
    joined.set(this.#held);
    joined.set(clear, this.#held.length);
    clear.fill(0);
    const released = Math.max(0, joined.length - MDC_BYTES);
    this.#held = joined.slice(released);
    this.#hash.update(joined.subarray(0, released));
    const prefix = Math.min(this.#prefixLeft, released);
    this.#prefixLeft -= prefix;
    return joined.subarray(prefix, released);
  }

  /** Throws `source-altered` unless the data is exactly what the sender encrypted. */
  finish(): void {
    const [header, length] = this.#held;
    this.#hash.update(this.#held.subarray(0, 2));
    const digest = this.#hash.digest();
    const isWhole =
      this.#held.length === MDC_BYTES &&
      this.#prefixLeft === 0 &&
      header === 0xd3 &&
      length === 0x14 &&
      timingSafeEqual(digest, this.#held.subarray(2));
    if (!isWhole) {
      throw new OpenpgpFault('source-altered');
    }
  }
}
