import { encodeCanonicalJson } from '../../domain/canonical-json.ts';
import type { Json } from '../../domain/canonical-json.ts';
import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { decodePlan, digestOf } from '../../domain/handoff/plan.ts';
import type { Plan, PlannedBatch, PlannedEndpoint } from '../../domain/handoff/plan.ts';
import { plannedEndpoint } from './compose-plan.ts';
import type { LoadedConfiguration } from '../configuration/configuration.ts';
import type { BatchRow, HandoffRow } from './handoff-register.ts';

/** States in which an earlier batch no longer covers the cards a plan left out because of it. */
const endedBadly: readonly string[] = ['failed', 'expired', 'cancelled'];

/** Reads the stored plan; throws `plan-changed` when its bytes are not those its digest names. */
export function planOf(handoff: HandoffRow): Plan {
  if (handoff.plan === undefined) throw new DecisionFault('handoff-empty', { handoff: handoff.id });
  if (digestOf(handoff.plan) !== handoff.planSha256) throw changed(handoff.id, 'plan');
  return decodePlan(handoff.plan);
}

/**
 * Checks that the world is still the one the plan was made for: sealed files, certificates, endpoints and pins as
 * planned. The approval covers exactly that, so any difference voids it.
 *
 * Throws `plan-expired`; `plan-changed` with what differs (`recipient:psp`, `batch:…`).
 */
export function assertPlanHolds(
  handoff: HandoffRow,
  plan: Plan,
  batches: readonly BatchRow[],
  loaded: LoadedConfiguration,
  now: Date,
): void {
  if (Date.parse(plan.expiresAt) < now.getTime()) {
    throw new DecisionFault('plan-expired', { handoff: handoff.id, expired: plan.expiresAt });
  }
  for (const planned of plan.batches) {
    const row = batches.find(({ id }) => id === planned.batch);
    if (
      row?.sha256 !== planned.sha256 ||
      row.bytes !== planned.bytes ||
      row.file !== planned.file
    ) {
      throw changed(handoff.id, `batch:${planned.batch}`);
    }
    if (!isSameRecipient(planned, loaded)) {
      throw changed(handoff.id, `recipient:${planned.recipient}`);
    }
  }
}

/**
 * A recall that follows from an amendment names what the incident of then leaves out. Throws `plan-changed` where the
 * document is another one since: its cards may be in again, and would be watched no more.
 */
export function assertRecallHolds({ id }: HandoffRow, plan: Plan, documentSha256: string): void {
  if (plan.recall?.basis !== 'amendment' || plan.incidentSha256 === documentSha256) return;
  throw changed(id, `incident:${plan.incident}`);
}

/** Before approval: the batches this plan relies on must still be on their way or there. */
export function assertReliedOnHolds(
  handoff: string,
  plan: Plan,
  stateOf: (batch: string) => string | undefined,
): void {
  for (const { batch } of plan.reliedOn) {
    const state = stateOf(batch);
    if (state === undefined || endedBadly.includes(state)) throw changed(handoff, `batch:${batch}`);
  }
}

/** Whether a recipient is still enabled, with the certificate and endpoint that were planned. */
export function isSameRecipient(planned: PlannedBatch, loaded: LoadedConfiguration): boolean {
  const recipient = loaded.recipients.find(({ id }) => id === planned.recipient);
  return (
    recipient?.state === 'enabled' &&
    recipient.fingerprint === planned.certificate &&
    recipient.encryption_subkey === planned.encryptionSubkey &&
    endpointDigest(plannedEndpoint(recipient)) === endpointDigest(planned.endpoint)
  );
}

/** In canonical form: a stored plan has its members sorted. */
function endpointDigest(endpoint: PlannedEndpoint): string {
  return digestOf(encodeCanonicalJson(endpoint as unknown as Json));
}

function changed(handoff: string, what: string): DecisionFault {
  return new DecisionFault('plan-changed', { handoff, what });
}
