import { createHash, randomFillSync } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readdir, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { syncDirectory } from '../edge/files/atomic-write.ts';
import { errnoOf } from '../edge/files/errno.ts';
import type { ExaminedSource, PurgeJob } from '../exchange/purge/source-purger.ts';
import { CardProcessFault } from './errors.ts';

const chunkBytes = 512 * 1024;
/** Files of the same size in one folder that are read to find copies. */
const comparedMax = 50;
const siblingsMax = 20;

/**
 * Looks at a source or removes it, in the process that may read its bytes. Removing reads it once more through the same
 * descriptor that is written to, so that nothing else than what was looked at is overwritten; the name is taken away only
 * while it still leads to that file.
 *
 * Throws `source-missing`, `source-not-a-file` (a link, a folder, a pipe), `source-unreadable` (with `what` `folder` where
 * that cannot be listed), `source-linked` for a file with a second name, `source-changed`.
 */
export async function purgeSource(job: PurgeJob): Promise<ExaminedSource> {
  const handle = await openPlain(job.path, job.expected === undefined);
  try {
    const before = await identityOf(handle);
    const sha256 = await digestOf(handle);
    const after = await identityOf(handle);
    if (!isSame(before, after)) throw new CardProcessFault('source-changed');
    const found = { bytes: before.bytes, sha256, changedMs: before.changedMs };
    if (job.expected === undefined) {
      return { ...found, ...(await copiesBeside(job.path, { ...before, sha256 })) };
    }
    const { expected } = job;
    if (sha256 !== expected.sha256 || before.changedMs !== expected.changedMs) {
      throw new CardProcessFault('source-changed');
    }
    if (job.overwrite) await overwrite(handle, before.bytes);
    await removeName(job.path, before);
    return { ...found, copies: [], uncompared: 0 };
  } catch (error) {
    throw error instanceof CardProcessFault
      ? error
      : new CardProcessFault('source-unreadable', { source: 1 }, error);
  } finally {
    await handle.close();
  }
}

interface Identity {
  readonly device: bigint;
  readonly inode: bigint;
  readonly bytes: number;
  readonly changedMs: number;
}

async function openPlain(path: string, isLook: boolean): Promise<FileHandle> {
  const { O_RDONLY, O_RDWR, O_NOFOLLOW, O_NONBLOCK } = constants;
  try {
    return await open(path, (isLook ? O_RDONLY : O_RDWR) | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    const reason = errnoOf(error);
    const source = { source: 1 };
    if (reason === 'ENOENT') throw new CardProcessFault('source-missing', source);
    const isOdd = reason === 'ELOOP' || reason === 'EISDIR' || reason === 'ENXIO';
    throw new CardProcessFault(isOdd ? 'source-not-a-file' : 'source-unreadable', source);
  }
}

async function identityOf(handle: FileHandle): Promise<Identity> {
  const status = await handle.stat({ bigint: true });
  if (!status.isFile()) throw new CardProcessFault('source-not-a-file', { source: 1 });
  if (status.nlink !== 1n)
    throw new CardProcessFault('source-linked', { count: Number(status.nlink) });
  const { dev: device, ino: inode, size, mtimeMs } = status;
  return { device, inode, bytes: Number(size), changedMs: Number(mtimeMs) };
}

function isSame(one: Identity, other: Identity): boolean {
  return (
    one.device === other.device &&
    one.inode === other.inode &&
    one.bytes === other.bytes &&
    one.changedMs === other.changedMs
  );
}

async function digestOf(handle: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  const buffer = new Uint8Array(chunkBytes);
  try {
    for (let at = 0; ;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
  } finally {
    buffer.fill(0);
  }
}

/** Random bytes, which no file system stores as less than they are; then the disk is asked to have them. */
async function overwrite(handle: FileHandle, bytes: number): Promise<void> {
  const noise = new Uint8Array(chunkBytes);
  for (let at = 0; at < bytes;) {
    randomFillSync(noise);
    const part = Math.min(noise.length, bytes - at);
    const { bytesWritten } = await handle.write(noise, 0, part, at);
    at += bytesWritten;
  }
  await handle.sync();
}

async function removeName(path: string, { device, inode }: Identity): Promise<void> {
  const there = await lstat(path, { bigint: true });
  if (there.dev !== device || there.ino !== inode || there.nlink !== 1n) {
    throw new CardProcessFault('source-changed');
  }
  await unlink(path);
  await syncDirectory(dirname(path));
}

/** Files in the same folder with the same bytes: names that people, mail programs and downloads give to copies. */
async function copiesBeside(
  path: string,
  own: Identity & { readonly sha256: string },
): Promise<{ copies: string[]; uncompared: number }> {
  const folder = dirname(path);
  // Where nobody can look, copies may lie: the fault is told, and nothing is removed.
  const names = await readdir(folder).catch((error: unknown) => {
    throw new CardProcessFault('source-unreadable', { source: 1, what: 'folder' }, error);
  });
  const copies: string[] = [];
  let compared = 0;
  let uncompared = 0;
  for (const name of names) {
    if (name === basename(path)) continue;
    const status = await lstat(join(folder, name), { bigint: true }).catch(ifGone);
    if (status?.isFile() !== true || Number(status.size) !== own.bytes) continue;
    compared += 1;
    const digest =
      compared > comparedMax || copies.length >= siblingsMax
        ? undefined
        : await digestAt(join(folder, name));
    if (digest === undefined) uncompared += 1;
    else if (digest === own.sha256) copies.push(name);
  }
  return { copies, uncompared };
}

function ifGone(error: unknown): undefined {
  if (errnoOf(error) !== 'ENOENT') throw error;
}

async function digestAt(path: string): Promise<string | undefined> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  try {
    const handle = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    return await digestOf(handle).finally(() => handle.close());
  } catch {
    return undefined;
  }
}
