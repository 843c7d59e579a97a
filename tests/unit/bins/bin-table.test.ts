import { describe, expect, it } from 'vitest';
import type { BinRange } from '../../../src/domain/bins/bin-range.ts';
import { BinTable } from '../../../src/domain/bins/bin-table.ts';
import { BinsFault } from '../../../src/domain/bins/errors.ts';
import { brandIndexById } from '../../../src/domain/cards/brands.ts';
import { digitsOf } from '../../support/seeded-cards.ts';

const today = '2026-11-22';
const range = (low: string, high = low, more: Partial<BinRange> = {}): BinRange => ({
  low,
  high,
  issuer: `issuer of ${low}`,
  ...more,
});
const issuerOf = (table: BinTable, beginning: string, length = 16) => {
  const index = table.indexOf(digitsOf(beginning.padEnd(length, '0')), length);
  return index === -1 ? undefined : table.entry(index).issuer;
};
const refusal = (ranges: readonly BinRange[], on = today): BinsFault => {
  try {
    BinTable.from(ranges, on);
  } catch (fault) {
    if (fault instanceof BinsFault) return fault;
    throw fault;
  }
  throw new Error('not refused');
};

describe('BinTable.indexOf()', () => {
  it('finds both ends of a range and nothing beside it', () => {
    const table = BinTable.from([range('411111', '411113')], today);

    expect(issuerOf(table, '411111')).toBe('issuer of 411111');
    expect(issuerOf(table, '4111139999999999')).toBe('issuer of 411111');
    expect(issuerOf(table, '4111109999999999')).toBeUndefined();
    expect(issuerOf(table, '411114')).toBeUndefined();
  });

  it('lets more digits win over fewer, inside and across', () => {
    const table = BinTable.from(
      [range('411111', '411112'), range('41111190', '41111210'), range('41111195123')],
      today,
    );

    expect(issuerOf(table, '41111189')).toBe('issuer of 411111');
    expect(issuerOf(table, '41111190')).toBe('issuer of 41111190');
    expect(issuerOf(table, '41111195123')).toBe('issuer of 41111195123');
    expect(issuerOf(table, '41111195124')).toBe('issuer of 41111190');
    expect(issuerOf(table, '41111211')).toBe('issuer of 411111');
  });

  it('reaches the first and the last prefix there is', () => {
    const table = BinTable.from([range('000000'), range('999999')], today);

    expect(issuerOf(table, '0000009999999999')).toBe('issuer of 000000');
    expect(issuerOf(table, '9999999999999999')).toBe('issuer of 999999');
    expect(issuerOf(table, '000001')).toBeUndefined();
  });

  it('answers for a BIN alone by the ranges it is long enough for', () => {
    const table = BinTable.from([range('411111'), range('41111100')], today);

    expect(issuerOf(table, '411111', 6)).toBe('issuer of 411111');
    expect(issuerOf(table, '41111100', 8)).toBe('issuer of 41111100');
    expect(issuerOf(table, '41111', 5)).toBeUndefined();
  });

  it('finds nothing in an empty table', () => {
    expect(issuerOf(BinTable.from([], today), '411111')).toBeUndefined();
  });
});

describe('BinTable.entry()', () => {
  it('reads brand, issuer and country in one form', () => {
    const written = range('411111', '411111', {
      brand: ' ＶＩＳＡ',
      country: 'jp ',
      issuer: ' 甲 ',
    });
    const table = BinTable.from([written, range('411112')], today);

    expect(table.entry(0)).toEqual({
      brandIndex: brandIndexById('visa'),
      issuer: '甲',
      country: 'JP',
    });
    expect(table.entry(1)).toMatchObject({ brandIndex: 0, country: '' });
  });

  it.each([-1, 1, 0.5])('refuses index %d', (index) => {
    const table = BinTable.from([range('411111')], today);

    expect(() => table.entry(index)).toThrow(RangeError);
  });
});

describe('BinTable.from()', () => {
  it('counts both days of validity in, and nothing beyond', () => {
    const ranges = [
      range('411111', '411111', { issuer: 'old', validTo: '2019-09-30' }),
      range('411111', '411111', { issuer: 'new', validFrom: '2019-10-01', validTo: '2020-01-31' }),
    ];
    const on = (day: string) => issuerOf(BinTable.from(ranges, day), '411111');

    expect(on('2019-09-30')).toBe('old');
    expect(on('2019-10-01')).toBe('new');
    expect(on('2020-01-31')).toBe('new');
    expect(on('2020-02-01')).toBeUndefined();
  });

  it.each([
    ['letters', range('41111x'), 'low'],
    ['five digits', range('41111'), 'low'],
    ['twelve digits', range('411111111111'), 'low'],
    ['full-width digits', range('４１１１１１'), 'low'],
    ['ends of different length', range('411111', '41111199'), 'high'],
    ['no end', range('411111', ''), 'high'],
    ['no issuer', range('411111', '411111', { issuer: '  ' }), 'issuer'],
    ['a brand that is none', range('411111', '411111', { brand: 'visla' }), 'brand'],
    ['a country of three letters', range('411111', '411111', { country: 'JPN' }), 'country'],
    ['a date that is none', range('411111', '411111', { validFrom: '2023-02-29' }), 'valid_from'],
    ['a date in another form', range('411111', '411111', { validTo: '2023/02/28' }), 'valid_to'],
  ])('refuses %s as malformed', (_, bad, column) => {
    const fault = refusal([range('400000'), bad]);

    expect(fault.code).toBe('bin-malformed');
    expect(fault.facts).toEqual({ line: 2, column });
  });

  it.each([
    ['digits', range('411112', '411111'), 'high'],
    [
      'dates',
      range('411111', '411111', { validFrom: '2020-01-02', validTo: '2020-01-01' }),
      'valid_to',
    ],
  ])('refuses %s that run backwards', (_, bad, column) => {
    expect(refusal([{ ...bad, line: 7 }])).toMatchObject({
      code: 'bin-reversed',
      facts: { line: 7, column },
    });
  });

  it.each([
    ['the same range twice', range('411111')],
    ['a shared end', range('411109', '411111')],
    ['one inside the other', range('411100', '411199')],
  ])('refuses %s', (_, bad) => {
    expect(refusal([range('400000'), range('411111', '411112'), bad])).toMatchObject({
      code: 'bin-overlap',
      facts: { line: 3, otherLine: 2 },
    });
  });

  it('finds an overlap behind ranges of other widths', () => {
    const ranges = [range('411100', '411199'), range('41110000'), range('411150')];

    expect(refusal(ranges).code).toBe('bin-overlap');
  });

  it('refuses a malformed range even when it is not in force', () => {
    const bad = range('411112', '411111', { validTo: '2000-01-01' });

    expect(refusal([bad]).code).toBe('bin-reversed');
  });

  it.each(['', '2026-13-01', '2026-11-22T00:00:00Z'])('refuses the day %j', (on) => {
    expect(refusal([], on).code).toBe('bin-malformed');
  });

  it('says nothing of the table in a refusal but line and column', () => {
    const fault = refusal([range('411111', '411111', { issuer: 'Secret Bank', brand: 'visla' })]);

    expect(JSON.stringify([fault.message, fault.facts])).not.toMatch(/411111|Secret|visla/);
  });
});

describe('BinTable.digest', () => {
  const ranges = [range('411111'), range('41111122'), range('555555', '555556', { brand: 'mc' })];
  const digest = (list: readonly BinRange[]) => BinTable.from(list, today).digest;

  it('does not depend on order, lines or spelling', () => {
    const written = ranges.map((r, i) => ({ ...r, line: 9 - i })).reverse();

    expect(digest(written)).toBe(digest(ranges));
    expect(digest([{ ...ranges[2]!, brand: 'Mastercard' }, ...ranges.slice(0, 2)])).toBe(
      digest(ranges),
    );
    expect(digest(ranges)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('does not depend on ranges that are not in force', () => {
    expect(digest([...ranges, range('400000', '400000', { validTo: '2000-01-01' })])).toBe(
      digest(ranges),
    );
  });

  it.each([
    ['a range less', ranges.slice(1)],
    ['another end', [...ranges.slice(0, 2), range('555555', '555557', { brand: 'mc' })]],
    ['another issuer', [range('411111', '411111', { issuer: 'x' }), ...ranges.slice(1)]],
    ['another country', [range('411111', '411111', { country: 'JP' }), ...ranges.slice(1)]],
    ['the same prefix with more digits', [range('41111100', '41111199'), ...ranges.slice(2)]],
  ])('changes with %s', (_, changed) => {
    expect(digest(changed)).not.toBe(digest(ranges));
  });
});
