import type { Plan, PlannedBatch } from '../handoff/plan.ts';

const DAY_MS = 86_400_000;

/**
 * Until when a file that nobody opened may be: the days that the plan gives the offer, whatever the age of the plan then;
 * without them until the plan ends.
 */
export function offerEnd(
  offeredAt: Date,
  plan: Pick<Plan, 'expiresAt'>,
  { endpoint }: Pick<PlannedBatch, 'endpoint'>,
): Date {
  const days = endpoint.kind === 'pickup' ? endpoint.offerDays : undefined;
  return days === undefined
    ? new Date(plan.expiresAt)
    : new Date(offeredAt.getTime() + days * DAY_MS);
}
