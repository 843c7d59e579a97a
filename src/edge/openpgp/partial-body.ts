/** Length of every part but the last: 64 KiB, above the 512 bytes that the first one must have at least. */
export const PART_BYTES = 65_536;
/** 224 and the power of two (RFC 9580 §4.2.1.4). */
const PART_OCTET = 224 + Math.log2(PART_BYTES);

/**
 * Writes a packet whose length is known only at its end: a header of the new format, parts of 64 KiB, and a last part
 * with its own length, never empty. A body that fits into one part gets a plain length. RFC 9580 §4.2.1.
 *
 * Bytes are not copied: what `push` takes is handed on in pieces, in order, as soon as a part is complete.
 */
export class PartialBody {
  #queue: Uint8Array[] = [];
  #queued = 0;
  /** The packet's first byte, until it has been written. */
  #head: readonly number[];

  constructor(tag: number) {
    this.#head = [0xc0 | tag];
  }

  push(bytes: Uint8Array): void {
    if (bytes.length > 0) {
      this.#queue.push(bytes);
      this.#queued += bytes.length;
    }
  }

  /** Writes the parts that are complete. A part is kept until something follows it, because the last one is different. */
  writeParts(write: (piece: Uint8Array) => void): void {
    while (this.#queued > PART_BYTES) {
      write(Uint8Array.of(...this.#head, PART_OCTET));
      this.#head = [];
      this.#writeBody(PART_BYTES, write);
    }
  }

  /** Writes the rest. */
  end(write: (piece: Uint8Array) => void): void {
    this.writeParts(write);
    write(Uint8Array.of(...this.#head, ...lengthOctets(this.#queued)));
    this.#writeBody(this.#queued, write);
  }

  /** Copies what is not written yet into `kept`, of 64 KiB, so that the memory of the pieces is free again. */
  keepIn(kept: Uint8Array): void {
    let at = 0;
    for (const piece of this.#queue) {
      const isInPlace = piece.buffer === kept.buffer && piece.byteOffset === kept.byteOffset + at;
      if (!isInPlace) {
        kept.set(piece, at);
      }
      at += piece.length;
    }
    this.#queue = at === 0 ? [] : [kept.subarray(0, at)];
  }

  #writeBody(length: number, write: (piece: Uint8Array) => void): void {
    this.#queued -= length;
    let left = length;
    while (left > 0) {
      const piece = this.#queue[0]!;
      if (piece.length > left) {
        write(piece.subarray(0, left));
        this.#queue[0] = piece.subarray(left);
        return;
      }
      write(piece);
      this.#queue.shift();
      left -= piece.length;
    }
  }
}

/** A definite length of the new format: one, two or five bytes (RFC 9580 §4.2.1). */
export function lengthOctets(length: number): number[] {
  if (length < 192) {
    return [length];
  }
  if (length < 8384) {
    return [((length - 192) >> 8) + 192, (length - 192) & 0xff];
  }
  return [255, length >>> 24, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff];
}
