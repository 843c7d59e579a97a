const LINE_BYTES = 48;
const HEAD = '-----BEGIN PGP MESSAGE-----\n\n';
const TAIL = '-----END PGP MESSAGE-----\n';
/** RFC 9580 §6.1.1. */
const CRC24_INIT = 0xb704ce;
const CRC24_GENERATOR = 0x1864cfb;

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let crc = index << 16;
  for (let bit = 0; bit < 8; bit += 1) {
    crc <<= 1;
    if ((crc & 0x1000000) !== 0) {
      crc ^= CRC24_GENERATOR;
    }
  }
  return crc & 0xffffff;
});

/**
 * Puts ASCII armor around a binary message (RFC 9580 §6.2): 64 characters a line, LF, with the CRC-24 that old
 * programs insist on. Ours instead of the library's, so that the binary form is what gets checked.
 */
export async function* armored(binary: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let carried = new Uint8Array(0);
  let crc = CRC24_INIT;
  yield encoder.encode(HEAD);
  for await (const chunk of binary) {
    crc = crc24(crc, chunk);
    const joined = new Uint8Array(carried.length + chunk.length);
    joined.set(carried);
    joined.set(chunk, carried.length);
    const whole = joined.length - (joined.length % LINE_BYTES);
    if (whole > 0) {
      yield encoder.encode(base64Lines(joined.subarray(0, whole)));
    }
    carried = joined.slice(whole);
  }
  const sum = Buffer.from([crc >> 16, (crc >> 8) & 0xff, crc & 0xff]).toString('base64');
  yield encoder.encode(`${base64Lines(carried)}=${sum}\n${TAIL}`);
}

function base64Lines(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
  return text.replace(/.{1,64}/g, '$&\n');
}

/** Continues a CRC-24 over more bytes. */
export function crc24(crc: number, bytes: Uint8Array): number {
  let sum = crc;
  for (const byte of bytes) {
    sum = ((sum << 8) & 0xffffff) ^ crcTable[((sum >> 16) ^ byte) & 0xff]!;
  }
  return sum;
}

export const crc24Start = CRC24_INIT;
