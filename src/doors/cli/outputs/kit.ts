import { z } from 'zod';

import type { ExportedIncident } from '../../../exchange/kit/export-incident.ts';

/** `incident export --json`. `manifest`: SHA-256 of SHA256SUMS; `size`: entries in the log of the kit. */
export const kitSchema = z.strictObject({
  incident: z.string(),
  directory: z.string(),
  handoffs: z.int(),
  files: z.int(),
  signatures: z.int(),
  manifest: z.string(),
  size: z.int(),
  checkpoint: z.string(),
});

export function kitDocument(made: ExportedIncident, directory: string): z.infer<typeof kitSchema> {
  const { incident, handoffs, files, signatures, manifest, checkpoint } = made;
  const { size, note } = checkpoint;
  return { incident, directory, handoffs, files, signatures, manifest, size, checkpoint: note };
}
