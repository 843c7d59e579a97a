const ZERO = 0x30;

/**
 * Bytes of a chunk under construction. It never grows: whoever writes a record makes sure first that the longest
 * possible record fits.
 */
export class RecordBuffer {
  #bytes: Uint8Array;
  length = 0;

  constructor(sizeBytes: number) {
    this.#bytes = new Uint8Array(sizeBytes);
  }

  get capacity(): number {
    return this.#bytes.length;
  }

  get remaining(): number {
    return this.#bytes.length - this.length;
  }

  byteAt(at: number): number {
    return this.#bytes[at]!;
  }

  put(byte: number): void {
    this.#bytes[this.length++] = byte;
  }

  putAll(bytes: Uint8Array): void {
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** Decimal digits of a whole number from 0, with leading zeros up to `digits`. */
  putNumber(value: number, digits = 1): void {
    let width = digits;
    for (let limit = 10 ** digits; value >= limit; limit *= 10) {
      width += 1;
    }
    let rest = value;
    for (let at = this.length + width - 1; at >= this.length; at -= 1) {
      this.#bytes[at] = ZERO + (rest % 10);
      rest = Math.floor(rest / 10);
    }
    this.length += width;
  }

  /** Moves what was written since `from` to the end of a cell of `width` bytes, or leaves it at the start. */
  fill(from: number, width: number, align: 'left' | 'right', fill: number): void {
    const end = from + width;
    if (align === 'right') {
      const start = end - (this.length - from);
      this.#bytes.copyWithin(start, from, this.length);
      this.#bytes.fill(fill, from, start);
    } else {
      this.#bytes.fill(fill, this.length, end);
    }
    this.length = end;
  }

  /** Hands over what was written, and goes on in new memory: the bytes handed over are never written again. */
  take(): Uint8Array {
    const taken = this.#bytes.subarray(0, this.length);
    this.#bytes = new Uint8Array(this.#bytes.length);
    this.length = 0;
    return taken;
  }

  /** Forgets what was written and not taken. */
  wipe(): void {
    this.#bytes.fill(0);
    this.length = 0;
  }
}
