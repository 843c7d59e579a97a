import { describe, expect, it } from 'vitest';

import { merchantTexts } from '../../../src/cde/merchant-texts.ts';
import { parseProfile } from '../../../src/domain/formats/profile.ts';
import { MerchantBook } from '../../../src/domain/intake/merchant-book.ts';
import type { PrepareJob } from '../../../src/exchange/handoff/card-process.ts';

const profileWith = (fields: readonly string[]) =>
  parseProfile({
    ...{ id: 'one', title: 'One', provenance: 'nobody', shape: 'delimited', charset: 'ascii' },
    ...{ newline: 'lf', delimiter: ',', columns: fields.map((field) => ({ field })) },
  });
const asking = profileWith(['pan', 'merchant']);
const merchants = [
  { id: 'shop-1', name: 'One', number: 'KB-1' },
  { id: 'shop-2', name: 'Two' },
  { id: 'shop-3', name: 'Three', number: 'KB-3' },
];
const jobOf = (incident: Partial<PrepareJob['incident']>): PrepareJob =>
  ({ incident: { merchant: '', ...incident } }) as PrepareJob;

/** Three cards: seen at the third and then the first, at the second, at the first and then the third. */
function seenCards(): MerchantBook {
  const book = new MerchantBook(merchants.map(({ id }) => id));
  for (const [card, merchant] of [
    [0, 2],
    [0, 0],
    [1, 1],
    [2, 0],
    [2, 2],
  ] as const) {
    book.include(card, merchant);
  }
  return book;
}

describe('merchantTexts()', () => {
  it('names the merchants of each card in their order, those without a number by id', () => {
    const book = seenCards();
    const texts = merchantTexts(jobOf({ merchants }), asking, book, Int32Array.of(0, 1, 2));
    const both = { ids: 'shop-1 shop-3', numbers: 'KB-1 KB-3' };
    const second = { ids: 'shop-2', numbers: 'shop-2' };
    expect([0, 1, 2].map((card) => texts?.get(book.ofCard[card]!))).toEqual([both, second, both]);
  });

  it('has the sets of the file and no others', () => {
    const book = seenCards();
    const texts = merchantTexts(jobOf({ merchants }), asking, book, Int32Array.of(1));
    expect([...texts!.keys()]).toEqual([book.ofCard[1]]);
  });

  it('has the one merchant of an incident that lists none', () => {
    const texts = merchantTexts(jobOf({ merchant: 'A Shop' }), asking, undefined, Int32Array.of(0));
    expect([...texts!]).toEqual([[0, { ids: 'A Shop', numbers: 'A Shop' }]]);
  });

  it('is nothing for a profile that does not ask', () => {
    const [silent, job] = [profileWith(['pan']), jobOf({ merchants })];
    expect(merchantTexts(job, silent, seenCards(), Int32Array.of(0))).toBeUndefined();
  });
});
