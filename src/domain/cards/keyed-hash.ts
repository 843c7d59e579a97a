// Recognises a card without keeping its number: a keyed hash of the whole PAN (照合値).
//
// Whoever holds the key can find every PAN by trial, so the key is guarded like one that decrypts PANs.
// Source: PCI DSS v4.0.1 requirement 3.5.1.1 (keyed hash of the entire PAN; CMAC is named there).

import { createCipheriv } from 'node:crypto';
import { PACKED_PAN_BYTES } from './packed-pan.ts';

/** Bytes kept of each 16-byte MAC: 96 bits, as in AES-CMAC-96 (RFC 4494 section 2). */
export const KEYED_HASH_BYTES = 12;

const BLOCK = 16;
/** Blocks and hashes are read and written four bytes at a time. */
const BLOCK_WORDS = BLOCK / 4;
const HASH_WORDS = KEYED_HASH_BYTES / 4;
const KEY_BYTES = 32;
/** Blocks in one call of the cipher: 1 MiB, which bounds the scratch memory. */
const BLOCKS_AT_ONCE = 65_536;
/** Least significant byte of the field polynomial for 128-bit blocks (RFC 4493 section 2.3). */
const REDUCTION = 0x87;

/**
 * Hashes packed PANs under one incident's key: AES-256-CMAC of the ten bytes, first 12 bytes kept.
 *
 * Ten bytes are one incomplete block, so CMAC is AES(pad(m) XOR K2), and a whole buffer of PANs
 * goes through the cipher in one call. `key`: 32 random bytes; copied, the caller may wipe its own.
 *
 * Throws RangeError for a key of another size, and for use after `destroy` (callers' mistakes).
 */
export class KeyedHasher {
  readonly #key: Uint8Array;
  readonly #subkey: Uint8Array;
  #isDestroyed = false;

  constructor(key: Uint8Array) {
    if (key.length !== KEY_BYTES) throw new RangeError('keyed hash: key of 32 bytes');
    this.#key = Uint8Array.from(key);
    const first = encryptBlocks(this.#key, new Uint8Array(BLOCK));
    this.#subkey = doubleBlock(doubleBlock(first));
    first.fill(0);
  }

  /**
   * `count` packed PANs (10 bytes each) from the front of `packed`; 12 bytes for each, in their order, at the front of
   * `into`, which begins on a whole word of memory.
   */
  hashAll(
    packed: Uint8Array,
    count: number,
    into: Uint8Array = new Uint8Array(count * KEYED_HASH_BYTES),
  ): Uint8Array {
    if (this.#isDestroyed) throw new RangeError('keyed hash: used after destroy');
    if (packed.length < count * PACKED_PAN_BYTES) throw new RangeError('keyed hash: too few PANs');
    if (into.length < count * KEYED_HASH_BYTES) throw new RangeError('keyed hash: too little room');
    const hashes = new Uint32Array(into.buffer, into.byteOffset, count * HASH_WORDS);
    const scratch = new Uint32Array(Math.min(count, BLOCKS_AT_ONCE) * BLOCK_WORDS);
    for (let done = 0; done < count; done += BLOCKS_AT_ONCE) {
      const some = Math.min(BLOCKS_AT_ONCE, count - done);
      const blocks = scratch.subarray(0, some * BLOCK_WORDS);
      this.#maskInto(blocks, packed, done);
      const macs = encryptBlocks(this.#key, bytesOf(blocks));
      keepFronts(wordsOf(macs), hashes, done);
      // A mebibyte each, freed at once: the collector would let them gather.
      const { buffer, byteLength } = macs;
      if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
    }
    scratch.fill(0);
    return into;
  }

  /**
   * The hash of one message of another kind, 12 bytes: AES-256-CMAC whatever its length. Whoever calls sees to it that
   * no message is ten bytes that could be a packed PAN.
   */
  hashMessage(message: Uint8Array): Uint8Array {
    if (this.#isDestroyed) throw new RangeError('keyed hash: used after destroy');
    return cmac(this.#key, message).subarray(0, KEYED_HASH_BYTES);
  }

  /** Wipes our copy of the key. What the cipher library held of it is freed, not wiped. */
  destroy(): void {
    this.#key.fill(0);
    this.#subkey.fill(0);
    this.#isDestroyed = true;
  }

  /** Each PAN padded with a one bit and zeros, XOR K2 (RFC 4493 section 2.4). */
  #maskInto(blocks: Uint32Array, packed: Uint8Array, first: number): void {
    const subkey = Uint8Array.from(this.#subkey);
    subkey[PACKED_PAN_BYTES]! ^= 0x80;
    const [k0, k1, k2, k3] = wordsOf(subkey) as unknown as [number, number, number, number];
    const numbers = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
    let from = first * PACKED_PAN_BYTES;
    for (let at = 0; at < blocks.length; at += BLOCK_WORDS) {
      blocks[at] = numbers.getInt32(from, true) ^ k0;
      blocks[at + 1] = numbers.getInt32(from + 4, true) ^ k1;
      blocks[at + 2] = numbers.getUint16(from + 8, true) ^ k2;
      blocks[at + 3] = k3;
      from += PACKED_PAN_BYTES;
    }
    subkey.fill(0);
  }
}

/** Copies the first three words of each MAC of four to `hashes`, from hash number `first`. */
function keepFronts(macs: Uint32Array, hashes: Uint32Array, first: number): void {
  let to = first * HASH_WORDS;
  for (let at = 0; at < macs.length; at += BLOCK_WORDS) {
    hashes[to] = macs[at]!;
    hashes[to + 1] = macs[at + 1]!;
    hashes[to + 2] = macs[at + 2]!;
    to += HASH_WORDS;
  }
}

/** The same memory as numbers of four bytes, little-endian; a copy where it begins across them. */
function wordsOf(bytes: Uint8Array): Uint32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
}

function bytesOf(words: Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}

/**
 * AES-CMAC of any message, 16 bytes; the long way round that `KeyedHasher` is checked against.
 *
 * `key`: 16 bytes (AES-128, RFC 4493) or 32 bytes (AES-256, NIST SP 800-38B).
 * Throws RangeError for a key of another size.
 */
export function cmac(key: Uint8Array, message: Uint8Array): Uint8Array {
  const k1 = doubleBlock(encryptBlocks(key, new Uint8Array(BLOCK)));
  const isWhole = message.length > 0 && message.length % BLOCK === 0;
  const padded = new Uint8Array(Math.max(1, Math.ceil(message.length / BLOCK)) * BLOCK);
  padded.set(message);
  if (!isWhole) padded[message.length] = 0x80;
  xorInto(padded, padded.length - BLOCK, isWhole ? k1 : doubleBlock(k1));

  let mac: Uint8Array = new Uint8Array(BLOCK);
  for (let at = 0; at < padded.length; at += BLOCK) {
    xorInto(padded, at, mac);
    mac = encryptBlocks(key, padded.subarray(at, at + BLOCK));
  }
  padded.fill(0);
  return mac;
}

/** Blocks encrypted one by one. ECB is no cipher mode for messages; here it is plain AES in bulk. */
function encryptBlocks(key: Uint8Array, blocks: Uint8Array): Uint8Array {
  if (key.length !== 16 && key.length !== KEY_BYTES) {
    throw new RangeError('AES-CMAC: key of 16 or 32 bytes');
  }
  const cipher = createCipheriv(key.length === 16 ? 'aes-128-ecb' : 'aes-256-ecb', key, '');
  cipher.setAutoPadding(false);
  return cipher.update(blocks);
}

/** Multiplies by x in GF(2^128): one bit to the left, reduced when one falls out (RFC 4493 section 2.3). */
function doubleBlock(block: Uint8Array): Uint8Array {
  const result = new Uint8Array(BLOCK);
  for (let i = 0; i < BLOCK; i++) result[i] = (block[i]! << 1) | ((block[i + 1] ?? 0) >> 7);
  if (block[0]! >= 0x80) result[BLOCK - 1]! ^= REDUCTION;
  return result;
}

function xorInto(target: Uint8Array, at: number, other: Uint8Array): void {
  for (let i = 0; i < BLOCK; i++) target[at + i]! ^= other[i]!;
}
