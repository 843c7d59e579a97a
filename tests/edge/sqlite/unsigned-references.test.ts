import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { issuersOf } from '../../../src/exchange/incident/issuer-readiness.ts';
import { latestOf } from '../../../src/exchange/incident/latest-statements.ts';
import { actOf, StoreBench } from '../../support/store-bench.ts';

const batch = 'b-0001';

let store: StoreBench;
beforeEach(async () => {
  store = new StoreBench();
  await store.approved();
  await store.db.updateTable('batch').set({ state: 'stored', subject: 'references' }).execute();
});
afterEach(() => store.dispose());

async function take(letter: string, isSigned: boolean): Promise<void> {
  const of = { batch, handoff: 'h-0001', recipient: 'psp', bytes: 9 };
  const digests = { sha256: letter.repeat(64), contentSha256: letter.repeat(64) };
  const counts = { resolved: 0, notFound: 1, changed: 0, differing: 0 };
  await store.responses.add(
    {
      ...{ ...of, ...digests, ...counts, incident: 'shop-a-2020', officer: 'officer-1' },
      ...{ importedAt: store.clock.now(), fingerprint: isSigned ? 'A'.repeat(40) : undefined },
    },
    [{ record: 1, reason: 'cancelled' }],
    actOf('response-import', `batch:${batch}`, { ...of, ...digests, ...counts }),
    (await store.responses.standing(batch)).leaf,
  );
}

const receipt = async (): Promise<string | undefined> => {
  const handoffs = [await store.handoffs.get('h-0001')];
  const { issuers } = await issuersOf(store, handoffs, latestOf([]));
  return issuers[0]!.lists[0]!.receipt;
};

describe('what shows that a list of references arrived', () => {
  it('is a signed answer, and a word once one counts that nobody signed', async () => {
    expect(await receipt()).toBeUndefined();
    await take('a', true);
    expect(await receipt()).toBe('answer');
    await take('b', false);
    expect(await receipt()).toBe('word');
  });
});
