import type { Kysely, Transaction } from 'kysely';

import type { SaidOfCard } from '../../domain/readiness/card-watch.ts';
import type { NumberedAnswer } from '../../domain/responses/answer-numbers.ts';
import { ResponsesFault } from '../../domain/responses/errors.ts';
import { unpaired } from '../../domain/responses/paired-answers.ts';
import { afterAnswer, noneStanding } from '../../domain/responses/standing-cards.ts';
import type { TakenBack } from '../../domain/responses/said-by-issuer.ts';
import type { CardRow, StandingCards } from '../../domain/responses/standing-cards.ts';
import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type {
  AnswerIdentity,
  CardAnswerRow,
  CardAnswers,
  NewCardAnswer,
  NewCardSettlement,
  RefusedAnswer,
  StandingCardAnswers,
} from '../../exchange/responses/card-answers.ts';
import type { ListedCard } from '../../exchange/waivers/waiver-exceptions.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import { appendAct } from './append-leaf.ts';
import { assertBatchNotPurged } from './incident-purges.ts';
import { assertNumberFree, numberedBy } from './numbered-answers.ts';
import { answerOf, settlementOf, storedAnswer, storedRow } from './card-answer-rows.ts';
import type { Answer, Settled } from './card-answer-rows.ts';
import { proveDelivery } from './prove-delivery.ts';
import { inStatements } from './rows-at-once.ts';
import {
  answeredAt,
  answersOf,
  namedIn,
  saidOfCard,
  sayingsOf,
  takenBackBy,
} from './standing-cards.ts';
import type { Tables } from './tables.ts';

type Db = Kysely<Tables> | Transaction<Tables>;

/** Answers about cards in SQLite. Who sent one, and why one was settled, stands with the texts of the leaves. */
export class SqliteCardAnswers implements CardAnswers {
  readonly #db: Kysely<Tables>;
  readonly #clock: Clock;

  constructor(db: Kysely<Tables>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  async add(
    answer: NewCardAnswer,
    rows: readonly CardRow[],
    act: ActRecord,
    seen: number,
  ): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      const { batch } = answer;
      await assertBatchNotPurged(trx, batch);
      // Looked at again inside the transaction: two imports of one file may both have found it new.
      const known = await knownBatch(trx, answer);
      if (known !== undefined) throw new ResponsesFault('response-known', { batch: known });
      await assertSeen(trx, batch, seen);
      await assertNumberFree(trx, answer);
      const leaf = await appendAct(trx, act, this.#clock);
      await trx.insertInto('card_answer').values(storedAnswer(leaf, answer)).execute();
      for (const some of inStatements(rows)) {
        await trx
          .insertInto('card_answer_row')
          .values(some.map((row) => storedRow(leaf, batch, row)))
          .execute();
      }
      await trx
        .updateTable('refused_answer')
        .set({ settled_leaf: leaf })
        .where('batch', '=', batch)
        .where('sha256', '=', answer.sha256)
        .where('settled_leaf', 'is', null)
        .execute();
      await proveDelivery(trx, this.#clock, batch, act.draft);
    });
  }

  async refuse(refusal: RefusedAnswer, act: ActRecord): Promise<void> {
    const { batch, code, line, sha256, officer, refusedAt, isSettled } = refusal;
    await this.#db.transaction().execute(async (trx) => {
      await assertBatchNotPurged(trx, batch);
      const leaf = await appendAct(trx, act, this.#clock);
      await trx
        .insertInto('refused_answer')
        .values({
          ...{ leaf, batch, code, line: line ?? null, sha256: sha256 ?? null, officer },
          settled_leaf: isSettled ? leaf : null,
          refused_at: refusedAt.getTime(),
        })
        .execute();
    });
  }

  async settle(settlement: NewCardSettlement, act: ActRecord, seen: number): Promise<void> {
    const { batch, unanswered, returned, refused, settledAt, officer } = settlement;
    await this.#db.transaction().execute(async (trx) => {
      await assertBatchNotPurged(trx, batch);
      await assertSeen(trx, batch, seen);
      const leaf = await appendAct(trx, act, this.#clock);
      await trx
        .insertInto('card_answer_settled')
        .values({
          ...{ leaf, batch, unanswered, returned, refused, officer },
          settled_at: settledAt.getTime(),
        })
        .execute();
      const closed = await trx
        .updateTable('refused_answer')
        .set({ settled_leaf: leaf })
        .where('batch', '=', batch)
        .where('settled_leaf', 'is', null)
        .executeTakeFirst();
      // The leaf counts them: one that was refused since is not closed unseen.
      if (closed.numUpdatedRows !== BigInt(refused)) {
        throw new ResponsesFault('response-overtaken', { batch });
      }
    });
  }

  async standing(batch: string, cards: number): Promise<StandingCardAnswers> {
    const answers = await answersOf(this.#db, batch);
    const settlements = await this.#settled(batch);
    const settled = settlements.at(-1);
    const closing = settlements.findLast(({ unanswered, returned }) => unanswered + returned > 0);
    let standing = noneStanding(cards);
    let whenSettled: StandingCards = standing;
    const takenBack: TakenBack[] = [];
    for (const answer of answers) {
      const named = await namedIn(this.#db, answer);
      standing = afterAnswer(standing, sayingsOf(answer, named)).standing;
      takenBack.push(...[takenBackBy(answer, named) ?? []].flat());
      if (closing !== undefined && answer.leaf < closing.leaf) whenSettled = standing;
    }
    const open = unpaired(answers.map((answer) => ({ part: answer.part ?? undefined, answer })));
    const others = answers.filter((answer) => answer !== open?.answer);
    return {
      leaf: Math.max(0, settled?.leaf ?? 0, ...answers.map(({ leaf }) => leaf)),
      answers: answers.length,
      isSigned: answers.every(({ signed_at }) => signed_at !== null),
      signedAt: newestSignature(answers),
      firstAtMs: Math.min(...answers.map(answeredAt)),
      takenInAtMs: Math.max(...answers.map(({ imported_at }) => imported_at)),
      ...{ cards: standing, takenBack },
      unpaired: open && {
        ...{ part: open.part, rows: [...(await namedIn(this.#db, open.answer)).rows()] },
        ...{ signedAt: newestSignature([open.answer]), othersSignedAt: newestSignature(others) },
      },
      settlement: settled && settlementOf(settled),
      settledCards: closing && whenSettled,
    };
  }

  ofCard({ batch, record }: ListedCard): Promise<SaidOfCard | undefined> {
    return saidOfCard(this.#db, batch, record);
  }

  known(answer: AnswerIdentity): Promise<string | undefined> {
    return knownBatch(this.#db, answer);
  }

  numbered(recipient: string): Promise<readonly NumberedAnswer[]> {
    return numberedBy(this.#db, recipient);
  }

  async list(batch?: string): Promise<readonly CardAnswerRow[]> {
    let query = this.#db
      .selectFrom('card_answer')
      .innerJoin('batch', 'batch.id', 'card_answer.batch')
      .leftJoin('leaf_text', (join) =>
        join
          .onRef('leaf_text.leaf', '=', 'card_answer.leaf')
          .on('leaf_text.field', '=', 'answeredBy'),
      )
      .selectAll('card_answer')
      .select(['batch.handoff', 'batch.incident', 'batch.recipient', 'leaf_text.text'])
      .orderBy('card_answer.leaf');
    if (batch !== undefined) query = query.where('card_answer.batch', '=', batch);
    const rows = await query.execute();
    return rows.map(({ handoff, incident, recipient, text, ...row }) => ({
      ...answerOf(row),
      ...{ handoff, incident, recipient, answeredBy: text ?? undefined },
    }));
  }

  async refused(batch?: string): Promise<readonly RefusedAnswer[]> {
    let query = this.#db.selectFrom('refused_answer').selectAll().orderBy('leaf');
    if (batch !== undefined) query = query.where('batch', '=', batch);
    const rows = await query.execute();
    return rows.map(({ batch: of, code, line, sha256, officer, refused_at, settled_leaf }) => ({
      ...{ batch: of, code, line: line ?? undefined, sha256: sha256 ?? undefined, officer },
      ...{ refusedAt: new Date(refused_at), isSettled: settled_leaf !== null },
    }));
  }

  async isPurged(batch: string): Promise<boolean> {
    const row = await this.#db
      .selectFrom('incident_purge')
      .innerJoin('batch', 'batch.incident', 'incident_purge.incident')
      .select('incident_purge.leaf')
      .where('batch.id', '=', batch)
      .executeTakeFirst();
    return row !== undefined;
  }

  #settled(batch: string): Promise<Settled[]> {
    return this.#db
      .selectFrom('card_answer_settled')
      .leftJoin('leaf_text', (join) =>
        join
          .onRef('leaf_text.leaf', '=', 'card_answer_settled.leaf')
          .on('leaf_text.field', '=', 'reason'),
      )
      .selectAll('card_answer_settled')
      .select('leaf_text.text')
      .where('card_answer_settled.batch', '=', batch)
      .orderBy('card_answer_settled.leaf')
      .execute();
  }
}

function newestSignature(answers: readonly Answer[]): Date | undefined {
  const signed = answers.flatMap(({ signed_at }) => signed_at ?? []);
  return signed.length === 0 ? undefined : new Date(Math.max(...signed));
}

/** The same text signed at another time is another statement: it may say again what holds. In clear it says nothing new. */
async function knownBatch(
  db: Db,
  { sha256, contentSha256, signedAt }: AnswerIdentity,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('card_answer')
    .select('batch')
    .where((eb) => {
      const isSameText = eb('content_sha256', '=', contentSha256);
      const isSame =
        signedAt === undefined
          ? isSameText
          : eb.and([isSameText, eb('signed_at', '=', signedAt.valueOf())]);
      return eb.or([eb('sha256', '=', sha256), isSame]);
    })
    .executeTakeFirst();
  return row?.batch;
}

/** Throws `response-overtaken` when anything newer about the batch stands. */
async function assertSeen(trx: Transaction<Tables>, batch: string, seen: number): Promise<void> {
  for (const table of ['card_answer', 'card_answer_settled'] as const) {
    const newer = await trx
      .selectFrom(table)
      .select('leaf')
      .where('batch', '=', batch)
      .where('leaf', '>', seen)
      .executeTakeFirst();
    if (newer !== undefined) throw new ResponsesFault('response-overtaken', { batch });
  }
}
