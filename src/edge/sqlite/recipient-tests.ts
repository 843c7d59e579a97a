import type { Kysely, Selectable, Transaction } from 'kysely';

import { RecipientsFault } from '../../domain/recipients/errors.ts';
import { DAY_TRIES_MAX } from '../../domain/recipients/recipient-test.ts';
import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import type {
  NewRecipientTest,
  RecipientTestRow,
  RecipientTests,
  SignedAnswer,
  SpokenAnswer,
} from '../../exchange/recipients/recipient-tests.ts';
import { appendAct } from './append-leaf.ts';
import type { Tables } from './tables.ts';

type Row = Selectable<Tables['recipient_test']>;

const DAY_MS = 24 * 3_600_000;

/** Tests of recipients in SQLite. */
export class SqliteRecipientTests implements RecipientTests {
  readonly #db: Kysely<Tables>;
  readonly #clock: Clock;

  constructor(db: Kysely<Tables>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  begin(test: NewRecipientTest, act: ActRecord): Promise<void> {
    return this.#db.transaction().execute(async (trx) => {
      await assertTriesLeft(trx, test);
      await trx
        .updateTable('recipient_test')
        .set({ state: 'superseded' })
        .where('recipient', '=', test.recipient)
        .where('state', 'in', ['unsent', 'awaiting-answer'])
        .execute();
      const leaf = await appendAct(trx, act, this.#clock);
      const { id, recipient, combination, fingerprint, profile, file, bytes, sha256 } = test;
      await trx
        .insertInto('recipient_test')
        .values({
          ...{ id, leaf, recipient, combination, fingerprint, profile, file, bytes, sha256 },
          wrapped_answer: test.wrappedAnswer,
          made_at: test.madeAt.getTime(),
          ...{
            state: 'unsent',
            misreadings: 0,
            spoken_at: null,
            answer_leaf: null,
            answer_sha256: null,
          },
        })
        .execute();
    });
  }

  sent(id: string, act: ActRecord): Promise<void> {
    return this.#db.transaction().execute(async (trx) => {
      await trx
        .updateTable('recipient_test')
        .set({ state: 'awaiting-answer' })
        .where('id', '=', id)
        .where('state', '=', 'unsent')
        .execute();
      await appendAct(trx, act, this.#clock);
    });
  }

  note(act: ActRecord): Promise<void> {
    return this.#db.transaction().execute(async (trx) => {
      await appendAct(trx, act, this.#clock);
    });
  }

  readBack(
    id: string,
    misreadings: number,
    { spokenAt }: SpokenAnswer,
    act: ActRecord,
  ): Promise<void> {
    return this.#db.transaction().execute(async (trx) => {
      const answer_leaf = await appendAct(trx, act, this.#clock);
      const set = { state: 'read-back', answer_leaf, spoken_at: spokenAt.getTime() } as const;
      await this.#change(trx, id, misreadings, set);
    });
  }

  answered(
    id: string,
    misreadings: number,
    { sha256: answer_sha256, takenAt }: SignedAnswer,
    act: ActRecord,
  ): Promise<void> {
    return this.#db.transaction().execute(async (trx) => {
      const answer_leaf = await appendAct(trx, act, this.#clock);
      const spoken_at = takenAt.getTime();
      const set = { state: 'read-back', answer_leaf, spoken_at, answer_sha256 } as const;
      await this.#change(trx, id, misreadings, set);
    });
  }

  misread(id: string, misreadings: number, isLast: boolean, act: ActRecord): Promise<void> {
    return this.#db.transaction().execute(async (trx) => {
      await appendAct(trx, act, this.#clock);
      const set = { misreadings, state: isLast ? 'misread' : 'awaiting-answer' } as const;
      await this.#change(trx, id, misreadings - 1, set);
    });
  }

  async latest(recipient: string): Promise<RecipientTestRow | undefined> {
    const row = await this.#db
      .selectFrom('recipient_test')
      .selectAll()
      .where('recipient', '=', recipient)
      .orderBy('leaf', 'desc')
      .executeTakeFirst();
    return row && this.#row(row);
  }

  async standFor(id: string, batch: string, configuration: string): Promise<void> {
    await this.#db
      .updateTable('batch')
      .set({ tested_by: id, tested_state: 'read-back', approved_in: configuration })
      .where('id', '=', batch)
      .execute();
  }

  async passed(recipient: string, combination: string): Promise<RecipientTestRow | undefined> {
    const row = await this.#db
      .selectFrom('recipient_test')
      .selectAll()
      .where('recipient', '=', recipient)
      .where('combination', '=', combination)
      .where('state', '=', 'read-back')
      .orderBy('leaf', 'desc')
      .executeTakeFirst();
    return row && this.#row(row);
  }

  /**
   * Only while it waits, and only after as many wrong answers as were seen: of several at once one counts, and the others
   * are refused alike, so that a crowd of guesses is one try.
   */
  async #change(
    trx: Transaction<Tables>,
    id: string,
    misreadings: number,
    set: Partial<Row>,
  ): Promise<void> {
    const changed = await trx
      .updateTable('recipient_test')
      .set(set)
      .where('id', '=', id)
      .where('state', '=', 'awaiting-answer')
      .where('misreadings', '=', misreadings)
      .executeTakeFirst();
    if (changed.numUpdatedRows !== 1n) {
      throw new RecipientsFault('recipient-test-missing', { why: 'superseded' });
    }
  }

  async #row(row: Row): Promise<RecipientTestRow> {
    const { id, recipient, combination, fingerprint, profile, file, bytes, sha256 } = row;
    return {
      ...{ id, recipient, combination, fingerprint, profile, file, bytes, sha256 },
      wrappedAnswer: new Uint8Array(row.wrapped_answer),
      madeAt: new Date(row.made_at),
      state: row.state,
      misreadings: row.misreadings,
      ...(await this.#answers(row)),
    };
  }

  async #answers(row: Row): Promise<Pick<RecipientTestRow, 'answer' | 'signed'>> {
    const { answer_leaf: leaf, answer_sha256: sha256, spoken_at: at } = row;
    if (leaf === null || at === null) return {};
    if (sha256 !== null) return { signed: { sha256, takenAt: new Date(at) } };
    return { answer: await this.#answer(leaf, new Date(at)) };
  }

  /** The texts may have been purged since. */
  async #answer(leaf: number, spokenAt: Date): Promise<SpokenAnswer> {
    const texts = await this.#db
      .selectFrom('leaf_text')
      .select(['field', 'text'])
      .where('leaf', '=', leaf)
      .execute();
    const text = (name: string): string => texts.find(({ field }) => field === name)?.text ?? '';
    return { by: text('confirmedBy'), phone: text('phone'), spokenAt };
  }
}

/** A new file would begin new tries: those of a whole day are counted together. */
async function assertTriesLeft(
  trx: Transaction<Tables>,
  { recipient, madeAt }: NewRecipientTest,
): Promise<void> {
  const { wrong } = await trx
    .selectFrom('recipient_test')
    .select(({ fn }) => fn.sum<number | null>('misreadings').as('wrong'))
    .where('recipient', '=', recipient)
    .where('made_at', '>', madeAt.getTime() - DAY_MS)
    .executeTakeFirstOrThrow();
  if ((wrong ?? 0) >= DAY_TRIES_MAX) {
    throw new RecipientsFault('recipient-test-exhausted', { recipient, tries: DAY_TRIES_MAX });
  }
}
