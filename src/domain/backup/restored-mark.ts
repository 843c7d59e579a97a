import { z } from 'zod';

import { encodeCanonicalJson, parseCanonicalJson } from '../canonical-json.ts';
import { BackupFault } from './errors.ts';

const markSchema = z.strictObject({
  backup: z.string(),
  restoredAt: z.iso.datetime(),
  /** Whether an anchor was configured when it was restored: taking it out of the settings must not help. */
  hadAnchor: z.boolean(),
  /** Entries of the log when the backup was made. */
  size: z.int().min(0),
  /** Signed checkpoints that were given to hold it against, as notes. */
  against: z.array(z.string().max(8_192)).max(100),
});

/** What a restored workspace keeps of its restoration, for good. */
export type RestoredMark = z.infer<typeof markSchema>;

export function encodeRestoredMark(mark: RestoredMark): string {
  return new TextDecoder().decode(encodeCanonicalJson({ ...mark }));
}

/** Throws `restored-unchecked` for a mark that cannot be read: whoever altered it had a reason. */
export function parseRestoredMark(text: string): RestoredMark {
  try {
    return markSchema.parse(parseCanonicalJson(new TextEncoder().encode(text)));
  } catch (cause) {
    throw new BackupFault('restored-unchecked', { reason: 'mark' }, cause);
  }
}
