import type { Clock, Pause } from '../workspace/clock.ts';
import type { Courier, Progress, RemoteBox, SftpCredentials, SftpEndpoint } from './courier.ts';
import { DeliveryFault } from './delivery-errors.ts';
import type { DeliveryCode } from './delivery-errors.ts';
import type { DeliveryEvidence, DeliveryJournal, DeliveryRow } from './delivery-journal.ts';
import { DeliveryLease } from './delivery-lease.ts';

export interface DeliveryParts {
  readonly courier: Courier;
  readonly journal: DeliveryJournal;
  readonly clock: Clock;
  readonly pause: Pause;
}

/** What is to be delivered where. */
export interface DeliveryOrder {
  readonly batch: string;
  readonly endpoint: SftpEndpoint;
  readonly credentials: SftpCredentials;
  /** The sealed bytes, opened anew for every attempt: a consumed stream must never be taken for an empty file. */
  readonly openPayload: () => AsyncIterable<Uint8Array>;
  /** The file that tells the recipient that the other one is whole. */
  readonly control?: ControlOrder;
  readonly onProgress?: (doneBytes: number, sizeBytes: number) => void;
  readonly signal?: AbortSignal;
}

/** A control file as it will stand beside the data file. */
export interface ControlOrder {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** What this run knows about the publishing, beyond what can be seen afterwards. */
export interface PublishHint {
  /** For a file written in place, `refused` says that its opening was. */
  readonly rename: DeliveryEvidence['rename'];
  readonly verification: DeliveryEvidence['verification'];
  readonly isSynced?: boolean;
}

/** How one attempt ended: settled by what was seen, or with an outcome that only a new connection can tell. */
export type AttemptEnd =
  | {
      readonly to: 'stored' | 'presumed' | 'conflict';
      readonly evidence: DeliveryEvidence;
      readonly fault?: DeliveryFault;
    }
  | ({ readonly to: 'unknown'; readonly fault?: DeliveryFault } & PublishHint);

/** One claim of a batch that goes over a courier. */
export class DeliveryRun extends DeliveryLease {
  readonly order: DeliveryOrder;
  /** Temporary names under which something stood that this run did not create. */
  readonly foreign = new Set<string>();
  readonly #parts: DeliveryParts;

  constructor(parts: DeliveryParts, order: DeliveryOrder, row: DeliveryRow) {
    super(parts.journal, parts.clock, row);
    this.#parts = parts;
    this.order = order;
  }

  readonly progress: Progress = (doneBytes) => {
    this.order.onProgress?.(doneBytes, this.row.sizeBytes);
    return this.renew();
  };

  /** Throws what `Courier.connect` throws, and `delivery-interrupted` without trying. */
  async connect(): Promise<RemoteBox> {
    const { endpoint, credentials, signal } = this.order;
    if (signal?.aborted === true) throw new DeliveryFault('delivery-interrupted');
    await this.renew();
    return this.#parts.courier.connect(endpoint, credentials, signal);
  }

  sleep(durationMs: number): Promise<void> {
    return this.#parts.pause.sleep(durationMs, this.order.signal);
  }
}

const unanswered: ReadonlySet<DeliveryCode> = new Set([
  'connection-lost',
  'deadline-passed',
  'protocol-fault',
  'delivery-interrupted',
  'delivery-broke',
] as const);

/** Whether the server's answer arrived. After the other faults it may have carried out the last request or not. */
export function wasAnswered(fault: DeliveryFault): boolean {
  return !unanswered.has(fault.code);
}
