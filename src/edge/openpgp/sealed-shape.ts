import { Dearmor } from './dearmor.ts';
import { OuterPackets } from './outer-packets.ts';

const ASCII_BYTE_MAX = 0x7f;
/** The key id of a version 4 key is the end of its fingerprint (RFC 9580 §5.5.4.2). */
const KEY_ID_DIGITS = 16;

/**
 * `OuterPackets` for the bytes of a file as they will leave the machine: armor, if there is any, is taken off first.
 * Throws `seal-shape-unexpected`.
 */
export class SealedShape {
  readonly #packets: OuterPackets;
  #dearmor: Dearmor | undefined;
  #isStarted = false;

  /** @param encryptionSubkey fingerprint of the pinned subkey, 40 hex digits. */
  constructor(encryptionSubkey: string) {
    this.#packets = new OuterPackets(encryptionSubkey.slice(-KEY_ID_DIGITS));
  }

  feed(chunk: Uint8Array): void {
    if (!this.#isStarted && chunk.length > 0) {
      this.#isStarted = true;
      this.#dearmor = chunk[0]! > ASCII_BYTE_MAX ? undefined : new Dearmor('seal-shape-unexpected');
    }
    this.#packets.feed(this.#dearmor === undefined ? chunk : this.#dearmor.feed(chunk));
  }

  /** Must be called after the last byte. */
  finish(): void {
    this.#dearmor?.finish();
    this.#packets.finish();
  }
}
