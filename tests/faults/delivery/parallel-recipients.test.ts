import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { DeliveringDesk } from '../../support/delivering-desk.ts';
import { testKey } from '../../support/delivery-bench.ts';
import { FakePeer } from '../../support/fake-peer.ts';
import { hostKeyOf } from '../../support/recipient-entry.ts';

/** Takes every connection and never says a word. */
class SilentPeer {
  readonly sockets = new Set<Socket>();
  readonly #server: Server = createServer((socket) => {
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => this.sockets.delete(socket));
  });

  async start(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as { port: number }).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

let desk: DeliveringDesk;
let good: FakePeer;
let stuck: FakePeer;
let silent: SilentPeer;
let silentPort: number;
let directory: string;

beforeEach(async () => {
  desk = new DeliveringDesk();
  desk.key = await testKey();
  [good, stuck] = [await FakePeer.start(), await FakePeer.start()];
  silent = new SilentPeer();
  silentPort = await silent.start();
  directory = mkdtempSync(join(tmpdir(), 'mimamori-parallel-'));
});

afterEach(async () => {
  await Promise.all([good.stop(), stuck.stop(), silent.stop(), desk.dispose()]);
  rmSync(directory, { recursive: true, force: true });
});

/** Stops the test, rather than the run, when it never comes true. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let look = 0; look < 1_000; look += 1) {
    if (await isSo()) return;
    await pause(10);
  }
  throw new Error('it did not happen');
}

describe('deliverHandoff() to one good recipient among a silent and a stuck one', () => {
  it('is done with the good one while the others hang, and ends them on an interrupt', async () => {
    const handoff = await desk.approvedFor({
      silent: { port: silentPort, hostKey: hostKeyOf('s'), directory },
      stuck: { port: stuck.port, hostKey: stuck.hostKey, directory },
      good: { port: good.port, hostKey: good.hostKey, directory },
      folder: 'folder',
    });
    // Writes reach it and are never answered.
    stuck.rules = { onRequest: ({ type }) => (type === 'WRITE' ? 'swallow' : 'forward') };
    const interruption = new AbortController();
    let isOver = false;
    const delivery = desk.deliver(handoff, { signal: interruption.signal }).finally(() => {
      isOver = true;
    });
    await until(() => silent.sockets.size === 1 && stuck.seen.includes('WRITE'));
    await until(async () => (await desk.batchFor(handoff, 'good')).state === 'stored');
    await until(async () => (await desk.batchFor(handoff, 'folder')).state === 'written');
    expect(isOver).toBe(false);
    expect(silent.sockets.size).toBe(1);
    expect((await desk.batchFor(handoff, 'stuck')).state).toBe('sending');

    interruption.abort();
    const { reports } = await delivery;
    expect(reports.map(({ recipient, state, fault }) => [recipient, state, fault?.code])).toEqual([
      ['silent', 'sending', 'delivery-interrupted'],
      ['stuck', 'sending', 'delivery-interrupted'],
      ['good', 'stored', undefined],
      ['folder', 'written', undefined],
    ]);
    const { file } = await desk.batchFor(handoff, 'good');
    expect(readdirSync(directory).filter((name) => !name.startsWith('.'))).toEqual([file]);
  });

  it('begins nothing that had not begun when it was interrupted', async () => {
    const place = { port: good.port, hostKey: good.hostKey, directory };
    const handoff = await desk.approvedFor({ good: place, folder: 'folder' });
    const before = (await desk.acts()).length;
    const { reports } = await desk.deliver(handoff, { signal: AbortSignal.abort() });
    expect(reports.map(({ state, fault }) => [state, fault?.code])).toEqual([
      ['approved', 'delivery-interrupted'],
      ['approved', 'delivery-interrupted'],
    ]);
    expect(await desk.acts(before)).toEqual([]);
    expect(good.logins).toBe(0);
  });
});
