import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cmac, KEYED_HASH_BYTES, KeyedHasher } from '../../../src/domain/cards/keyed-hash.ts';
import { PACKED_PAN_BYTES, packPan, unpackPan } from '../../../src/domain/cards/packed-pan.ts';
import {
  renderTruncated,
  truncatePan,
  TRUNCATED_BYTES,
} from '../../../src/domain/cards/truncation.ts';

const digitsBetween = (minLength: number, maxLength: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength, maxLength })
    .map((list) => Uint8Array.from(list));

describe('packPan() and unpackPan()', () => {
  it('are inverses', () => {
    fc.assert(
      fc.property(digitsBetween(1, 19), fc.nat(30), (digits, at) => {
        const packed = new Uint8Array(at + PACKED_PAN_BYTES);
        packPan(digits, digits.length, packed, at);
        const unpacked = new Uint8Array(19);
        expect(unpackPan(packed, at, unpacked)).toBe(digits.length);
        expect(unpacked.subarray(0, digits.length)).toEqual(digits);
      }),
    );
  });

  it('keep different numbers different', () => {
    fc.assert(
      fc.property(digitsBetween(1, 19), digitsBetween(1, 19), (one, other) => {
        const packed = new Uint8Array(2 * PACKED_PAN_BYTES);
        packPan(one, one.length, packed, 0);
        packPan(other, other.length, packed, PACKED_PAN_BYTES);
        const [left, right] = [packed.subarray(0, 10), packed.subarray(10)];
        expect(Buffer.compare(left, right) === 0).toBe(Buffer.compare(one, other) === 0);
      }),
    );
  });
});

describe('truncatePan()', () => {
  it('shows first six and last four at most, and the last four alone under 15 digits', () => {
    fc.assert(
      fc.property(digitsBetween(8, 19), (digits) => {
        const bytes = new Uint8Array(TRUNCATED_BYTES);
        truncatePan(digits, digits.length, bytes, 0);
        const shown = renderTruncated(bytes, 0);
        const first = digits.length >= 15 ? 6 : 0;
        expect(shown).toHaveLength(digits.length);
        digits.forEach((digit, at) => {
          const isKept = at < first || at >= digits.length - 4;
          expect(shown[at]).toBe(isKept ? String(digit) : '*');
        });
      }),
    );
  });

  it('stores nothing of the removed digits', () => {
    fc.assert(
      fc.property(digitsBetween(8, 19), fc.nat(9), (digits, filler) => {
        const first = digits.length >= 15 ? 6 : 0;
        const other = Uint8Array.from(digits, (digit, at) =>
          at < first || at >= digits.length - 4 ? digit : filler,
        );
        const bytes = new Uint8Array(2 * TRUNCATED_BYTES);
        truncatePan(digits, digits.length, bytes, 0);
        truncatePan(other, other.length, bytes, TRUNCATED_BYTES);
        expect(bytes.subarray(0, TRUNCATED_BYTES)).toEqual(bytes.subarray(TRUNCATED_BYTES));
      }),
    );
  });
});

describe('KeyedHasher', () => {
  it('agrees with cmac() for any key and any cards', () => {
    const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const page = fc.array(digitsBetween(12, 19), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(key, page, (secret, cards) => {
        const packed = new Uint8Array(cards.length * PACKED_PAN_BYTES);
        cards.forEach((card, i) => {
          packPan(card, card.length, packed, i * PACKED_PAN_BYTES);
        });
        const expected = cards.flatMap((_, i) => {
          const pan = packed.subarray(i * PACKED_PAN_BYTES, (i + 1) * PACKED_PAN_BYTES);
          return [...cmac(secret, pan).subarray(0, KEYED_HASH_BYTES)];
        });
        expect([...new KeyedHasher(secret).hashAll(packed, cards.length)]).toEqual(expected);
      }),
    );
  });
});
