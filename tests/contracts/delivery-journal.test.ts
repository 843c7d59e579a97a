import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type {
  DeliveryEvidence,
  DeliveryJournal,
} from '../../src/exchange/delivery/delivery-journal.ts';
import { MemoryJournal } from '../support/memory-journal.ts';
import { refusedAct, StoreBench } from '../support/store-bench.ts';

const BATCH = 'b-0001';
const LEASE_MS = 60_000;

const seen: DeliveryEvidence = {
  by: 'delivery',
  hostKey: `SHA256:${'k'.repeat(43)}`,
  verification: 'read-back',
  isSynced: true,
  rename: 'answered',
  final: 'same',
  temporary: 'absent',
};

/** A journal with one approved batch, a clock to turn, and the acts it wrote down. */
interface Bench {
  readonly journal: DeliveryJournal;
  passes(ms: number): void;
  acts(): Promise<readonly string[]>;
  dispose(): Promise<void>;
}

function memoryBench(): Promise<Bench> {
  const journal = new MemoryJournal();
  const [name, sha256] = ['test-b-0001.pgp', 'a'.repeat(64)];
  journal.add({ batch: BATCH, state: 'approved', name, sizeBytes: 1000, sha256 });
  return Promise.resolve({
    journal,
    passes: (ms) => {
      journal.nowMs += ms;
    },
    acts: () => Promise.resolve(journal.changes.map(({ to }) => actOfState[to] ?? to)),
    dispose: () => Promise.resolve(),
  });
}

const actOfState: Readonly<Record<string, string>> = { sending: 'start' };

async function sqliteBench(): Promise<Bench> {
  const store = new StoreBench();
  await store.approved(BATCH);
  return {
    journal: store.journal,
    passes: (ms) => {
      store.nowMs += ms;
    },
    acts: async () => {
      const acts = (await store.acts()).filter((act) => act.startsWith('delivery-'));
      return acts.map((act) => act.slice('delivery-'.length));
    },
    dispose: () => store.dispose(),
  };
}

describe.each([
  ['MemoryJournal', memoryBench],
  ['SqliteDeliveryJournal', sqliteBench],
])('%s', (_, open) => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await open();
  });
  afterEach(() => bench.dispose());

  it('load() shows the batch without a claim', async () => {
    const row = await bench.journal.load(BATCH);
    expect(row).toMatchObject({ batch: BATCH, state: 'approved', fence: 0, attempt: 0 });
    expect(row.temporaries).toEqual([]);
    expect(row).not.toHaveProperty('publishingFrom');
  });

  it('control() keeps the batch publishing with its step, and intent() forgets it', async () => {
    const { journal } = bench;
    let row = await journal.claim(BATCH, LEASE_MS);
    await expect(
      journal.control(row, 'b.done', { step: 'owed', evidence: seen }),
    ).rejects.toMatchObject({ code: 'state-forbids' });
    row = await journal.publishing(await journal.intent(row, 1, '.part'), '.part');
    row = await journal.control(row, 'b.done', { step: 'owed', temporary: '.d', evidence: seen });
    expect(row).toMatchObject({ state: 'publishing', control: { step: 'owed', temporary: '.d' } });
    await journal.control(row, 'b.done', { step: 'announced', evidence: seen });
    row = await journal.load(BATCH);
    expect(row.control).toEqual({ step: 'announced', evidence: seen });
    row = await journal.outcome(row, 'failed', seen);
    expect(row.state).toBe('failed');
  });

  it('writing() refuses a stale fence, and keeps the state', async () => {
    const { journal } = bench;
    const row = await journal.claim(BATCH, LEASE_MS);
    await journal.writing(row);
    expect(await journal.load(BATCH)).toMatchObject({ state: 'approved', attempt: 0 });
    await journal.release(row);
    await journal.claim(BATCH, LEASE_MS);
    await expect(journal.writing(row)).rejects.toMatchObject({ code: 'fence-stale' });
  });

  it('load() rejects for a batch that does not exist', async () => {
    await expect(bench.journal.load('b-none')).rejects.toThrow();
  });

  it('claim() raises the fence each time', async () => {
    const first = await bench.journal.claim(BATCH, LEASE_MS);
    await bench.journal.release(first);
    const second = await bench.journal.claim(BATCH, LEASE_MS);
    expect(second.fence).toBeGreaterThan(first.fence);
  });

  it('claim() refuses while another claim lives', async () => {
    await bench.journal.claim(BATCH, LEASE_MS);
    await expect(bench.journal.claim(BATCH, LEASE_MS)).rejects.toMatchObject({
      code: 'batch-busy',
    });
  });

  it('claim() takes a batch whose lease ran out', async () => {
    await bench.journal.claim(BATCH, LEASE_MS);
    bench.passes(LEASE_MS - 1);
    await expect(bench.journal.claim(BATCH, LEASE_MS)).rejects.toMatchObject({
      code: 'batch-busy',
    });
    bench.passes(1);
    expect((await bench.journal.claim(BATCH, LEASE_MS)).fence).toBe(2);
  });

  it('claim() is no state change and leaves no leaf', async () => {
    const row = await bench.journal.claim(BATCH, LEASE_MS);
    expect(row.state).toBe('approved');
    expect(await bench.acts()).toEqual([]);
  });

  it('of two claims at the same moment one wins', async () => {
    const claims = [1, 2, 3].map(() => bench.journal.claim(BATCH, LEASE_MS));
    const results = await Promise.allSettled(claims);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('renew() keeps the lease beyond its first end', async () => {
    const row = await bench.journal.claim(BATCH, LEASE_MS);
    bench.passes(LEASE_MS / 2);
    await bench.journal.renew(row, LEASE_MS);
    bench.passes(LEASE_MS - 1);
    await expect(bench.journal.claim(BATCH, LEASE_MS)).rejects.toMatchObject({
      code: 'batch-busy',
    });
  });

  it('release() frees the batch at once', async () => {
    await bench.journal.release(await bench.journal.claim(BATCH, LEASE_MS));
    expect((await bench.journal.claim(BATCH, LEASE_MS)).fence).toBe(2);
  });

  it('release() of a lost claim does nothing to the one that took over', async () => {
    const lost = await bench.journal.claim(BATCH, LEASE_MS);
    bench.passes(LEASE_MS);
    await bench.journal.claim(BATCH, LEASE_MS);
    await bench.journal.release(lost);
    await expect(bench.journal.claim(BATCH, LEASE_MS)).rejects.toMatchObject({
      code: 'batch-busy',
    });
  });

  it('a stale fence is refused on every method that records', async () => {
    const stale = await bench.journal.claim(BATCH, LEASE_MS);
    bench.passes(LEASE_MS);
    const current = await bench.journal.claim(BATCH, LEASE_MS);
    const refused = { code: 'fence-stale' };
    await expect(bench.journal.renew(stale, LEASE_MS)).rejects.toMatchObject(refused);
    await expect(bench.journal.intent(stale, 1, '.t')).rejects.toMatchObject(refused);
    await bench.journal.intent(current, 1, '.t');
    await expect(bench.journal.publishing(stale, '.t')).rejects.toMatchObject(refused);
    for (const to of ['stored', 'presumed', 'conflict', 'failed', 'expired', 'written'] as const) {
      await expect(bench.journal.outcome(stale, to, seen)).rejects.toMatchObject(refused);
    }
    expect((await bench.journal.load(BATCH)).state).toBe('sending');
    expect(await bench.acts()).toEqual(['start']);
  });

  it('intent(), publishing() and outcome() walk to stored, one leaf each', async () => {
    let row = await bench.journal.claim(BATCH, LEASE_MS);
    row = await bench.journal.intent(row, 1, '.test-b-0001.pgp.1-1.part');
    expect(row).toMatchObject({ state: 'sending', attempt: 1 });
    expect(row.temporaries).toEqual(['.test-b-0001.pgp.1-1.part']);
    row = await bench.journal.publishing(row, '.test-b-0001.pgp.1-1.part');
    expect(row).toMatchObject({ state: 'publishing', publishingFrom: '.test-b-0001.pgp.1-1.part' });
    row = await bench.journal.outcome(row, 'stored', seen);
    expect(row.state).toBe('stored');
    expect(await bench.acts()).toEqual(['start', 'publishing', 'stored']);
  });

  it('every method returns the row that load() reads afterwards', async () => {
    let row = await bench.journal.claim(BATCH, LEASE_MS);
    expect(await bench.journal.load(BATCH)).toEqual(row);
    row = await bench.journal.intent(row, 1, '.a');
    expect(await bench.journal.load(BATCH)).toEqual(row);
    row = await bench.journal.intent(row, 2, '.b');
    expect(row.temporaries).toEqual(['.a', '.b']);
    expect(await bench.journal.load(BATCH)).toEqual(row);
    row = await bench.journal.publishing(row, '.b');
    expect(await bench.journal.load(BATCH)).toEqual(row);
    row = await bench.journal.outcome(row, 'presumed', seen);
    expect(await bench.journal.load(BATCH)).toEqual(row);
  });

  it('publishing() without a temporary name records none', async () => {
    let row = await bench.journal.claim(BATCH, LEASE_MS);
    row = await bench.journal.publishing(await bench.journal.intent(row, 1, '.a'), undefined);
    expect(row.state).toBe('publishing');
    expect(row).not.toHaveProperty('publishingFrom');
  });

  it.each([
    ['stored', 'stored'],
    ['presumed', 'presumed'],
    ['conflict', 'conflict'],
    ['failed', 'failed'],
  ] as const)('outcome() %s ends a publishing batch', async (to, state) => {
    let row = await bench.journal.claim(BATCH, LEASE_MS);
    row = await bench.journal.publishing(await bench.journal.intent(row, 1, '.a'), '.a');
    const fault = { code: 'connection-lost', retry: 'later' } as const;
    row = await bench.journal.outcome(row, to, seen, to === 'stored' ? undefined : fault);
    expect(row.state).toBe(state);
    expect(await bench.acts()).toEqual(['start', 'publishing', to]);
  });

  it.each(['expired', 'written'] as const)(
    'outcome() %s leads out of approved, not out of publishing',
    async (to) => {
      let row = await bench.journal.claim(BATCH, LEASE_MS);
      const sent = await bench.journal.publishing(await bench.journal.intent(row, 1, '.a'), '.a');
      const forbidden = { code: 'state-forbids' };
      await expect(bench.journal.outcome(sent, to, seen)).rejects.toMatchObject(forbidden);
      expect((await bench.journal.load(BATCH)).state).toBe('publishing');
      const other = await open();
      row = await other.journal.claim(BATCH, LEASE_MS);
      expect((await other.journal.outcome(row, to, seen)).state).toBe(to);
      await other.dispose();
    },
  );

  it('refuses every step that the table of states does not have, without a leaf', async () => {
    const row = await bench.journal.claim(BATCH, LEASE_MS);
    const forbidden = { code: 'state-forbids' };
    await expect(bench.journal.publishing(row, '.a')).rejects.toMatchObject(forbidden);
    await expect(bench.journal.outcome(row, 'stored', seen)).rejects.toMatchObject(forbidden);
    await expect(bench.journal.outcome(row, 'failed', seen)).rejects.toMatchObject(forbidden);
    expect(await bench.acts()).toEqual([]);
    const sending = await bench.journal.intent(row, 1, '.a');
    const stored = await bench.journal.outcome(sending, 'stored', seen);
    await expect(bench.journal.intent(stored, 2, '.b')).rejects.toMatchObject(forbidden);
    await expect(bench.journal.outcome(stored, 'failed', seen)).rejects.toMatchObject(forbidden);
    expect((await bench.journal.load(BATCH)).state).toBe('stored');
    expect(await bench.acts()).toEqual(['start', 'stored']);
  });

  it('outcome() gives the lease back', async () => {
    const row = await bench.journal.claim(BATCH, LEASE_MS);
    await bench.journal.outcome(await bench.journal.intent(row, 1, '.a'), 'failed', seen);
    expect((await bench.journal.claim(BATCH, LEASE_MS)).fence).toBe(2);
  });

  it('an attempt number is used once', async () => {
    const row = await bench.journal.claim(BATCH, LEASE_MS);
    const sending = await bench.journal.intent(row, 1, '.a');
    await expect(bench.journal.intent(sending, 1, '.b')).rejects.toThrow();
    expect(await bench.acts()).toEqual(['start']);
  });
});

describe('SqliteDeliveryJournal and its leaves', () => {
  let store: StoreBench;
  beforeEach(async () => {
    store = new StoreBench();
    await store.approved(BATCH);
  });
  afterEach(() => store.dispose());

  it('intent() forgets the publishing name of an earlier attempt', async () => {
    let row = await store.journal.claim(BATCH, LEASE_MS);
    row = await store.journal.publishing(await store.journal.intent(row, 1, '.a'), '.a');
    await store.journal.outcome(row, 'failed', seen);
    const retry = { ...refusedAct().draft, actor: 'officer-1' };
    await store.handoffs.moveBatch(BATCH, 'failed', 'approved', store.clock.now(), {
      draft: retry,
    });
    row = await store.journal.claim(BATCH, LEASE_MS);
    row = await store.journal.intent(row, 2, '.b');
    expect(row).not.toHaveProperty('publishingFrom');
    expect(await store.journal.load(BATCH)).not.toHaveProperty('publishingFrom');
  });

  it('a leaf that is refused takes the state change back', async () => {
    const row = await store.journal.claim(BATCH, LEASE_MS);
    const before = await store.log.size();
    // A temporary name that looks like a card number must not stand in the log for ever.
    const name = 'part-4111111111111111';
    await expect(store.journal.intent(row, 1, name)).rejects.toMatchObject({
      code: 'leaf-card-number',
    });
    expect(await store.journal.load(BATCH)).toEqual(row);
    expect(await store.log.size()).toBe(before);
  });

  it('the leaf names actor, attempt, fence and what was seen', async () => {
    let row = await store.journal.claim(BATCH, LEASE_MS);
    row = await store.journal.publishing(await store.journal.intent(row, 1, '.a'), '.a');
    await store.journal.outcome(
      row,
      'failed',
      { ...seen, rename: 'refused' },
      {
        code: 'connection-lost',
        retry: 'later',
      },
    );
    const leaf = (await store.leaves()).at(-1);
    expect(leaf).toMatchObject({
      ...{ act: 'delivery-failed', result: 'failed', actor: 'officer-1' },
      object: `batch:${BATCH}`,
      data: { batch: BATCH, attempt: 1, fence: 1, rename: 'refused', code: 'connection-lost' },
    });
  });

  it('outcome() keeps evidence and fault with the batch', async () => {
    let row = await store.journal.claim(BATCH, LEASE_MS);
    row = await store.journal.intent(row, 1, '.a');
    const fault = { code: 'connection-lost', retry: 'later' } as const;
    await store.journal.outcome(row, 'failed', seen, fault);
    const batch = await store.handoffs.batch(BATCH);
    expect(batch.evidence).toEqual(seen);
    expect(batch.fault).toEqual(fault);
  });
});
