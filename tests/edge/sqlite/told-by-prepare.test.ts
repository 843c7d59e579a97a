import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { incidentSchema } from '../../../src/domain/incident/incident.ts';
import { incidentEntry } from '../../support/incident-entry.ts';
import { actOf, decideAct, StoreBench } from '../../support/store-bench.ts';

const id = 'shop-a-2020';
const [orders, other] = ['a'.repeat(64), 'b'.repeat(64)] as const;

let store: StoreBench;
beforeEach(async () => {
  store = new StoreBench();
  await store.openIncident(id);
  await store.prepare({ id: 'h-0001', batches: [{ id: 'b-0001', cards: [1, 2, 3, 4] }] });
  await store.decide('h-0001');
  await read('h-0001', orders, orders);
  await amend();
});
afterEach(() => store.dispose());

async function read(handoff: string, sha256: string, spec: string): Promise<void> {
  await store.db
    .insertInto('source')
    .values({
      ...{ handoff, number: 0, name: 'x', kind: 'orders', bytes: 9, sha256, records: 4 },
      ...{ spec_sha256: spec, encoding: 'utf-8', sender: null, form: 'clear', received: null },
    })
    .execute();
}

/** One card is out, and of another nobody knows. */
async function amend(): Promise<void> {
  const { documentSha256: incidentSha256 } = await store.incidents.get(id);
  const counted = { handoffs: ['h-0001'], undecided: [], unsent: [], batches: ['b-0001'] };
  const proposal = { batch: 'b-0001', out: 1, untold: 1 };
  await store.amendments.amend(
    {
      incident: incidentSchema.parse(incidentEntry({ id, public_name: 'Another Shop' })),
      counted: { incidentSha256, ...counted },
      ...{ at: store.clock.now(), proposals: [proposal], records: undefined },
    },
    actOf('incident-amend', `incident:${id}`, {
      ...{ incident: id, windows: 1, document: '0'.repeat(64), replaced: incidentSha256 },
    }),
    (handoff) => decideAct(handoff, 'cancel'),
  );
  store.nowMs += 1_000;
}

/** A prepare that met these cards of the batch again. */
async function prepare(
  met: readonly number[],
  sha256: string,
  spec: string,
  cards: readonly number[] = [5],
): Promise<void> {
  const relied = [{ batch: 'b-0001', cards: met }];
  await store.prepare({ id: 'h-0002', batches: [{ id: 'b-0002', cards }], relied });
  await read('h-0002', sha256, spec);
}

const proposed = async (): Promise<readonly (readonly [number, number])[]> =>
  (await store.amendments.recalls(id)).map(({ cards, untold }) => [cards, untold] as const);

describe('SqliteAmendments.recalls() after a prepare', () => {
  it('is told which cards are out by one that read the same source by the same spec', async () => {
    await prepare([1, 2], orders, orders);
    expect(await proposed()).toEqual([[2, 0]]);
    expect(await store.amendments.proposedPlaces('b-0001')).toEqual([2, 3]);
  });

  it('is told of a card that the prepare lists anew as of one that it left out', async () => {
    await prepare([1], orders, orders, [2, 5]);
    expect(await store.amendments.proposedPlaces('b-0001')).toEqual([2, 3]);
  });

  it.each([
    ['read the source by another spec', [1, 2], orders, other],
    ['read another source', [1, 2], other, orders],
    ['misses more cards than the amendment can have left out', [1], orders, orders],
  ] as const)('is told nothing by one that %s', async (_, met, sha256, spec) => {
    await prepare(met, sha256, spec);
    expect(await proposed()).toEqual([[1, 1]]);
    expect(await store.amendments.proposedPlaces('b-0001')).toBeUndefined();
  });
});
