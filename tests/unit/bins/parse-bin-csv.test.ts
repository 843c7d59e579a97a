import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BinTable } from '../../../src/domain/bins/bin-table.ts';
import { BinsFault } from '../../../src/domain/bins/errors.ts';
import { parseBinCsv } from '../../../src/domain/bins/parse-bin-csv.ts';
import { brands } from '../../../src/domain/cards/brands.ts';
import { brandSample, sampleBrands, seededRandom } from '../../support/seeded-cards.ts';

type Columns = NonNullable<Parameters<typeof parseBinCsv>[1]>;

const refusal = (text: string, columns: Columns = {}): BinsFault => {
  try {
    parseBinCsv(text, columns);
  } catch (fault) {
    if (fault instanceof BinsFault) return fault;
    throw fault;
  }
  throw new Error('not refused');
};

describe('parseBinCsv()', () => {
  it('reads the default columns in any order', () => {
    const text =
      'issuer,country,high,low,brand,valid_to,valid_from\n甲,JP,411112,411111,visa,,2020-01-01\n';

    expect(parseBinCsv(text)).toEqual([
      {
        ...{ low: '411111', high: '411112', issuer: '甲', country: 'JP', brand: 'visa' },
        ...{ validFrom: '2020-01-01', line: 2 },
      },
    ]);
  });

  it('finds columns by the names it is given, in any case and width', () => {
    const text = ' ＢＩＮ開始 ,bin終了,発行会社,note\n411111,411112,甲,x';
    const columns = { low: 'BIN開始', high: 'BIN終了', issuer: '発行会社' };

    expect(parseBinCsv(text, columns)).toEqual([
      { low: '411111', high: '411112', issuer: '甲', line: 2 },
    ]);
  });

  it.each([
    ['a column prefix', 'Prefix,issuer\n411111,A', {}],
    ['a column bin', 'BIN,issuer\n411111,A', {}],
    ['no column high', 'low,issuer\n411111,A', {}],
    ['an empty high', 'low,high,issuer\n411111,,A', {}],
    ['a column named for low alone', 'range,issuer\n411111,A', { low: 'range' }],
  ])('takes for a single BIN: %s', (_, text, columns) => {
    expect(parseBinCsv(text, columns)).toEqual([
      { low: '411111', high: '411111', issuer: 'A', line: 2 },
    ]);
  });

  it('reads quoted fields with commas, quotes and line ends', () => {
    const text =
      'low,issuer\r\n"411111","Quay, Stone ""&"" Co"\r\n411112,"two\r\nlines"\r\n411113,B\r\n';

    expect(parseBinCsv(text).map(({ issuer, line }) => [issuer, line])).toEqual([
      ['Quay, Stone "&" Co', 2],
      ['two\r\nlines', 3],
      ['B', 5],
    ]);
  });

  it('passes over a byte order mark and empty lines, and still counts lines', () => {
    const text = '\uFEFFlow,issuer\n\n411111,A\n  \n411112,B\n\n';

    expect(parseBinCsv(text).map(({ line }) => line)).toEqual([3, 5]);
  });

  it('reads a header without rows as an empty table', () => {
    expect(parseBinCsv('low,issuer\n')).toEqual([]);
  });

  it.each([
    ['no text', '', 'low'],
    ['no low', 'high,issuer\n', 'low'],
    ['no issuer', 'low,high\n', 'issuer'],
  ])('refuses %s', (_, text, column) => {
    expect(refusal(text)).toMatchObject({ code: 'bin-column-missing', facts: { column } });
  });

  it.each(['low', 'high', 'brand', 'issuer', 'country', 'valid_from', 'valid_to'] as const)(
    'refuses a name given for %s that the header does not have',
    (column) => {
      expect(refusal('low,bin,issuer\n411111,1,A', { [column]: 'elsewhere' })).toMatchObject({
        code: 'bin-column-missing',
        facts: { line: 1, column },
      });
    },
  );

  it.each([
    ['a name twice in the header', 'low,issuer,LOW\n411111,A,1', 1, 'header'],
    ['a row with a field less', 'low,high,issuer\n411111,411111,A\n411112,B', 3, 'fields'],
    ['a row with a field more', 'low,issuer\n411111,A,B', 2, 'fields'],
    ['a quote that does not close', 'low,issuer\n411111,"A\n411112,B\n', 2, 'quotes'],
    ['a quote inside a plain field', 'low,issuer\n411111,A"B"\n', 2, 'quotes'],
    ['text behind a closing quote', 'low,issuer\n411111,"A"B\n', 2, 'quotes'],
  ])('refuses %s', (_, text, line, column) => {
    expect(refusal(text)).toMatchObject({ code: 'bin-malformed', facts: { line, column } });
  });
});

describe('config/bins/demo.csv', () => {
  const text = readFileSync(new URL('../../../config/bins/demo.csv', import.meta.url), 'utf8');
  const table = BinTable.from(parseBinCsv(text), '2020-04-08');

  it('is a table without faults, of sixty issuers or so', () => {
    const issuers = new Set(Array.from({ length: table.size }, (_, i) => table.entry(i).issuer));

    expect(issuers.size).toBeGreaterThan(50);
  });

  it('names the brand of each range as the brand table does', () => {
    const rng = seededRandom(14);
    for (const id of sampleBrands) {
      for (let round = 0; round < 500; round++) {
        const digits = brandSample(rng, id);
        const index = table.indexOf(digits, digits.length);
        if (index >= 0) expect(brands[table.entry(index).brandIndex]!.id).toBe(id);
      }
    }
  });
});
