import { describe, expect, it } from 'vitest';

import { MerchantBook } from '../../../src/domain/intake/merchant-book.ts';
import { screenSource, plainScope } from '../../support/screened-source.ts';
import { cardDigits, seededRandom } from '../../support/seeded-cards.ts';

const rng = seededRandom(303);
const scope = { ...plainScope, merchants: [{ id: 'shop-a', number: 'KB-77' }] };

function source(merchants: readonly string[], column = '加盟店番号'): string {
  const rows = merchants.map(
    (merchant) => `${cardDigits(rng).join('')},2020-02-01 10:00,web,${merchant}`,
  );
  return `カード番号,注文日時,チャネル,${column}\n${rows.join('\n')}\n`;
}

function screen(text: string, spec = {}): { cards: number; findings: readonly string[] } {
  const merchants = new MerchantBook(['shop-a']);
  const { cards, findings } = screenSource(text, spec, { scope, merchants });
  return { cards: cards.length, findings };
}

describe('SourceScreener for an incident that lists one merchant', () => {
  it('holds records of others where a column says whose they are', () => {
    expect(screen(source(['KB-77', 'KB-78', 'shop-a', '']))).toEqual({
      ...{ cards: 2, findings: ['3 unknown-merchant', '5 unknown-merchant'] },
    });
  });

  it('takes all records where no column says so', () => {
    expect(screen(source(['KB-77', 'KB-78'], '備考'))).toEqual({ cards: 2, findings: [] });
  });

  it('takes all records where the source as a whole is its', () => {
    const all = { cards: 2, findings: [] };
    expect(screen(source(['KB-77', 'KB-78']), { merchant: 'shop-a' })).toEqual(all);
  });
});
