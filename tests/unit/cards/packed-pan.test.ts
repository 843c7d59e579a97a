import { describe, expect, it } from 'vitest';
import {
  PACKED_PAN_BYTES,
  packedDigit,
  packedLength,
  packPan,
  unpackPan,
} from '../../../src/domain/cards/packed-pan.ts';
import { cardDigits, digitsOf, seededRandom } from '../../support/seeded-cards.ts';

describe('packPan()', () => {
  it('puts the first digit into the high nibble and fills up with 0xF', () => {
    const packed = new Uint8Array(PACKED_PAN_BYTES);
    packPan(digitsOf('378282246310005'), 15, packed, 0);

    expect(Buffer.from(packed).toString('hex')).toBe('378282246310005fffff');
  });

  it('writes its ten bytes and none beside them', () => {
    const digits = cardDigits(seededRandom(3), { length: 19 });
    const packed = new Uint8Array(PACKED_PAN_BYTES + 2).fill(0xaa);
    packPan(digits, 19, packed, 1);

    expect([packed[0], packed[11]]).toEqual([0xaa, 0xaa]);
    expect(packed[10]! & 0xf).toBe(0xf);
  });

  it('leaves nothing of a longer number that stood there before', () => {
    const packed = new Uint8Array(PACKED_PAN_BYTES);
    packPan(cardDigits(seededRandom(4), { length: 19 }), 19, packed, 0);
    packPan(digitsOf('4222222222222'), 13, packed, 0);

    expect(Buffer.from(packed).toString('hex')).toBe('4222222222222fffffff');
  });

  it.each([0, -1, 20])('refuses %i digits', (length) => {
    const digits = new Uint8Array(20);

    expect(() => packPan(digits, length, new Uint8Array(PACKED_PAN_BYTES), 0)).toThrow(RangeError);
  });
});

describe('unpackPan()', () => {
  it.each([1, 2, 12, 13, 18, 19])('gives %i digits back from anywhere in a page', (length) => {
    const digits = cardDigits(seededRandom(length), { prefix: '', length });
    const page = new Uint8Array(3 * PACKED_PAN_BYTES);
    packPan(digits, length, page, PACKED_PAN_BYTES);
    const unpacked = new Uint8Array(19).fill(0xee);

    expect(unpackPan(page, PACKED_PAN_BYTES, unpacked)).toBe(length);
    expect(unpacked.subarray(0, length)).toEqual(digits);
    expect(unpacked.subarray(length).every((value) => value === 0xee)).toBe(true);
  });

  it('finds no digits in an empty place', () => {
    expect(unpackPan(new Uint8Array(PACKED_PAN_BYTES).fill(0xff), 0, new Uint8Array(19))).toBe(0);
  });
});

describe('packedDigit()', () => {
  it('reads single digits, and 0xF behind the last', () => {
    const packed = new Uint8Array(PACKED_PAN_BYTES);
    packPan(digitsOf('4222222222222'), 13, packed, 0);

    expect(packedLength(packed, 0)).toBe(13);
    expect([0, 12, 13].map((index) => packedDigit(packed, 0, index))).toEqual([4, 2, 0xf]);
  });
});
