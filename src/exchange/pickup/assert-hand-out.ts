import { offerEnd } from '../../domain/pickup/offer-end.ts';
import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { assertConfigurationApproved } from '../configuration/assert-configuration-approved.ts';
import type { ConfigurationProofPorts } from '../configuration/assert-configuration-signed.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { DeliveryFault } from '../delivery/delivery-errors.ts';
import { endOfKeys } from '../delivery/expire-batch.ts';
import { assertApproved } from '../handoff/assert-approved.ts';
import type { HandoffRegister } from '../handoff/handoff-register.ts';
import { assertPlanHolds, assertRecallHolds, planOf } from '../handoff/plan-still-holds.ts';
import type { IncidentRegister } from '../incident/incident-register.ts';
import type { Certificates } from '../keys/certificates.ts';
import type { OwnKeys } from '../keys/own-keys.ts';
import type { PublicKeys } from '../keys/public-keys.ts';
import type { Signatures } from '../acts/signatures.ts';
import type { BoxBatch } from './pickup-book.ts';

export interface HandOutPorts extends ConfigurationProofPorts {
  readonly configuration: Configuration;
  readonly handoffs: HandoffRegister;
  readonly incidents: IncidentRegister;
  readonly signatures: Signatures;
  readonly certificates: Certificates;
  readonly publicKeys: PublicKeys;
  readonly ownKeys: Pick<OwnKeys, 'list'>;
}

/** A batch in its box; `changedAt` of an offered one is when it was offered. */
export type OfferedBatch = Pick<BoxBatch, 'batch' | 'state' | 'changedAt'> & {
  readonly handoff: string;
};

/**
 * Checks, each time a batch is to be handed out, what a delivery checks before it sends: the configuration, the approval
 * with its signatures, the plan, and the keys it was sealed and signed with.
 *
 * Only the end of the offer is not asked any more once the file was opened: to whom some of it went may have the rest, and
 * nothing leads from there to another plan. Nor is the age of the plan where the plan itself gives the offer its days.
 *
 * Throws what `assertConfigurationApproved`, `assertApproved`, `assertPlanHolds`, `assertRecallHolds` and `endOfKeys` throw,
 * and DeliveryFault `offer-ended`, `certificate-no-longer-good`, `signing-key-no-longer-good`.
 */
export async function assertHandOut(
  ports: HandOutPorts,
  { batch, handoff: id, state, changedAt }: OfferedBatch,
): Promise<void> {
  const { configuration, handoffs, clock } = ports;
  const loaded = await configuration.load();
  await assertConfigurationApproved(ports, loaded);
  const handoff = await handoffs.get(id);
  await assertApproved(ports, loaded, handoff);
  const plan = planOf(handoff);
  const planned = plan.batches.find((each) => each.batch === batch);
  const isTimed = planned?.endpoint.kind === 'pickup' && planned.endpoint.offerDays !== undefined;
  const at = state === 'offered' && !isTimed ? clock.now() : new Date(plan.expiresAt);
  assertPlanHolds(handoff, plan, await handoffs.batchesOf(id), loaded, at);
  const { documentSha256 } = await ports.incidents.get(handoff.incident);
  assertRecallHolds(handoff, plan, documentSha256);
  const recipient = loaded.recipients.find((each) => each.id === planned?.recipient);
  if (planned === undefined || recipient === undefined) {
    throw new DecisionFault('plan-changed', { handoff: id, what: `batch:${batch}` });
  }
  if (state === 'offered' && offerEnd(changedAt, plan, planned) < clock.now()) {
    throw new DeliveryFault('offer-ended', { batch, recipient: recipient.id });
  }
  const ended = await endOfKeys(ports, recipient, planned, plan.signer);
  if (ended !== undefined) throw ended;
}
