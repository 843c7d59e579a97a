import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { cancelHandoff } from '../../../src/exchange/handoff/cancel-handoff.ts';
import type { LookUpHit } from '../../../src/exchange/lookup/look-up-answer.ts';
import { listingsOfEntries } from '../../../src/exchange/lookup/order-listings.ts';
import type { LookingPorts } from '../../../src/exchange/waivers/one-card-that-looks.ts';
import { DeliveringDesk } from '../../support/delivering-desk.ts';

// All cards of these pages look alike: no brand, four zeros.

const incident = 'shop-a-2020';
const looks = 0;

let desk: DeliveringDesk;
beforeEach(() => {
  desk = new DeliveringDesk();
});
afterEach(() => desk.dispose());

async function found(
  cards: Readonly<Record<string, readonly number[]>>,
  changes: Partial<LookUpHit> = {},
  ports: LookingPorts = desk,
): Promise<unknown[] | undefined> {
  desk.cardProcess.cards = cards;
  await desk.requested();
  return listings(changes, ports);
}

async function listings(
  changes: Partial<LookUpHit> = {},
  { exceptions, handoffs }: LookingPorts = desk,
): Promise<unknown[] | undefined> {
  const hit = { incident: { id: incident }, reason: undefined, ...changes } as LookUpHit;
  const entries = [{ hit, looks, handed: [] }];
  const [of] = await listingsOfEntries({ exceptions, handoffs }, incident, entries);
  return of?.map(({ recipient, place, reference }) => [recipient, place, reference]);
}

describe('listingsOfEntries()', () => {
  it('knows the card of an order where one alone looks so', async () => {
    expect(await found({ psp: [7] })).toEqual([['psp', 0, 1]]);
  });

  it('knows one card on two lists for the same', async () => {
    expect(await found({ psp: [7], amex: [7] })).toEqual([
      ['psp', 0, 1],
      ['amex', 0, 2],
    ]);
  });

  it('takes none of two cards that look alike', async () => {
    expect(await found({ psp: [7, 8] })).toBeUndefined();
  });

  it('compares with cards of a list that was withdrawn, and tells none of its listings', async () => {
    desk.cardProcess.cards = { psp: [7] };
    const handoff = await desk.requested();
    await cancelHandoff(desk, { extent: 'whole', handoff, officer: 'officer-1', reason: 'wrong' });
    expect(await listings()).toEqual([]);
    await desk.prepare();
    expect(await listings()).toEqual([['psp', 0, 2]]);
    desk.cardProcess.cards = { amex: [8] };
    const [later] = (await desk.handoffs.list(incident)).slice(-1);
    await cancelHandoff(desk, {
      extent: 'whole',
      handoff: later!.id,
      officer: 'officer-1',
      reason: 'wrong',
    });
    await desk.prepare();
    expect(await listings()).toBeUndefined();
  });

  it.each([
    [32, 'compared'],
    [33, 'not compared'],
  ])('compares no more than 32: %i', async (count, expected) => {
    const exceptions = { listings: () => Promise.reject(new Error('compared')) };
    const many = Array.from({ length: count }, (_, at) => at + 1);
    const ports = { handoffs: desk.handoffs, exceptions };
    const became = found({ psp: many }, {}, ports).then(
      () => 'not compared',
      (error: unknown) => (error as Error).message,
    );
    expect(await became).toBe(expected);
  });

  it('has none for a record without a usable number', async () => {
    expect(await found({ psp: [7] }, { reason: 'luhn' })).toEqual([]);
  });
});
