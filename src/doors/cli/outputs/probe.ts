import { z } from 'zod';

import type { Probed } from '../../../exchange/recipients/probe-recipient.ts';
import { changedTraits, traitLines, updateCommand } from '../screens/probe-screen.ts';

/** `recipient probe --json`. `toml` is the proposal as a file would have it. */
export const probeSchema = z.strictObject({
  recipient: z.string(),
  directory: z.string(),
  hostKey: z.string(),
  isCreateExclusive: z.boolean(),
  canSync: z.boolean(),
  readBack: z.enum(['same', 'different', 'refused']),
  canLook: z.boolean(),
  canList: z.boolean(),
  canRename: z.boolean(),
  takesDotNames: z.boolean(),
  renameOntoExisting: z.enum(['refused', 'overwrites', 'not-tried']),
  freeBytes: z.number().optional(),
  limits: z
    .strictObject({ readBytes: z.number(), writeBytes: z.number(), openHandles: z.number() })
    .optional(),
  writeBytesMax: z.int(),
  left: z.array(z.string()),
  traits: z.record(z.string(), z.union([z.boolean(), z.string()])),
  toml: z.string(),
  /** What sets the traits that differ from the endpoint; missing when none does. */
  command: z.string().optional(),
});

export function probeDocument(probed: Probed): z.infer<typeof probeSchema> {
  const { recipient, directory, findings, traits } = probed;
  const { freeBytes, limits, left, ...seen } = findings;
  return {
    ...{ recipient: recipient.id, directory },
    ...seen,
    ...(freeBytes === undefined ? {} : { freeBytes }),
    ...(limits === undefined ? {} : { limits }),
    left: [...left],
    traits: { ...traits },
    toml: traitLines(probed).join('\n'),
    ...(changedTraits(probed).length === 0 ? {} : { command: updateCommand(probed) }),
  };
}
