import { createHash, randomFillSync } from 'node:crypto';

import { hashPages } from '../src/cde/hash-index.ts';
import { KEYED_HASH_BYTES } from '../src/domain/cards/keyed-hash.ts';
import { CARD_PAGE_ROWS, CARD_ROW_BYTES } from '../src/domain/handoff/card-page.ts';
import { SqliteHandoffRegister } from '../src/edge/sqlite/handoff-register.ts';
import type { OpenDatabase } from '../src/edge/sqlite/open-database.ts';
import type { Tables } from '../src/edge/sqlite/tables.ts';
import type { ActRecord } from '../src/exchange/acts/act-record.ts';
import type { Insertable } from 'kysely';

const at = new Date('2026-11-22T10:00:00Z');
const clock = { now: () => at };
const digest = '0'.repeat(64);
const document = '{}';
const incidentSha256 = createHash('sha256').update(document).digest('hex');
const noBytes = new Uint8Array(1);

/**
 * Fills a database with handoffs of random hashes, through the code that a prepare stores its pages with. Nothing in it
 * was ever a card.
 */
export class StoredCards {
  readonly handoffs: SqliteHandoffRegister;
  /** Processor time of storing pages, in seconds, and cards stored. */
  storingSeconds = 0;
  cards = 0;
  readonly #opened: OpenDatabase;
  readonly #next = new Map<string, number>();

  constructor(opened: OpenDatabase) {
    this.#opened = opened;
    this.handoffs = new SqliteHandoffRegister(opened.db, clock);
  }

  async openIncident(id: string): Promise<void> {
    const row: Insertable<Tables['incident']> = {
      ...{ id, document, state: 'open', opened_at: at.getTime() },
      ...{ wrapped_key: null, next_reference: 1 },
    };
    await this.#opened.db.insertInto('incident').values(row).execute();
    this.#next.set(id, 1);
  }

  /** A decided handoff of one batch; the hashes of its cards are returned, 12 bytes each. */
  async addHandoff(id: string, incident: string, cards: number): Promise<Uint8Array> {
    const hashes = randomBytes(cards * KEYED_HASH_BYTES);
    const first = this.#next.get(incident)!;
    const until = new Date(at.getTime() + 600_000);
    const start = {
      id,
      incident,
      incidentSha256,
      mode: 'drill',
      requester: 'officer-1',
      at,
    } as const;
    await this.handoffs.begin(start, until);
    const order = Int32Array.from({ length: cards }, (_, place) => place);
    const pages = [...hashPages(hashes, order)].length;
    const began = process.cpuUsage();
    await this.#store(id, hashes, order);
    const { user, system } = process.cpuUsage(began);
    this.storingSeconds += (user + system) / 1e6;
    this.cards += cards;
    if (pages === 0) throw new Error('no cards');
    await this.#finish(id, cards, first);
    this.#next.set(incident, first + cards);
    return hashes;
  }

  async #store(id: string, hashes: Uint8Array, order: Int32Array): Promise<void> {
    const page = randomBytes(CARD_PAGE_ROWS * CARD_ROW_BYTES);
    for (let from = 0, number = 0; from < order.length; from += CARD_PAGE_ROWS, number++) {
      const rows = page.subarray(0, Math.min(CARD_PAGE_ROWS, order.length - from) * CARD_ROW_BYTES);
      await this.handoffs.addCardPage(id, number, from, rows);
    }
    for (const rows of hashPages(hashes, order)) await this.handoffs.addHashPage(id, rows);
  }

  async #finish(id: string, cards: number, firstReference: number): Promise<void> {
    const report = {
      ...{ read: cards, cards, orders: 0, references: 0 },
      ...{ excluded: {}, held: {}, warnings: {}, accepted: {} },
    };
    const batch = {
      ...{ batch: id, recipient: 'psp', file: `${id}.pgp`, bytes: 1, sha256: digest },
      ...{ cards, firstReference, issuers: [] },
    };
    await this.handoffs.finish(
      {
        ...{ id, report, plan: noBytes, planSha256: digest, review: noBytes, reviewSha256: digest },
        ...{ sources: [], batches: [batch], wrappedKey: undefined },
        nextReference: firstReference + cards,
      },
      at,
      act('handoff-prepare', id, {
        ...{ handoff: id, incident: 'bench', sources: [], read: 0, cards: 0 },
        ...{ excluded: {}, held: {}, batches: [] },
      }),
    );
    const decision = {
      ...{
        officer: 'officer-2',
        decision: 'approve' as const,
        statement: noBytes,
        signature: noBytes,
      },
      ...{ fingerprint: digest, decidedAt: at },
    } as const;
    await this.handoffs.decide(id, decision, 1, act('handoff-approve', id, { handoff: id }));
  }
}

/** The kernel fills at most 2^16 bytes of a large view at once; so do we. */
function randomBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let from = 0; from < length; from += 65_536) {
    randomFillSync(bytes, from, Math.min(65_536, length - from));
  }
  return bytes;
}

function act(name: string, handoff: string, data: object): ActRecord {
  const draft = {
    ...{ actor: 'officer-1', act: name, result: 'done', origin: 'cli:bench' },
    ...{ object: `handoff:${handoff}`, data },
  };
  return { draft: draft as unknown as ActRecord['draft'] };
}
