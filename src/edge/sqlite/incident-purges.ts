import { sql } from 'kysely';
import type { Kysely, Transaction } from 'kysely';

import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import { PurgeFault } from '../../domain/handoff/purge-errors.ts';
import { IncidentFault } from '../../domain/incident/errors.ts';
import { countAnswers, type AnswerCounts } from '../../domain/responses/answer-counts.ts';
import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import type {
  IncidentPurges,
  PurgeCounts,
  PurgeStanding,
} from '../../exchange/purge/incident-purges.ts';
import { assertFinished } from '../../exchange/purge/unfinished.ts';
import type { Unfinished } from '../../exchange/purge/unfinished.ts';
import { appendAct } from './append-leaf.ts';
import { StoreFault } from './errors.ts';
import { latestAnswers } from './latest-answers.ts';
import { textLeavesOf } from './leaves-with-texts.ts';
import { forgetSaidAbout } from './said-with-commands.ts';
import { signedActs } from './signed-acts.ts';
import { proposedRecalls } from './proposed-recalls.ts';
import { forgetRecalled } from './recalled-cards.ts';
import { removeSamples } from './review-samples.ts';
import { arrivalsOf, settleArrivalsOf } from './purged-arrivals.ts';
import { inStatements } from './rows-at-once.ts';
import type { Tables } from './tables.ts';

/** States in which a batch may still leave, or nobody knows whether it did. */
const unfinishedStates: readonly DeliveryState[] = [
  ...(['built', 'approved', 'sending', 'publishing', 'presumed', 'conflict'] as const),
  ...(['failed', 'claimed', 'offered', 'partly-read'] as const),
];

/** Tables that a purge empties, by what their rows are of. */
const byBatch = ['card_page', 'hash_page', 'answer', 'card_answer_row', 'card_exception'] as const;
const byHandoff = ['finding_page', 'reference_page', 'relied_page', 'person_page'] as const;

/** Purges of incidents in SQLite. */
export class SqliteIncidentPurges implements IncidentPurges {
  readonly #db: Kysely<Tables>;
  readonly #clock: Clock;

  constructor(db: Kysely<Tables>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  standing(incident: string): Promise<PurgeStanding> {
    return standingOf(this.#db, incident);
  }

  async begin(incident: string, at: Date, counts: PurgeCounts, act: ActRecord): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      await assertNotPurged(trx, incident);
      assertFinished(incident, await unfinishedOf(trx, incident));
      const leaf = await appendAct(trx, act, this.#clock);
      await trx
        .insertInto('incident_purge')
        .values({
          ...{ incident, leaf, started_at: at.getTime() },
          ...{ counts: JSON.stringify(counts), answers: await answersCounted(trx, incident) },
          ...{ finished_leaf: null, finished_at: null },
        })
        .execute();
    });
  }

  async removeRows(incident: string): Promise<readonly string[]> {
    const acts = await signedActs(this.#db, incident);
    return this.#db.transaction().execute(async (trx) => {
      const batches = trx.selectFrom('batch').select('id').where('incident', '=', incident);
      const handoffs = trx.selectFrom('handoff').select('id').where('incident', '=', incident);
      for (const table of byBatch) {
        await trx.deleteFrom(table).where('batch', 'in', batches).execute();
      }
      for (const table of byHandoff) {
        await trx.deleteFrom(table).where('handoff', 'in', handoffs).execute();
      }
      await trx.deleteFrom('notice').where('incident', '=', incident).execute();
      const leaves = await textLeavesOf(trx, incident, { withQuestions: true });
      for (const some of inStatements(leaves)) {
        await trx.deleteFrom('leaf_text').where('leaf', 'in', some).execute();
      }
      await forgetSaidAbout(trx, incident, this.#clock.now(), acts);
      await trx
        .updateTable('handoff')
        .set({ review: null })
        .where('incident', '=', incident)
        .execute();
      await trx
        .updateTable('batch')
        .set({ nonce_sha256: null })
        .where('incident', '=', incident)
        .execute();
      await removeSamples(trx, incident);
      const arrivals = await settleArrivalsOf(trx, incident, this.#clock.now());
      await forgetRecalled(trx, incident);
      await trx
        .updateTable('source')
        .set({ name: '', received: null })
        .where('handoff', 'in', handoffs)
        .execute();
      await trx
        .updateTable('incident')
        .set({ wrapped_key: null })
        .where('id', '=', incident)
        .execute();
      return arrivals;
    });
  }

  async rewrite(): Promise<void> {
    await sql`vacuum`.execute(this.#db);
    const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(this.#db);
    // Somebody reads an older state: what was removed is still in the log of writes.
    if (rows[0]?.busy !== 0) throw new StoreFault('store-busy');
  }

  async finish(incident: string, at: Date, act: ActRecord): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      const finished_leaf = await appendAct(trx, act, this.#clock);
      const changed = await trx
        .updateTable('incident_purge')
        .set({ finished_leaf, finished_at: at.getTime() })
        .where('incident', '=', incident)
        .where('finished_leaf', 'is', null)
        .executeTakeFirst();
      if (changed.numUpdatedRows !== 1n) throw new PurgeFault('incident-purged', { incident });
    });
  }
}

/** Throws `incident-purged` once a purge has begun, for everything that would add to the incident. */
export async function assertNotPurged(trx: Kysely<Tables>, incident: string): Promise<void> {
  const row = await trx
    .selectFrom('incident_purge')
    .select('leaf')
    .where('incident', '=', incident)
    .executeTakeFirst();
  if (row !== undefined) throw new PurgeFault('incident-purged', { incident });
}

/** The same for what is about a batch. */
export async function assertBatchNotPurged(trx: Kysely<Tables>, batch: string): Promise<void> {
  const row = await trx
    .selectFrom('batch')
    .innerJoin('incident_purge', 'incident_purge.incident', 'batch.incident')
    .select('batch.incident')
    .where('batch.id', '=', batch)
    .executeTakeFirst();
  if (row !== undefined) throw new PurgeFault('incident-purged', { incident: row.incident });
}

async function standingOf(db: Kysely<Tables>, incident: string): Promise<PurgeStanding> {
  const row = await db
    .selectFrom('incident')
    .select('opened_at')
    .where('id', '=', incident)
    .executeTakeFirst();
  if (!row) throw new IncidentFault('incident-unknown', { incident });
  const handoffs = await db
    .selectFrom('handoff')
    .select(['id', 'prepared_at'])
    .where('incident', '=', incident)
    .orderBy('prepared_at')
    .execute();
  const files = await db
    .selectFrom('batch')
    .select('file')
    .where('incident', '=', incident)
    .execute();
  const purge = await db
    .selectFrom('incident_purge')
    .selectAll()
    .where('incident', '=', incident)
    .executeTakeFirst();
  return {
    unfinished: await unfinishedOf(db, incident),
    lastUsedAt: new Date(handoffs.at(-1)?.prepared_at ?? row.opened_at),
    handoffs: handoffs.map(({ id }) => id),
    sealedFiles: files.map(({ file }) => file),
    rows: await countsOf(db, incident),
    purge: purge && {
      startedAt: new Date(purge.started_at),
      counts: JSON.parse(purge.counts) as PurgeCounts,
      finishedAt: purge.finished_at === null ? undefined : new Date(purge.finished_at),
    },
  };
}

/** What counts of the answers to each batch of references, which the purge removes: JSON, by batch. */
async function answersCounted(trx: Transaction<Tables>, incident: string): Promise<string> {
  const batches = await trx
    .selectFrom('batch')
    .select('id')
    .where('incident', '=', incident)
    .where('subject', '=', 'references')
    .execute();
  const counted: [string, AnswerCounts][] = [];
  for (const { id } of batches) counted.push([id, countAnswers(await latestAnswers(trx, id, 0))]);
  return JSON.stringify(Object.fromEntries(counted));
}

async function unfinishedOf(db: Kysely<Tables>, incident: string): Promise<Unfinished[]> {
  const { state } = await db
    .selectFrom('incident')
    .select('state')
    .where('id', '=', incident)
    .executeTakeFirstOrThrow();
  const handoffs = await db
    .selectFrom('handoff')
    .select('id')
    .where('incident', '=', incident)
    .where('state', 'in', ['preparing', 'undecided'])
    .execute();
  const batches = await db
    .selectFrom('batch')
    .select(['id', 'handoff'])
    .where('incident', '=', incident)
    .where('state', 'in', unfinishedStates)
    .execute();
  const [batch] = batches;
  const recalls = await proposedRecalls(db, incident);
  const emergencies = await db
    .selectFrom('emergency')
    .innerJoin('handoff', 'handoff.id', 'emergency.handoff')
    .select('handoff.id')
    .where('handoff.incident', '=', incident)
    .where('emergency.is_open', '=', 1)
    .execute();
  const ids = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);
  const found: Unfinished[] = [
    { what: 'handoffs', of: ids(handoffs) },
    { what: 'batches', of: ids(batches), ...(batch && { first: { handoff: batch.handoff } }) },
    { what: 'recalls', of: recalls.map((recall) => recall.batch) },
    { what: 'second-signature', of: ids(emergencies) },
  ];
  return [
    ...(state === 'open' ? [{ what: 'incident-open', of: [] } as const] : []),
    ...found.filter(({ of }) => of.length > 0),
  ];
}

async function countsOf(db: Kysely<Tables>, incident: string): Promise<PurgeCounts> {
  const batches = db.selectFrom('batch').select('id').where('incident', '=', incident);
  const handoffs = db.selectFrom('handoff').select('id').where('incident', '=', incident);
  const counted = async (table: (typeof byBatch | typeof byHandoff)[number]): Promise<number> => {
    const isByBatch = byBatch.some((own) => own === table);
    const row = await db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('rows'))
      .where(sql.ref(isByBatch ? 'batch' : 'handoff'), 'in', isByBatch ? batches : handoffs)
      .executeTakeFirstOrThrow();
    return row.rows;
  };
  const { rows: notices } = await db
    .selectFrom('notice')
    .select((eb) => eb.fn.countAll<number>().as('rows'))
    .where('incident', '=', incident)
    .executeTakeFirstOrThrow();
  return {
    cards: await counted('card_page'),
    hashes: (await counted('hash_page')) + (await counted('relied_page')),
    findings: await counted('finding_page'),
    ...{ references: await counted('reference_page'), persons: await counted('person_page') },
    answers: (await counted('answer')) + (await counted('card_answer_row')),
    ...{ exceptions: await counted('card_exception'), notices },
    brought: (await arrivalsOf(db, incident)).length,
    texts: (await textLeavesOf(db, incident, { withQuestions: false })).length,
  };
}
