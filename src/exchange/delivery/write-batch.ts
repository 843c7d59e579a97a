import { advance } from '../../domain/handoff/delivery-states.ts';
import type { Clock } from '../workspace/clock.ts';
import type { DeliveryFault } from './delivery-errors.ts';
import type { DeliveryEvidence, DeliveryJournal } from './delivery-journal.ts';
import {
  asDeliveryFault,
  DeliveryLease,
  JournalStop,
  LEASE_MS,
  recorded,
} from './delivery-lease.ts';
import type { DeliveryReport } from './delivery-lease.ts';
import { openSealed } from './sealed-payload.ts';

/** What goes with the sealed file: how to hand it over and what to read out by phone. */
export interface CallSheet {
  readonly language: 'ja' | 'en';
  readonly text: string;
}

export interface FolderDelivery {
  readonly directory: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly payload: AsyncIterable<Uint8Array>;
  readonly callSheets: readonly CallSheet[];
}

/** A folder from which a person takes the file to a portal or a courier. */
export interface HandoverFolder {
  /**
   * Puts the call sheets and then the sealed file there, durably, under their final names, and reads the file back.
   *
   * Nothing existing is overwritten: the same file there already is success, another is DeliveryFault `target-taken`.
   * Throws also `folder-missing`, `folder-unwritable`, `sealed-file-differs`, `remote-content-differs`.
   */
  put(delivery: FolderDelivery): Promise<void>;
}

export interface WriteParts {
  readonly folder: HandoverFolder;
  readonly journal: DeliveryJournal;
  readonly clock: Clock;
}

export interface WriteOrder {
  readonly batch: string;
  readonly directory: string;
  readonly callSheets: readonly CallSheet[];
  /** The sealed bytes, opened anew for every attempt. */
  readonly openPayload: () => AsyncIterable<Uint8Array>;
}

/**
 * Writes one approved batch to its folder: state `written`. What happens to it then, a person reports.
 *
 * A fault leaves the batch `approved`, to be written again after somebody saw to the folder. Throws DeliveryFault
 * `batch-busy` or `fence-stale`, DeliveryStateFault `state-forbids`, and what the journal throws.
 */
export async function writeBatch(parts: WriteParts, order: WriteOrder): Promise<DeliveryReport> {
  const { journal, clock, folder } = parts;
  const lease = new DeliveryLease(journal, clock, await journal.claim(order.batch, LEASE_MS));
  try {
    const { state } = lease.row;
    if (state === 'written') return lease.report();
    advance(state, { event: 'write' });
    lease.attempts = 1;
    await recorded(journal.writing(lease.row));
    const fault = await putIntoFolder(lease, folder, order);
    return fault === undefined ? await lease.settle('written', inFolder) : lease.report(fault);
  } catch (error) {
    throw error instanceof JournalStop ? error.cause : error;
  } finally {
    await lease.release();
  }
}

const inFolder: DeliveryEvidence = {
  by: 'folder',
  verification: 'read-back',
  isSynced: true,
  rename: 'not-sent',
  final: 'same',
  temporary: 'absent',
};

async function putIntoFolder(
  lease: DeliveryLease,
  folder: HandoverFolder,
  order: WriteOrder,
): Promise<DeliveryFault | undefined> {
  const { name, sizeBytes, sha256 } = lease.row;
  const { directory, callSheets } = order;
  const payload = keptAlive(lease, openSealed(order));
  try {
    await folder.put({ directory, name, sizeBytes, sha256, payload, callSheets });
    return undefined;
  } catch (error) {
    return asDeliveryFault(error);
  }
}

/** A large file on a slow stick takes longer than a lease. */
async function* keptAlive(
  lease: DeliveryLease,
  payload: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of payload) {
    await lease.renew();
    yield chunk;
  }
}
