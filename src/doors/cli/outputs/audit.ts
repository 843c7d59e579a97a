import { z } from 'zod';

import type { LogVerdict } from '../../../domain/audit/log-verdict.ts';
import type { RefilledAnchor } from '../../../exchange/audit/refill-anchor.ts';
import { recoveredDocument, recoveredSchema } from './recovery.ts';
import type { TailedLeaf } from '../../../exchange/audit/tail-audit.ts';

/** `audit verify --json`. `breach` names the first thing that does not hold. */
export const auditVerdictSchema = z.strictObject({
  holds: z.boolean(),
  vkey: z.string(),
  entries: z.int().optional(),
  signedTo: z.int().optional(),
  anchoredTo: z.int().optional(),
  root: z.string().optional(),
  recoveries: z.array(recoveredSchema).optional(),
  breach: z
    .strictObject({
      kind: z.string(),
      index: z.int().optional(),
      size: z.int().optional(),
      path: z.string().optional(),
    })
    .optional(),
});

export function auditVerdictDocument(checked: {
  readonly verdict: LogVerdict;
  readonly vkey: string;
}): z.infer<typeof auditVerdictSchema> {
  const { verdict, vkey } = checked;
  if (!verdict.holds) {
    const { kind, index, size, detail } = verdict;
    const path = detail['path'];
    return {
      holds: false,
      vkey,
      breach: {
        kind,
        ...(index === undefined ? {} : { index }),
        ...(size === undefined ? {} : { size }),
        ...(typeof path === 'string' ? { path } : {}),
      },
    };
  }
  const { entries, signedTo, anchoredTo, root } = verdict;
  const { recoveries } = verdict;
  return {
    ...{ holds: true, vkey, entries, signedTo, anchoredTo, root: hexOf(root) },
    ...(recoveries === undefined ? {} : { recoveries: recoveries.map(recoveredDocument) }),
  };
}

/** `audit tail --json`: leaves as they are stored, with the texts they bind. */
export const auditTailSchema = z.strictObject({
  entries: z.array(
    z.strictObject({
      number: z.int(),
      leaf: z.record(z.string(), z.unknown()),
      texts: z.record(z.string(), z.string()),
    }),
  ),
});

export function auditTailDocument(entries: readonly TailedLeaf[]): z.infer<typeof auditTailSchema> {
  return {
    entries: entries.map(({ number, leaf, texts }) => ({
      number,
      leaf: { ...leaf },
      texts: { ...texts },
    })),
  };
}

/** `audit anchor --json`. */
export const anchorSchema = z.strictObject({
  added: z.int(),
  checkpoints: z.int(),
  checkpoint: z.strictObject({ size: z.int(), note: z.string() }),
});

export function anchorDocument(made: RefilledAnchor): z.infer<typeof anchorSchema> {
  const { added, checkpoints, checkpoint } = made;
  return { added, checkpoints, checkpoint: { size: checkpoint.size, note: checkpoint.note } };
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
