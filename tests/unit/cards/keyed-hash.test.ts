import { describe, expect, it } from 'vitest';
import { cmac, KEYED_HASH_BYTES, KeyedHasher } from '../../../src/domain/cards/keyed-hash.ts';
import { PACKED_PAN_BYTES, packPan } from '../../../src/domain/cards/packed-pan.ts';
import { between, cardDigits, seededRandom } from '../../support/seeded-cards.ts';

const keyOf = (seed: number) => {
  const rng = seededRandom(seed);
  return Uint8Array.from({ length: 32 }, () => between(rng, 0, 255));
};

const packedCards = (count: number, seed = 8) => {
  const rng = seededRandom(seed);
  const packed = new Uint8Array(count * PACKED_PAN_BYTES);
  for (let i = 0; i < count; i++) packPan(cardDigits(rng), 16, packed, i * PACKED_PAN_BYTES);
  return packed;
};

const hashAt = (hashes: Uint8Array, index: number) =>
  hashes.slice(index * KEYED_HASH_BYTES, (index + 1) * KEYED_HASH_BYTES);

describe('KeyedHasher', () => {
  it('gives the first 12 bytes of the CMAC of each card, over the border of a chunk too', () => {
    const key = keyOf(1);
    const count = 65_536 + 5;
    const packed = packedCards(count);
    const hashes = new KeyedHasher(key).hashAll(packed, count);

    expect(hashes).toHaveLength(count * KEYED_HASH_BYTES);
    for (const index of [0, 1, 255, 65_535, 65_536, 65_540]) {
      const pan = packed.slice(index * PACKED_PAN_BYTES, (index + 1) * PACKED_PAN_BYTES);
      expect(hashAt(hashes, index)).toEqual(
        Uint8Array.from(cmac(key, pan).subarray(0, KEYED_HASH_BYTES)),
      );
    }
  });

  it('hashes nothing to nothing', () => {
    expect(new KeyedHasher(keyOf(1)).hashAll(new Uint8Array(0), 0)).toHaveLength(0);
  });

  it('gives other hashes under another key', () => {
    const packed = packedCards(1);

    expect(new KeyedHasher(keyOf(1)).hashAll(packed, 1)).not.toEqual(
      new KeyedHasher(keyOf(2)).hashAll(packed, 1),
    );
  });

  it('does not change when the caller wipes its key and its cards', () => {
    const key = keyOf(3);
    const hasher = new KeyedHasher(key);
    const before = hasher.hashAll(packedCards(2), 2);
    key.fill(0);

    expect(hasher.hashAll(packedCards(2), 2)).toEqual(before);
  });

  it.each([0, 16, 31, 33])('refuses a key of %i bytes', (size) => {
    expect(() => new KeyedHasher(new Uint8Array(size))).toThrow(RangeError);
  });

  it('hashes a run of cards into its place, as all of them together', () => {
    const hasher = new KeyedHasher(keyOf(4));
    const packed = packedCards(5);
    const into = new Uint8Array(new SharedArrayBuffer(5 * KEYED_HASH_BYTES));
    hasher.hashAll(packed.subarray(2 * PACKED_PAN_BYTES), 3, into.subarray(2 * KEYED_HASH_BYTES));
    expect(into.subarray(0, 2 * KEYED_HASH_BYTES).every((byte) => byte === 0)).toBe(true);
    hasher.hashAll(packed, 2, into);
    expect([...into]).toEqual([...hasher.hashAll(packed, 5)]);
  });

  it('refuses less room than the hashes take', () => {
    const into = new Uint8Array(2 * KEYED_HASH_BYTES).subarray(0, KEYED_HASH_BYTES);
    expect(() => new KeyedHasher(keyOf(1)).hashAll(packedCards(2), 2, into)).toThrow(RangeError);
  });

  it('refuses fewer cards than it was told', () => {
    expect(() => new KeyedHasher(keyOf(1)).hashAll(packedCards(1), 2)).toThrow(RangeError);
  });

  it('refuses to hash after destroy', () => {
    const hasher = new KeyedHasher(keyOf(1));
    hasher.destroy();

    expect(() => hasher.hashAll(packedCards(1), 1)).toThrow(RangeError);
  });
});

describe('cmac()', () => {
  it.each([0, 15, 24, 33])('refuses a key of %i bytes', (size) => {
    expect(() => cmac(new Uint8Array(size), new Uint8Array(0))).toThrow(RangeError);
  });
});
