import { createHmac, hash } from 'node:crypto';

import { KEYED_HASH_BYTES } from '../cards/keyed-hash.ts';

/** What a person is found by: never one detail alone, which could be tried out. Places are what `PersonText` counts by. */
export const personFields = ['name+postcode', 'name+phone'] as const;

const KEY_BYTES = 32;
const SHA256_BYTES = 32;

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
  readonly #pads: readonly { readonly inner: Uint8Array; readonly outer: Uint8Array }[];

  constructor(secret: Uint8Array) {
    if (secret.length !== KEY_BYTES) throw new RangeError('person index: key of 32 bytes');
    this.#pads = personFields.map((field) => {
      const key = createHmac('sha256', secret).update(`person-index/${field}`).digest();
      const pads = { inner: padded(key, INNER), outer: padded(key, OUTER) };
      key.fill(0);
      return pads;
    });
  }

  /**
   * The tag of one text, 12 bytes. The two hashes of HMAC are made one by one: an object of the library for each of millions
   * of texts would cost three times as much.
   */
  tag({ field, bytes }: PersonText): Uint8Array {
    const { inner, outer } = this.#pads[field]!;
    const first = new Uint8Array(BLOCK + bytes.length);
    first.set(inner);
    first.set(bytes, BLOCK);
    const second = new Uint8Array(BLOCK + SHA256_BYTES);
    second.set(outer);
    second.set(hash('sha256', first, 'buffer'), BLOCK);
    const mac = hash('sha256', second, 'buffer');
    for (const used of [first, second]) used.fill(0);
    return new Uint8Array(mac.subarray(0, KEYED_HASH_BYTES));
  }

  destroy(): void {
    for (const { inner, outer } of this.#pads) for (const pad of [inner, outer]) pad.fill(0);
  }
}

/** A key of at most one block, filled up with zeros, XOR a byte (RFC 2104 section 2). */
function padded(key: Uint8Array, byte: number): Uint8Array {
  const pad = new Uint8Array(BLOCK).fill(byte);
  for (let at = 0; at < key.length; at += 1) pad[at]! ^= key[at]!;
  return pad;
}
