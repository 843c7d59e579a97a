import type { BinLookupColumns } from '../domain/bins/bin-lookup.ts';
import { brandTables } from '../domain/cards/brands.ts';
import { testNumberMarks } from '../domain/cards/test-numbers.ts';
import { sumsFirstDoubled, sumsSecondDoubled } from '../domain/intake/plain-number.ts';

/** Addresses of the tables by which card numbers are screened, in memory that all threads share. */
export interface ScreeningTables {
  readonly pairSums: number;
  readonly lengthBits: number;
  readonly brandBySix: number;
  readonly testMarks: number;
  readonly binBrands: number;
  readonly slices: number;
  readonly pieces: number;
}

/** Finds room for the tables; `take` gives the address of so many bytes. */
export function placeTables(
  { brand, slices, pieces }: BinLookupColumns,
  take: (bytes: number) => number,
): ScreeningTables {
  return {
    pairSums: take(sumsFirstDoubled.length + sumsSecondDoubled.length),
    lengthBits: take(brandTables.lengthBits.byteLength),
    brandBySix: take(brandTables.bySix.length),
    testMarks: take(testNumberMarks.length),
    binBrands: take(brand.length),
    slices: take(slices.byteLength),
    pieces: take(pieces.byteLength),
  };
}

export function fillTables(
  memory: SharedArrayBuffer,
  tables: ScreeningTables,
  { brand, slices, pieces }: BinLookupColumns,
): void {
  const put = (at: number, { buffer, byteOffset, byteLength }: ArrayBufferView): void => {
    new Uint8Array(memory, at, byteLength).set(new Uint8Array(buffer, byteOffset, byteLength));
  };
  put(tables.pairSums, sumsFirstDoubled);
  put(tables.pairSums + sumsFirstDoubled.length, sumsSecondDoubled);
  put(tables.lengthBits, brandTables.lengthBits);
  put(tables.brandBySix, brandTables.bySix);
  put(tables.testMarks, testNumberMarks);
  put(tables.binBrands, brand);
  put(tables.slices, slices);
  put(tables.pieces, pieces);
}
