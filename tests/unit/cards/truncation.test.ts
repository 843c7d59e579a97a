import { describe, expect, it } from 'vitest';
import {
  renderTruncated,
  truncatePacked,
  truncatePan,
  TRUNCATED_BYTES,
} from '../../../src/domain/cards/truncation.ts';
import { PACKED_PAN_BYTES, packPan } from '../../../src/domain/cards/packed-pan.ts';
import { cardDigits, digitsOf, seededRandom } from '../../support/seeded-cards.ts';

const truncated = (number: string) => {
  const bytes = new Uint8Array(TRUNCATED_BYTES);
  truncatePan(digitsOf(number), number.length, bytes, 0);
  return bytes;
};

describe('truncatePan()', () => {
  it('keeps first six, last four and the length', () => {
    expect(Buffer.from(truncated('4111111111111111')).toString('hex')).toBe('411111111110');
  });

  it('keeps the last four alone under 15 digits', () => {
    expect(Buffer.from(truncated('30569309025904')).toString('hex')).toBe('ffffff59040e');
  });

  it('writes its six bytes and none beside them', () => {
    const bytes = new Uint8Array(TRUNCATED_BYTES + 2).fill(0xaa);
    truncatePan(cardDigits(seededRandom(6)), 16, bytes, 1);

    expect([bytes[0], bytes[7]]).toEqual([0xaa, 0xaa]);
  });

  it('gives the same bytes for numbers that differ in the removed digits only', () => {
    const digits = cardDigits(seededRandom(7));
    const other = Uint8Array.from(digits, (digit, at) => (at > 5 && at < 12 ? 9 - digit : digit));
    const bytes = new Uint8Array(2 * TRUNCATED_BYTES);
    truncatePan(digits, 16, bytes, 0);
    truncatePan(other, 16, bytes, TRUNCATED_BYTES);

    expect(bytes.subarray(0, TRUNCATED_BYTES)).toEqual(bytes.subarray(TRUNCATED_BYTES));
  });

  it.each([0, 7, 20])('refuses %i digits', (length) => {
    const into = new Uint8Array(TRUNCATED_BYTES);

    expect(() => truncatePan(new Uint8Array(20), length, into, 0)).toThrow(RangeError);
    expect(into).toEqual(new Uint8Array(TRUNCATED_BYTES));
  });
});

describe('truncatePacked()', () => {
  it.each([8, 9, 12, 13, 14, 15, 16, 17, 18, 19])(
    'agrees with truncatePan() on %i digits',
    (length) => {
      const rng = seededRandom(length);
      for (let round = 0; round < 50; round++) {
        const digits = cardDigits(rng, { length });
        const packed = new Uint8Array(PACKED_PAN_BYTES + 3);
        packPan(digits, length, packed, 3);
        const expected = new Uint8Array(TRUNCATED_BYTES + 2).fill(0xaa);
        const made = expected.slice();
        truncatePan(digits, length, expected, 1);
        truncatePacked(packed, 3, made, 1);
        expect(made).toEqual(expected);
      }
    },
  );

  it.each([1, 7])('refuses %i digits', (length) => {
    const packed = new Uint8Array(PACKED_PAN_BYTES);
    packPan(new Uint8Array(20), length, packed, 0);
    expect(() => {
      truncatePacked(packed, 0, new Uint8Array(TRUNCATED_BYTES), 0);
    }).toThrow(RangeError);
  });
});

describe('renderTruncated()', () => {
  it.each([
    ['4111111111111111', '411111******1111'],
    ['378282246310005', '378282*****0005'],
    ['6205500000000000004', '620550*********0004'],
    ['30569309025904', '**********5904'],
    ['4222222222222', '*********2222'],
  ])('shows %s as %s', (number, shown) => {
    expect(renderTruncated(truncated(number), 0)).toBe(shown);
  });

  it('refuses bytes that hold no truncated number', () => {
    expect(() => renderTruncated(new Uint8Array(TRUNCATED_BYTES), 0)).toThrow(RangeError);
    expect(() => renderTruncated(new Uint8Array(0), 0)).toThrow(RangeError);
    expect(() => renderTruncated(Uint8Array.of(255, 255, 255, 1, 17, 16), 0)).toThrow(RangeError);
  });
});
