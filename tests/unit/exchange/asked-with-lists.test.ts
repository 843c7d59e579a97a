import { describe, expect, it } from 'vitest';

import type { DeliveryState } from '../../../src/domain/handoff/delivery-states.ts';
import type { WaiverState } from '../../../src/domain/readiness/statements.ts';
import type { PersonsWord } from '../../../src/exchange/delivery/word-register.ts';
import type { BatchRow, HandoffReport } from '../../../src/exchange/handoff/handoff-register.ts';
import { askedWithLists, standingWaiver } from '../../../src/exchange/incident/asked-with-lists.ts';
import type { Statement } from '../../../src/exchange/incident/told-register.ts';

/** A list with the number 3 in its id was there in the third millisecond. */
const batchOf = (id: string, state: DeliveryState): BatchRow => {
  const of = { id, handoff: 'h-1', incident: 'shop-a', recipient: 'psp', state };
  return { ...of, availableAt: new Date(Number(id.slice(2))) } as BatchRow;
};
const asking = (...requestsWaiver: string[]) => ({
  requester: 'officer-1',
  report: { requestsWaiver } as unknown as HandoffReport,
});
const word = { batch: 'b-1', at: new Date(1) } as PersonsWord;
describe('askedWithLists()', () => {
  it('tells of each list that asked since when, the earlier ones first', () => {
    const batches = [batchOf('b-3', 'stored'), batchOf('b-1', 'taken'), batchOf('b-2', 'read')];
    const asked = askedWithLists([asking('b-1', 'b-3')], batches, []);
    expect(asked).toMatchObject([
      {
        ...{ batch: 'b-1', saidAt: new Date(1), officer: 'officer-1', channel: undefined },
        ...{ party: { kind: 'recipient', name: 'psp' } },
        told: { subject: 'waiver', outcome: 'requested' },
      },
      { batch: 'b-3', saidAt: new Date(3) },
    ]);
  });

  it.each<DeliveryState>(['built', 'approved', 'publishing', 'presumed', 'offered', 'failed'])(
    'tells nothing of a list that is %s',
    (state) => {
      expect(askedWithLists([asking('b-1')], [batchOf('b-1', state)], [])).toEqual([]);
    },
  );

  it('counts a list in a folder of ours once somebody said that it arrived', () => {
    const written = [batchOf('b-1', 'written')];
    expect(askedWithLists([asking('b-1')], written, [])).toEqual([]);
    expect(askedWithLists([asking('b-1')], written, [word])).toHaveLength(1);
  });
});

describe('standingWaiver()', () => {
  const at = (ms: number, outcome: WaiverState): Statement =>
    ({
      ...{ saidAt: new Date(ms), recordedAt: new Date(ms) },
      told: { subject: 'waiver', outcome },
    }) as Statement;
  const asked = [at(2, 'requested'), at(5, 'requested')];

  it('is the first list that asked, where nobody said anything', () => {
    expect(standingWaiver(undefined, asked)).toBe(asked[0]);
    expect(standingWaiver(undefined, [])).toBeUndefined();
  });

  it.each<WaiverState>(['granted', 'granted-with-terms', 'declined', 'disputed', 'closed'])(
    'puts no list over an answer: %s',
    (outcome) => {
      const said = at(1, outcome);
      expect(standingWaiver(said, asked)).toBe(said);
    },
  );

  it('lets a list ask after somebody noted that nobody had asked, and not before', () => {
    for (const [ms, place] of [
      [1, 0],
      [3, 1],
    ] as const) {
      expect(standingWaiver(at(ms, 'not-requested'), asked)).toBe(asked[place]);
    }
    const last = at(6, 'not-requested');
    expect(standingWaiver(last, asked)).toBe(last);
  });
});
