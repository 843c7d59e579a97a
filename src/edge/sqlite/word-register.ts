import type { Kysely, Selectable, Transaction } from 'kysely';

import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import type { WordChannel, WordRung } from '../../domain/handoff/persons-word.ts';
import type { NewWord, PersonsWord, WordRegister } from '../../exchange/delivery/word-register.ts';
import { evidenceColumns, evidenceIn } from './evidence-columns.ts';
import { assertBatchNotPurged } from './incident-purges.ts';
import { appendAct } from './append-leaf.ts';
import type { Tables } from './tables.ts';

type Row = Selectable<Tables['persons_word']> & { text: string | null };

/** What persons said of batches, in SQLite. Who said it stands with the texts of the leaf. */
export class SqliteWordRegister implements WordRegister {
  readonly #db: Kysely<Tables>;
  readonly #clock: Clock;

  constructor(db: Kysely<Tables>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  async add(word: NewWord, act: ActRecord, change: () => Promise<unknown>): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      const leaf = await appendAct(trx, act, this.#clock);
      await insertWord(trx, word, leaf);
      await change();
    });
  }

  async ofHandoff(handoff: string): Promise<readonly PersonsWord[]> {
    const rows = await this.#query()
      .innerJoin('batch', 'batch.id', 'persons_word.batch')
      .where('batch.handoff', '=', handoff)
      .execute();
    return rows.map(wordOf);
  }

  async all(): Promise<readonly PersonsWord[]> {
    return (await this.#query().execute()).map(wordOf);
  }

  #query() {
    return this.#db
      .selectFrom('persons_word')
      .leftJoin('leaf_text', (join) =>
        join.onRef('leaf_text.leaf', '=', 'persons_word.leaf').on('leaf_text.field', '=', 'by'),
      )
      .selectAll('persons_word')
      .select('leaf_text.text')
      .orderBy('persons_word.leaf');
  }
}

/** Stores a word under the leaf that tells of it. */
export async function insertWord(
  trx: Transaction<Tables>,
  word: NewWord,
  leaf: number,
): Promise<void> {
  await assertBatchNotPurged(trx, word.batch);
  await trx
    .insertInto('persons_word')
    .values({
      leaf,
      batch: word.batch,
      rung: word.rung,
      channel: word.channel,
      said_at: word.at.getTime(),
      recorded_at: word.recordedAt.getTime(),
      officer: word.officer,
      ...evidenceColumns(word.evidence),
    })
    .execute();
}

function wordOf(row: Row): PersonsWord {
  return {
    batch: row.batch,
    rung: row.rung as WordRung,
    channel: row.channel as WordChannel,
    by: row.text ?? undefined,
    at: new Date(row.said_at),
    recordedAt: new Date(row.recorded_at),
    officer: row.officer,
    evidence: evidenceIn(row),
  };
}
