import { describe, expect, it } from 'vitest';

import { encodeReadBack, parseFourDigits } from '../../../src/domain/recipients/read-back.ts';

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
