import type { Kysely, Selectable, Transaction } from 'kysely';

import type { LeafDraft } from '../../domain/audit/leaf.ts';
import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { advance } from '../../domain/handoff/delivery-states.ts';
import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import { DeliveryFault } from '../../exchange/delivery/delivery-errors.ts';
import { eventOfOutcome } from '../../exchange/delivery/delivery-journal.ts';
import type {
  ControlStep,
  DeliveryEvidence,
  DeliveryJournal,
  DeliveryOutcome,
  DeliveryRow,
  RecordedFault,
} from '../../exchange/delivery/delivery-journal.ts';
import { markNameUsed } from './allotted-names.ts';
import { availableAfter, sentOf } from './available-batch.ts';
import { assertBatchNotPurged } from './incident-purges.ts';
import { appendAct } from './append-leaf.ts';
import { proveDelivery } from './prove-delivery.ts';
import type { Tables } from './tables.ts';

type Batch = Selectable<Tables['batch']>;

/** Who runs the deliveries of this process, as the log names them. */
export interface DeliveryActor {
  readonly actor: string;
  readonly origin: string;
}

/** Deliveries in SQLite. Each write is conditional on its claim's fence: who slept through a lease writes over nobody. */
export class SqliteDeliveryJournal implements DeliveryJournal {
  readonly #db: Kysely<Tables>;
  readonly #clock: Clock;
  readonly #who: DeliveryActor;

  constructor(db: Kysely<Tables>, clock: Clock, who: DeliveryActor) {
    this.#db = db;
    this.#clock = clock;
    this.#who = who;
  }

  async load(batch: string): Promise<DeliveryRow> {
    return this.#row(this.#db, await this.#batch(this.#db, batch));
  }

  claim(batch: string, leaseMs: number): Promise<DeliveryRow> {
    return this.#db.transaction().execute(async (trx) => {
      await assertBatchNotPurged(trx, batch);
      const now = this.#clock.now().getTime();
      const found = await this.#batch(trx, batch);
      if (found.lease_until !== null && found.lease_until > now) {
        throw new DeliveryFault('batch-busy', { batch });
      }
      const { actor } = this.#who;
      const claimed = { fence: found.fence + 1, lease_until: now + leaseMs, leased_by: actor };
      await trx.updateTable('batch').set(claimed).where('id', '=', batch).execute();
      return this.#row(trx, { ...found, ...claimed });
    });
  }

  async renew(row: DeliveryRow, leaseMs: number): Promise<void> {
    await this.#change(row, { lease_until: this.#clock.now().getTime() + leaseMs });
  }

  intent(row: DeliveryRow, attempt: number, temporary: string): Promise<DeliveryRow> {
    return this.#db.transaction().execute(async (trx) => {
      const batch = await this.#fenced(trx, row);
      const state = advance(batch.state as DeliveryState, { event: 'send' });
      const now = this.#clock.now().getTime();
      await trx
        .insertInto('attempt')
        .values({
          ...{ batch: row.batch, number: attempt, fence: row.fence, temporary_name: temporary },
          ...{ started_at: now, ended_at: null, outcome: null, evidence: null },
        })
        .execute();
      await this.#update(trx, row, {
        ...{ state, attempts: attempt, publishing_name: null, fault: null, changed_at: now },
        available_at: batch.available_at ?? now,
      });
      await trx.deleteFrom('control_file').where('batch', '=', row.batch).execute();
      await markNameUsed(trx, row.batch);
      await appendAct(
        trx,
        { draft: this.#draft('delivery-start', batch, { attempt, temporary }) },
        this.#clock,
      );
      return this.#row(trx, await this.#batch(trx, row.batch));
    });
  }

  publishing(row: DeliveryRow, from: string | undefined): Promise<DeliveryRow> {
    return this.#db.transaction().execute(async (trx) => {
      const batch = await this.#fenced(trx, row);
      const state = advance(batch.state as DeliveryState, { event: 'publish' });
      await this.#update(trx, row, {
        state,
        publishing_name: from ?? null,
        changed_at: this.#clock.now().getTime(),
      });
      const seen = { attempt: batch.attempts, temporary: from };
      const draft = this.#draft('delivery-publishing', batch, seen);
      await appendAct(trx, { draft }, this.#clock);
      return this.#row(trx, await this.#batch(trx, row.batch));
    });
  }

  control(row: DeliveryRow, name: string, control: ControlStep): Promise<DeliveryRow> {
    return this.#db.transaction().execute(async (trx) => {
      const batch = await this.#fenced(trx, row);
      const state = advance(batch.state as DeliveryState, { event: 'announce' });
      await this.#update(trx, row, { state, changed_at: this.#clock.now().getTime() });
      const { step, temporary, evidence } = control;
      const values = {
        ...{ name, step, temporary_name: temporary ?? null },
        evidence: JSON.stringify(evidence),
      };
      await trx
        .insertInto('control_file')
        .values({ batch: row.batch, ...values })
        .onConflict((conflict) => conflict.column('batch').doUpdateSet(values))
        .execute();
      const seen = { attempt: batch.attempts, control: name, step, temporary };
      await appendAct(trx, { draft: this.#draft('delivery-control', batch, seen) }, this.#clock);
      return this.#row(trx, await this.#batch(trx, row.batch));
    });
  }

  outcome(
    row: DeliveryRow,
    to: DeliveryOutcome,
    evidence: DeliveryEvidence,
    fault?: RecordedFault,
  ): Promise<DeliveryRow> {
    return this.#db.transaction().execute(async (trx) => {
      const batch = await this.#fenced(trx, row);
      const state = advance(batch.state as DeliveryState, { event: eventOfOutcome[to] });
      const now = this.#clock.now().getTime();
      const recorded = {
        evidence: JSON.stringify({ ...evidence, ...sentOf(batch) }),
        fault: fault ? JSON.stringify(fault) : null,
        available_at: availableAfter(to, batch, now),
      };
      await this.#update(trx, row, { state, ...recorded, changed_at: now, lease_until: null });
      await trx
        .updateTable('attempt')
        .set({ ended_at: now, outcome: to, evidence: recorded.evidence })
        .where('batch', '=', row.batch)
        .where('number', '=', batch.attempts)
        .execute();
      await appendAct(trx, { draft: this.#outcomeDraft(to, batch, evidence, fault) }, this.#clock);
      if (to === 'presumed') await proveDelivery(trx, this.#clock, row.batch, this.#who);
      return this.#row(trx, await this.#batch(trx, row.batch));
    });
  }

  writing(row: DeliveryRow): Promise<void> {
    return this.#db.transaction().execute(async (trx) => {
      const batch = await this.#fenced(trx, row);
      if (!(await markNameUsed(trx, row.batch))) return;
      await appendAct(trx, { draft: this.#draft('delivery-start', batch, {}) }, this.#clock);
    });
  }

  async release(row: DeliveryRow): Promise<void> {
    await this.#db
      .updateTable('batch')
      .set({ lease_until: null })
      .where('id', '=', row.batch)
      .where('fence', '=', row.fence)
      .execute();
  }

  #outcomeDraft(
    to: DeliveryOutcome,
    batch: Batch,
    evidence: DeliveryEvidence,
    fault: RecordedFault | undefined,
  ): LeafDraft {
    const { by, hostKey, verification, isSynced, rename, final, temporary } = evidence;
    const { controlName, control } = evidence;
    return this.#draft(
      `delivery-${to}`,
      batch,
      {
        attempt: batch.attempts,
        bytes: batch.bytes,
        sha256: batch.sha256,
        by,
        hostKey,
        verification,
        isSynced,
        rename,
        finalSeen: final,
        temporarySeen: temporary,
        control: controlName,
        controlSeen: control,
        code: fault?.code,
        retry: fault?.retry,
      },
      to === 'stored' || to === 'written' || to === 'offered' ? 'done' : 'failed',
    );
  }

  #draft(
    act: `delivery-${'start' | 'publishing' | 'control' | DeliveryOutcome}`,
    batch: Batch,
    data: object,
    result: 'done' | 'failed' = 'done',
  ): LeafDraft {
    const { id, handoff, recipient, file, fence } = batch;
    return {
      ...this.#who,
      act,
      result,
      object: `batch:${id}`,
      data: { batch: id, handoff, recipient, name: file, fence, ...data },
    };
  }

  async #batch(db: Kysely<Tables>, id: string): Promise<Batch> {
    const row = await db.selectFrom('batch').selectAll().where('id', '=', id).executeTakeFirst();
    if (!row) throw new DecisionFault('batch-unknown', { batch: id });
    return row;
  }

  async #fenced(trx: Transaction<Tables>, row: DeliveryRow): Promise<Batch> {
    const batch = await this.#batch(trx, row.batch);
    if (batch.fence !== row.fence) throw new DeliveryFault('fence-stale', { batch: row.batch });
    return batch;
  }

  async #update(trx: Transaction<Tables>, row: DeliveryRow, set: Partial<Batch>): Promise<void> {
    await trx
      .updateTable('batch')
      .set(set)
      .where('id', '=', row.batch)
      .where('fence', '=', row.fence)
      .execute();
  }

  async #change(row: DeliveryRow, set: Partial<Batch>): Promise<void> {
    const changed = await this.#db
      .updateTable('batch')
      .set(set)
      .where('id', '=', row.batch)
      .where('fence', '=', row.fence)
      .executeTakeFirst();
    if (changed.numUpdatedRows !== 1n) throw new DeliveryFault('fence-stale', { batch: row.batch });
  }

  async #row(db: Kysely<Tables>, batch: Batch): Promise<DeliveryRow> {
    const attempts = await db
      .selectFrom('attempt')
      .select('temporary_name')
      .where('batch', '=', batch.id)
      .orderBy('number')
      .execute();
    const named = await db
      .selectFrom('allotted_name')
      .select('name')
      .where('batch', '=', batch.id)
      .executeTakeFirst();
    const control = await db
      .selectFrom('control_file')
      .selectAll()
      .where('batch', '=', batch.id)
      .executeTakeFirst();
    return {
      batch: batch.id,
      state: batch.state as DeliveryState,
      fence: batch.fence,
      attempt: batch.attempts,
      name: named?.name ?? batch.file,
      sizeBytes: batch.bytes,
      sha256: batch.sha256,
      temporaries: attempts.map((attempt) => attempt.temporary_name),
      ...(batch.publishing_name === null ? {} : { publishingFrom: batch.publishing_name }),
      ...(control === undefined ? {} : { control: controlStep(control) }),
    };
  }
}

function controlStep(row: Selectable<Tables['control_file']>): ControlStep {
  return {
    step: row.step,
    evidence: JSON.parse(row.evidence) as DeliveryEvidence,
    ...(row.temporary_name === null ? {} : { temporary: row.temporary_name }),
  };
}
