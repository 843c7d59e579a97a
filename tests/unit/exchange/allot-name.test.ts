import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { generateSftpKey } from '../../../src/edge/sftp/sftp-key.ts';
import type { SftpKeyPair } from '../../../src/edge/sftp/sftp-key.ts';
import { cancelHandoff } from '../../../src/exchange/handoff/cancel-handoff.ts';
import { resolveBatch, retryBatch } from '../../../src/exchange/delivery/settle-batch.ts';
import { DeliveringDesk } from '../../support/delivering-desk.ts';
import { FakePeer } from '../../support/fake-peer.ts';

const reason = { officer: 'officer-1', reason: 'they said so' };
const counted = {
  name_pattern: 'MM{date}-{sequence}.PGP',
  sequence: { start: 7, width: 2, reset: 'daily' },
};

let peer: FakePeer;
let key: SftpKeyPair;
let desk: DeliveringDesk;
let directory: string;
let prepared: number;

beforeAll(async () => {
  peer = await FakePeer.start();
  key = await generateSftpKey('ed25519', 'test');
});
afterAll(() => peer.stop());
beforeEach(() => {
  peer.rules = {};
  prepared = 0;
  directory = mkdtempSync(join(tmpdir(), 'mimamori-names-'));
  desk = new DeliveringDesk();
  desk.key = key;
});
afterEach(async () => {
  rmSync(directory, { recursive: true, force: true });
  await desk.dispose();
});

const refusing = { onRequest: ({ type }: { type: string }) => refusalOf(type) };
const refusalOf = (type: string) => (type === 'RENAME' ? { status: 3 } : ('forward' as const));

/** An approved handoff of one batch for `psp`, whose endpoint has these traits. */
async function approved(traits: object = counted): Promise<string> {
  prepared += 1;
  const { port, hostKey } = peer;
  if (prepared === 1) return desk.approvedFor({ psp: { port, hostKey, directory, traits } });
  return approvedNext();
}

async function approvedNext(): Promise<string> {
  desk.cardProcess.cards = { psp: [prepared * 10, prepared * 10 + 1] };
  const { handoff } = await desk.prepare();
  await desk.request(handoff);
  await desk.decide(handoff);
  return handoff;
}

async function cancelled(handoff: string): Promise<void> {
  await cancelHandoff(desk, { extent: 'whole', handoff, ...reason });
}

async function delivered(handoff: string): Promise<object> {
  const { reports } = await desk.deliver(handoff);
  const { remoteName, sequence, state } = await desk.batchFor(handoff, 'psp');
  return { remoteName, sequence, state, code: reports[0]?.fault?.code };
}

const stored = (sequence: number, day = '20260501') => ({
  ...{ remoteName: `TEST-MM${day}-${String(sequence).padStart(2, '0')}.PGP`, sequence },
  ...{ state: 'stored', code: undefined },
});

describe('allotName()', () => {
  it('counts deliveries, not preparations, from the agreed start', async () => {
    desk.store.nowMs = Date.parse('2026-05-01T02:00:00Z');
    const [first, second] = [await approved(), await approved()];
    expect(await delivered(second)).toEqual(stored(7));
    expect(await delivered(first)).toEqual(stored(8));
    expect(readdirSync(directory)).toHaveLength(2);
    expect(await delivered(second)).toEqual(stored(7));
  });

  it('keeps the number of a failed batch, and holds later ones back until it is there', async () => {
    desk.store.nowMs = Date.parse('2026-05-01T02:00:00Z');
    const first = await approved();
    peer.rules = refusing;
    expect(await delivered(first)).toMatchObject({ state: 'failed', sequence: 7 });
    peer.rules = {};
    const second = await approved();
    expect(await delivered(second)).toEqual({
      ...{ remoteName: undefined, sequence: undefined, state: 'approved', code: 'sequence-waits' },
    });
    await retryBatch(desk, { batch: (await desk.batchFor(first, 'psp')).id, ...reason });
    desk.store.nowMs = Date.parse('2026-05-01T20:00:00Z');
    expect(await delivered(first)).toEqual(stored(7));
    // Two in the morning of the next day in Tokyo: the numbers start again.
    expect(await delivered(second)).toEqual(stored(7, '20260502'));
  });

  it('gives the number of a batch that nobody began to send to the next one', async () => {
    desk.store.nowMs = Date.parse('2026-05-01T02:00:00Z');
    const first = await approved();
    const { id } = await desk.batchFor(first, 'psp');
    const elsewhere = await desk.store.journal.claim(id, 60_000);
    expect(await delivered(first)).toMatchObject({ sequence: 7, code: 'batch-busy' });
    await desk.store.journal.release(elsewhere);
    await cancelled(first);
    expect(await delivered(await approved())).toEqual(stored(7));
    expect((await desk.batchFor(first, 'psp')).sequence).toBeUndefined();
  });

  it('spends the number of a batch whose sending began, though nothing was published', async () => {
    desk.store.nowMs = Date.parse('2026-05-01T02:00:00Z');
    const first = await approved();
    peer.rules = refusing;
    expect(await delivered(first)).toMatchObject({ state: 'failed', sequence: 7 });
    peer.rules = {};
    await cancelled(first);
    expect(await delivered(await approved())).toEqual(stored(8));
    expect((await desk.batchFor(first, 'psp')).sequence).toBe(7);
  });

  it('spends the number of a batch whose folder was written when the machine died', async () => {
    desk.store.nowMs = Date.parse('2026-05-01T02:00:00Z');
    const first = await desk.approvedFor({ psp: { folder: '/out', traits: counted } });
    desk.handover = { put: () => Promise.reject(new Error('died')) };
    expect(await delivered(first)).toMatchObject({ state: 'approved', sequence: 7 });
    desk.handover = { put: () => Promise.resolve() };
    expect((await desk.acts()).filter((act) => act === 'delivery-start')).toHaveLength(1);
    await cancelled(first);
    expect(await delivered(await approvedNext())).toMatchObject({ state: 'written', sequence: 8 });
  });

  it.each(['withdrawn', 'not-stored'] as const)(
    'spends a number that may have been seen: %s',
    async (outcome) => {
      desk.store.nowMs = Date.parse('2026-05-01T02:00:00Z');
      const first = await approved();
      let isFirst = true;
      peer.rules = {
        onRequest: ({ type }) => {
          if (type !== 'RENAME') return isFirst ? 'forward' : 'cut-before';
          isFirst = false;
          return 'cut-after';
        },
      };
      expect(await delivered(first)).toMatchObject({ state: 'publishing', sequence: 7 });
      peer.rules = {};
      rmSync(join(directory, stored(7).remoteName));
      expect(await delivered(first)).toMatchObject({ state: 'presumed', sequence: 7 });
      const second = await approved();
      expect(await delivered(second)).toMatchObject({ code: 'sequence-waits' });
      const { id } = await desk.batchFor(first, 'psp');
      await resolveBatch(desk, {
        ...{ batch: id, outcome, evidenceSha256: undefined, ...reason },
      });
      if (outcome === 'not-stored') await cancelled(first);
      expect(await delivered(second)).toEqual(stored(8));
    },
  );

  it('refuses a number that the width has no room for', async () => {
    const traits = { name_pattern: 'M{sequence}.P', sequence: { start: 9, width: 1 } };
    expect(await delivered(await approved(traits))).toMatchObject({ sequence: 9 });
    expect(await delivered(await approved())).toMatchObject({
      ...{ state: 'approved', code: 'sequence-exhausted' },
    });
  });

  it('never gives two batches one name', async () => {
    expect(await delivered(await approved({ name_pattern: 'M{batch}.PGP' }))).toMatchObject({
      ...{ state: 'stored', sequence: undefined },
    });
    const [file] = readdirSync(directory);
    const next = await approved();
    const { id } = await desk.batchFor(next, 'psp');
    const request = { batch: id, recipient: 'psp', period: 'all', nameOf: () => file! };
    const place = `sftp 127.0.0.1:${peer.port} ${directory}`;
    const leafOf = () => expect.fail('nothing is recorded');
    await expect(desk.allotments.allot({ ...request, place }, leafOf)).rejects.toMatchObject({
      code: 'name-used',
    });
  });

  it('records nothing for a recipient that takes our own names', async () => {
    const handoff = await approved({});
    expect(await delivered(handoff)).toMatchObject({ state: 'stored', remoteName: undefined });
    expect(await desk.acts()).not.toContain('delivery-name');
  });

  it('names the file in the log before anything is sent', async () => {
    await delivered(await approved());
    const acts = await desk.acts();
    expect(acts.indexOf('delivery-name')).toBeGreaterThan(-1);
    expect(acts.indexOf('delivery-name')).toBeLessThan(acts.indexOf('delivery-start'));
  });
});
