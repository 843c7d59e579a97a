import { crc24, crc24Start } from './armor.ts';
import { OpenpgpFault, type OpenpgpCode } from './errors.ts';

const LINE_BYTES_MAX = 16_384;
const HEADER_LINES_MAX = 64;
const LINE_FEED = 0x0a;

type Stage = 'before' | 'headers' | 'body' | 'after';

/**
 * Takes ASCII armor off a message while it streams (RFC 9580 §6.2). Text before the first line of armor is passed
 * over; after the last one only blank lines may come. A checksum that is there must be right.
 *
 * Holds one line. Throws the code given to the constructor for anything that is not one armored message, also for
 * one that ends early.
 */
export class Dearmor {
  readonly #code: OpenpgpCode;
  #stage: Stage = 'before';
  #line: number[] = [];
  #headerLines = 0;
  #pending = '';
  #crc = crc24Start;
  #sawPadding = false;

  constructor(code: OpenpgpCode) {
    this.#code = code;
  }

  /** The binary bytes that this chunk completes; often fewer than three quarters of it. */
  feed(chunk: Uint8Array): Uint8Array {
    const parts: Uint8Array[] = [];
    let from = 0;
    while (from < chunk.length) {
      const end = chunk.indexOf(LINE_FEED, from);
      const to = end < 0 ? chunk.length : end;
      if (this.#line.length + to - from > LINE_BYTES_MAX) {
        throw this.#fault('a line of armor');
      }
      for (let at = from; at < to; at += 1) {
        this.#line.push(chunk[at]!);
      }
      if (end >= 0) {
        const bytes = this.#takeLine();
        if (bytes.length > 0) {
          parts.push(bytes);
        }
      }
      from = to + 1;
    }
    return joined(parts);
  }

  /** Tells the end of the text: the closing line must have been seen. */
  finish(): void {
    this.#takeLine();
    if (this.#stage !== 'after') {
      throw this.#fault('the end of the armor');
    }
  }

  #takeLine(): Uint8Array {
    const line = String.fromCharCode(...this.#line).trimEnd();
    this.#line = [];
    switch (this.#stage) {
      case 'before':
        if (line === '-----BEGIN PGP MESSAGE-----') {
          this.#stage = 'headers';
        } else if (line.startsWith('-----BEGIN PGP')) {
          throw this.#fault('a message');
        }
        break;
      case 'headers':
        this.#headerLines += 1;
        if (line === '') {
          this.#stage = 'body';
        } else if (!/^[A-Za-z-]+: /.test(line) || this.#headerLines > HEADER_LINES_MAX) {
          throw this.#fault('an armor header');
        }
        break;
      case 'body':
        return this.#bodyLine(line);
      case 'after':
        if (line !== '') {
          throw this.#fault('nothing after the armor');
        }
    }
    return new Uint8Array(0);
  }

  #bodyLine(line: string): Uint8Array {
    if (line.startsWith('-----')) {
      if (line !== '-----END PGP MESSAGE-----' || this.#pending !== '') {
        throw this.#fault('the end of the armor');
      }
      this.#stage = 'after';
      return new Uint8Array(0);
    }
    if (line.startsWith('=') && line.length === 5) {
      const sum = Buffer.from(line.slice(1), 'base64');
      if (((sum[0]! << 16) | (sum[1]! << 8) | sum[2]!) !== this.#crc) {
        throw this.#fault('another checksum');
      }
      return new Uint8Array(0);
    }
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(line) || (this.#sawPadding && line !== '')) {
      throw this.#fault('base64');
    }
    this.#sawPadding ||= line.endsWith('=');
    const text = this.#pending + line;
    const whole = text.length - (text.length % 4);
    this.#pending = text.slice(whole);
    const decoded = Buffer.from(text.slice(0, whole), 'base64');
    const bytes = new Uint8Array(decoded);
    this.#crc = crc24(this.#crc, bytes);
    return bytes;
  }

  #fault(expected: string): OpenpgpFault {
    return new OpenpgpFault(this.#code, { expected });
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
