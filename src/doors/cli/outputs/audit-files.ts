import { z } from 'zod';

import type { ExportedLog } from '../../../exchange/export-audit.ts';

/** `audit export --json`. `left`: entries after the checkpoint, which are not in the export. */
export const exportSchema = z.strictObject({
  directory: z.string(),
  origin: z.string(),
  vkey: z.string(),
  size: z.int(),
  root: z.string(),
  checkpoint: z.enum(['signed-now', 'newest']),
  left: z.int(),
});

export function exportDocument(made: ExportedLog, directory: string): z.infer<typeof exportSchema> {
  const { origin, vkey, size, root, isSignedFirst, left } = made;
  const checkpoint = isSignedFirst ? 'signed-now' : 'newest';
  return {
    directory,
    origin,
    vkey,
    size,
    root: Buffer.from(root).toString('hex'),
    checkpoint,
    left,
  };
}
