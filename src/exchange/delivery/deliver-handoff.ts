import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { assertConfigurationApproved } from '../configuration/assert-configuration-approved.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { LoadedConfiguration } from '../configuration/configuration.ts';
import type { DeliverPorts, DeliverRequest, DeliveryWatch } from './deliver-ports.ts';
import { deliverPlanned } from './deliver-planned.ts';
import { deliverableBatches } from './deliverable-batches.ts';
import type { DeliveryReport } from './delivery-lease.ts';
import { DELIVERIES_MAX, DeliveryPlaces } from './delivery-places.ts';
import { putEmergency } from './emergencies.ts';
import type { HandoffRow } from '../handoff/handoff-register.ts';
import type { SignedCheckpoint } from '../audit/sign-checkpoint.ts';

export interface Delivered {
  readonly handoff: HandoffRow;
  readonly reports: readonly (DeliveryReport & {
    readonly recipient: string;
    readonly cards: number;
  })[];
  /** Signed after the last batch: keep or print it, it proves the log up to here. */
  readonly checkpoint: SignedCheckpoint;
}

/**
 * Delivers the batches of an approved handoff, to many recipients at once. A checkpoint is signed and anchored before
 * anything leaves, and again at the end. One recipient's trouble neither stops nor delays the others; a batch whose
 * certificate is no longer good expires.
 *
 * Throws `handoff-not-approved`, `plan-changed`, `plan-expired`, `role-missing` and the like before anything leaves,
 * and `anchor-ahead` or `anchor-forked` for a restored or forked store. What happened to each batch stands in the
 * reports, in the order of the plan.
 */
export async function deliverHandoff(
  ports: DeliverPorts,
  request: DeliverRequest,
): Promise<Delivered> {
  const { handoff, recipient } = request;
  const loaded = await ports.configuration.load();
  const officer = actingOfficer(loaded.officers, request.officer, 'officer', ports.clock.now());
  return deliverChosen(ports, { loaded, actor: officer.id, handoff, recipient, watch: request });
}

/** A delivery whose actor may deliver: that was checked before. */
export interface ChosenDelivery {
  readonly loaded: LoadedConfiguration;
  readonly actor: string;
  readonly handoff: string;
  /** Only this recipient's batches, and of them only these. */
  readonly recipient: string | undefined;
  readonly batches?: ReadonlySet<string>;
  readonly watch: DeliveryWatch;
}

/** As `deliverHandoff`, of the batches that are wanted. Throws `batch-unknown` where that is none. */
export async function deliverChosen(
  ports: DeliverPorts,
  { loaded, actor, recipient, watch, ...chosen }: ChosenDelivery,
): Promise<Delivered> {
  const { handoffs } = ports;
  await assertConfigurationApproved(ports, loaded);
  const handoff = assertOurs(await handoffs.get(chosen.handoff));
  const { plan, batches } = await deliverableBatches(ports, loaded, handoff, actor);
  // Checked by now, and perhaps declared by a command that ended before it wrote the files.
  const { emergency } = handoff;
  if (emergency && !emergency.closedAt) await putEmergency(ports.folder, emergency);
  const wanted = batches.filter(
    (batch) =>
      (recipient === undefined || batch.recipient === recipient) &&
      (chosen.batches === undefined || chosen.batches.has(batch.id)),
  );
  if (wanted.length === 0) {
    throw new DecisionFault('batch-unknown', { handoff: handoff.id, recipient: recipient ?? '' });
  }
  const secrets = await ports.openSecrets();
  try {
    const before = await secrets.signCheckpoint();
    const places = new DeliveryPlaces(DELIVERIES_MAX);
    const timeZone = loaded.settings.workspace.time_zone;
    const { signer } = plan;
    const delivery = {
      ...{ ports, watch, secrets, handoff, actor, signer, timeZone },
      checkpoint: before,
    };
    const deliveries = wanted.map((batch) => {
      const known = loaded.recipients.find(({ id }) => id === batch.recipient)!;
      const planned = plan.batches.find((entry) => entry.batch === batch.id)!;
      return places.run(known.id, () =>
        deliverPlanned(delivery, { batch, recipient: known, planned }),
      );
    });
    const reports = await settled(deliveries);
    const checkpoint = await secrets.signCheckpoint();
    return {
      handoff: await handoffs.get(handoff.id),
      reports: reports.map((report, index) => ({
        ...report,
        recipient: wanted[index]!.recipient,
        cards: wanted[index]!.cards,
      })),
      checkpoint,
    };
  } finally {
    secrets.close();
  }
}

/** A list that others sent has nothing to deliver. Throws `handoff-empty`. */
export function assertOurs(row: HandoffRow): HandoffRow {
  const { id, report } = row;
  if (report?.isSentElsewhere === true) throw new DecisionFault('handoff-empty', { handoff: id });
  return row;
}

/** Waits for all, then throws the first error: no delivery is left running behind the caller's back. */
async function settled<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const results = await Promise.allSettled(promises);
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
