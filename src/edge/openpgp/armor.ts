const LINE_BYTES = 48;
const LINE_FEED = 0x0a;
const PADDING = 0x3d;
const HEAD = '-----BEGIN PGP MESSAGE-----\n\n';
const TAIL = '-----END PGP MESSAGE-----\n';
/** RFC 9580 §6.1.1. */
const CRC24_INIT = 0xb704ce;
const CRC24_GENERATOR = 0x1864cfb;

const crcTable = Int32Array.from({ length: 256 }, (_, index) => {
  let crc = index << 16;
  for (let bit = 0; bit < 8; bit += 1) {
    crc <<= 1;
    if ((crc & 0x1000000) !== 0) {
      crc ^= CRC24_GENERATOR;
    }
  }
  return crc & 0xffffff;
});

const alphabet = new TextEncoder().encode(
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
);

/**
 * Puts ASCII armor around a binary message (RFC 9580 §6.2): 64 characters a line, LF, with the CRC-24 that old
 * programs insist on. Ours instead of the library's, so that the binary form is what gets checked. Holds less than a
 * line.
 */
export class Armor {
  readonly #line = new Uint8Array(LINE_BYTES);
  #lineBytes = 0;
  #crc = CRC24_INIT;
  #isStarted = false;

  /** The text that this part completes, in whole lines. */
  feed(binary: Uint8Array): Uint8Array {
    this.#crc = crc24(this.#crc, binary);
    const head = this.#head();
    const lines = Math.floor((this.#lineBytes + binary.length) / LINE_BYTES);
    const text = new Uint8Array(head.length + lines * 65);
    text.set(head);
    let to = head.length;
    let from = 0;
    if (lines > 0 && this.#lineBytes > 0) {
      from = LINE_BYTES - this.#lineBytes;
      this.#line.set(binary.subarray(0, from), this.#lineBytes);
      this.#lineBytes = 0;
      to = writeLine(this.#line, 0, text, to);
    }
    for (; to < text.length; from += LINE_BYTES) {
      to = writeLine(binary, from, text, to);
    }
    this.#line.set(binary.subarray(from), this.#lineBytes);
    this.#lineBytes += binary.length - from;
    return text;
  }

  /** The last line, the checksum and the closing line. */
  finish(): Uint8Array {
    const head = this.#head();
    const last = base64(this.#line.subarray(0, this.#lineBytes));
    const sum = base64(Uint8Array.of(this.#crc >> 16, this.#crc >> 8, this.#crc));
    const lineEnd = last.length > 0 ? [LINE_FEED] : [];
    const tail = new TextEncoder().encode(TAIL);
    return Uint8Array.of(...head, ...last, ...lineEnd, PADDING, ...sum, LINE_FEED, ...tail);
  }

  #head(): Uint8Array {
    const head = new TextEncoder().encode(this.#isStarted ? '' : HEAD);
    this.#isStarted = true;
    return head;
  }
}

/** `Armor` around chunks as they come. */
export async function* armored(binary: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const armor = new Armor();
  for await (const chunk of binary) {
    yield armor.feed(chunk);
  }
  yield armor.finish();
}

/** Writes one whole line and returns where the next one starts. */
function writeLine(bytes: Uint8Array, start: number, text: Uint8Array, place: number): number {
  let to = place;
  for (let from = start; from < start + LINE_BYTES; from += 3) {
    const bits = (bytes[from]! << 16) | (bytes[from + 1]! << 8) | bytes[from + 2]!;
    text[to] = alphabet[bits >> 18]!;
    text[to + 1] = alphabet[(bits >> 12) & 63]!;
    text[to + 2] = alphabet[(bits >> 6) & 63]!;
    text[to + 3] = alphabet[bits & 63]!;
    to += 4;
  }
  text[to] = LINE_FEED;
  return to + 1;
}

function base64(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
  return new TextEncoder().encode(text);
}

/** Continues a CRC-24 over more bytes. */
export function crc24(crc: number, bytes: Uint8Array): number {
  let sum = crc;
  for (let at = 0; at < bytes.length; at += 1) {
    sum = ((sum << 8) & 0xffffff) ^ crcTable[(sum >> 16) ^ bytes[at]!]!;
  }
  return sum;
}

export const crc24Start = CRC24_INIT;
