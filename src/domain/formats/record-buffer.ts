const ZERO = 0x30;

/**
 * Bytes of a chunk under construction. It never grows: whoever writes a record makes sure first that the longest
 * possible record fits. `bytes` and `length` are open to those who write cards by the million.
 */
export class RecordBuffer {
  readonly bytes: Uint8Array<ArrayBuffer>;
  length = 0;

  constructor(sizeBytes: number) {
    this.bytes = new Uint8Array(sizeBytes);
  }

  get remaining(): number {
    return this.bytes.length - this.length;
  }

  /** What was written; the next record overwrites it once `length` is set back. */
  get written(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  put(byte: number): void {
    this.bytes[this.length++] = byte;
  }

  putAll(bytes: Uint8Array): void {
    this.bytes.set(bytes, this.length);
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
      this.bytes[at] = ZERO + (rest % 10);
      rest = Math.floor(rest / 10);
    }
    this.length += width;
  }

  /** Moves what was written since `from` to the end of a cell of `width` bytes, or leaves it at the start. */
  fill(from: number, width: number, align: 'left' | 'right', fill: number): void {
    const end = from + width;
    if (align === 'right') {
      const start = end - (this.length - from);
      this.bytes.copyWithin(start, from, this.length);
      this.bytes.fill(fill, from, start);
    } else {
      this.bytes.fill(fill, this.length, end);
    }
    this.length = end;
  }

  /** Forgets what was written. */
  wipe(): void {
    this.bytes.fill(0);
    this.length = 0;
  }
}
