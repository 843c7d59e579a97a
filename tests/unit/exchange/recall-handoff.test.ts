import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { deliveryStates, hasLeft } from '../../../src/domain/handoff/delivery-states.ts';
import type { DeliveryState } from '../../../src/domain/handoff/delivery-states.ts';
import { declareEmergency } from '../../../src/exchange/delivery/declare-emergency.ts';
import { retryBatch } from '../../../src/exchange/delivery/settle-batch.ts';
import { cancelHandoff } from '../../../src/exchange/handoff/cancel-handoff.ts';
import { incidentReadiness } from '../../../src/exchange/incident/incident-readiness.ts';
import { closeIncident } from '../../../src/exchange/incident/open-incident.ts';
import { recordTold } from '../../../src/exchange/incident/record-told.ts';
import { cardHit, listsOfCard } from '../../../src/exchange/lookup/card-hit.ts';
import type { CardHitPorts } from '../../../src/exchange/lookup/card-hit.ts';
import { notifiedHandoffs } from '../../../src/exchange/notices/listed-notices.ts';
import type { RecallWish } from '../../../src/exchange/recall/choose-recalled.ts';
import { isRecalledBy } from '../../../src/exchange/recall/incident-recalls.ts';
import { recallHandoff } from '../../../src/exchange/recall/recall-handoff.ts';
import type { Recalled, RecallRequest } from '../../../src/exchange/recall/recall-handoff.ts';
import { workspaceStatus } from '../../../src/exchange/status/workspace-status.ts';
import { cardsWith, listsOfAll, notedCards } from '../../../src/exchange/waivers/noted-cards.ts';
import { placeExceptions } from '../../../src/exchange/waivers/place-exceptions.ts';
import type { NotedCard } from '../../../src/exchange/waivers/waiver-exceptions.ts';
import { addCardAnswer, returnedCard } from '../../support/card-answer-of.ts';
import { hashesOf } from '../../support/card-pages.ts';
import { DeliveringDesk } from '../../support/delivering-desk.ts';
import { actOf } from '../../support/store-bench.ts';

const incident = 'shop-a-2020';

let desk: DeliveringDesk;
/** The list for psp and that for amex. */
let psp: string;
let amex: string;
beforeEach(async () => {
  desk = new DeliveringDesk();
  for (const id of ['psp', 'amex']) {
    desk.configuration.changeRecipient(id, { profile: 'pan-expiry-reference' });
  }
  desk.cardProcess.cards = { psp: [1, 2, 3, 4], amex: [9] };
  const handoff = await desk.requested();
  await desk.decide(handoff);
  const batches = await desk.handoffs.batchesOf(handoff);
  [psp, amex] = ['psp', 'amex'].map((id) => {
    return batches.find(({ recipient }) => recipient === id)!.id;
  }) as [string, string];
  await put('stored');
});
afterEach(() => desk.dispose());

async function put(state: DeliveryState, ...batches: readonly string[]): Promise<void> {
  const ids = batches.length === 0 ? [psp, amex] : batches;
  await desk.store.db.updateTable('batch').set({ state }).where('id', 'in', ids).execute();
}

const whole = (...batches: readonly string[]): RecallWish => ({ basis: 'batches', batches });
const named = (...records: readonly number[]): RecallWish => ({
  basis: 'records',
  records: new Map(records.map((record, at) => [record, at + 1])),
});

const recall = (wish: RecallWish, more: Partial<RecallRequest> = {}): Promise<Recalled> =>
  recallHandoff(desk, {
    ...{ incident, officer: 'officer-1', wish, reason: 'sent by mistake', dryRun: false, ...more },
  });

/** A recall that has reached its recipient. */
async function recalled(wish: RecallWish): Promise<Recalled> {
  const made = await recall(wish);
  await desk.request(made.handoff);
  await desk.decide(made.handoff);
  await put('stored', ...made.made!.sealed.map(({ batch }) => batch));
  return made;
}

const code = (wish: RecallWish, more?: Partial<RecallRequest>): Promise<string> =>
  recall(wish, more).then(
    () => 'recalled',
    (error: unknown) => (error as { code: string }).code,
  );

describe('recallHandoff()', () => {
  it('makes a handoff that waits, with a plan that fixes which cards of which file', async () => {
    const { handoff, files, made } = await recall(named(1, 2, 4, 5));
    expect(files.map(({ chosen }) => [chosen.batch.id, chosen.cards])).toEqual([
      [psp, 3],
      [amex, 1],
    ]);
    const plan = await desk.planOf(handoff);
    expect(plan.recall).toMatchObject({
      basis: 'records',
      files: [
        { batch: made!.sealed[0]!.batch, recalled: psp, of: 4, cards: 3 },
        { batch: made!.sealed[1]!.batch, recalled: amex, of: 1, cards: 1 },
      ],
    });
    const { review } = await desk.handoffs.get(handoff);
    expect(JSON.parse(new TextDecoder().decode(review))).toMatchObject({
      reason: 'sent by mistake',
      salt: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    });
    expect([plan.sources, plan.reliedOn, plan.stage]).toEqual([[], [], undefined]);
    const text = new TextDecoder().decode(desk.folder.sealed.get(made!.sealed[0]!.file));
    const lines = text.split('\r\n');
    expect(lines.slice(1, -1)).toEqual(['D,0000000001', 'D,0000000002', 'D,0000000004', 'T,3,3']);
    expect(lines[0]).toContain(`,${plan.recall!.files[0]!.recalledSha256},some`);
    const { state, report } = await desk.handoffs.get(handoff);
    expect([state, report?.isRecall]).toEqual(['undecided', true]);
    expect((await desk.acts()).at(-1)).toBe('handoff-recall');
  });

  it('is told from a list in what waits to be sent', async () => {
    const { handoff, made } = await recall(named(2));
    await desk.request(handoff);
    await desk.decide(handoff);
    await put('approved');
    const { ready } = await workspaceStatus(desk);
    expect(ready.map(({ batch, isRecall }) => [batch, isRecall]).sort()).toEqual(
      [...[psp, amex].map((batch) => [batch, undefined]), [made!.sealed[0]!.batch, true]].sort(),
    );
  });

  it('only says what it would recall in a dry run', async () => {
    const before = await desk.acts();
    const { files, made } = await recall(whole(psp), { dryRun: true });
    expect([files[0]!.chosen.cards, made]).toEqual([4, undefined]);
    expect(await desk.acts()).toEqual(before);
    expect(await desk.handoffs.list(incident)).toHaveLength(1);
  });

  it('leaves nothing when sealing fails', async () => {
    const [files, acts] = [[...desk.folder.sealed.keys()], await desk.acts()];
    desk.cardProcess.fault = new Error('no room');
    await expect(recall(whole(psp))).rejects.toThrow('no room');
    expect([...desk.folder.sealed.keys()]).toEqual(files);
    expect(await desk.acts()).toEqual(acts);
    expect(await desk.handoffs.isPreparing()).toBe(false);
  });

  it.each(deliveryStates)('recalls of a batch that is %s, or not', async (state) => {
    await put(state);
    const expected =
      state === 'sent-elsewhere'
        ? 'recall-not-possible'
        : hasLeft(state)
          ? 'recalled'
          : 'recall-not-delivered';
    expect(await code(whole(psp))).toBe(expected);
  });

  it('refuses what has no cards of its own, and what nobody has', async () => {
    const { made } = await recalled(whole(psp));
    const again = whole(made!.sealed[0]!.batch);
    await expect(recall(again)).rejects.toMatchObject({
      ...{ code: 'recall-not-possible', facts: { why: 'recall' } },
    });
    const ofReferences = desk.store.db.updateTable('batch').set({ subject: 'references' });
    await ofReferences.where('id', '=', amex).execute();
    await expect(recall(whole(amex))).rejects.toMatchObject({ facts: { why: 'references' } });
    expect(await code(named(6))).toBe('recall-record-unknown');
    expect(await code(named(0))).toBe('recall-record-unknown');
    expect(await code({ basis: 'amendment', batches: [] })).toBe('recall-nothing');
  });

  it('refuses cards that were recalled before, until that recall is withdrawn', async () => {
    const { handoff } = await recall(named(2));
    await desk.request(handoff);
    await desk.decide(handoff);
    await expect(recall(named(2, 3))).rejects.toMatchObject({
      ...{ code: 'recall-twice', facts: { batch: psp, cards: 1 } },
    });
    const rest = await recall(whole(psp), { dryRun: true });
    expect(rest.files.map(({ chosen }) => chosen.cards)).toEqual([3]);
    await cancelHandoff(desk, {
      extent: 'whole',
      handoff,
      officer: 'officer-1',
      reason: 'it was right',
    });
    expect(await code(named(2, 3))).toBe('recalled');
    expect(await code(named(1))).toBe('handoff-undecided');
  });

  it.each(['failed', 'expired', 'partly-read'] as const)(
    'recalls cards again whose recall is %s',
    async (state) => {
      const { made } = await recalled(named(2, 3));
      await put(state, made!.sealed[0]!.batch);
      expect(await code(named(2, 3))).toBe('recalled');
    },
  );

  it('is not sent again after it failed while its cards are in another recall', async () => {
    const { made } = await recalled(named(2, 3));
    const { batch } = made!.sealed[0]!;
    await put('failed', batch);
    const retry = () =>
      retryBatch(desk, { batch, officer: 'officer-1', reason: 'their server is back' });
    const twice = { code: 'recall-twice', facts: { batch: psp, cards: 1 } };
    const { handoff } = await recall(named(3));
    await expect(retry()).rejects.toMatchObject(twice);
    await desk.request(handoff);
    await desk.decide(handoff);
    await expect(retry()).rejects.toMatchObject(twice);
    await cancelHandoff(desk, {
      extent: 'whole',
      handoff,
      officer: 'officer-1',
      reason: 'the first one will do',
    });
    expect(await retry()).toBe('approved');
  });

  it('recalls cards again that were returned, and no others', async () => {
    const { made } = await recalled(named(2, 3));
    const rows = [returnedCard(2)];
    await addCardAnswer(desk.store, made!.sealed[0]!.batch, 'a', { rest: 'accepted', rows });
    expect(await code(named(3))).toBe('recall-twice');
    const rest = await recall(whole(psp), { dryRun: true });
    expect(rest.files.map(({ chosen }) => chosen.cards)).toEqual([3]);
    await recalled(named(2));
    expect(await code(named(2))).toBe('recall-twice');
  });

  it('refuses a part of a file without record references, and takes the whole', async () => {
    desk.configuration.changeRecipient('psp', { profile: 'pan-list' });
    expect(await code(named(1))).toBe('recall-unreadable');
    expect(await code(whole(psp))).toBe('recalled');
  });

  it('refuses a recipient whose files have names by which it would look like a list', async () => {
    const [endpoint] = desk.configuration.recipients[0]!.endpoints;
    const named = { ...endpoint!, name_pattern: 'CARDS{batch}.pgp' };
    desk.configuration.changeRecipient('psp', { endpoints: [named] });
    expect(await code(whole(psp))).toBe('recall-unmarked');
  });

  it('refuses nobody, no reason, another incident, a closed one and a purged one', async () => {
    expect(await code(whole(psp), { reason: undefined })).toBe('reason-required');
    expect(await code(whole(psp), { officer: 'approver-1' })).toBe('role-missing');
    await desk.openIncident({ id: 'shop-b' });
    expect(await code(whole(psp), { incident: 'shop-b' })).toBe('recall-other-incident');
    await closeIncident(desk, { incident, officer: 'officer-1', reason: 'over' });
    expect(await code(whole(psp))).toBe('incident-closed');
  });

  it('is never sent by one person', async () => {
    const { settings } = desk.configuration;
    const approvals = { ...settings.approvals, emergency: true };
    desk.configuration.settings = { ...settings, approvals };
    const { handoff } = await recall(whole(psp));
    await desk.request(handoff);
    const proof = desk.proof('officer-1');
    const asked = { handoff, officer: 'officer-1', reason: 'nobody awake', proof };
    await expect(declareEmergency(desk, asked)).rejects.toMatchObject({ code: 'recall-alone' });
  });
});

describe('what a recall leaves', () => {
  it('is counted for card companies once it has left, and not before', async () => {
    const cards = async (): Promise<number[]> => {
      const { issuers } = await incidentReadiness(desk, incident);
      return issuers.map((row) => row.cards);
    };
    expect(await cards()).toEqual([1, 4]);
    const { made } = await recalled(named(1, 5));
    expect(await cards()).toEqual([3]);
    await put('approved', made!.sealed[0]!.batch);
    expect(await cards()).toEqual([4]);
  });

  it('is counted of a recall in a folder once somebody says that it arrived, and of no returned card', async () => {
    const standing = async (): Promise<unknown> => {
      const ports = desk as unknown as CardHitPorts;
      const found = await listsOfCard(desk, incident, hashesOf([2]));
      const { card } = await cardHit(ports, await desk.incidents.get(incident), found);
      const { issuers, recalls } = await incidentReadiness(desk, incident);
      const left = issuers.find(({ recipient }) => recipient === 'psp')!;
      const isRecalled = isRecalledBy(recalls, { batch: psp, record: 2 });
      return [left.cards, isRecalled, card?.lists[0]?.recall];
    };
    const { handoff, made } = await recalled(named(2, 3));
    const batch = made!.sealed[0]!.batch;
    await put('written', batch);
    expect(await standing()).toEqual([4, false, 'perhaps']);
    const at = desk.clock.now();
    const word = { batch, rung: 'received', channel: 'phone' } as const;
    const data = { handoff, recipient: 'psp', ...word, saidAt: at.toISOString() };
    const said = actOf('handoff-record', `batch:${batch}`, data);
    const more = { officer: 'officer-1', evidence: undefined, recordedAt: at };
    await desk.words.add({ ...word, at, ...more }, said, () => Promise.resolve());
    expect(await standing()).toEqual([2, true, 'asked']);
    await addCardAnswer(desk.store, batch, 'a', { rest: 'accepted', rows: [returnedCard(3)] });
    expect(await standing()).toEqual([3, true, 'set-aside']);
    await addCardAnswer(desk.store, batch, 'b', { rest: 'accepted', rows: [returnedCard(2)] });
    expect(await standing()).toEqual([3, false, undefined]);
  });

  it.each([
    ...([
      ['built', {}, 'watched'],
      ['approved', {}, 'watched'],
      ['sending', {}, 'watched'],
      ['publishing', {}, 'perhaps'],
      ['presumed', {}, 'perhaps'],
      ['conflict', {}, 'perhaps'],
      ['written', {}, 'perhaps'],
      ['partly-read', {}, 'perhaps'],
      ['offered', {}, 'watched'],
      ['offered', { evidence: '{"sentBytes":1}' }, 'perhaps'],
      ['expired', {}, 'watched'],
      ['expired', { evidence: '{"sentBytes":1}' }, 'perhaps'],
      ['failed', { attempts: 1 }, 'watched'],
      ['cancelled', { available_at: 1 }, 'watched'],
      ['cancelled', { attempts: 1 }, 'watched'],
      ['cancelled', { attempts: 1, available_at: 1 }, 'perhaps'],
      ['cancelled', { evidence: '{"sentBytes":1}' }, 'perhaps'],
    ] as const),
  ])(
    'leaves no card watched that it may have been set aside for: %s %j',
    async (state, had, is) => {
      await addCardAnswer(desk.store, psp, 'a', { rest: 'monitoring', rows: [] });
      const { made } = await recalled(named(2));
      const batch = made!.sealed[0]!.batch;
      const found = async (of: number): Promise<unknown> => {
        const [row, listed] = await Promise.all([
          desk.incidents.get(incident),
          listsOfCard(desk, incident, hashesOf([of])),
        ]);
        const { card } = await cardHit(desk as unknown as CardHitPorts, row, listed);
        return [card!.watch.state, card!.lists.map(({ recall: of }) => of)];
      };
      const as = { ...had, state };
      await desk.store.db.updateTable('batch').set(as).where('id', '=', batch).execute();
      const expected = is === 'watched' ? ['watched', [undefined]] : ['unknown', ['perhaps']];
      expect([await found(2), await found(3)]).toEqual([expected, ['watched', [undefined]]]);
      if (is === 'watched') return;
      await addCardAnswer(desk.store, batch, 'b', { rest: 'accepted', rows: [returnedCard(2)] });
      expect(await found(2)).toEqual(['watched', [undefined]]);
    },
  );

  it.each(['partly-read', 'cancelled'])(
    'is not known to be there by a receipt, which says nothing of the cards: %s',
    async (state) => {
      await addCardAnswer(desk.store, psp, 'a', { rest: 'monitoring', rows: [] });
      const { made } = await recalled(named(2));
      const batch = made!.sealed[0]!.batch;
      const as = { state, evidence: '{"sentBytes":1}' };
      await desk.store.db.updateTable('batch').set(as).where('id', '=', batch).execute();
      await addCardAnswer(desk.store, batch, 'b', { rest: undefined, rows: [] });
      const row = await desk.incidents.get(incident);
      const listed = await listsOfCard(desk, incident, hashesOf([2]));
      const { card } = await cardHit(desk as unknown as CardHitPorts, row, listed);
      expect(card!.lists.map(({ recall: of }) => of)).toEqual(['perhaps']);
    },
  );

  it('is counted of the recall that is there, also while an older one of the same cards is sent again', async () => {
    const cards = async (): Promise<number | undefined> => {
      const { issuers } = await incidentReadiness(desk, incident);
      return issuers.find(({ recipient }) => recipient === 'psp')?.cards;
    };
    const first = (await recalled(named(2, 3))).made!.sealed[0]!.batch;
    await put('failed', first);
    expect(await cards()).toBe(4);
    await recalled(named(2));
    await put('approved', first);
    expect(await cards()).toBe(3);
    await put('stored', first);
    expect(await cards()).toBe(2);
  });

  it('is told where a list brings back what an officer named, and not in a dry run', async () => {
    await recalled(named(2, 3));
    expect((await desk.prepare({ dryRun: true })).recalledBefore).toBeUndefined();
    const { handoff, recalledBefore } = await desk.prepare();
    expect(recalledBefore).toBe(2);
    const { review } = await desk.handoffs.get(handoff);
    expect(JSON.parse(new TextDecoder().decode(review))).toMatchObject({ recalledBefore: 2 });
  });

  it('takes no exception from a waiver for a card that was recalled', async () => {
    await recalled(named(2));
    const { issuers, recalls } = await incidentReadiness(desk, incident);
    const lists = issuers.flatMap(({ batches }) => batches);
    const lines = [2, 4].map((record, at) => {
      return { line: at + 1, card: { record }, exception: 'not-waived' as const };
    });
    const of = { issuer: '', every: lists, lists, recalls, noted: [] };
    const placed = await placeExceptions(desk, incident, of, lines);
    expect(placed.unplaced).toEqual([{ line: 1, why: 'unknown' }]);
    expect(placed.cards).toEqual([{ batch: psp, record: 4, exception: 'not-waived' }]);
  });

  it('leaves what was said of a card to be seen, and counts it only where a list sends it anew', async () => {
    const [channel, saidAt] = ['mail', desk.clock.now()] as const;
    const data = { incident, exceptions: {}, saidAt: saidAt.toISOString(), channel };
    await desk.exceptions.add(
      {
        ...{ incident, issuer: '', saidAt, channel, officer: 'officer-1', recordedAt: saidAt },
        ...{ evidence: undefined, cards: [{ batch: psp, record: 2, exception: 'not-waived' }] },
      },
      actOf('waiver-exceptions', `incident:${incident}`, data),
      ...([0, () => Promise.resolve()] as const),
    );
    const folder = { putIncidentDocument: () => Promise.resolve('') };
    await recordTold(Object.assign(Object.create(desk) as DeliveringDesk, { folder }), {
      ...{ incident, party: { kind: 'issuer', name: '' }, terms: 'in cash', channel, by: 'Sato' },
      ...{ told: { subject: 'waiver', outcome: 'granted-with-terms' }, saidAt: undefined },
      ...{ evidence: undefined, officer: 'officer-1', reason: 'they wrote' },
    });
    const said = async (): Promise<unknown[]> => {
      const found = await listsOfCard(desk, incident, hashesOf([2]));
      const ports = desk as unknown as CardHitPorts;
      const { card } = await cardHit(ports, await desk.incidents.get(incident), found);
      const { watch, waiver, isWaiverAboutThis, exception } = card!;
      const all = [waiver?.told.outcome, waiver?.terms, exception?.exception];
      expect(all).toEqual(['granted-with-terms', 'in cash', 'not-waived']);
      return [watch.state, isWaiverAboutThis];
    };
    expect(await said()).toEqual(['unknown', true]);
    await recalled(named(2));
    expect(await said()).toEqual(['recalled', false]);
    const lists = async () => {
      const { issuers, recalls } = await incidentReadiness(desk, incident);
      return notedCards(desk, incident, listsOfAll(issuers), recalls);
    };
    expect(await lists()).toEqual([]);
    const { handoff } = await desk.prepare();
    await desk.request(handoff);
    await desk.decide(handoff);
    const [anew] = await desk.handoffs.batchesOf(handoff);
    expect((await said())[0]).toBe('unknown');
    const record = anew!.firstReference;
    expect(await lists()).toMatchObject([{ batch: anew!.id, record, first: { record: 2 } }]);
  });

  it('lets an exception follow a card to no list on which it is another company’s', async () => {
    const [batch] = (await desk.handoffs.list(incident)).map(({ id }) => id);
    const [list] = await desk.handoffs.batchesOf(batch!);
    const noted = (issuer: string, isCarried: boolean): NotedCard => ({
      ...{ batch: list!.id, record: 1, issuer, isCarried, exception: 'fee-charged' },
      first: { batch: 'b-0', record: 9 },
    });
    const all = [noted('Other', true), noted('', true), noted('Other', false)];
    const exceptions = { ofIncident: () => Promise.resolve(all) };
    const { handoffs } = desk;
    const told = await notedCards({ handoffs, exceptions }, incident, [list!], []);
    expect(told).toEqual(all.slice(1));
    expect(cardsWith(all, 'fee-charged')).toBe(1);
    expect(cardsWith(all, 'refund-asked')).toBe(0);
  });

  it('takes one exception of a card, by whichever of its records', async () => {
    const { issuers, recalls } = await incidentReadiness(desk, incident);
    const lines = (['not-waived', 'fee-charged'] as const).map((exception, at) => {
      return { line: at + 1, card: { record: at + 1 }, exception };
    });
    const first = { batch: psp, record: 1 };
    // As where a second list brought the first card once more.
    const exceptions = { listings: () => Promise.resolve([[first], [first]]) };
    const ports = { handoffs: desk.handoffs, exceptions };
    const lists = listsOfAll(issuers);
    const of = { issuer: '', every: lists, lists, recalls, noted: [] };
    const placed = await placeExceptions(ports, incident, of, lines);
    expect(placed.unplaced).toEqual([{ line: 2, why: 'twice' }]);
  });

  it('closes what was open of a card that had come back', async () => {
    const items = async (): Promise<string[]> =>
      (await incidentReadiness(desk, incident)).open.map(({ item }) => item);
    await addCardAnswer(desk.store, psp, 'e', { rest: 'accepted', rows: [returnedCard(2)] });
    expect(await items()).toContain('cards-returned');
    await recalled(named(2));
    expect(await items()).not.toContain('cards-returned');
  });

  it('is no list of persons to be told, and lets the next list bring its cards', async () => {
    const { handoff } = await recalled(named(2));
    const told = await notifiedHandoffs(desk.handoffs, incident);
    expect(told.map(({ id }) => id)).not.toContain(handoff);
    const { result } = await desk.prepare();
    expect([result.cards, result.excluded]).toEqual([1, { 'already-handed-off': 4 }]);
  });
});
