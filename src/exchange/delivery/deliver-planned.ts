import { isFault } from '../../domain/fault.ts';
import type { PlannedBatch } from '../../domain/handoff/plan.ts';
import type { Recipient } from '../../domain/recipients/recipient.ts';
import { allotName } from './allot-name.ts';
import { finalName } from './final-name.ts';
import { assertTested } from './assert-tested.ts';
import type { ControlledFile } from '../../domain/recipients/control-file.ts';
import { controlOrderOf } from './control-order.ts';
import { deliverBatch } from './deliver-batch.ts';
import type { DeliverPorts, DeliverySecrets, DeliveryWatch } from './deliver-ports.ts';
import { DeliveryFault } from './delivery-errors.ts';
import type { DeliveryReport } from './delivery-lease.ts';
import type { DeliveryParts } from './delivery-run.ts';
import { expireBatch } from './expire-batch.ts';
import type { BatchRow, HandoffRow } from '../handoff/handoff-register.ts';
import { isInBox, offerBatch } from '../pickup/offer-batch.ts';
import type { SignedCheckpoint } from '../audit/sign-checkpoint.ts';
import { sftpEndpointOf } from './sftp-endpoint-of.ts';
import { writeBatch } from './write-batch.ts';

/** What all batches of one delivery share. */
export interface HandoffDelivery {
  readonly ports: DeliverPorts;
  readonly watch: DeliveryWatch;
  readonly secrets: DeliverySecrets;
  /** Signed before anything leaves. */
  readonly checkpoint: SignedCheckpoint;
  readonly handoff: HandoffRow;
  /** An officer, or `serve`. */
  readonly actor: string;
  /** Fingerprint of the key of ours that signed its files. */
  readonly signer: string;
  /** Of the dates in names of files. */
  readonly timeZone: string;
}

/** A batch with what the plan and the configuration say of it. */
export interface OneDelivery {
  readonly batch: BatchRow;
  readonly recipient: Recipient;
  readonly planned: PlannedBatch;
}

/**
 * Brings one batch on its way, over SFTP, into its folder or into its box. Its own trouble ends in its report, so that
 * the others go on: also that another command holds it or was quicker, or that its credentials cannot be used.
 *
 * Throws what is about more than this batch: what the journal throws, and a certificate that cannot be read.
 */
export async function deliverPlanned(
  delivery: HandoffDelivery,
  one: OneDelivery,
): Promise<DeliveryReport> {
  const { batch } = one;
  const isUnsent = batch.state === 'approved' || batch.state === 'sending';
  if (isUnsent && delivery.watch.signal?.aborted === true) {
    return reportAsIs(batch, new DeliveryFault('delivery-interrupted', { batch: batch.id }));
  }
  const parts = delivery.ports.deliveryParts(delivery.actor);
  try {
    const { recipient, planned } = one;
    const { ports, signer } = delivery;
    // Also what waits in a box: the key may have been retired since it was put there.
    if (isUnsent || batch.state === 'offered') {
      const expired = await expireBatch(ports, parts.journal, batch, recipient, planned, signer);
      if (expired !== undefined) return expired;
    }
    if (isUnsent) {
      await assertTested(ports, planned, signer, delivery.handoff.id, delivery.actor);
      const { mode } = delivery.handoff;
      const named = await allotName(delivery.ports, batch, planned, { ...delivery, mode });
      return await send(delivery, parts, { ...one, batch: named });
    }
    // Ended batches are reported, not sent: the command is for the whole handoff.
    return hasEnded(batch) ? reportAsIs(batch) : await send(delivery, parts, one);
  } catch (error) {
    if (!(error instanceof DeliveryFault) && !isTakenOver(error)) throw error;
    const now = await delivery.ports.handoffs.batch(batch.id);
    return reportAsIs(now, error instanceof DeliveryFault ? error : undefined);
  }
}

/** Another command settled the batch between our look at it and our claim. */
function isTakenOver(error: unknown): boolean {
  return isFault(error) && error.code === 'state-forbids';
}

function hasEnded({ state }: BatchRow): boolean {
  return state === 'cancelled' || state === 'expired' || state === 'failed';
}

/** The batch as stored. `why` it was left so stands beside it, unless it is where it should be or was given up. */
function reportAsIs(batch: BatchRow, why?: DeliveryFault): DeliveryReport {
  const { id, state } = batch;
  const isThere = state === 'stored' || state === 'written' || isInBox(state);
  const needsNone = isThere || state === 'cancelled';
  const recorded = batch.fault && new DeliveryFault(batch.fault.code, { file: finalName(batch) });
  const fault = needsNone ? undefined : (why ?? recorded);
  return { batch: id, state, attempts: 0, ...(fault && { fault }) };
}

async function send(
  { ports, watch, secrets, handoff, checkpoint }: HandoffDelivery,
  parts: DeliveryParts,
  { batch, recipient, planned }: OneDelivery,
): Promise<DeliveryReport> {
  const openPayload = (): AsyncIterable<Uint8Array> => ports.folder.readSealed(batch.file);
  if (planned.endpoint.kind === 'manual') {
    return writeBatch(
      { folder: ports.handover, journal: parts.journal, clock: ports.clock },
      {
        batch: batch.id,
        directory: planned.endpoint.directory,
        callSheets: ports.callSheets(handoff, batch, recipient),
        openPayload,
      },
    );
  }
  if (planned.endpoint.kind === 'pickup')
    return offerBatch(parts, { batch: batch.id, openPayload });
  return deliverBatch(parts, {
    batch: batch.id,
    endpoint: sftpEndpointOf(planned.endpoint),
    credentials: await secrets.credentials(recipient),
    openPayload,
    ...(await controlOrderOf(planned.endpoint, controlledFile(handoff, batch), () =>
      ports.fixedCheckpoints.fix(batch.id, checkpoint.size),
    )),
    ...(watch.signal === undefined ? {} : { signal: watch.signal }),
    onProgress: (done, total) => watch.onProgress?.(batch.id, recipient.id, done, total),
  });
}

function controlledFile({ mode }: HandoffRow, batch: BatchRow): ControlledFile {
  const { bytes: sizeBytes, sha256, cards, sequence } = batch;
  const numbered = sequence === undefined ? {} : { sequence };
  return { name: finalName(batch), sizeBytes, sha256, cards, mode, ...numbered };
}
