import type { Kysely } from 'kysely';

import { KEYED_HASH_BYTES } from '../../domain/cards/keyed-hash.ts';
import { HASH_ROW_BYTES } from '../../domain/handoff/card-page.ts';
import type { RecallBasis } from '../../domain/recalls/recall-basis.ts';
import { holdsPlace } from '../../domain/recalls/recalled-runs.ts';
import type { Tables } from './tables.ts';

/**
 * States of a recall file that nobody got and nobody will get. One that failed or expired may still be sent: its cards are
 * not taken for watched.
 */
const without = ['built', 'cancelled'];

/** What stands recalled of a batch, by one recall file. */
export interface StandingRecall {
  readonly basis: RecallBasis;
  readonly runs: Uint8Array;
  /** The leaf of the amendment that proposed cards of the batch then, and how many of these it proposed. */
  readonly proposal: number | null;
  readonly proposed: number;
}

/** By batch, what is recalled of it for sure or perhaps; of one incident, or of all. */
export async function standingRecalls(
  db: Kysely<Tables>,
  incident?: string,
): Promise<ReadonlyMap<string, readonly StandingRecall[]>> {
  let query = db
    .selectFrom('recall')
    .innerJoin('batch', 'batch.id', 'recall.batch')
    .select(['recall.recalled', 'recall.basis', 'recall.runs'])
    .select(['recall.proposal', 'recall.proposed'])
    .where('batch.state', 'not in', without);
  if (incident !== undefined) query = query.where('batch.incident', '=', incident);
  const rows = await query.execute();
  return Map.groupBy(
    rows.map(({ runs, basis, ...row }) => ({
      ...{ ...row, basis: basis as RecallBasis, runs: new Uint8Array(runs) },
    })),
    ({ recalled }) => recalled,
  );
}

/** The hash rows of a batch without those of recalled cards, in their order. */
export function withoutRecalled(
  rows: Uint8Array,
  recalls: readonly StandingRecall[] | undefined,
): Uint8Array {
  if (recalls === undefined) return rows;
  const kept = new Uint8Array(rows.length);
  const view = new DataView(rows.buffer, rows.byteOffset, rows.length);
  let filled = 0;
  for (let at = 0; at < rows.length; at += HASH_ROW_BYTES) {
    const place = view.getUint32(at + KEYED_HASH_BYTES, true);
    if (recalls.some(({ runs }) => holdsPlace(runs, place))) continue;
    kept.set(rows.subarray(at, at + HASH_ROW_BYTES), filled);
    filled += HASH_ROW_BYTES;
  }
  return kept.subarray(0, filled);
}

/** Of a purged incident stays how many cards were recalled, and not which. */
export async function forgetRecalled(trx: Kysely<Tables>, incident: string): Promise<void> {
  await trx
    .updateTable('recall')
    .set({ runs: new Uint8Array(0) })
    .where('batch', 'in', trx.selectFrom('batch').select('id').where('incident', '=', incident))
    .execute();
}
