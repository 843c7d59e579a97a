import { describe, expect, it } from 'vitest';
import { PACKED_PAN_BYTES, packPan } from '../../../src/domain/cards/packed-pan.ts';
import { isPublishedTestNumber } from '../../../src/domain/cards/test-numbers.ts';
import { brandSample, digitsOf, sampleBrands, seededRandom } from '../../support/seeded-cards.ts';

const isTest = (digits: Uint8Array, at = 0) => {
  const packed = new Uint8Array(at + PACKED_PAN_BYTES);
  packPan(digits, digits.length, packed, at);
  return isPublishedTestNumber(packed, at);
};

describe('isPublishedTestNumber()', () => {
  it.each([
    '4111111111111111',
    '4242424242424242',
    '4012000033330026',
    '4007000000027',
    '4012888818888',
    '5105105105105100',
    '2223003122003222',
    '378282246310005',
    '371449635398431',
    '6011000990139424',
    '30569309025904',
    '3530111333300000',
    '6205500000000000004',
    '6221261111117766',
    '5019717010103742',
    '76009244561',
  ])('knows the published %s', (number) => {
    expect(isTest(digitsOf(number))).toBe(true);
    expect(isTest(digitsOf(number), 30)).toBe(true);
  });

  it.each([
    ['digits that are all the same', '7'.repeat(13)],
    ['eight equal digits in a row', `45391${'7'.repeat(8)}268`],
    ['an 8-digit BIN and zeros', `45391488${'0'.repeat(7)}9`],
    ['the same with 15 digits', `37935412${'0'.repeat(6)}4`],
    ['four groups of four', '1111222233334444'],
  ])('knows %s by the pattern', (_, number) => {
    expect(isTest(digitsOf(number))).toBe(true);
  });

  it.each([
    ['seven equal digits in a row', `45391${'7'.repeat(7)}2683`],
    ['zeros and then two digits', `45391488${'0'.repeat(6)}12`],
    ['fewer than six zeros behind the BIN', `30569309${'0'.repeat(5)}4`],
    ['a published number with its last two digits changed', '4242424242424259'],
    ['groups of four that are not equal throughout', '1111222233334443'],
    ['a published number cut short', '424242424242424'],
  ])('does not take for one: %s', (_, number) => {
    expect(isTest(digitsOf(number))).toBe(false);
  });

  it('lets ordinary cards through', () => {
    const rng = seededRandom(9);
    let held = 0;
    for (let round = 0; round < 70_000; round++) {
      if (isTest(brandSample(rng, sampleBrands[round % sampleBrands.length]!))) held++;
    }

    expect(held).toBeLessThanOrEqual(2);
  });
});
