import { createHash } from 'node:crypto';

import { advance } from '../../domain/handoff/delivery-states.ts';
import type { Clock } from '../workspace/clock.ts';
import { DeliveryFault } from '../delivery/delivery-errors.ts';
import type { DeliveryEvidence, DeliveryJournal } from '../delivery/delivery-journal.ts';
import {
  asDeliveryFault,
  DeliveryLease,
  JournalStop,
  LEASE_MS,
  recorded,
} from '../delivery/delivery-lease.ts';
import type { DeliveryReport } from '../delivery/delivery-lease.ts';
import { openSealed } from '../delivery/sealed-payload.ts';

/**
 * Puts one approved batch into the box of its recipient: state `offered`. Nothing moves; from here on `serve` hands it
 * out under its name, as often as it is asked for.
 *
 * A sealed file that cannot be read, or is another one, leaves the batch `approved`. What was offered is reported as it
 * stands. Throws DeliveryFault `batch-busy` or `fence-stale`, DeliveryStateFault `state-forbids`, and what the journal
 * throws.
 */
export async function offerBatch(
  { journal, clock }: { readonly journal: DeliveryJournal; readonly clock: Clock },
  order: { readonly batch: string; readonly openPayload: () => AsyncIterable<Uint8Array> },
): Promise<DeliveryReport> {
  const lease = new DeliveryLease(journal, clock, await journal.claim(order.batch, LEASE_MS));
  try {
    if (isInBox(lease.row.state)) return lease.report();
    advance(lease.row.state, { event: 'offer' });
    const fault = await faultOfFile(lease, order);
    if (fault !== undefined) return lease.report(fault);
    await recorded(journal.writing(lease.row));
    return await lease.settle('offered', { ...inBox, offeredAt: clock.now().toISOString() });
  } catch (error) {
    throw error instanceof JournalStop ? error.cause : error;
  } finally {
    await lease.release();
  }
}

/** Whether it was offered, however far its recipient has come since. */
export function isInBox(state: string): boolean {
  return state === 'offered' || state === 'partly-read' || state === 'read' || state === 'taken';
}

/** Whether its recipient has still to fetch a batch in this state, all of it or the rest. */
export function isToBeFetched(state: string): boolean {
  return state === 'offered' || state === 'partly-read';
}

const inBox: DeliveryEvidence = {
  by: 'box',
  verification: 'read-back',
  rename: 'not-sent',
  final: 'same',
  temporary: 'absent',
};

async function faultOfFile(
  lease: DeliveryLease,
  order: Parameters<typeof openSealed>[0],
): Promise<DeliveryFault | undefined> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of openSealed(order)) {
      hash.update(chunk);
      bytes += chunk.length;
      await lease.renew();
    }
  } catch (error) {
    return asDeliveryFault(error);
  }
  const { sizeBytes, sha256, name } = lease.row;
  const isSame = bytes === sizeBytes && hash.digest('hex') === sha256;
  return isSame ? undefined : new DeliveryFault('sealed-file-differs', { file: name });
}
