import { z } from 'zod';

import { toHex } from '../../../domain/audit/hex.ts';
import type { LogRecovery } from '../../../domain/audit/log-recovery.ts';
import type { ApprovedRecovery } from '../../../exchange/audit/approve-recovery.ts';
import type { RequestedRecovery } from '../../../exchange/audit/recover-log.ts';

const signedSize = z.strictObject({ size: z.int(), root: z.string() });

/** `audit recover --json`. Entries from `common.size` up to `anchored.size` are lost. */
export const recoverySchema = z.strictObject({
  state: z.enum(['statement', 'requested', 'recovered']),
  recovery: z.string(),
  common: signedSize,
  anchored: signedSize,
  key: z.string(),
  statement: z.string().optional(),
  requester: z.string().optional(),
  officer: z.string().optional(),
  checkpoint: z.strictObject({ size: z.int(), note: z.string() }).optional(),
  doubted: z
    .array(z.strictObject({ batch: z.string(), handoff: z.string(), recipient: z.string() }))
    .optional(),
  undecided: z.int().optional(),
});

type RecoveryDocument = z.infer<typeof recoverySchema>;

export function recoveryRequestDocument(made: RequestedRecovery): RecoveryDocument {
  return { state: made.state, ...headOf(made, made.vkey), statement: made.path };
}

export function recoveryApprovalDocument(made: ApprovedRecovery): RecoveryDocument {
  const { vkey, requester } = made.statement;
  const head = { state: made.state, ...headOf(made, vkey), requester };
  if (made.state === 'statement') return { ...head, statement: made.path };
  const { officer, checkpoint, doubted, undecided } = made;
  return {
    ...{ ...head, officer, checkpoint: { ...checkpoint }, undecided },
    doubted: doubted.map(({ id, handoff, recipient }) => ({ batch: id, handoff, recipient })),
  };
}

/** A recovery that a checked log tells of. */
export const recoveredSchema = z.strictObject({
  index: z.int(),
  at: z.string(),
  key: z.string(),
  replaced: z.string(),
  size: z.int(),
  root: z.string(),
  anchored: z.int(),
  anchoredRoot: z.string(),
  requester: z.string(),
  officer: z.string(),
  statement: z.string(),
  reason: z.string().optional(),
});

export function recoveredDocument(one: LogRecovery): z.infer<typeof recoveredSchema> {
  const { index, at, vkey, replaced, size, anchored, requester, officer, statement, reason } = one;
  return {
    ...{ index, at, key: vkey, replaced, size, root: toHex(one.root) },
    ...{ anchored, anchoredRoot: toHex(one.anchoredRoot), requester, officer, statement },
    ...(reason === undefined ? {} : { reason }),
  };
}

function headOf(
  { digest, ground }: Pick<RequestedRecovery, 'digest' | 'ground'>,
  key: string,
): Pick<RecoveryDocument, 'recovery' | 'common' | 'anchored' | 'key'> {
  const { common, anchored } = ground;
  return {
    ...{ recovery: digest, key },
    common: { size: common.size, root: toHex(common.root) },
    anchored: { size: anchored.size, root: toHex(anchored.root) },
  };
}
