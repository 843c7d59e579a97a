import type { Kysely } from 'kysely';

import { KEYED_HASH_BYTES } from '../../domain/cards/keyed-hash.ts';
import { findHashRow } from '../../domain/handoff/card-page.ts';
import type { HandoffReport } from '../../exchange/handoff/handoff-register.ts';
import { hashRows } from './covered-cards.ts';
import type { Tables } from './tables.ts';

interface Counted {
  readonly batch: string;
  readonly handoff: string;
  readonly incident: string;
  readonly state: string;
}

/**
 * What a handoff tells that was prepared since from all the sources of the batch: which of its cards were met again. The
 * others are out, or among the records that are held. Undefined while there is none.
 */
export async function toldByPrepare(
  db: Kysely<Tables>,
  { batch, handoff, incident, state }: Counted,
  all: number,
  since: number,
): Promise<{ cards: number; untold: number } | undefined> {
  const later = await db
    .selectFrom('handoff')
    .select(['id', 'report'])
    .where('incident', '=', incident)
    .where('prepared_at', '>', since)
    .where('state', '<>', 'preparing')
    .where((eb) => eb.or([eb('outcome', 'is', null), eb('outcome', '=', 'approve')]))
    .orderBy('prepared_at', 'desc')
    .execute();
  const isElsewhere = state === 'sent-elsewhere';
  const wanted = await sourcesOf(db, handoff);
  for (const { id, report } of later) {
    const { held, isSentElsewhere } = JSON.parse(report ?? '{}') as Partial<HandoffReport>;
    // It met none of them, and was not meant to.
    if (isSentElsewhere === true) continue;
    const met = await countMet(db, id, batch, all);
    // Which sources that list was made from, nobody knows: a card not met may be in all the same.
    if (isElsewhere && met > 0) return { cards: 0, untold: all - met };
    const read = await sourcesOf(db, id);
    if (![...wanted].every((source) => read.has(source))) continue;
    const out = all - met;
    const records = Object.values(held ?? {}).reduce((sum, count) => sum + count, 0);
    const untold = Math.min(out, records);
    return { cards: out - untold, untold };
  }
  return undefined;
}

/** Cards of a batch that a later handoff met: a card in several batches stands on the page of the oldest. */
async function countMet(
  db: Kysely<Tables>,
  handoff: string,
  batch: string,
  cards: number,
): Promise<number> {
  const pages = await db
    .selectFrom('relied_page')
    .innerJoin('batch as met', 'met.id', 'relied_page.batch')
    .innerJoin('batch as asked', 'asked.recipient', 'met.recipient')
    .select('relied_page.hashes')
    .where('relied_page.handoff', '=', handoff)
    .where('asked.id', '=', batch)
    .execute();
  const rows = await hashRows(db, batch, cards);
  let count = 0;
  for (const { hashes } of pages) {
    for (let at = 0; at < hashes.length; at += KEYED_HASH_BYTES) {
      if (findHashRow(rows, hashes.subarray(at, at + KEYED_HASH_BYTES)) !== -1) count += 1;
    }
  }
  return count;
}

async function sourcesOf(db: Kysely<Tables>, handoff: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('source')
    .select('sha256')
    .where('handoff', '=', handoff)
    .execute();
  return new Set(rows.map((row) => row.sha256));
}
