import { once } from 'node:events';
import { rmSync, truncateSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

import type { SFTPWrapper } from 'ssh2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { PickupBench, call, openSftp, unruly } from '../../support/pickup-bench.ts';

// Recipients with a pinned key whose client does what no client should.

/** Small enough that the client library does not ask in two parts. */
const PIECE = 16_384;
const path = '/outbox/file.gpg';

let bench: PickupBench;

beforeEach(async () => {
  bench = new PickupBench();
  await bench.start();
});
afterEach(() => bench.stop());

const open = (sftp: SFTPWrapper): Promise<Buffer> => call((done) => sftp.open(path, 'r', done));

const close = (sftp: SFTPWrapper, handle: Buffer): Promise<void> =>
  call((done) => sftp.close(handle, done));

/** Asks for the whole file, or its first pieces, at once. Returns the promises of the pieces. */
function readAll(
  sftp: SFTPWrapper,
  handle: Buffer,
  length = PickupBench.bytes / PIECE,
): readonly Promise<number>[] {
  return Array.from({ length }, (_, index) =>
    call<number>((done) => sftp.read(handle, Buffer.alloc(PIECE), 0, PIECE, index * PIECE, done)),
  );
}

describe('a pickup server', () => {
  it.each([0, 1, 4_095])('lets go of a client that takes packets of %i bytes', async (bytes) => {
    const client = await bench.connect();
    const protocol = unruly(client);
    const session = protocol.session.bind(protocol);
    protocol.session = (channel, window) => {
      session(channel, window, bytes);
    };
    await expect(openSftp(client)).rejects.toThrow();
    await openSftp(await bench.connect());
  });

  it('records what was sent, before it answers that the file is closed', async () => {
    const sftp = await openSftp(await bench.connect());
    const handle = await open(sftp);
    const pieces = readAll(sftp, handle);
    await close(sftp, handle);
    expect(await Promise.all(pieces)).toHaveLength(PickupBench.bytes / PIECE);
    expect(bench.covered).toBe(PickupBench.bytes);
    expect(bench.asked.at(-1)).toMatchObject({ what: 'covered', isClosed: true });
  });

  it('counts nothing as sent for which the client made no room', async () => {
    const client = await bench.connect();
    unruly(client).channelWindowAdjust = () => undefined;
    const sftp = await openSftp(client);
    const handle = await open(sftp);
    for (const piece of readAll(sftp, handle)) piece.catch(() => undefined);
    close(sftp, handle).catch(() => undefined);
    call((done) => sftp.rename(path, '/done/file.gpg', done)).catch(() => undefined);
    await delay(500);
    client.destroy();
    await expect.poll(() => bench.covered).toBeGreaterThan(0);
    await delay(100);
    // The window is 2 MiB; the piece that did not fit in is not counted.
    expect(bench.covered).toBeLessThanOrEqual(2 * 1024 * 1024);
    const told = bench.asked.filter(({ what }) => what === 'covered' || what === 'take');
    expect(
      told.some((asked) => asked.what === 'take' || ('isClosed' in asked && asked.isClosed)),
    ).toBe(false);
  });

  it('says that a file is not closed when that could not be recorded, and tells it later', async () => {
    const sftp = await openSftp(await bench.connect());
    const handle = await open(sftp);
    await Promise.all(readAll(sftp, handle, 2));
    bench.deaf = 'covered';
    await expect(close(sftp, handle)).rejects.toThrow();
    bench.deaf = undefined;
    bench.asked.length = 0;
    await close(sftp, handle);
    expect(bench.covered).toBe(2 * PIECE);
  });

  it('records no opening of a file that is not as it was sealed', async () => {
    const sftp = await openSftp(await bench.connect());
    const alterations = [
      ['sealed-file-differs', () => bench.seal(PickupBench.bytes - 1)],
      ['sealed-file-differs', () => truncateSync(bench.file, 10)],
      ['sealed-file-unreadable', () => rmSync(bench.file)],
    ] as const;
    for (const [code, alter] of alterations) {
      alter();
      await expect(open(sftp)).rejects.toThrow();
      expect(bench.asked.at(-1)).toMatchObject({ what: 'unfit', batch: 'b-1', code });
    }
    expect(bench.asked.map(({ what }) => what)).not.toContain('open');
    bench.seal();
    await open(sftp);
    expect(bench.asked.map(({ what }) => what)).toContain('open');
  });

  it('refuses what changes anything as unsupported', async () => {
    const sftp = await openSftp(await bench.connect());
    const tried = [
      call((done) => sftp.mkdir('/x', done)),
      call((done) => sftp.rmdir('/x', done)),
      call((done) => sftp.readlink(path, done)),
      call((done) => sftp.symlink(path, '/x', done)),
      call((done) => sftp.setstat(path, {}, done)),
    ];
    for (const { status, reason } of (await Promise.allSettled(tried)) as PromiseRejectedResult[]) {
      expect([status, (reason as { code: number }).code]).toEqual(['rejected', 8]);
    }
  });

  it('has room for the next session when one ended in the middle', async () => {
    const client = await bench.connect();
    for (let turn = 0; turn < 6; turn += 1) {
      const sftp = await openSftp(client);
      const handle = await open(sftp);
      for (const piece of readAll(sftp, handle)) piece.catch(() => undefined);
      sftp.end();
      await once(sftp, 'close');
      await delay(50);
    }
    expect(bench.asked.filter(({ what }) => what === 'open')).toHaveLength(6);
  });
});
