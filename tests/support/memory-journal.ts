import { advance } from '../../src/domain/handoff/delivery-states.ts';
import type { DeliveryEventName } from '../../src/domain/handoff/delivery-states.ts';
import { DeliveryFault } from '../../src/exchange/delivery/delivery-errors.ts';
import type {
  ControlStep,
  DeliveryEvidence,
  DeliveryJournal,
  DeliveryOutcome,
  DeliveryRow,
  RecordedFault,
} from '../../src/exchange/delivery/delivery-journal.ts';

const eventOf: Record<DeliveryOutcome, Exclude<DeliveryEventName, `resolve ${string}`>> = {
  stored: 'store',
  presumed: 'presume',
  conflict: 'clash',
  failed: 'fail',
  expired: 'expire',
  written: 'write',
  offered: 'offer',
};

interface Entry {
  row: DeliveryRow;
  leaseUntil: number;
}

/** The journal as a map. Keeps every change, refuses what the table of states forbids, and can fail at the n-th call. */
export class MemoryJournal implements DeliveryJournal {
  readonly changes: {
    readonly batch: string;
    readonly to: string;
    readonly evidence?: DeliveryEvidence;
    readonly fault?: RecordedFault;
  }[] = [];
  /** Calls until one throws instead of recording; undefined: none does. */
  failsIn: number | undefined;
  nowMs = 0;
  readonly #entries = new Map<string, Entry>();

  add(row: Omit<DeliveryRow, 'fence' | 'attempt' | 'temporaries'>): void {
    this.#entries.set(row.batch, {
      row: { ...row, fence: 0, attempt: 0, temporaries: [] },
      leaseUntil: 0,
    });
  }

  /** A process that died keeps its lease until it runs out. */
  expireLeases(): void {
    for (const entry of this.#entries.values()) entry.leaseUntil = 0;
  }

  /** What a person's command does. */
  force(batch: string, to: 'retry' | 'resolve not-stored'): void {
    const entry = this.#entry(batch);
    const event =
      to === 'retry'
        ? ({ event: 'retry' } as const)
        : ({ event: 'resolve', outcome: 'not-stored' } as const);
    entry.row = { ...entry.row, state: advance(entry.row.state, event) };
  }

  async load(batch: string): Promise<DeliveryRow> {
    return Promise.resolve(this.#entry(batch).row);
  }

  claim(batch: string, leaseMs: number): Promise<DeliveryRow> {
    return this.#record(() => {
      const entry = this.#entry(batch);
      if (entry.leaseUntil > this.nowMs) throw new DeliveryFault('batch-busy', { batch });
      entry.leaseUntil = this.nowMs + leaseMs;
      entry.row = { ...entry.row, fence: entry.row.fence + 1 };
      return entry.row;
    });
  }

  renew(row: DeliveryRow, leaseMs: number): Promise<void> {
    return this.#record(() => {
      this.#held(row).leaseUntil = this.nowMs + leaseMs;
    });
  }

  intent(row: DeliveryRow, attempt: number, temporary: string): Promise<DeliveryRow> {
    const temporaries = [...row.temporaries, temporary];
    const { batch, state, fence, name, sizeBytes, sha256 } = row;
    const next = { batch, state, fence, attempt, name, sizeBytes, sha256, temporaries };
    return this.#change(next, 'send');
  }

  publishing(row: DeliveryRow, from: string | undefined): Promise<DeliveryRow> {
    return this.#change({ ...row, ...(from !== undefined && { publishingFrom: from }) }, 'publish');
  }

  control(row: DeliveryRow, _name: string, control: ControlStep): Promise<DeliveryRow> {
    return this.#change({ ...row, control }, 'announce');
  }

  outcome(
    row: DeliveryRow,
    to: DeliveryOutcome,
    evidence: DeliveryEvidence,
    fault?: RecordedFault,
  ): Promise<DeliveryRow> {
    return this.#change(row, eventOf[to], evidence, fault);
  }

  writing(row: DeliveryRow): Promise<void> {
    return this.#record(() => void this.#held(row));
  }

  release(row: DeliveryRow): Promise<void> {
    return this.#record(() => {
      const entry = this.#entry(row.batch);
      if (entry.row.fence === row.fence) entry.leaseUntil = 0;
    });
  }

  #change(
    row: DeliveryRow,
    event: (typeof eventOf)[DeliveryOutcome] | 'announce',
    evidence?: DeliveryEvidence,
    fault?: RecordedFault,
  ): Promise<DeliveryRow> {
    return this.#record(() => {
      const entry = this.#held(row);
      const to = advance(entry.row.state, { event });
      if (event === 'send' && row.attempt <= entry.row.attempt) throw new Error('attempt taken');
      if (evidence !== undefined) entry.leaseUntil = 0;
      entry.row = { ...row, state: to };
      this.changes.push({
        batch: row.batch,
        to,
        ...(evidence && { evidence }),
        ...(fault && { fault }),
      });
      return entry.row;
    });
  }

  #held(row: DeliveryRow): Entry {
    const entry = this.#entry(row.batch);
    if (entry.row.fence !== row.fence) throw new DeliveryFault('fence-stale', { batch: row.batch });
    return entry;
  }

  #entry(batch: string): Entry {
    const entry = this.#entries.get(batch);
    if (entry === undefined) throw new Error(`no batch ${batch}`);
    return entry;
  }

  async #record<T>(act: () => T): Promise<T> {
    await Promise.resolve();
    if (this.failsIn !== undefined) {
      this.failsIn -= 1;
      if (this.failsIn < 0) throw new Error('journal broken');
    }
    return act();
  }
}
