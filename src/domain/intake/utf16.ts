import { IntakeFault } from './errors.ts';

/**
 * Turns UTF-16 into UTF-8 bytes, chunk by chunk, without making strings: what it is fed holds card numbers.
 *
 * Throws `encoding-invalid` for a surrogate without its partner and for an odd byte at the end.
 */
export class Utf16Narrower {
  readonly #encoding: 'utf-16le' | 'utf-16be';
  readonly #low: 0 | 1;
  #out = new Uint8Array(0);
  /** First byte of a unit whose second is in the next chunk; -1 without. */
  #half = -1;
  /** High surrogate whose partner is still to come; 0 without. */
  #surrogate = 0;
  #offset: number;
  #line = 1;
  #wasReturn = false;

  /** `offset` is where in the file the first byte fed will stand: behind a byte order mark, 2. */
  constructor(encoding: 'utf-16le' | 'utf-16be', offset: number) {
    this.#encoding = encoding;
    this.#low = encoding === 'utf-16le' ? 0 : 1;
    this.#offset = offset;
  }

  /** The UTF-8 of the chunk, as a view that the next call overwrites. */
  narrow(chunk: Uint8Array): Uint8Array {
    // A unit of two bytes takes three in UTF-8 at most; one half unit and one surrogate may be left from before.
    const needed = ((chunk.length + 1) >> 1) * 3 + 4;
    if (this.#out.length < needed) this.#out = new Uint8Array(needed);
    let length = 0;
    let at = 0;
    if (this.#half >= 0 && chunk.length > 0) {
      length = this.#put(this.#unit(this.#half, chunk[0]!), 0);
      this.#half = -1;
      at = 1;
    }
    for (; at + 1 < chunk.length; at += 2) {
      length = this.#put(this.#unit(chunk[at]!, chunk[at + 1]!), length);
    }
    if (at < chunk.length) this.#half = chunk[at]!;
    return this.#out.subarray(0, length);
  }

  /** Tells that no more comes. */
  finish(): void {
    if (this.#half >= 0 || this.#surrogate !== 0) throw this.#invalid();
  }

  wipe(): void {
    this.#out.fill(0);
    this.#half = -1;
    this.#surrogate = 0;
  }

  #unit(first: number, second: number): number {
    return this.#low === 0 ? (second << 8) | first : (first << 8) | second;
  }

  /** Writes one unit to the output at `length` and returns the new length. */
  #put(unit: number, length: number): number {
    const out = this.#out;
    const isLowSurrogate = (unit & 0xfc00) === 0xdc00;
    if (isLowSurrogate !== (this.#surrogate !== 0)) throw this.#invalid();
    if (isLowSurrogate) {
      const point = 0x1_0000 + ((this.#surrogate & 0x3ff) << 10) + (unit & 0x3ff);
      out[length++] = 0xf0 | (point >> 18);
      out[length++] = 0x80 | ((point >> 12) & 0x3f);
      out[length++] = 0x80 | ((point >> 6) & 0x3f);
      out[length++] = 0x80 | (point & 0x3f);
      this.#surrogate = 0;
    } else if ((unit & 0xfc00) === 0xd800) {
      this.#surrogate = unit;
    } else if (unit < 0x80) {
      out[length++] = unit;
      this.#countLine(unit);
    } else {
      if (unit < 0x800) out[length++] = 0xc0 | (unit >> 6);
      else {
        out[length++] = 0xe0 | (unit >> 12);
        out[length++] = 0x80 | ((unit >> 6) & 0x3f);
      }
      out[length++] = 0x80 | (unit & 0x3f);
    }
    this.#offset += 2;
    return length;
  }

  #countLine(unit: number): void {
    if (unit === 0x0d || (unit === 0x0a && !this.#wasReturn)) this.#line++;
    this.#wasReturn = unit === 0x0d;
  }

  #invalid(): IntakeFault {
    const facts = { encoding: this.#encoding, line: this.#line, offset: this.#offset };
    return new IntakeFault('encoding-invalid', facts);
  }
}

/** The narrower for a source in UTF-16; undefined for one whose bytes are scanned as they are. */
export function narrowerFor(detected: {
  readonly encoding: string;
  readonly markBytes: number;
}): Utf16Narrower | undefined {
  const { encoding, markBytes } = detected;
  const isWide = encoding === 'utf-16le' || encoding === 'utf-16be';
  return isWide ? new Utf16Narrower(encoding, markBytes) : undefined;
}
