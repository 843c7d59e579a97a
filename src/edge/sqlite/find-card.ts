import { sql } from 'kysely';
import type { Kysely } from 'kysely';

import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import {
  CARD_PAGE_ROWS,
  CARD_ROW_BYTES,
  findHashRow,
  HASH_ROW_BYTES,
} from '../../domain/handoff/card-page.ts';
import { PurgeFault } from '../../domain/handoff/purge-errors.ts';
import type { FoundCard, HandoffRow } from '../../exchange/handoff/handoff-register.ts';
import type { Tables } from './tables.ts';

/**
 * Every batch of an incident that holds the card with this keyed hash, oldest first. Reads one page of each batch of the
 * incident: an index leads to the only one that can hold the hash.
 */
export async function findCard(
  db: Kysely<Tables>,
  incident: string,
  hash: Uint8Array,
): Promise<readonly FoundCard[]> {
  const pages = db
    .selectFrom('batch')
    .innerJoin('handoff', 'handoff.id', 'batch.handoff')
    .select(['batch.id', 'batch.handoff', 'batch.recipient', 'batch.first_reference'])
    .select(['batch.state', 'handoff.state as handoff_state', 'handoff.outcome'])
    .select((eb) =>
      eb
        .selectFrom('hash_page')
        // The row alone, so that no page becomes memory of this process. What is no row has other bytes in front.
        .select(
          sql<Uint8Array>`substr(hash_page.rows, instr(hash_page.rows, ${hash}), ${HASH_ROW_BYTES})`.as(
            'row',
          ),
        )
        .whereRef('hash_page.batch', '=', 'batch.id')
        .where('hash_page.first_hash', '<=', hash)
        .orderBy('hash_page.first_hash', 'desc')
        .limit(1)
        .as('row'),
    )
    .where('batch.incident', '=', incident);
  const found: FoundCard[] = [];
  for await (const row of pages.stream()) {
    const place = row.row === null ? -1 : findHashRow(row.row, hash);
    if (place === -1) continue;
    found.push({
      handoff: row.handoff,
      handoffState: row.handoff_state,
      outcome: (row.outcome ?? undefined) as HandoffRow['outcome'],
      batch: row.id,
      recipient: row.recipient,
      batchState: row.state as DeliveryState,
      place,
      reference: row.first_reference + place,
    });
  }
  return found.sort((a, b) => a.reference - b.reference);
}

/** The row of one card, cut out by the database: the rest of its page is nobody's business here. */
export async function cardRow(
  db: Kysely<Tables>,
  batch: string,
  place: number,
): Promise<Uint8Array> {
  const at = (place % CARD_PAGE_ROWS) * CARD_ROW_BYTES;
  const found = await db
    .selectFrom('card_page')
    .select(sql<Uint8Array>`substr(rows, ${at + 1}, ${CARD_ROW_BYTES})`.as('row'))
    .where('batch', '=', batch)
    .where('number', '=', Math.floor(place / CARD_PAGE_ROWS))
    .executeTakeFirst();
  // Found a moment ago, and a purge went between.
  if (found === undefined) throw new PurgeFault('incident-purged', { batch });
  return new Uint8Array(found.row);
}
