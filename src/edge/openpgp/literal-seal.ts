import { PART_BYTES, PartialBody } from './partial-body.ts';
import { ProtectedBody } from './protected-body.ts';

const LITERAL = 11;
const PROTECTED_DATA = 18;
/** Binary, without name and date. */
export const LITERAL_HEAD = [0x62, 0, 0, 0, 0, 0] as const;

/**
 * What stands behind the session key of a message that nobody signs: integrity-protected data of version 1 around one
 * literal (RFC 9580 §5.13.1, §5.9), made as the clear bytes come. Holds up to 128 KiB of clear bytes and 64 KiB of sealed
 * ones, and no chunk after `update` has returned.
 *
 * `update` for each chunk, then `finish`, which return the next bytes of the message (often none); `wipe` afterwards,
 * whatever happened.
 */
export class LiteralSeal {
  readonly #literal = new PartialBody(LITERAL);
  readonly #data = new PartialBody(PROTECTED_DATA);
  readonly #body: ProtectedBody;
  readonly #keptClear = new Uint8Array(PART_BYTES);
  #written: Uint8Array[] = [];

  constructor(sessionKey: Uint8Array) {
    this.#literal.push(Uint8Array.from(LITERAL_HEAD));
    this.#data.push(Uint8Array.of(1));
    this.#body = new ProtectedBody(sessionKey, (encrypted) => {
      // Copied: the pieces of the last call may be overwritten before a part is full.
      this.#data.push(encrypted.slice());
    });
  }

  /** @param chunk of any size; the caller's again when this returns. */
  update(chunk: Uint8Array): Uint8Array {
    this.#literal.push(chunk);
    this.#literal.writeParts(this.#encrypt);
    this.#literal.keepIn(this.#keptClear);
    this.#data.writeParts(this.#write);
    return this.#taken();
  }

  finish(): Uint8Array {
    this.#literal.end(this.#encrypt);
    this.#body.end();
    this.#data.end(this.#write);
    return this.#taken();
  }

  /** Zeroes the clear bytes that are held, sealed or not. */
  wipe(): void {
    this.#keptClear.fill(0);
    this.#body.wipe();
  }

  readonly #encrypt = (clear: Uint8Array): void => {
    this.#body.add(clear);
  };

  readonly #write = (piece: Uint8Array): void => {
    this.#written.push(piece.slice());
  };

  #taken(): Uint8Array {
    const whole = Buffer.concat(this.#written);
    this.#written = [];
    return new Uint8Array(whole);
  }
}
