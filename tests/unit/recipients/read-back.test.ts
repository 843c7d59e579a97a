import { describe, expect, it } from 'vitest';

import {
  encodeReadBack,
  encodeTestAnswer,
  fileDigestIn,
  parseFourDigits,
  readBackIn,
} from '../../../src/domain/recipients/read-back.ts';

const four = (text: string): Uint8Array => Uint8Array.from(text, Number);

describe('parseFourDigits()', () => {
  it.each(['0005', ' 0005 ', '０００５'])('reads %j', (text) => {
    expect(parseFourDigits(text)).toEqual(four('0005'));
  });

  it.each(['', '005', '00005', '00 05', '0x05', '-005', '五五五五'])('refuses %j', (text) => {
    expect(parseFourDigits(text)).toBeUndefined();
  });
});

describe('encodeReadBack()', () => {
  const right = { count: 17, firstFour: four('1111'), lastFour: four('0005') };

  it('has the count and eight digits in ten bytes', () => {
    expect([...encodeReadBack(right)]).toEqual([0, 17, 1, 1, 1, 1, 0, 0, 0, 5]);
  });

  it.each([
    { count: 18 },
    { firstFour: four('1112') },
    { lastFour: four('0004') },
    { firstFour: four('0005'), lastFour: four('1111') },
  ])('differs for every other answer', (change) => {
    expect(encodeReadBack({ ...right, ...change })).not.toEqual(encodeReadBack(right));
  });
});

describe('encodeTestAnswer()', () => {
  const readBack = {
    count: 7,
    firstFour: Uint8Array.of(1, 1, 1, 1),
    lastFour: Uint8Array.of(0, 0, 0, 5),
  };
  const digest = new Uint8Array(32).fill(9);

  it('keeps the read-back and the digest of the file apart', () => {
    const answer = encodeTestAnswer(encodeReadBack(readBack), digest);
    expect(readBackIn(answer)).toEqual(encodeReadBack(readBack));
    expect(fileDigestIn(answer)).toEqual(digest);
  });

  it('gives no digest for an answer that was kept before there were any', () => {
    const old = encodeReadBack(readBack);
    expect(readBackIn(old)).toEqual(old);
    expect(fileDigestIn(old)).toBeUndefined();
  });
});
