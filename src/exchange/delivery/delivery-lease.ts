import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import type { Clock } from '../workspace/clock.ts';
import { DeliveryFault } from './delivery-errors.ts';
import type {
  DeliveryEvidence,
  DeliveryJournal,
  DeliveryOutcome,
  DeliveryRow,
} from './delivery-journal.ts';

/** Longer than any single wait on a connection, so that a live delivery never loses its lease between renewals. */
export const LEASE_MS = 120_000;
const RENEW_AFTER_MS = 30_000;

/** How a run ended. `state` is durable. Beside `stored`, `written` and `cancelled` stands no fault; beside any other, why. */
export interface DeliveryReport {
  readonly batch: string;
  readonly state: DeliveryState;
  /** Attempts made in this run; 0 when the batch needed none. */
  readonly attempts: number;
  readonly evidence?: DeliveryEvidence;
  readonly fault?: DeliveryFault;
}

/** One claim of a batch: the row as last recorded, and the lease, kept alive while bytes move. */
export class DeliveryLease {
  readonly journal: DeliveryJournal;
  row: DeliveryRow;
  attempts = 0;
  readonly #clock: Clock;
  #renewedAt: number;

  constructor(journal: DeliveryJournal, clock: Clock, row: DeliveryRow) {
    this.journal = journal;
    this.row = row;
    this.#clock = clock;
    this.#renewedAt = clock.now().getTime();
  }

  /** Prolongs the lease when a good part of it has passed. Throws JournalStop when it is no longer ours. */
  async renew(): Promise<void> {
    const now = this.#clock.now().getTime();
    if (now - this.#renewedAt < RENEW_AFTER_MS) return;
    this.#renewedAt = now;
    await recorded(this.journal.renew(this.row, LEASE_MS));
  }

  /** Records how the run ended and reports it. */
  async settle(
    to: DeliveryOutcome,
    evidence: DeliveryEvidence,
    fault?: DeliveryFault,
  ): Promise<DeliveryReport> {
    const why = fault && { code: fault.code, retry: fault.retry };
    this.row = await recorded(this.journal.outcome(this.row, to, evidence, why));
    // An answer that had come by then proved that it is there.
    return this.row.state === to ? this.report(fault, evidence) : this.report();
  }

  /** Reports the row as it stands. */
  report(fault?: DeliveryFault, evidence?: DeliveryEvidence): DeliveryReport {
    const { batch, state } = this.row;
    return {
      batch,
      state,
      attempts: this.attempts,
      ...(evidence && { evidence }),
      ...(fault && { fault }),
    };
  }

  /** A lease that cannot be given back runs out by itself. */
  async release(): Promise<void> {
    await this.journal.release(this.row).catch(() => undefined);
  }
}

/** The journal refused or broke. Never mistaken for a fault of the peer: without a record nothing more is done. */
export class JournalStop extends Error {
  override readonly cause: unknown;

  constructor(cause: unknown) {
    super('the delivery cannot be recorded');
    this.cause = cause;
  }
}

/** Marks an error of the journal as such. */
export async function recorded<T>(act: Promise<T>): Promise<T> {
  try {
    return await act;
  } catch (error) {
    throw new JournalStop(error);
  }
}

/** An error in our words. One that nobody foresaw is `delivery-broke`: an unknown outcome, never a success. */
export function asDeliveryFault(error: unknown): DeliveryFault {
  if (error instanceof JournalStop) throw error;
  return error instanceof DeliveryFault ? error : new DeliveryFault('delivery-broke', {}, error);
}
