import type { Kysely, Selectable, Transaction } from 'kysely';

import type { AnswerCounts } from '../../domain/responses/answer-counts.ts';
import { ResponsesFault } from '../../domain/responses/errors.ts';
import type { AnswerRow } from '../../domain/responses/resolved-answer.ts';
import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import type {
  NewResponse,
  NewSettlement,
  ResponseRegister,
  ResponseRow,
  SettledAnswers,
  StandingAnswers,
} from '../../exchange/responses/response-register.ts';
import { appendAct } from './append-leaf.ts';
import { assertBatchNotPurged } from './incident-purges.ts';
import { latestAnswers } from './latest-answers.ts';
import { proveDelivery } from './prove-delivery.ts';
import { inStatements } from './rows-at-once.ts';
import type { Tables } from './tables.ts';

type Row = Selectable<Tables['response']> & {
  handoff: string;
  incident: string;
  recipient: string;
  text: string | null;
};

/** Answers of recipients in SQLite. Who sent one stands with the texts of the leaf. */
export class SqliteResponseRegister implements ResponseRegister {
  readonly #db: Kysely<Tables>;
  readonly #clock: Clock;

  constructor(db: Kysely<Tables>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  async add(
    response: NewResponse,
    rows: readonly AnswerRow[],
    act: ActRecord,
    seen: number,
  ): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      const { batch, sha256, contentSha256 } = response;
      // Looked at again inside the transaction: two imports of one file may both have found it new.
      await assertBatchNotPurged(trx, batch);
      const known = await knownBatch(trx, sha256, contentSha256);
      if (known !== undefined) throw new ResponsesFault('response-known', { batch: known });
      const standing = await standingOf(trx, batch);
      if (standing.leaf !== seen) throw new ResponsesFault('response-overtaken', { batch });
      const leaf = await appendAct(trx, act, this.#clock);
      const { bytes, fingerprint, officer, importedAt } = response;
      const { resolved, notFound, changed, differing } = response;
      await trx
        .insertInto('response')
        .values({
          ...{ leaf, batch, sha256, content_sha256: contentSha256, bytes, officer },
          ...{ fingerprint: fingerprint ?? null, imported_at: importedAt.getTime() },
          ...{ resolved, not_found: notFound, changed, differing },
          nonce_differs: response.nonceDiffers ?? null,
        })
        .execute();
      for (const some of inStatements(rows)) {
        await trx
          .insertInto('answer')
          .values(some.map((row) => storedRow(leaf, batch, row)))
          .execute();
      }
      await proveDelivery(trx, this.#clock, batch, act.draft);
    });
  }

  async settle(settlement: NewSettlement, act: ActRecord, seen: number): Promise<void> {
    const { batch, unanswered, notFound, settledAt, officer } = settlement;
    await this.#db.transaction().execute(async (trx) => {
      await assertBatchNotPurged(trx, batch);
      const standing = await standingOf(trx, batch);
      if (standing.leaf !== seen) throw new ResponsesFault('response-overtaken', { batch });
      const leaf = await appendAct(trx, act, this.#clock);
      await trx
        .insertInto('response_settled')
        .values({
          ...{ leaf, batch, unanswered, not_found: notFound, officer },
          settled_at: settledAt.getTime(),
        })
        .execute();
    });
  }

  async settled(batch: string): Promise<SettledAnswers | undefined> {
    const row = await this.#db
      .selectFrom('response_settled')
      .leftJoin('leaf_text', (join) =>
        join
          .onRef('leaf_text.leaf', '=', 'response_settled.leaf')
          .on('leaf_text.field', '=', 'reason'),
      )
      .selectAll('response_settled')
      .select('leaf_text.text')
      .where('response_settled.batch', '=', batch)
      .orderBy('response_settled.leaf', 'desc')
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const { unanswered, not_found: notFound, officer, settled_at: settledAt, text } = row;
    // Of a reference whose newest answer came later, only that one counts.
    const since = await latestAnswers(this.#db, batch, row.leaf);
    return {
      settlement: {
        ...{ unanswered, notFound, officer, settledAt: new Date(settledAt) },
        reason: text ?? undefined,
      },
      notFoundSince: since.filter(({ card }) => card === undefined).length,
    };
  }

  async note(act: ActRecord): Promise<void> {
    await this.#db.transaction().execute((trx) => appendAct(trx, act, this.#clock));
  }

  async standing(batch: string): Promise<StandingAnswers> {
    await assertBatchNotPurged(this.#db, batch);
    return standingOf(this.#db, batch);
  }

  known(sha256: string, contentSha256: string): Promise<string | undefined> {
    return knownBatch(this.#db, sha256, contentSha256);
  }

  async list(batch?: string): Promise<readonly ResponseRow[]> {
    let query = this.#db
      .selectFrom('response')
      .innerJoin('batch', 'batch.id', 'response.batch')
      .leftJoin('leaf_text', (join) =>
        join.onRef('leaf_text.leaf', '=', 'response.leaf').on('leaf_text.field', '=', 'answeredBy'),
      )
      .selectAll('response')
      .select(['batch.handoff', 'batch.incident', 'batch.recipient', 'leaf_text.text'])
      .orderBy('response.leaf');
    if (batch !== undefined) query = query.where('response.batch', '=', batch);
    return (await query.execute()).map(responseOf);
  }

  answersOf(batch: string): Promise<readonly AnswerRow[]> {
    return latestAnswers(this.#db, batch, 0);
  }

  async countsOfPurged(batch: string): Promise<AnswerCounts | undefined> {
    const row = await this.#db
      .selectFrom('incident_purge')
      .innerJoin('batch', 'batch.incident', 'incident_purge.incident')
      .select('incident_purge.answers')
      .where('batch.id', '=', batch)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    return (JSON.parse(row.answers) as Record<string, AnswerCounts>)[batch];
  }
}

async function knownBatch(
  db: Kysely<Tables> | Transaction<Tables>,
  sha256: string,
  contentSha256: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('response')
    .select('batch')
    .where((eb) => eb.or([eb('sha256', '=', sha256), eb('content_sha256', '=', contentSha256)]))
    .executeTakeFirst();
  return row?.batch;
}

async function standingOf(
  db: Kysely<Tables> | Transaction<Tables>,
  batch: string,
): Promise<StandingAnswers> {
  const rows = await db
    .selectFrom('response')
    .select(['leaf', 'fingerprint'])
    .where('batch', '=', batch)
    .execute();
  return {
    leaf: Math.max(0, ...rows.map(({ leaf }) => leaf)),
    isSigned: rows.some(({ fingerprint }) => fingerprint !== null),
  };
}

function storedRow(
  response: number,
  batch: string,
  { record, card, reason }: AnswerRow,
): Tables['answer'] {
  return {
    ...{ response, batch, record, brand: card?.brand ?? null, issuer: card?.issuer ?? null },
    ...{ last_four: card?.lastFour ?? null, reason: card === undefined ? reason : null },
  };
}

function responseOf(row: Row): ResponseRow {
  return {
    ...{ batch: row.batch, handoff: row.handoff, incident: row.incident },
    ...{ recipient: row.recipient, sha256: row.sha256, contentSha256: row.content_sha256 },
    ...{ bytes: row.bytes, fingerprint: row.fingerprint ?? undefined },
    ...{ answeredBy: row.text ?? undefined, officer: row.officer },
    importedAt: new Date(row.imported_at),
    ...{ resolved: row.resolved, notFound: row.not_found },
    ...{ changed: row.changed, differing: row.differing },
  };
}
