import type { Insertable, Kysely } from 'kysely';

import { KEYED_HASH_BYTES } from '../../domain/cards/keyed-hash.ts';
import { CARD_ROW_BYTES, HASH_ROW_BYTES } from '../../domain/handoff/card-page.ts';
import type { Tables } from './tables.ts';

/** Written at once: some milliseconds under the write lock. */
const flushBytes = 4 * 1024 * 1024;
/** The page that fills the queue still fits. */
const roomBytes = flushBytes + 256 * 1024;

/**
 * Pages on their way into the database. Each transaction ends in a wait for the disk, so several pages share one; they
 * are invisible until their handoff is finished, and those that a crash takes along were nobody's yet.
 *
 * Memory: 4 MiB of pages and one more, in one piece that is used again: a copy of each page would be for the collector,
 * which counts the bytes outside its heap and goes through the heap for them.
 */
export class PageQueue {
  readonly #db: Kysely<Tables>;
  #cardPages: Insertable<Tables['card_page']>[] = [];
  #hashPages: Insertable<Tables['hash_page']>[] = [];
  #referencePages: Insertable<Tables['reference_page']>[] = [];
  #personPages: Insertable<Tables['person_page']>[] = [];
  #bytes = 0;
  /** Undefined while its pages are being written, and before the first. */
  #room: Uint8Array | undefined;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** `cards` is derived, here and below, so that a torn page cannot claim more than it holds. */
  addCardPage(batch: string, number: number, first: number, rows: Uint8Array): Promise<void> {
    const cards = rows.length / CARD_ROW_BYTES;
    this.#cardPages.push({ batch, number, first, cards, rows: this.#copy(rows) });
    return this.#added(rows);
  }

  addHashPage(batch: string, rows: Uint8Array): Promise<void> {
    const own = this.#copy(rows);
    const cards = rows.length / HASH_ROW_BYTES;
    const first_hash = own.subarray(0, KEYED_HASH_BYTES);
    this.#hashPages.push({ batch, first_hash, cards, rows: own });
    return this.#added(rows);
  }

  addReferencePage(handoff: string, number: number, rows: Uint8Array): Promise<void> {
    this.#referencePages.push({ handoff, number, rows: this.#copy(rows) });
    return this.#added(rows);
  }

  addPersonPage(handoff: string, number: number, rows: Uint8Array): Promise<void> {
    const own = this.#copy(rows);
    const first_tag = own.subarray(0, KEYED_HASH_BYTES);
    this.#personPages.push({ handoff, number, first_tag, rows: own });
    return this.#added(rows);
  }

  /** Writes all that waits. Resolves when it is safe on the disk. */
  async flush(): Promise<void> {
    const cardPages = this.#cardPages;
    const hashPages = this.#hashPages;
    const referencePages = this.#referencePages;
    const personPages = this.#personPages;
    const pages = [cardPages, hashPages, referencePages, personPages];
    if (pages.every(({ length }) => length === 0)) return;
    this.#cardPages = [];
    this.#hashPages = [];
    this.#referencePages = [];
    this.#personPages = [];
    this.#bytes = 0;
    // Pages that come meanwhile go elsewhere.
    const room = this.#room;
    this.#room = undefined;
    await this.#db.transaction().execute(async (trx) => {
      if (cardPages.length > 0) await trx.insertInto('card_page').values(cardPages).execute();
      if (hashPages.length > 0) await trx.insertInto('hash_page').values(hashPages).execute();
      if (referencePages.length > 0)
        await trx.insertInto('reference_page').values(referencePages).execute();
      if (personPages.length > 0) await trx.insertInto('person_page').values(personPages).execute();
    });
    this.#room ??= room;
  }

  /** Drops what waits of these batches and of their handoff. */
  forget(batches: readonly string[], handoff?: string): void {
    const stays = ({ batch }: { readonly batch: string }): boolean => !batches.includes(batch);
    this.#cardPages = this.#cardPages.filter(stays);
    this.#hashPages = this.#hashPages.filter(stays);
    this.#referencePages = this.#referencePages.filter((page) => page.handoff !== handoff);
    this.#personPages = this.#personPages.filter((page) => page.handoff !== handoff);
  }

  #copy(rows: Uint8Array): Uint8Array {
    if (this.#bytes + rows.length > roomBytes) return rows.slice();
    this.#room ??= new Uint8Array(roomBytes);
    this.#room.set(rows, this.#bytes);
    return this.#room.subarray(this.#bytes, this.#bytes + rows.length);
  }

  async #added(rows: Uint8Array): Promise<void> {
    this.#bytes += rows.length;
    if (this.#bytes >= flushBytes) await this.flush();
  }
}
