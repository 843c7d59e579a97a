import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { PERSON_ROW_BYTES } from '../../../src/domain/handoff/person-page.ts';
import { SqliteIncidentPurges } from '../../../src/edge/sqlite/incident-purges.ts';
import { StoreBench } from '../../support/store-bench.ts';

const handoff = 'h-0001';

let store: StoreBench;
beforeEach(async () => {
  store = new StoreBench();
  await store.openIncident();
  await store.begin(handoff);
});
afterEach(() => store.dispose());

const tagOf = (person: number): Uint8Array => new Uint8Array(12).fill(person);

/** Person 1 has one card, 2 has two, and so on: card by card, sorted by tag. */
function rowsOf(persons: number): Uint8Array {
  const cards = Array.from({ length: persons }, (_, at) =>
    Array.from({ length: at + 1 }, (__, card) => [at + 1, card]),
  );
  const rows = cards.flat().map(([person, card]) => {
    const row = new Uint8Array(PERSON_ROW_BYTES);
    row.set(tagOf(person!));
    row.fill(card!, 12, 24);
    return row;
  });
  return new Uint8Array(Buffer.concat(rows));
}

async function stored(rows: Uint8Array, rowsPerPage: number): Promise<void> {
  const pageBytes = rowsPerPage * PERSON_ROW_BYTES;
  for (let at = 0, number = 0; at < rows.length; at += pageBytes, number += 1) {
    const page = rows.slice(at, at + pageBytes);
    await store.handoffs.addPersonPage(handoff, number, page);
    page.fill(0xee);
  }
}

const finish = (): Promise<void> =>
  store.finish({ id: handoff, batches: [{ id: 'b-0001', cards: [1] }] });
const cardsOf = async (person: number, of = handoff): Promise<number[]> =>
  (await store.handoffs.findPerson(of, tagOf(person))).map((target) =>
    'hash' in target ? target.hash[0]! : -1,
  );

describe('SqliteHandoffRegister.findPerson()', () => {
  it.each([1, 2, 3, 5, 100])(
    'finds all cards of everybody in pages of %i rows',
    async (rowsPerPage) => {
      await stored(rowsOf(12), rowsPerPage);
      await finish();
      for (let person = 1; person <= 12; person += 1) {
        expect(await cardsOf(person)).toEqual(Array.from({ length: person }, (_, at) => at));
      }
    },
  );

  it('finds nobody before the first, behind the last, between, and in another handoff', async () => {
    await stored(rowsOf(3), 2);
    await finish();
    const between = new Uint8Array([...tagOf(1).subarray(1), 9]);
    expect(await store.handoffs.findPerson(handoff, between)).toEqual([]);
    expect([await cardsOf(0), await cardsOf(4), await cardsOf(1, 'h-0002')]).toEqual([[], [], []]);
  });

  it('tells the reason and the windows of records without a card', async () => {
    const row = rowsOf(1);
    new DataView(row.buffer).setUint32(12, 0x8000_0001, true);
    new DataView(row.buffer).setUint32(24, 8, true);
    await stored(row, 1);
    await finish();
    expect(await store.handoffs.findPerson(handoff, tagOf(1))).toEqual([
      { reason: 7, windows: 0x8000_0001 },
    ]);
  });

  it('refuses a page with a torn row', async () => {
    await stored(rowsOf(1).slice(0, 27), 1);
    await finish();
    await expect(cardsOf(1)).rejects.toThrow(RangeError);
  });
});

describe('pages of persons', () => {
  const left = async (): Promise<number> =>
    (await store.db.selectFrom('person_page').select('number').execute()).length;

  it('go with a prepare that is discarded, written or waiting', async () => {
    await store.handoffs.addPersonPage(handoff, 0, new Uint8Array(150_000 * PERSON_ROW_BYTES));
    await store.handoffs.addPersonPage(handoff, 1, rowsOf(1));
    expect(await left()).toBe(1);
    await store.handoffs.discard(handoff, [], undefined);
    await store.begin('h-0002');
    await store.finish({ id: 'h-0002', batches: [{ id: 'b-0002', cards: [1] }] });
    expect(await left()).toBe(0);
  });

  it('are counted before a purge, and go with it', async () => {
    await stored(rowsOf(3), 2);
    await finish();
    const purges = new SqliteIncidentPurges(store.db, store.clock);
    expect((await purges.standing('shop-a-2020')).rows).toMatchObject({ persons: 3 });
    await purges.removeRows('shop-a-2020');
    expect(await left()).toBe(0);
  });
});
