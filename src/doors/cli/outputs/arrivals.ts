import { z } from 'zod';

import { arrivalWays } from '../../../domain/arrivals/arrival-limits.ts';
import type { Arrival, RefusedArrival } from '../../../exchange/arrivals/arrival-book.ts';
import type { Collected } from '../../../exchange/arrivals/collect-responses.ts';
import type { FetchTime } from '../../../exchange/arrivals/fetch-times.ts';
import type { SettledArrival } from '../../../exchange/arrivals/settle-arrival.ts';
import { instantSchema, sha256Schema } from './common.ts';
import { errorSchema } from './error.ts';

const waySchema = z.enum(arrivalWays);

/** A file in quarantine; `file` is its name below the workspace. */
export const quarantinedSchema = z.strictObject({
  ...{ id: z.string(), recipient: z.string(), way: waySchema, name: z.string() },
  ...{ sha256: sha256Schema, bytes: z.int(), arrivedAt: instantSchema, code: z.string() },
  file: z.string(),
});

export function quarantinedOf(arrival: Arrival): z.infer<typeof quarantinedSchema> {
  const { id, recipient, way, name, sha256, bytes, arrivedAt, code = '' } = arrival;
  return {
    ...{ id, recipient, way, name, sha256, bytes, arrivedAt: arrivedAt.toISOString(), code },
    file: arrivalFile(id),
  };
}

/** Where the bytes lie, below the workspace. */
export function arrivalFile(id: string): string {
  return `data/arrivals/${id}.pgp`;
}

/** A file that was not taken, and of which nothing lies here. */
export const refusedArrivalSchema = z.strictObject({
  ...{ id: z.string(), recipient: z.string(), way: waySchema, name: z.string() },
  ...{ code: z.string(), refusedAt: instantSchema },
});

export function refusedArrivalOf({
  refusedAt,
  ...refusal
}: RefusedArrival): z.infer<typeof refusedArrivalSchema> {
  return { ...refusal, refusedAt: refusedAt.toISOString() };
}

/** `response collect --json`. */
export const collectSchema = z.strictObject({
  taken: z.array(
    z.strictObject({
      ...{ id: z.string(), recipient: z.string(), name: z.string() },
      became: z.enum(['collected', 'repeated', 'quarantined']),
      batch: z.string().optional(),
      code: z.string().optional(),
    }),
  ),
  waiting: z.array(z.strictObject({ id: z.string(), code: z.string() })),
  /** Recipients whose directory was looked into outside their hours, and when `serve` does so next; absent: not known. */
  outsideHours: z.array(
    z.strictObject({ recipient: z.string(), nextAt: instantSchema.optional() }),
  ),
  /** Why a directory could not be read, or a file waits for its recipient's configuration; the exit status is of it. */
  error: errorSchema.shape.error.optional(),
});

/** What was taken in, and outside whose hours. */
export interface CollectedNow extends Pick<Collected, 'taken' | 'waiting'> {
  readonly closed: readonly FetchTime[];
}

export function collectDocument({
  taken,
  waiting,
  closed,
}: CollectedNow): z.infer<typeof collectSchema> {
  return {
    taken: taken.map(({ arrival: id, recipient, name, became, batch, code }) => ({
      ...{ id, recipient, name, became },
      ...(batch === undefined ? {} : { batch }),
      ...(code === undefined ? {} : { code }),
    })),
    waiting: waiting.map(({ arrival: id, code }) => ({ id, code })),
    outsideHours: closed.map(({ recipient, opensAt }) => ({
      recipient: recipient.id,
      ...(opensAt && { nextAt: opensAt.toISOString() }),
    })),
  };
}

/** `response settle --json` of a file that was put aside. */
export const arrivalSettleSchema = z.strictObject({
  ...{ id: z.string(), recipient: z.string(), code: z.string(), removed: z.boolean() },
});

export function arrivalSettleDocument({
  wasHere,
  ...settled
}: SettledArrival): z.infer<typeof arrivalSettleSchema> {
  return { ...settled, removed: wasHere };
}
