import { z } from 'zod';

import { configurationParts } from '../../../domain/configuration/configuration-changes.ts';
import type { ConfigurationChange } from '../../../domain/configuration/configuration-changes.ts';
import type { ApprovedConfiguration } from '../../../exchange/configuration/approve-configuration.ts';
import { isByEmergency } from '../../../exchange/configuration/configuration-history.ts';
import type { StandingConfiguration } from '../../../exchange/configuration/configuration-history.ts';
import type { ConfigurationStatus } from '../../../exchange/configuration/configuration-status.ts';
import type { ConfigurationDifference } from '../../../exchange/configuration/configuration-proposal.ts';
import type { ConfigurationVersion } from '../../../exchange/configuration/configuration-versions.ts';
import type { ProposedConfiguration } from '../../../exchange/configuration/propose-configuration.ts';
import type { ShownConfiguration } from '../../../exchange/configuration/show-configuration.ts';
import type { SignedConfiguration } from '../../../exchange/configuration/signed-history.ts';
import { accountsOf, accountsSchema } from './accounts.ts';
import { instantSchema, sha256Schema } from './common.ts';

const changesSchema = z.array(
  z.strictObject({
    part: z.enum(configurationParts),
    id: z.string().optional(),
    entry: z.enum(['added', 'removed', 'changed']),
    field: z.string(),
    before: z.string().optional(),
    after: z.string().optional(),
    /** Whether it waits for the cooling-off time once it is approved. */
    guarded: z.boolean(),
  }),
);

function changesOf(changes: readonly ConfigurationChange[]): z.infer<typeof changesSchema> {
  return changes.map(({ id, isGuarded, ...rest }) => ({
    ...rest,
    ...(id === '' ? {} : { id }),
    guarded: isGuarded,
  }));
}

/** `config diff --json`. `inForce` is absent before the first approval. */
export const configDiffSchema = z.strictObject({
  inForce: sha256Schema.optional(),
  changes: changesSchema,
});

export function configDiffDocument({
  inForce,
  changes,
}: ConfigurationDifference): z.infer<typeof configDiffSchema> {
  return { ...(inForce === undefined ? {} : { inForce }), changes: changesOf(changes) };
}

/** `config propose --json`. With `statement` nothing is proposed yet: the document there waits for its signature. */
export const configProposeSchema = z.strictObject({
  configuration: sha256Schema,
  state: z.enum(['proposed', 'statement']),
  changes: changesSchema,
  approvalsRequired: z.int().optional(),
  statement: z.string().optional(),
});

export function configProposeDocument(
  made: ProposedConfiguration,
): z.infer<typeof configProposeSchema> {
  const base = { configuration: made.digest, changes: changesOf(made.changes) };
  return made.state === 'statement'
    ? { ...base, state: made.state, statement: made.path }
    : { ...base, state: made.state, approvalsRequired: made.approvalsRequired };
}

/** `config approve --json`. With `statement` nothing is approved yet. */
export const configApproveSchema = z.strictObject({
  configuration: sha256Schema,
  state: z.enum(['adopted', 'missing', 'statement']),
  changes: changesSchema,
  startsAt: instantSchema.optional(),
  emergency: z.boolean().optional(),
  approvals: z.int().optional(),
  required: z.int().optional(),
  statement: z.string().optional(),
});

export function configApproveDocument(
  made: ApprovedConfiguration,
): z.infer<typeof configApproveSchema> {
  const { digest, state } = made;
  const base = { configuration: digest, state, changes: changesOf(made.changes) };
  if (made.state === 'statement') return { ...base, statement: made.path };
  if (made.state === 'missing') {
    return { ...base, approvals: made.approvals, required: made.required };
  }
  return { ...base, startsAt: made.startsAt.toISOString(), emergency: made.isEmergency };
}

/** `config drop --json`. */
export const configDropSchema = z.strictObject({
  configuration: sha256Schema,
  state: z.literal('dropped'),
});

export function configDropDocument({
  digest,
}: ConfigurationVersion): z.infer<typeof configDropSchema> {
  return { configuration: digest, state: 'dropped' };
}

const standingSchema = z.strictObject({
  configuration: sha256Schema,
  standing: z.enum(['open', 'stale', 'waiting', 'in-force', 'replaced', 'dropped']),
  replaces: sha256Schema.optional(),
  proposedBy: z.string(),
  proposedAt: instantSchema,
  startsAt: instantSchema.optional(),
  emergency: z.boolean(),
  approvals: z.array(
    z.strictObject({
      officer: z.string(),
      fingerprint: z.string(),
      at: instantSchema,
      emergency: z.boolean(),
      reason: z.string().optional(),
    }),
  ),
  /** By `config drop`; left out where another version overtook it. */
  dropped: z
    .strictObject({ by: z.string(), at: instantSchema, reason: z.string().optional() })
    .optional(),
});

/** As it stands, and who signed it under one account. */
const signedSchema = standingSchema.extend({ oneAccount: accountsSchema });

/** `config show --json`: how a version differs from the one it replaces. */
export const configShowSchema = signedSchema.extend({ changes: changesSchema });

export function configShowDocument(shown: ShownConfiguration): z.infer<typeof configShowSchema> {
  return { ...signedOf(shown), changes: changesOf(shown.changes) };
}

/** `config history --json`. */
export const configHistorySchema = z.strictObject({ versions: z.array(signedSchema) });

export function configHistoryDocument(
  history: readonly SignedConfiguration[],
): z.infer<typeof configHistorySchema> {
  return { versions: history.map(signedOf) };
}

function signedOf(signed: SignedConfiguration): z.infer<typeof signedSchema> {
  return { ...standingOf(signed), ...accountsOf(signed.accounts) };
}

function standingOf({ version, standing }: StandingConfiguration): z.infer<typeof standingSchema> {
  const { digest, replaces, proposer, proposedAt, effectiveFrom, approvals } = version;
  return {
    ...{ configuration: digest, standing },
    ...(replaces === undefined ? {} : { replaces }),
    ...{ proposedBy: proposer, proposedAt: proposedAt.toISOString() },
    ...(effectiveFrom === undefined ? {} : { startsAt: effectiveFrom.toISOString() }),
    emergency: isByEmergency(version),
    approvals: approvals.map(({ officer, fingerprint, approvedAt, isEmergency, reason }) => ({
      ...{ officer, fingerprint, at: approvedAt.toISOString(), emergency: isEmergency },
      ...(reason === undefined ? {} : { reason }),
    })),
    ...droppedOf(version),
  };
}

function droppedOf({
  dropped,
}: ConfigurationVersion): Pick<z.infer<typeof standingSchema>, 'dropped'> {
  if (dropped === undefined) return {};
  const { officer: by, at, reason } = dropped;
  const why = reason === undefined ? {} : { reason };
  return { dropped: { by, at: at.toISOString(), ...why } };
}

/** In `status --json`. */
export const configurationSchema = z.strictObject({
  /** Live, and nobody approved one: nothing can be handed over. */
  missing: z.boolean(),
  versions: z.array(standingSchema),
  differing: z.array(z.string()),
  unreadable: z.string().optional(),
});

export function configurationOf(status: ConfigurationStatus): z.infer<typeof configurationSchema> {
  return {
    missing: status.isMissing,
    versions: status.versions.map(standingOf),
    differing: [...status.differing],
    ...(status.unreadable === undefined ? {} : { unreadable: status.unreadable }),
  };
}
