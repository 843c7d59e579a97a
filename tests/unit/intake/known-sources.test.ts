import { describe, expect, it } from 'vitest';

import { IntakeFault } from '../../../src/domain/intake/errors.ts';
import { fittingSpecs } from '../../../src/domain/intake/known-specs.ts';
import { decideLayout } from '../../../src/domain/intake/layout.ts';
import { decideShape } from '../../../src/domain/intake/shape.ts';
import { sourceSpecSchema, type SourceSpecEntry } from '../../../src/domain/intake/source-spec.ts';
import { refusalOf, screenSource } from '../../support/screened-source.ts';
import { cardDigits, seededRandom } from '../../support/seeded-cards.ts';

const rng = seededRandom(78);
const card = (): string => cardDigits(rng).join('');
const known = [
  { name: 'cart', recognisedBy: ['注文番号', '支払方法(名称)'] },
  { name: 'other', recognisedBy: ['Order No.'] },
  { name: 'silent', recognisedBy: [] },
];

describe('fittingSpecs()', () => {
  it.each([
    [['支払方法（名称）', '注文番号', 'x'], ['cart']],
    [['支払方法 ( 名称 )', ' 注文番号'], ['cart']],
    [
      ['注文番号', '支払方法(名称)', 'ORDER NO'],
      ['cart', 'other'],
    ],
    [['注文番号', '支払方法'], []],
    [[], []],
  ])('compares %j after normalising', (header, fits) => {
    expect(fittingSpecs(header, known)).toEqual(fits);
  });

  it('fits nothing without a header', () => {
    expect(fittingSpecs(undefined, known)).toEqual([]);
  });
});

describe('decideLayout() with known specs', () => {
  const outcome = (text: string, entry: SourceSpecEntry = {}): unknown => {
    const spec = sourceSpecSchema.parse(entry);
    const head = { text: new TextEncoder().encode(text), isWhole: true };
    try {
      return decideLayout(decideShape(head, 'utf-8', spec), spec, known).shown.fits;
    } catch (error) {
      if (!(error instanceof IntakeFault)) throw error;
      return { code: error.code, fits: error.facts['fits'] };
    }
  };

  it('names those that fit and changes nothing', () => {
    expect(outcome('注文番号,支払方法(名称),card_number\n1,a,2\n')).toEqual(['cart']);
  });

  it('tells a cart without card numbers', () => {
    const text = '注文番号,支払方法(名称)\n1,a\n';
    expect(outcome(text)).toEqual({ code: 'no-card-numbers', fits: 'cart' });
  });

  it('tells the spec that fits where another column is missing', () => {
    const found = outcome('注文番号,支払方法(名称)\n1,a\n', { columns: { pan: 'memo' } });
    expect(found).toEqual({ code: 'column-missing', fits: 'cart' });
  });

  it('tells nothing where several fit, or none', () => {
    const both = outcome('注文番号,支払方法(名称),Order No.\n1,a,2\n');
    expect(both).toEqual({ code: 'column-missing', fits: undefined });
    expect(outcome('a,b\n1,2\n')).toEqual({ code: 'column-missing', fits: undefined });
  });
});

describe('assertNoMigration()', () => {
  const vaults = [
    'id,CARD.EXP_MONTH,CARD.ID,CARD.NUMBER,DEFAULT_SOURCE',
    'card_id,pan,expiration,postal_code,customer_id',
    'old_customer_id,card_number,card_exp_month,card_exp_year,cvc',
  ];

  it.each(vaults)('refuses %s whatever the spec says', (header) => {
    const text = `${header}\n${header
      .split(',')
      .map(() => card())
      .join(',')}\n`;
    const specs: SourceSpecEntry[] = [{}, { kind: 'recovered', ignore_columns: ['cvc'] }];
    for (const spec of specs) expect(refusalOf(text, spec)?.code).toBe('migration-export');
  });

  it.each([
    'card_id,pan,expiration',
    'customer_id,card_number,expiry',
    'card_number,card_exp_month,card_exp_year',
  ])('lets a list with %s through', (header) => {
    const cells = ['1', card(), '12'].map((cell, at) =>
      header.startsWith('card_number') && at < 2 ? [card(), '12'][at]! : cell,
    );
    const spec = { kind: 'recovered' } as const;
    expect(screenSource(`${header}\n${cells.join(',')}\n`, spec).tally.cards).toBe(1);
  });
});

describe('PaymentFilter', () => {
  const text = (ways: readonly string[]): string =>
    `支払方法,注文番号,card_number\n${ways.map((way, at) => `${way},${at},${card()}\n`).join('')}`;
  const ways = ['クレジットカード', 'カード代引', '銀行振込', 'ギフトカード', 'ｶｰﾄﾞ決済'];

  it('takes away methods that only read like cards', () => {
    const spec: SourceSpecEntry = {
      kind: 'recovered',
      payment_match: 'substring',
      payment_methods: ['カード'],
      not_card_methods: ['カード代引', 'ギフトカード'],
    };
    const found = screenSource(text(ways), spec);
    expect(found.findings).toEqual(['3 not-card', '4 not-card', '5 not-card']);
  });

  it('takes everything but these where no method is listed, and needs the column', () => {
    const spec: SourceSpecEntry = { kind: 'recovered', not_card_methods: ['銀行振込'] };
    expect(screenSource(text(ways), spec).findings).toEqual(['4 not-card']);
    expect(refusalOf(`card_number\n${card()}\n`, spec)?.code).toBe('column-missing');
  });
});
