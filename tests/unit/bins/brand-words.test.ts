import { describe, expect, it } from 'vitest';
import { brandIndexOfWord } from '../../../src/domain/bins/brand-words.ts';
import { brandIndexById, brands } from '../../../src/domain/cards/brands.ts';

describe('brandIndexOfWord()', () => {
  it('knows every brand by id and by both names', () => {
    brands.slice(1).forEach(({ id, name, nameJa }, i) => {
      expect([id, name, nameJa].map(brandIndexOfWord)).toEqual([i + 1, i + 1, i + 1]);
    });
  });

  it.each([
    ['AMEX', 'american-express'],
    ['American Express', 'american-express'],
    ['アメリカン･エキスプレス', 'american-express'],
    ['Master', 'mastercard'],
    ['MASTER CARD', 'mastercard'],
    ['ｊｃｂ', 'jcb'],
    ['Diners', 'diners-club'],
    ['China UnionPay', 'unionpay'],
    ['銀聯', 'unionpay'],
  ])('takes %s for %s', (word, id) => {
    expect(brandIndexOfWord(word)).toBe(brandIndexById(id));
  });

  it.each(['', 'unknown', '不明', 'visla', 'constructor', 'VISA/MASTER'])(
    'does not know %j',
    (word) => {
      expect(brandIndexOfWord(word)).toBeUndefined();
    },
  );
});
