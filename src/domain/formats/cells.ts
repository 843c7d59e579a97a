import { z } from 'zod';

import { batchFields, cardFields, commonFields } from './fields.ts';

const printableAscii = /^[\x20-\x7e]$/;

/** One cell of a record. `width`, `align`, `fill` and `overflow` are for fixed-width profiles. */
export const cellSchema = z.strictObject({
  field: z.enum([...cardFields, ...batchFields, ...commonFields]),
  /** Name of the column in the title line. */
  title: z.string().min(1).max(60).optional(),
  /** Form of an expiry or a date; absent means the first form of `formatsOfField`. */
  format: z.string().optional(),
  /** The text of a `literal`. */
  text: z.string().max(120).optional(),
  /** Bytes, not characters. */
  width: z.int().min(1).max(500).optional(),
  align: z.enum(['left', 'right']).default('left'),
  fill: z.string().regex(printableAscii).default(' '),
  /** What happens to a text that is longer than the cell. Numbers are never cut. */
  overflow: z.enum(['refuse', 'cut']).default('refuse'),
});

export type Cell = z.output<typeof cellSchema>;
export type CellInput = z.input<typeof cellSchema>;
