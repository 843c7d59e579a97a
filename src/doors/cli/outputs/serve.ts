import { z } from 'zod';

import type { Escalation } from '../../../exchange/serve/escalations.ts';
import type { ServeStatus } from '../../../exchange/serve/serve-status.ts';
import type { Serving } from '../../../exchange/serve/serve-workspace.ts';
import { instantSchema } from './common.ts';

/** `serve --json`: printed once it runs. */
export const serveSchema = z.strictObject({
  /** Absent without `[pickup]` in the settings. */
  pickup: z.strictObject({ address: z.string(), port: z.int(), hostKey: z.string() }).optional(),
  delivers: z.boolean(),
});

export function serveDocument({ pickup, isDelivering }: Serving): z.infer<typeof serveSchema> {
  return { ...(pickup && { pickup }), delivers: isDelivering };
}

/** `serve --json`: a second line, printed when it has ended in order. */
export const servedSchema = z.strictObject({ endedAt: instantSchema });

export function servedDocument(now: Date): z.infer<typeof servedSchema> {
  return { endedAt: now.toISOString() };
}

/** What `status --json` says of `serve`. */
export const serveStateSchema = z.strictObject({
  needed: z.boolean(),
  running: z.boolean(),
  seenAt: instantSchema.optional(),
  troubles: z.array(z.strictObject({ round: z.string(), code: z.string() })),
  deliveries: z.array(
    z.strictObject({
      batch: z.string(),
      /** Absent with a problem. */
      dueAt: instantSchema.optional(),
      problem: z.string().optional(),
    }),
  ),
  /** Of recipients whose directory it looks into for answers. */
  fetches: z.array(
    z.strictObject({
      recipient: z.string(),
      /** In their hours; absent with a problem. */
      nextAt: instantSchema.optional(),
      problem: z.string().optional(),
    }),
  ),
});

/** What is late or about to end about batches. */
export const escalationSchema = z.strictObject({
  kind: z.string(),
  dueAt: instantSchema,
  incident: z.string().optional(),
  handoff: z.string().optional(),
  batch: z.string().optional(),
  recipient: z.string().optional(),
});

export function escalationOf({ dueAt, ...rest }: Escalation): z.infer<typeof escalationSchema> {
  return { ...rest, dueAt: dueAt.toISOString() };
}

export function serveStateOf(service: ServeStatus): z.infer<typeof serveStateSchema> {
  const { isNeeded, isRunning, seenAt, troubles, deliveries, fetches } = service;
  return {
    ...{ needed: isNeeded, running: isRunning },
    ...(seenAt && { seenAt: seenAt.toISOString() }),
    troubles: troubles.map((trouble) => ({ ...trouble })),
    deliveries: deliveries.map(({ dueAt, ...rest }) => ({
      ...rest,
      ...(dueAt && { dueAt: dueAt.toISOString() }),
    })),
    fetches: fetches.map(({ recipient, nextAt, problem }) => ({
      recipient,
      ...(nextAt && { nextAt: nextAt.toISOString() }),
      ...(problem === undefined ? {} : { problem }),
    })),
  };
}
