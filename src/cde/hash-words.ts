import { KEYED_HASH_BYTES } from '../domain/cards/keyed-hash.ts';

/** Writes the keyed hash of a card to `into` at byte `at`. */
export function copyHash(hashes: Uint8Array, card: number, into: Uint8Array, at: number): void {
  const from = card * KEYED_HASH_BYTES;
  for (let i = 0; i < KEYED_HASH_BYTES; i += 1) into[at + i] = hashes[from + i]!;
}

/** Hashes as numbers of four bytes, as they stand: three loads a hash instead of twelve. */
export function wordsOf(hashes: Uint8Array): Uint32Array {
  const aligned = hashes.byteOffset % 4 === 0 ? hashes : hashes.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >>> 2);
}

/** The first four bytes of a hash as a number that sorts like them. Little-endian, as `bin/mimamori.mjs` makes sure. */
export function sortKey(word: number): number {
  return ((word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0;
}
