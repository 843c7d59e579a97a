import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { SftpKeyPair } from '../../../src/edge/sftp/sftp-key.ts';
import { BATCH, DeliveryBench, FILE, testKey } from '../../support/delivery-bench.ts';
import { FakePeer } from '../../support/fake-peer.ts';

let key: SftpKeyPair;
let peer: FakePeer;

beforeAll(async () => {
  key = await testKey();
  peer = await FakePeer.start();
});
afterAll(() => peer.stop());

/** A process that dies at a step of the journal: the call throws, nothing later is recorded, the lease stays. */
async function dieAt(bench: DeliveryBench, call: number): Promise<boolean> {
  bench.journal.failsIn = call;
  const died = await bench.deliver().then(
    () => false,
    () => true,
  );
  bench.journal.failsIn = undefined;
  bench.journal.expireLeases();
  return died;
}

describe('deliverBatch() after a death between any two records', () => {
  it('publishes once and ends stored, whichever record was the last', async () => {
    let deaths = 0;
    for (let call = 0; call < 20; call += 1) {
      const bench = new DeliveryBench(peer, key);
      peer.renames = 0;
      if (!(await dieAt(bench, call))) {
        bench.clear();
        break;
      }
      deaths += 1;
      expect((await bench.deliver()).state).toBe('stored');
      expect(peer.renames).toBe(1);
      expect(bench.files()).toEqual([FILE]);
      bench.clear();
    }
    // claim, intent, publishing, outcome: each is a place to die at.
    expect(deaths).toBeGreaterThanOrEqual(4);
  });

  it('converges when the run that recovers dies too', async () => {
    const bench = new DeliveryBench(peer, key);
    peer.renames = 0;
    for (let round = 0; round < 12; round += 1) await dieAt(bench, round % 4);
    expect((await bench.deliver()).state).toBe('stored');
    expect(peer.renames).toBe(1);
    expect(bench.files()).toEqual([FILE]);
    bench.clear();
  });

  it('refuses a batch that another process is delivering', async () => {
    const bench = new DeliveryBench(peer, key);
    const first = bench.deliver();
    await expect(bench.deliver()).rejects.toMatchObject({ code: 'batch-busy' });
    expect((await first).state).toBe('stored');
    bench.clear();
  });

  it('records nothing more once another process has taken over', async () => {
    const bench = new DeliveryBench(peer, key);
    let takenOver: Promise<unknown> | undefined;
    peer.renames = 0;
    peer.rules = {
      onRequest: (request) => {
        if (request.type === 'FSTAT' && takenOver === undefined) {
          bench.journal.expireLeases();
          takenOver = bench.deliver();
        }
        return 'forward';
      },
    };
    await expect(bench.deliver()).rejects.toMatchObject({ code: 'fence-stale' });
    await takenOver;
    peer.rules = {};
    expect((await bench.journal.load(BATCH)).state).toBe('stored');
    expect(peer.renames).toBe(1);
    bench.clear();
  });

  it('delivers twice but publishes once', async () => {
    const bench = new DeliveryBench(peer, key);
    peer.renames = 0;
    await bench.deliver();
    const seen = peer.seen.length;
    expect(await bench.deliver()).toMatchObject({ state: 'stored', attempts: 0 });
    expect(peer.seen).toHaveLength(seen);
    expect(peer.renames).toBe(1);
    bench.clear();
  });
});
