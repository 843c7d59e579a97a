/** A number as OpenPGP writes it: its length in bits, two bytes, then the bytes without leading zeros. RFC 9580 §3.2. */
export function mpi(bigEndian: Uint8Array): Uint8Array {
  const start = bigEndian.findIndex((byte) => byte !== 0);
  const significant = start < 0 ? new Uint8Array(0) : bigEndian.subarray(start);
  const bits =
    significant.length === 0 ? 0 : significant.length * 8 - (Math.clz32(significant[0]!) - 24);
  const written = new Uint8Array(2 + significant.length);
  new DataView(written.buffer).setUint16(0, bits);
  written.set(significant, 2);
  return written;
}
