import { createHmac } from 'node:crypto';

import { KEYED_HASH_BYTES } from '../cards/keyed-hash.ts';

/** What a person is found by: never one detail alone, which could be tried out. Places are what `PersonText` counts by. */
export const personFields = ['name+postcode', 'name+phone'] as const;

const KEY_BYTES = 32;

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

/**
 * Blind index of persons under one incident's key: HMAC-SHA-256 (RFC 2104), of which 96 bits are kept, under a key of its
 * own for each field. Whoever holds the key can try persons out: what comes of it is personal data still.
 *
 * `secret`: 32 random bytes; the caller may wipe its own. Throws RangeError for another size.
 */
export class PersonHasher {
  readonly #keys: readonly Uint8Array[];

  constructor(secret: Uint8Array) {
    if (secret.length !== KEY_BYTES) throw new RangeError('person index: key of 32 bytes');
    this.#keys = personFields.map((field) =>
      createHmac('sha256', secret).update(`person-index/${field}`).digest(),
    );
  }

  /** The tag of one text, 12 bytes. */
  tag({ field, bytes }: PersonText): Uint8Array {
    const mac = createHmac('sha256', this.#keys[field]!).update(bytes).digest();
    return new Uint8Array(mac.subarray(0, KEYED_HASH_BYTES));
  }

  destroy(): void {
    for (const key of this.#keys) key.fill(0);
  }
}
