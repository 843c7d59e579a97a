import { z } from 'zod';

import type { ImportedBins } from '../../../exchange/configuration/import-bins.ts';
import type { BinAnswer } from '../../../exchange/configuration/show-bin.ts';
import { sha256Schema } from './common.ts';

/** `bins import --json`. */
export const binsImportSchema = z.strictObject({
  ranges: z.int(),
  table: sha256Schema,
  replaced: sha256Schema.optional(),
});

export function binsImportDocument(imported: ImportedBins): z.infer<typeof binsImportSchema> {
  const { ranges, table, replaced } = imported;
  return { ranges, table, ...(replaced === undefined ? {} : { replaced }) };
}

/** `bins show --json`. Empty strings are what the tables do not know. */
export const binSchema = z.strictObject({
  bin: z.string(),
  brand: z.string(),
  issuer: z.string(),
  country: z.string(),
});

export function binDocument(shown: {
  readonly bin: string;
  readonly answer: BinAnswer;
}): z.infer<typeof binSchema> {
  return { bin: shown.bin, ...shown.answer };
}
