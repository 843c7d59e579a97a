import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import type { Client, SFTPWrapper } from 'ssh2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { seededRandom } from '../../support/seeded-cards.ts';
import { PickupBench, call, openSftp } from '../../support/pickup-bench.ts';

// What clients do that bring files, and what they should not.

const PIECE = 16_384;
const PIECES = 8;
const random = seededRandom(7);
const content = Buffer.from(
  Array.from({ length: PIECES * PIECE }, () => Math.floor(random() * 256)),
);
const denied = 3;
const [WRITE, APPEND, CREATE, TRUNCATE] = [0x02, 0x04, 0x08, 0x10];

let bench: PickupBench;
let client: Client;
let sftp: SFTPWrapper;

beforeEach(async () => {
  bench = new PickupBench();
  await bench.start();
  client = await bench.connect();
  sftp = await openSftp(client);
});
afterEach(() => bench.stop());

const create = (path = '/inbox/answer.pgp', flags = WRITE | CREATE | TRUNCATE): Promise<Buffer> =>
  // The library takes the numbers of the protocol too.
  call((done) => sftp.open(path, flags as never, done));
const write = (handle: Buffer, from: number, length = PIECE): Promise<void> =>
  call((done) => sftp.write(handle, content, from, length, from, done));
const close = (handle: Buffer): Promise<void> => call((done) => sftp.close(handle, done));
const codeOf = (refused: Promise<unknown>): Promise<unknown> =>
  refused.then(
    () => 'done',
    (error: unknown) => (error as { code: number }).code,
  );
const told = (): string[] => bench.asked.map(({ what }) => what);

describe('a pickup server to which a file is brought', () => {
  it('hands it over in order, in whatever order its pieces are written', async () => {
    const handle = await create();
    const order = [0, 3, 1, 2, 7, 6, 4, 5];
    await Promise.all(order.map((place) => write(handle, place * PIECE)));
    await close(handle);
    expect(bench.brought.equals(content)).toBe(true);
    expect(told().at(-1)).toBe('brought');
  });

  it('says that it is not there when it could not be kept', async () => {
    const handle = await create();
    await write(handle, 0);
    bench.deaf = 'brought';
    await expect(close(handle)).rejects.toThrow();
  });

  it.each([
    ['bytes that were written before', PIECE - 1],
    ['a piece again', 0],
    ['a place far ahead', 64 * 1024 * 1024],
  ])('refuses %s, and drops the file', async (_, offset) => {
    const handle = await create();
    await write(handle, 0);
    // Ahead of the gap so much is kept as clients overtake themselves by.
    const tries = offset > PIECE ? 300 : 1;
    const codes = await Promise.all(
      Array.from({ length: tries }, (_none, at) => codeOf(writeAt(handle, offset + at * PIECE))),
    );
    expect(codes.at(-1)).not.toBe('done');
    await expect(close(handle)).rejects.toThrow();
    expect(told().at(-1)).toBe('dropped');
    expect(told()).not.toContain('brought');
  });

  it('drops what has a gap, and what was not closed', async () => {
    const gap = await create();
    await write(gap, PIECE);
    await expect(close(gap)).rejects.toThrow();
    expect(told().at(-1)).toBe('dropped');
    const open = await create('/inbox/other.pgp');
    await write(open, 0);
    bench.asked.length = 0;
    client.destroy();
    await expect.poll(told).toEqual(['dropped']);
  });

  it('takes no more from a client than it can hand over', async () => {
    bench.stalled = true;
    const handle = await create();
    const far = 2_048;
    for (let at = 0; at < far; at += 1) writeAt(handle, at * PIECE).catch(() => undefined);
    const { _sock: socket } = client as unknown as { readonly _sock: Socket };
    await delay(1_000);
    // Half of it and more still lies with the client.
    expect(socket.bytesWritten).toBeLessThan((far * PIECE) / 2);
    expect(told().filter((what) => what === 'piece')).toHaveLength(1);
  });

  it('lets nobody write elsewhere, append, or read what was brought', async () => {
    expect(await codeOf(create('/outbox/x.pgp'))).toBe(denied);
    expect(await codeOf(create('/inbox'))).toBe(denied);
    expect(await codeOf(create('/inbox/../outbox/x.pgp'))).toBe(denied);
    expect(await codeOf(create('/inbox/a.pgp', WRITE))).toBe(denied);
    expect(await codeOf(create('/inbox/a.pgp', WRITE | CREATE | APPEND))).toBe(denied);
    expect(told()).not.toContain('bring');
    expect(told()).not.toContain('misnamed');
    expect(await codeOf(create('/inbox/回答.pgp'))).toBe(denied);
    const misnamed = { what: 'misnamed', folder: 'inbox', name: '回答.pgp' };
    expect(bench.asked.at(-1)).toMatchObject(misnamed);
    expect(await codeOf(call((done) => sftp.open('/inbox/here.pgp', 'r', done)))).toBe(denied);
    expect(await codeOf(call((done) => sftp.unlink('/inbox/here.pgp', done)))).toBe(denied);
    expect(
      await codeOf(call((done) => sftp.rename('/inbox/here.pgp', '/done/here.pgp', done))),
    ).toBe(denied);
    const handle = await create();
    const back = call((done) => sftp.read(handle, Buffer.alloc(10), 0, 10, 0, done));
    expect(await codeOf(back)).toBe(denied);
  });

  it('lists what lies there, renames it, and overlooks times and modes', async () => {
    const names = await call<{ filename: string }[]>((done) => sftp.readdir('/inbox', done));
    expect(names.map(({ filename }) => filename)).toEqual(['here.pgp']);
    await call((done) => sftp.rename('/inbox/here.pgp', '/inbox/b.pgp', done));
    expect(bench.asked.at(-1)).toMatchObject({ what: 'rename', from: 'here.pgp', to: 'b.pgp' });
    await call((done) => sftp.utimes('/inbox/here.pgp', 1, 1, done));
    const handle = await create();
    await call((done) => sftp.fsetstat(handle, { mode: 0o777 }, done));
    expect(await codeOf(call((done) => sftp.utimes('/outbox/file.gpg', 1, 1, done)))).toBe(8);
  });

  it('answers as OpenSSH does whoever looks whether a folder is there, clears the way or ends a tree', async () => {
    const [noSuchFile, failure] = [2, 4];
    expect(await codeOf(call((done) => sftp.mkdir('/inbox', done)))).toBe(failure);
    expect(await codeOf(call((done) => sftp.mkdir('/inbox/new', done)))).toBe(8);
    for (const nothing of ['/inbox/none.pgp', '/sources/none.pgp', '/done/none.gpg']) {
      expect(await codeOf(call((done) => sftp.unlink(nothing, done)))).toBe(noSuchFile);
    }
    expect(await codeOf(call((done) => sftp.setstat('/inbox', { mode: 0o755 }, done)))).toBe(
      'done',
    );
    for (const folder of ['/', '/outbox', '/done']) {
      expect(await codeOf(call((done) => sftp.setstat(folder, { mode: 0o755 }, done)))).toBe(8);
    }
    // In its own words: those that its library has for the number are others.
    const missed = call((done) => sftp.stat('/inbox/none.pgp', done));
    await expect(missed).rejects.toThrow(/^No such file$/);
  });

  it('renames by the extension of OpenSSH, for those who do not ask whether it is offered', async () => {
    const { _extensions: extensions } = sftp as unknown as { _extensions: Record<string, string> };
    extensions['posix-rename@openssh.com'] = '1';
    const rename = (from: string, to: string): Promise<unknown> =>
      codeOf(call((done) => sftp.ext_openssh_rename(from, to, done)));
    expect(await rename('/inbox/here.pgp', '/inbox/b.pgp')).toBe('done');
    expect(bench.asked.at(-1)).toMatchObject({ what: 'rename', from: 'here.pgp', to: 'b.pgp' });
    expect(await rename('/inbox/here.pgp', '/sources/here.pgp')).toBe(denied);
    expect(await rename('/outbox/file.gpg', '/done/file.gpg')).toBe('done');
    expect(bench.asked.at(-1)).toMatchObject({ what: 'take', batch: 'b-1' });
  });

  it('has sixteen files open for a session, and the next when one is closed', async () => {
    const handles: Buffer[] = [];
    for (let at = 0; at < 16; at += 1) handles.push(await create(`/inbox/f${at}.pgp`));
    await expect(create()).rejects.toThrow();
    await close(handles[0]!);
    await create();
    sftp.end();
    await once(sftp, 'close');
    await expect.poll(() => told().filter((what) => what === 'dropped').length).toBe(16);
  });
});

function writeAt(handle: Buffer, offset: number): Promise<void> {
  return call((done) => sftp.write(handle, content, 0, PIECE, offset, done));
}
