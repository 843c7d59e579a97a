import type { Kysely } from 'kysely';

import { KEYED_HASH_BYTES } from '../../domain/cards/keyed-hash.ts';
import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import { HASH_ROW_BYTES } from '../../domain/handoff/card-page.ts';
import type { RecallBasis } from '../../domain/recalls/recall-basis.ts';
import { recallStands } from '../../domain/recalls/recall-states.ts';
import { holdsPlace } from '../../domain/recalls/recalled-runs.ts';
import { runsThatStand } from '../../domain/recalls/runs-that-stand.ts';
import { standingCards } from './standing-cards.ts';
import type { Tables } from './tables.ts';

/** States of a recall file that nobody got and nobody will get. */
const nobodyHas: readonly DeliveryState[] = ['built', 'cancelled'];

/** What one recall file recalls of a batch. */
export interface RecallOfBatch {
  readonly basis: RecallBasis;
  readonly runs: Uint8Array;
  /** The leaf of the amendment because of which it was made. */
  readonly proposal: number | null;
}

type ByBatch = ReadonlyMap<string, readonly RecallOfBatch[]>;

/**
 * By batch, what is recalled of it for sure or perhaps; of one incident, or of all. A recall that failed or expired may
 * still be sent, and of a returned card it may be that nobody watches it: such cards are not taken for watched.
 */
export async function possibleRecalls(db: Kysely<Tables>, incident?: string): Promise<ByBatch> {
  return Map.groupBy(await recallRows(db, nobodyHas, incident), ({ recalled }) => recalled);
}

/** By batch, what stands recalled of it: of each recall the cards that were not returned, also one that another recall has. */
export async function recallsByBatch(db: Kysely<Tables>, incident?: string): Promise<ByBatch> {
  const standing: (RecallOfBatch & { readonly recalled: string })[] = [];
  for (const { batch, cards, first, state, ...row } of await recallRows(db, [], incident)) {
    const answered = await standingCards(db, batch, cards);
    if (!recallStands(state as DeliveryState, answered)) continue;
    const runs = runsThatStand({ runs: row.runs, firstReference: first }, answered);
    standing.push({ ...row, runs });
  }
  return Map.groupBy(standing, ({ recalled }) => recalled);
}

async function recallRows(
  db: Kysely<Tables>,
  without: readonly DeliveryState[],
  incident: string | undefined,
) {
  let query = db
    .selectFrom('recall')
    .innerJoin('batch', 'batch.id', 'recall.batch')
    .select(['batch.id as batch', 'batch.cards', 'batch.first_reference as first', 'batch.state'])
    .select(['recall.recalled', 'recall.basis', 'recall.runs', 'recall.proposal'])
    .where('batch.state', 'not in', without);
  if (incident !== undefined) query = query.where('batch.incident', '=', incident);
  const rows = await query.execute();
  return rows.map(({ runs, basis, ...row }) => {
    return { ...row, basis: basis as RecallBasis, runs: new Uint8Array(runs) };
  });
}

/** The hash rows of a batch without those of recalled cards, in their order. */
export function withoutRecalled(
  rows: Uint8Array,
  recalls: readonly RecallOfBatch[] | undefined,
): Uint8Array {
  if (recalls === undefined) return rows;
  return rowsWhere(rows, (place) => !recalls.some(({ runs }) => holdsPlace(runs, place)));
}

/** The hash rows of recalled cards of a batch, in their order. */
export function onlyRecalled(rows: Uint8Array, recalls: readonly RecallOfBatch[]): Uint8Array {
  return rowsWhere(rows, (place) => recalls.some(({ runs }) => holdsPlace(runs, place)));
}

function rowsWhere(rows: Uint8Array, isKept: (place: number) => boolean): Uint8Array {
  const kept = new Uint8Array(rows.length);
  const view = new DataView(rows.buffer, rows.byteOffset, rows.length);
  let filled = 0;
  for (let at = 0; at < rows.length; at += HASH_ROW_BYTES) {
    const place = view.getUint32(at + KEYED_HASH_BYTES, true);
    if (!isKept(place)) continue;
    kept.set(rows.subarray(at, at + HASH_ROW_BYTES), filled);
    filled += HASH_ROW_BYTES;
  }
  return kept.subarray(0, filled);
}

/** Of a purged incident stays how many cards were proposed and recalled, and not which. */
export async function forgetRecalled(trx: Kysely<Tables>, incident: string): Promise<void> {
  await trx
    .updateTable('recall')
    .set({ runs: new Uint8Array(0) })
    .where('batch', 'in', trx.selectFrom('batch').select('id').where('incident', '=', incident))
    .execute();
  await trx
    .updateTable('recall_proposal')
    .set({ out_runs: null, untold_runs: null })
    .where('batch', 'in', trx.selectFrom('batch').select('id').where('incident', '=', incident))
    .execute();
}
