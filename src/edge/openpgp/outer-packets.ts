import { OpenpgpFault } from './errors.ts';
import { PacketFraming, type PacketListener } from './packet-framing.ts';

const SESSION_KEY_PACKET = 1;
const PROTECTED_DATA_PACKET = 18;
/** Version and key id: all that is read of a session key packet. */
const SESSION_KEY_HEAD_BYTES = 9;

/**
 * Checks the outside of a sealed file while its bytes pass, and keeps none of them.
 *
 * Holds when the file is exactly: one public-key encrypted session key packet of version 3 for the pinned subkey
 * (RFC 9580 §5.1.1), then one symmetrically encrypted and integrity protected data packet of version 1 (§5.13.1) that
 * reaches to the end. Anything else throws `seal-shape-unexpected`: the file must not leave the machine.
 */
export class OuterPackets {
  readonly #keyId: string;
  readonly #framing: PacketFraming;
  readonly #head = new Uint8Array(SESSION_KEY_HEAD_BYTES);
  #headBytes = 0;
  #tags: number[] = [];

  /** @param keyId 16 hex digits: the key id of the pinned encryption subkey. */
  constructor(keyId: string) {
    this.#keyId = keyId.toUpperCase();
    const listener: PacketListener = {
      begin: (tag) => {
        this.#begin(tag);
      },
      body: (bytes) => {
        this.#body(bytes);
      },
      end: () => {
        this.#end();
      },
    };
    this.#framing = new PacketFraming(listener, 'seal-shape-unexpected');
  }

  feed(chunk: Uint8Array): void {
    this.#framing.feed(chunk);
  }

  /** Must be called after the last byte: a file that stops early is found here. */
  finish(): void {
    if (!this.#framing.finish() || this.#tags.length !== 2) {
      throw new OpenpgpFault('seal-shape-unexpected', { found: 'an early end' });
    }
  }

  #begin(tag: number): void {
    this.#tags.push(tag);
    const expected = this.#tags.length === 1 ? SESSION_KEY_PACKET : PROTECTED_DATA_PACKET;
    if (this.#tags.length > 2 || tag !== expected) {
      throw new OpenpgpFault('seal-shape-unexpected', { packets: this.#tags.map(String) });
    }
    this.#headBytes = 0;
  }

  #body(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length && this.#headBytes < SESSION_KEY_HEAD_BYTES; at += 1) {
      this.#head[this.#headBytes] = bytes[at]!;
      this.#headBytes += 1;
    }
  }

  #end(): void {
    const version = this.#headBytes > 0 ? this.#head[0]! : -1;
    if (this.#tags.length === 2) {
      if (version !== 1) {
        throw new OpenpgpFault('seal-shape-unexpected', { packet: 'data', version });
      }
      return;
    }
    const keyId = hexOf(this.#head.subarray(1));
    if (version !== 3 || this.#headBytes < SESSION_KEY_HEAD_BYTES || keyId !== this.#keyId) {
      throw new OpenpgpFault('seal-shape-unexpected', {
        packet: 'session key',
        version,
        keyId,
        pinned: this.#keyId,
      });
    }
  }
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
}
