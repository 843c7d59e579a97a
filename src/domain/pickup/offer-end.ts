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

/**
 * Until when a file that was opened, and not sent whole, may be fetched on: as long as an offer that was made when more of
 * it was sent last, and a day at least.
 */
export function openedOfferEnd(
  sentAt: Date,
  plan: Pick<Plan, 'expiresAt'>,
  planned: Pick<PlannedBatch, 'endpoint'>,
): Date {
  const end = offerEnd(sentAt, plan, planned).getTime();
  return new Date(Math.max(end, sentAt.getTime() + DAY_MS));
}
