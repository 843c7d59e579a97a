import { OpenpgpFault } from './errors.ts';
import { PacketFraming } from './packet-framing.ts';

/** One-pass signature, literal data, signature. */
const ORDER = [4, 11, 2] as const;

/**
 * Checks the packets inside a sealed file while their clear bytes pass on the way into the cipher, and keeps none of
 * them.
 *
 * Holds when they are exactly one literal, signed once (RFC 9580 §10.3). Anything else throws `seal-shape-unexpected`.
 */
export class InnerPackets {
  readonly #framing: PacketFraming;
  #packets = 0;

  constructor() {
    const listener = {
      begin: (tag: number) => {
        this.#begin(tag);
      },
      body: () => undefined,
      end: () => undefined,
    };
    this.#framing = new PacketFraming(listener, 'seal-shape-unexpected');
  }

  feed(clear: Uint8Array): void {
    this.#framing.feed(clear);
  }

  /** Must be called after the last byte. */
  finish(): void {
    if (!this.#framing.finish() || this.#packets !== ORDER.length) {
      throw new OpenpgpFault('seal-shape-unexpected', { found: 'an early end inside' });
    }
  }

  #begin(tag: number): void {
    if (tag !== ORDER[this.#packets]) {
      throw new OpenpgpFault('seal-shape-unexpected', { inside: tag, place: this.#packets });
    }
    this.#packets += 1;
  }
}
