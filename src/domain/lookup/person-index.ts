import { createHmac, hash } from 'node:crypto';

import { KEYED_HASH_BYTES } from '../cards/keyed-hash.ts';

/** What a person is found by: never one detail alone, which could be tried out. Places are what `PersonText` counts by. */
export const personFields = ['name+postcode', 'name+phone'] as const;

const KEY_BYTES = 32;
const SHA256_BYTES = 32;
/** More than a name of 100 characters (`normaliseName`) of four bytes, U+0000 and a detail of 16 bytes. */
const TEXT_BYTES_MAX = 512;

/** One of the ways in which a record's person may be asked for. */
export interface PersonText {
  /** Place in `personFields`. */
  readonly field: number;
  /** `personMessage`. Holds a name: to be zeroed. */
  readonly bytes: Uint8Array;
}

/** A name in normal form, U+0000, which stands in none, and the other detail in its normal form. */
export function personMessage(name: string, detail: Uint8Array): Uint8Array {
  const text = encoder.encode(name);
  const message = new Uint8Array(text.length + 1 + detail.length);
  message.set(text);
  message.set(detail, text.length + 1);
  text.fill(0);
  return message;
}

const encoder = new TextEncoder();

/** Bytes of a block of SHA-256. */
const BLOCK = 64;
const INNER = 0x36;
const OUTER = 0x5c;

/**
 * Blind index of persons under one incident's key: HMAC-SHA-256 (RFC 2104), of which 96 bits are kept, under a key of its
 * own for each field. Whoever holds the key can try persons out: what comes of it is personal data still.
 *
 * `secret`: 32 random bytes; the caller may wipe its own. Throws RangeError for another size.
 */
export class PersonHasher {
  readonly #blocks: readonly Blocks[];

  constructor(secret: Uint8Array) {
    if (secret.length !== KEY_BYTES) throw new RangeError('person index: key of 32 bytes');
    this.#blocks = personFields.map((field) => {
      const key = createHmac('sha256', secret).update(`person-index/${field}`).digest();
      const blocks = {
        inner: padded(key, INNER, TEXT_BYTES_MAX),
        outer: padded(key, OUTER, SHA256_BYTES),
      };
      key.fill(0);
      return blocks;
    });
  }

  /**
   * The tag of one text, 12 bytes. The two hashes of HMAC are made one by one, each as a string of its bytes in memory that is
   * used again: an object of the library, or a buffer, for each of millions of texts would cost eight times as much. Throws
   * RangeError for a text of more than 512 bytes, which no name with a detail has.
   */
  tag({ field, bytes }: PersonText): Uint8Array {
    if (bytes.length > TEXT_BYTES_MAX) throw new RangeError('person index: text too long');
    const { inner, outer } = this.#blocks[field]!;
    inner.set(bytes, BLOCK);
    const digest = hash('sha256', inner.subarray(0, BLOCK + bytes.length), 'binary');
    for (let at = 0; at < SHA256_BYTES; at += 1) outer[BLOCK + at] = digest.charCodeAt(at);
    const mac = hash('sha256', outer, 'binary');
    inner.fill(0, BLOCK, BLOCK + bytes.length);
    const tag = new Uint8Array(KEYED_HASH_BYTES);
    for (let at = 0; at < KEYED_HASH_BYTES; at += 1) tag[at] = mac.charCodeAt(at);
    return tag;
  }

  destroy(): void {
    for (const { inner, outer } of this.#blocks) for (const each of [inner, outer]) each.fill(0);
  }
}

/** What the hashes of one field's key begin with, and room for what follows it. */
interface Blocks {
  readonly inner: Uint8Array;
  readonly outer: Uint8Array;
}

/** A key of at most one block, filled up with zeros, XOR a byte (RFC 2104 section 2), and room for so many bytes behind it. */
function padded(key: Uint8Array, byte: number, room: number): Uint8Array {
  const pad = new Uint8Array(BLOCK + room).fill(byte, 0, BLOCK);
  for (let at = 0; at < key.length; at += 1) pad[at]! ^= key[at]!;
  return pad;
}
