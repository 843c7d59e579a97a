import type { Kysely, Selectable, Transaction } from 'kysely';

import type { LeafDraft } from '../../domain/audit/leaf.ts';
import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { advance } from '../../domain/handoff/delivery-states.ts';
import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import { bytesIn, isWholeFile, joinRanges } from '../../domain/pickup/byte-ranges.ts';
import type { ByteRange } from '../../domain/pickup/byte-ranges.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import type { DeliveryEvidence } from '../../exchange/delivery/delivery-journal.ts';
import type { BoxBatch, PickupBook, PickupVisitor } from '../../exchange/pickup/pickup-book.ts';
import { appendAct } from './append-leaf.ts';
import { sentOf } from './available-batch.ts';
import { assertBatchNotPurged } from './incident-purges.ts';
import type { Tables } from './tables.ts';

type Batch = Selectable<Tables['batch']>;
type Trx = Transaction<Tables>;
type Ranges = readonly ByteRange[];

const inBox = ['offered', 'partly-read', 'read'] as const;
/** Of what was taken; an older file is nobody's question at the door any more. */
const TAKEN_SHOWN_MAX = 100;

/** What recipients did with their boxes, in SQLite. */
export class SqlitePickupBook implements PickupBook {
  readonly #db: Kysely<Tables>;
  readonly #clock: Clock;

  constructor(db: Kysely<Tables>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  async boxOf(recipient: string): Promise<readonly BoxBatch[]> {
    const inHand = await this.#batchesOf(recipient).where('state', 'in', inBox).execute();
    const taken = await this.#batchesOf(recipient)
      .where('state', '=', 'taken')
      .clearOrderBy()
      .orderBy('changed_at', 'desc')
      .limit(TAKEN_SHOWN_MAX)
      .execute();
    const batches = [...inHand, ...taken].map((row): BoxBatch => ({
      ...{ batch: row.id, handoff: row.handoff, name: row.remote_name ?? row.file, file: row.file },
      ...{ sizeBytes: row.bytes, sha256: row.sha256, state: row.state as BoxBatch['state'] },
      ...{ shelf: 'outbox', changedAt: new Date(row.changed_at) },
    }));
    return [...batches, ...(await this.#testsOf(recipient))];
  }

  /** The test file that waits for its answer, if there is one. */
  async #testsOf(recipient: string): Promise<readonly BoxBatch[]> {
    const rows = await this.#db
      .selectFrom('recipient_test')
      .leftJoin('test_taken', 'test_taken.test', 'recipient_test.id')
      .select(['id', 'file', 'bytes', 'sha256', 'made_at', 'test_taken.test as taken'])
      .where('recipient', '=', recipient)
      .where('state', '=', 'awaiting-answer')
      .execute();
    return rows.map((row) => ({
      ...{ batch: row.id, handoff: undefined, name: row.file, file: `${row.id}.pgp` },
      ...{ sizeBytes: row.bytes, sha256: row.sha256, shelf: 'tests' },
      state: row.taken === null ? 'offered' : 'taken',
      changedAt: new Date(row.made_at),
    }));
  }

  opened(batch: string, visitor: PickupVisitor): Promise<void> {
    return this.#change(batch, visitor, async (trx, found) => {
      const row = known(found, batch);
      if (row.state === 'partly-read' || row.state === 'read') return;
      await this.#open(trx, row, visitor);
    });
  }

  covered(
    batch: string,
    ranges: Ranges,
    isClosed: boolean,
    visitor: PickupVisitor,
  ): Promise<boolean> {
    return this.#change(batch, visitor, async (trx, row) => {
      if (row?.state !== 'partly-read') return false;
      const known = await rangesOf(trx, batch);
      const sent = joinRanges(known, within(ranges, row.bytes));
      if (JSON.stringify(sent) !== JSON.stringify(known)) await this.#keep(trx, row, sent);
      if (!isClosed || !isWholeFile(sent, row.bytes)) return false;
      await this.#move(trx, row, 'read-whole', visitor, sent);
      return true;
    });
  }

  async testTaken(test: string, { box: recipient, key, from }: PickupVisitor): Promise<void> {
    const draft: LeafDraft = {
      ...{ actor: 'system', act: 'recipient-test-taken', result: 'done', origin: `pickup:${from}` },
      ...{ object: `recipient:${recipient}`, data: { test, recipient, key } },
    };
    await this.#db.transaction().execute(async (trx) => {
      const leaf = await appendAct(trx, { draft }, this.#clock);
      await trx.insertInto('test_taken').values({ test, leaf }).execute();
    });
  }

  taken(batch: string, visitor: PickupVisitor): Promise<void> {
    return this.#change(batch, visitor, async (trx, found) => {
      const row = known(found, batch);
      const sent = await rangesOf(trx, batch);
      const isUnclosed = row.state === 'partly-read' && isWholeFile(sent, row.bytes);
      // Whoever puts it away has it: the connection may have broken right before the file was closed.
      const read = isUnclosed ? await this.#move(trx, row, 'read-whole', visitor, sent) : row;
      await this.#move(trx, read, 'take', visitor, sent);
    });
  }

  #batchesOf(recipient: string) {
    return this.#db
      .selectFrom('batch')
      .leftJoin('allotted_name', 'allotted_name.batch', 'batch.id')
      .leftJoin('incident_purge', 'incident_purge.incident', 'batch.incident')
      .select(['batch.id', 'batch.handoff', 'batch.file', 'batch.bytes', 'batch.sha256'])
      .select(['batch.state', 'batch.changed_at', 'allotted_name.name as remote_name'])
      .where('batch.recipient', '=', recipient)
      .where('incident_purge.incident', 'is', null)
      .orderBy('batch.changed_at')
      .orderBy('batch.id');
  }

  /** Without a row for what is no batch of the visitor. */
  #change<T>(
    batch: string,
    { box: recipient }: PickupVisitor,
    act: (trx: Trx, row: Batch | undefined) => Promise<T>,
  ): Promise<T> {
    return this.#db.transaction().execute(async (trx) => {
      await assertBatchNotPurged(trx, batch);
      const row = await trx
        .selectFrom('batch')
        .selectAll()
        .where('id', '=', batch)
        .where('recipient', '=', recipient)
        .executeTakeFirst();
      return act(trx, row);
    });
  }

  /** Nobody has a file that only waits here: what counts from when its recipient could have it counts from the first opening. */
  async #open(trx: Trx, row: Batch, visitor: PickupVisitor): Promise<void> {
    await this.#move(trx, row, 'read-part', visitor, await rangesOf(trx, row.id));
    if (sentOf(row).sentBytes !== undefined) return;
    const opened = { available_at: this.#now() };
    await trx.updateTable('batch').set(opened).where('id', '=', row.id).execute();
  }

  /** Moves a batch, with its leaf. Returns it as it stands then. */
  async #move(
    trx: Trx,
    row: Batch,
    event: 'read-part' | 'read-whole' | 'take',
    visitor: PickupVisitor,
    sent: Ranges,
  ): Promise<Batch> {
    const state = advance(row.state as DeliveryState, { event });
    const now = this.#now();
    const changed = { state, evidence: evidenceOf(row, sent, now), changed_at: now };
    await trx.updateTable('batch').set(changed).where('id', '=', row.id).execute();
    await appendAct(trx, { draft: draftOf(row, state as FetchedAs, visitor) }, this.#clock);
    return { ...row, ...changed };
  }

  async #keep(trx: Trx, row: Batch, sent: Ranges): Promise<void> {
    const now = this.#now();
    const values = { ranges: JSON.stringify(sent), changed_at: now };
    await trx
      .insertInto('pickup_reading')
      .values({ batch: row.id, ...values })
      .onConflict((conflict) => conflict.column('batch').doUpdateSet(values))
      .execute();
    await trx
      .updateTable('batch')
      .set({ evidence: evidenceOf(row, sent, now) })
      .where('id', '=', row.id)
      .execute();
  }

  #now(): number {
    return this.#clock.now().getTime();
  }
}

function known(row: Batch | undefined, batch: string): Batch {
  if (row === undefined) throw new DecisionFault('batch-unknown', { batch });
  return row;
}

type FetchedAs = 'partly-read' | 'read' | 'taken';

async function rangesOf(trx: Trx, batch: string): Promise<Ranges> {
  const row = await trx
    .selectFrom('pickup_reading')
    .select('ranges')
    .where('batch', '=', batch)
    .executeTakeFirst();
  return row === undefined ? [] : (JSON.parse(row.ranges) as Ranges);
}

/** A range that leads out of the file is none. */
function within(ranges: Ranges, sizeBytes: number): Ranges {
  return ranges.filter(([from, to]) => from >= 0 && to <= sizeBytes);
}

function evidenceOf(row: Batch, sent: Ranges, now: number): string {
  const known = JSON.parse(row.evidence ?? '{}') as DeliveryEvidence;
  const sentAt = new Date(now).toISOString();
  return JSON.stringify({ ...known, sentBytes: bytesIn(sent), sentAt });
}

function draftOf(row: Batch, state: FetchedAs, { key, from }: PickupVisitor): LeafDraft {
  const { id, handoff, recipient, file, bytes, sha256 } = row;
  return {
    actor: 'system',
    act: `delivery-${state}`,
    result: 'done',
    origin: `pickup:${from}`,
    object: `batch:${id}`,
    data: { batch: id, handoff, recipient, name: file, bytes, sha256, by: 'box', key },
  };
}
