import type { Kysely, Selectable } from 'kysely';

import type { WordChannel } from '../../domain/handoff/persons-word.ts';
import { ReadinessFault } from '../../domain/readiness/errors.ts';
import type { ExceptionKind, ExceptionValue } from '../../domain/waivers/waiver-exceptions.ts';
import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import type {
  ListedCard,
  NewExceptions,
  NotedCard,
  FoundException,
  WaiverExceptions,
} from '../../exchange/waivers/waiver-exceptions.ts';
import { appendAct } from './append-leaf.ts';
import { evidenceColumns, evidenceIn } from './evidence-columns.ts';
import { assertNotPurged } from './incident-purges.ts';
import { listingsOfCards } from './listings-of-cards.ts';
import { inStatements } from './rows-at-once.ts';
import type { Tables } from './tables.ts';

type Header = Selectable<Tables['waiver_exception']>;

/** Exceptions from waivers in SQLite: one row for what was said at once, and one for each card. */
export class SqliteWaiverExceptions implements WaiverExceptions {
  readonly #db: Kysely<Tables>;
  readonly #clock: Clock;

  constructor(db: Kysely<Tables>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  async add(
    exceptions: NewExceptions,
    act: ActRecord,
    seen: number,
    change: () => Promise<unknown>,
  ): Promise<void> {
    const { incident, cards } = exceptions;
    await this.#db.transaction().execute(async (trx) => {
      await assertNotPurged(trx, incident);
      if ((await newestOf(trx, incident)) !== seen) {
        throw new ReadinessFault('statement-changed', { incident });
      }
      const leaf = await appendAct(trx, act, this.#clock);
      await trx.insertInto('waiver_exception').values(headerOf(leaf, exceptions)).execute();
      for (const some of inStatements(cards)) {
        const rows = some.map(({ batch, record, exception }) => ({
          ...{ leaf, batch, record, exception },
        }));
        await trx.insertInto('card_exception').values(rows).execute();
      }
      await change();
    });
  }

  newest(incident: string): Promise<number> {
    return newestOf(this.#db, incident);
  }

  async ofIncident(incident: string): Promise<readonly NotedCard[]> {
    const rows = await this.#db
      .selectFrom('card_exception')
      .innerJoin('waiver_exception', 'waiver_exception.leaf', 'card_exception.leaf')
      .innerJoin('batch', 'batch.id', 'card_exception.batch')
      .innerJoin('handoff', 'handoff.id', 'batch.handoff')
      .select(['card_exception.batch', 'record', 'exception', 'waiver_exception.issuer'])
      .where('waiver_exception.incident', '=', incident)
      .where((eb) =>
        eb.or([eb('handoff.outcome', 'is', null), eb('handoff.outcome', '=', 'approve')]),
      )
      .orderBy('card_exception.leaf')
      .execute();
    const listings = await this.listings(incident, rows);
    const latest = new Map<string, NotedCard>();
    for (const [at, { batch, record, issuer, exception }] of rows.entries()) {
      for (const listing of listings[at]!) {
        const isCarried = listing.batch !== batch || listing.record !== record;
        latest.set(`${listing.batch} ${listing.record} ${issuer}`, {
          ...{ ...listing, issuer, exception: exception as ExceptionValue },
          ...{ first: listings[at]![0]!, isCarried },
        });
      }
    }
    return [...latest.values()];
  }

  listings(
    incident: string,
    cards: readonly ListedCard[],
  ): Promise<readonly (readonly ListedCard[])[]> {
    return listingsOfCards(this.#db, incident, cards);
  }

  async ofCard(issuer: string, lists: readonly ListedCard[]): Promise<FoundException | undefined> {
    const found = await Promise.all(
      lists.map(({ batch, record }) =>
        this.#db
          .selectFrom('card_exception')
          .innerJoin('waiver_exception', 'waiver_exception.leaf', 'card_exception.leaf')
          .leftJoin('leaf_text', (join) =>
            join
              .onRef('leaf_text.leaf', '=', 'waiver_exception.leaf')
              .on('leaf_text.field', '=', 'by'),
          )
          .selectAll('waiver_exception')
          .select(['card_exception.exception', 'leaf_text.text'])
          .where('batch', '=', batch)
          .where('record', '=', record)
          .where('waiver_exception.issuer', '=', issuer)
          .orderBy('card_exception.leaf', 'desc')
          .executeTakeFirst(),
      ),
    );
    const [latest] = found.flatMap((row) => row ?? []).sort((one, other) => other.leaf - one.leaf);
    if (latest === undefined || latest.exception === 'none') return undefined;
    return {
      ...sourceOf(latest),
      ...{ exception: latest.exception as ExceptionKind, by: latest.text ?? undefined },
    };
  }
}

async function newestOf(db: Kysely<Tables>, incident: string): Promise<number> {
  const row = await db
    .selectFrom('waiver_exception')
    .select((eb) => eb.fn.max('leaf').as('leaf'))
    .where('incident', '=', incident)
    .executeTakeFirst();
  return row?.leaf ?? 0;
}

function headerOf(leaf: number, exceptions: NewExceptions): Header {
  const { incident, issuer, saidAt, channel, officer, recordedAt, evidence } = exceptions;
  return {
    ...{ leaf, incident, issuer, channel, officer },
    ...{ said_at: saidAt.getTime(), recorded_at: recordedAt.getTime() },
    ...evidenceColumns(evidence),
  };
}

function sourceOf(row: Header): Omit<NewExceptions, 'incident' | 'cards'> {
  return {
    ...{ issuer: row.issuer, channel: row.channel as WordChannel, officer: row.officer },
    ...{ saidAt: new Date(row.said_at), recordedAt: new Date(row.recorded_at) },
    evidence: evidenceIn(row),
  };
}
