import { z } from 'zod';

import type { PurgedIncident } from '../../../exchange/purge/purge-incident.ts';

/** `purge incident --json`. `counts`: what there was when the purge began; `unproven`: where bytes may still be. */
export const purgedIncidentSchema = z.strictObject({
  incident: z.string(),
  resumed: z.boolean(),
  counts: z.record(z.string(), z.int()),
  /** Files in quarantine that may be of this incident, and stay. */
  unknown: z.int(),
  fileSystem: z.string().optional(),
  unproven: z.array(z.string()),
});

export function purgedIncidentDocument(
  purged: PurgedIncident,
): z.infer<typeof purgedIncidentSchema> {
  const { incident, isResumed, counts, unknown, fileSystem, unproven } = purged;
  return {
    ...{ incident, resumed: isResumed, counts: { ...counts }, unknown, unproven: [...unproven] },
    ...(fileSystem === undefined ? {} : { fileSystem }),
  };
}
