import { describe, expect, it } from 'vitest';

import { isArrivalName, shownName } from '../../../src/domain/arrivals/arrival-name.ts';
import { seededRandom } from '../../support/seeded-cards.ts';
import { someCards } from '../../support/plain-list.ts';

const [number] = someCards(seededRandom(3), 1) as [string];

describe('isArrivalName()', () => {
  it.each(['answer.pgp', '1a9f3c0b2e.ack.20261122120000.pgp', 'A', 'x'.repeat(128)])(
    'takes %s',
    (name) => {
      expect(isArrivalName(name)).toBe(true);
    },
  );

  it.each([
    ...['', '.', '..', '.hidden', '../x', 'a/b', 'a\\b', 'a b', 'a\nb', 'a\0', 'a\u001b[2J'],
    ...['%2e%2e', '回答.pgp', 'a\u202ex', 'x'.repeat(129), 'x'.repeat(3_000)],
  ])('refuses %j', (name) => {
    expect(isArrivalName(name)).toBe(false);
  });

  it('refuses a name in which a card number stands', () => {
    expect(isArrivalName(`${number}.pgp`)).toBe(false);
  });
});

const digits = number.padStart(16, '0');
const inGroups = (sign: string): string => digits.match(/.{1,4}/g)!.join(sign);
const divided = ['.', '_', '-', '._', '--'].map((sign) => `${inGroups(sign)}.1230.pgp`);

describe('a card number in a name', () => {
  it.each(divided)('is seen in groups, %#', (name) => {
    expect(isArrivalName(name)).toBe(false);
    expect(shownName(name)).toBe('…');
  });

  it('is seen among other digits', () => {
    for (const name of [`20261123${number}01.pgp`, `2026-11-23.${number}.01`]) {
      expect(isArrivalName(name)).toBe(false);
      expect(shownName(name)).toBe('…');
    }
  });

  it.each([',', '=', ':', ' - ', '\t', '\u3042', '\u{1f4b3}'])('is seen divided by %j', (sign) => {
    for (const name of [number.match(/.{1,4}/g)!.join(sign), number.split('').join(sign)]) {
      expect(shownName(`${name}.pgp`)).toBe('…');
    }
  });
});

describe('shownName()', () => {
  it('shows hostile names in plain characters, cut, and none in which a card number stands', () => {
    expect(shownName('a\n\u001b[2J/..\0')).toBe('a\\u{a}\\u{1b}[2J/..\\u{0}');
    expect(shownName('x'.repeat(3_000))).toBe(`${'x'.repeat(60)}…`);
    expect(shownName(`${'x'.repeat(50)}-${number}`)).toBe('…');
    expect(shownName('\u202e')).toBe('\\u{202e}');
  });
});
