import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { BinLookup } from '../../../src/domain/bins/bin-lookup.ts';
import { BinTable } from '../../../src/domain/bins/bin-table.ts';
import { brandIndexById } from '../../../src/domain/cards/brands.ts';
import { digitsOf } from '../../support/seeded-cards.ts';

const table = BinTable.from(
  [
    { low: '000000', high: '000000', issuer: 'first' },
    { low: '411111', high: '411112', issuer: 'six', brand: 'visa' },
    { low: '41111190', high: '41111210', issuer: 'eight', brand: 'jcb' },
    { low: '41111200000', high: '41111200000', issuer: 'eleven' },
    { low: '99999999999', high: '99999999999', issuer: 'last', brand: 'visa' },
  ],
  '2026-11-22',
);
const beginnings = [
  '000000',
  '411110',
  '41111189',
  '41111190',
  '41111200',
  '41111211',
  '99999999999',
];

describe('BinLookup', () => {
  it.each(beginnings)('answers for %s as the table it came from', (beginning) => {
    const lookup = new BinLookup(table.lookup.columns);
    for (const fill of ['0', '9']) {
      const digits = digitsOf(beginning.padEnd(16, fill));
      const index = table.indexOf(digits, 16);
      expect(lookup.indexOf(digits, 16)).toBe(index);
      expect(lookup.brandOf(index)).toBe(index < 0 ? 0 : table.entry(index).brandIndex);
    }
    const bin = digitsOf(beginning);
    expect(lookup.indexOf(bin, bin.length)).toBe(table.indexOf(bin, bin.length));
  });

  it('states no brand where the table states none, and none for no range', () => {
    expect(table.lookup.brandOf(table.indexOf(digitsOf('000000'), 6))).toBe(0);
    expect(table.lookup.brandOf(table.indexOf(digitsOf('411111'), 6))).toBe(brandIndexById('visa'));
    expect(table.lookup.brandOf(-1)).toBe(0);
  });

  it('finds nothing in an empty table', () => {
    const { lookup } = BinTable.from([], '2026-11-22');
    expect(lookup.indexOf(digitsOf('9'.repeat(16)), 16)).toBe(-1);
    expect(lookup.indexOf(digitsOf('0'.repeat(16)), 16)).toBe(-1);
    expect(lookup.indexOf(digitsOf('411111'), 6)).toBe(-1);
  });

  it('gives its columns to another thread without copying them', async () => {
    const worker = new Worker(
      `const { parentPort, workerData } = require('node:worker_threads');
       const names = Object.keys(workerData).filter((name) => workerData[name].buffer instanceof SharedArrayBuffer);
       parentPort.postMessage({ names, brand: [...workerData.brand] });`,
      { eval: true, workerData: table.lookup.columns },
    );
    const [said] = (await once(worker, 'message')) as [{ names: string[]; brand: number[] }];
    await worker.terminate();
    expect(said.names.sort()).toEqual(Object.keys(table.lookup.columns).sort());
    expect(said.brand).toEqual([...table.lookup.columns.brand]);
  });
});
