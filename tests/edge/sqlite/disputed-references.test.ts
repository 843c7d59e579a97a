import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { disputedBatches } from '../../../src/exchange/arrivals/disputed-batches.ts';
import { actOf, StoreBench } from '../../support/store-bench.ts';

const batch = 'b-0001';
const of = { batch, handoff: 'h-0001', recipient: 'psp', bytes: 9 };

let store: StoreBench;
beforeEach(async () => {
  store = new StoreBench();
  await store.approved();
  await store.db.updateTable('batch').set({ state: 'stored', subject: 'references' }).execute();
});
afterEach(() => store.dispose());

async function take(letter: string): Promise<void> {
  const digests = { sha256: letter.repeat(64), contentSha256: letter.repeat(64) };
  const counts = { resolved: 0, notFound: 1, changed: 0, differing: 0 };
  await store.responses.add(
    {
      ...{ ...of, ...digests, ...counts, incident: 'shop-a-2020', officer: 'officer-1' },
      ...{ importedAt: store.clock.now(), fingerprint: 'A'.repeat(40) },
    },
    [{ record: 1, reason: 'cancelled' }],
    actOf('response-import', `batch:${batch}`, { ...of, ...digests, ...counts }),
    (await store.responses.standing(batch)).leaf,
  );
}

async function setAside(letter: string, code: string): Promise<void> {
  const [id, sha256] = [`a-${letter}`, letter.repeat(64)];
  const told = { arrival: id, recipient: 'psp', sha256 };
  await store.arrivals.add(
    {
      ...{ id, recipient: 'psp', way: 'inbox', name: `${letter}.pgp`, sha256, bytes: 9 },
      arrivedAt: store.clock.now(),
    },
    actOf('answer-arrived', 'recipient:psp', { ...told, bytes: 9, by: 'inbox' }),
  );
  await store.arrivals.move(
    id,
    { event: 'quarantine', code, batch },
    actOf('answer-quarantined', 'recipient:psp', { ...told, code }),
  );
}

const isDisputed = async (): Promise<boolean> =>
  (await disputedBatches(store, [{ id: batch, recipient: 'psp' }])).has(batch);

describe('disputedBatches() of references', () => {
  it('ends the dispute where an officer took the file in from quarantine', async () => {
    await take('a');
    await setAside('b', 'response-takes-back');
    expect(await isDisputed()).toBe(true);
    await take('b');
    expect(await isDisputed()).toBe(false);
  });

  it('disputes what was answered by a file that nobody compared, and nothing before', async () => {
    await setAside('b', 'response-nonce-differs');
    expect(await isDisputed()).toBe(false);
    await take('a');
    expect(await isDisputed()).toBe(true);
  });
});
