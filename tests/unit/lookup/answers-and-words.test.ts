import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { CardWatch } from '../../../src/domain/readiness/card-watch.ts';
import type { Party, Told } from '../../../src/domain/readiness/statements.ts';
import { runsOf } from '../../../src/domain/recalls/recalled-runs.ts';
import type { CardSayings } from '../../../src/domain/responses/standing-cards.ts';
import type { PrepareRequest } from '../../../src/exchange/handoff/prepare-handoff.ts';
import { incidentReadiness } from '../../../src/exchange/incident/incident-readiness.ts';
import { recordTold } from '../../../src/exchange/incident/record-told.ts';
import { cardHit, listsOfCard } from '../../../src/exchange/lookup/card-hit.ts';
import type { CardHitPorts } from '../../../src/exchange/lookup/card-hit.ts';
import type { LookUpHit } from '../../../src/exchange/lookup/look-up-answer.ts';
import { addCardAnswer, returnedCard } from '../../support/card-answer-of.ts';
import { hashesOf } from '../../support/card-pages.ts';
import { DeliveringDesk } from '../../support/delivering-desk.ts';
import { actOf } from '../../support/store-bench.ts';

// What a caller is told, and what keeps from publishing, out of the same evidence: four cards at psp, records 1 to 4.

const incident = 'shop-a-2020';
const psp = { kind: 'recipient', name: 'psp' } as const;

let desk: DeliveringDesk;
let batch: string;
let letter: number;
beforeEach(async () => {
  desk = new DeliveringDesk();
  desk.cardProcess.cards = { psp: [1, 2, 3, 4] };
  const handoff = await desk.requested();
  await desk.decide(handoff);
  const [made] = await desk.handoffs.batchesOf(handoff);
  batch = made!.id;
  await desk.store.db.updateTable('batch').set({ state: 'stored' }).execute();
  letter = 0;
});
afterEach(() => desk.dispose());

const minuteMs = 60_000;

async function answered(said: CardSayings): Promise<void> {
  desk.store.nowMs += minuteMs;
  await addCardAnswer(desk.store, batch, 'abcdef'[(letter += 1)]!, said);
}

async function told(told: Told, party: Party = psp): Promise<void> {
  desk.store.nowMs += minuteMs;
  const folder = { putIncidentDocument: () => Promise.resolve('') };
  const ports = Object.assign(Object.create(desk) as DeliveringDesk, { folder });
  await recordTold(ports, {
    ...{ incident, party, told, saidAt: undefined, channel: 'phone', by: 'Sato' },
    ...{ terms: undefined, evidence: undefined, officer: 'officer-1', reason: 'they rang' },
  });
}

const watching = (party: Party = psp): Promise<void> =>
  told({ subject: 'monitoring', outcome: 'on', sinceMs: desk.store.nowMs }, party);

async function refused(code: string, id = batch): Promise<void> {
  const { handoff, recipient } = await desk.handoffs.batch(id);
  const of = { code, line: 3, batch: id };
  await desk.cardAnswers.refuse(
    {
      ...{ ...of, sha256: undefined, isSettled: false },
      ...{ officer: 'officer-1', refusedAt: desk.clock.now() },
    },
    actOf('response-refused', `batch:${id}`, { ...of, handoff, recipient }),
  );
}

/** Hands the same cards to psp once more, as if the first list had expired; `batch` is the new one from here on. */
async function another(changes: Partial<PrepareRequest> = {}): Promise<void> {
  desk.store.nowMs += minuteMs;
  await desk.store.db.updateTable('batch').set({ state: 'expired' }).execute();
  const { handoff, result } = await desk.prepare(changes);
  await desk.request(handoff);
  await desk.decide(handoff);
  batch = result.batches[0]!.batch;
  const isThere = { state: 'stored', available_at: desk.store.nowMs } as const;
  await desk.store.db.updateTable('batch').set(isThere).execute();
}

async function hitOf(card: number): Promise<LookUpHit> {
  const found = await listsOfCard(desk, incident, hashesOf([card]));
  const row = await desk.incidents.get(incident);
  return cardHit(desk as unknown as CardHitPorts, row, found);
}
const watchOf = async (card: number): Promise<CardWatch> => (await hitOf(card)).card!.watch;
const states = async (): Promise<string[]> =>
  (await Promise.all([1, 2, 3, 4].map(watchOf))).map(({ state }) => state);

async function open(): Promise<unknown[]> {
  const found = await incidentReadiness(desk, incident);
  return found.open
    .filter(({ item }) => /^(list|monitoring|cards|answer)/.test(item))
    .map((item) => ('partly' in item ? [item.item, item.partly] : item.item));
}

const row = (record: number, state: 'accepted' | 'monitoring') => ({ record, saying: { state } });

describe('what was answered and told of cards', () => {
  it('is nothing at first', async () => {
    expect(await states()).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);
    expect(await open()).toEqual(['list-unconfirmed', 'monitoring-untold']);
  });

  it('reads no returned card out as watched, whatever was told of all of them', async () => {
    await answered({ rest: 'accepted', rows: [returnedCard(2)] });
    expect(await states()).toEqual(['promised', 'returned', 'promised', 'promised']);
    expect(await open()).toEqual(['cards-returned', ['monitoring-untold', { cards: 3, of: 4 }]]);
    await watching();
    expect(await states()).toEqual(['watched', 'returned', 'watched', 'watched']);
    expect(await watchOf(2)).toMatchObject({ reason: 'not-our-card', isSigned: true });
    expect(await open()).toEqual(['cards-returned']);
  });

  it('takes a signed answer for what it says of each card, and leaves the others open', async () => {
    await answered({ rest: undefined, rows: [row(1, 'monitoring'), row(2, 'monitoring')] });
    expect(await states()).toEqual(['watched', 'watched', 'unknown', 'unknown']);
    expect(await open()).toEqual([['monitoring-untold', { cards: 2, of: 4 }]]);
    await answered({ rest: 'monitoring', rows: [] });
    expect(await states()).toEqual(['watched', 'watched', 'watched', 'watched']);
    expect(await open()).toEqual([]);
  });

  it('reads of a recall what was answered for its own cards alone', async () => {
    const { store, cardAnswers } = desk;
    await store.begin('h-r');
    await store.finish({
      id: 'h-r',
      batches: [{ id: 'r-0001', cards: [1] }],
      recalls: [{ batch: 'r-0001', recalled: batch, basis: 'records', runs: runsOf([0]) }],
    });
    await store.decide('h-r');
    await store.db.updateTable('batch').set({ state: 'stored' }).execute();
    const read: string[] = [];
    const standing = cardAnswers.standing.bind(cardAnswers);
    cardAnswers.standing = (id, cards) => (read.push(id), standing(id, cards));
    const recallOf = async (card: number) => (await hitOf(card)).card!.lists[0]!.recall;
    expect(await recallOf(2)).toBeUndefined();
    expect(read).not.toContain('r-0001');
    expect(await recallOf(1)).toBe('asked');
    expect(read).toContain('r-0001');
  });

  it('lets a word from before a card was taken back hold for that one no more', async () => {
    await answered({ rest: 'monitoring', rows: [] });
    await watching();
    await answered({ rest: undefined, rows: [row(3, 'accepted')] });
    expect(await states()).toEqual(['watched', 'watched', 'promised', 'watched']);
    expect(await open()).toEqual([['monitoring-stale', { cards: 1, of: 4 }]]);
    await watching();
    expect(await open()).toEqual([]);
  });

  it.each(['response-nonce-differs', 'response-pair-differs', 'response-number-repeated'])(
    'is in dispute while an answer is refused as %s before it was compared with what stands',
    async (code) => {
      await refused(code);
      await watching();
      expect((await states())[0]).toBe('watched');
      expect(await open()).not.toContain('answer-disputed');
      await answered({ rest: 'monitoring', rows: [] });
      expect(await states()).toEqual(Array.from({ length: 4 }, () => 'contradicted'));
      expect(await open()).toEqual(['answer-disputed']);
    },
  );

  it('is in dispute by an older list too, where the newer one was answered later', async () => {
    await answered({ rest: 'monitoring', rows: [] });
    const older = batch;
    await another();
    expect((await states())[0]).toBe('watched');
    await answered({ rest: 'monitoring', rows: [] });
    await refused('response-takes-back', older);
    expect((await states())[0]).toBe('contradicted');
  });

  it('is asked of the fee by the list with this card, as readiness has it', async () => {
    const waiverOf = async () => {
      const { waiver, isWaiverAboutThis } = (await hitOf(1)).card!;
      return [waiver?.told.outcome, isWaiverAboutThis];
    };
    expect(await waiverOf()).toEqual([undefined, false]);
    await another({ requestsWaiver: true });
    expect(await waiverOf()).toEqual(['requested', true]);
    await told({ subject: 'waiver', outcome: 'declined' });
    expect(await waiverOf()).toEqual(['declined', true]);
  });

  it('is in dispute while an answer that takes something back was refused', async () => {
    await answered({ rest: 'monitoring', rows: [] });
    await refused('response-takes-back');
    expect(await states()).toEqual([
      'contradicted',
      'contradicted',
      'contradicted',
      'contradicted',
    ]);
    expect(await open()).toEqual(['answer-disputed']);
    await answered({ rest: undefined, rows: [returnedCard(4)] });
    expect(await states()).toEqual(['watched', 'watched', 'watched', 'returned']);
  });

  it('is in dispute once what was told was withdrawn after the answer', async () => {
    await watching();
    await answered({ rest: 'monitoring', rows: [] });
    expect(await open()).toEqual([]);
    await told({ subject: 'monitoring', outcome: 'withdrawn' });
    expect((await states())[0]).toBe('contradicted');
    expect(await open()).toEqual(['monitoring-untold']);
    // What the issuer says for itself stands before what its recipient withdrew.
    await watching({ kind: 'issuer', name: '' });
    expect((await states())[0]).toBe('watched');
    expect(await open()).toEqual([]);
  });
});
