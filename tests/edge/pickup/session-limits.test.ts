import { once } from 'node:events';
import { connect } from 'node:net';

import ssh2 from 'ssh2';
import type { SFTPWrapper } from 'ssh2';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { generateSftpKey } from '../../../src/edge/sftp/sftp-key.ts';
import { PickupBench, call, openSftp } from '../../support/pickup-bench.ts';

const IDLE_MS = 300_000;
const LOGIN_MS = 20_000;
const ATTEMPTS_MAX = 6;

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
  it('ends twenty seconds after its beginning when nobody logged in, whatever was said', async () => {
    const socket = connect({ host: '127.0.0.1', port: bench.port });
    socket.resume();
    await once(socket, 'data');
    socket.write('SSH-2.0-slow\r\n');
    await once(socket, 'data');
    const over = once(socket, 'close');
    vi.advanceTimersByTime(LOGIN_MS - 1);
    const known = await openSftp(await bench.connect());
    expect(socket.destroyed).toBe(false);
    vi.advanceTimersByTime(LOGIN_MS);
    await over;
    // Who logged in stays.
    expect(await askSomething(known)).toBe('/');
  });

  it('ends with the seventh attempt to log in', async () => {
    const { privateKey } = await generateSftpKey('ed25519', 'stranger');
    let attempts = 0;
    const client = new ssh2.Client();
    client.on('error', () => undefined);
    const over = once(client, 'close');
    client.connect({
      ...{ host: '127.0.0.1', port: bench.port, username: 'psp' },
      authHandler: (_left, _partial, next) => {
        attempts += 1;
        next({ type: 'publickey', username: 'psp', key: Buffer.from(privateKey) });
      },
    });
    await over;
    expect(attempts).toBe(ATTEMPTS_MAX + 1);
  });

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
