import { z } from 'zod';

import { keyPurposes } from '../../../domain/keys/held-key.ts';
import type { HeldKey } from '../../../domain/keys/held-key.ts';
import { endOf } from '../../../domain/keys/key-end.ts';
import { instantSchema } from './common.ts';

const endSchema = z.strictObject({
  kind: z.enum(['expiry', 'cryptoperiod']),
  at: instantSchema,
  daysLeft: z.int(),
  /** The latest warning that is due, in days before the end. */
  warning: z.int().optional(),
});

const heldKeySchema = z.strictObject({
  purpose: z.enum(keyPurposes),
  id: z.string(),
  fingerprint: z.string().optional(),
  algorithm: z.string().optional(),
  strengthBits: z.int().optional(),
  createdAt: instantSchema.optional(),
  expiresAt: instantSchema.optional(),
  uses: z.array(z.string()),
  custodian: z.string().optional(),
  periodEndsAt: instantSchema.optional(),
  state: z.enum(['next', 'in-use', 'retiring', 'retired', 'destroyed']),
  problem: z.string().optional(),
  end: endSchema.optional(),
});

/** `key list --json`. */
export const keyListSchema = z.strictObject({ keys: z.array(heldKeySchema) });

export function keyListDocument(
  keys: readonly HeldKey[],
  now: Date,
): z.infer<typeof keyListSchema> {
  return { keys: keys.map((key) => keyOf(key, now)) };
}

function keyOf(key: HeldKey, now: Date): z.infer<typeof heldKeySchema> {
  const { purpose, id, fingerprint, algorithm, strengthBits, uses, custodian, state } = key;
  const { createdAt, expiresAt, periodEndsAt, problem } = key;
  const end = endOf(key, now);
  return {
    ...{ purpose, id, uses: [...uses], state },
    ...(fingerprint === undefined ? {} : { fingerprint }),
    ...(algorithm === '' ? {} : { algorithm }),
    ...(strengthBits === undefined ? {} : { strengthBits }),
    ...(createdAt === undefined ? {} : { createdAt: createdAt.toISOString() }),
    ...(expiresAt === undefined ? {} : { expiresAt: expiresAt.toISOString() }),
    ...(custodian === undefined ? {} : { custodian }),
    ...(periodEndsAt === undefined ? {} : { periodEndsAt: periodEndsAt.toISOString() }),
    ...(problem === undefined ? {} : { problem }),
    ...(end === undefined ? {} : { end: endDocument(end) }),
  };
}

function endDocument({
  kind,
  at,
  daysLeft,
  warning,
}: NonNullable<ReturnType<typeof endOf>>): z.infer<typeof endSchema> {
  const told = warning === undefined ? {} : { warning };
  return { kind, at: at.toISOString(), daysLeft, ...told };
}
