import { z } from 'zod';
import { scrub } from '../cards/scrubber.ts';
import { idField, textField } from '../workspace/text-fields.ts';

/** A record keeps its merchant in 16 bits. */
export const MERCHANTS_MAX = 10_000;

/** One merchant of an incident that covers several. */
export const merchantSchema = z.strictObject({
  id: idField.describe('Names the merchant in sources, commands and reports.'),
  name: textField(200).describe('Whose shop it is, as recipients know it.'),
  public_name: textField(200).optional().describe('What callers and letters say. Left out: name.'),
  number: z
    .string()
    .regex(/^[0-9A-Za-z][0-9A-Za-z-]{0,29}$/, 'a merchant number of up to 30 letters and digits')
    .refine((number) => scrub(number).hits === 0, 'a merchant number, and no card number')
    .optional()
    .describe('Merchant number (加盟店番号) as the processor or acquirer knows it.'),
});

export type Merchant = z.output<typeof merchantSchema>;
