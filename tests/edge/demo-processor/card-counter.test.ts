import { describe, expect, it } from 'vitest';

import { CardCounter } from '../../../src/edge/demo-processor/card-counter.ts';
import {
  asciiOf,
  between,
  brandSample,
  cardDigits,
  seededRandom,
} from '../../support/seeded-cards.ts';

const rng = seededRandom(20);
const HEADER = 'TEST,b-1,EX-1,final,3';

function fileOf(cells: readonly Uint8Array[], newline = '\r\n', header = HEADER): Buffer {
  const rows = cells.flatMap((cell) => [cell, Buffer.from(`,1228,0000000001${newline}`)]);
  return Buffer.concat([Buffer.from(header + newline), ...rows]);
}

const numbers = (...brands: string[]): Buffer[] =>
  brands.map((brand) => asciiOf(brandSample(rng, brand)));

function count(bytes: Uint8Array, chunk = () => bytes.length) {
  const counter = new CardCounter();
  for (let at = 0; at < bytes.length;) {
    const end = at + chunk();
    counter.feed(bytes.subarray(at, end));
    at = end;
  }
  return { ...counter.finish(), cards: counter.cards, others: counter.others };
}

describe('CardCounter', () => {
  it.each(['\r\n', '\n'])('counts records and reads the header, lines ending in %j', (newline) => {
    const bytes = fileOf(numbers('visa', 'american-express', 'diners-club'), newline);
    expect(count(bytes)).toEqual({ mode: 'TEST', announced: 3, cards: 3, others: 0 });
  });

  it('counts the same however the file is cut', () => {
    const bytes = fileOf(numbers('visa', 'jcb', 'unionpay', 'mastercard'));
    for (let round = 0; round < 50; round += 1) {
      expect(count(bytes, () => between(rng, 1, 9))).toMatchObject({ cards: 4, others: 0 });
    }
  });

  it('counts a last record without a line end', () => {
    expect(count(fileOf(numbers('visa')).subarray(0, -2))).toMatchObject({ cards: 1, others: 0 });
  });

  it('takes no record for a card whose check digit is wrong, that is short, long or no number', () => {
    const wrong = [
      asciiOf(cardDigits(rng, { valid: false })),
      asciiOf(cardDigits(rng, { length: 11 })),
      asciiOf(cardDigits(rng, { length: 20 })),
      Buffer.from('************1111'),
      Buffer.from(''),
    ];
    expect(count(fileOf([...wrong, ...numbers('visa')]))).toMatchObject({ cards: 1, others: 5 });
  });

  it('says what the header says, also of a live file', () => {
    const bytes = fileOf(numbers('visa'), '\r\n', 'LIVE,b-1,EX-1,final,7');
    expect(count(bytes)).toEqual({ mode: 'LIVE', announced: 7, cards: 1, others: 0 });
  });

  it('finds nothing in an empty file', () => {
    expect(count(new Uint8Array(0))).toMatchObject({ mode: '', announced: NaN, cards: 0 });
  });
});
