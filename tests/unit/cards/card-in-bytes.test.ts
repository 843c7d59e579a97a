import { describe, expect, it } from 'vitest';

import { holdsCardNumber } from '../../../src/domain/cards/card-in-bytes.ts';
import { cardDigits, seededRandom } from '../../support/seeded-cards.ts';

const rng = seededRandom(61);
const card = cardDigits(rng, { prefix: '490020' }).join('');
const amex = cardDigits(rng, { prefix: '370015', length: 15 }).join('');
const holds = (text: string): boolean => holdsCardNumber(new TextEncoder().encode(text));
const spaced = (text: string, sign: string): string => text.replace(/(.{4})(?=.)/g, `$1${sign}`);

describe('holdsCardNumber()', () => {
  it('finds a card number at the beginning, in the middle and at the end', () => {
    expect([card, `re: ${card}`, `${card}.`, `(${amex}) was sent`].map(holds)).toEqual([
      ...[true, true, true, true],
    ]);
  });

  it('finds one with single spaces or hyphens inside, also beside other numbers', () => {
    expect(holds(`number ${spaced(card, ' ')} until 12`)).toBe(true);
    expect(holds(`number ${spaced(card, '-')}`)).toBe(true);
    expect(holds(`2026-11-22 ${card}`)).toBe(true);
  });

  it('leaves other numbers alone', () => {
    const wrong = card.slice(0, -1) + String((Number(card.at(-1)) + 1) % 10);
    expect(holds(wrong)).toBe(false);
    expect(holds(spaced(card, '  '))).toBe(false);
    expect(holds(`0${card}00000`)).toBe(false);
    expect(holds('')).toBe(false);
    expect(holds('0000000016 00000 n 0000012345 65535 f')).toBe(false);
  });
});
