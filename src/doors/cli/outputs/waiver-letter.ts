import { z } from 'zod';

import { charsets } from '../../../domain/notices/notice-cells.ts';
import type { WrittenLetter } from '../../../exchange/waivers/write-letter.ts';
import { sha256Schema } from './common.ts';

/** `waiver letter --json`. */
export const waiverLetterSchema = z.strictObject({
  incident: z.string(),
  /** '' when the issuer table does not know it. */
  issuer: z.string(),
  /** Rows of the annex: a card on two lists counts twice. */
  cards: z.int(),
  /** On lists that have not left for sure: not in it. */
  notLeft: z.int(),
  charset: z.enum(charsets),
  /** The annex, then the letters. */
  files: z.array(z.strictObject({ name: z.string(), bytes: z.int(), sha256: sha256Schema })),
});

export function waiverLetterDocument(made: WrittenLetter): z.infer<typeof waiverLetterSchema> {
  return { ...made, files: made.files.map((file) => ({ ...file })) };
}
