import { once } from 'node:events';

import type { SFTPWrapper } from 'ssh2';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { PickupBench, call, openSftp } from '../../support/pickup-bench.ts';

const IDLE_MS = 300_000;

let bench: PickupBench;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  bench = new PickupBench();
  await bench.start();
});
afterEach(async () => {
  vi.useRealTimers();
  await bench.stop();
});

const askSomething = (sftp: SFTPWrapper): Promise<string> =>
  call((done) => sftp.realpath('.', done));

describe('a connection to the pickup server', () => {
  it('ends after five minutes without a request, counted anew from each', async () => {
    const client = await bench.connect();
    const sftp = await openSftp(client);
    let isOver = false;
    const over = once(client, 'close').then(() => (isOver = true));
    for (let turn = 0; turn < 3; turn += 1) {
      vi.advanceTimersByTime(IDLE_MS - 1);
      expect(await askSomething(sftp)).toBe('/');
    }
    expect(isOver).toBe(false);
    vi.advanceTimersByTime(IDLE_MS);
    await over;
  });

  it('has four sessions at a time, and another when one of them ended', async () => {
    const client = await bench.connect();
    const sessions: SFTPWrapper[] = [];
    for (let turn = 0; turn < 4; turn += 1) sessions.push(await openSftp(client));
    await expect(openSftp(client)).rejects.toThrow();
    sessions[0]!.end();
    await once(sessions[0]!, 'close');
    await expect.poll(() => openSftp(client).then(askSomething, () => undefined)).toBe('/');
    await expect(openSftp(client)).rejects.toThrow();
  });

  it('is one of ten for a key', async () => {
    const first = await bench.connect();
    for (let others = 0; others < 9; others += 1) await bench.connect();
    const refused = await bench.connect();
    await expect(openSftp(refused)).rejects.toThrow();
    first.end();
    await once(first, 'close');
    await openSftp(await bench.connect());
  });
});
