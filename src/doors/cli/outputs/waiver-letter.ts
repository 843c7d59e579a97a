import { z } from 'zod';

import { charsets } from '../../../domain/notices/charsets.ts';
import { letterFields } from '../../../domain/waivers/letter-fields.ts';
import { requestSteps } from '../../../exchange/waivers/request-step.ts';
import type { WrittenLetter } from '../../../exchange/waivers/write-letter.ts';
import { sha256Schema } from './common.ts';

const filesSchema = z.array(
  z.strictObject({ name: z.string(), bytes: z.int(), sha256: sha256Schema }),
);

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
  /** Whether `waiver request` may follow: `none` where the card company has answered. */
  request: z.enum(requestSteps),
  /** Placeholders of the letters that stand as blanks, since nobody told. */
  blanks: z.array(z.enum(letterFields)),
  /** The annex, then the letters, as they lie in the folder. */
  files: filesSchema,
  /** Who alone can open them, and what comes out, in their order; left out: they are clear. */
  sealed: z
    .strictObject({ recipient: z.string(), certificate: z.string(), contents: filesSchema })
    .optional(),
});

export function waiverLetterDocument(made: WrittenLetter): z.infer<typeof waiverLetterSchema> {
  const { sealed, blanks, files } = made;
  const plain = (some: WrittenLetter['files']) => some.map((file) => ({ ...file }));
  return {
    ...made,
    ...{ blanks: [...blanks], files: plain(files) },
    sealed: sealed && { ...sealed, contents: plain(sealed.contents) },
  };
}
