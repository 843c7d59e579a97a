import type { Kysely, Transaction } from 'kysely';

import type { LeafDraft } from '../../domain/audit/leaf.ts';
import { nextNumber } from '../../domain/recipients/sequence.ts';
import type { AllottedName, Allotments, NameRequest } from '../../exchange/delivery/allotments.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import { DeliveryFault } from '../../exchange/delivery/delivery-errors.ts';
import { appendAct } from './append-leaf.ts';
import type { Tables } from './tables.ts';

/** States in which a batch no longer holds up the numbers after its own. */
const settled = ['stored', 'written', 'cancelled', 'expired'];
const givenUp = ['cancelled', 'expired'];

/** Names and running numbers in SQLite. The database keeps both from being given twice. */
export class SqliteAllotments implements Allotments {
  readonly #db: Kysely<Tables>;
  readonly #clock: Clock;

  constructor(db: Kysely<Tables>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  allot(
    request: NameRequest,
    leafOf: (allotted: AllottedName, instead: string | undefined) => LeafDraft,
  ): Promise<AllottedName> {
    return this.#db.transaction().execute(async (trx) => {
      const known = await knownName(trx, request.batch);
      if (known !== undefined) return known;
      const instead = await takeBack(trx, request);
      const sequence = await numberFor(trx, request);
      const name = request.nameOf(sequence);
      await assertUnused(trx, request, name);
      const allotted = { name, ...(sequence === undefined ? {} : { sequence }) };
      const draft = leafOf(allotted, instead);
      const leaf = await appendAct(trx, { draft }, this.#clock);
      const { batch, recipient, period, place } = request;
      const row = { batch, leaf, recipient, period, place, name, is_used: 0 as const };
      await trx
        .insertInto('allotted_name')
        .values({ ...row, sequence: sequence ?? null })
        .execute();
      return allotted;
    });
  }
}

/**
 * Writes down, for good, that an attempt to bring a batch to its recipient has begun: its name and number are never given
 * to another. False when it is known already, and for a batch that has none.
 */
export async function markNameUsed(trx: Transaction<Tables>, batch: string): Promise<boolean> {
  const marked = await trx
    .updateTable('allotted_name')
    .set({ is_used: 1 })
    .where('batch', '=', batch)
    .where('is_used', '=', 0)
    .executeTakeFirst();
  return marked.numUpdatedRows > 0n;
}

async function knownName(
  trx: Transaction<Tables>,
  batch: string,
): Promise<AllottedName | undefined> {
  const row = await trx
    .selectFrom('allotted_name')
    .select(['name', 'sequence'])
    .where('batch', '=', batch)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return { name: row.name, ...(row.sequence === null ? {} : { sequence: row.sequence }) };
}

/** A batch that was given up before any attempt to send it leaves its name and number to this one. */
async function takeBack(
  trx: Transaction<Tables>,
  { recipient, period }: NameRequest,
): Promise<string | undefined> {
  const free = await trx
    .selectFrom('allotted_name')
    .innerJoin('batch', 'batch.id', 'allotted_name.batch')
    .select(['allotted_name.batch', 'allotted_name.sequence'])
    .where('allotted_name.recipient', '=', recipient)
    .where('period', '=', period)
    .where('is_used', '=', 0)
    .where('batch.state', 'in', givenUp)
    .execute();
  for (const { batch } of free) {
    await trx.deleteFrom('allotted_name').where('batch', '=', batch).execute();
  }
  return free.find(({ sequence }) => sequence !== null)?.batch;
}

async function numberFor(
  trx: Transaction<Tables>,
  { batch, recipient, period, sequence }: NameRequest,
): Promise<number | undefined> {
  if (sequence === undefined) return undefined;
  const rows = await trx
    .selectFrom('allotted_name')
    .innerJoin('batch', 'batch.id', 'allotted_name.batch')
    .select(['allotted_name.batch', 'allotted_name.sequence', 'batch.state'])
    .where('allotted_name.recipient', '=', recipient)
    .where('period', '=', period)
    .where('allotted_name.sequence', 'is not', null)
    .orderBy('allotted_name.sequence')
    .execute();
  const open = rows.find(({ state }) => !settled.includes(state));
  if (open !== undefined) {
    throw new DeliveryFault('sequence-waits', {
      ...{ batch, recipient, waitsFor: open.batch, number: open.sequence! },
    });
  }
  const number = nextNumber(sequence, rows.at(-1)?.sequence ?? undefined);
  if (number === undefined) {
    throw new DeliveryFault('sequence-exhausted', { recipient, digits: sequence.width });
  }
  return number;
}

async function assertUnused(
  trx: Transaction<Tables>,
  { place, recipient }: NameRequest,
  name: string,
): Promise<void> {
  const other = await trx
    .selectFrom('allotted_name')
    .select('batch')
    .where('place', '=', place)
    .where('name', '=', name)
    .executeTakeFirst();
  if (other !== undefined) {
    throw new DeliveryFault('name-used', { file: name, recipient, batch: other.batch });
  }
}
