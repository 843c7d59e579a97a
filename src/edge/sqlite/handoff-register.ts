import type { Kysely } from 'kysely';

import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import type { PersonTarget } from '../../domain/handoff/person-page.ts';
import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type { EarlierBatch } from '../../exchange/handoff/card-process.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import type {
  CancelExtent,
  BatchRow,
  CardPageRow,
  DecisionRow,
  FinishedPrepare,
  FoundCard,
  HandoffRegister,
  HandoffRow,
  PrepareStart,
  SourceRow,
  Uncovered,
} from '../../exchange/handoff/handoff-register.ts';
import { earlierBatches, uncoveredCards } from './covered-cards.ts';
import { recalledBefore } from './recalled-before.ts';
import { cancelHandoff, moveBatch, storeDecision, storeRequest } from './decision-rows.ts';
import { emergenciesByHandoff } from './emergency-rows.ts';
import { cardRow, findCard } from './find-card.ts';
import { findPerson } from './find-person.ts';
import { batchRow, decisionRow, handoffRow, sourceRow } from './handoff-rows.ts';
import { PageQueue } from './page-queue.ts';
import { namedBatches } from './named-batches.ts';
import { beginPrepare, discardPrepare, finishPrepare, insertReliedPage } from './prepare-rows.ts';
import type { Tables } from './tables.ts';

/** Handoffs and batches in SQLite. */
export class SqliteHandoffRegister implements HandoffRegister {
  readonly #db: Kysely<Tables>;
  readonly #clock: Clock;
  readonly #pages: PageQueue;

  constructor(db: Kysely<Tables>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
    this.#pages = new PageQueue(db);
  }

  begin(start: PrepareStart, leaseUntil: Date): Promise<void> {
    return beginPrepare(this.#db, start, leaseUntil);
  }

  async renew(id: string, leaseUntil: Date): Promise<void> {
    await this.#db
      .updateTable('handoff')
      .set({ lease_until: leaseUntil.getTime() })
      .where('id', '=', id)
      .where('state', '=', 'preparing')
      .execute();
  }

  addCardPage(batch: string, number: number, first: number, rows: Uint8Array): Promise<void> {
    return this.#pages.addCardPage(batch, number, first, rows);
  }

  addHashPage(batch: string, rows: Uint8Array): Promise<void> {
    return this.#pages.addHashPage(batch, rows);
  }

  addReferencePage(handoff: string, number: number, rows: Uint8Array): Promise<void> {
    return this.#pages.addReferencePage(handoff, number, rows);
  }

  addPersonPage(handoff: string, number: number, rows: Uint8Array): Promise<void> {
    return this.#pages.addPersonPage(handoff, number, rows);
  }

  addReliedPage(
    handoff: string,
    batch: string,
    hashes: Uint8Array,
    isRepeated: boolean,
  ): Promise<void> {
    return insertReliedPage(this.#db, handoff, batch, hashes, isRepeated);
  }

  async addFindings(
    handoff: string,
    number: number,
    findings: number,
    rows: Uint8Array,
  ): Promise<void> {
    await this.#db.insertInto('finding_page').values({ handoff, number, findings, rows }).execute();
  }

  async finish(prepared: FinishedPrepare, at: Date, act: ActRecord): Promise<void> {
    await this.#pages.flush();
    await finishPrepare(this.#db, this.#clock, prepared, at, act);
  }

  async discard(id: string, batches: readonly string[], act: ActRecord | undefined): Promise<void> {
    await discardPrepare(this.#db, this.#clock, id, batches, act);
    this.#pages.forget(batches, id);
  }

  async abandoned(at: Date): Promise<readonly string[]> {
    const rows = await this.#db
      .selectFrom('handoff')
      .select('id')
      .where('state', '=', 'preparing')
      .where('lease_until', '<', at.getTime())
      .execute();
    return rows.map((row) => row.id);
  }

  async isPreparing(): Promise<boolean> {
    const row = await this.#db
      .selectFrom('handoff')
      .select('id')
      .where('state', '=', 'preparing')
      .executeTakeFirst();
    return row !== undefined;
  }

  signRequest(id: string, signature: Uint8Array, act: ActRecord): Promise<void> {
    return storeRequest(this.#db, this.#clock, id, signature, act);
  }

  decide(
    id: string,
    decision: DecisionRow,
    required: number,
    act: ActRecord,
  ): Promise<{ approvals: number; isSettled: boolean }> {
    return storeDecision(this.#db, this.#clock, id, decision, required, act);
  }

  cancel(id: string, at: Date, extent: CancelExtent, act: ActRecord): Promise<void> {
    return cancelHandoff(this.#db, this.#clock, id, at, extent, act);
  }

  moveBatch(
    batch: string,
    from: DeliveryState,
    to: DeliveryState,
    at: Date,
    act: ActRecord,
  ): Promise<void> {
    return moveBatch(this.#db, this.#clock, { batch, from, to, at }, act);
  }

  async get(id: string): Promise<HandoffRow> {
    const row = await this.#db
      .selectFrom('handoff')
      .selectAll()
      .where('id', '=', id)
      .where('state', '<>', 'preparing')
      .executeTakeFirst();
    if (!row) throw new DecisionFault('handoff-unknown', { handoff: id });
    const emergencies = await emergenciesByHandoff(this.#db, this.#clock.now(), id);
    return handoffRow(row, emergencies.get(id));
  }

  async list(incident?: string): Promise<readonly HandoffRow[]> {
    let query = this.#db.selectFrom('handoff').selectAll().where('state', '<>', 'preparing');
    if (incident !== undefined) query = query.where('incident', '=', incident);
    const rows = await query.orderBy('prepared_at').orderBy('id').execute();
    const emergencies = await emergenciesByHandoff(this.#db, this.#clock.now());
    return rows.map((row) => handoffRow(row, emergencies.get(row.id)));
  }

  async batchesOf(handoff: string): Promise<readonly BatchRow[]> {
    const rows = await namedBatches(this.#db)
      .where('batch.handoff', '=', handoff)
      .orderBy('first_reference')
      .execute();
    return rows.map(batchRow);
  }

  async batchesIn(states: readonly DeliveryState[]): Promise<readonly BatchRow[]> {
    const rows = await namedBatches(this.#db)
      .innerJoin('handoff', 'handoff.id', 'batch.handoff')
      .where('batch.state', 'in', states)
      .orderBy('handoff.prepared_at')
      .orderBy('batch.handoff')
      .orderBy('first_reference')
      .execute();
    return rows.map(batchRow);
  }

  async batch(id: string): Promise<BatchRow> {
    const row = await namedBatches(this.#db).where('batch.id', '=', id).executeTakeFirst();
    if (!row) throw new DecisionFault('batch-unknown', { batch: id });
    return batchRow(row);
  }

  async sourcesOf(handoff: string): Promise<readonly SourceRow[]> {
    const rows = await this.#db
      .selectFrom('source')
      .selectAll()
      .where('handoff', '=', handoff)
      .orderBy('number')
      .execute();
    const removals = await this.#db
      .selectFrom('source_removal')
      .select(['sha256', 'removed_at'])
      .where('sha256', 'in', (eb) =>
        eb.selectFrom('source').select('source.sha256').where('source.handoff', '=', handoff),
      )
      .orderBy('leaf')
      .execute();
    const removedAt = new Map(removals.map(({ sha256, removed_at: at }) => [sha256, at]));
    return rows.map((row) => sourceRow(row, removedAt.get(row.sha256)));
  }

  async decisionsOf(handoff: string): Promise<readonly DecisionRow[]> {
    const rows = await this.#db
      .selectFrom('decision')
      .selectAll()
      .where('handoff', '=', handoff)
      .orderBy('decided_at')
      .execute();
    return rows.map(decisionRow);
  }

  async *cardPages(batch: string): AsyncGenerator<CardPageRow> {
    for (let number = 0; ; number += 1) {
      const row = await this.#db
        .selectFrom('card_page')
        .select(['first', 'rows'])
        .where('batch', '=', batch)
        .where('number', '=', number)
        .executeTakeFirst();
      if (!row) return;
      yield { first: row.first, rows: new Uint8Array(row.rows) };
    }
  }

  findingPages(handoff: string): AsyncGenerator<Uint8Array> {
    return this.#pagesOf('finding_page', handoff);
  }

  referencePages(handoff: string): AsyncGenerator<Uint8Array> {
    return this.#pagesOf('reference_page', handoff);
  }

  /** One at a time: a caller may take long over each. */
  async *#pagesOf(
    table: 'finding_page' | 'reference_page',
    handoff: string,
  ): AsyncGenerator<Uint8Array> {
    for (let number = 0; ; number += 1) {
      const row = await this.#db
        .selectFrom(table)
        .select('rows')
        .where('handoff', '=', handoff)
        .where('number', '=', number)
        .executeTakeFirst();
      if (!row) return;
      yield new Uint8Array(row.rows);
    }
  }

  findPerson(handoff: string, tag: Uint8Array): Promise<readonly PersonTarget[]> {
    return findPerson(this.#db, handoff, tag);
  }

  earlierBatches(incident: string): Promise<readonly EarlierBatch[]> {
    return earlierBatches(this.#db, incident);
  }

  uncovered(): Promise<readonly Uncovered[]> {
    return uncoveredCards(this.#db);
  }

  async recalledBefore(
    ...[incident, batches]: Parameters<HandoffRegister['recalledBefore']>
  ): Promise<number> {
    await this.#pages.flush();
    return recalledBefore(this.#db, incident, batches);
  }

  findCard(incident: string, hash: Uint8Array): Promise<readonly FoundCard[]> {
    return findCard(this.#db, incident, hash);
  }

  cardRow(batch: string, place: number): Promise<Uint8Array> {
    return cardRow(this.#db, batch, place);
  }

  async knownFiles(): Promise<ReadonlySet<string>> {
    const rows = await this.#db.selectFrom('batch').select('file').execute();
    return new Set(rows.map((row) => row.file));
  }
}
