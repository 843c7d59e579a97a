import { createHash, randomFillSync } from 'node:crypto';
import { FeedbackCipher } from './feedback-cipher.ts';
import { PART_BYTES } from './partial-body.ts';

const BLOCK_BYTES = 16;
/** The modification detection code packet: header and length byte, then a SHA-1. */
const MDC_HEAD = [0xd3, 0x14];
const MDC_BYTES = 22;

/**
 * Encrypts packets into the body of an integrity-protected data packet of version 1: a random block of which the last
 * two bytes are repeated, the packets, and the SHA-1 of all that. RFC 9580 §5.13.1; `ProtectedData` is the way back.
 *
 * Holds up to 64 KiB of clear bytes, because hash and cipher are quickest with large runs.
 */
export class ProtectedBody {
  readonly #integrity = createHash('sha1');
  readonly #cipher: FeedbackCipher;
  readonly #write: (encrypted: Uint8Array) => void;
  readonly #clear = new Uint8Array(PART_BYTES + MDC_BYTES);
  #held = 0;

  constructor(sessionKey: Uint8Array, write: (encrypted: Uint8Array) => void) {
    this.#cipher = new FeedbackCipher(sessionKey);
    this.#write = write;
    const prefix = randomFillSync(new Uint8Array(BLOCK_BYTES + 2));
    prefix.copyWithin(BLOCK_BYTES, BLOCK_BYTES - 2);
    this.add(prefix);
  }

  add(clear: Uint8Array): void {
    let from = 0;
    while (from < clear.length) {
      const to = Math.min(clear.length, from + PART_BYTES - this.#held);
      this.#clear.set(clear.subarray(from, to), this.#held);
      this.#held += to - from;
      from = to;
      if (this.#held === PART_BYTES) {
        const whole = this.#clear.subarray(0, PART_BYTES);
        this.#integrity.update(whole);
        this.#cipher.update(whole, this.#write);
        this.#held = 0;
      }
    }
  }

  /** Encrypts what is left and the integrity check. */
  end(): void {
    const digestAt = this.#held + MDC_HEAD.length;
    this.#clear.set(MDC_HEAD, this.#held);
    const digest = this.#integrity.update(this.#clear.subarray(0, digestAt)).digest();
    this.#clear.set(digest, digestAt);
    this.#cipher.update(this.#clear.subarray(0, digestAt + digest.length), this.#write);
  }

  wipe(): void {
    this.#clear.fill(0);
  }
}
