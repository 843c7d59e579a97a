import { describe, expect, it } from 'vitest';

import { CARD_ROW_BYTES } from '../../../src/domain/handoff/card-page.ts';
import { digestOf } from '../../../src/domain/handoff/plan.ts';
import { incidentSchema } from '../../../src/domain/incident/incident.ts';
import { leftOutCards } from '../../../src/exchange/incident/left-out-cards.ts';
import { incidentEntry } from '../../support/incident-entry.ts';

const then = '1'.repeat(64);
const plan = new TextEncoder().encode(JSON.stringify({ incidentSha256: then }));
const window = (from: string, to: string) => [{ name: 'web', channels: ['web'], from, to }];
const before = incidentSchema.parse(incidentEntry({ windows: window('2020-01-01', '2020-03-31') }));
const after = incidentSchema.parse(incidentEntry({ windows: window('2020-02-01', '2020-02-28') }));

/** Months of the first and last order of each card: out, in, told by no page, out, told by no page. */
const cards = [
  [0, 0],
  [1, 1],
  [0, 2],
  [2, 2],
  [0, 2],
] as const;

function page(): Uint8Array {
  const rows = new Uint8Array(cards.length * CARD_ROW_BYTES);
  const view = new DataView(rows.buffer);
  for (const [place, months] of cards.entries()) {
    view.setUint32(place * CARD_ROW_BYTES + 12, 1, true);
    for (const [at, month] of months.entries()) {
      const seconds = Date.UTC(2020, month, 10) / 1000;
      view.setUint32(place * CARD_ROW_BYTES + 16 + 4 * at, seconds, true);
    }
  }
  return rows;
}

/** `told`: places that a prepare did not meet; `proposed`: how many cards are said to be out. */
function leftOut(told: readonly number[] | undefined, proposed: number) {
  const row = { id: 'h-0001', plan, planSha256: digestOf(plan), report: {} };
  const ports = {
    handoffs: {
      get: () => Promise.resolve(row),
      sourcesOf: () => Promise.resolve([{ kind: 'orders' }]),
      cardPages: async function* () {
        yield await Promise.resolve({ first: 0, rows: page() });
      },
    },
    amendments: {
      proposedPlaces: () => Promise.resolve(told),
      replaced: () => Promise.resolve(new Map([[then, before]])),
    },
  };
  const proposal = { batch: 'b-0001', handoff: 'h-0001', cards: proposed, untold: 0 };
  return leftOutCards(ports as never, { incident: after } as never, proposal as never, []);
}

describe('leftOutCards()', () => {
  it('takes what the windows leave out, and of what they leave untold those that a prepare did not meet', async () => {
    expect(await leftOut(undefined, 2)).toEqual([0, 3]);
    expect(await leftOut([0, 3, 4], 3)).toEqual([0, 3, 4]);
  });

  it('never takes a card whose windows say that it is in, though as many are proposed', async () => {
    expect(await leftOut([0, 1, 3], 3)).toBeUndefined();
    expect(await leftOut([1, 3], 2)).toBeUndefined();
  });

  it('leaves what the windows leave out and a prepare met all the same', async () => {
    expect(await leftOut([3, 4], 2)).toEqual([3, 4]);
    expect(await leftOut([3], 2)).toBeUndefined();
  });
});
