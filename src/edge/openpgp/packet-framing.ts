import { OpenpgpFault, type OpenpgpCode } from './errors.ts';

/** Told about packets as they pass. `body` gets parts of the body; the slices are the caller's own memory. */
export interface PacketListener {
  begin(tag: number): void;
  body(bytes: Uint8Array): void;
  end(): void;
}

/** What the next byte is. */
type Expecting = 'header' | 'first-length' | 'second-length' | 'more-length' | 'body';

/**
 * Splits a stream of bytes into OpenPGP packets, without holding any of it.
 *
 * RFC 9580 §4.2. New format: header byte 11tttttt, then a length of 1 byte (0–191), 2 bytes (192–223), 5 bytes (255)
 * or a partial length 2^(n & 31) (224–254) that another length follows. Old format: header byte 10ttttll, then a
 * length of 1, 2 or 4 bytes, or (ll = 3) a body that reaches to the end of the stream.
 *
 * Throws the code given to the constructor when bytes cannot be a packet.
 */
export class PacketFraming {
  readonly #listener: PacketListener;
  readonly #code: OpenpgpCode;
  #expecting: Expecting = 'header';
  #isPartial = false;
  #lengthBytesLeft = 0;
  #remaining = 0;

  constructor(listener: PacketListener, code: OpenpgpCode) {
    this.#listener = listener;
    this.#code = code;
  }

  feed(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#expecting === 'body') {
        const end = Math.min(chunk.length, at + this.#remaining);
        this.#listener.body(chunk.subarray(at, end));
        this.#remaining -= end - at;
        at = end;
        this.#endBodyIfDone();
      } else {
        this.#takeByte(chunk[at]!);
        at += 1;
      }
    }
  }

  /** Tells the end of the stream. Returns whether it ended where a packet ended. */
  finish(): boolean {
    if (this.#expecting === 'body' && this.#remaining === Infinity) {
      this.#remaining = 0;
      this.#endBodyIfDone();
    }
    return this.#expecting === 'header';
  }

  #takeByte(byte: number): void {
    switch (this.#expecting) {
      case 'header':
        this.#header(byte);
        break;
      case 'first-length':
        this.#firstLength(byte);
        break;
      case 'second-length':
        this.#startBody(((this.#remaining - 192) << 8) + byte + 192);
        break;
      case 'more-length':
        this.#remaining = this.#remaining * 256 + byte;
        this.#lengthBytesLeft -= 1;
        if (this.#lengthBytesLeft === 0) {
          this.#startBody(this.#remaining);
        }
        break;
      case 'body':
        break;
    }
  }

  #header(byte: number): void {
    if ((byte & 0x80) === 0) {
      throw new OpenpgpFault(this.#code, { expected: 'a packet' });
    }
    const isOldFormat = (byte & 0x40) === 0;
    this.#isPartial = false;
    this.#remaining = 0;
    this.#listener.begin(isOldFormat ? (byte & 0x3f) >> 2 : byte & 0x3f);
    if (!isOldFormat) {
      this.#expecting = 'first-length';
    } else if ((byte & 3) === 3) {
      this.#startBody(Infinity);
    } else {
      this.#lengthBytesLeft = 2 ** (byte & 3);
      this.#expecting = 'more-length';
    }
  }

  #firstLength(byte: number): void {
    this.#isPartial = byte >= 224 && byte < 255;
    if (byte < 192) {
      this.#startBody(byte);
    } else if (byte < 224) {
      this.#remaining = byte;
      this.#expecting = 'second-length';
    } else if (this.#isPartial) {
      this.#startBody(2 ** (byte & 0x1f));
    } else {
      this.#remaining = 0;
      this.#lengthBytesLeft = 4;
      this.#expecting = 'more-length';
    }
  }

  #startBody(length: number): void {
    this.#remaining = length;
    this.#expecting = 'body';
    this.#endBodyIfDone();
  }

  #endBodyIfDone(): void {
    if (this.#remaining > 0) {
      return;
    }
    if (this.#isPartial) {
      this.#expecting = 'first-length';
    } else {
      this.#expecting = 'header';
      this.#listener.end();
    }
  }
}
