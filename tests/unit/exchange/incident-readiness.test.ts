import { describe, expect, it } from 'vitest';

import type { HandoffRow } from '../../../src/exchange/handoff/handoff-register.ts';
import { heldBy, heldInAll } from '../../../src/exchange/incident/held-records.ts';

interface Made {
  readonly sources: readonly string[];
  readonly held: number;
  readonly row?: Partial<HandoffRow>;
  readonly isSentElsewhere?: boolean;
}

/** Handoffs h0, h1 and so on, oldest first: what is held of them. */
async function heldOf(...made: readonly Made[]): Promise<readonly (readonly [string, number])[]> {
  const rows = made.map(({ held, row, isSentElsewhere = false }, at) => ({
    ...{ id: `h${String(at)}`, state: 'decided', outcome: 'approve', ...row },
    report: { held: { 'date-missing': held }, isSentElsewhere },
  })) as unknown as HandoffRow[];
  const sourcesOf = (id: string) =>
    Promise.resolve(made[Number(id.slice(1))]!.sources.map((sha256) => ({ sha256 }) as never));
  const held = await heldBy({ sourcesOf }, rows);
  return held.map(({ handoff, records }) => [handoff, records] as const);
}

const first: Made = { sources: ['a'], held: 3 };

describe('heldBy()', () => {
  it('counts by file what the newest handoff that read it holds', async () => {
    expect(await heldOf(first, { sources: ['b'], held: 0 })).toEqual([['h0', 3]]);
    expect(await heldOf(first, { sources: ['a', 'b'], held: 1 })).toEqual([['h1', 1]]);
    expect(await heldOf({ sources: ['a', 'b'], held: 3 }, { sources: ['a'], held: 0 })).toEqual([
      ['h0', 3],
    ]);
    const empty = { state: 'nothing-to-send', outcome: undefined } as const;
    expect(await heldOf(first, { sources: ['a'], held: 0, row: empty })).toEqual([]);
  });

  it('lets no import, withdrawn handoff or unfinished prepare settle them', async () => {
    for (const over of [
      { isSentElsewhere: true },
      { row: { outcome: 'decline' } },
      { row: { outcome: 'cancel' } },
      { row: { state: 'preparing', outcome: undefined } },
    ] as const) {
      expect(await heldOf(first, { sources: ['a'], held: 0, ...over })).toEqual([['h0', 3]]);
    }
  });
});

describe('heldInAll()', () => {
  it('lets a later prepare take the place of one of the same incident alone', async () => {
    const rows = ['a', 'b', 'a'].map((incident, at) => ({
      ...{ id: `h${String(at)}`, incident, state: 'decided', outcome: 'approve' },
      report: { held: { 'date-missing': 22 } },
    })) as unknown as HandoffRow[];
    const sourcesOf = () => Promise.resolve([{ sha256: 'x' } as never]);
    expect(await heldInAll({ sourcesOf }, rows)).toEqual([
      { handoff: 'h2', incident: 'a', records: 22 },
      { handoff: 'h1', incident: 'b', records: 22 },
    ]);
  });
});
