import { createHash } from 'node:crypto';
import type { SealOpening } from '../../exchange/handoff/sealer.ts';
import { Armor } from './armor.ts';
import { OpenpgpFault } from './errors.ts';
import { InnerPackets } from './inner-packets.ts';
import { OuterPackets } from './outer-packets.ts';
import { PART_BYTES, PartialBody } from './partial-body.ts';
import { ProtectedBody } from './protected-body.ts';

const LITERAL = 11;
const PROTECTED_DATA = 18;
const PROTECTED_DATA_VERSION = 1;

/**
 * The bytes of one sealed file: hashed, framed and encrypted as they come, with nothing but `node:crypto`. Needs no
 * private key and no OpenPGP library, so it can run in a thread of its own.
 *
 * Call `start`, `update` for each chunk, `digest`, and `finish` with the signature over that digest; each but `digest`
 * returns the next bytes of the file (often none) in memory of their own. `wipe` afterwards, whatever happened.
 * Holds up to 128 KiB of clear bytes and 64 KiB of sealed ones, and no chunk after `update` has returned.
 *
 * RFC 9580: §5.13.1 encrypted data of version 1, §5.9 literal, §5.2.4 what a signature of version 4 is made over.
 * Throws `seal-shape-unexpected` when what it wrote is not what `Sealer` promises.
 */
export class BulkSealer {
  readonly #opening: SealOpening;
  readonly #armor: Armor | undefined;
  readonly #document;
  readonly #literal = new PartialBody(LITERAL);
  readonly #data = new PartialBody(PROTECTED_DATA);
  readonly #protected: ProtectedBody;
  readonly #inner = new InnerPackets();
  readonly #outer: OuterPackets;
  readonly #keptClear = new Uint8Array(PART_BYTES);
  readonly #keptSealed = new Uint8Array(PART_BYTES);
  #written: Uint8Array[] = [];
  #encrypted: Uint8Array[] = [];

  /** Throws `seal-failed` when the opening was used before: its key is gone. */
  constructor(opening: SealOpening) {
    if (opening.sessionKey.every((byte) => byte === 0)) {
      throw new OpenpgpFault('seal-failed', { found: 'an opening that was used' });
    }
    this.#opening = opening;
    this.#armor = opening.armor ? new Armor() : undefined;
    this.#document = createHash(opening.digest);
    this.#outer = new OuterPackets(opening.encryptionKeyId);
    this.#data.push(Uint8Array.of(PROTECTED_DATA_VERSION));
    this.#protected = new ProtectedBody(opening.sessionKey, (encrypted) => {
      this.#data.push(encrypted);
      this.#encrypted.push(encrypted);
    });
  }

  start(): Uint8Array {
    const { sessionKeyPacket, onePassPacket, literalHead } = this.#opening;
    this.#written.push(sessionKeyPacket);
    this.#encrypt(onePassPacket);
    this.#literal.push(literalHead);
    return this.#taken();
  }

  /** @param chunk of any size; the caller's again when this returns. */
  update(chunk: Uint8Array): Uint8Array {
    this.#document.update(chunk);
    this.#literal.push(chunk);
    this.#literal.writeParts(this.#encrypt);
    this.#literal.keepIn(this.#keptClear);
    return this.#taken();
  }

  /** What has to be signed: the document's digest, our signature's own contents included. Once, after the last chunk. */
  digest(): Uint8Array {
    const { signaturePrefix } = this.#opening;
    const trailer = Uint8Array.of(4, 0xff, 0, 0, 0, 0);
    new DataView(trailer.buffer).setUint32(2, signaturePrefix.length);
    return new Uint8Array(this.#document.update(signaturePrefix).update(trailer).digest());
  }

  finish(signaturePacket: Uint8Array): Uint8Array {
    this.#literal.end(this.#encrypt);
    this.#encrypt(signaturePacket);
    this.#inner.finish();
    this.#protected.end();
    this.#data.end(this.#write);
    const last = this.#taken();
    this.#outer.finish();
    return this.#armor === undefined ? last : joined([last, this.#armor.finish()]);
  }

  /** Zeroes the session key, also in the opening, and the clear bytes that are still held. */
  wipe(): void {
    this.#opening.sessionKey.fill(0);
    this.#keptClear.fill(0);
    this.#protected.wipe();
  }

  readonly #encrypt = (clear: Uint8Array): void => {
    this.#inner.feed(clear);
    this.#protected.add(clear);
  };

  readonly #write = (piece: Uint8Array): void => {
    this.#written.push(piece);
  };

  #taken(): Uint8Array {
    this.#data.writeParts(this.#write);
    const binary = joined(this.#written);
    this.#written = [];
    this.#data.keepIn(this.#keptSealed);
    this.#freeEncrypted();
    this.#outer.feed(binary);
    return this.#armor === undefined ? binary : this.#armor.feed(binary);
  }

  /**
   * Gives the cipher's memory back at once. The collector would let it pile up and then search the whole heap, which
   * takes a tenth of the time of sealing.
   */
  #freeEncrypted(): void {
    for (const { buffer } of this.#encrypted) {
      // A whole run has memory to itself; a short one might lie in the pool that small buffers share.
      if (buffer instanceof ArrayBuffer && buffer.byteLength === PART_BYTES) {
        buffer.transfer(0);
      }
    }
    this.#encrypted = [];
  }
}

/**
 * In memory of its own, so that the bytes can be handed to another thread; not zeroed first, because every byte is
 * written.
 */
function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const size = pieces.reduce((total, { length }) => total + length, 0);
  const whole = new Uint8Array(Buffer.allocUnsafeSlow(size).buffer);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
