import { z } from 'zod';

import type { PurgedSource } from '../../../exchange/purge/purge-source.ts';

/** `purge source --json`. `unproven`: where its bytes may still be. */
export const purgeSchema = z.strictObject({
  file: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  handoffs: z.array(z.string()),
  forced: z.boolean(),
  fileSystem: z.string().optional(),
  done: z.array(z.string()),
  unproven: z.array(z.string()),
  copies: z.array(z.string()),
  uncompared: z.int(),
});

export function purgeDocument(purged: PurgedSource, file: string): z.infer<typeof purgeSchema> {
  const { source, handoffs, isForced, fileSystem, done, unproven } = purged;
  const { bytes, sha256, copies, uncompared } = source;
  return {
    ...{ file, bytes, sha256, handoffs: [...handoffs], forced: isForced },
    ...(fileSystem === undefined ? {} : { fileSystem }),
    ...{ done: [...done], unproven: [...unproven], copies: [...copies], uncompared },
  };
}
