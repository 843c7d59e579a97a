import type { Kysely } from 'kysely';

import { KEYED_HASH_BYTES } from '../../domain/cards/keyed-hash.ts';
import { findHashRow, HASH_ROW_BYTES } from '../../domain/handoff/card-page.ts';
import type { HandoffReport } from '../../exchange/handoff/handoff-register.ts';
import { hashRows } from './covered-cards.ts';
import { withoutRecalled } from './recalled-cards.ts';
import type { RecallOfBatch } from './recalled-cards.ts';
import type { Tables } from './tables.ts';

interface Counted {
  readonly batch: string;
  readonly handoff: string;
  readonly incident: string;
  readonly state: string;
  /** Cards that the amendment proposes or leaves untold, without those that were recalled since. */
  readonly atMost: number;
}

/** What a later prepare tells of the cards of a batch: how many are out, and how many it cannot tell of. */
export interface ToldCards {
  readonly cards: number;
  readonly untold: number;
  /** Places of the cards that it did not meet, ascending: those that are out, where none is untold. */
  readonly places: () => number[];
}

/**
 * What a handoff tells that was prepared since from all the sources of the batch, each read by the same spec: which of its
 * cards were met again. The others are out, or among the records that are held. Cards that were recalled are not asked for.
 * Undefined while there is none.
 *
 * Nobody approved that handoff. One that misses more cards than the amendment can have left out was prepared wrongly and
 * tells nothing: a card that is recalled by mistake is watched no more.
 */
export async function toldByPrepare(
  db: Kysely<Tables>,
  { batch, handoff, incident, state, atMost }: Counted,
  cards: number,
  since: number,
  recalls: readonly RecallOfBatch[],
): Promise<ToldCards | undefined> {
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
  const rows = withoutRecalled(await hashRows(db, batch, cards), recalls);
  const all = rows.length / HASH_ROW_BYTES;
  for (const { id, report } of later) {
    const { held, isSentElsewhere, isRecall } = JSON.parse(
      report ?? '{}',
    ) as Partial<HandoffReport>;
    // It met none of them, and was not meant to.
    if (isSentElsewhere === true || isRecall === true) continue;
    const met = await metPlaces(db, id, batch, { rows, cards });
    const places = (): number[] => placesNotMet(rows, met.places);
    // Which sources that list was made from, nobody knows: a card not met may be in all the same.
    if (isElsewhere && met.count > 0) return { cards: 0, untold: all - met.count, places };
    const read = await sourcesOf(db, id);
    if (![...wanted].every((source) => read.has(source))) continue;
    const out = all - met.count;
    if (out > atMost) continue;
    const records = Object.values(held ?? {}).reduce((sum, count) => sum + count, 0);
    const untold = Math.min(out, records);
    return { cards: out - untold, untold, places };
  }
  return undefined;
}

/**
 * Cards of a batch that a later handoff met: a card in several batches stands on the page of the oldest, and one whose
 * recall failed or was returned is sent anew.
 */
async function metPlaces(
  db: Kysely<Tables>,
  handoff: string,
  batch: string,
  { rows, cards }: { readonly rows: Uint8Array; readonly cards: number },
): Promise<{ readonly count: number; readonly places: Uint8Array }> {
  const pages = await db
    .selectFrom('relied_page')
    .innerJoin('batch as met', 'met.id', 'relied_page.batch')
    .innerJoin('batch as asked', 'asked.recipient', 'met.recipient')
    .select('relied_page.hashes')
    .where('relied_page.handoff', '=', handoff)
    .where('asked.id', '=', batch)
    .execute();
  const fresh = await db
    .selectFrom('hash_page')
    .innerJoin('batch as met', 'met.id', 'hash_page.batch')
    .innerJoin('batch as asked', 'asked.recipient', 'met.recipient')
    .select('hash_page.rows')
    .where('met.handoff', '=', handoff)
    .where('asked.id', '=', batch)
    .execute();
  const places = new Uint8Array(cards);
  const note = (page: Uint8Array, rowBytes: number): void => {
    for (let at = 0; at < page.length; at += rowBytes) {
      const place = findHashRow(rows, page.subarray(at, at + KEYED_HASH_BYTES));
      if (place !== -1) places[place] = 1;
    }
  };
  for (const { hashes } of pages) note(hashes, KEYED_HASH_BYTES);
  for (const page of fresh) note(page.rows, HASH_ROW_BYTES);
  return { count: places.reduce((sum, isMet) => sum + isMet, 0), places };
}

function placesNotMet(rows: Uint8Array, met: Uint8Array): number[] {
  const view = new DataView(rows.buffer, rows.byteOffset, rows.length);
  const places: number[] = [];
  for (let at = 0; at < rows.length; at += HASH_ROW_BYTES) {
    const place = view.getUint32(at + KEYED_HASH_BYTES, true);
    if (met[place] === 0) places.push(place);
  }
  return places.sort((one, other) => one - other);
}

async function sourcesOf(db: Kysely<Tables>, handoff: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('source')
    .select(['sha256', 'spec_sha256'])
    .where('handoff', '=', handoff)
    .execute();
  return new Set(rows.map((row) => `${row.sha256} ${row.spec_sha256}`));
}
