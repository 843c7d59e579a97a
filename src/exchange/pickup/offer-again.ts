import { DeliveryStateFault } from '../../domain/handoff/delivery-state-errors.ts';
import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { DeliverPorts } from '../delivery/deliver-ports.ts';
import type { DeliveryReport } from '../delivery/delivery-lease.ts';
import type { BatchRow } from '../handoff/handoff-register.ts';
import { assertRecalledOnce } from '../recall/assert-recalled-once.ts';
import type { StandingRecallPorts } from '../recall/standing-recalls.ts';
import { assertHandOut } from './assert-hand-out.ts';
import type { HandOutPorts } from './assert-hand-out.ts';
import { offerBatch } from './offer-batch.ts';

/** Whether a batch is `expired` because nobody came for it, and for no other reason. */
export function isEndedOffer({ state, fault }: BatchRow): boolean {
  return state === 'expired' && fault?.code === 'offer-ended';
}

/**
 * An officer offers again what nobody fetched in time: same bytes, same name, and as many days as before. All that is asked
 * when a file is handed out is asked first; a plan without `offerDays` has ended with its offer and cannot be used again.
 *
 * Throws `state-forbids` for anything but an ended offer, `reason-required`, what `actingOfficer`, `assertRecalledOnce` and
 * `assertHandOut` throw, and the fault of a sealed file that is not whole.
 */
export async function offerAgain(
  ports: HandOutPorts & Pick<DeliverPorts, 'deliveryParts' | 'folder'> & StandingRecallPorts,
  request: {
    readonly batch: string;
    readonly officer: string | undefined;
    readonly reason: string | undefined;
  },
): Promise<DeliveryReport> {
  const { configuration, clock, handoffs, folder } = ports;
  const { officers } = await configuration.load();
  const officer = actingOfficer(officers, request.officer, 'officer', clock.now());
  if ((request.reason ?? '') === '') throw new DecisionFault('reason-required', { act: 'retry' });
  const batch = await handoffs.batch(request.batch);
  const { id, handoff, file, state } = batch;
  if (!isEndedOffer(batch))
    throw new DeliveryStateFault('state-forbids', { state, event: 'offer' });
  await assertRecalledOnce(ports, batch);
  await assertHandOut(ports, { batch: id, handoff, state: 'offered', changedAt: clock.now() });
  const report = await offerBatch(ports.deliveryParts(officer.id), {
    batch: id,
    openPayload: () => folder.readSealed(file),
  });
  if (report.fault !== undefined) throw report.fault;
  return report;
}
