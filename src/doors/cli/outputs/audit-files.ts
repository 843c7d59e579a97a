import { z } from 'zod';

import type { ProofVerdict } from '../../../domain/audit/verify-proof.ts';
import type { ExportedLog } from '../../../exchange/audit/export-audit.ts';
import type { ProvenEntry } from '../../../exchange/audit/prove-audit.ts';

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

/** `audit prove --json`: the proof as text, the entry as it was hashed, base64. */
export const proveSchema = z.strictObject({
  index: z.int(),
  size: z.int(),
  proof: z.string(),
  entry: z.string(),
});

export function proveDocument(proven: ProvenEntry): z.infer<typeof proveSchema> {
  const { index, size, proof, entry } = proven;
  const text = new TextDecoder().decode(proof);
  return { index, size, proof: text, entry: Buffer.from(entry).toString('base64') };
}

/** `audit verify-proof --json`. `breach` says why it does not hold. */
export const proofVerdictSchema = z.strictObject({
  holds: z.boolean(),
  vkey: z.string(),
  index: z.int().optional(),
  size: z.int().optional(),
  origin: z.string().optional(),
  leaf: z.record(z.string(), z.unknown()).optional(),
  breach: z.strictObject({ kind: z.string() }).optional(),
});

export function proofVerdictDocument(checked: {
  readonly verdict: ProofVerdict;
  readonly vkey: string;
}): z.infer<typeof proofVerdictSchema> {
  const { verdict, vkey } = checked;
  if (!verdict.holds) return { holds: false, vkey, breach: { kind: verdict.kind } };
  const { index, size, origin, leaf } = verdict;
  return { holds: true, vkey, index, size, origin, leaf: { ...leaf } };
}
