import ssh2 from 'ssh2';
import type { AnyAuthMethod } from 'ssh2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { generateSftpKey } from '../../../src/edge/sftp/sftp-key.ts';
import { PickupBench, openSftp } from '../../support/pickup-bench.ts';

let bench: PickupBench;
beforeEach(async () => {
  bench = new PickupBench();
  await bench.start();
});
afterEach(() => bench.stop());

/** What `serve` was told of those who were not let in, but for the address. */
function told(): readonly unknown[] {
  return bench.asked.flatMap((asked) => {
    if (asked.what !== 'turned-away') return [];
    const { box, why, from } = asked;
    expect(from).toBe('127.0.0.1');
    return [[box, why]];
  });
}

async function privateKey(): Promise<Buffer> {
  return Buffer.from((await generateSftpKey('ed25519', 'stranger')).privateKey);
}

/** Tries these ways to log in, one after the other. Resolves when the connection is over, or they are in. */
async function attempt(tries: readonly AnyAuthMethod[]): Promise<void> {
  const client = new ssh2.Client();
  const { promise: over, resolve } = Promise.withResolvers<undefined>();
  const end = (): void => {
    resolve(undefined);
  };
  client.on('ready', end).on('error', end).on('close', end);
  const { username } = tries[0]!;
  const place = { host: '127.0.0.1', port: bench.port, username };
  client.connect({ ...place, authHandler: [...tries] });
  await over;
  client.destroy();
}

describe('a pickup server', () => {
  it('tells of a key that opens nothing, once, and of nobody who only looked', async () => {
    const key = await privateKey();
    const type = 'publickey' as const;
    await attempt([
      { type: 'none', username: 'psp' },
      { type, username: 'psp', key },
      { type, username: 'psp', key },
    ]);
    await expect.poll(told).toEqual([['psp', 'key-not-taken']]);
  });

  it('tells of passwords, and repeats no name that no box can have', async () => {
    for (const username of ['psp', 'p s p']) {
      await attempt([{ type: 'password', username, password: 'x' }]);
    }
    await expect.poll(told).toEqual([
      ['psp', 'login-method'],
      [undefined, 'login-method'],
    ]);
  });

  it('tells of no key that came before the one that is taken', async () => {
    const type = 'publickey' as const;
    await attempt([
      { type, username: 'psp', key: await privateKey() },
      { type, username: 'psp', key: bench.privateKey },
    ]);
    await openSftp(await bench.connect());
    await attempt([{ type: 'password', username: 'last', password: 'x' }]);
    await expect.poll(told).toEqual([['last', 'login-method']]);
  });

  it('tells of more tries than there may be', async () => {
    const type = 'password' as const;
    await attempt(Array.from({ length: 9 }, () => ({ type, username: 'psp', password: 'x' })));
    await expect.poll(told).toEqual([
      ['psp', 'login-method'],
      ['psp', 'login-attempts'],
    ]);
  });

  it('tells of one connection more than a key may have', async () => {
    for (let number = 0; number < 10; number += 1) await bench.connect();
    await bench.connect();
    await expect.poll(told).toEqual([['psp', 'key-connections']]);
  });
});
