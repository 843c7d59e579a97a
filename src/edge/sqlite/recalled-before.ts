import type { Kysely } from 'kysely';

import { KEYED_HASH_BYTES } from '../../domain/cards/keyed-hash.ts';
import { findHashRow, HASH_ROW_BYTES } from '../../domain/handoff/card-page.ts';
import type { BatchResult } from '../../exchange/handoff/card-process.ts';
import { eachEarlierBatch, hashRows } from './covered-cards.ts';
import { onlyRecalled, possibleRecalls } from './recalled-cards.ts';
import type { Tables } from './tables.ts';

type NewBatch = Pick<BatchResult, 'batch' | 'recipient' | 'cards'>;

/**
 * Cards of new batches that an officer recalled one by one, of any recipient, and that no batch has brought to the same
 * recipient since. Neither windows nor merchants leave them out, so that only a person can tell whether they belong there.
 */
export async function recalledBefore(
  db: Kysely<Tables>,
  incident: string,
  batches: readonly NewBatch[],
): Promise<number> {
  const named = await namedRows(db, incident);
  if (named.length === 0) return 0;
  let cards = 0;
  for (const batch of batches) cards += await countNamed(db, incident, batch, named);
  return cards;
}

/** Of each batch of which cards were recalled one by one, the hash rows of these. */
async function namedRows(db: Kysely<Tables>, incident: string): Promise<readonly Uint8Array[]> {
  const found: Uint8Array[] = [];
  for (const [batch, recalls] of await possibleRecalls(db, incident)) {
    const named = recalls.filter(({ basis }) => basis === 'records');
    if (named.length === 0) continue;
    const list = db.selectFrom('batch').select('cards').where('id', '=', batch);
    const { cards } = await list.executeTakeFirstOrThrow();
    found.push(onlyRecalled(await hashRows(db, batch, cards), named));
  }
  return found;
}

async function countNamed(
  db: Kysely<Tables>,
  incident: string,
  { batch, recipient, cards }: NewBatch,
  named: readonly Uint8Array[],
): Promise<number> {
  let again = hashesIn(named, await hashRows(db, batch, cards));
  if (again.length === 0) return 0;
  for await (const { rows } of eachEarlierBatch(db, incident, recipient)) {
    again = again.filter((hash) => findHashRow(rows, hash) === -1);
  }
  return again.length;
}

/** Keyed hashes of named cards that a batch has, each once. */
function hashesIn(named: readonly Uint8Array[], own: Uint8Array): readonly Uint8Array[] {
  const found = new Map<number, Uint8Array>();
  for (const rows of named) {
    for (let at = 0; at < rows.length; at += HASH_ROW_BYTES) {
      const hash = rows.subarray(at, at + KEYED_HASH_BYTES);
      const place = findHashRow(own, hash);
      if (place !== -1) found.set(place, hash);
    }
  }
  return [...found.values()];
}
