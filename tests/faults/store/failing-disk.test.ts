import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Document } from '../../support/cli.ts';
import { GpgHome } from '../../support/gpg.ts';
import { SmallWorkspace } from '../../support/small-workspace.ts';

// A disk that fails under the database, or was mounted read-only after it failed: what the system answers is put in by
// strace, for one file alone, and the program is the built one.

let small: SmallWorkspace;

beforeAll(async () => {
  small = await SmallWorkspace.create({ anchored: true });
  const gpg = await GpgHome.create('gpg');
  const fingerprint = await gpg.createKey({ name: 'officer-1', kind: 'ed25519' });
  const certificate = join(small.desk.home, 'officer-1.gpg');
  writeFileSync(certificate, await gpg.exportKey(fingerprint));
  await gpg.dispose();
  const officer = ['officer', 'add', 'officer-1', '--name', 'K. Sato', '--roles', 'officer'];
  const pinned = ['--certificate', certificate, '--fingerprint', fingerprint];
  expect((await small.run([...officer, ...pinned])).status).toBe(0);
});
afterAll(() => small.desk.dispose());

/** Runs a command while `call` on one file below `data` gets `error`; of all such calls from the `from`th on. */
function failing(
  file: string,
  call: string,
  error: string,
  args: readonly string[],
  from = 1,
): Promise<{ status: number; document: Document }> {
  const path = join(small.path, 'data', file);
  const inject = `inject=${call}:error=${error}:when=${from}+`;
  const under = ['strace', '-f', '-qq', '-o', '/dev/null', '-P', path, '-e', `trace=${call}`];
  return small.desk.json(['--workspace', small.path, ...small.secret, ...args], {
    under: [...under, '-e', inject],
  });
}

/** What such a file system answers. */
const linkless = 'inject=link,linkat:error=EPERM';

const failed = {
  status: 74,
  document: { error: { code: 'store-io-failed', retry: 'after-operator' } },
};

describe('a database that the system does not let us use', () => {
  it.each(['status', 'audit verify', 'doctor'])(
    '%s says so where the disk is read-only',
    async (command) => {
      expect(await failing('mimamori.db-wal', 'openat', 'EROFS', command.split(' '))).toMatchObject(
        failed,
      );
    },
  );

  it('serve says so of its lock, and lets nobody in', async () => {
    expect(await failing('serve.lock', 'openat', 'EIO', ['serve'])).toMatchObject(failed);
  });

  it('never says that an act is done whose record the disk did not take, and the next try is whole', async () => {
    const create = (name: string): string[] => [
      ...['--as', 'officer-1', '--reason', 'unattended'],
      ...['credential', 'create', join(small.desk.home, name)],
    ];
    // The first sync is that of the new log of writes, later ones are those of what is recorded.
    for (const from of [1, 2]) {
      const tried = await failing('mimamori.db-wal', 'fsync', 'EIO', create(`tried-${from}`), from);
      expect(tried).toMatchObject(failed);
    }
    expect(await small.json(['audit', 'verify'])).toMatchObject({ status: 0 });
    const again = await small.json([...small.secret, ...create('credential')]);
    expect(again).toMatchObject({ status: 0 });
  });
});

describe('an anchor on a file system without hard links', () => {
  it('takes checkpoints all the same', async () => {
    const calls = 'trace=link,linkat';
    const { status } = await small.desk.json(
      ['--workspace', small.path, ...small.secret, 'audit', 'export', join(small.desk.root, 'log')],
      { under: ['strace', '-f', '-qq', '-o', '/dev/null', '-e', calls, '-e', linkless] },
    );
    expect(status).toBe(0);
    expect(await small.json(['audit', 'verify'])).toMatchObject({ status: 0 });
  });
});
