import { z } from 'zod';

import type { Serving } from '../../../exchange/pickup/serve-workspace.ts';

/** `serve --json`: printed once it runs. */
export const serveSchema = z.strictObject({
  pickup: z.strictObject({ address: z.string(), port: z.int(), hostKey: z.string() }),
});

export function serveDocument({ address, port, hostKey }: Serving): z.infer<typeof serveSchema> {
  return { pickup: { address, port, hostKey } };
}
