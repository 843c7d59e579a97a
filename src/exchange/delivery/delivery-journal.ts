import type { Retry } from '../../domain/fault.ts';
import type { DeliveryEventName, DeliveryState } from '../../domain/handoff/delivery-states.ts';
import type { DeliveryCode } from './delivery-errors.ts';

/** A batch as its delivery sees it. `fence` is that of the claim under which the row was read. */
export interface DeliveryRow {
  readonly batch: string;
  readonly state: DeliveryState;
  readonly fence: number;
  /** Number of the latest attempt, over all claims; 0 before the first. */
  readonly attempt: number;
  /** Final name in the recipient's directory. */
  readonly name: string;
  readonly sizeBytes: number;
  /** SHA-256 of the sealed file, lower-case hexadecimal. */
  readonly sha256: string;
  /** Temporary names of all attempts, oldest first. */
  readonly temporaries: readonly string[];
  /** The temporary name about to be renamed, from `publishing` on; absent when the final name is written directly. */
  readonly publishingFrom?: string;
  /** From the moment the data file is known to be under its final name, when the recipient waits for a control file. */
  readonly control?: ControlStep;
}

/**
 * How far the control file is. `owed`: the data file is there, and nothing has been put under the control file's name.
 * `announced`: it may have been; from here on the machine only looks, or repeats a rename.
 */
export interface ControlStep {
  readonly step: 'owed' | 'announced';
  /** The name it is written under and renamed from; absent where it is written in place. */
  readonly temporary?: string;
  /** What was seen of the data file. */
  readonly evidence: DeliveryEvidence;
}

/** What was seen, so that a reader of the log can judge how much `stored` is worth. Counts and words, never content. */
export interface DeliveryEvidence {
  /** `answer`: a signed answer of the recipient proved it; beside it stands what was seen before. */
  readonly by: 'delivery' | 'reconcile' | 'folder' | 'box' | 'answer';
  readonly hostKey?: string;
  /** `read-back`: SHA-256 of the remote bytes compared. `unverified`: sizes only, or not even those. */
  readonly verification: 'read-back' | 'unverified';
  readonly isSynced?: boolean;
  /** What the server answered to the rename in this run. */
  readonly rename: 'answered' | 'refused' | 'unanswered' | 'not-sent';
  readonly final: 'same' | 'same-size' | 'different' | 'absent' | 'hidden' | 'not-looked';
  readonly temporary: 'same' | 'same-size' | 'different' | 'absent' | 'hidden' | 'not-looked';
  /** The control file's name, where the recipient waits for one, and what was last seen under it. */
  readonly controlName?: string;
  readonly control?: DeliveryEvidence['final'];
  /** When it was put into the box last, RFC 3339: opening it changes its state, and not the time that is left. */
  readonly offeredAt?: string;
  /** How many of the bytes were sent so far, of what lay in a box and was opened; kept when the offer ends. */
  readonly sentBytes?: number;
  /** When more of them was sent last, RFC 3339. */
  readonly sentAt?: string;
}

export interface RecordedFault {
  readonly code: DeliveryCode;
  readonly retry: Retry;
}

/** States that end a run of the machine. */
export type DeliveryOutcome =
  'stored' | 'presumed' | 'conflict' | 'failed' | 'expired' | 'written' | 'offered';

/** The event that leads a batch to such an end. */
export const eventOfOutcome = {
  stored: 'store',
  presumed: 'presume',
  conflict: 'clash',
  failed: 'fail',
  expired: 'expire',
  written: 'write',
  offered: 'offer',
} as const satisfies Record<DeliveryOutcome, DeliveryEventName>;

/**
 * The durable side of a delivery. Each method is one durable transaction, with its log leaf where the state changes,
 * and returns the row as it then stands.
 *
 * All but `load` and `claim` throw DeliveryFault `fence-stale` when another claim was made since. Any error thrown
 * here stops the delivery at once: without a record nothing may be done.
 */
export interface DeliveryJournal {
  /** Without a claim: for showing. Throws when there is no such batch. */
  load(batch: string): Promise<DeliveryRow>;
  /** Takes the lease with a new, higher fence. Throws `batch-busy` while another holds it. */
  claim(batch: string, leaseMs: number): Promise<DeliveryRow>;
  /** Prolongs the lease from now. */
  renew(row: DeliveryRow, leaseMs: number): Promise<void>;
  /**
   * Event `send`: the attempt and its temporary name, before a byte leaves. Forgets an earlier `publishingFrom`; the name
   * and number of the batch are its own from here on, whatever becomes of it.
   */
  intent(row: DeliveryRow, attempt: number, temporary: string): Promise<DeliveryRow>;
  /** Event `publish`, before the rename is sent. */
  publishing(row: DeliveryRow, from: string | undefined): Promise<DeliveryRow>;
  /** Event `announce`: the data file is settled, and the control file owed or on its way. `intent` forgets it. */
  control(row: DeliveryRow, name: string, step: ControlStep): Promise<DeliveryRow>;
  outcome(
    row: DeliveryRow,
    to: DeliveryOutcome,
    evidence: DeliveryEvidence,
    fault?: RecordedFault,
  ): Promise<DeliveryRow>;
  /** Before the first byte goes into a folder, as `intent` before a connection: the batch's name is never given away. */
  writing(row: DeliveryRow): Promise<void>;
  /** Gives the lease back; nothing to do when it was lost. */
  release(row: DeliveryRow): Promise<void>;
}
