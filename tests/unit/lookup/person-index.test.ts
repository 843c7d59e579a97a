import { createHmac } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import {
  personFields,
  PersonHasher,
  personMessage,
} from '../../../src/domain/lookup/person-index.ts';
import { noise } from '../../support/chunks.ts';

const secret = noise(32);

/** As the format says it, with the library's own HMAC. */
function expectedTag(field: number, message: Uint8Array, under = secret): Uint8Array {
  const key = createHmac('sha256', under).update(`person-index/${personFields[field]!}`).digest();
  return new Uint8Array(createHmac('sha256', key).update(message).digest()).slice(0, 12);
}

describe('PersonHasher', () => {
  it.each([0, 1, 54, 55, 56, 63, 64, 65, 512])('is HMAC-SHA-256 over %i bytes', (length) => {
    const hasher = new PersonHasher(secret);
    for (const field of personFields.keys()) {
      const bytes = noise(length, 3);
      expect(hasher.tag({ field, bytes })).toEqual(expectedTag(field, bytes));
      expect(bytes).toEqual(noise(length, 3));
    }
  });

  it('refuses a text that is longer than any name with a detail', () => {
    expect(() => new PersonHasher(secret).tag({ field: 0, bytes: noise(513) })).toThrow(RangeError);
  });

  it('tells the texts of one hasher apart, whatever was hashed before', () => {
    const hasher = new PersonHasher(secret);
    for (const length of [200, 3, 90, 0]) {
      const bytes = noise(length, length);
      const kept = hasher.tag({ field: 1, bytes });
      hasher.tag({ field: 1, bytes: noise(300, 1) });
      expect(kept).toEqual(expectedTag(1, bytes));
    }
  });

  it('tells fields and incidents apart', () => {
    const bytes = personMessage('佐藤花子', new TextEncoder().encode('0600001'));
    const other = new PersonHasher(noise(32, 9));
    const tags = [new PersonHasher(secret), other].flatMap((hasher) =>
      [0, 1].map((field) => hasher.tag({ field, bytes }).join()),
    );
    expect(new Set(tags).size).toBe(4);
  });

  it('keeps nothing of its keys when it is destroyed, and takes none of another size', () => {
    const hasher = new PersonHasher(secret);
    hasher.destroy();
    const bytes = noise(8);
    expect(hasher.tag({ field: 0, bytes })).not.toEqual(expectedTag(0, bytes));
    for (const size of [0, 31, 33, 64]) {
      expect(() => new PersonHasher(new Uint8Array(size))).toThrow(RangeError);
    }
  });
});

describe('personMessage()', () => {
  it('cannot be the message of another name and detail', () => {
    const message = personMessage('AB', new TextEncoder().encode('1'));
    expect([...message]).toEqual([0x41, 0x42, 0, 0x31]);
  });
});
