import { z } from 'zod';

import type { ListedSource } from '../../../exchange/arrivals/list-sources.ts';
import { instantSchema, sha256Schema } from './common.ts';

/** `source list --json`. `box`: the recipient or sender whose key, `key`, brought it; `handoffs`: made of it. */
export const sourcesSchema = z.strictObject({
  sources: z.array(
    z.strictObject({
      ...{ id: z.string(), box: z.string(), key: z.string(), name: z.string() },
      ...{ sha256: sha256Schema, bytes: z.int(), arrivedAt: instantSchema },
      handoffs: z.array(z.string()),
      standing: z.enum(['unknown', 'needed', 'done']),
    }),
  ),
});

export function sourcesDocument(listed: readonly ListedSource[]): z.infer<typeof sourcesSchema> {
  return {
    sources: listed.map(({ arrival, handoffs, standing }) => {
      const { id, recipient: box, key = '', name, sha256, bytes, arrivedAt } = arrival;
      const told = { id, box, key, name, sha256, bytes, arrivedAt: arrivedAt.toISOString() };
      return { ...told, handoffs: [...handoffs], standing };
    }),
  };
}
