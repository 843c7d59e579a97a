import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { DeliveryState } from '../../../src/domain/handoff/delivery-states.ts';
import { SqliteDeliveryJournal } from '../../../src/edge/sqlite/delivery-journal.ts';
import type { DeliveryEvidence } from '../../../src/exchange/delivery/delivery-journal.ts';
import { addCardAnswer, returnedCard } from '../../support/card-answer-of.ts';
import { actOf, StoreBench } from '../../support/store-bench.ts';

const batch = 'b-0001';

let store: StoreBench;
beforeEach(async () => {
  store = new StoreBench();
  await store.approved();
});
afterEach(() => store.dispose());

const put = (state: DeliveryState): Promise<unknown> =>
  store.db
    .updateTable('batch')
    .set({ state, fault: '{"code":"outcome-unknown","retry":"after-operator"}' })
    .where('id', '=', batch)
    .execute();
const standing = async (): Promise<unknown[]> => {
  const { state, evidence, fault } = await store.handoffs.batch(batch);
  return [state, evidence?.by, fault?.code];
};
const journal = (): SqliteDeliveryJournal =>
  new SqliteDeliveryJournal(store.db, store.clock, { actor: 'officer-1', origin: 'cli' });
const accepted = { rest: 'accepted', rows: [] } as const;

describe('a signed answer', () => {
  it.each([
    ['presumed', 'stored'],
    ['partly-read', 'read'],
    ['expired', 'read'],
  ] as const)('shows of what is %s that it is there, with a leaf', async (from, to) => {
    await put(from);
    await addCardAnswer(store, batch, 'a', accepted);
    expect(await standing()).toEqual([to, 'answer', undefined]);
    const leaves = await store.leaves();
    expect(leaves.slice(-2).map(({ act }) => act)).toEqual([
      ...['response-import-cards', 'delivery-proved'],
    ]);
    expect(leaves.at(-1)?.data).toMatchObject({ batch, by: 'answer', answer: 'a'.repeat(64) });
  });

  it('counts it as there since what was known of it before', async () => {
    await put('presumed');
    const { changedAt } = await store.handoffs.batch(batch);
    store.nowMs += 60_000;
    await addCardAnswer(store, batch, 'a', accepted);
    expect((await store.handoffs.batch(batch)).availableAt).toEqual(changedAt);
  });

  it('shows it also where all that it says is that one card came back', async () => {
    await put('presumed');
    await addCardAnswer(store, batch, 'a', { rest: undefined, rows: [returnedCard(1)] });
    expect(await standing()).toEqual(['stored', 'answer', undefined]);
  });

  it.each([
    ['absent', 'presumed'],
    ['other', 'partly-read'],
  ] as const)(
    'with a nonce that is %s shows nothing: an officer took it in, and says what became of what is %s',
    async (nonceDiffers, from) => {
      await put(from);
      await addCardAnswer(store, batch, 'a', accepted, undefined, true, nonceDiffers);
      expect(await standing()).toEqual([from, undefined, 'outcome-unknown']);
      await addCardAnswer(store, batch, 'b', accepted);
      expect((await store.leaves()).at(-1)?.data).toMatchObject({ answer: 'b'.repeat(64) });
    },
  );

  const ofReferences = async (nonceDiffers?: 'other'): Promise<void> => {
    const of = { batch, handoff: 'h-0001', recipient: 'psp', bytes: 9 };
    const digests = { sha256: 'a'.repeat(64), contentSha256: 'a'.repeat(64) };
    const counts = { resolved: 0, notFound: 1, changed: 0, differing: 0 };
    await store.responses.add(
      {
        ...{ ...of, ...digests, ...counts, incident: 'shop-a-2020', officer: 'officer-1' },
        ...{ fingerprint: 'A'.repeat(40), importedAt: store.clock.now(), nonceDiffers },
      },
      [{ record: 1, reason: 'cancelled' }],
      actOf('response-import', `batch:${batch}`, { ...of, ...digests, ...counts }),
      0,
    );
  };

  it('shows it of references that were found or not', async () => {
    await put('presumed');
    await ofReferences();
    expect(await standing()).toEqual(['stored', 'answer', undefined]);
  });

  it('shows nothing of references where an officer accepted another nonce', async () => {
    await put('presumed');
    await ofReferences('other');
    expect(await standing()).toEqual(['presumed', undefined, 'outcome-unknown']);
  });

  it('that names no card and says nothing of all leaves it open', async () => {
    await put('presumed');
    await addCardAnswer(store, batch, 'a', { rest: undefined, rows: [] });
    expect(await standing()).toEqual(['presumed', undefined, 'outcome-unknown']);
  });

  it('leaves to an officer what has another file under its name', async () => {
    await put('conflict');
    await addCardAnswer(store, batch, 'a', accepted);
    expect(await standing()).toEqual(['conflict', undefined, 'outcome-unknown']);
  });

  it('takes the claim from a delivery that looks after it at this moment', async () => {
    await put('presumed');
    const held = await journal().claim(batch, 60_000);
    await addCardAnswer(store, batch, 'a', accepted);
    const seen: DeliveryEvidence = {
      ...{ by: 'reconcile', verification: 'unverified', rename: 'not-sent' },
      ...{ final: 'different', temporary: 'absent' },
    };
    await expect(journal().outcome(held, 'conflict', seen)).rejects.toMatchObject({
      code: 'fence-stale',
    });
    expect(await standing()).toEqual(['stored', 'answer', undefined]);
  });

  it('that came while the file was being published counts once nobody can see it any more', async () => {
    await put('publishing');
    await addCardAnswer(store, batch, 'a', accepted);
    expect(await standing()).toEqual(['publishing', undefined, 'outcome-unknown']);
    const row = await journal().claim(batch, 60_000);
    const seen: DeliveryEvidence = {
      ...{ by: 'reconcile', verification: 'unverified', rename: 'unanswered' },
      ...{ final: 'absent', temporary: 'absent' },
    };
    const fault = { code: 'outcome-unknown', retry: 'after-operator' } as const;
    expect((await journal().outcome(row, 'presumed', seen, fault)).state).toBe('stored');
    expect(await standing()).toEqual(['stored', 'answer', undefined]);
  });
});

describe('an answer that nobody signed', () => {
  it.each(['presumed', 'partly-read'] as const)('leaves open what is %s', async (state) => {
    await put(state);
    await addCardAnswer(store, batch, 'a', accepted, undefined, false);
    expect(await standing()).toEqual([state, undefined, 'outcome-unknown']);
  });
});
